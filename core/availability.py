"""Whether something of the menu can be had at a time; if not, why, and when again.

Everything is judged for the moment at which it shall be eaten: a pre-order for
tomorrow may have what is sold out today.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from core.frozen import frozen
from core.hours import Hours, next_in_both
from core.menu import Amount, Choose, Chosen, Product, Texts


class Why(StrEnum):
    """What is in the way."""

    SOLD_OUT = "sold_out"
    OPTION_SOLD_OUT = "option_sold_out"
    NOT_SERVED = "not_served"
    DAILY = "daily"
    EMPTY = "empty"
    LEFT_MENU = "left_menu"
    OPTION_LEFT_MENU = "option_left_menu"


@frozen
class Reason:
    """Why a product cannot be had, or not so many of it; `back` is when it can be had again, where that is known."""

    why: Why
    sku: str
    name: Texts
    option: Texts = field(default_factory=dict)
    """The option that is the matter, where it is not the product itself."""
    back: datetime | None = None
    left: int = 0
    value: str = ""
    """The code of that option."""


@frozen
class OffMenu:
    """Taken off by the staff until `until`: a product, a category, or an option value of them.

    What is left empty means all: the value "mushrooms" alone is that of every product.
    """

    until: datetime
    sku: str = ""
    category: str = ""
    value: str = ""
    id: int = 0

    def is_about(self, product: Product) -> bool:
        """Whether this product is meant, whole or with one of its options."""
        return self.sku in {"", product.sku} and self.category in {"", product.category}


@frozen(slots=False)
class Availability:
    """What is off at the moment, beside what the menu itself says. Values that the handlers read once a message."""

    hours: Hours
    """The shop's."""
    sold_out: tuple[OffMenu, ...] = ()
    taken: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """How many of a product with a daily limit were ordered for a day of business."""
    empty: frozenset[str] = frozenset()
    """Counted products with nothing on the shelf, where that was looked up."""

    def why_not(self, product: Product, chosen: Sequence[Chosen], at: datetime, quantity: int = 1) -> Reason | None:
        """What keeps so many of a product with these options from being had at `at`; None if nothing does."""
        return (
            self._sold_out(product, chosen, at)
            or (self._half_sold_out(product, chosen, at) if product.halves else None)
            or self._not_served(product, at)
            or self._daily(product, at, quantity)
            or self._empty(product)
        )

    def _sold_out(self, product: Product, chosen: Sequence[Chosen], at: datetime) -> Reason | None:
        for one in self.sold_out:
            if one.until <= at or not one.is_about(product):
                continue
            if not one.value:
                return Reason(Why.SOLD_OUT, product.sku, product.name, back=one.until)
            for group, value in _wanted(product, chosen):
                if value == one.value:
                    option = product.by_group[group].by_value[value].name
                    return Reason(Why.OPTION_SOLD_OUT, product.sku, product.name, option, back=one.until, value=value)
        return None

    def _half_sold_out(self, product: Product, chosen: Sequence[Chosen], at: datetime) -> Reason | None:
        off = {one.sku: one for one in self.sold_out if one.sku and not one.value and one.until > at}
        for option in chosen:
            half, one = product.half(option), off.get(option.value)
            if half is not None and one is not None:
                why, back = Why.OPTION_SOLD_OUT, one.until
                return Reason(why, product.sku, product.name, half.name, back=back, value=half.value)
        return None

    def _not_served(self, product: Product, at: datetime) -> Reason | None:
        if product.hours is None or product.hours.is_open(at):
            return None
        back = next_in_both(self.hours, product.hours, at)
        return Reason(Why.NOT_SERVED, product.sku, product.name, back=back)

    def _daily(self, product: Product, at: datetime, quantity: int) -> Reason | None:
        left = self.left_on(product, at)
        if left is None or left >= quantity:
            return None
        back = self.hours.next_business_day(at)
        return Reason(Why.DAILY, product.sku, product.name, back=back, left=left)

    def _empty(self, product: Product) -> Reason | None:
        return Reason(Why.EMPTY, product.sku, product.name) if product.sku in self.empty else None

    def left_on(self, product: Product, at: datetime) -> int | None:
        """How many may still be ordered for that day of business; None without a limit."""
        if product.daily is None:
            return None
        return max(0, product.daily - self.taken.get((product.sku, self.hours.business_day(at)), 0))


def _wanted(product: Product, chosen: Sequence[Chosen]) -> Iterator[tuple[str, str]]:
    """The options that go into it, as group and value; where nothing was said, the default does."""
    said = [option for option in chosen if option.amount is not Amount.NONE]
    yield from ((option.group, option.value) for option in said if product.offers(option))
    groups = {option.group for option in said}
    for group in product.options:
        if group.choose is Choose.ONE and group.default is not None and group.group not in groups:
            yield group.group, group.default
