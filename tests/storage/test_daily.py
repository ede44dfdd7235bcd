"""Numbers a day: counted when orders are placed, given back when they end, sold once whoever races."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from core import daily, orders, undo
from core.documents import Take
from core.errors import SoldOutToday
from core.hours import Hours, span
from core.menu import Menu, Product
from core.people import CLOCK, Channel
from core.pricing import price_line
from core.shop import Shop
from core.states import Kind
from storage.audit import audit
from storage.store import Store
from storage.tables import daily_counts

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PIE = Product("pie", {"en": "Pie"}, 500, daily=3)
ROME = ZoneInfo("Europe/Rome")
SHOP = Shop(
    name="Bakery",
    currency="EUR",
    timezone="Europe/Rome",
    languages=("en",),
    menu=Menu("EUR", ("en",), (PIE,)),
    hours=Hours(ROME, ((span("18:00-02:00"),),) * 7),
)


@pytest.fixture
async def store(migrated_url):
    store = Store(migrated_url)
    async with store.transaction() as tx:
        await tx.articles.learn(tx.connection, ["pie"])
    yield store
    await store.close()


async def placed(tx, quantity, at=NOON):
    contact, _ = await tx.customers.meet(Channel.TELEGRAM, "7000", "1001", name="Bea", language="en", now=at)
    draft = await tx.orders.new_draft(contact, "EUR", at)
    line = price_line(PIE, quantity, (), "pies", 1)
    await tx.save(orders.edit(draft, (line,), CLOCK, at, kind=Kind.PICKUP))
    draft = await tx.orders.get(draft.id)
    draft = replace(draft, lines=daily.dated(draft.lines, SHOP, at))
    number = await tx.orders.next_number()
    ran_out = await tx.save(orders.place(draft, number=number, token="K7QM", by=CLOCK, shop=SHOP, now=at))
    return await tx.orders.get(draft.id), ran_out


async def taken(store, since=TODAY):
    async with store.reading() as tx:
        assert await audit(tx) == ()
        return await tx.daily.taken(since)


async def test_the_last_of_the_day_is_told_and_one_more_is_refused(store):
    async with store.transaction() as tx:
        assert (await placed(tx, 2))[1].skus == ()
        assert (await placed(tx, 1))[1].reached == ("pie",)
    with pytest.raises(SoldOutToday) as refused:
        async with store.transaction() as tx:
            await placed(tx, 1)

    assert (refused.value.asked, refused.value.left) == (1, 0)
    assert await taken(store) == {("pie", TODAY): 3}


async def test_after_midnight_it_is_still_the_evening_and_the_next_evening_begins_anew(store):
    late = datetime(2026, 11, 21, 0, 30, tzinfo=ROME)
    async with store.transaction() as tx:
        await placed(tx, 3, late)
        await placed(tx, 2, late + timedelta(hours=18))

    assert await taken(store) == {("pie", TODAY): 3, ("pie", date(2026, 11, 21)): 2}
    assert await taken(store, date(2026, 11, 21)) == {("pie", date(2026, 11, 21)): 2}


@pytest.mark.parametrize("how", ["reject", "cancel", "expire"])
async def test_an_order_that_ends_without_goods_gives_its_share_back(store, how):
    ends = {
        "reject": lambda order: orders.reject(order, by=CLOCK, reason={"en": "no"}, now=NOON),
        "cancel": lambda order: orders.cancel(order, by=CLOCK, by_shop=True, now=NOON),
        "expire": lambda order: orders.expire(order, now=NOON),
    }
    async with store.transaction() as tx:
        order, _ = await placed(tx, 3)
        await tx.save(ends[how](order))

    assert await taken(store) == {("pie", TODAY): 0}


async def test_a_rejection_that_was_a_mistake_counts_again_even_over_the_number(store):
    async with store.transaction() as tx:
        order, _ = await placed(tx, 3)
        await tx.save(orders.reject(order, by=CLOCK, reason={"en": "no"}, now=NOON))
        await placed(tx, 1)
        last = await tx.orders.last_decision(order.id)
        rejected = await tx.orders.get(order.id)
        await tx.save(undo.undo(rejected, last, (), by=CLOCK, approval=SHOP.approval, now=NOON))

    assert await taken(store) == {("pie", TODAY): 4}


async def test_whoever_races_the_number_of_the_day_is_sold_once(store):
    async def one():
        async with store.transaction() as tx:
            return await tx.daily.take((Take("pie", TODAY, 1, 3),))

    done = await asyncio.gather(*(one() for _ in range(8)), return_exceptions=True)

    assert sum(isinstance(each, SoldOutToday) for each in done) == 5
    assert sorted(map(str, (each for each in done if not isinstance(each, SoldOutToday)))) == ["('pie',)", "()", "()"]


async def test_the_audit_names_a_day_that_counts_otherwise(store):
    async with store.transaction() as tx:
        await placed(tx, 2)
        await tx.connection.execute(update(daily_counts).values(taken=3))

        (finding,) = await audit(tx)

    assert str(finding.document) == "article pie"
    assert finding.what == "the day 2026-11-20 counts +1 beside what was ordered for it"
