import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

import pytest
from starlette.responses import JSONResponse, Response

from bot.sandbox.faults import Fault
from bot.telegram import BadToken
from bot.telegram_door import LONGEST_PAUSE_SECONDS, TelegramDoor
from core.people import Channel
from storage.inbox import RawMessage
from tests.bot.conftest import ANNA, BEA, NOON, client_of, client_of_server


class Inbox:
    """Keeps what is received; the first `fails` times the disk is full."""

    def __init__(self, telegram, fails=0):
        self.batches: asyncio.Queue[list[RawMessage]] = asyncio.Queue()
        self.waiting_at_telegram = []
        self._telegram = telegram
        self._fails = fails

    async def receive(self, batch):
        self.waiting_at_telegram.append(len(self._telegram.state.updates))
        if self._fails:
            self._fails -= 1
            raise OSError("no space left on device")
        self.batches.put_nowait(batch)

    async def next(self):
        return [json.loads(one.raw) for one in await self.batches.get()]


class World:
    """A door with what it does to its surroundings."""

    def __init__(self, telegram, client, fails=0):
        self.inbox = Inbox(telegram, fails)
        self.alarms: asyncio.Queue[str] = asyncio.Queue()
        self.pauses: list[float] = []
        self.paused = asyncio.Event()
        self.door = TelegramDoor(client, self.inbox.receive, telegram.state.clock, self.alarms.put, self._pause)

    async def _pause(self, seconds):
        self.pauses.append(seconds)
        assert len(self.pauses) < 500, "the door runs in circles"
        self.paused.set()
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def running(door) -> AsyncIterator[None]:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(door.run(stop))
        try:
            yield
        finally:
            stop.set()


def texts(batch):
    return [update["message"]["text"] for update in batch]


async def test_updates_are_confirmed_only_after_they_were_kept(telegram, client):
    world = World(telegram, client)
    telegram.people.say(BEA, "two margheritas")
    telegram.people.say(BEA, "and a coke")

    async with running(world.door):
        assert texts(await world.inbox.next()) == ["two margheritas", "and a coke"]
        telegram.people.say(BEA, "thanks")
        assert texts(await world.inbox.next()) == ["thanks"]

    assert world.inbox.waiting_at_telegram == [2, 1]


async def test_what_could_not_be_kept_comes_again(telegram, client):
    world = World(telegram, client, fails=2)
    telegram.people.say(BEA, "two margheritas")

    async with running(world.door):
        assert texts(await world.inbox.next()) == ["two margheritas"]

    assert world.inbox.waiting_at_telegram == [1, 1, 1]
    assert len(world.pauses) == 2


async def test_a_new_door_receives_again_what_the_last_one_did_not_confirm(telegram, client):
    said = telegram.people.say(BEA, "two margheritas")

    async def keys_until_the_end():
        stop = asyncio.Event()
        keys: list[str] = []

        async def receive(batch):
            keys.extend(one.key for one in batch)
            stop.set()

        await TelegramDoor(client, receive, telegram.state.clock, World(telegram, client).alarms.put).run(stop)
        return keys

    assert await keys_until_the_end() == await keys_until_the_end() == [f"message:{BEA.id}:{said.id}"]


async def test_a_raw_message_says_when_it_came_and_whose_turn_it_keeps(telegram, client):
    world = World(telegram, client)
    said = telegram.people.say(BEA, "hello")

    async with running(world.door):
        (raw,) = await world.inbox.batches.get()

    assert (raw.channel, raw.received) == (Channel.TELEGRAM, NOON)
    assert (raw.key, raw.lane) == (f"message:{BEA.id}:{said.id}", f"telegram:{BEA.id}:{BEA.id}")
    assert world.door.answered == NOON


async def test_a_tap_that_is_sent_twice_is_the_same_both_times(telegram, client):
    world = World(telegram, client)
    card = await client.call("sendMessage", {"chat_id": BEA.id, "text": "Total 17.00"})
    this = {"chat_id": BEA.id, "message_id": card["message_id"]}
    async with running(world.door):
        telegram.people.tap_data(BEA, card["message_id"], "place:1:1")
        (first,) = await world.inbox.batches.get()
        await client.call("editMessageText", this | {"text": "Thank you"})
        telegram.people.resend_last_tap()
        (again,) = await world.inbox.batches.get()

    assert again == first


async def test_kinds_that_must_be_named_are_asked_for(telegram, client, group):
    world = World(telegram, client)
    async with running(world.door):
        telegram.people.say(BEA, "hello")
        await world.inbox.next()
        telegram.people.leave(ANNA, group.id)
        (first, *_) = await world.inbox.next()

    assert first["chat_member"]["new_chat_member"]["status"] == "left"


async def test_an_update_that_nobody_can_read_is_kept_and_the_next_one_follows(telegram, client):
    world = World(telegram, client)
    telegram.state.updates.wants = lambda _: True
    telegram.state.updates.add("message", "no object at all")
    telegram.people.say(BEA, "hello")

    async with running(world.door):
        first, second = await world.inbox.next()

    assert first["message"] == "no object at all"
    assert second["message"]["text"] == "hello"


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.LOST_ANSWER, Fault.ERROR])
async def test_a_poll_that_fails_is_made_again_after_longer_and_longer_pauses(telegram, client, fault):
    world = World(telegram, client)
    telegram.people.say(BEA, "hello")
    telegram.faults.plan(fault, calls=8, method="getUpdates")

    async with running(world.door):
        assert texts(await world.inbox.next()) == ["hello"]

    for pause, longest in zip(world.pauses, [1, 2, 4, 8, 16, 30, 30, 30], strict=True):
        assert longest / 2 <= pause <= longest <= LONGEST_PAUSE_SECONDS


async def test_numbers_that_begin_anew_are_followed(telegram):
    offsets: asyncio.Queue[str] = asyncio.Queue()
    numbers = [900, 5]

    async def answer(request):
        offsets.put_nowait(dict(parse_qsl((await request.body()).decode()))["offset"])
        return JSONResponse({"ok": True, "result": [{"update_id": numbers.pop(0)}] if numbers else []})

    async with client_of_server(answer) as client, running(World(telegram, client).door):
        assert [await offsets.get() for _ in range(3)] == ["0", "901", "6"]


async def test_after_a_success_the_pauses_are_short_again(telegram, client):
    world = World(telegram, client)
    async with running(world.door):
        for _ in range(4):
            telegram.faults.plan(Fault.ERROR, calls=2, method="getUpdates")
            telegram.people.say(BEA, "hello")
            await world.inbox.next()

    assert all(pause <= 2 for pause in world.pauses)
    assert len(world.pauses) >= 6


async def test_telegram_says_how_long_to_wait(telegram):
    flood = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 40}}
    answers = [JSONResponse(flood, 429), JSONResponse({"ok": True, "result": [{"update_id": 1}]})]

    async def answer(_):
        return answers.pop(0) if answers else JSONResponse({"ok": True, "result": []})

    async with client_of_server(answer) as client:
        world = World(telegram, client)
        async with running(world.door):
            await world.inbox.next()

    assert world.pauses == [40]


async def test_an_outage_is_waited_out(telegram, client):
    world = World(telegram, client)
    await telegram.stop()
    async with running(world.door):
        await world.paused.wait()
        await telegram.start()
        telegram.people.say(BEA, "hello")
        assert texts(await world.inbox.next()) == ["hello"]


async def test_a_second_poller_is_an_alarm_and_not_the_end(telegram, client):
    world = World(telegram, client)
    async with client_of(telegram) as other:
        rival = World(telegram, other)
        async with running(world.door), running(rival.door):
            assert await world.alarms.get() == "second_poller"

        async with running(world.door):
            telegram.people.say(BEA, "hello")
            assert texts(await world.inbox.next()) == ["hello"]

    assert world.alarms.empty()


async def test_a_webhook_of_old_is_removed_where_the_bot_is_to_poll(telegram, client):
    world = World(telegram, client)
    telegram.state.webhook = "https://bea.example/telegram"
    telegram.people.say(BEA, "hello")

    async with running(world.door):
        assert texts(await world.inbox.next()) == ["hello"]

    assert telegram.state.webhook == ""
    assert world.alarms.empty()


@pytest.mark.parametrize("token", ["7:wrong", "no token at all"])
async def test_a_wrong_token_ends_the_door_and_says_what_to_do(telegram, token):
    async with client_of(telegram, token) as client:
        with pytest.raises(BadToken, match="ORDERBOT_TELEGRAM_TOKEN"):
            await World(telegram, client).door.run(asyncio.Event())


async def test_a_poll_under_way_does_not_hold_up_the_end(telegram, client, monkeypatch):
    stop, polled = asyncio.Event(), asyncio.Event()

    def take(*_):
        polled.set()
        return []

    monkeypatch.setattr(telegram.state.updates, "take", take)
    running_door = asyncio.create_task(World(telegram, client).door.run(stop))
    await polled.wait()

    stop.set()

    # Without the end the server would answer after 50 seconds.
    await asyncio.wait_for(running_door, 25)


ODD = [
    b"<html>502</html>", b"[]", b"{}", b'{"ok": true, "result": null}', b'{"ok": true, "result": {"a": 1}}',
    b'{"ok": true, "result": [7, {"update_id": "x"}]}', b"\xff\xfe", b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("status", [200, 400, 404, 429, 502])
async def test_answers_that_are_no_answers_are_survived(telegram, status):
    good = [{"update_id": 7, "message": {"text": "hello"}}]
    answers = [(b'{"ok": true, "result": []}', 200), *((body, status) for body in ODD)]

    async def answer(_):
        body, code = answers.pop(0) if answers else (json.dumps({"ok": True, "result": good}).encode(), 200)
        return Response(body, code)

    async with client_of_server(answer) as client:
        world = World(telegram, client)
        async with running(world.door):
            assert texts(await world.inbox.next()) == ["hello"]

    assert len(world.pauses) == len(ODD)
