"""What each of several people gets, in Spanish, French and Italian: the same rules, and words of their own."""

import pytest

from tests.reading.abroad.shop_abroad import lines_of, read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "somos tres, cada uno solo una margherita"),
        ("fr", "nous sommes trois, chacun seulement une margherita"),
        ("it", "siamo in tre, ciascuno solo una margherita"),
    ],
)
def test_small_words_may_stand_before_what_each_gets(language, text):
    assert lines_of(read(text, language)) == ["3 margherita"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "somos cuatro, una cola para cada uno y una margherita"),
        ("fr", "nous sommes quatre, un coca par personne et une margherita"),
        ("it", "siamo in quattro, una cola a testa e una margherita"),
    ],
)
def test_what_each_gets_ends_where_something_else_begins(language, text):
    assert sorted(lines_of(read(text, language))) == ["1 margherita", "4 coke"]
