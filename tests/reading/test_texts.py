"""A pattern that is not tried would have found nothing: the test by words loses no wording."""

import re

import pytest

from handlers.reading.texts import RunIndex, Text, longest_run, runs_of
from handlers.reading.word_lists import word_list
from handlers.reading.wordings import FLAGS, wordings

LANGUAGES = ("en", "de")
SAYINGS = (
    "Hello! Where's my order? I've been waiting since 7pm",
    "THATS ALL, no thanks",
    "that’s all – no-thanks",
    "please cancel it, I don't want it any more",
    "Ich möchte bitte stornieren, die Straße ist gesperrt",
    "ICH MOECHTE DIE BESTELLUNG ÄNDERN",
    "Könnte ich die Getränke um 19uhr30 abholen? Tel. 0471 123456",
    "pickup tomorrow at noon, name: İpek, ſend it to 5 Mill Lane",
    "the jar was broken; I want my money back_now",
)


def every_key():
    """Section and key of each list of wordings without slots, which are tried one by one."""
    found = {
        (section, key)
        for code in LANGUAGES
        for section, table in word_list(f"intents.{code}").items()
        for key, texts in table.items()
        if isinstance(texts, list) and not any("{" in text for text in texts)
    }
    return sorted(found)


def test_runs_are_letters_in_one_spelling_however_they_were_written():
    assert runs_of("Straße STRASSE 2x That’s") == ["strasse", "strasse", "x", "that", "s"]
    assert runs_of("MÖCHTE moechte möchte") == ["moechte"] * 3
    assert runs_of("ſend İt ıt") == ["send", "it", "it"]


def test_a_run_may_be_joined_to_its_neighbours_where_a_joint_may_be_left_out():
    assert longest_run("pick_it_up", joints="_'") == {"pick", "pickit", "pickitup"}
    assert longest_run("a.m.") == {"a"}
    assert longest_run("--") == frozenset()


def test_all_needs_of_one_wording_must_be_met():
    index = RunIndex([("a", [frozenset({"where"}), frozenset({"order", "food"})]), ("b", [frozenset({"status"})])])

    assert index.heard(frozenset({"where", "food"})) == {"a"}
    assert index.heard(frozenset({"status", "order"})) == {"b"}
    assert index.heard(frozenset({"where", "status", "order"})) == {"a", "b"}
    assert index.heard(frozenset({"where", "status_of"})) == set()


def test_a_wording_without_letters_may_be_anywhere():
    assert RunIndex([("a", []), ("b", [frozenset({"where"})])]).heard(frozenset()) == {"a"}


@pytest.mark.parametrize(("section", "key"), every_key())
def test_what_the_pattern_alone_finds_is_found(section, key):
    wording = wordings(section, key, LANGUAGES)
    pattern = re.compile(wording.pattern, FLAGS)

    for said in SAYINGS:
        alone, tested = pattern.search(said), wording.search(Text(said))
        assert (alone and alone.span()) == (tested and tested.span())
        assert [found.span() for found in wording.finditer(said)] == [m.span() for m in pattern.finditer(said)]
        assert wording.sub("*", said) == pattern.sub("*", said)


@pytest.mark.parametrize(("section", "key"), every_key())
def test_each_wording_passes_the_test_in_its_plainest_form(section, key):
    for code in LANGUAGES:
        for text in word_list(f"intents.{code}").get(section, {}).get(key, ()):
            words = [word.split("|")[-1].replace("_", " ") for word in text.split() if word != "…" and word[0] != "["]
            assert wordings(section, key, (code,)).may_be_in(Text(" ".join(words).upper())), text
