"""/soldout and /back: products, categories, single options are off the menu for a while, and come back alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.availability import OffMenu
from core.errors import NotUnderstoodCommand, Stale, UnknownProduct
from core.frozen import frozen
from core.menu import Menu, OptionValue, Product, Texts, in_language
from core.notices import STAFF, Button, Keyboard, Notice, SoldOutRow, SoldOutSet, SoldOutShown
from core.people import Right, Staff
from handlers import draft_news
from handlers.buttons import Tap
from handlers.commands import staff_command
from handlers.desk import Desk
from handlers.products import find_product
from handlers.until import AMOUNT, LONGEST, minutes_of, time_to_come

USAGE = "/soldout salmon · /soldout salmon until 18:00 · /soldout pizza large 2h · /back salmon"
AGAIN = re.compile(r"(.+?)\s+(?:off|again|back|zurück|wieder)", re.IGNORECASE)
UNTIL = re.compile(r"(.+?)\s+(?:until|till|til|bis)\s+(.+)", re.IGNORECASE)
LASTS = re.compile(rf"(.+?)\s+{AMOUNT}", re.IGNORECASE)


@frozen
class Asked:
    """What shall be off the menu, and until when; None until the next day of business."""

    what: str
    until: datetime | None = None


@staff_command("soldout", Right.STOCK)
async def sold_out(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/soldout salmon (until 18:00, or 2h): off the menu, or a single option as in pizza large; alone: what is off

    Without a time until the next day of business.
    """
    if not words.strip():
        return (await shown(desk),)
    if again := AGAIN.fullmatch(words.strip()):
        return await back(desk, person, again[1])
    asked = _read(desk, words.strip())
    until = asked.until or desk.shop.hours.next_business_day(desk.now)
    off = replace(find(desk, asked.what), until=until)
    await desk.tx.sold_out.set(off, desk.now)
    told = await _tell(desk)
    name = name_of(desk.shop.menu, off)
    kept = next(one for one in await desk.tx.sold_out.all(desk.now) if _is_same(one, off))
    done = SoldOutSet(
        to=STAFF, product=name, until=until, told=len(told), buttons=(_back_button(kept, "back_on_menu"),)
    )
    return (done, *told)


@staff_command("back", Right.STOCK)
async def back(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/back salmon: on the menu again before its time"""
    if not words.strip():
        return (await shown(desk),)
    off = find(desk, words.strip())
    if not await desk.tx.sold_out.end(off):
        return (replace(await shown(desk), not_off=name_of(desk.shop.menu, off)),)
    return (SoldOutSet(to=STAFF, product=name_of(desk.shop.menu, off), until=None),)


async def tap_back(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    """The same by a button. Raises Stale where that is over, or was set anew."""
    for off in await desk.tx.sold_out.all(desk.now):
        if (off.id, int(off.until.timestamp())) == (tapped.subject, tapped.version):
            await desk.tx.sold_out.end(off)
            return (SoldOutSet(to=STAFF, product=name_of(desk.shop.menu, off), until=None),)
    raise Stale(number=None, state="")


async def shown(desk: Desk) -> SoldOutShown:
    """What is off now, and until when, each with a button that brings it back."""
    off = await desk.tx.sold_out.all(desk.now)
    return SoldOutShown(to=STAFF, rows=rows_of(desk, off), buttons=back_buttons(desk, off))


def rows_of(desk: Desk, off: Sequence[OffMenu]) -> tuple[SoldOutRow, ...]:
    return tuple(SoldOutRow(name_of(desk.shop.menu, one), one.until) for one in off)


def back_buttons(desk: Desk, off: Sequence[OffMenu]) -> Keyboard:
    """As many as Telegram takes; those beyond come back with /back."""
    return tuple(_back_button(one, "back_of", name_of(desk.shop.menu, one)) for one in off[:40])


def _back_button(off: OffMenu, label: str, name: Texts | None = None) -> tuple[Button, ...]:
    return (Button(label, f"onmenu:{off.id}:{int(off.until.timestamp())}", {"name": name} if name else {}),)


async def _tell(desk: Desk) -> tuple[Notice, ...]:
    """Open drafts that hold what has just gone off."""
    now = replace(desk.availability, sold_out=await desk.tx.sold_out.all(desk.now))
    new = [one for one in now.sold_out if one not in desk.sold_out]
    products = desk.shop.menu.products
    skus = [one.sku for one in products if any(off.is_about(one) or one.has_half(off.sku) for off in new)]
    return await draft_news.sold_out(desk, now, skus)


# What and until when


def _read(desk: Desk, words: str) -> Asked:
    if lasts := LASTS.fullmatch(words):
        minutes = minutes_of(lasts[2], lasts[3])
        if not 0 < minutes <= LONGEST:
            raise NotUnderstoodCommand(usage=USAGE, what="too_long" if minutes > 0 else words)
        return Asked(lasts[1], desk.now + timedelta(minutes=minutes))
    if until := UNTIL.fullmatch(words):
        return Asked(until[1], time_to_come(desk, until[2], USAGE))
    return Asked(words)


def find(desk: Desk, words: str) -> OffMenu:
    """What is meant: a product, a category, an option of either, or an option wherever it is; without a time yet.

    Raises UnknownProduct.
    """
    menu, said = desk.shop.menu, _plain(words)
    whole = _thing(menu, said) or _option(menu, said, menu.products)
    if whole is not None:
        return whole
    parts = said.split()
    for cut in range(1, len(parts)):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        for thing, option in ((first, second), (second, first)):
            about = _thing(menu, thing)
            found = about and _option(menu, option, [one for one in menu.products if about.is_about(one)])
            if about and found:
                return replace(about, value=found.value)
    return OffMenu(NEVER, sku=find_product(desk, words).sku)


def _thing(menu: Menu, said: str) -> OffMenu | None:
    """The product, or else the category, of this very name."""
    for product in menu.products:
        if said in {_plain(product.sku), *map(_plain, (*product.name.values(), *product.aliases))}:
            return OffMenu(NEVER, sku=product.sku)
    for category in menu.categories:
        if said in {_plain(category.key), *map(_plain, category.name.values())}:
            return OffMenu(NEVER, category=category.key)
    return None


def _option(menu: Menu, said: str, products: Sequence[Product]) -> OffMenu | None:
    """The option of this very name on any of these products. Raises UnknownProduct where several have it."""
    found = {
        value.value: value
        for product in products
        for group in product.options
        for value in group.values
        if said in {_plain(value.value), *map(_plain, (*value.name.values(), *value.aliases))}
    }
    if len(found) > 1:
        names = tuple(in_language(value.name, menu.languages[0]) for value in found.values())
        raise UnknownProduct(name=said[:60], likely=names[:5])
    return OffMenu(NEVER, value=next(iter(found))) if found else None


NEVER = datetime.max.replace(tzinfo=UTC)
"""Until the time is known."""


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").split())


def _is_same(one: OffMenu, other: OffMenu) -> bool:
    return (one.sku, one.category, one.value) == (other.sku, other.category, other.value)


def name_of(menu: Menu, off: OffMenu) -> Texts:
    """As the staff calls it: "Grilled salmon", "large (Pizza)"."""
    product, category = menu.by_sku.get(off.sku), {one.key: one for one in menu.categories}.get(off.category)
    thing: Texts = product.name if product else category.name if category else {"": off.sku or off.category}
    option = _value(menu, off)
    if option is None:
        return thing
    if not off.sku and not off.category:
        return option.name
    return {code: f"{in_language(option.name, code)} ({in_language(thing, code)})" for code in menu.languages}


def _value(menu: Menu, off: OffMenu) -> OptionValue | None:
    if not off.value:
        return None
    groups = (group for product in menu.products if off.is_about(product) for group in product.options)
    known = (group.by_value[off.value] for group in groups if off.value in group.by_value)
    return next(known, OptionValue(off.value, {"": off.value}))
