"""The life of a message: kept (`receive`), then understood, decided, saved and worded in one transaction.

Where one comes alone, both are one transaction (`take_in`): whoever sent it is told after its commit either way.

A ShopError undoes the act and becomes the answer. Any other exception undoes
everything, is counted, and tried again; after the last try the message rests
as dead, the customer hears sorry, and the staff sees a card.
"""

from collections.abc import Sequence
from datetime import datetime

from core.errors import ShopError, Stale, WrongState
from core.frozen import frozen
from core.notices import To
from core.people import Channel, Contact
from handlers import (
    amounts,
    failing,
    from_chat,
    from_clock,
    from_mail,
    from_staff,
    joining,
    mail_brake,
    mail_heads,
    staff_taps,
    when,
)
from handlers.commands import split
from handlers.desk import Desk, House
from handlers.incoming import (
    Answer,
    BotMoved,
    ButtonTap,
    ChatContact,
    ChatLocation,
    ChatOther,
    ChatPhoto,
    ChatText,
    GroupMigrated,
    MailIn,
    MemberChanged,
    NothingToDo,
    Tick,
)
from handlers.refusing import refused
from handlers.telling import UNPROMPTED, Cause, tell
from storage.inbox import RawMessage, Waiting
from storage.store import Store, Transaction

FromChat = ChatText | ChatPhoto | ChatContact | ChatLocation | ChatOther | ButtonTap


@frozen
class TapAnswer:
    """The little answer over a tapped button: shown after the commit, with the truth."""

    callback_id: str
    text: str = ""


@frozen
class Handled:
    """What became of one message; `error` is set where it failed."""

    inbox_id: int
    channel: Channel
    rule: str = ""
    tap: TapAnswer | None = None
    error: BaseException | None = None


@frozen
class Meaning:
    """An answer with whom and what it answers."""

    answer: Answer
    cause: Cause = UNPROMPTED
    tap: ButtonTap | None = None
    language: str = ""
    """Of the customer who tapped."""


async def receive(store: Store, messages: Sequence[RawMessage]) -> int:
    """Keep raw messages, committed and on disk when this returns. Returns how many are new."""
    async with store.transaction() as tx:
        return await tx.inbox.receive(messages)


async def handle_next(store: Store, house: House, now: datetime, most: int = 1) -> tuple[Handled, ...]:
    """Handle up to `most` waiting messages in one transaction, each undone alone if it fails."""
    async with store.transaction() as tx:
        return await _handle(tx, house, now, most if store.is_sqlite else 1)


async def take_in(
    store: Store, house: House, messages: Sequence[RawMessage], now: datetime, most: int
) -> tuple[Handled, ...]:
    """Keep raw messages and handle up to `most` that wait, with one commit for all of it.

    A message that fails is kept and counted as ever. Raises what the database raises; then nothing was kept.
    """
    async with store.transaction() as tx:
        await tx.inbox.receive(messages)
        return await _handle(tx, house, now, most)


async def _handle(tx: Transaction, house: House, now: datetime, most: int) -> tuple[Handled, ...]:
    desk, done = None, list[Handled]()
    for row in await tx.inbox.waiting(now, most):
        desk = desk or await _desk(tx, house, now)
        done.append(await _one(desk, row))
        if tx.has_counted() or done[-1].rule in CHANGES_FACTS:
            desk = None
    return tuple(done)


CHANGES_FACTS = frozenset(
    {
        "bound",
        "group_migrated",
        "command_open",
        "command_close",
        "command_pause",
        "command_soldout",
        "command_back",
        "staff_onmenu",
    }
)
"""After these, and after what was counted, how things stand is read anew for the messages that follow."""


async def _desk(tx: Transaction, house: House, now: datetime) -> Desk:
    """The desk with how things stand: one statement, and of slots and days only what the shop counts."""
    shop = house.shop
    standing = await tx.standing(
        slots_since=now - when.LONGEST_SLOT if shop.fulfilment.counts_slots else None,
        days_since=shop.hours.business_day(now) if shop.menu.has_daily_limits else None,
    )
    return Desk(
        house=house,
        tx=tx,
        now=now,
        facts=standing.facts,
        sold_out=standing.sold_out,
        taken=standing.taken,
        busy=standing.busy,
    )


async def _one(desk: Desk, row: Waiting) -> Handled:
    desk.tx.inbox_id = row.id
    try:
        async with desk.tx.savepoint():
            meaning = await _understand(desk, row)
            await tell(desk, meaning.answer.notices, meaning.cause)
            tap = _tap_answer(desk, meaning)
            await desk.tx.inbox.mark(row.id, "handled", meaning.answer.rule[:200], desk.now)
        return Handled(row.id, row.channel, meaning.answer.rule, tap)
    except Exception as error:  # noqa: BLE001  # whatever it is, the message is kept and counted
        await failing.counted(desk, row, error)
        return Handled(row.id, row.channel, error=error)


async def _understand(desk: Desk, row: Waiting) -> Meaning:
    incoming = desk.house.decoders[row.channel](row.raw)
    if isinstance(incoming, Tick):
        return Meaning(await from_clock.tick(desk, incoming))
    if isinstance(incoming, MailIn):
        return await _mail(desk, incoming)
    if isinstance(incoming, NothingToDo):
        return Meaning(Answer(f"nothing_{incoming.what}"))
    if isinstance(incoming, GroupMigrated):
        return Meaning(await _migrated(desk, incoming))
    if isinstance(incoming, MemberChanged):
        ours = str(incoming.chat.id) == desk.staff_chat
        return Meaning(await from_staff.somebody_moved(desk, incoming) if ours else Answer("member_elsewhere"))
    if isinstance(incoming, BotMoved):
        return Meaning(await joining.bot_moved(desk, incoming))
    return await _private(desk, incoming) if incoming.chat.private else await _group(desk, incoming)


async def _mail(desk: Desk, incoming: MailIn) -> Meaning:
    try:
        async with desk.tx.savepoint():
            answer, contact = await from_mail.mail(desk, incoming)
    except ShopError as error:
        # The refusal undid the first meeting, too.
        contact, _ = await mail_heads.met(desk, incoming.mail)
        no = Answer(f"refused_{type(error).__name__}", (refused(desk, error, To(contact.id)),))
        answer = await mail_brake.braked(desk, contact, no, incoming.mail.text.strip())
    return Meaning(answer, Cause(incoming.mail, contact.id if contact else None))


async def _private(desk: Desk, incoming: FromChat) -> Meaning:
    contact = await joining.chat_contact(desk, incoming)
    tap = incoming if isinstance(incoming, ButtonTap) else None
    if contact.blocked:
        return Meaning(Answer("blocked"), tap=tap)
    try:
        async with desk.tx.savepoint():
            answer = await _customer(desk, contact, incoming)
            return Meaning(answer, Cause(contact_id=contact.id), tap, contact.language)
    except ShopError as error:
        refusal = refused(desk, error, To(contact.id))
        rule = f"refused_{type(error).__name__}"
        # An old button needs a glance; what keeps an order from being placed must still stand there in a minute.
        if tap is not None and isinstance(error, (Stale, WrongState)):
            return Meaning(Answer(rule, toast=refusal), tap=tap, language=contact.language)
        return Meaning(Answer(rule, (await amounts.asking(desk, contact, incoming, error, refusal),)), tap=tap)


async def _customer(desk: Desk, contact: Contact, incoming: FromChat) -> Answer:
    if isinstance(incoming, ChatText):
        token = joining.staff_token(incoming.text)
        if token is not None:
            return await joining.join(desk, contact, incoming.person, token)
        return await from_chat.text(desk, contact, incoming)
    if isinstance(incoming, ButtonTap):
        return await from_chat.tap(desk, contact, incoming)
    if isinstance(incoming, ChatContact):
        return await from_chat.shared_contact(desk, contact, incoming)
    if isinstance(incoming, ChatLocation):
        return await from_chat.location(desk, contact, incoming)
    if isinstance(incoming, ChatPhoto):
        return await joining.gather(desk, contact, incoming) or await from_chat.photo(desk, contact, incoming)
    return await from_chat.other(desk, contact, incoming)


async def _group(desk: Desk, incoming: FromChat) -> Meaning:
    """The staff group; elsewhere the bot only says which group this is, and lets itself be bound."""
    tap = incoming if isinstance(incoming, ButtonTap) else None
    try:
        async with desk.tx.savepoint():
            return Meaning(await _in_group(desk, incoming), tap=tap)
    except ShopError as error:
        refusal = refused(desk, error, To(chat=str(incoming.chat.id)))
        rule = f"refused_{type(error).__name__}"
        if tap is not None:
            return Meaning(Answer(rule, await staff_taps.card_as_it_stands(desk, tap.data, error), refusal), tap=tap)
        return Meaning(Answer(rule, (refusal,)))


async def _in_group(desk: Desk, incoming: FromChat) -> Answer:
    command = split(incoming.text) if isinstance(incoming, ChatText) else None
    if command is not None and command[0] == "here":
        assert isinstance(incoming, ChatText)  # noqa: S101  # only texts are commands
        return await from_staff.bind(desk, incoming, command[1])
    if str(incoming.chat.id) != desk.staff_chat:
        if isinstance(incoming, ButtonTap):
            return await from_staff.tap_elsewhere(desk, incoming)
        return Answer("foreign_group")
    if isinstance(incoming, ButtonTap):
        return await from_staff.tap(desk, incoming)
    if isinstance(incoming, ChatText):
        return await from_staff.text(desk, incoming)
    return Answer("group_talk")


async def _migrated(desk: Desk, moved: GroupMigrated) -> Answer:
    """The group became a supergroup: it stays the staff's, and what waits follows."""
    if str(moved.old_chat) != desk.staff_chat:
        return Answer("group_migrated_elsewhere")
    await desk.tx.facts.put("staff_chat", str(moved.new_chat))
    await desk.tx.facts.put("staff_chat_before", str(moved.old_chat))
    await desk.tx.outbox.move_chat(str(moved.old_chat), str(moved.new_chat))
    return Answer("group_migrated")


def _tap_answer(desk: Desk, meaning: Meaning) -> TapAnswer | None:
    if meaning.tap is None:
        return None
    if meaning.answer.toast is None:
        return TapAnswer(meaning.tap.callback_id)
    words = desk.house.renderer.words(
        meaning.answer.toast,
        channel=Channel.TELEGRAM,
        language=meaning.language if meaning.tap.chat.private else desk.shop.languages[0],
        now=desk.now,
    )
    return TapAnswer(meaning.tap.callback_id, words.text)
