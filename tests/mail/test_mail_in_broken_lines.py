"""The door for mail, where connections end or fall silent: a real Dovecot with a middleman who cuts the line."""

import random
import re

from tests.mail.doors import PACE, flags, mail, middleman, open_door, settings, until


async def test_after_the_line_broke_the_door_comes_back(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")

        between.cut()
        dovecot.deliver(mail())

        await kept.holds(1)


async def test_no_mail_is_lost_or_doubled_though_the_line_breaks_anywhere(dovecot, kept):
    dice = random.Random(7)
    left = 0

    def break_off(said):
        nonlocal left
        if said.startswith(b"* OK"):
            left = dice.randrange(500, 9000)
        left -= len(said)
        return said if left > 0 else None

    dovecot.deliver(*(mail(f"loaf {n} " * 20, f"<{n}@carl.example>") for n in range(40)))

    async with (
        middleman(dovecot, to_client=break_off) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        found = await kept.holds(40)

    assert between.connections > 3
    assert sorted(m.place.uid for m in found) == list(range(1, 41))
    assert all(b"loaf" in m.raw for m in found)


async def test_a_flood_of_news_that_the_library_cannot_read_costs_a_connection_and_no_mail(dovecot, kept):
    def flood(said):
        return said.replace(b"* 1 EXISTS\r\n", b"* 1 EXPUNGE\r\n" * 2000)

    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")

        between.to_client = flood
        dovecot.deliver(mail())
        await between.hears(b"LOGIN", times=2)
        between.to_client = bytes

        await kept.holds(1)


async def test_a_door_opens_when_its_server_does(dovecot, kept):
    dovecot.deliver(mail())

    async with (
        middleman(dovecot, to_server=lambda _: None) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"CAPABILITY", times=3)
        between.to_server = bytes

        await kept.holds(1)


async def test_a_goodbye_instead_of_news_is_taken_for_what_it_is(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept, pace=PACE):
        await between.hears(b"IDLE")

        between.to_client = lambda said: re.sub(rb"\* \d+ EXISTS", b"* BYE too many idlers", said)
        dovecot.deliver(mail())
        await between.hears(b"LOGIN", times=2)
        between.to_client = bytes

        await kept.holds(1)


async def test_a_server_that_never_begins_to_idle_is_left(dovecot, kept, monkeypatch):
    monkeypatch.setattr("bot.imap_client.IDLE_START_SECONDS", 0.1)

    async with (
        middleman(dovecot, to_client=lambda said: said.replace(b"+ idling\r\n", b"")) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"LOGIN", times=2)


async def test_a_server_that_falls_silent_within_a_mail_is_left_and_the_mail_comes_again(dovecot, kept, monkeypatch):
    monkeypatch.setattr("bot.imap_client.ANSWER_SECONDS", 0.5)
    dovecot.deliver(mail("loaf " * 400), mail("roll", "<2@carl.example>"))

    def stop_within(said):
        end = said.find(b"loaf loaf")
        if end < 0:
            return said
        between.to_client = lambda _: b""
        return said[: end + 20]

    async with (
        middleman(dovecot, to_client=stop_within) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"FETCH", times=2)
        await until(lambda: between.connections > 1)
        between.to_client = bytes

        found = await kept.holds(2)

    assert sorted(m.raw.count(b"loaf") for m in found) == [0, 400]


async def test_the_door_closes_in_time_though_its_server_fell_silent(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")
        between.to_client = lambda _: b""
        dovecot.deliver(mail())


async def test_a_mark_that_was_interrupted_is_made_up_for(dovecot, kept):
    cuts = iter([None])
    dovecot.deliver(mail())

    async with (
        middleman(dovecot, to_server=lambda said: next(cuts, said) if b"STORE" in said else said) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await until(lambda: rb"\Seen" in flags(dovecot)[0])
        await between.hears(b"IDLE")

        await kept.holds(1)
