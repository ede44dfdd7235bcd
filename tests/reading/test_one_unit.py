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
