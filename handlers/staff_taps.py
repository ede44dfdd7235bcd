"""The buttons of the staff group: each needs a right, and the version that it was drawn for."""

from collections.abc import Awaitable, Callable

from core.documents import Bucket, Order
from core.errors import NotAllowed, NotThere, NotUnderstoodCommand, ShopError, Stale, WrongState
from core.frozen import frozen
from core.menu import Texts
from core.notices import Notice
from core.people import Right, Staff
from core.returns import DECLINE_REASONS
from core.states import Act, OrderState
from core.undo import decided
from handlers import asking, buttons, cards, changing, learned_words, offers, orders, returns, sold_out, staff_acts
from handlers.buttons import Tap
from handlers.desk import Desk

Handler = Callable[[Desk, Staff, Tap], Awaitable[tuple[Notice, ...]]]


@frozen
class TapRule:
    """What a verb does, and which right it needs."""

    handler: Handler
    right: Right


async def tap(desk: Desk, person: Staff, data: str) -> tuple[str, tuple[Notice, ...]]:
    """Do what the button says; returns its verb and what is to be told.

    Raises Stale for forged and old data, NotAllowed where the role does not reach.
    """
    tapped = buttons.read_data(data)
    rule = TAPS.get(tapped.verb)
    if rule is None:
        raise Stale(number=None, state="")
    if not person.may(rule.right):
        raise NotAllowed(act=tapped.verb)
    return tapped.verb, await rule.handler(desk, person, tapped)


async def _accept(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    minutes = tapped.number()
    if minutes not in desk.shop.approval.accept_minutes:
        raise Stale(number=None, state="")
    return await orders.accept(desk, tapped.subject, tapped.version, person.actor, minutes)


async def _accept_as_wished(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await orders.accept(desk, tapped.subject, tapped.version, person.actor, None)


async def _accept_parcel(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """A parcel is promised for a day: 0 is today."""
    if tapped.rest not in buttons.PARCEL_DAYS:
        raise Stale(number=None, state="")
    return await orders.accept_parcel(desk, tapped.subject, tapped.version, person.actor, int(tapped.rest))


async def _offer_reasons(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    order = _placed(await desk.tx.orders.to_change(tapped.subject, tapped.version))
    return (await cards.staff(desk, order, mode="reject"),)


async def _reject(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    reason = _reason(desk.shop.approval.reject_reasons, tapped)
    return await orders.reject(desk, tapped.subject, tapped.version, person.actor, reason)


async def _show(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    order = _placed(await desk.tx.orders.to_change(tapped.subject, tapped.version))
    return (await cards.staff(desk, order),)


async def _ask(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """Nothing happens yet: the words come as a reply."""
    order = _placed(await desk.tx.orders.to_change(tapped.subject, tapped.version))
    return await asking.begin(desk, person, order)


async def _ship(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    """The tracking number is needed: by /ship or as a reply to the card."""
    order = await desk.tx.orders.to_change(tapped.subject, tapped.version)
    raise NotUnderstoodCommand(usage=f"/ship {order.number} …", what="tracking")


def _placed(order: Order) -> Order:
    """A draft is its customer's alone: to the staff it is not there."""
    if order.state is OrderState.DRAFT:
        raise NotThere
    return order


def _step(act: Act) -> Handler:
    async def advance(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
        return await orders.advance(desk, tapped.subject, tapped.version, act, person.actor)

    return advance


async def _undo(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """Who may not do a thing may not undo it either."""
    await desk.tx.orders.to_change(tapped.subject, tapped.version)
    act = decided(await desk.tx.orders.last_decision(tapped.subject))
    if act is not None and not person.may(RIGHT_TO[act]):
        raise NotAllowed(act="undo")
    return await orders.take_back(desk, tapped.subject, tapped.version, person.actor)


async def _cancel(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """The customer asked for it, and the staff agrees."""
    _placed(await desk.tx.orders.to_change(tapped.subject, tapped.version))
    return await orders.cancel(desk, tapped.subject, tapped.version, person.actor, by_shop=False)


async def _post_card(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    """From a digest: this order's card, at the end of the group."""
    return (await cards.staff(desk, _placed(await desk.tx.orders.get(tapped.subject)), anew=True),)


async def _approve(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await returns.approve(desk, tapped.subject, tapped.version, person.actor)


async def _offer_declines(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    case = await desk.tx.returns.to_change(tapped.subject, tapped.version)
    return (await cards.returning(desk, case, mode="decline"),)


async def _show_return(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    case = await desk.tx.returns.to_change(tapped.subject, tapped.version)
    return (await cards.returning(desk, case),)


async def _decline(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    reason = _reason(DECLINE_REASONS, tapped)
    return await returns.decline(desk, tapped.subject, tapped.version, person.actor, reason)


def _received(bucket: str) -> Handler:
    async def receive(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
        return await returns.receive(desk, tapped.subject, tapped.version, person.actor, bucket)

    return receive


async def _settle(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await returns.settle(desk, tapped.subject, tapped.version, person.actor)


async def _undo_return(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await returns.take_back(desk, tapped.subject, tapped.version, person.actor)


async def _accept_change(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await changing.accept(desk, tapped.subject, tapped.version, person.actor)


async def _send_offer(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await offers.send(desk, tapped.subject, tapped.version, person.actor)


async def _take_offer_back(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await offers.take_back(desk, tapped.subject, tapped.version, person.actor)


async def _decline_change(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await changing.decline(desk, tapped.subject, tapped.version, person.actor)


def _reason(reasons: tuple[Texts, ...], tapped: Tap) -> Texts:
    place = tapped.number()
    if not 0 <= place < len(reasons):
        raise Stale(number=None, state="")
    return reasons[place]


RIGHT_TO: dict[Act, Right] = {
    Act.ACCEPT: Right.DECIDE,
    Act.REJECT: Right.DECIDE,
    Act.PREPARE: Right.COOK,
    Act.MAKE_READY: Right.COOK,
    Act.SEND_OUT: Right.DELIVER,
    Act.SHIP: Right.DELIVER,
    Act.DELIVER: Right.DELIVER,
    Act.HAND_OVER: Right.DELIVER,
}
"""What can be undone, and the right that it needed."""

TAPS: dict[str, TapRule] = {
    "acc": TapRule(_accept, Right.DECIDE),
    "accw": TapRule(_accept_as_wished, Right.DECIDE),
    "accd": TapRule(_accept_parcel, Right.DECIDE),
    "rej": TapRule(_offer_reasons, Right.DECIDE),
    "rejr": TapRule(_reject, Right.DECIDE),
    "show": TapRule(_show, Right.SEE),
    "ask": TapRule(_ask, Right.DECIDE),
    "prep": TapRule(_step(Act.PREPARE), Right.COOK),
    "rdy": TapRule(_step(Act.MAKE_READY), Right.COOK),
    "out": TapRule(_step(Act.SEND_OUT), Right.DELIVER),
    "dlv": TapRule(_step(Act.DELIVER), Right.DELIVER),
    "hand": TapRule(_step(Act.HAND_OVER), Right.DELIVER),
    "ship": TapRule(_ship, Right.DELIVER),
    "undo": TapRule(_undo, Right.SEE),
    "scan": TapRule(_cancel, Right.DECIDE),
    "scany": TapRule(staff_acts.tap_cancel, Right.DECIDE),
    "scann": TapRule(staff_acts.tap_keep, Right.DECIDE),
    "card": TapRule(_post_card, Right.SEE),
    "onmenu": TapRule(sold_out.tap_back, Right.STOCK),
    "wyes": TapRule(learned_words.tap_yes, Right.TEACH),
    "wno": TapRule(learned_words.tap_no, Right.TEACH),
    "wrev": TapRule(learned_words.tap_revoke, Right.TEACH),
    "chacc": TapRule(_accept_change, Right.DECIDE),
    "chdec": TapRule(_decline_change, Right.DECIDE),
    "chsend": TapRule(_send_offer, Right.DECIDE),
    "chback": TapRule(_take_offer_back, Right.DECIDE),
    "rapp": TapRule(_approve, Right.DECIDE),
    "rdec": TapRule(_offer_declines, Right.DECIDE),
    "rdecr": TapRule(_decline, Right.DECIDE),
    "rshow": TapRule(_show_return, Right.SEE),
    "rback": TapRule(_received(Bucket.SHELF), Right.DECIDE),
    "roff": TapRule(_received(Bucket.DAMAGED), Right.DECIDE),
    "rpaid": TapRule(_settle, Right.DECIDE),
    "rundo": TapRule(_undo_return, Right.DECIDE),
}

OF_RETURNS = frozenset({"rapp", "rdec", "rdecr", "rshow", "rback", "roff", "rpaid", "rundo"})
OF_CHANGES = frozenset({"chacc", "chdec", "chsend", "chback"})
CARD_VERBS = frozenset(TAPS) - OF_RETURNS - OF_CHANGES - {"card", "onmenu", "wyes", "wno", "wrev"}
"""Verbs whose subject is an order."""


async def card_as_it_stands(desk: Desk, data: str, error: ShopError) -> tuple[Notice, ...]:
    """After a stale tap the card is drawn anew, so that its buttons fit again."""
    return await card_of(desk, data) if isinstance(error, (Stale, WrongState)) else ()


async def card_of(desk: Desk, data: str, *, anew: bool = False) -> tuple[Notice, ...]:
    """The card that a button belongs to, as it stands now; none for what has no card."""
    try:
        tapped = buttons.read_data(data)
        if tapped.verb in OF_RETURNS:
            return (await cards.returning(desk, await desk.tx.returns.to_change(tapped.subject), anew=anew),)
        if tapped.verb in OF_CHANGES:
            change = await desk.tx.changes.get(tapped.subject)
            order = await desk.tx.orders.get(change.order_id)
            return (await cards.change_for_staff(desk, order, change, anew=anew),)
        if tapped.verb not in CARD_VERBS:
            return ()
        return (await cards.staff(desk, _placed(await desk.tx.orders.get(tapped.subject)), anew=anew),)
    except ShopError:
        return ()
