"""Samples of what the staff is told in its group."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core import notices as n
from core.learning import LearnedWord, Meant, WordState
from core.notices import STAFF, Notice
from core.people import Channel, Role, Staff, Trust
from core.states import Act, FulfilmentState, OrderState
from templates.samples_documents import COKE, HONEY, MARGHERITA, PHOTOS, accepted, case, done, placed, shipped


def of_cards(now: datetime) -> Iterable[Notice]:
    order, yes = placed(now), accepted(now, FulfilmentState.PREPARING)
    minutes = tuple(n.Button("accept_minutes", f"accept:12:v2:{each}", {"minutes": each}) for each in (15, 30, 45))
    yield n.StaffCard(
        to=STAFF,
        order=order,
        customer="Bea Conti",
        trust=Trust.FULL,
        channel=Channel.TELEGRAM,
        allergies=("nuts",),
        buttons=(minutes, (n.Button("reject", "reject:12:v2"), n.Button("ask", "ask:12:v2"))),
    )
    yield n.StaffCardAnew(to=STAFF, order=yes, customer="Carl Weber", trust=Trust.NONE, channel=Channel.MAIL, by="Anna")
    yield n.StaffReminder(to=STAFF, order=order, minutes=5)
    yield n.StaffDigest(to=STAFF, orders=(order, replace(order, id=13, number=1002)))
    yield n.OrdersLeftOpen(to=STAFF, orders=(yes,), buttons=((n.Button("order", "card:12:3", {"number": 1001}),),))
    yield n.CustomerSays(to=STAFF, contact_id=7, customer="Bea Conti", text="Do you have oat milk?", photos=PHOTOS)
    yield n.ReplyAwaited(to=STAFF, order=order, customer="Bea Conti", person="Anna", user_id=101)
    yield n.ReplyIsButton(to=STAFF, order=yes, customer="Bea Conti", words="ready")
    yield n.CancelRequested(to=STAFF, order=yes, customer="Bea Conti")
    yield n.CancelRequested(to=STAFF, order=yes, customer="Bea Conti", is_over=True)
    yield n.CancelProposed(to=STAFF, order=yes, customer="Bea Conti", reason="Our oven is broken.")
    yield n.ParcelSent(to=STAFF, order=shipped(now), customer="Carl Smith")
    returned = n.ReturnCard(to=STAFF, case=case(now), customer="Bea Conti", channel=Channel.TELEGRAM, trust=Trust.FULL)
    yield returned
    yield n.ReturnCardAnew(**vars(returned))
    yield n.PhotosShown(to=STAFF, photos=PHOTOS, caption="R-1001-1 · Bea Conti", subject="return:3")
    yield n.OrderTimeline(to=STAFF, order=done(now), customer="Bea Conti", entries=_timeline(now))


def _timeline(now: datetime) -> tuple[n.TimelineEntry, ...]:
    def at(minutes: int) -> datetime:
        return now + timedelta(minutes=minutes)

    return (
        n.TimelineEntry(at(0), Act.PLACE, "customer", OrderState.PENDING),
        n.TimelineEntry(at(2), Act.ACCEPT, "Anna", OrderState.ACCEPTED),
        n.TimelineEntry(at(2), "letter", "Bea Conti", "sent", "order_accepted", "telegram"),
        n.TimelineEntry(at(3), "letter", "", "uncertain", "customer_says", "telegram"),
        n.TimelineEntry(at(31), Act.DELIVER, "Anna", FulfilmentState.DELIVERED),
    )


def of_the_shop(now: datetime) -> Iterable[Notice]:
    later = now + timedelta(minutes=30)
    commands = (("orders", "The open orders"), ("restock", "Goods came in: /restock coke 24"))
    yield n.OpenOrders(to=STAFF, orders=(placed(now), replace(accepted(now), number=1002)))
    rows = (n.StockRow("coke", COKE, 24, 2, 1), n.StockRow("honey", HONEY, 3, 0, 0, low=True))
    off = (n.SoldOutRow(HONEY, later),)
    yield n.StockShown(to=STAFF, rows=rows, days=(n.DayRow(MARGHERITA, 8, 20),), off=off)
    yield n.SoldOutShown(to=STAFF, rows=off)
    yield n.Restocked(to=STAFF, product=COKE, sku="coke", quantity=24, before=7, shelf=31, aside=2)
    yield n.LowStock(to=STAFF, product=HONEY, left=3)
    yield n.SoldOutSet(to=STAFF, product=HONEY, until=now + timedelta(hours=16))
    yield n.ShopOpened(to=STAFF, state="paused", until=later)
    yield n.StaffShown(to=STAFF, people=(Staff(1, 101, "Anna", Role.OWNER), Staff(2, 102, "Ben", Role.KITCHEN)))
    yield n.StaffInvited(to=STAFF, link="https://t.me/trattoria_bea_bot?start=Jx81hQ", role=Role.KITCHEN)
    yield n.StaffJoined(to=STAFF, person="Ben", role=Role.KITCHEN)
    yield n.StaffLeft(to=STAFF, person="Ben")
    yield n.CustomerBlocked(to=STAFF, customer="Mallory", blocked=True)
    yield n.WordSent(to=STAFF, customer="Bea Conti")
    yield n.StaffHelp(to=STAFF, commands=commands)
    yield n.UnknownCommand(to=STAFF, written="ordres", likely="orders")
    yield n.GroupHere(to=STAFF, chat="-1001234567890", bound=False)
    yield n.AnonymousRefused(to=STAFF)
    yield n.Alarm(to=STAFF, what="away", facts={"since": now - timedelta(hours=9), "until": now})


def of_words(now: datetime) -> Iterable[Notice]:  # noqa: ARG001  # called like its siblings
    proposed = LearnedWord(3, "marghi", "marghi", Meant("margherita"), customers=2)
    active = replace(proposed, state=WordState.ACTIVE, version=2)
    yes_no = ((n.Button("word_yes", "wyes:3:1"), n.Button("word_no", "wno:3:1")),)
    yield n.WordCard(to=STAFF, word=proposed, meaning=MARGHERITA, buttons=yes_no)
    undo = ((n.Button("undo", "wrev:3:2"),),)
    yield n.WordCardAnew(to=STAFF, word=active, meaning=MARGHERITA, by="Anna", buttons=undo)
    rows = (n.WordRow(active, MARGHERITA), n.WordRow(replace(proposed, words="fizz"), COKE, asleep=True))
    revoke = ((n.Button("word_revoke", "wrev:3:2", {"words": "marghi"}),),)
    yield n.WordsShown(to=STAFF, rows=rows, buttons=revoke)
