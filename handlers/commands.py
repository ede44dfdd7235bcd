"""Commands by name: a docstring begins with how its command is used; what /help says of it is a label."""

from collections.abc import Awaitable, Callable
from inspect import getdoc

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


STAFF: dict[str, StaffCommand] = {}
CUSTOMER: dict[str, CustomerHandler] = {}


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


def usage(handler: StaffHandler | CustomerHandler) -> tuple[str, str]:
    """How a command is written, and what it does: the two halves of its docstring's first line."""
    first = (getdoc(handler) or "").splitlines()[0]
    how, _, what = first.partition(": ")
    return how.removeprefix("/"), what.rstrip(".")


def staff_help() -> tuple[tuple[str, str], ...]:
    return tuple(usage(command.handler) for command in STAFF.values())


def customer_help() -> tuple[tuple[str, str], ...]:
    return tuple(usage(handler) for handler in CUSTOMER.values())
