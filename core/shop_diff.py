"""What would change in the shop if a new shop file were applied, as an owner would list it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum

from core import money
from core.frozen import frozen
from core.hours import DAYS, Hours
from core.menu import OptionGroup, Product, in_language
from core.shop import Shop
from core.slots import Slots
from core.zones import Zone


class Did(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class Difference:
    """`where` is the path as in the shop file, products by sku: "catalogue.margherita.price"."""

    did: Did
    where: str
    before: str = ""
    after: str = ""


Fact = tuple[str, str]
"""A setting that a person can name, and its value in words."""


def menu_diff(old: Shop, new: Shop) -> tuple[Difference, ...]:
    """All differences in the order of the files, settings first; nothing for equal shops.

    A change of `stock` is none: it is an opening count, which only a new product books.
    """
    return (*_differences(_settings(old), _settings(new)), *_product_differences(old, new))


def _product_differences(old: Shop, new: Shop) -> Iterator[Difference]:
    for sku, product in old.menu.by_sku.items():
        if sku not in new.menu.by_sku:
            yield Difference(Did.REMOVED, f"catalogue.{sku}", before=_headline(product, old))
    for sku, product in new.menu.by_sku.items():
        before = old.menu.by_sku.get(sku)
        if before is None:
            yield Difference(Did.ADDED, f"catalogue.{sku}", after=_headline(product, new))
        else:
            yield from _differences(_product(before, old.currency), _product(product, new.currency))


def _headline(product: Product, shop: Shop) -> str:
    name = in_language(product.name, shop.languages[0])
    return f"{name} {money.plain(product.price, shop.currency)} {shop.currency}"


def _differences(old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Difference]:
    # A setting without a value is one that is not there.
    before, after = ({where: value for where, value in facts if value} for facts in (old, new))
    for where, value in before.items():
        if where not in after:
            yield Difference(Did.REMOVED, where, before=value)
    for where, value in after.items():
        if where not in before:
            yield Difference(Did.ADDED, where, after=value)
        elif before[where] != value:
            yield Difference(Did.CHANGED, where, before[where], value)


# Facts


def _settings(shop: Shop) -> Iterator[tuple[str, str]]:
    for key in ("name", "currency", "timezone", "languages", "taxes_included", "photo"):
        yield f"shop.{key}", _words(getattr(shop, key))
    yield "address", shop.address
    yield "location", str(shop.location or "")
    yield from _hours(shop.hours, "hours", "closed")
    for way in shop.fulfilment.ways:
        yield f"fulfilment.{way.kind}.fee", money.plain(way.fee, shop.currency)
        yield f"fulfilment.{way.kind}.minimum", money.plain(way.minimum, shop.currency)
        yield f"fulfilment.{way.kind}.postcodes", _words(way.postcodes)
        yield f"fulfilment.{way.kind}.slots", _slots(way.slots)
        for place, zone in enumerate(way.zones, 1):
            yield f"fulfilment.{way.kind}.zones[{place}]", _zone(zone, shop.currency)
    for section in ("approval", "returns", "limits", "drafts"):
        rules = getattr(shop, section)
        for rule in fields(rules):
            yield f"{section}.{rule.name}", _words(getattr(rules, rule.name))
    for category in shop.menu.categories:
        yield f"categories.{category.key}", _words(category.name)
        yield from _hours(category.hours, f"categories.{category.key}.available", "not served")


def _slots(slots: Slots | None) -> str:
    if slots is None:
        return ""
    room = "" if slots.capacity is None else f", {slots.capacity} orders each"
    return f"every {slots.every} min{room}, lead {slots.lead} min, {slots.days} days"


def _zone(zone: Zone, currency: str) -> str:
    radius = "" if zone.metres is None else f"{zone.metres / 1000:g} km"
    prices = f"fee {money.plain(zone.fee, currency)}, minimum {money.plain(zone.minimum, currency)}"
    minutes = f"{zone.minutes} min" if zone.minutes else ""
    return "; ".join(filter(None, (zone.name, _words(zone.postcodes), radius, prices, minutes)))


def _hours(hours: Hours | None, where: str, never: str) -> Iterator[Fact]:
    if hours is None:
        return
    for name, spans in zip(DAYS, hours.week, strict=True):
        yield f"{where}.{name}", _words(spans) or never
    for day, spans in hours.exceptions.items():
        yield f"{where}.exceptions.{day}", _words(spans) or never
    for (month, number), spans in hours.yearly.items():
        yield f"{where}.exceptions.{month:02}-{number:02}", _words(spans) or never


def _product(product: Product, currency: str) -> Iterator[tuple[str, str]]:
    where = f"catalogue.{product.sku}"
    yield f"{where}.name", _words(product.name)
    yield f"{where}.category", product.category
    yield f"{where}.aliases", _words(product.aliases)
    yield f"{where}.price", money.plain(product.price, currency)
    yield f"{where}.low_stock", _words(product.low_stock)
    yield f"{where}.description", _words(product.description)
    yield f"{where}.fulfilment", _words(product.kinds)
    yield f"{where}.daily", _words(product.daily)
    yield from _hours(product.hours, f"{where}.available", "not served")
    yield f"{where}.photo", product.photo
    yield f"{where}.allergens", _declared(product.allergens)
    yield f"{where}.diets", _words(product.diets)
    if product.halves:
        skus = tuple(value.value for value in product.halves.groups[0].values)
        yield f"{where}.halves", f"{_words(skus)}; {product.halves.price}"
    for group in product.options:
        yield from _group(group, f"{where}.options.{group.group}", currency)


def _group(group: OptionGroup, where: str, currency: str) -> Iterator[tuple[str, str]]:
    for key in ("name", "choose", "default", "amounts", "at_least", "at_most", "free"):
        yield f"{where}.{key}", _words(getattr(group, key))
    for value in group.values:
        price = money.plain(value.price, currency)
        parts = (_words(value.name), price, _words(value.aliases), _declared(value.allergens or None))
        yield f"{where}.values.{value.value}", "; ".join(parts).removesuffix("; ")


def _declared(allergens: tuple[str, ...] | None) -> str:
    """Nothing declared, and declared that nothing is in it, are two things."""
    return "" if allergens is None else _words(allergens) or "none"


def _words(value: object) -> str:
    """A setting's value as one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return " / ".join(f"{language}: {text}" for language, text in value.items())
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)
