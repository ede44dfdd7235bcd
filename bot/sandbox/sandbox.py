"""The whole sandbox: the world around the bot and the page to play it on, started and stopped together."""

from datetime import datetime

from bot.sandbox.clock import SandboxClock
from bot.sandbox.http_server import HttpServer
from bot.sandbox.page import page_app
from bot.sandbox.world import Look, Restart, World


class Sandbox(World):
    """A world with its page at `page_address`."""

    def __init__(self, clock: SandboxClock, page_port: int, *, shop: str, zone: str) -> None:
        super().__init__(clock, shop=shop, zone=zone)
        self._page = HttpServer(page_app(self), page_port)

    @property
    def page_address(self) -> str:
        return f"http://127.0.0.1:{self._page.port}"

    @classmethod
    async def start(
        cls,
        page_port: int = 8765,
        *,
        start: datetime | None = None,
        shop: str = "Trattoria",
        zone: str = "UTC",
        restart: Restart | None = None,
        look: Look | None = None,
    ) -> "Sandbox":
        """A running sandbox on `page_port` (0: a free one), its clock at `start`, the page's times in `zone`.

        OSError when the page's port is taken; `restart` and `look` can be set later, too.
        """
        sandbox = cls(SandboxClock(start), page_port, shop=shop, zone=zone)
        sandbox.restart, sandbox.look = restart, look
        await sandbox._page.start()
        await sandbox.open()
        return sandbox

    async def stop(self) -> None:
        await self._page.stop()
        await self.close()
