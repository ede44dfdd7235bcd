"""The bench at its smallest: what it prints. How fast anything is stands nowhere here."""

import asyncio
import json

import pytest

from bot.bench import Size, core
from bot.bench_shop import percentiles

TINY = Size(orders=6, rounds=1, customers=3, finished=(1, 4), sending_seconds=0.4, starts=1, idle_seconds=0.0)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A tiny run's objects, by what they are about."""

    async def run():
        return [json.dumps(figures) async for figures in core(TINY, tmp_path_factory.mktemp("bench"))]

    return [json.loads(line) for line in asyncio.run(run())]


def about(printed, what):
    return [figures for figures in printed if figures["what"] == what]


def test_each_way_of_ordering_stands_beside_the_base_for_each_history(printed):
    (base,) = about(printed, "base")
    orders = about(printed, "orders")

    assert base["synchronous"] == "FULL"
    assert [(figures["order"], figures["finished_orders"]) for figures in orders] == [
        (order, finished)
        for finished in TINY.finished
        for order in ("one mail, one customer", "one mail, 3 customers", "six chat messages")
    ]
    assert {"orders_s", "ratio", "handle_next_p50_ms", "handle_next_p99_ms"} <= orders[0].keys()


def test_growth_sending_start_and_memory_are_measured(printed):
    assert about(printed, "growth")[0]["to"] == 4
    assert about(printed, "while sending")[0]["messages_sent_s"] > 0
    assert about(printed, "start")[0].keys() == {"what", "ready_s", "first_ready_s"}
    assert about(printed, "idle")[0]["resident_mb"] > 0


def test_the_books_that_were_measured_are_in_order(printed):
    assert [figures["findings"] for figures in about(printed, "audit")] == [0, 0]


def test_the_99th_percentile_is_what_only_one_call_in_a_hundred_exceeds():
    times = [each / 1000 for each in range(1, 101)]

    assert percentiles(times) == {"handle_next_p50_ms": 51.0, "handle_next_p99_ms": 100.0}
