"""Commands by name: a docstring begins with how its command is used; what /help says of it is a label."""

from collections.abc import Awaitable, Callable, Iterable
from inspect import getdoc

from rapidfuzz.distance import Indel

from core.frozen import frozen
from core.notices import Notice
from core.people import Contact, Right, Staff
from handlers.desk import Desk

StaffHandler = Callable[[Desk, Staff, str], Awaitable[tuple[Notice, ...]]]
CustomerHandler = Callable[[Desk, Contact, str], Awaitable[tuple[Notice, ...]]]


@frozen
class StaffCommand:
    """A command of the group, and the right that it needs."""

    handler: StaffHandler
    right: Right


ALIKE = 0.7
""" "ordres" is like "orders" by 0.83, "sold" like "soldout" by 0.73, "accept" like "cancel" by 0.5."""

STAFF: dict[str, StaffCommand] = {}
CUSTOMER: dict[str, CustomerHandler] = {}


CUSTOMER_LISTED = (
    *("start", "menu", "orders", "again", "cancel", "hours"),
    *("allergies", "addresses", "reminders", "help"),
)
"""As /help and Telegram's list show them: what is used most first."""
STAFF_LISTED = (
    *("orders", "order", "pending", "change", "ship", "cancel"),
    *("soldout", "back", "stock", "restock", "pause", "close", "open"),
    *("means", "words", "block", "unblock", "staff", "help"),
)
"""The same in the group."""


def staff_command(name: str, right: Right) -> Callable[[StaffHandler], StaffHandler]:
    """Make the function the group's /name."""

    def register(handler: StaffHandler) -> StaffHandler:
        STAFF[name] = StaffCommand(handler, right)
        return handler

    return register


def customer_command(name: str) -> Callable[[CustomerHandler], CustomerHandler]:
    """Make the function the customers' /name."""

    def register(handler: CustomerHandler) -> CustomerHandler:
        CUSTOMER[name] = handler
        return handler

    return register


def split(text: str) -> tuple[str, str] | None:
    """ "/order 1001" is ("order", "1001"); None for what is no command."""
    if not text.startswith("/"):
        return None
    name, _, words = text[1:].partition(" ")
    name, _, more = name.partition("\n")
    return name.casefold(), f"{more} {words}".strip()


def nearest(name: str, known: Iterable[str]) -> str:
    """The command that is most like this name; "" where none comes near."""
    alike, likely = max((Indel.normalized_similarity(name, one), one) for one in known)
    return likely if alike >= ALIKE else ""


def usage(handler: StaffHandler | CustomerHandler) -> tuple[str, str]:
    """How a command is written, and what it does: the two halves of its docstring's first line."""
    first = (getdoc(handler) or "").splitlines()[0]
    how, _, what = first.partition(": ")
    return how.removeprefix("/"), what.rstrip(".")


def staff_help() -> tuple[tuple[str, str], ...]:
    return tuple(usage(STAFF[name].handler) for name in sorted(STAFF, key=STAFF_LISTED.index))


def customer_help() -> tuple[tuple[str, str], ...]:
    return tuple(usage(CUSTOMER[name]) for name in sorted(CUSTOMER, key=CUSTOMER_LISTED.index))
