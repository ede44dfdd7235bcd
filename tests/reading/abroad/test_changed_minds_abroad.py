"""Changed minds in Spanish, French and Italian: the same rules, and words of their own."""

import pytest

from handlers.reading.understood import ReadLine
from tests.reading.abroad.shop_abroad import lines_of, read
from tests.reading.phrase_sets import applied

TO_DRINK = (ReadLine("margherita", 1), ReadLine("beer", 3))


def after(text: str, language: str, *draft: ReadLine) -> dict[str, int]:
    """What the draft has after these words, by SKU."""
    return {line.sku: line.quantity for line in applied(draft, read(text, language, *draft).edits)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mejor dos cervezas y una cola"),
        ("fr", "plutôt deux bières et un coca"),
        ("it", "anzi due birre e una cola"),
    ],
)
def test_rather_so_many_sets_what_there_is_and_adds_the_rest(language, text):
    assert after(text, language, *TO_DRINK) == {"margherita": 1, "beer": 2, "coke": 1}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "ahora somos cuatro, así que cuatro cervezas"),
        ("fr", "on est quatre maintenant, donc quatre bières"),
        ("it", "siamo in quattro adesso, quindi quattro birre"),
    ],
)
def test_behind_a_reason_a_number_says_how_many_there_are_to_be(language, text):
    assert after(text, language, *TO_DRINK) == {"margherita": 1, "beer": 4}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "cuatro colas, no tres colas y dos cervezas"),
        ("fr", "quatre cocas, non trois cocas et deux bières"),
        ("it", "quattro cole, no tre cole e due birre"),
    ],
)
def test_a_no_before_a_number_corrects_the_number_before_it(language, text):
    assert lines_of(read(text, language)) == ["2 beer", "3 coke"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "dije margherita, quise decir marinara"),
        ("fr", "j'ai dit margherita, je voulais dire marinara"),
        ("it", "ho detto margherita, volevo dire marinara"),
    ],
)
def test_what_was_said_and_not_meant_is_given_up(language, text):
    assert after(text, language, ReadLine("margherita", 1)) == {"marinara": 1}


@pytest.mark.parametrize(
    ("language", "triple", "double"),
    [
        ("es", "triplica la margherita", "duplica eso"),
        ("fr", "triplez la margherita", "doublez ça"),
        ("it", "triplica la margherita", "raddoppia questo"),
    ],
)
def test_three_times_as_much_of_one_is_clear_and_twice_of_several_is_asked(language, triple, double):
    assert after(triple, language, *TO_DRINK) == {"margherita": 3, "beer": 3}
    understood = read(double, language, *TO_DRINK)
    assert understood.edits == ()
    assert [question.about for question in understood.reading.questions] == [double]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "una margherita con champiñones, o no, sin"),
        ("fr", "une margherita aux champignons, ou non, sans"),
        ("it", "una margherita con funghi, o no, senza"),
    ],
)
def test_without_takes_back_what_was_said_just_before(language, text):
    assert lines_of(read(text, language)) == ["1 margherita"]
