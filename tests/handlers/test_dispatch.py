"""One message, one transaction: what fails is undone, counted, and lets the others pass."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from bot.wiring import shop_facts
from core.people import Channel
from handlers.incoming import Incoming
from storage.tables import inbox, letters
from templates.render import Renderer
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import PEOPLE

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]


async def count(desk: DeskForTests, table=letters) -> int:
    async with desk.store.reading() as tx:
        return (await tx.connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_fault_whose_words_no_database_takes_does_not_stop_the_others(desk: DeskForTests):
    read = desk.shared.house.decoders[Channel.TELEGRAM]

    def decode(raw: bytes) -> Incoming:
        if b"poison" in raw:
            raise ValueError("cannot read \udc80\0")
        return read(raw)

    desk.shared.house = replace(desk.shared.house, decoders={**desk.shared.house.decoders, Channel.TELEGRAM: decode})

    await desk.say(BEA, "poison")
    await desk.say(BEA, "/start")

    assert "Welcome" in desk.take_heard()[-1].words
    async with desk.store.reading() as tx:
        row = (await tx.connection.execute(select(inbox).where(inbox.c.attempts > 0))).one()
    assert row.error == "ValueError: cannot read ?"


async def test_a_tap_whose_little_answer_cannot_be_worded_has_done_nothing(desk: DeskForTests, tmp_path: Path):
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "refused_stale.txt").write_text("{{ nothing_of_this_name }}")
    house = desk.shared.house
    desk.shared.house = replace(house, renderer=Renderer(shop_facts(house.shop), tmp_path))
    before = await count(desk)

    await desk.tap(ANNA, 1, "acc:1:1:15")

    assert len(desk.faults()) == 1
    assert await count(desk) == before


async def test_refusals_by_mail_come_to_an_end_too(desk: DeskForTests):
    for number in range(6):
        draft = Draft("Carl Smith", "carl@example.org", f"500 honey, shipped to Lindenweg {number}, 50667 Köln")
        await desk.mail(draft.sent(number, desk.clock.now()))

    assert len(desk.mails["carl@example.org"]) == 3


async def test_a_refusal_to_somebody_new_is_in_the_language_of_the_mail(desk: DeskForTests):
    words = "Guten Tag,\n\nbitte 500 Honig, per Versand an Lindenweg 4, 50667 Köln.\n\nViele Grüße"

    await desk.mail(Draft("Carl Smith", "carl@example.org", words).sent(1, desk.clock.now()))

    (letter,) = desk.mails["carl@example.org"]
    assert "höchstens" in letter.text or "Höchstens" in letter.text or "mehr als" in letter.text
