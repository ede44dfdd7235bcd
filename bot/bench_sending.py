"""How long handle_next takes while the same loop brings out thirty letters a second."""

import asyncio
import time
from typing import Any

from bot.bench_shop import FIRST_CUSTOMER, BenchShop, Times, percentiles
from bot.clock import SystemClock
from bot.edges import Receipt
from bot.metrics import Metrics
from bot.pacing import Pace, Pacing
from bot.sender import Sender
from core.people import Channel
from storage.letters import Letter

NETWORK_SECONDS = 0.05
ORDERS_A_SECOND = 5
"""By chat, six messages each: more letters than the thirty a second that may leave."""


class Postman:
    """A courier whose network takes its time; counts what arrived."""

    def __init__(self) -> None:
        self.delivered = 0

    async def deliver(self, letter: Letter) -> Receipt:
        await asyncio.sleep(NETWORK_SECONDS)
        self.delivered += 1
        return Receipt(letter.edits or str(letter.id))


async def while_sending(shop: BenchShop, seconds: float) -> dict[str, Any]:
    """Chat orders come in for so many seconds, and their letters leave at Telegram's pace."""
    postman, stop = Postman(), asyncio.Event()
    shared = shop.shared
    sender = Sender(
        shared.store,
        Channel.TELEGRAM,
        postman,
        SystemClock(),
        Metrics(),
        pacing=Pacing(Pace()),
        outbox=shared.outbox,
        inbox=shared.inbox,
    )
    sending = asyncio.create_task(sender.run(stop))
    times = await _take_orders(shop, seconds)
    delivered = postman.delivered
    stop.set()
    await sending
    await shop.expire_open()
    return {"what": "while sending", "messages_sent_s": round(delivered / seconds, 1), **percentiles(times)}


async def _take_orders(shop: BenchShop, seconds: float) -> Times:
    times: Times = []
    began = time.perf_counter()
    for place in range(int(seconds * ORDERS_A_SECOND)):
        times += await shop.chat_order(FIRST_CUSTOMER * 3 + place)
        shop.shared.outbox.ring()
        await asyncio.sleep(max(0.0, began + (place + 1) / ORDERS_A_SECOND - time.perf_counter()))
    return times
