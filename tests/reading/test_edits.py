"""What messages mean for an open draft."""

import re

import pytest

from core.menu import Amount
from handlers.reading.message import read_message
from handlers.reading.understood import AddLine, ClearDraft, Intent, ReadLine, SetOptions, SetQuantity
from handlers.reading.word_lists import word_list
from tests.reading.phrase_sets import NOON, ROME

DRAFT = (("lasagne", 2), ("lemonade", 1))


def told(understood):
    """The edits as tuples, short enough to compare."""
    return [
        ("set", e.index, e.quantity)
        if isinstance(e, SetQuantity)
        else ("choose", e.index, {(o.value, o.amount) for o in e.options})
        if isinstance(e, SetOptions)
        else ("add", e.line.sku, e.line.quantity)
        if isinstance(e, AddLine)
        else "clear"
        for e in understood.edits
    ]


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        # Quantities: of the line that was spoken of last, or of the one that is named.
        ("make it 4", [("set", 1, 4)]),
        ("please make that five", [("set", 1, 5)]),
        ("no, six please", [("set", 1, 6)]),
        ("only one lasagne", [("set", 0, 1)]),
        ("change the lasagne to 3", [("set", 0, 3)]),
        ("make it 0", [("set", 1, 0)]),
        ("doch vier", [("set", 1, 4)]),
        ("mach daraus bitte drei", [("set", 1, 3)]),
        ("nur eine Lasagne", [("set", 0, 1)]),
        # More of the same.
        ("another one please", [("set", 1, 2)]),
        ("two more", [("set", 1, 3)]),
        ("one more lasagne", [("set", 0, 3)]),
        ("noch eine", [("set", 1, 2)]),
        ("noch zwei Lasagne", [("set", 0, 4)]),
        ("one more wine", [("add", "wine", 1)]),
        # Away with it.
        ("no lemonade", [("set", 1, 0)]),
        ("drop the lasagne", [("set", 0, 0)]),
        ("take the lemonade off please", [("set", 1, 0)]),
        ("keine Limonade", [("set", 1, 0)]),
        ("die Lasagne bitte weg", [("set", 0, 0)]),
        ("no drinks", [("set", 1, 0)]),
        # A refusal ends where something else begins.
        ("no lemonade, 2 wines instead", [("set", 1, 0), ("add", "wine", 2)]),
        ("ohne Limonade, dafür 2 Wein", [("set", 1, 0), ("add", "wine", 2)]),
        ("no wait, make it 3", [("set", 1, 3)]),
        ("no lemonade, lasagne", [("set", 0, 0), ("set", 1, 0)]),
        ("remove the first one", [("set", 0, 0)]),
        ("remove everything but the lemonade", [("set", 0, 0)]),
        ("alles weg außer der Lasagne", [("set", 1, 0)]),
        # One for another.
        ("swap the lemonade for a wine", [("set", 1, 0), ("add", "wine", 1)]),
        ("gnocchi instead of the lasagne", [("set", 0, 0), ("add", "gnocchi", 2)]),
        ("statt der Limonade einen Wein", [("set", 1, 0), ("add", "wine", 1)]),
        # All of it.
        ("start again", ["clear"]),
        ("alles löschen", ["clear"]),
        ("nochmal von vorne: zwei Wein", ["clear", ("add", "wine", 2)]),
        # New goods, and both at once.
        ("and a wine", [("add", "wine", 1)]),
        ("I changed my mind, no lemonade", [("set", 1, 0)]),
        ("four of those please", [("set", 1, 4)]),
        ("nein, drei bitte", [("set", 1, 3)]),
        ("cancel everything and add a wine", ["clear", ("add", "wine", 1)]),
        ("one lasagne less", [("set", 0, 1)]),
        ("I only want one lasagne", [("set", 0, 1)]),
        ("two wines and no lemonade", [("add", "wine", 2), ("set", 1, 0)]),
        ("a wine. make it 3", [("add", "wine", 3)]),
    ],
)
def test_an_edit_changes_what_it_names(read, text, edits):
    assert told(read(text, *DRAFT)) == edits


@pytest.mark.parametrize(
    ("text", "index", "options"),
    [
        ("the second one large", 1, {("large", Amount.REGULAR)}),
        ("die erste klein bitte", 0, {("small", Amount.REGULAR)}),
        ("make it large", 1, {("large", Amount.REGULAR)}),
        ("change the lasagne to small", 0, {("small", Amount.REGULAR)}),
        ("make the lasagne large", 0, {("large", Amount.REGULAR)}),
        ("without olives please", 0, {("olives", Amount.NONE)}),
        ("ohne Kapern bitte", 0, {("capers", Amount.NONE)}),
        ("no olives on the lasagne", 0, {("olives", Amount.NONE)}),
        ("add capers to the lasagne", 0, {("capers", Amount.REGULAR)}),
        ("extra parmesan", 0, {("parmesan", Amount.EXTRA)}),
        ("no olives and extra capers", 0, {("olives", Amount.NONE), ("capers", Amount.EXTRA)}),
    ],
)
def test_an_option_goes_to_the_line_that_is_named_or_the_last_one_it_fits(read, text, index, options):
    assert told(read(text, *DRAFT)) == [("choose", index, options)]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("one of them with capers", {("capers", Amount.REGULAR)}),
        ("make one of them without olives please", {("olives", Amount.NONE)}),
        ("eine davon mit extra Kapern", {("capers", Amount.EXTRA)}),
    ],
)
def test_a_part_of_a_line_becomes_a_line_of_its_own(read, text, options):
    taken, added = read(text, *DRAFT).edits

    assert (taken.index, taken.quantity) == (0, 1)
    assert (added.line.sku, added.line.quantity) == ("lasagne", 1)
    assert {(o.value, o.amount) for o in added.line.options} == options


@pytest.mark.parametrize("text", ["no cheese on the lemonade", "no capers on the second one"])
def test_what_its_line_does_not_have_is_refused_nowhere_else_and_the_line_stays(read, text):
    understood = read(text, *DRAFT)

    assert understood.edits == ()
    assert understood.reading.unread == (text,)


@pytest.mark.parametrize("text", ["actually no lemonade", "actually, no lemonade please"])
def test_a_second_thought_may_be_a_refusal(read, text):
    assert told(read(text, *DRAFT)) == [("set", 1, 0)]


def test_a_part_of_a_named_line_becomes_a_line_of_its_own(read):
    taken, added = read("one of the lasagne without olives", ("lasagne", 2), ("gnocchi", 2)).edits

    assert (taken.index, taken.quantity) == (0, 1)
    assert (added.line.sku, added.line.quantity) == ("lasagne", 1)


@pytest.mark.parametrize("text", ["one of them large", "eine davon klein"])
def test_a_part_of_nobody_knows_which_line_changes_nothing_and_is_reported(read, text):
    understood = read(text, ("lasagne", 2), ("gnocchi", 2))

    assert understood.edits == ()
    assert understood.reading.unread


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("two gnocchi, one large, the other one without olives", ["gnocchi large", "gnocchi olives"]),
        ("zwei Gnocchi: eine groß, die andere ohne Oliven", ["gnocchi large", "gnocchi olives"]),
    ],
)
def test_parts_of_new_goods_stay_with_them(read, text, added):
    lines = [edit.line for edit in read(text, *DRAFT).edits]

    assert sorted(f"{line.sku} {line.options[0].value}" for line in lines) == added


def test_what_is_said_of_both_is_chosen_for_both(read):
    assert {edit.index for edit in read("make both large", *DRAFT).edits if isinstance(edit, SetOptions)} == {0, 1}


@pytest.mark.parametrize("text", ["change the wine to gnocchi", "replace the lemonade with moonshine"])
def test_a_swap_of_what_is_not_there_takes_neither(read, text):
    understood = read(text, *DRAFT)

    assert understood.edits == ()
    assert understood.reading.unread == (text,)


@pytest.mark.parametrize("text", ["the first one", "die erste"])
def test_what_names_a_line_and_says_nothing_clear_of_it_is_reported(read, text):
    understood = read(text, *DRAFT)

    assert told(understood) == []
    assert understood.reading.unread


def test_what_no_edit_takes_is_read_as_if_it_were_said_right_behind_the_draft(read):
    understood = read("no wait, only one of the lasagnes should be small", *DRAFT)

    assert told(understood) == [("set", 0, 1), ("add", "lasagne", 1)]
    assert understood.reading.unread == ()


@pytest.mark.parametrize("text", ["no", "nein", "nein danke", "not yet"])
def test_a_mere_no_changes_nothing(read, text):
    assert read(text, *DRAFT).edits == ()


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_slot_of_a_wording_stands_alone(language):
    tables = word_list(f"intents.{language}").values()
    texts = [text for table in tables for texts in table.values() if isinstance(texts, list) for text in texts]

    assert [word for text in texts for word in text.split() if "{" in word and not re.fullmatch(r"\{\w+\}", word)] == []


def test_no_two_languages_say_different_things_of_one_word():
    english, german = word_list("intents.en"), word_list("intents.de")
    shared = [
        (words, german[section][key])
        for section, tables in english.items()
        for key, words in tables.items()
        if isinstance(words, dict) and key in german[section]
    ]

    assert [word for words, others in shared for word in words if others.get(word, words[word]) != words[word]] == []


def test_a_refusal_after_new_goods_is_an_option_of_theirs(read):
    (added,) = read("a gnocchi, no olives", *DRAFT).edits

    assert isinstance(added, AddLine)
    assert [(o.value, o.amount) for o in added.line.options] == [("olives", Amount.NONE)]


def test_what_is_to_go_and_fits_several_products_is_asked_in_words_since_a_choice_would_order_it(read):
    understood = read("no pasta", ("lasagne", 1), ("gnocchi", 1))

    assert understood.edits == ()
    assert [(question.about, question.likely) for question in understood.reading.questions] == [("no pasta", ())]


def test_a_number_that_nobody_can_mean_is_reported(read):
    understood = read("make it 999999999", *DRAFT)

    assert understood.edits == ()
    assert understood.reading.unread


def test_the_words_of_an_edit_are_kept(read):
    (edit,) = read("Make it four, please!", *DRAFT).edits

    assert isinstance(edit, SetQuantity)
    assert "four" in edit.words


def test_clearing_is_one_edit_whatever_the_draft_held(read):
    assert read("start over", *DRAFT).edits == (ClearDraft("start over"),)


@pytest.mark.parametrize(
    "text", ["make it tomorrow 8", "can you change it to tomorrow 8?", "mach morgen 8 draus", "lieber morgen 8"]
)
def test_an_hour_behind_its_day_is_a_time_and_no_number(read, text):
    understood = read(text, *DRAFT)

    assert understood.edits == ()
    assert (understood.wishes.wished.day, understood.wishes.wished.hour) == (22, 20)
    assert not understood.reading.unread


def test_a_message_of_many_commas_is_a_list_of_goods(read):
    """It is cut in two at so many places and no more; what is beyond is goods, and none of them is lost."""
    understood = read(", ".join(["a gnocchi and a lemonade"] * 40), *DRAFT)

    added = [edit.line for edit in understood.edits if isinstance(edit, AddLine)]
    assert {sku: sum(line.quantity for line in added if line.sku == sku) for sku in ("gnocchi", "lemonade")} == {
        "gnocchi": 40,
        "lemonade": 40,
    }


@pytest.mark.parametrize(
    "text",
    [
        "never mind the lemonade",
        "forget about the lasagne",
        "cancel the wine",
        "vergiss die Limonade",
        "sie will die Lasagne nicht mehr",
        "storniere den Wein",
    ],
)
def test_what_is_called_off_is_not_ordered_and_calls_off_nothing_else(read, text):
    understood = read(text)

    assert understood.edits == ()
    assert understood.intent is not Intent.CANCEL


def test_a_number_alone_is_asked_about_where_another_line_was_changed_last(trattoria):
    draft = (ReadLine("lasagne", 3, (), "a lasagne … make it 3"), ReadLine("lemonade", 1, (), "a lemonade"))

    understood = read_message("no wait, 2", trattoria, languages=("en", "de"), draft=draft, now=NOON, zone=ROME)

    assert understood.edits == ()
    assert [question.about for question in understood.reading.questions] == ["2"]
