"""Buttons: what stands on them by state, and the data that they carry.

Data is "verb:id:version:rest", at most 64 bytes. It comes back as untrusted
bytes: who may do what is looked up, and a version that is no more is refused.
"""

from collections.abc import Sequence
from datetime import datetime

from core.documents import Order, OrderChange, ReturnCase
from core.errors import Stale
from core.frozen import frozen
from core.menu import Texts
from core.money import Money
from core.notices import Button, Keyboard
from core.returns import DECLINE_REASONS
from core.shop import Shop
from core.states import ChangeState, FulfilmentState, Kind, OrderState, ReturnState

MOST_BYTES = 64
MENU = Button("menu", "menu")
"""Opens the menu at the end of the chat."""
PARCEL_DAYS = {"0": "ships_today", "1": "ships_tomorrow"}
"""For when a parcel can be promised, in days; nobody knows its hour."""
NEXT_STEPS: dict[Kind, dict[FulfilmentState, tuple[tuple[str, str], ...]]] = {
    Kind.PICKUP: {
        FulfilmentState.PLANNED: (("preparing", "prep"), ("ready", "rdy")),
        FulfilmentState.PREPARING: (("ready", "rdy"),),
        FulfilmentState.READY: (("handed_over", "hand"),),
    },
    Kind.DELIVERY: {
        FulfilmentState.PLANNED: (("preparing", "prep"), ("out", "out")),
        FulfilmentState.PREPARING: (("ready", "rdy"), ("out", "out")),
        FulfilmentState.READY: (("out", "out"),),
        FulfilmentState.OUT: (("delivered", "dlv"),),
    },
    Kind.SHIPPING: {
        FulfilmentState.PLANNED: (("ship", "ship"),),
        FulfilmentState.PICKING: (("ship", "ship"),),
        FulfilmentState.PACKED: (("ship", "ship"),),
        FulfilmentState.SHIPPED: (("delivered", "dlv"),),
    },
}
"""Label and verb of the steps that are offered, by kind and state."""


@frozen
class Tap:
    """The data of a button, taken apart; nothing in it is believed yet."""

    verb: str
    subject: int = 0
    version: int = 0
    rest: str = ""

    def number(self) -> int:
        """The rest as a number. Raises Stale for anything else."""
        if not (self.rest.isascii() and self.rest.isdecimal()) or len(self.rest) > 9:  # fits any of our ids
            raise Stale(number=None, state="")
        return int(self.rest)


def read_data(data: str) -> Tap:
    """Raises Stale for what no button of ours could have sent."""
    verb, *parts = data.split(":", 3)
    numbers = parts[:2]
    if not verb.isalpha() or not all(part.isascii() and part.isdecimal() and len(part) < 15 for part in numbers):
        raise Stale(number=None, state="")
    subject, version = (int(part) for part in (*numbers, "0", "0")[:2])
    return Tap(verb, subject, version, parts[2] if len(parts) > 2 else "")  # verb:id:version:rest


def data(verb: str, order: Order | ReturnCase | OrderChange, rest: str | int = "") -> str:
    """The data of a button about this version of a document."""
    made = f"{verb}:{order.id}:{order.version}" + (f":{rest}" if rest != "" else "")
    assert len(made.encode()) <= MOST_BYTES  # noqa: S101  # ids and short words only
    return made


def staff_card(order: Order, shop: Shop, *, mode: str, undo: bool, now: datetime) -> Keyboard:
    """What the staff may do next with an order."""
    if mode == "reject":
        reasons = [
            (Button("text", data("rejr", order, place), {"text": reason}),)
            for place, reason in enumerate(shop.approval.reject_reasons)
        ]
        return (*reasons, (Button("back", data("show", order)),))
    rows = [*_decide(order, shop, now), *_steps(order)]
    if undo:
        rows.append((Button("undo", data("undo", order)),))
    return tuple(rows)


def _decide(order: Order, shop: Shop, now: datetime) -> list[tuple[Button, ...]]:
    if order.state is not OrderState.PENDING:
        return []
    if order.kind is Kind.SHIPPING:
        first = [Button(label, data("accd", order, day)) for day, label in PARCEL_DAYS.items()]
        if order.wished is not None and order.wished > now:
            first = [Button("ships_at", data("accw", order), {"time": order.wished})]
    elif order.wished is not None and order.wished > now:
        # The hour alone: the card's first line has the day, and a button has little room.
        hour = order.wished.astimezone(shop.zone).strftime("%H:%M")
        first = [Button("accept_at", data("accw", order), {"time": hour})]
    else:
        first = [
            Button("accept_minutes", data("acc", order, minutes), {"minutes": minutes})
            for minutes in shop.approval.accept_minutes
        ]
    return [tuple(first), (Button("reject", data("rej", order)), Button("ask", data("ask", order)))]


def _steps(order: Order) -> list[tuple[Button, ...]]:
    if order.state is not OrderState.ACCEPTED or order.kind is None:
        return []
    steps = NEXT_STEPS[order.kind].get(order.fulfilment, ())
    row = tuple(Button(label, data(verb, order)) for label, verb in steps)
    rows = [row] if row else []
    if order.fulfilment in {FulfilmentState.PLANNED, FulfilmentState.PREPARING, FulfilmentState.READY}:
        rows.append((Button("ask", data("ask", order)),))
    return rows


def draft(order: Order, products: Sequence[tuple[Texts, int]], places: Keyboard) -> Keyboard:
    """Under the draft: products that a doubt could mean, how to place it, then change, menu and cancel."""
    last = (Button("change", data("chg", order)), MENU, Button("cancel", data("drop", order)))
    return (*doubt(order, products), *places, last)


def beside(order: Order, placed: Order, *, is_same: bool) -> Keyboard:
    """Under a draft that may be meant for an order which was placed; `is_same` where it holds just that."""
    facts = {"number": placed.number}
    join = (Button("join_order", data("join", order), facts),)
    anew = (Button("order_twice" if is_same else "order_anew", data("anew", order)),)
    return ((Button("once_is_enough", data("drop", order), facts),), anew, join) if is_same else (join, anew)


def doubt(order: Order, products: Sequence[tuple[Texts, int]]) -> Keyboard:
    """What a doubt could mean, each by name and article."""
    return tuple((Button("choose", data("pick", order, article), {"name": name}),) for name, article in products)


def draft_lines(order: Order, ways: Sequence[Button]) -> Keyboard:
    """One row per line to take less or more of it, and the ways to get it, where there are several."""
    rows = [
        (
            Button("less", data("qty", order, f"{line.position}-")),
            Button("line", data("qty", order, f"{line.position}="), {"quantity": line.quantity, "name": line.name}),
            Button("more", data("qty", order, f"{line.position}+")),
        )
        for line in order.lines[:30]
    ]
    back = (Button("back", data("show", order)), MENU)
    return tuple(row for row in (*rows, tuple(ways) if len(ways) > 1 else (), back) if row)


def live(order: Order) -> Keyboard:
    """Under the customer's live message: cancelling, while it can be done."""
    if order.state is OrderState.PENDING:
        return ((Button("cancel", data("cancel", order)),),)
    if order.state is OrderState.COMPLETED:
        return ((Button("again", data("again", order)),),)
    return ()


def cancelling(order: Order, wish: OrderChange | None = None) -> Keyboard:
    """Is it really to be cancelled, or only the change that waits?"""
    if wish is None:
        return ((Button("cancel_yes", data("cancelyes", order)), Button("cancel_no", data("cancelno", order))),)
    return (
        (Button("cancel_change", data("chkeep", wish)),),
        (Button("cancel_order", data("cancelyes", order), {"number": order.number}),),
        (Button("cancel_neither", data("cancelno", order)),),
    )


def return_card(case: ReturnCase, *, mode: str, undo: bool = False) -> Keyboard:
    """What the staff may do next with a return."""
    if mode == "decline":
        reasons = [
            (Button("text", data("rdecr", case, place), {"text": reason}),)
            for place, reason in enumerate(DECLINE_REASONS)
        ]
        return (*reasons, (Button("back", data("rshow", case)),))
    return (*_of_return(case), *(((Button("undo", data("rundo", case)),),) if undo else ()))


def _of_return(case: ReturnCase) -> Keyboard:
    if case.state is ReturnState.REQUESTED:
        return ((Button("approve", data("rapp", case)), Button("decline", data("rdec", case))),)
    if case.state is ReturnState.APPROVED:
        return ((Button("to_shelf", data("rback", case)),), (Button("write_off", data("roff", case)),))
    if case.state is ReturnState.RECEIVED and case.paid:
        return ((Button("refunded", data("rpaid", case), {"amount": Money(case.paid, "")}),),)
    return ()


def return_of(orders: Sequence[Order]) -> Keyboard:
    """The orders of which something may go back."""
    return tuple((Button("return_of", data("returnof", one), {"number": one.number}),) for one in orders)


def which(orders: Sequence[Order]) -> Keyboard:
    """The orders that may be meant, and none of them."""
    rows = tuple((Button("which_order", data("which", one), {"number": one.number}),) for one in orders)
    return (*rows, (Button("which_none", "which"),))


def change(wish: OrderChange) -> Keyboard:
    """Under the customer's message of a change: it goes to the shop first when they have seen it."""
    if wish.state is ChangeState.PROPOSED and not wish.by_shop:
        return ((Button("change_send", data("chsend", wish)),), (Button("change_keep", data("chkeep", wish)),))
    if wish.state is ChangeState.AWAITING_CUSTOMER:
        return ((Button("offer_yes", data("chyes", wish)),), (Button("offer_no", data("chno", wish)),))
    if wish.state is ChangeState.AWAITING_STAFF:
        return ((Button("change_keep", data("chkeep", wish)),),)
    return ()


def change_card(wish: OrderChange) -> Keyboard:
    """What the staff may say to a change, or do with one of its own."""
    if wish.state is ChangeState.AWAITING_STAFF:
        return ((Button("change_accept", data("chacc", wish)), Button("decline", data("chdec", wish))),)
    if wish.state is ChangeState.PROPOSED and wish.by_shop:
        return ((Button("offer_send", data("chsend", wish)), Button("offer_drop", data("chback", wish))),)
    if wish.state is ChangeState.AWAITING_CUSTOMER:
        return ((Button("offer_back", data("chback", wish)),),)
    return ()


def again_of(orders: Sequence[Order]) -> Keyboard:
    """Under the list of a customer's orders: the same as in one that is done."""
    done = [order for order in orders if order.state is OrderState.COMPLETED]
    return tuple((Button("again", data("again", order)),) for order in done[:1])


def again(order: Order, draft: Order, *, of_draft: bool = False) -> Keyboard:
    """The same goods once more, and a draft is open: its version goes with the buttons.

    `of_draft`: perhaps those of the draft are meant.
    """
    made = f"again:{order.id}:{draft.version}"
    rows = ((Button("again_add", f"{made}:add"),), (Button("again_instead", f"{made}:new"),))
    return (*rows, (Button("again_draft", f"{made}:twice"),)) if of_draft else rows
