"""`orderbot bench core`: how fast orders are taken here, beside the most that SQLite could do on the same disk.

Each round measures the base and all variants in turn, so that a machine that
slows down hits all of them; what is printed are medians over the rounds, and of
the ratios within a round. docs/performance.md says what the figures mean.
"""

import asyncio
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.bench_process import processes
from bot.bench_sending import while_sending
from bot.bench_shop import FIRST_CUSTOMER, BenchShop, Times, percentiles
from bot.doctor import keep_quiet
from bot.mail_rounds import BATCH_MAILS
from core.frozen import frozen
from handlers.orders import MOST_OPEN
from storage.baseline import Baseline, sqlite_version

WARM_UP = 20
"""Orders before anything is measured: templates are compiled, statements prepared, languages read."""


@frozen(slots=False)
class Size:
    """How much is measured: orders of one customer at a time per round, rounds, histories."""

    orders: int = 300
    rounds: int = 5
    customers: int = 100
    """So many write at the same time."""
    finished: tuple[int, ...] = (1_000, 100_000)
    sending_seconds: float = 10.0
    starts: int = 5
    idle_seconds: float = 3.0


@dataclass
class Course:
    """One way of ordering, round by round."""

    rates: list[float] = field(default_factory=list)
    """Orders a second."""
    ratios: list[float] = field(default_factory=list)
    """To the base of the same round."""
    times: Times = field(default_factory=list)

    def note(self, orders: int, seconds: float, base: float, times: Times) -> None:
        self.rates.append(orders / seconds)
        self.ratios.append(orders / seconds / base)
        self.times += times

    def figures(self) -> dict[str, Any]:
        return {
            "orders_s": round(statistics.median(self.rates), 1),
            "ratio": round(statistics.median(self.ratios), 4),
            **percentiles(self.times),
        }


class Station:
    """One shop with its history, and what was measured at it."""

    def __init__(self, shop: BenchShop, base: Baseline, finished: int) -> None:
        self.shop = shop
        self.finished = finished
        self._base = base
        self._chats = FIRST_CUSTOMER * 2
        self.forget()

    def forget(self) -> None:
        """Begin to measure: what was before was the warm-up."""
        self.one_customer, self.many_customers, self.by_chat = Course(), Course(), Course()

    async def one_at_a_time(self, orders: int) -> None:
        """One customer, each mail kept and handled before the next is written."""
        base, took, times = self._base.orders_a_second(orders * 2), 0.0, []
        for place in range(orders):
            mail = self.shop.mail(0)
            began = time.perf_counter()
            times += await self.shop.take(mail)
            took += time.perf_counter() - began
            if place % MOST_OPEN == MOST_OPEN - 1:
                await self.shop.expire_open()
        await self.shop.expire_open()
        self.one_customer.note(orders, took, base, times)

    async def many_at_once(self, orders: int, customers: int) -> None:
        """So many customers write at once: their mails wait when the worker comes."""
        base, took, times, batches = self._base.orders_a_second(orders * 2), 0.0, [], max(1, orders // customers)
        for _ in range(batches):
            mails = [self.shop.mail(customer) for customer in range(1, customers + 1)]
            began = time.perf_counter()
            for first in range(0, len(mails), BATCH_MAILS):
                await self.shop.shared.receive(mails[first : first + BATCH_MAILS])
            times += await self.shop.handle_all()
            took += time.perf_counter() - began
            await self.shop.expire_open()
        self.many_customers.note(batches * customers, took, base, times)

    async def chat_orders(self, orders: int) -> None:
        """Six messages each, every one with a commit of its own."""
        base, took, times = self._base.orders_a_second(orders * 6), 0.0, []
        for _ in range(orders):
            self._chats += 1
            began = time.perf_counter()
            times += await self.shop.chat_order(self._chats)
            took += time.perf_counter() - began
        await self.shop.expire_open()
        self.by_chat.note(orders, took, base, times)

    def figures(self, customers: int) -> Iterator[dict[str, Any]]:
        ways = {
            "one mail, one customer": self.one_customer,
            f"one mail, {customers} customers": self.many_customers,
            "six chat messages": self.by_chat,
        }
        for order, course in ways.items():
            yield {"what": "orders", "order": order, "finished_orders": self.finished, **course.figures()}


async def core(size: Size, folder: Path | None) -> AsyncIterator[dict[str, Any]]:
    """The figures, one after the other as they are known."""
    with tempfile.TemporaryDirectory(prefix="orderbot-bench-", dir=folder) as scratch:
        base = Baseline(Path(scratch) / "base.db")
        stations = [await _station(Path(scratch), base, finished) for finished in size.finished]
        for _ in range(size.rounds):
            await _round(size, stations)
        yield {"what": "base", "orders_s": round(statistics.median(base.rates)), **_conditions(size)}
        for station in stations:
            for figures in station.figures(size.customers):
                yield figures
        yield _growth(stations)
        yield await while_sending(stations[0].shop, size.sending_seconds)
        for station in stations:
            yield {"what": "audit", "finished_orders": station.finished, "findings": await station.shop.findings()}
            await station.shop.close()
        base.close()
        for figures in await processes(Path(scratch), size.starts, size.idle_seconds):
            yield figures


async def _station(scratch: Path, base: Baseline, finished: int) -> Station:
    folder = scratch / f"{finished}-finished"
    folder.mkdir()
    station = Station(await BenchShop.open(folder, finished), base, finished)
    await station.one_at_a_time(WARM_UP)
    await station.chat_orders(2)
    station.forget()
    return station


async def _round(size: Size, stations: Sequence[Station]) -> None:
    for station in stations:
        await station.one_at_a_time(size.orders)
    for station in stations:
        await station.many_at_once(size.orders, size.customers)
    for station in stations:
        await station.chat_orders(max(1, size.orders // 6))


def _conditions(size: Size) -> dict[str, Any]:
    return {
        "synchronous": "FULL",
        "rounds": size.rounds,
        "orders": size.orders,
        "python": platform.python_version(),
        "sqlite": sqlite_version(),
        "cores": os.cpu_count(),
    }


def _growth(stations: Sequence[Station]) -> dict[str, Any]:
    """How the longest history compares with the shortest, round by round."""
    short, long = stations[0], stations[-1]
    rounds = zip(short.one_customer.ratios, long.one_customer.ratios, strict=True)
    kept = statistics.median(later / before for before, later in rounds)
    return {"what": "growth", "from": short.finished, "to": long.finished, "rate_kept": round(kept, 3)}


def main(size: Size, folder: Path | None) -> None:
    """Measure and print."""
    keep_quiet()
    asyncio.run(_print(size, folder))


async def _print(size: Size, folder: Path | None) -> None:
    async for figures in core(size, folder):
        print(json.dumps(figures), flush=True)  # noqa: T201  # the command line speaks here
