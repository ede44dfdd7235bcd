"""Empties the outbox through one courier: claim, deliver, mark; the network is never inside a transaction."""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.bells import Bell
from bot.clock import Clock
from bot.edges import ChatMoved, Courier, PerhapsDelivered, TryLater, Undeliverable
from bot.metrics import Metrics
from bot.pacing import Pacing
from core.documents import Timer
from core.people import Channel
from storage.letters import Letter
from storage.store import Store, Transaction

AT_ONCE = 8
TRIES = 200
"""At most 60 seconds apart these are hours; then a person has to look."""
LONGEST_PAUSE_SECONDS = 60.0
UNCERTAIN_PAUSE_SECONDS = {Channel.TELEGRAM: 5.0, Channel.MAIL: 600.0}
UNCERTAIN_TRIES = 3
"""A mail of unknown fate goes out under the same Message-ID this often at most."""
CLAIM_SECONDS = 0.05
"""Between looks while letters wait for their pace."""

log = structlog.get_logger()


class Sender:
    """The loop of one channel."""

    def __init__(  # noqa: PLR0913  # what a sender works with
        self,
        store: Store,
        channel: Channel,
        courier: Courier,
        clock: Clock,
        metrics: Metrics,
        *,
        pacing: Pacing,
        outbox: Bell,
        inbox: Bell,
    ) -> None:
        self._store = store
        self._channel = channel
        self._courier = courier
        self._clock = clock
        self._metrics = metrics
        self._pacing = pacing
        self._outbox = outbox
        self._inbox = inbox
        self._under_way: set[asyncio.Task[None]] = set()
        self._digest_asked: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`: letters under way are brought out, the others stay where they are."""
        try:
            while not stop.is_set():
                try:
                    claimed = await self._round()
                except Exception:
                    log.exception("sender_failed", channel=self._channel)
                    await self._outbox.heard(2.0)
                    continue
                if not claimed:
                    await self._outbox.heard()
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """What is on the wire gets a moment to end; after that its fate is unknown, and the next start says so."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=3.0)
            for task in late:
                task.cancel()

    async def _round(self) -> int:
        room = min(AT_ONCE - len(self._under_way), self._pacing.room())
        if room <= 0:
            await asyncio.sleep(CLAIM_SECONDS)
            return 1
        held: list[str] = []

        def may(address: str) -> bool:
            if address.lstrip("-").isdecimal() or self._channel is Channel.MAIL:
                if self._channel is Channel.MAIL or self._pacing.may(address):
                    return True
                held.append(address)
            return False

        async with self._store.transaction() as tx:
            letters = await tx.outbox.claim(self._channel, self._clock.now(), room, may)
            await self._ask_for_digest(tx, held)
        for letter in letters:
            self._pacing.left(letter.address)
            task = asyncio.create_task(self._deliver(letter))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        if held and not letters:
            await self._outbox.heard(CLAIM_SECONDS * 4)
            return 1
        return len(letters)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        # A later letter to the same chat may have waited for this one.
        self._outbox.ring()

    async def _ask_for_digest(self, tx: Transaction, held: list[str]) -> None:
        """More new cards wait for the group than it may get in a minute: the staff gets one list instead."""
        staff = await tx.facts.get("staff_chat") if held else None
        now = self._clock.now()
        if staff is None or staff not in held or (self._digest_asked and now - self._digest_asked < timedelta(minutes=1)):
            return
        if len(await tx.outbox.waiting_new_cards(staff, ("staff_card",))) > self._pacing.pace.per_group_minute:
            self._digest_asked = now
            await self._tick(tx, "digest", "staff")

    async def _deliver(self, letter: Letter) -> None:
        outcome = "failed"
        try:
            outcome = await self._once(letter)
        except Exception:
            log.exception("letter_failed", letter=letter.id, channel=letter.channel)
            await self._later(letter, "our own fault", LONGEST_PAUSE_SECONDS)
        finally:
            self._metrics.sent(letter.channel, outcome)

    async def _once(self, letter: Letter) -> str:
        try:
            receipt = await self._courier.deliver(letter)
        except TryLater as error:
            if error.whole_channel:
                self._pacing.rest(error.seconds or 1.0)
            await self._later(letter, error.why, error.seconds)
            return "later"
        except Undeliverable as error:
            await self._failed(letter, error)
            return "failed"
        except PerhapsDelivered as error:
            return await self._uncertain(letter, error.why)
        except ChatMoved as error:
            await self._moved(letter, error.new_address)
            return "moved"
        async with self._store.transaction() as tx:
            await tx.outbox.sent(letter, receipt.sent_as, self._clock.now(), ", ".join(receipt.warnings))
            for warning in receipt.warnings:
                await self._tick(tx, "alarm", f"{warning}:{letter.id}")
        log.info("letter_sent", letter=letter.id, channel=letter.channel, attempts=letter.attempts + 1)
        return "sent"

    async def _later(self, letter: Letter, why: str, wish_seconds: float | None) -> None:
        """Surely not sent: again after the channel's wish, else 1, 2, 4 … 60 seconds."""
        if letter.attempts + 1 >= TRIES:
            await self._failed(letter, Undeliverable(why))
            return
        seconds = wish_seconds if wish_seconds is not None else min(2.0 ** min(letter.attempts, 6), LONGEST_PAUSE_SECONDS)
        async with self._store.transaction() as tx:
            await tx.outbox.again(letter, self._clock.now() + timedelta(seconds=seconds), why)
        log.warning("letter_waits", letter=letter.id, channel=letter.channel, seconds=round(seconds, 1), why=why[:200])

    async def _uncertain(self, letter: Letter, why: str) -> str:
        """It may have arrived: a reminder is not repeated, anything else goes again and says that it does."""
        async with self._store.transaction() as tx:
            if letter.reminder or (letter.channel is Channel.MAIL and letter.attempts + 1 >= UNCERTAIN_TRIES):
                await tx.outbox.end(letter.id, "abandoned" if letter.reminder else "uncertain", why)
                if not letter.reminder:
                    await self._tick(tx, "alarm", f"uncertain_letter:{letter.id}")
            else:
                pause = timedelta(seconds=UNCERTAIN_PAUSE_SECONDS[letter.channel])
                await tx.outbox.again(letter, self._clock.now() + pause, why, uncertain=True)
        log.warning("letter_uncertain", letter=letter.id, channel=letter.channel, why=why[:200])
        return "uncertain"

    async def _failed(self, letter: Letter, error: Undeliverable) -> None:
        """It will never arrive: the staff hears of it, unless it is the staff that cannot be reached."""
        async with self._store.transaction() as tx:
            await tx.outbox.end(letter.id, "failed", error.why)
            found = await tx.outbox.by_id(letter.id)
            contact = found.contact_id if found else None
            if contact is not None and error.unreachable:
                await self._tick(tx, "unreachable", str(contact))
            elif letter.address != await tx.facts.get("staff_chat"):
                await self._tick(tx, "alarm", f"failed_letter:{letter.id}")
        log.error("letter_undeliverable", letter=letter.id, channel=letter.channel, why=error.why[:200])

    async def _moved(self, letter: Letter, new: str) -> None:
        """The group has another id: bound anew, and this letter goes there."""
        async with self._store.transaction() as tx:
            await tx.outbox.move_chat(letter.address, new)
            await tx.outbox.again(letter, self._clock.now(), "the group moved")
            if await tx.facts.get("staff_chat") == letter.address:
                await tx.facts.put("staff_chat", new)
        log.warning("group_moved", letter=letter.id)

    async def _tick(self, tx: Transaction, job: str, subject: str) -> None:
        now = self._clock.now()
        await tx.inbox.add_ticks((Timer(job, subject, now),), now)
        self._inbox.ring()
