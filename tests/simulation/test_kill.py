"""Thirty times kill -9 while three hundred customers order: none lost or doubled, all answered, the books in order."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import SystemClock
from bot.sandbox.bot_api import BotApi
from bot.sandbox.faults import Fault
from bot.sandbox.telegram_values import User
from storage.audit import audit
from storage.store import Store
from storage.tables import inbox, letters, orders

CUSTOMERS = 300
KILLS = 30
SEED = 20_261_120

SHOP = """
shop: {name: Corner, currency: EUR, timezone: Europe/Rome, languages: [en]}
catalogue:
  - {sku: margherita, name: Margherita, price: "8.50", stock: 1000}
  - {sku: coke, name: Coke, price: "2.50", stock: 1000}
"""


class BotProcess:
    """`orderbot run` in a process of its own, on a database file that outlives it."""

    def __init__(self, folder: Path, api: BotApi, port: int) -> None:
        (folder / "shop.yaml").write_text(SHOP)
        self._log = folder / "bot.log"
        self.database = f"sqlite:///{folder}/orderbot.db"
        self._folder = folder
        self._env = {
            "PATH": os.environ["PATH"],
            "ORDERBOT_SHOP": str(folder / "shop.yaml"),
            "ORDERBOT_DATABASE": self.database,
            "ORDERBOT_TELEGRAM_TOKEN": api.token,
            "ORDERBOT_TELEGRAM_API": api.address,
            "ORDERBOT_TELEGRAM_FILES": f"{api.address}/file",
            "ORDERBOT_TELEGRAM_PER_SECOND": "1000",
            "ORDERBOT_TELEGRAM_PER_CHAT_SECOND": "1000",
            "ORDERBOT_TELEGRAM_PER_GROUP_MINUTE": "100000",
            "ORDERBOT_LISTEN": f"127.0.0.1:{port}",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns when the bot says that it is ready."""
        # "python -c" and not the script: the tests run from a checkout as well as from an installed package.
        command = (sys.executable, "-c", "from bot.cli import main; main()", "run")
        out = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *command, env=self._env, cwd=self._folder, stdout=out, stderr=asyncio.subprocess.STDOUT
        )
        said = asyncio.Event()
        self._reading = asyncio.create_task(self._read(said))
        async with asyncio.timeout(60):
            await said.wait()
        assert self._process.returncode is None, self._log.read_text()[-2000:]

    async def _read(self, said: asyncio.Event) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._log.open("ab") as log:
            async for line in self._process.stdout:
                log.write(line)
                if b'"ready"' in line:
                    said.set()
        said.set()

    async def end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        code = await self._process.wait()
        await self._reading
        return code


class Customer:
    """Writes one order, taps Place order once it is offered, and is content when a number comes."""

    def __init__(self, number: int, api: BotApi) -> None:
        self.user = User(7_000_000 + number, f"Customer {number}", language_code="en")
        self._api = api
        self._has_written = self._has_tapped = False
        api.state.add_user(self.user)

    def step(self) -> bool:
        """Do what is next; True when the order's number has come."""
        if not self._has_written:
            self._api.people.say(self.user, "2 margherita and a coke")
            self._has_written = True
            return False
        for message in reversed(list(self._api.state.messages(self.user.id))):
            if message.text and "#1" in message.text:
                return True
            if not self._has_tapped and message.sender.is_bot and _offers(message, "Place order"):
                self._api.people.tap(self.user, message.id, "Place order")
                self._has_tapped = True
                return False
        return False


def _offers(message: object, label: str) -> bool:
    markup = getattr(message, "markup", None) or {}
    return any(button["text"] == label for row in markup.get("inline_keyboard", ()) for button in row)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi(SystemClock())
    server.faults.dice = random.Random(SEED)
    await server.start()
    yield server
    await server.stop()


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_kill_nine_loses_and_doubles_no_order(api: BotApi, tmp_path: Path, free_port: int) -> None:
    dice = random.Random(SEED)
    bot = BotProcess(tmp_path, api, free_port)
    customers = [Customer(number, api) for number in range(CUSTOMERS)]
    api.faults.chances.update({Fault.CUT: 0.02, Fault.LOST_ANSWER: 0.02, Fault.ERROR: 0.02})
    waiting = set(range(CUSTOMERS))
    for kill in range(KILLS):
        newcomers = (kill + 1) * CUSTOMERS // KILLS
        await bot.start()
        await _live(customers, waiting, newcomers, seconds=dice.uniform(0.05, 1.0))
        await bot.end(signal.SIGKILL)
    api.faults.clear()
    await bot.start()
    await _live(customers, waiting, CUSTOMERS, seconds=240)
    assert not waiting, f"{len(waiting)} customers never heard of their order"
    assert await bot.end(signal.SIGTERM) == 0
    await _assert_books(bot.database, customers)


async def _live(customers: list[Customer], waiting: set[int], newcomers: int, seconds: float) -> None:
    """Customers do what people do for so long, or until all are content."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end and waiting:
        for number in sorted(waiting):
            if number < newcomers and customers[number].step():
                waiting.discard(number)
        await asyncio.sleep(0.01)


async def _assert_books(database: str, customers: list[Customer]) -> None:
    store = Store(database)
    async with store.transaction() as tx:
        await tx.articles.learn(tx.connection, ())
        placed = select(orders.c.contact_id).where(orders.c.number.is_not(None))
        per_customer = Counter((await tx.connection.execute(placed)).scalars())
        states = Counter((await tx.connection.execute(select(inbox.c.state))).scalars())
        left = Counter((await tx.connection.execute(select(letters.c.state))).scalars())
        shelf = {sku: await tx.stock.balance(sku, "shelf") for sku in ("margherita", "coke")}
        findings = await audit(tx)
    await store.close()
    assert len(per_customer) == len(customers)
    assert set(per_customer.values()) == {1}
    assert set(states) == {"handled"}
    assert not {"claimed", "failed"} & set(left), left
    assert shelf == {"margherita": 1000 - 2 * CUSTOMERS, "coke": 1000 - CUSTOMERS}
    assert findings == ()
