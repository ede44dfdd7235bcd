"""Pictures, allergens, diets and halves in the shop file, and what is wrong with them."""

import pytest

from core.menu import HalvesPrice
from storage.shop_file import ShopFileError, load_shop_file, parse_shop

HEAD = "shop: {name: Corner, currency: EUR, timezone: Europe/Rome}\n"
JPEG = b"\xff\xd8\xff\xe0 a pizza"
PIZZAS = """
catalogue:
  - {sku: tonno, name: Tonno, price: "9.00", category: pizza}
  - {sku: capri, name: Capri, price: "8.00", category: pizza, allergens: [milk]}
  - {sku: tea, name: Tea, price: "2.00", category: drinks}
"""


def faults_of(text):
    with pytest.raises(ShopFileError) as error:
        parse_shop((HEAD + text).encode())
    return [str(fault) for fault in error.value.faults]


def product_of(text):
    return parse_shop(f'{HEAD}catalogue: [{{sku: a, name: A, price: "1.00", {text}}}]'.encode()).menu.by_sku["a"]


@pytest.mark.parametrize(
    ("said", "declared"),
    [
        ("", None),
        ("allergens: none", ()),
        ("allergens: milk", ("milk",)),
        ("allergens: [nuts, milk, gluten]", ("gluten", "milk", "nuts")),
    ],
)
def test_nothing_declared_and_declared_as_nothing_are_two_things(said, declared):
    assert product_of(said).allergens == declared


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("allergens: [glutn]", "did you mean gluten?"),
        ("allergens: []", "write none"),
        ("allergens: ''", "write none"),
        ("diets: [vegn]", "did you mean vegan?"),
        ("photo: /etc/passwd", "photos/margherita.jpg"),
        ("photo: ../secret.jpg", "photos/margherita.jpg"),
        ("halves: {of: pizza, price: cheapest}", "highest"),
    ],
)
def test_what_is_wrong_comes_with_its_cure(said, cure):
    faults = faults_of(f'catalogue: [{{sku: a, name: A, price: "1.00", {said}}}]')

    assert any(cure in fault for fault in faults), faults


def halved(how):
    return f'{PIZZAS}  - {{sku: duetto, name: Duetto, price: "0.50", category: pizza, halves: {how}}}\n'


@pytest.mark.parametrize("how", ["{of: pizza}", "{of: [tonno, capri]}", "{price: average}"])
def test_halves_are_of_a_category_or_of_a_list_or_of_its_own(how):
    duetto = parse_shop((HEAD + halved(how)).encode()).menu.by_sku["duetto"]

    assert [value.value for value in duetto.halves.groups[0].values] == ["tonno", "capri"]
    assert [value.price for value in duetto.halves.groups[1].values] == [900, 800]
    assert [value.allergens for value in duetto.halves.groups[0].values] == [None, ("milk",)]
    assert duetto.halves.price is (HalvesPrice.AVERAGE if "average" in how else HalvesPrice.HIGHEST)


@pytest.mark.parametrize(
    ("how", "cure"),
    [
        ("{of: [tonno, tonno2]}", "did you mean tonno?"),
        ("{of: [tonno]}", "at least two"),
        ("{of: [tonno, duetto]}", "no product that can be halved"),
    ],
)
def test_halves_of_what_there_is_not_are_a_fault(how, cure):
    assert any(cure in fault for fault in faults_of(halved(how)))


@pytest.fixture
def file(tmp_path):
    (tmp_path / "shop.yaml").write_text(
        f'{HEAD}catalogue: [{{sku: a, name: A, price: "1.00", photo: pictures/a.jpg}}]', encoding="utf-8"
    )
    (tmp_path / "pictures").mkdir()
    return tmp_path / "shop.yaml"


def test_a_picture_beside_the_file_is_read_with_it(file):
    (file.parent / "pictures" / "a.jpg").write_bytes(JPEG)

    assert load_shop_file(file).pictures == {"pictures/a.jpg": JPEG}


def test_a_picture_that_is_not_there_is_a_warning_alone(file):
    (warning,) = load_shop_file(file).shop.warnings

    assert "pictures/a.jpg cannot be read" in warning.what


@pytest.mark.parametrize(("content", "what"), [(b"GIF89a", "neither JPEG nor PNG"), (JPEG * 500_000, "larger than")])
def test_a_picture_that_telegram_would_not_take_is_a_fault(file, content, what):
    (file.parent / "pictures" / "a.jpg").write_bytes(content)

    with pytest.raises(ShopFileError) as error:
        load_shop_file(file)
    assert what in str(error.value)
