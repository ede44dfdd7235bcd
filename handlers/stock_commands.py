"""/stock and /restock: what is on the shelf, what came in or is gone, and what was counted."""

from core.documents import Bucket, Move
from core.errors import NotAllowed, NotUnderstoodCommand, OutOfStock
from core.menu import Product
from core.notices import STAFF, DayRow, LowStock, Notice, Restocked, StockRow, StockShown
from core.people import Right, Staff
from handlers import draft_news, sold_out
from handlers.commands import staff_command
from handlers.desk import Desk
from handlers.products import find_product
from storage.store import RanOut

MOST_RESTOCK = 1_000_000
USAGE = "/restock coke 24 · /restock coke -5 · /stock coke 40"


@staff_command("stock", Right.SEE)
async def stock(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/stock (coke, or coke 40): what is on the shelf, set aside, and sold out; a number: so many were counted

    Counted is what lies free: what is set aside for orders stays so.
    """
    name, _, count = words.strip().rpartition(" ")
    if not words.strip():
        return (await _shown(desk, desk.shop.menu.products),)
    if not name or not count.isdecimal() or _is_named(desk, words):
        return (await _shown(desk, (find_product(desk, words),)),)
    if not person.may(Right.STOCK):
        raise NotAllowed(act="stock")
    product = _counted(find_product(desk, name))
    shelf = await desk.tx.stock.balance(product.sku, Bucket.SHELF)
    return await _book(desk, product, _number(count) - shelf, "count")


@staff_command("restock", Right.STOCK)
async def restock(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/restock coke 24 (or -5): so many came in, or are gone"""
    name, _, count = words.strip().rpartition(" ")
    quantity = -_number(count[1:]) if count[:1] in "-−" else _number(count.removeprefix("+"))  # a minus
    if not name or not quantity:
        raise NotUnderstoodCommand(usage=USAGE)
    return await _book(desk, _counted(find_product(desk, name)), quantity, "restock" if quantity > 0 else "taken_off")


def _number(count: str) -> int:
    """Raises NotUnderstoodCommand for what nobody means."""
    if not count.isdecimal() or len(count) > len(str(MOST_RESTOCK)) or int(count) > MOST_RESTOCK:
        raise NotUnderstoodCommand(usage=USAGE)
    return int(count)


def _counted(product: Product) -> Product:
    """Orders take nothing off a shelf that is not counted: what came in would stand there for ever."""
    if product.stock is None:
        raise NotUnderstoodCommand(usage="", what="not_counted")
    return product


def _is_named(desk: Desk, words: str) -> bool:
    """Whether a product is called just that, its number among the words."""
    said = words.strip().casefold()
    return any(said in {one.sku, *(name.casefold() for name in one.name.values())} for one in desk.shop.menu.products)


async def _book(desk: Desk, product: Product, by: int, reason: str) -> tuple[Notice, ...]:
    """So many more or fewer on the shelf. Raises OutOfStock where fewer are there: nothing goes below zero."""
    await desk.tx.stock.open_accounts(product.sku)
    before = await desk.tx.stock.balance(product.sku, Bucket.SHELF)
    if before + by < 0:
        raise OutOfStock(sku=product.sku, product=dict(product.name), asked=-by, left=before)
    giver, taker = (Bucket.SUPPLIER, Bucket.SHELF) if by > 0 else (Bucket.SHELF, Bucket.LOSS)
    emptied = await desk.tx.stock.post((Move(product.sku, abs(by), giver, taker, reason),), at=desk.now) if by else ()
    told = Restocked(
        to=STAFF,
        product=product.name,
        sku=product.sku,
        quantity=by,
        before=before,
        shelf=before + by,
        aside=await _set_aside(desk, product.sku),
        is_counted=reason == "count",
    )
    news = await draft_news.ran_out(desk, RanOut(emptied)) if emptied else ()
    return (told, *await _low(desk, product, is_empty=bool(emptied)), *news)


async def _low(desk: Desk, product: Product, *, is_empty: bool) -> tuple[Notice, ...]:
    low = None if product.low_stock is None else await desk.tx.stock.note_low(product.sku, product.low_stock)
    left = 0 if is_empty else low
    return () if left is None else (LowStock(to=STAFF, product=product.name, left=left),)


async def _set_aside(desk: Desk, sku: str) -> int:
    held = await desk.tx.stock.balance(sku, Bucket.HELD)
    return held + await desk.tx.stock.balance(sku, Bucket.COMMITTED)


async def _shown(desk: Desk, products: tuple[Product, ...]) -> StockShown:
    """Raises NotUnderstoodCommand for a single product of which nothing is counted and which is not off."""
    counted = {balance.sku: balance for balance in await desk.tx.stock.balances()}
    rows = []
    for product in products:
        balance = counted.get(product.sku)
        if balance is None:
            continue
        low = product.low_stock is not None and balance.shelf <= product.low_stock
        rows.append(StockRow(product.sku, product.name, balance.shelf, balance.held, balance.committed, low))
    days = [
        DayRow(product.name, left, product.daily)
        for product in products
        if product.daily is not None and (left := desk.availability.left_on(product, desk.now)) is not None
    ]
    everything = await desk.tx.sold_out.all(desk.now)
    is_all = products is desk.shop.menu.products
    off = [one for one in everything if is_all or any(one.is_about(product) for product in products)]
    if not is_all and not rows and not days and not off:
        raise NotUnderstoodCommand(usage="", what="not_counted")
    return StockShown(
        to=STAFF,
        rows=tuple(rows),
        days=tuple(days),
        off=sold_out.rows_of(desk, off),
        buttons=sold_out.back_buttons(desk, off),
    )
