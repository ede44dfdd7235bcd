import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.sandbox.clock import SandboxClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def test_a_jump_moves_the_time_and_wakes_who_slept_until_then():
    clock = SandboxClock(NOON, flows=False)
    sleeper = asyncio.create_task(clock.sleep(600))
    await asyncio.sleep(0)

    clock.jump(600)
    await sleeper

    assert clock.now() == NOON + timedelta(minutes=10)


async def test_a_short_jump_leaves_the_sleeper_asleep():
    clock = SandboxClock(NOON, flows=False)
    sleeper = asyncio.create_task(clock.sleep(600))
    await asyncio.sleep(0)

    clock.jump(599)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert not sleeper.done()
    sleeper.cancel()


async def test_a_flowing_clock_moves_by_itself_and_lets_sleepers_wake():
    clock = SandboxClock(NOON)

    await clock.sleep(0.01)

    assert clock.now() >= NOON + timedelta(seconds=0.01)


def test_no_clock_runs_backwards():
    with pytest.raises(ValueError, match="backwards"):
        SandboxClock(NOON).jump(-1)


async def test_the_systems_clock_tells_aware_utc():
    clock = SystemClock()
    await clock.sleep(0)

    assert clock.now().tzinfo is UTC
