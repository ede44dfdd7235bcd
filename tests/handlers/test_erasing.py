"""Whoever asks for it is forgotten: no table keeps a word of theirs, and the books stay in order."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from core.errors import NotThere
from handlers.erasing import erase
from storage.tables import journal, metadata, orders, payments, stock_accounts, stock_moves
from tests import updates
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import PEOPLE, Person

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]
ZOE = Person(88_776_655, "Zoë Quibble")
CARL = "quibble@example.org"
LATER = datetime(2026, 12, 1, tzinfo=UTC)

THEIRS = (
    "Quibble",
    "88776655",
    "Quince",
    "5551234",
    "purple bell",
    "zyxwort",
    "gazebo",
    "46.49999",
    CARL,
    "jpeg-bytes",
)
"""What they said, how they are called, where they are."""


async def chats(desk: DeskForTests) -> None:
    """Everything that a customer does from the first word to a return, each with words of their own."""
    await desk.say(ZOE, "two diavola and a zyxwort, delivery to 12 Quince Lane, 39100 Bolzano")
    await desk.say(ZOE, "note: the purple bell")
    await desk.message(ZOE, location={"latitude": 46.49999, "longitude": 11.35})
    await desk.say(ZOE, "I am allergic to nuts")
    await desk.press(ZOE, "Place order")
    await desk.message(ZOE, contact={"phone_number": "+39 333 5551234", "first_name": "Zoë", "user_id": ZOE.id})
    await desk.say(ZOE, "a coke too for the gazebo please")
    await desk.press(ZOE, "Send to the shop")
    await desk.press(ANNA, "Accept change")
    await desk.press(ANNA, "Accept · 15 min")
    card = desk.screen(desk.group).newest_with("#1001")
    quoted = {**updates.reply(card), "text": "#1001 Zoë Quibble, 12 Quince Lane"}
    await desk.message(ANNA, text="Which gazebo?", reply_to_message=quoted)
    await desk.say(ZOE, "the one behind the purple bell")
    await desk.press(ANNA, "On its way")
    await desk.press(ANNA, "Delivered")
    burnt = "I return the diavola of #1001, it came burnt, gazebo"
    await desk.message(ZOE, **updates.photo("photo-of-the-gazebo"), caption=burnt)
    await desk.say(ZOE, "a jar of honey for the gazebo")


async def mails(desk: DeskForTests) -> None:
    words = "2 jars of honey, shipped to Carla Quibble, 12 Quince Lane, 39100 Bolzano"
    mail = Draft("Carla Quibble", CARL, words, subject="For my gazebo", photos=1)
    await desk.mail(mail.sent(1, desk.clock.now()))


async def everything_kept(desk: DeskForTests) -> str:
    """All tables as one text, JSON and bytes as people would read them."""
    kept: list[Any] = []
    async with desk.store.reading() as tx:
        for table in metadata.sorted_tables:
            rows = (await tx.connection.execute(select(table))).all()
            kept += [[table.name, *map(_readable, row)] for row in rows]
    return json.dumps(kept, ensure_ascii=False, default=str)


def _readable(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return value.decode("utf-8", "replace")


async def forget(desk: DeskForTests, who: str) -> dict[str, int]:
    async with desk.store.transaction() as tx:
        person = await tx.erasing.find(who)
        assert person is not None
        return await erase(tx, person, LATER)


async def books(desk: DeskForTests) -> list[Any]:
    """Orders, stock and money, without who they are of."""
    shape = (orders.c.number, orders.c.state, orders.c.total, orders.c.kind, orders.c.placed, orders.c.done)
    async with desk.store.reading() as tx:
        placed = select(*shape).where(orders.c.number.is_not(None))
        ledgers = (select(stock_moves), select(stock_accounts), select(payments), select(journal), placed)
        return [(await tx.connection.execute(each.order_by(text("1")))).all() for each in ledgers]


async def ended(desk: DeskForTests) -> None:
    """The return that the chat left open comes to its end."""
    await desk.press(ANNA, "Approve")
    await desk.press(ANNA, "Received, write off")


async def test_of_a_customer_in_a_chat_nothing_is_left_but_orders_that_are_nobodys(desk: DeskForTests):
    await chats(desk)
    await ended(desk)
    before = await books(desk)

    counts = await forget(desk, str(ZOE.id))

    assert [words for words in THEIRS if words.casefold() in (await everything_kept(desk)).casefold()] == []
    assert {"messages", "letters", "addresses and phones", "photos", "allergies", "chats"} <= counts.keys()
    assert await books(desk) == before
    await desk.check_books()


async def test_of_a_customer_who_mailed_nothing_is_left_either(desk: DeskForTests):
    await mails(desk)
    await desk.press(ANNA, "Reject")
    await desk.press(ANNA, "The oven is full")

    await forget(desk, "#1001")

    assert [words for words in THEIRS if words.casefold() in (await everything_kept(desk)).casefold()] == []
    await desk.check_books()


async def test_others_keep_their_words_and_a_second_time_finds_nothing(desk: DeskForTests):
    await chats(desk)
    await ended(desk)
    await desk.say(BEA, "a tiramisu with a birthday candle")

    await forget(desk, str(ZOE.id))

    assert "birthday candle" in await everything_kept(desk)
    async with desk.store.reading() as tx:
        assert await tx.erasing.find(str(ZOE.id)) is None
    assert await forget(desk, "#1001") == {}


async def test_who_comes_back_is_a_stranger(desk: DeskForTests):
    await chats(desk)
    await ended(desk)
    await forget(desk, str(ZOE.id))
    desk.take_heard()

    await desk.say(ZOE, "the same as last time")

    assert "no order of yours" in desk.take_heard()[0].words


async def test_who_has_an_order_under_way_is_not_forgotten_yet(desk: DeskForTests):
    await chats(desk)

    with pytest.raises(NotThere):
        await forget(desk, str(ZOE.id))

    assert "Quince" in await everything_kept(desk)


async def test_what_nobody_has_finds_nobody(desk: DeskForTests):
    async with desk.store.reading() as tx:
        assert [await tx.erasing.find(who) for who in ("nobody@example.org", "#1001", "#x", "")] == [None] * 4
