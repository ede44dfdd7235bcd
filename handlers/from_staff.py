"""The staff group: commands, replies to cards, taps, and who comes and goes."""

from contextlib import suppress
from dataclasses import replace

from core.errors import NotAllowed, NotThere, NotUnderstoodCommand, Stale
from core.notices import (
    STAFF,
    AnonymousRefused,
    GroupHere,
    Notice,
    ReplyIsButton,
    StaffHelp,
    StaffJoined,
    StaffLeft,
    To,
    UnknownCommand,
)
from core.people import Channel, Right, Role, Staff
from core.shipping import read_tracking
from core.states import Act, Kind
from handlers import asking, cards, questions, staff_acts, staff_taps
from handlers.commands import STAFF as COMMANDS
from handlers.commands import nearest, split, staff_help
from handlers.desk import Desk
from handlers.incoming import Answer, ButtonTap, Chat, ChatPerson, ChatPhoto, ChatText, MemberChanged
from handlers.reading.staff_words import is_step
from handlers.refusing import refused
from storage.letters import SentLetter

CARDS = frozenset({"staff_card", "staff_reminder"})
"""Messages of an order below which the name of a step is meant as its button."""
NUMBERED = frozenset({"order", "ship", "cancel", "change"})
"""Commands that begin with the number of an order."""
LONGEST_NUMBER = 12
"""Digits; a tracking number has more."""


async def member(desk: Desk, person: ChatPerson) -> Staff:
    """The staff member who acts. Raises NotAllowed for anybody else in the group."""
    found = await _known(desk, person)
    if found is None:
        raise NotAllowed(act="staff")
    return found


async def _known(desk: Desk, person: ChatPerson) -> Staff | None:
    """The staff member, by the name that they go by now."""
    found = await desk.tx.staff.by_user(person.user_id)
    if found is not None and person.name and person.name != found.name:
        await desk.tx.staff.rename(found.id, person.name)
        return replace(found, name=person.name)
    return found


async def text(desk: Desk, said: ChatText) -> Answer:
    """A command or a reply; what people say to each other is nobody's business here."""
    command = split(said.text)
    if command is None and said.reply_to is None:
        await _known(desk, said.person)
        return await asking.beside(desk, said)
    letter = await _answered(desk, said)
    if command is None and letter is None:
        await _known(desk, said.person)
        return Answer("group_talk")
    if said.person.anonymous_admin:
        return Answer("anonymous_admin", (AnonymousRefused(to=STAFF),))
    if said.edited:
        return Answer("edited_in_group")
    person = await member(desk, said.person)
    if command is not None:
        name, words = command
        return await _command(desk, person, name, await _of_card(desk, name, words, letter))
    assert letter is not None  # noqa: S101  # looked at above
    await asking.end(desk, person)
    return await _reply(desk, person, letter, said.text)


async def _command(desk: Desk, person: Staff, name: str, words: str) -> Answer:
    command = COMMANDS.get(name)
    if command is None:
        return Answer("unknown_command", (_unknown(name),))
    if not person.may(command.right):
        raise NotAllowed(act=name)
    return Answer(f"command_{name}", await command.handler(desk, person, words))


async def _of_card(desk: Desk, name: str, words: str, letter: SentLetter | None) -> str:
    """Written as a reply to an order's card, its number may be left out."""
    subject, _, order_id = (letter.about or "").partition(":") if letter is not None else ("", "", "")
    if name not in NUMBERED or subject != "order":
        return words
    first = words.partition(" ")[0].lstrip("#")
    if first.isdecimal() and len(first) <= LONGEST_NUMBER:
        with suppress(NotThere):
            await desk.tx.orders.by_number(int(first))
            return words
    return f"{(await desk.tx.orders.get(int(order_id))).number} {words}".strip()


def _unknown(name: str) -> Notice:
    """What may have been meant; what the staff says with a button has no command."""
    if not name:
        return StaffHelp(to=STAFF, commands=staff_help())
    likely = nearest(name, COMMANDS)
    return UnknownCommand(to=STAFF, written=name, likely=likely, is_button=not likely and name in set(Act))


async def _answered(desk: Desk, said: ChatText | ChatPhoto) -> SentLetter | None:
    if said.reply_to is None:
        return None
    return await desk.tx.sent.find(Channel.TELEGRAM, str(said.chat.id), str(said.reply_to))


async def _reply(desk: Desk, person: Staff, letter: SentLetter, words: str) -> Answer:
    """A reply to a card or to a customer's words goes to the customer; one to a shipping card may be its number."""
    subject, _, number = (letter.about or "").partition(":")
    if subject not in REPLIES or not number.isdecimal():
        return Answer("group_talk")
    if letter.notice in CARDS and is_step(words):
        return Answer("reply_is_button", await _is_button(desk, int(number), words))
    return Answer(f"reply_{subject}", await REPLIES[subject](desk, person, int(number), words))


async def _is_button(desk: Desk, order_id: int, words: str) -> tuple[Notice, ...]:
    """ "ready" under a card: hardly a letter to the customer. Its buttons come to the end of the group."""
    order = await desk.tx.orders.get(order_id)
    contact = await desk.tx.customers.get(order.contact_id)
    hint = ReplyIsButton(to=STAFF, order=order, customer=contact.name or contact.address, words=words.strip())
    return (hint, await cards.staff(desk, order, anew=True))


async def _reply_order(desk: Desk, person: Staff, order_id: int, words: str) -> tuple[Notice, ...]:
    order = await desk.tx.orders.get(order_id)
    tracking = read_tracking(words[:100], desk.house.carriers)
    if order.kind is Kind.SHIPPING and tracking.carrier and order.number is not None and len(words.split()) <= 3:
        _needs(person, Right.DELIVER)
        return await staff_acts.shipped(desk, person, order.number, tracking)
    _needs(person, Right.DECIDE)
    return await questions.answer_order(desk, order, words)


async def _reply_contact(desk: Desk, person: Staff, contact_id: int, words: str) -> tuple[Notice, ...]:
    _needs(person, Right.DECIDE)
    return await questions.answer_contact(desk, contact_id, words)


async def _reply_return(desk: Desk, person: Staff, case_id: int, words: str) -> tuple[Notice, ...]:
    _needs(person, Right.DECIDE)
    case = await desk.tx.returns.to_change(case_id)
    return await questions.answer_return(desk, case, words)


def _needs(person: Staff, right: Right) -> None:
    """To speak for the shop is a decision like the buttons on the card."""
    if not person.may(right):
        raise NotAllowed(act="reply")


REPLIES = {"order": _reply_order, "contact": _reply_contact, "return": _reply_return}


async def tap(desk: Desk, tapped: ButtonTap) -> Answer:
    """A button of the group. An anonymous admin's tap carries the true person."""
    person = await member(desk, tapped.person)
    verb, notices = await staff_taps.tap(desk, person, tapped.data)
    return Answer(f"staff_{verb}", notices)


async def tap_elsewhere(desk: Desk, tapped: ButtonTap) -> Answer:
    """A button in a group that is not the staff's, or no more: said in words, and where the group is now its card."""
    moved = str(tapped.chat.id) == desk.facts.get("staff_chat_before")
    stale = Stale(number=None, state="", what="moved" if moved else "")
    refusal = refused(desk, stale, To(chat=str(tapped.chat.id)))
    if not moved:
        return Answer("foreign_group", toast=refusal)
    await member(desk, tapped.person)
    return Answer("moved_group", await staff_taps.card_of(desk, tapped.data, anew=True), toast=refusal)


async def somebody_moved(desk: Desk, moved: MemberChanged) -> Answer:
    """Whoever leaves the group loses the rights at once; coming back does not bring them back."""
    person = await desk.tx.staff.by_user(moved.person.user_id)
    if moved.present or person is None:
        return Answer("member_changed")
    await desk.tx.staff.remove(person.id)
    return Answer("staff_left", (StaffLeft(to=STAFF, person=moved.person.name or person.name),))


async def bind(desk: Desk, said: ChatText, words: str) -> Answer:
    """/here CODE: this group, or this topic of it, is the staff's from now on. A code works once: the group reads it.

    Whoever knows the code reads the bot's own machine: while the shop has no owner yet, that is who it is.
    """
    code = desk.facts.get("binding_code")
    if not code or words.strip().casefold() != code.casefold():
        raise NotUnderstoodCommand(usage="/here CODE", what="code")
    await desk.tx.facts.drop("binding_code")
    await bind_chat(desk, said.chat)
    told: list[Notice] = [here(said.chat, bound=True)]
    if not said.person.anonymous_admin and not await _has_owner(desk):
        await desk.tx.staff.put(said.person.user_id, said.person.name, Role.OWNER, desk.now)
        told.append(StaffJoined(to=To(chat=str(said.chat.id)), person=said.person.name, role=Role.OWNER))
    return Answer("bound", tuple(told))


async def _has_owner(desk: Desk) -> bool:
    return any(person.role is Role.OWNER for person in await desk.tx.staff.everybody())


async def bind_chat(desk: Desk, chat: Chat) -> None:
    """Letters that waited for a group, or go to the old one, go here."""
    for old in {desk.staff_chat, "unbound"} - {None, str(chat.id)}:
        await desk.tx.outbox.move_chat(str(old), str(chat.id))
    await desk.tx.facts.put("staff_chat", str(chat.id))
    if chat.topic is not None:
        await desk.tx.facts.put("staff_topic", str(chat.topic))
    else:
        await desk.tx.facts.drop("staff_topic")


def here(chat: Chat, *, bound: bool) -> GroupHere:
    """What the bot says of itself in a group."""
    return GroupHere(to=To(chat=str(chat.id)), chat=str(chat.id), bound=bound)
