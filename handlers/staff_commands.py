"""The commands of the staff group. The first line of each docstring is what /help shows."""

import secrets
from datetime import timedelta

from core.errors import NotAllowed, NotUnderstoodCommand, UnknownCustomer
from core.notices import (
    STAFF,
    CustomerBlocked,
    Notice,
    OpenOrders,
    StaffHelp,
    StaffInvited,
    StaffLeft,
    StaffShown,
)
from core.people import Contact, Right, Role, Staff
from handlers import cards
from handlers.commands import staff_command, staff_help
from handlers.desk import Desk
from handlers.staff_acts import number_of
from handlers.timeline import timeline

INVITE_LASTS = timedelta(minutes=30)
MOST_NAMED = 5
"""Customers of one name that are told apart."""


@staff_command("orders", Right.SEE)
async def show_orders(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/orders: the open orders, as they are due; those for as soon as possible as they were placed"""
    found = await desk.tx.orders.open_orders()
    due = sorted(found, key=lambda order: order.promised or order.wished or order.placed or desk.now)
    return (OpenOrders(to=STAFF, orders=tuple(due)),)


@staff_command("order", Right.SEE)
async def show_order(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/order 1001: everything that happened to one order, and everything that was said"""
    number = number_of(words, "/order 1001")
    return (await timeline(desk, await desk.tx.orders.by_number(number)),)


@staff_command("pending", Right.SEE)
async def pending(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/pending: the cards of all open orders, changes and returns once more, at the end of the group"""
    shown: list[Notice] = []
    for order in await desk.tx.orders.open_orders():
        shown.append(await cards.staff(desk, order, anew=True))
        live = await desk.tx.changes.live(order.id) if order.changes else ()
        waiting = [change for change in live if change.is_waiting]
        shown += [await cards.change_for_staff(desk, order, change, anew=True) for change in waiting]
    shown += [await cards.returning(desk, case, anew=True) for case in await desk.tx.returns.under_way()]
    return tuple(shown) or (OpenOrders(to=STAFF, orders=()),)


@staff_command("staff", Right.SEE)
async def staff(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/staff: who works here; the owner adds with /staff invite ROLE and removes with /staff remove NAME"""
    verb, _, rest = words.strip().partition(" ")
    if not verb:
        return (StaffShown(to=STAFF, people=await desk.tx.staff.everybody()),)
    if not person.may(Right.PEOPLE):
        raise NotAllowed(act="staff")
    if verb.casefold() == "invite":
        return (await _invite(desk, person, rest.strip() or Role.STAFF),)
    if verb.casefold() == "remove":
        return (await _remove(desk, person, rest.strip()),)
    raise NotUnderstoodCommand(usage="/staff invite manager · /staff remove Sam")


async def _invite(desk: Desk, person: Staff, role: str) -> Notice:
    if role.casefold() not in set(Role) - {Role.OWNER}:
        raise NotUnderstoodCommand(usage="/staff invite " + "|".join(sorted(set(Role) - {Role.OWNER})))
    token = secrets.token_urlsafe(24)
    await desk.tx.staff.invite(token, Role(role.casefold()), person.id, desk.now + INVITE_LASTS)
    link = f"https://t.me/{desk.house.bot_username}?start=staff_{token}"
    return StaffInvited(to=STAFF, link=link, role=role.casefold())


async def _remove(desk: Desk, person: Staff, name: str) -> Notice:
    people = await desk.tx.staff.everybody()
    wanted = name.casefold()
    fitting = [
        one
        for one in people
        if wanted and wanted in {one.name.casefold(), *one.name.casefold().split()[:1], str(one.user_id)}
    ]
    if [one.id for one in fitting] == [person.id]:
        raise NotUnderstoodCommand(usage="/staff remove Sam", what="yourself")
    if len(fitting) != 1:
        raise NotUnderstoodCommand(usage="/staff remove Sam", what="person")
    await desk.tx.staff.remove(fitting[0].id)
    return StaffLeft(to=STAFF, person=fitting[0].name)


@staff_command("block", Right.RUN)
async def block(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/block Bea (or #1001): no more orders from this customer"""
    return await _block(desk, words, blocked=True)


@staff_command("unblock", Right.RUN)
async def unblock(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/unblock Bea: orders again"""
    return await _block(desk, words, blocked=False)


async def _block(desk: Desk, words: str, *, blocked: bool) -> tuple[Notice, ...]:
    contact = await _customer(desk, words)
    await desk.tx.customers.block(contact.customer_id, blocked=blocked)
    return (CustomerBlocked(to=STAFF, customer=contact.name or contact.address, blocked=blocked),)


async def _customer(desk: Desk, words: str) -> Contact:
    """By the number of an order, or by name. Raises UnknownCustomer unless exactly one fits."""
    if not words.strip():
        raise NotUnderstoodCommand(usage="/block #1001 · /unblock #1001")
    number = words.strip().lstrip("#")
    if number.isdecimal() and words.strip().startswith("#"):
        order = await desk.tx.orders.by_number(number_of(number, "/block #1001"))
        return await desk.tx.customers.get(order.contact_id)
    found = await desk.tx.customers.find(words)
    if len({contact.customer_id for contact in found}) != 1:
        likely = [await _told_apart(desk, contact) for contact in found[:MOST_NAMED]]
        raise UnknownCustomer(name=words.strip()[:60], likely=tuple(likely))
    return found[0]


async def _told_apart(desk: Desk, contact: Contact) -> str:
    """Bea Conti, bea@example.org, #1004: what else the command takes; of a chat its number."""
    mine = await desk.tx.orders.of_contact(contact.id, most=1)
    number = f"#{mine[0].number}" if mine and mine[0].number is not None else ""
    return ", ".join(filter(None, (contact.name, contact.address, number)))


@staff_command("help", Right.SEE)
async def help_(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/help: this list"""
    return (StaffHelp(to=STAFF, commands=staff_help()),)
