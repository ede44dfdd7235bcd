"""One sample of every notice, as a day at Trattoria Bea would bring them: for previews and tests."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import errors
from core import notices as n
from core.availability import Reason, Why
from core.documents import ChangedLine
from core.hours import OtherHours, Span
from core.menu import Category, Product, Texts
from core.notices import STAFF, Notice, To
from core.people import Channel
from core.states import Act, ChangeState, FulfilmentState, Kind, OrderState, ReturnState
from core.zones import Zone
from templates.filters import ShopFacts
from templates.samples_documents import (
    BUSY,
    COKE,
    HONEY,
    LINES,
    MARGHERITA,
    accepted,
    case,
    changed,
    done,
    draft,
    placed,
    shipped,
)
from templates.samples_menu import CAUTIONS, of_menu
from templates.samples_staff import of_cards, of_the_shop, of_words

SHOP = ShopFacts(
    name="Trattoria Bea",
    currency="EUR",
    zone=ZoneInfo("Europe/Rome"),
    languages=("en", "de"),
    address="Via dei Mille 4, 40121 Bologna",
)
BEA = To(contact_id=7)
CARL = To(contact_id=8)


def _of_drafts(now: datetime) -> Iterable[Notice]:
    order = draft(now)
    doubts = (n.Doubt("the capri", ({"en": "Capricciosa", "de": "Capricciosa"}, {"en": "Caprese", "de": "Caprese"})),)
    place = (n.Button("place", "place:12:v2"), n.Button("change", "change:12:v2"), n.Button("cancel", "drop:12:v2"))
    yield from _of_drafts_beside(now)
    yield n.DraftShown(to=BEA, order=order, unread=("unicorn",), doubts=doubts, buttons=(place,))
    yield n.DraftEdited(to=BEA, order=order, mode="change")
    yield n.DraftAsked(to=BEA, order=replace(order, kind=None, wished=None), mode="kind", kinds=2)
    gone = Reason(Why.SOLD_OUT, "honey", HONEY, back=now + timedelta(hours=6))
    yield n.DraftTold(to=BEA, order=order, off={3: gone}, news=(gone,))
    never = (n.Button("no_reminders", "noremind"),)
    yield n.DraftReminded(to=BEA, order=order, buttons=(place, never))
    yield n.BesideOrder(to=BEA, order=replace(order, number=1001, state=OrderState.ACCEPTED), by_time=True)
    yield n.DraftExpired(to=BEA, order=replace(order, state=OrderState.EXPIRED))
    yield n.RemindersSet(to=BEA, wanted=False)
    yield n.DraftEmpty(to=BEA, unread=("unicorn",), doubts=(n.Doubt("something nice"),))
    yield n.DraftCancelled(to=BEA, order=order, standing=replace(order, number=1001, state=OrderState.ACCEPTED))
    last = "Via Larga 12, 40138 Bologna"
    yield n.AddressAsked(
        to=BEA,
        order=replace(order, kind=Kind.DELIVERY),
        buttons=((n.Button("address_last", "paddr:12:2:5", {"address": last}),),),
    )
    yield n.PhoneAsked(to=BEA, order=order)
    yield n.PhoneKept(to=BEA)
    yield n.LocationKept(to=BEA)
    yield n.LocationOdd(to=BEA)
    yield n.AddressesShown(to=BEA, addresses=(last,), buttons=((n.Button("forget", "forget:5:0", {"address": last}),),))
    yield n.OutOfReach(to=BEA, order=replace(order, kind=Kind.DELIVERY, address="Nordpol 1, 99999 Arktis"))
    later = now + timedelta(hours=3)
    times = ((n.Button("at_time", "pslot:12:2:29000000", {"time": later}),),)
    yield n.TimeAsked(to=BEA, order=order, why="full", wished=order.wished, offers=(later,), buttons=times)
    yield n.OrderQuestions(
        to=CARL,
        order=replace(order, kind=None, wished=None),
        questions=(
            n.MailQuestion("kind", kinds=("pickup", "delivery")),
            n.MailQuestion("goods", "the capri", options=doubts[0].likely),
            n.MailQuestion("unread", "unicorn"),
        ),
    )


def _of_drafts_beside(now: datetime) -> Iterable[Notice]:
    """Drafts that begin while an order is under way, and one whose last step was taken back."""
    order, under_way = draft(now), placed(now)
    facts = {"number": under_way.number}
    join, anew = n.Button("join_order", "join:12:2", facts), n.Button("order_anew", "anew:12:2")
    yield n.DraftShown(to=BEA, order=order, beside=under_way, buttons=((join,), (anew,)))
    same = n.Button("once_is_enough", "drop:12:2", facts), n.Button("order_twice", "anew:12:2")
    yield n.DraftShown(to=BEA, order=order, beside=under_way, is_same=True, buttons=(same,))
    yield n.DraftShown(to=BEA, order=order, undone=(ChangedLine(LINES[0], 2, 1),), is_undone=True)
    yield n.DraftShown(to=BEA, order=order, is_first=True)
    yield n.DraftCancelled(to=BEA, order=order, standing=under_way, joins=True)


def _of_placed(now: datetime) -> Iterable[Notice]:
    order, yes = placed(now), accepted(now)
    yield n.OrderPlaced(to=CARL, order=order, alike=replace(order, number=1000))
    yield n.OrderPlaced(to=CARL, order=order, cautions=CAUTIONS)
    yield n.OrderPlaced(to=CARL, order=order, opens=now + timedelta(hours=9))
    yield n.OrderLiveAnew(to=BEA, order=order)
    yield n.OrderLive(to=BEA, order=yes, buttons=((n.Button("cancel_order", "cancel:12:v3", {"number": 1001}),),))
    yield n.OrderAccepted(to=BEA, order=yes)
    yield n.OrderRejected(to=BEA, order=replace(order, state=OrderState.REJECTED), reason=BUSY)
    yield n.OrderReady(to=BEA, order=replace(accepted(now, FulfilmentState.READY), kind=Kind.PICKUP, fee=0))
    yield n.OrderOut(to=BEA, order=accepted(now, FulfilmentState.OUT))
    yield n.CancelTooLate(to=CARL, order=shipped(now))
    yield n.OrderShipped(to=CARL, order=shipped(now))
    yield n.OrderDone(to=CARL, order=done(now))
    yield n.OrderCancelled(to=BEA, order=replace(order, state=OrderState.CANCELLED))
    yield n.OrderWaiting(to=BEA, order=order)
    yield n.OrderExpired(to=BEA, order=replace(order, state=OrderState.EXPIRED))
    yield n.OrderCorrected(to=BEA, order=yes, act=Act.REJECT)
    yield n.CancelAsked(to=BEA, order=yes)
    yield n.CancelTold(to=BEA, what="order")
    yield n.OrdersShown(to=BEA, orders=(yes,))
    which = ((n.Button("which_order", "which:12:3", {"number": 1001}),), (n.Button("which_none", "which"),))
    yield n.WhichOrder(to=BEA, orders=(order, yes), named=1010, buttons=which)
    yield n.ShopAsks(to=BEA, order=yes, text="Is oat milk all right as well?")
    yield n.ShopReplies(to=BEA, text="Yes, the terrace is open until ten.")
    yield n.EditNoted(to=BEA, order=yes)
    yield n.LateNoted(to=BEA, order=yes)
    at = n.Button("at_time", "num:12:3:t", {"time": now + timedelta(hours=2)})
    yield n.NumberAsked(to=BEA, order=yes, number=8, buttons=((at,),))
    yield n.PassedOn(to=BEA, number=1001)


def _of_the_same(now: datetime) -> Iterable[Notice]:
    """As in the week when the margherita was cheaper, and there was honey."""
    yield n.AgainAsked(
        to=BEA,
        order=done(now),
        of_draft=True,
        buttons=(
            (n.Button("again_add", "again:12:3:add"),),
            (n.Button("again_instead", "again:12:3:new"),),
            (n.Button("again_draft", "again:12:3:twice"),),
        ),
    )
    yield n.AgainShown(
        to=CARL,
        order=replace(draft(now), lines=LINES[:2], wished=None),
        of=done(now),
        missing=(Reason(Why.LEFT_MENU, "honey", HONEY), Reason(Why.EMPTY, "coke", COKE, left=1)),
        prices=(n.PriceChange(MARGHERITA, 1150, 1200),),
    )


def _of_changes(now: datetime) -> Iterable[Notice]:
    order, change = placed(now), changed(now)
    applied = replace(order, lines=change.lines)
    send = ((n.Button("change_send", "chsend:5:1"),), (n.Button("change_keep", "chkeep:5:1"),))
    yield n.ChangeShown(to=BEA, order=order, change=change, buttons=send[1:])
    yield n.ChangeShownAnew(to=BEA, order=order, change=changed(now, ChangeState.PROPOSED), is_left=True, buttons=send)
    yield n.ChangeAsked(to=CARL, order=order, change=change)
    yield n.ChangeApplied(to=BEA, order=applied, change=changed(now, ChangeState.APPLIED))
    yield n.ChangeDeclined(to=BEA, order=order, change=changed(now, ChangeState.DECLINED))
    late = replace(accepted(now), fulfilment=FulfilmentState.READY)
    until = now + timedelta(minutes=30)
    offered = replace(changed(now, ChangeState.AWAITING_CUSTOMER), by_shop=True, unread=())
    answers = ((n.Button("offer_yes", "chyes:5:1"),), (n.Button("offer_no", "chno:5:1"),))
    yield n.ChangeShownAnew(to=BEA, order=order, change=offered, until=until, buttons=answers)
    yield n.ChangeOffered(to=CARL, order=order, change=offered, until=until)
    yield n.OfferOver(to=CARL, order=order, change=replace(offered, state=ChangeState.DECLINED))
    yield n.OfferAnswered(to=STAFF, order=order, change=offered, state=ChangeState.DECLINED, customer="Carl")
    yield n.ChangeOutdated(to=BEA, order=late, change=changed(now, ChangeState.STALE))
    buttons = ((n.Button("change_accept", "chacc:5:1"), n.Button("decline", "chdec:5:1")),)
    card = n.ChangeCard(to=STAFF, order=order, change=change, customer="Bea", channel=Channel.MAIL, buttons=buttons)
    yield card
    yield n.ChangeCardAnew(**vars(card))


def _of_talk(now: datetime) -> Iterable[Notice]:
    pizza = Category("pizza", {"en": "Pizza", "de": "Pizza"})
    basil: Texts = {"en": "Tomato, mozzarella, basil", "de": "Tomate, Mozzarella, Basilikum"}
    margherita = Product("margherita", MARGHERITA, 850, "pizza", description=basil)
    shelf = (Product("coke", COKE, 250), Product("honey", HONEY, 790))
    commands = (("menu", "What we have"), ("orders", "Your open orders"), ("cancel", "Cancel an order"))
    example = "two margheritas, one without onions, and a coke"
    opens = now + timedelta(hours=18)
    yield n.Welcome(to=BEA, shop=SHOP.name, example=example, is_open=False, opens=opens, odd_link=True)
    yield n.MenuShown(
        to=BEA,
        categories=((pizza, (margherita,)), (None, shelf)),
        currency="EUR",
        off={"honey": Reason(Why.SOLD_OUT, "honey", HONEY, back=opens)},
    )
    week = ((0, ()), *((day, ("11:30–14:30", "18:00–22:30")) for day in range(1, 7)))
    new_year = OtherHours(date(2026, 12, 31), date(2027, 1, 1), (Span(1080, 1560),))
    yield n.HoursShown(to=BEA, week=week, is_open=False, always=False, opens=opens, others=(new_year,))
    yield n.HoursShown(to=BEA, week=week, is_open=True, always=False, closes=opens, where_first=True)
    yield n.DaysTold(to=BEA, days=(new_year,))
    zones = (Zone("Bolzano", ("39100",), fee=250, minimum=1500), Zone(metres=4000, fee=400))
    yield n.DeliveryTold(to=BEA, kind=Kind.DELIVERY, zones=zones, currency="EUR")
    yield n.HelpShown(to=BEA, commands=commands)
    yield n.Thanked(to=BEA)
    yield n.Greeted(to=BEA, shop=SHOP.name, example=example)
    yield n.NothingWanted(to=BEA)
    yield n.NotUnderstood(to=BEA, example=example)
    yield n.PassedOn(to=BEA)
    yield n.KindNotRead(to=BEA)
    yield n.ConfirmAsked(to=CARL, what="cancel")
    yield n.Sorry(to=BEA)


def _of_menu(now: datetime) -> Iterable[Notice]:
    yield from of_menu(BEA, draft(now), now)


def _of_returns(now: datetime) -> Iterable[Notice]:
    no: Texts = {"en": "It was opened", "de": "Es war schon offen"}
    yield n.ReturnAsked(
        to=BEA,
        orders=(done(now),),
        named=accepted(now),
        buttons=((n.Button("return_of", "returnof:12:v3", {"number": 1001}),),),
    )
    back = ((n.Button("send_back", "sendback:12:v3"),),)
    yield n.ComplaintNoted(to=BEA, order=done(now), may_go_back=True, buttons=back)
    yield n.ReturnRequested(to=BEA, case=case(now))
    approved = case(now, ReturnState.APPROVED)
    yield n.ReturnApproved(to=BEA, case=approved, address=SHOP.name + "\n" + SHOP.address, who_pays="shop")
    yield from (n.PassedOn(to=BEA, case=case(now, state)) for state in ReturnState)
    yield n.ReturnDeclined(to=BEA, case=case(now, ReturnState.DECLINED), reason=no)
    yield n.ReturnReceived(to=BEA, case=case(now, ReturnState.RECEIVED))
    yield n.ReturnSettled(to=BEA, case=case(now, ReturnState.RESOLVED))
    yield n.ReturnCorrected(to=BEA, case=case(now), act=Act.APPROVE)


REFUSALS: tuple[errors.ShopError, ...] = (
    errors.WrongState(state=OrderState.ACCEPTED, act=Act.ACCEPT, number=1001, by="Anna"),
    errors.Stale(number=1001, state=OrderState.ACCEPTED, by="Anna"),
    errors.OutOfStock(sku="coke", product=dict(COKE), asked=4, left=3),
    errors.SoldOut(sku="honey", product=dict(HONEY)),
    errors.SoldOutToday(sku="honey", product=dict(HONEY), asked=3, left=1),
    errors.NotThere(number=1001),
    errors.NotAllowed(act=Act.ACCEPT),
    errors.ShopClosed(opens=datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    errors.EmptyDraft(),
    errors.TooMany(what="pieces", most=99, product={"en": "Coke", "de": "Cola"}),
    errors.TooManyOptions(group={"en": "Toppings", "de": "Belag"}, most=3),
    errors.TooFewOptions(group={"en": "Toppings", "de": "Belag"}, least=2),
    errors.BelowMinimum(minimum=1500, missing=250, currency="EUR", where="40138"),
    errors.SlotFull(at=datetime(2026, 11, 22, 18, 30, tzinfo=UTC)),
    errors.TimeNotOffered(why="soon", wished=datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    errors.NotOffered(what="shipping"),
    errors.TooLate(minutes=2),
    errors.NotUnderstoodCommand(usage="/restock coke 24", what="a lot"),
    errors.UnknownProduct(name="cok", likely=("Coke",)),
    errors.UnknownCustomer(name="Bea", likely=("Bea Conti, #1001", "Bea Conti, bea@example.org, #1004")),
    errors.WordNotLearned(words="large", why="known"),
    errors.NothingToReturn(number=1001),
)


def refused(error: errors.ShopError, to: To) -> n.Refused:
    """The notice of a refusal."""
    return n.Refused(to=to, error=type(error).__name__, facts=dict(vars(error)))


GROUPS: tuple[Callable[[datetime], Iterable[Notice]], ...] = (
    _of_drafts,
    _of_placed,
    _of_changes,
    _of_the_same,
    _of_talk,
    _of_menu,
    _of_returns,
    of_cards,
    of_the_shop,
    of_words,
)


def samples(now: datetime) -> dict[str, Notice]:
    """Every notice by the name of its class, every refusal by the name of its template."""
    by_class: dict[str, Notice] = {type(notice).__name__: notice for group in GROUPS for notice in group(now)}
    staffs = (
        errors.WrongState,
        errors.Stale,
        errors.NotAllowed,
        errors.NotUnderstoodCommand,
        errors.UnknownProduct,
        errors.UnknownCustomer,
        errors.WordNotLearned,
    )
    notices = (refused(error, STAFF if isinstance(error, staffs) else BEA) for error in REFUSALS)
    return by_class | {notice.name: notice for notice in notices}
