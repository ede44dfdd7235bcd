"""The world around the bot: people with Telegram and mail, a clock that jumps, and what goes wrong there."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.sandbox import talk
from bot.sandbox.bot_api import BOT, BotApi
from bot.sandbox.clock import SandboxClock
from bot.sandbox.diary import Diary, Did, Entry
from bot.sandbox.mail_values import AUTHSERV
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.people import ANNA, PLAYERS, SAM

Restart = Callable[[], Awaitable[None]]
"""Kills the bot as a power cut would, and starts it anew on its database."""

Look = Callable[[int | None], Awaitable[dict[str, Any]]]
"""What the database knows, of the order with this number, or of the newest when None is asked for.

All amounts and quantities are words ready to be read; times are ISO 8601 with zone::

    {"orders": [{"number": 1001, "state": "accepted", "kind": "pickup", "who": "Bea", "total": "19.50 EUR"}],
     "selected": null or {
        "number": 1001, "state": "accepted", "kind": "pickup", "who": "Bea", "channel": "telegram",
        "facts": [{"name": "promised", "value": "19:15"}],
        "lines": [{"quantity": "2", "words": "Margherita, large", "price": "22.00 EUR"}],
        "total": "22.00 EUR",
        "timeline": [{"at": "2026-11-21T18:03:00+00:00", "actor": "Sam", "what": "accepted"}],
        "letters": [{"to": "Bea", "channel": "telegram", "what": "order_accepted", "state": "sent"}],
        "stock": [{"sku": "coke", "accounts": {"shelf": "38", "held": "0", "committed": "1"}}]},
     "depths": [{"name": "inbox", "value": "0 waiting"}]}

`orders` newest first; `facts` and `depths` may hold whatever is worth a line. Keys that are missing are not shown.
"""


class World:
    """The bot runs here with `settings` and `clock`.

    `restart` and `look` are set by whoever runs the bot; until then the page says that no bot runs.
    """

    def __init__(self, clock: SandboxClock, *, shop: str = "Trattoria", zone: str = "UTC") -> None:
        self.clock = clock
        self.shop = shop
        self.zone = zone
        self.diary = Diary()
        self.telegram = BotApi(self.clock, self.diary, bot=replace(BOT, first_name=shop))
        self.mailbox = Mailbox(self.clock, self.diary, zone)
        self.restart: Restart | None = None
        self.look: Look | None = None
        self._first_staff_chat = self._settle()

    def _settle(self) -> int:
        """Everybody has a Telegram account; Anna, Sam and the bot, as an admin, are in the staff group."""
        state = self.telegram.state
        for player in PLAYERS:
            state.add_user(player.user)
        members = {ANNA.user: "creator", SAM.user: "member", state.bot: "administrator"}
        return state.add_group(f"{self.shop} · staff", members).id

    @property
    def staff_chat(self) -> int:
        """The staff group's id: another one after it has become a supergroup."""
        return self.telegram.state.living(self._first_staff_chat).id

    def settings(self) -> dict[str, str]:
        """All of the bot's settings but those of its shop file and its database."""
        box = self.mailbox
        return {
            "ORDERBOT_TELEGRAM_TOKEN": self.telegram.token,
            "ORDERBOT_TELEGRAM_API": self.telegram.address,
            "ORDERBOT_TELEGRAM_FILES": f"{self.telegram.address}/file",
            "ORDERBOT_STAFF_CHAT": str(self.staff_chat),
            "ORDERBOT_OWNERS": str(ANNA.user.id),
            "ORDERBOT_STAFF": str(SAM.user.id),
            "ORDERBOT_IMAP_HOST": box.host,
            "ORDERBOT_IMAP_PORT": str(box.imap.port),
            "ORDERBOT_IMAP_TLS": "none",
            "ORDERBOT_IMAP_USER": box.user,
            "ORDERBOT_IMAP_PASSWORD": box.password,
            "ORDERBOT_SMTP_HOST": box.host,
            "ORDERBOT_SMTP_PORT": str(box.smtp.port),
            "ORDERBOT_SMTP_TLS": "none",
            "ORDERBOT_SMTP_USER": box.user,
            "ORDERBOT_SMTP_PASSWORD": box.password,
            "ORDERBOT_MAIL_FROM": box.address,
            "ORDERBOT_MAIL_AUTHSERV": AUTHSERV,
        }

    async def open(self) -> None:
        """Start all servers; from here on the bot can run."""
        await self.telegram.start()
        await self.mailbox.start()

    async def close(self) -> None:
        await self.telegram.stop()
        await self.mailbox.stop()

    def jump(self, seconds: int) -> None:
        """The clock moves on, for everybody at once."""
        self.clock.jump(seconds)
        self.diary.note(Entry(Did.LATER, _later(seconds)))

    def talk(self) -> str:
        """This session as a talk."""
        names: dict[int | str, str] = {}
        for player in PLAYERS:
            name = "staff" if player == SAM else player.user.first_name.lower()
            names |= {player.user.id: name, player.address: name}
        names |= dict.fromkeys((self._first_staff_chat, self.staff_chat), "staff")
        return talk.written(self.diary.entries, names)


def _later(seconds: int) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, rest = divmod(seconds, length)
        if count and not rest:
            return f"later {count} {unit}{'s' if count > 1 else ''}"
    return f"later {seconds} seconds"
