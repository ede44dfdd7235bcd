"""The sandbox with the bot in it: the same bot as in production, on a world of its own in this process."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from errno import EADDRINUSE
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from rich.console import Console

from bot import logs
from bot.sandbox.sandbox import Sandbox
from bot.serve import serve
from bot.settings import Settings, load_settings
from core.shop import Shop
from storage.glance import glance
from storage.shop_file import load_shop
from storage.store import Store

INTO_THE_DAY = timedelta(minutes=45)
"""So long after the next opening the sandbox's clock begins, when the example shop is closed now."""

LAST_PORT = 65535

log = structlog.get_logger()


def example_shop() -> Path:
    """The example shop's file, in the checkout that `make install` works from."""
    return Path(__file__).parent.parent / "examples" / "trattoria.yaml"


def open_hours(shop: Shop, now: datetime) -> datetime:
    """Now, or some time after the next opening: nobody wants to try a closed shop."""
    closes = shop.hours.closes(now)
    if shop.hours.is_open(now) and (closes is None or closes - now > INTO_THE_DAY):
        return now
    opens = shop.hours.next_opening(now if not shop.hours.is_open(now) else closes or now)
    return opens + INTO_THE_DAY if opens else now


class PortTaken(Exception):
    """The page's port cannot be opened; another one can."""

    def __init__(self, port: int, error: OSError) -> None:
        why = "is in use" if error.errno == EADDRINUSE else f"cannot be opened ({os.strerror(error.errno or 0)})"
        another = port + 1 if port < LAST_PORT else 0
        super().__init__(
            f"port {port} {why}: `{sys.argv[0]} demo --port {another}` takes another, --port 0 any free one"
        )


class Demo:
    """A sandbox and its bot; `kill` drops the bot as a power cut would."""

    def __init__(self, sandbox: Sandbox, shop: Path, folder: Path) -> None:
        self.sandbox = sandbox
        self.settings = sandbox_settings(sandbox, shop, folder)
        self._bot: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._readers = Store(self.settings.database)

    @classmethod
    async def start(
        cls, folder: Path, *, port: int = 8765, shop: Path | None = None, now: datetime | None = None
    ) -> "Demo":
        """A running sandbox with a running bot; its database is in `folder`. Raises PortTaken."""
        path = shop or example_shop()
        loaded = load_shop(path)
        try:
            sandbox = await Sandbox.start(
                page_port=port,
                start=now or open_hours(loaded, datetime.now(UTC)),
                shop=loaded.name,
                zone=loaded.timezone,
            )
        except OSError as error:
            raise PortTaken(port, error) from error
        demo = cls(sandbox, path, folder)
        demo.run_bot()
        sandbox.restart, sandbox.look = demo.restart, demo.look
        return demo

    def run_bot(self) -> None:
        """Start the bot on its database."""
        self._stop = asyncio.Event()
        self._bot = asyncio.create_task(serve(self.settings, self.sandbox.clock, self._stop, web=False))
        self._bot.add_done_callback(_tell)

    async def kill(self) -> None:
        """Abandon the bot's tasks where they stand: what is not on disk is gone."""
        if self._bot is not None:
            self._bot.cancel()
            await asyncio.gather(self._bot, return_exceptions=True)
            self._bot = None

    async def restart(self) -> None:
        """Kill and start anew."""
        await self.kill()
        self.run_bot()

    async def look(self, number: int | None) -> dict[str, Any]:
        """What the database knows."""
        async with self._readers.reading() as tx:
            await tx.articles.learn(tx.connection, ())
            return await glance(tx, number, ZoneInfo(self.sandbox.zone))

    async def stop(self) -> None:
        """The bot stops in order, then its world."""
        self._stop.set()
        if self._bot is not None:
            await asyncio.gather(self._bot, return_exceptions=True)
        await self._readers.close()
        await self.sandbox.stop()


def _tell(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        log.error("bot_ended", exc_info=fault)


def sandbox_settings(sandbox: Sandbox, shop: Path, folder: Path) -> Settings:
    """The settings that a bot in this world needs: the same names as in production, at a pace for one person."""
    return load_settings(
        {
            **sandbox.settings(),
            "ORDERBOT_SHOP": str(shop),
            "ORDERBOT_DATABASE": f"sqlite:///{folder / 'orderbot.db'}",
            "ORDERBOT_TELEGRAM_PER_CHAT_SECOND": "20",
            "ORDERBOT_TELEGRAM_PER_GROUP_MINUTE": "600",
        }
    )


def run(port: int) -> None:
    """Open the sandbox until Ctrl-C. Raises PortTaken."""
    logs.configure(())
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_play(port))


async def _play(port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory(prefix="orderbot-") as folder:
        demo = await Demo.start(Path(folder), port=port)
        Console().print(f"\n  The sandbox is open: [bold]{demo.sandbox.page_address}[/bold]   (Ctrl-C ends it)\n")
        await stop.wait()
        await demo.stop()
