"""A customer's words, read and acted on: one intent, one answer. The same for chat and mail."""

from dataclasses import replace

from core.documents import Order, Photo
from core.notices import Button, DraftEmpty, EditNoted, Greeted, Notice, NotUnderstood, Refused, Thanked, To
from core.people import Contact
from handlers import checkout, customers, drafts, questions, returns
from handlers.desk import Desk
from handlers.edited import instead
from handlers.incoming import Answer, ChatText
from handlers.reading.message import read_message
from handlers.reading.understood import Intent, Understood
from storage.conversations import Asked


async def words(
    desk: Desk, contact: Contact, written: str, *, photos: tuple[Photo, ...] = (), edited: ChatText | None = None
) -> Answer:
    """Read the words, then do what they want; `edited` is the message if it had other words before."""
    draft = await desk.tx.orders.draft_of(contact.id)
    understood = read(desk, contact, written, draft)
    if edited is not None:
        if draft is None:
            return await _edited_too_late(desk, contact)
        understood = await instead(desk, contact, draft, edited, understood)
    return Answer(understood.intent, await act(desk, contact, draft, understood, written, photos))


def read(desk: Desk, contact: Contact, written: str, draft: Order | None) -> Understood:
    return read_message(
        written,
        desk.house.menu,
        languages=desk.house.reading_languages(contact.language),
        draft=drafts.as_read(draft) if draft else (),
        now=desk.now,
        zone=desk.shop.zone,
    )


async def act(  # noqa: PLR0911  # one line per intent reads as a table
    desk: Desk,
    contact: Contact,
    draft: Order | None,
    understood: Understood,
    written: str,
    photos: tuple[Photo, ...] = (),
) -> tuple[Notice, ...]:
    """One intent, one answer."""
    to = To(contact.id)
    match understood.intent:
        case Intent.ORDER:
            return await _order(desk, contact, draft, understood)
        case Intent.PLACE if draft is not None:
            changed = await drafts.apply(desk, contact, draft, understood)
            return await checkout.go_on(desk, contact, changed.order if changed else draft, tapped=False)
        case Intent.PLACE:
            return (DraftEmpty(to=to),)
        case Intent.STATUS:
            return await customers.status(desk, contact, understood.order_number)
        case Intent.CANCEL:
            return await customers.cancel(desk, contact, understood.order_number)
        case Intent.RETURN if understood.returns is not None:
            wish = replace(understood.returns, words=written)
            return await returns.ask(desk, contact, wish, understood.order_number, photos)
        case Intent.MENU:
            return (await drafts.menu_shown(desk, to),)
        case Intent.HOURS:
            return (customers.hours_shown(desk, contact),)
        case Intent.HELP:
            return await customers.help_(desk, contact, "")
        case Intent.GREETING:
            return (Greeted(to=to, shop=desk.shop.name),)
        case Intent.THANKS:
            return (Thanked(to=to),)
        case Intent.QUESTION:
            return await questions.pass_on(desk, contact, written, photos=photos)
        case _:
            return await _other(desk, contact, draft, understood, written, photos)


async def _order(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood
) -> tuple[Notice, ...]:
    edited = await drafts.apply(desk, contact, draft, understood)
    order = edited.order if edited else draft
    if order is None:
        return (_nothing_read(desk, contact, understood),)
    refused = edited.sold_out if edited else ()
    return (
        *(Refused(to=To(contact.id), error="SoldOut", facts=vars(error)) for error in refused),
        drafts.shown(desk, order, understood.reading),
    )


def _nothing_read(desk: Desk, contact: Contact, understood: Understood) -> Notice:
    """A doubt, or words that are not on the menu: said, never guessed."""
    empty = Order(0, contact.id, contact.customer_id, contact.channel, contact.language, desk.shop.currency)
    return drafts.shown(desk, empty, understood.reading)


async def _other(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str, photos: tuple[Photo, ...]
) -> tuple[Notice, ...]:
    """No intent that we know. Photos show what a return is about, or are for a person; a wish may be for the draft."""
    if photos:
        joined = await returns.add_photos(desk, contact, photos, written)
        return joined or await questions.pass_on(desk, contact, written or "📷", photos=photos)
    edited = await drafts.apply(desk, contact, draft, understood)
    if edited is not None:
        return (drafts.shown(desk, edited.order, understood.reading),)
    if understood.reading.unread and draft is not None:
        return (drafts.shown(desk, draft, understood.reading),)
    await desk.tx.conversations.ask(contact.id, Asked("words", facts={"text": written[: questions.LONGEST]}), desk.now)
    ask = ((Button("ask_shop", "askshop"), Button("menu", "menu")),)
    return (NotUnderstood(to=To(contact.id), example=desk.house.example(contact.language), buttons=ask),)


async def _edited_too_late(desk: Desk, contact: Contact) -> Answer:
    """The order was placed already: an edited message changes nothing by itself, and says so."""
    mine = [order for order in await desk.tx.orders.of_contact(contact.id, most=3) if order.is_open]
    if not mine:
        return Answer("edited")
    return Answer("edited_after_placing", (EditNoted(to=To(contact.id), order=mine[0]),))
