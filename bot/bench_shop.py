"""A shop to be measured: the example shop, open, well stocked, on a database of its own with a long history.

Messages come in raw, as the doors keep them, and go through the very functions of a running bot.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.demo import example_shop, open_hours
from bot.mail_copies import raw_mail
from bot.settings import Settings, load_settings
from bot.telegram_keys import raw_message
from bot.wiring import Account, Shared, open_shared
from bot.worker import MOST_TOGETHER
from core.documents import Bucket, Move, Order
from core.people import Channel
from handlers.buttons import data
from handlers.dispatch import Handled, handle_next, take_in
from handlers.orders import MOST_OPEN
from storage.audit import audit
from storage.inbox import MailPlace, RawMessage
from storage.letters import Letter
from storage.many_orders import copy_first_order
from storage.shop_file import load_shop


class StandingClock:
    """Says the same instant all day: what is measured does not depend on when."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


OWNER, STAFF_CHAT = 9001, -5001
ACCOUNT = Account(1, "bench_bot")
FIRST_CUSTOMER = 50_000
PLENTY = 10**9

ORDER_BY_MAIL = (
    "Hello,\n\n"
    "I would like to order {tiramisu} tiramisu, a beer and two bottles of lagrein. I will pick it up.\n\n"
    "Thank you\nCarl\n"
)
"""Goods, kind and so all that is needed: placed at once. Three counted articles, as the base has.

Not the same as the mails that still wait: that would be told of as perhaps sent twice.
"""

CHAT_WORDS = ("/start", "2 tiramisu and a coke", "and a beer", "no coke")
"""The first four of a chat order's six messages; then come a tap on Place order and one on Pickup."""


class WentWrong(Exception):
    """What should have been measured did not happen."""


Times = list[float]
"""How long each call of handle_next, or of take_in, took, seconds."""


class BenchShop:
    """Orders in, letters out; `now` stands still."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self._number = 0

    @classmethod
    async def open(cls, folder: Path, finished: int) -> "BenchShop":
        """A new shop in `folder` with so many finished orders in its books."""
        path = example_shop()
        settings = load_settings(
            {
                "ORDERBOT_SHOP": str(path),
                "ORDERBOT_DATABASE": f"sqlite:///{folder / 'orderbot.db'}",
                "ORDERBOT_TELEGRAM_TOKEN": "1:bench",
                "ORDERBOT_OWNERS": str(OWNER),
                "ORDERBOT_STAFF_CHAT": str(STAFF_CHAT),
                "ORDERBOT_MAIL_FROM": "shop@orders.example",
            }
        )
        clock = StandingClock(open_hours(load_shop(path), datetime.now(UTC)))
        shop = cls(await _opened(settings, clock))
        await shop._stock_up()
        if finished:
            await shop._finish_one()
            await copy_first_order(shop.shared.store, finished - 1)
        # Closed and opened again, so that the history is in the file and not in its log.
        await shop.close()
        shop.shared = await _opened(settings, clock)
        return shop

    async def close(self) -> None:
        await self.shared.store.close()

    @property
    def now(self) -> datetime:
        return self.shared.clock.now()

    async def _stock_up(self) -> None:
        counted = [product.sku for product in self.shared.house.shop.menu.products if product.stock is not None]
        moves = [Move(sku, PLENTY, Bucket.SUPPLIER, Bucket.SHELF, "restock") for sku in counted]
        async with self.shared.store.transaction() as tx:
            await tx.stock.post(moves, at=self.now)

    async def _finish_one(self) -> None:
        """An order by chat from the first word to handed over, its letters brought out."""
        await self.chat_order(FIRST_CUSTOMER)
        for verb, rest in (("acc", "15"), ("rdy", ""), ("hand", "")):
            async with self.shared.store.transaction() as tx:
                (order,) = await tx.orders.open_orders()
            await self._tap(OWNER, STAFF_CHAT, data(verb, order, rest))
        await self.expire_open()
        await self.send_all()

    async def send_all(self) -> None:
        """Everything that waits in the outbox has arrived."""
        while True:
            async with self.shared.store.transaction() as tx:
                claimed: Sequence[Letter] = ()
                for channel in (Channel.TELEGRAM, Channel.MAIL):
                    claimed = (*claimed, *await tx.outbox.claim(channel, self.now, 100, lambda _: True))
                for letter in claimed:
                    await tx.outbox.sent(letter, letter.edits or str(letter.id), self.now)
            if not claimed:
                return

    async def take(self, message: RawMessage) -> Times:
        """One message that came alone, kept and handled as a worker does it. Raises as handle_once."""
        began = time.perf_counter()
        handled = await take_in(self.shared.store, self.shared.house, [message], self.now, MOST_TOGETHER)
        seconds = time.perf_counter() - began
        _check(handled)
        return [seconds]

    async def handle_once(self, now: datetime | None = None) -> Times:
        """One call of handle_next, as a worker makes it.

        Raises WentWrong where a message fails or is refused, or nothing waits.
        """
        began = time.perf_counter()
        handled = await handle_next(self.shared.store, self.shared.house, now or self.now, MOST_TOGETHER)
        seconds = time.perf_counter() - began
        _check(handled)
        return [seconds]

    async def handle_all(self, now: datetime | None = None) -> Times:
        """Handle what waits, as a worker does: so many together as it takes."""
        times: Times = []
        async with self.shared.store.reading() as tx:
            waiting, _, _ = await tx.inbox.depth()
        for _ in range(0, waiting, MOST_TOGETHER):
            times += await self.handle_once(now)
        return times

    def mail(self, customer: int) -> RawMessage:
        """A new mail that orders."""
        self._number += 1
        written = EmailMessage()
        written["From"] = f"Carl <carl{customer}@customers.example>"
        written["To"] = "shop@orders.example"
        written["Subject"] = "Order"
        written["Message-ID"] = f"<{self._number}@customers.example>"
        written.set_content(ORDER_BY_MAIL.format(tiramisu=2 + self._number % MOST_OPEN))
        return raw_mail(bytes(written), MailPlace("bench", "INBOX", 1, self._number), self.now)

    async def chat_order(self, customer: int) -> Times:
        """Six messages, each kept and handled before the next."""
        times: Times = []
        for words in CHAT_WORDS:
            times += await self._say(customer, words)
        for verb, rest in (("place", ""), ("pkind", "pickup")):
            times += await self._tap(customer, customer, data(verb, await self._draft(customer), rest))
        return times

    async def _say(self, customer: int, words: str) -> Times:
        person, number = _person(customer), self._next()
        chat = {"id": customer, "type": "private"}
        said = {"message_id": number, "from": person, "chat": chat, "date": 0, "text": words}
        return await self._update({"update_id": number, "message": said})

    async def _tap(self, person: int, chat: int, data: str) -> Times:
        number = self._next()
        message = {"message_id": 1, "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"}}
        tap = {"id": str(number), "from": _person(person), "message": message, "data": data}
        return await self._update({"update_id": number, "callback_query": tap})

    async def _update(self, update: dict[str, Any]) -> Times:
        times = await self.take(raw_message(json.loads(json.dumps(update)), self.now))
        # Other loops of the process get their turn after each message, as a worker gives it to them.
        await asyncio.sleep(0)
        return times

    async def _draft(self, customer: int) -> Order:
        async with self.shared.store.transaction() as tx:
            contact = await tx.customers.at(Channel.TELEGRAM, str(self.shared.account.id), str(customer))
            draft = await tx.orders.draft_of(contact.id) if contact else None
        if draft is None:
            message = "the chat's words made no draft"
            raise WentWrong(message)
        return draft

    def _next(self) -> int:
        self._number += 1
        return self._number

    async def expire_open(self) -> None:
        """Nobody answers the orders that wait, and their time is over: a customer may have only a few of them."""
        later = self.now + timedelta(days=1)
        while await self._tick(later):
            await self.handle_all(later)

    async def _tick(self, now: datetime) -> int:
        """The timers that are due go into the inbox; returns how many."""
        async with self.shared.store.transaction() as tx:
            due = await tx.timers.take_due(now)
            await tx.inbox.add_ticks(due, now)
        return len(due)

    async def findings(self) -> int:
        """How many contradictions the books have."""
        async with self.shared.store.reading() as tx:
            return len(await audit(tx))


async def _opened(settings: Settings, clock: Clock) -> Shared:
    shared = await open_shared(settings, clock)
    await shared.know(ACCOUNT)
    return shared


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Bea", "language_code": "en"}


def _check(handled: Sequence[Handled]) -> None:
    if not handled:
        raise WentWrong("nothing waits")
    for one in handled:
        if one.error is not None:
            raise WentWrong(one.rule) from one.error
        if one.rule.startswith(("refused", "braked", "confirm")):
            raise WentWrong(one.rule)


def percentiles(times: Times) -> dict[str, float]:
    """Of handle_next, or of take_in, milliseconds."""
    ranked = sorted(times)
    return {
        "handle_next_p50_ms": round(ranked[len(ranked) // 2] * 1000, 3),
        "handle_next_p99_ms": round(ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))] * 1000, 3),
    }
