"""What the shop file says of a dish besides its price: picture, allergens, diets, and what it is halved from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from core.food import ALLERGENS, DIETS
from core.menu import Choose, Halves, HalvesPrice, OptionGroup, OptionValue, Product, Texts
from storage.shop_nodes import Place, did_you_mean, listed

HALVES = ("of", "price")
NOTHING = "none"
HALF_GROUPS: tuple[tuple[str, Texts], ...] = (
    (
        "first_half",
        {"en": "First half", "de": "Erste Hälfte", "es": "Primera mitad", "fr": "Première moitié", "it": "Prima metà"},
    ),
    (
        "second_half",
        {
            "en": "Second half",
            "de": "Zweite Hälfte",
            "es": "Segunda mitad",
            "fr": "Seconde moitié",
            "it": "Seconda metà",
        },
    ),
)
LARGEST_PICTURE_BYTES = 5_000_000
MIMES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""By how such a file begins."""


def read_allergens(place: Place) -> tuple[str, ...] | None:
    """The codes in the order of the law; None where nothing is said, which is not the same as none."""
    if place.node is None:
        return None
    words = place.words()
    if words == (NOTHING,):
        return ()
    if not words and not place.items():
        place.fault("says nothing", f"list what is in it, or write {NOTHING}")
    return _codes(place, words, ALLERGENS)


def read_diets(place: Place) -> tuple[str, ...]:
    """For whom it is made."""
    return _codes(place, place.words(), DIETS)


def _codes(place: Place, words: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for word in words:
        if word not in known:
            place.fault(f"{word!r} is not known", did_you_mean(word, known, f"known here: {', '.join(known)}"))
    return tuple(code for code in known if code in words)


def read_picture(place: Place) -> str:
    """The path of a picture beside the shop file; the file itself is looked at where the folder is known."""
    name = place.text("")
    if not name:
        return ""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        place.fault(f"{name!r} is not beside the shop file", "write a path such as photos/margherita.jpg")
        return ""
    if place.notes.folder is not None:
        _look_at(place, name)
    return name


def _look_at(place: Place, name: str) -> None:
    assert place.notes.folder is not None  # noqa: S101  # the caller looked
    try:
        with (place.notes.folder / name).open("rb") as file:
            content = file.read(LARGEST_PICTURE_BYTES + 1)
    except OSError as problem:
        # Nobody is kept from ordering by a picture that was not copied along.
        place.warn(f"{name} cannot be read: {problem.strerror}", "put the picture there; until then none is shown")
        return
    if len(content) > LARGEST_PICTURE_BYTES:
        place.fault(f"{name} is larger than {LARGEST_PICTURE_BYTES:,} bytes", "make it smaller: 1280 pixels are enough")
    elif not mime_of(content):
        place.fault(f"{name} is neither JPEG nor PNG", "save it as one of them")
    place.notes.pictures[name] = content


def mime_of(content: bytes) -> str:
    """What kind of picture this is; "" for anything but JPEG and PNG."""
    return next((mime for start, mime in MIMES.items() if content.startswith(start)), "")


def with_halves(products: tuple[Product, ...], places: Mapping[str, Place]) -> tuple[Product, ...]:
    """The products, those sold in halves with what each half can be; `places` by sku."""
    halved = {sku for sku, place in places.items() if place["halves"].given}
    if not halved:
        return products
    whole = {product.sku: product for product in products if product.sku not in halved}
    return tuple(
        replace(product, halves=_halves(places[product.sku]["halves"], product, whole))
        if product.sku in halved
        else product
        for product in products
    )


def _halves(place: Place, product: Product, whole: Mapping[str, Product]) -> Halves | None:
    if not place.is_section(*HALVES):
        return None
    taken = {group for group, _ in HALF_GROUPS} & set(product.by_group)
    if taken:
        place.fault(f"the group {taken.pop()!r} is one of the halves", "give the group another name")
    chosen = _of(place["of"], product, whole)
    values = tuple(
        OptionValue(each.sku, _half(each.name), price=each.price, allergens=each.allergens) for each in chosen
    )
    first, second = (OptionGroup(key, name, Choose.ONE, values, at_least=1) for key, name in HALF_GROUPS)
    price = place["price"].one_of(tuple(HalvesPrice), HalvesPrice.HIGHEST)
    return Halves((first, second), HalvesPrice(price))


def _half(name: Texts) -> Texts:
    return {language: f"½ {text}" for language, text in name.items()}


def _of(place: Place, product: Product, whole: Mapping[str, Product]) -> tuple[Product, ...]:
    """The products of a category (left out: its own), or those that are listed."""
    words = place.words() or ((product.category,) if product.category else ())
    categories = {each.category for each in whole.values() if each.category}
    if len(words) == 1 and words[0] in categories:
        return tuple(each for each in whole.values() if each.category == words[0])
    for word in words:
        if word not in whole:
            cure = did_you_mean(word, (*whole, *categories), f"name a category ({listed(sorted(categories) or ['…'])})")
            place.fault(f"{word!r} is no product that can be halved", cure)
    found = tuple(whole[word] for word in words if word in whole)
    if len(found) < 2 and all(word in whole for word in words):
        place.fault("has fewer than two products", "list at least two skus, or a category")
    return found
