"""A ShopError as the notice that tells of it."""

from dataclasses import replace

from core.errors import OutOfStock, ShopError, SoldOutToday
from core.notices import Refused, To
from handlers.desk import Desk


def refused(desk: Desk, error: ShopError, to: To) -> Refused:
    """The refusal with its facts; the ledger knows skus only, the names come from the menu."""
    if isinstance(error, (OutOfStock, SoldOutToday)) and not error.product:
        product = desk.shop.menu.by_sku.get(error.sku)
        error = replace(error, product=dict(product.name) if product else {"": error.sku})
    return Refused(to=to, error=type(error).__name__, facts=dict(vars(error)))
