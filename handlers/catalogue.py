"""The shop file becomes the shop: its bytes are kept, and what it counts for the first time is booked."""

from collections.abc import Mapping
from datetime import datetime

from core.documents import Bucket, Move
from core.shop import Shop
from storage.store import Transaction


async def apply_shop(
    tx: Transaction, content: bytes, shop: Shop, now: datetime, pictures: Mapping[str, bytes] | None = None
) -> tuple[str, ...]:
    """From now on `shop`, which was read from `content`, is the shop; returns the skus that are counted from now on.

    `pictures` are those beside the file, by their paths.

    `stock` is an opening count: it is booked once per sku, afterwards the ledger leads.
    """
    if await tx.facts.shop_file() != content:
        await tx.facts.keep_shop_file(content, now)
    await tx.pictures.keep(pictures or {}, now)
    await tx.articles.learn(tx.connection, shop.menu.by_sku)
    counted = {product.sku: product.stock for product in shop.menu.products if product.stock is not None}
    fresh = tuple([sku for sku in counted if await tx.stock.open_accounts(sku)])
    opening = [Move(sku, counted[sku], Bucket.SUPPLIER, Bucket.SHELF, "opening") for sku in fresh if counted[sku]]
    if opening:
        await tx.stock.post(opening, at=now)
    return fresh
