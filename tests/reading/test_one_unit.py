"""One litre is one litre in each language, where the menu has it in any."""

import pytest

from tests.reading.phrase_sets import as_counted, understood


@pytest.mark.parametrize(
    ("text", "languages", "lines"),
    [
        ("a litre of olive oil", ("en",), {"olive-oil: litre": 1}),
        ("vorrei un litro di olio", ("it", "en"), {"olive-oil: litre": 1}),
        ("una bottiglia di olio da un litro", ("it", "en"), {"olive-oil: litre": 1}),
        ("mezzo litro di olio", ("it", "en"), {"olive-oil: half_litre": 1}),
    ],
)
def test_a_measure_is_read_in_the_language_of_its_words(text, languages, lines):
    assert dict(as_counted(understood(text, languages).reading.lines)) == lines


@pytest.mark.parametrize(
    ("text", "languages", "words"),
    [
        ("a litre of tiramisu", ("en", "de"), "a litre"),
        ("ein Liter Tiramisu", ("de", "en"), "ein Liter"),
        ("un litro de tiramisu", ("es", "en"), "un litro"),
        ("medio litro de tiramisu", ("es", "en"), "medio litro"),
        ("un litre de tiramisu", ("fr", "en"), "un litre"),
        ("un litro di tiramisu", ("it", "en"), "un litro"),
        ("mezzo litro di tiramisu", ("it", "en"), "mezzo litro"),
        ("un kilo de tiramisu", ("es", "en"), "un kilo"),
    ],
)
def test_a_measure_that_goods_do_not_come_by_is_reported_and_orders_no_others(text, languages, words):
    found = understood(text, languages).reading

    assert [line.sku for line in found.lines] == ["tiramisu"]
    assert found.unread == (words,)
