"""Languages are data: what a list must have, and what reads a language that nobody has thought of."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import handlers.reading
from handlers.reading.which_language import languages_of
from handlers.reading.word_lists import FALLBACK, word_list
from handlers.reading.wordings import wordings
from tests.reading.abroad.shop_abroad import DRAFT, lines_of, orders, read

READING = Path(handlers.reading.__file__).parent
ROOT = READING.parents[1]
LANGUAGES = sorted(path.stem.partition(".")[2] for path in (READING / "words").glob("intents.*.toml"))
SOME_HAVE = {
    "intents": {"not_a_day"},
    "times": {"day_marks", "before_month", "past_after", "past_led", "not_a_day"},
}
ROLES_OF_SOME = {"some", "but", "off", "keep", "ones", "are"}
"""What only some languages say."""
ESPERANTO = {
    "eo.toml": """
inflections = [["ojn", "o"], ["oj", "o"], ["on", "o"]]
[numbers]
unu = 1
du = 2
tri = 3
[scales]
[fractions]
[counts]
"duondekduo da" = 6
[synonyms]
biero = ["beer"]
kaso = ["cheese"]
[phrases]
and = ["kaj"]
with = ["kun"]
refuse = ["sen"]
extra = ["multe da"]
filler = ["mi", "volas", "bonvolu"]
""",
    "intents.eo.toml": """
[intents]
status = ["kie estas mia mendo"]
[returns]
[edits]
[edits.nth]
[numbers]
[talk]
[wishes]
pickup = ["por kunpreni"]
and = ["kaj"]
[forms]
[times]
[times.at]
"je la" = 1
[times.at_bare]
"je la" = 1
[times.hours]
oka = 8
""",
}
ASKED_IN_ESPERANTO = """
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.menu import Choose, Menu, OptionGroup, OptionValue, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.message import read_message

cheese = OptionValue("cheese", {"en": "cheese"})
topping = OptionGroup("topping", {"en": "Topping"}, Choose.MANY, (cheese,), amounts=True)
pico = Product("pico", {"eo": "pico"}, 800, "food", (), (topping,))
products = (pico, Product("beer", {"en": "beer"}, 300, "drinks"))
menu = compile_menu(Menu("EUR", ("eo",), products, ()))


def ask(text):
    now = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
    return read_message(text, menu, languages=("eo", "en"), now=now, zone=ZoneInfo("Europe/Rome"))


read = ask("Mi volas tri picojn sen kaso kaj duondekduo da bieroj por kunpreni je la oka")
for line in read.reading.lines:
    print(line.quantity, line.sku, *(f"{chosen.amount.value} {chosen.value}" for chosen in line.options))
print(read.reading.unread, read.wishes.kind, read.wishes.wished.hour)
print(ask("Kie estas mia mendo?").intent.value)
"""


def test_a_language_that_nobody_has_thought_of_is_read_from_its_two_lists_alone(tmp_path):
    for part in ("core", "handlers"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in ESPERANTO.items():
        (tmp_path / "handlers" / "reading" / "words" / name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", ASKED_IN_ESPERANTO], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines() == ["3 pico none cheese", "6 beer", "() pickup 20", "status"], done.stderr


def test_no_language_is_named_in_the_code_that_reads():
    codes = "|".join(LANGUAGES)
    naming = [
        f"{path.name}: {line}"
        for path in sorted(READING.glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(rf"""["']({codes})["']""", line.partition("#")[0])
        and not line.startswith("FALLBACK = ")
        and "endswith(" not in line
    ]

    assert naming == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_that_the_others_have(language):
    def keys(of, name):
        return {(section, key) for section, table in word_list(name.format(of)).items() for key in table}

    optional = {(section, key) for section, some in SOME_HAVE.items() for key in some}
    lists = keys(FALLBACK, "intents.{}") - keys(language, "intents.{}") - optional
    roles = set(word_list(FALLBACK)["phrases"]) - set(word_list(language)["phrases"]) - ROLES_OF_SOME

    assert (lists, roles) == (set(), set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_is_content_with_no_words_at_all(language):
    empty = [
        (section, key, wording.pattern)
        for section, table in word_list(f"intents.{language}").items()
        for key, texts in table.items()
        if isinstance(texts, list)
        for wording in wordings(section, key, (language,)).each
        if re.fullmatch(wording.pattern, "")
    ]

    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_is_well_formed(language):
    for name in (language, f"intents.{language}"):
        with (READING / "words" / f"{name}.toml").open("rb") as file:
            assert tomllib.load(file)


def test_a_text_is_read_in_its_own_language_even_if_the_shop_does_not_list_it():
    assert languages_of("vorrei due margherite senza cipolle", ("en", "de"))[0] == "it"
    assert languages_of("je voudrais deux bières", ("de", "en"))[0] == "fr"


@pytest.mark.parametrize("text", ["2 pizza", "ok", "pesto con carne", "la pizza", "no onions"])
def test_words_that_speak_for_no_other_language_leave_the_expected_ones(text):
    assert languages_of(text, ("en", "de")) == ("en", "de")


def test_of_many_languages_the_likeliest_are_read():
    many = ("en", "de", "fr", "es", "it")

    assert languages_of("2 Gläser Honig", many)[0] == "de"
    assert len(languages_of("2 honey", many)) == 3


@pytest.mark.parametrize("language", ["it", "es", "fr"])
def test_most_orders_are_read_without_being_told_their_language(language):
    written = orders(language)
    right = [message for message in written if lines_of(read(message.text, language, told="en")) == message.lines]

    assert len(right) >= 0.9 * len(written)


def test_accents_may_be_missing():
    assert read("a que hora abris", "es").intent == "hours"
    assert read("parfait, c'est bon comme ca", "fr", *DRAFT).intent == "place"
    assert read("perche il mio ordine non e ancora arrivato", "it").intent == "status"
