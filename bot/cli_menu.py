"""`orderbot menu`: the shop file that is kept, beside the one on the disk."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_common import NO, WRONG_USE, console, fail, opened, print_json
from bot.clock import SystemClock
from core.shop import Shop
from core.shop_diff import Did, Difference, menu_diff
from handlers.catalogue import apply_shop
from storage.shop_file import KeptFileError, NoShopFile, ShopFile, ShopFileError, load_shop_file, parse_kept

if TYPE_CHECKING:
    from bot.settings import Settings

STYLES = {Did.ADDED: ("+", "green"), Did.REMOVED: ("-", "red"), Did.CHANGED: ("~", "yellow")}


async def apply_file(settings: "Settings", path: Path) -> None:
    """Show what changes, then keep the file; all of it or nothing."""
    file = _read(path)
    content, shop = file.content, file.shop
    async with opened(settings) as store, store.transaction() as tx:
        kept = await tx.facts.shop_file()
        _show(_differences(kept, shop))
        _warn(path, kept, shop)
        counted = await apply_shop(tx, content, shop, SystemClock().now(), file.pictures)
    if counted:
        console().print(f"counted from now on: {', '.join(counted)}")
    console().print("nothing new" if kept == content else "applied; a running bot works with it at once", style="bold")


async def diff_file(settings: "Settings", path: Path, *, as_json: bool) -> None:
    """Show what `apply_file` would change."""
    shop = _read(path).shop
    async with opened(settings) as store, store.reading() as tx:
        kept = await tx.facts.shop_file()
    differences = _differences(kept, shop)
    _warn(path, kept, shop)
    if as_json:
        print_json(asdict(difference) for difference in differences)
        return
    _show(differences)
    if not differences:
        console().print("nothing new")


async def export_file(settings: "Settings") -> None:
    """Print the kept file, byte for byte."""
    async with opened(settings) as store, store.reading() as tx:
        content = await tx.facts.shop_file()
    if content is None:
        fail("no shop file is kept yet: `orderbot menu apply` keeps one")
    sys.stdout.buffer.write(content)


def _read(path: Path) -> ShopFile:
    try:
        return load_shop_file(path)
    except NoShopFile as error:
        fail(error, code=WRONG_USE)
    except ShopFileError as error:
        fail(error, code=NO)


def _differences(kept: bytes | None, shop: Shop) -> tuple[Difference, ...]:
    before = _before(kept)
    if before is None:
        return tuple(Difference(Did.ADDED, f"catalogue.{sku}") for sku in shop.menu.by_sku)
    return menu_diff(before, shop)


def _before(kept: bytes | None) -> Shop | None:
    try:
        return None if kept is None else parse_kept(kept)
    except KeptFileError:
        # It cannot be compared with, and must not keep a better one from taking its place.
        return None


def _warn(path: Path, kept: bytes | None, shop: Shop) -> None:
    """What the shop can live with, and what the file says in vain: a count that the ledger leads by now."""
    lines = [str(warning) for warning in shop.warnings]
    before = _before(kept)
    for product in before.menu.products if before else ():
        now = shop.menu.by_sku.get(product.sku)
        if now is not None and None not in (product.stock, now.stock) and product.stock != now.stock:
            lines.append(
                f"stock of {product.sku}, {product.stock} → {now.stock}, is the count it began with: nothing changes;"
                f" /stock {product.sku} in the staff group shows what is there, /restock {product.sku} 24 adds to it"
            )
    for line in lines:
        print(f"{path.name}: {line}", file=sys.stderr)  # noqa: T201 - the command line speaks here


def _show(differences: tuple[Difference, ...]) -> None:
    for difference in differences:
        sign, style = STYLES[difference.did]
        values = " → ".join(value for value in (difference.before, difference.after) if value)
        console().print(f"{sign} {difference.where}  {values}".rstrip(), style=style)
