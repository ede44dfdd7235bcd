"""Lines of a draft that are told by what they have, in the languages that have lists."""

import pytest

from tests.reading.phrase_sets import line_of, understood
from tests.reading.test_edits import told

DRAFT = tuple(map(line_of, ("1 margherita: ham", "1 margherita: olives")))
HAM, OLIVES = 0, 1


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("en", "remove the one with ham", HAM),
        ("en", "i don't want the one with olives anymore", OLIVES),
        ("en", "the pizza with ham can go", HAM),
        ("de", "nimm die mit Oliven raus", OLIVES),
        ("de", "die mit Schinken kann weg", HAM),
        ("de", "die Pizza mit Schinken bitte streichen", HAM),
        ("es", "quita la de olives", OLIVES),
        ("fr", "enlevez celle aux olives", OLIVES),
        ("it", "togli quella con le olive", OLIVES),
    ],
)
def test_it_goes_and_not_what_it_has(language, text, line):
    assert told(understood(text, (language, "en"), DRAFT)) == [("set", line, 0)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "swap the one with olives for a diavola"),
        ("de", "statt der mit Oliven eine Diavola"),
        ("es", "cambia la con olives por una diavola"),
        ("fr", "remplacez celle avec des olives par une diavola"),
        ("it", "una diavola al posto di quella con le olive"),
    ],
)
def test_something_else_comes_for_it(language, text):
    assert told(understood(text, (language, "en"), DRAFT)) == [("set", OLIVES, 0), ("add", "diavola", 1)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "make the one with olives large"),
        ("de", "die mit Oliven bitte groß"),
        ("fr", "celle aux olives large"),
        ("it", "quella con le olive large"),
    ],
)
def test_it_is_to_be_so(language, text):
    ((kind, index, options),) = told(understood(text, (language, "en"), DRAFT))

    assert (kind, index, {value for value, _ in options}) == ("choose", OLIVES, {"large"})


@pytest.mark.parametrize(("language", "text"), [("en", "the one with mushrooms large"), ("de", "die mit Pilzen groß")])
def test_where_none_is_so_it_is_asked(language, text):
    found = understood(text, (language, "en"), DRAFT)

    assert found.edits == ()
    assert [question.about for question in found.reading.questions] == [text]


def test_what_people_see_has_their_words():
    (edit,) = understood("please make the one with olives large", ("en",), DRAFT).edits

    assert "the one with olives large" in edit.words


@pytest.mark.parametrize(
    ("language", "text", "edits"),
    [
        ("en", "another diavola and the tiramisu can go", [("set", 0, 2), ("set", 1, 0)]),
        ("en", "one more diavola, the tiramisu can go", [("set", 0, 2), ("set", 1, 0)]),
        ("en", "a beer, the tiramisu can go", [("add", "beer", 1), ("set", 1, 0)]),
        ("de", "noch eine Diavola und das Tiramisu kann weg", [("set", 0, 2), ("set", 1, 0)]),
        ("de", "ein Bier, das Tiramisu kann weg", [("add", "beer", 1), ("set", 1, 0)]),
    ],
)
def test_what_is_named_before_what_goes_stays(language, text, edits):
    draft = tuple(map(line_of, ("1 diavola", "1 tiramisu")))

    assert told(understood(text, (language, "en"), draft)) == edits
