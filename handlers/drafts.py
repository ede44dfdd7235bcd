"""A draft in the making: what was read becomes lines, edits change them, wishes fill the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core import orders, placing
from core.availability import Reason, Why
from core.change import Change
from core.documents import Line, Order
from core.errors import SoldOut
from core.frozen import frozen
from core.menu import Chosen, Product, Texts
from core.notices import (
    Button,
    Doubt,
    DraftEdited,
    DraftEmpty,
    DraftHints,
    DraftShown,
    DraftTold,
    Keyboard,
    Notice,
    PriceChange,
    Refused,
    To,
)
from core.people import Channel, Contact
from core.pricing import price_line
from core.states import NEEDS_ADDRESS, Kind
from handlers import availability, buttons, checkout_buttons, draft_timers, draft_wishes, when
from handlers.desk import Desk
from handlers.draft_edits import with_edits
from handlers.draft_hints import hints, is_outside
from handlers.reading.understood import (
    Question,
    Reading,
    ReadLine,
    Understood,
)

MOST_CHOICES = 24
"""Buttons for what doubts could mean; each numbered name has one."""
NOT_KEPT = 0
"""The id of an order that has no row."""
LEFT_THE_MENU = frozenset({Why.LEFT_MENU, Why.OPTION_LEFT_MENU})


@frozen
class Edited:
    """The draft after a message, and what of the message could not be done."""

    order: Order
    sold_out: tuple[SoldOut, ...] = ()
    prices: tuple[PriceChange, ...] = ()


def refusals(edited: Edited | None, to: To) -> tuple[Notice, ...]:
    """What of a message could not be done, each said for itself."""
    errors = edited.sold_out if edited else ()
    return tuple(Refused(to=to, error=type(error).__name__, facts=dict(vars(error))) for error in errors)


def as_read(order: Order) -> tuple[ReadLine, ...]:
    """The draft's lines in the shape that the readers know."""
    return tuple(
        ReadLine(line.sku, line.quantity, tuple(option.chosen for option in line.options), line.words)
        for line in order.lines
    )


async def apply(desk: Desk, contact: Contact, draft: Order | None, understood: Understood) -> Edited | None:
    """What the message means for the draft, saved; None where it changes nothing."""
    before = as_read(draft) if draft else ()
    wishes = await draft_wishes.wished(desk, contact, draft, understood.wishes)
    at = availability.serving_time(desk, wishes.get("wished", draft.wished if draft else None))
    after, refused = with_edits(desk, before, understood.edits, at)
    if after == before and not wishes and not refused:
        return None
    if draft is None:
        if not after and not refused:
            return None
        is_by_mail = contact.channel is Channel.MAIL and bool(after)
        draft = _blank(desk, contact) if is_by_mail else await new_draft(desk, contact)
    if after == before and not wishes:
        return Edited(draft, refused)
    settled = _settled(desk, draft, after, wishes)
    change = orders.edit(draft, price(desk, after), contact.actor, desk.now, message=desk.tx.inbox_id, **settled)
    if draft.id == NOT_KEPT:
        return Edited(await desk.tx.begin(change), refused)
    await desk.tx.save(change)
    return Edited(_order(change), (*gone(desk, draft), *refused), availability.price_changes(desk, draft))


def _blank(desk: Desk, contact: Contact) -> Order:
    """A draft that is kept only with what is put into it."""
    return Order(NOT_KEPT, contact.id, contact.customer_id, contact.channel, contact.language, desk.shop.currency)


def price(desk: Desk, lines: Sequence[ReadLine]) -> tuple[Line, ...]:
    """Lines with the names and prices of this moment; what has left the menu falls out, options too (see `gone`).

    Raises TooMany: 101 cokes are refused when they are said, not first read back.
    """
    menu = desk.shop.menu.by_sku
    known = [line for line in lines if line.sku in menu]
    priced = tuple(
        price_line(menu[line.sku], line.quantity, _offered_options(menu[line.sku], line), line.words, place)
        for place, line in enumerate(known, 1)
    )
    placing.check_size(priced, desk.shop.limits)
    return priced


def _offered_options(product: Product, line: ReadLine) -> tuple[Chosen, ...]:
    return tuple(option for option in line.options if product.offers(option))


def gone(desk: Desk, order: Order) -> tuple[SoldOut, ...]:
    """Products and options of the draft that have left the menu since."""
    reasons = availability.off_lines(desk, order).values()
    return tuple(availability.as_error(reason) for reason in reasons if reason.why in LEFT_THE_MENU)


def _settled(desk: Desk, draft: Order, lines: Sequence[ReadLine], wishes: dict[str, Any]) -> dict[str, Any]:
    """The way to get it: as wished, else as it was, else the only one that there is; with its fee."""
    offered = desk.shop.kinds_for(line.sku for line in lines)
    as_before = draft.kind if draft.lines or draft.kind in offered else None
    kind = wishes.pop("kind", None) or as_before
    if kind is None and wishes.get("address") and draft.channel is Channel.TELEGRAM:
        # Who says where to wants it brought; under a mail an address may be no more than a signature.
        kind = next((one for one in offered if one in NEEDS_ADDRESS), None)
    if kind is None and len(offered) == 1:
        kind = offered[0]
    if kind is Kind.DELIVERY and Kind.SHIPPING in offered and not wishes.get("wished"):
        # Further away than the shop delivers, to a friend in another town, goods go by post.
        kind = Kind.SHIPPING if is_outside(desk, draft.changed(**wishes, kind=kind)) else kind
    settled = {**wishes, "kind": kind}
    return {**settled, "fee": fee(desk, draft, settled)}


def fee(desk: Desk, draft: Order, changed: dict[str, Any]) -> int:
    """What the way costs once these fields of the draft are changed; minor units."""
    return placing.zone_of(draft.changed(**changed), desk.shop).fee


async def new_draft(desk: Desk, contact: Contact) -> Order:
    """An empty draft. In a chat it begins with how, where to and which number as the last order that went out."""
    as_last = contact.channel is Channel.TELEGRAM
    draft = await desk.tx.orders.new_draft(contact, desk.shop.currency, desk.now, as_last=as_last)
    if as_last:
        await draft_timers.begin(desk, draft)
    return draft


def shown(
    desk: Desk,
    order: Order,
    reading: Reading = Reading(),
    prices: tuple[PriceChange, ...] = (),
    before: Order | None = None,
    *,
    placing: bool = False,
) -> Notice:
    """The draft for its customer, who saw it as `before` last; an empty one says so.

    `placing`: it was to be placed, and something is in doubt.
    """
    unread = tuple(dict.fromkeys(reading.unread))
    doubts = tuple(_doubt(desk, question) for question in reading.questions)
    choices = _choices(desk, reading.questions)
    if not order.lines:
        rows = (*buttons.doubt(order, choices), (buttons.MENU,))
        return DraftEmpty(to=To(order.contact_id), unread=unread, doubts=doubts, buttons=rows)
    return DraftShown(
        to=To(order.contact_id),
        order=order,
        unread=unread,
        doubts=doubts,
        kinds=len(offered(desk, order)),
        hints=(told := hints(desk, order, before)),
        off=(off := availability.off_lines(desk, order)),
        prices=prices,
        is_placing=placing,
        buttons=_keyboard(desk, order, told, choices, off=off, placing=placing),
    )


def edited(
    desk: Desk,
    order: Order,
    mode: str = "show",
    keyboard: Keyboard = (),
    prices: tuple[PriceChange, ...] = (),
    before: Order | None = None,
) -> Notice:
    """The draft edited where it stands: after a tap."""
    if not order.lines:
        return DraftEmpty(to=To(order.contact_id), buttons=((buttons.MENU,),))
    kinds, told, off = offered(desk, order), hints(desk, order, before), availability.off_lines(desk, order)
    rows = {
        "show": lambda: _keyboard(desk, order, told, off=off),
        "change": lambda: buttons.draft_lines(order, checkout_buttons.ways(desk, order, kinds, "kind")),
        "kind": lambda: (checkout_buttons.ways(desk, order, kinds, "pkind"), *checkout_buttons.back(order)),
    }
    below = keyboard or rows[mode]()
    return DraftEdited(
        to=To(order.contact_id),
        order=order,
        mode=mode,
        kinds=len(kinds),
        hints=told,
        off=off,
        prices=prices,
        buttons=below,
    )


def asking(desk: Desk, shown: DraftEdited, questions: Sequence[Question]) -> DraftEdited:
    """The draft as it is shown, with what was asked about it before, to be answered there by a tap."""
    doubts = tuple(_doubt(desk, question) for question in questions)
    choices = buttons.doubt(shown.order, _choices(desk, questions)) if shown.mode == "show" else ()
    return replace(shown, doubts=doubts, buttons=(*choices, *shown.buttons))


def told_anew(desk: Desk, order: Order, off: Mapping[int, Reason], news: Sequence[Reason]) -> DraftTold:
    """The draft anew because of what has just sold out, or left the menu."""
    known = hints(desk, order)
    keyboard = _keyboard(desk, order, known, off=off)
    return DraftTold(to=To(order.contact_id), order=order, hints=known, off=off, news=tuple(news), buttons=keyboard)


def _keyboard(
    desk: Desk,
    order: Order,
    told: DraftHints,
    choices: Sequence[tuple[Texts, int]] = (),
    *,
    off: Mapping[int, Reason],
    placing: bool = False,
) -> Keyboard:
    """Under the draft: place it, or times where its own cannot be; then what it goes by.

    What cannot be had is left out first.
    """
    if off:
        return buttons.draft(order, choices, ((Button("leave_out", buttons.data("leave", order)),),))
    if placing:
        return buttons.draft(order, choices, ((Button("place_without", buttons.data("pwo", order)),),))
    if told.first is not None and order.wished is not None:
        places: Keyboard = checkout_buttons.offers(order, when.offered(desk, order), "slot")
    else:
        places = (checkout_buttons.place(desk, order, told.first),)
    return buttons.draft(order, choices, (*places, *checkout_buttons.known(order, offered(desk, order))))


def offered(desk: Desk, order: Order) -> tuple[Kind, ...]:
    """In which ways these goods can leave the shop together."""
    known = [line.sku for line in order.lines if line.sku in desk.shop.menu.by_sku]
    return desk.shop.kinds_for(known)


def _choices(desk: Desk, questions: Sequence[Question]) -> list[tuple[Texts, int]]:
    """What they could mean, each by name and article."""
    return [
        (desk.shop.menu.by_sku[sku].name, desk.tx.articles.id_of(sku))
        for question in questions
        for sku in question.likely
    ][:MOST_CHOICES]


def _doubt(desk: Desk, question: Question) -> Doubt:
    names: list[Texts] = [desk.shop.menu.by_sku[sku].name for sku in question.likely if sku in desk.shop.menu.by_sku]
    return Doubt(question.about, tuple(names))


def _order(change: Change) -> Order:
    assert change.order is not None  # noqa: S101  # an edit always has one
    return change.order
