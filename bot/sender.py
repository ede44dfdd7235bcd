"""Empties the outbox through one courier: claim, deliver, mark; the network is never inside a transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.bells import Bell
from bot.clock import Clock
from bot.edges import ChatMoved, Courier, PerhapsDelivered, Receipt, TryLater, Undeliverable
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
LONGEST_UNCERTAIN_SECONDS = 600.0
UNCERTAIN_TRIES = {Channel.TELEGRAM: 8, Channel.MAIL: 3}
"""A letter of unknown fate goes out this often at most (a mail under the same Message-ID); then a person is told."""
WRITE_AGAIN_SECONDS = 1.0
"""Between tries to write down what became of a letter, while the database fails."""
CLAIM_SECONDS = 0.05
"""Between looks while letters wait for their pace."""
LONGEST_LOGGED = 200

log = structlog.get_logger()

Note = Callable[[Transaction], Awaitable[None]]
"""Writes down what became of a letter."""


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
        message_id: Callable[[int], str] | None = None,
    ) -> None:
        self._store = store
        self._channel = channel
        self._courier = courier
        self._clock = clock
        self._metrics = metrics
        self._pacing = pacing
        self._outbox = outbox
        self._inbox = inbox
        self._message_id = message_id
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
            letters = await tx.outbox.claim(self._channel, self._clock.now(), room, may, self._message_id)
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
        asked_just_now = self._digest_asked and now - self._digest_asked < timedelta(minutes=1)
        if staff is None or staff not in held or asked_just_now:
            return
        waiting = {order for _, order in await tx.outbox.waiting_new_cards(staff, ("staff_card",))}
        if len(waiting) > self._pacing.pace.per_group_minute:
            self._digest_asked = now
            await self._tick(tx, "digest", "staff")

    async def _deliver(self, letter: Letter) -> None:
        outcome, note = await self._bring(letter)
        self._metrics.sent(letter.channel, outcome)
        await self._write_down(letter, note)

    async def _bring(self, letter: Letter) -> tuple[str, Note]:
        """Deliver it, and say how to write down what became of it."""
        try:
            receipt = await self._courier.deliver(letter)
        except TryLater as error:
            if error.whole_channel:
                self._pacing.rest(error.seconds or 1.0)
            return "later", partial(self._later, letter, error.why, error.seconds)
        except Undeliverable as error:
            return "failed", partial(self._failed, letter, error)
        except PerhapsDelivered as error:
            return "uncertain", partial(self._uncertain, letter, error.why)
        except ChatMoved as error:
            return "moved", partial(self._moved, letter, error.new_address)
        except Exception:
            # Our own fault, and nobody knows whether before or after it left.
            log.exception("letter_failed", letter=letter.id, channel=letter.channel)
            return "uncertain", partial(self._uncertain, letter, "our own fault")
        return "sent", partial(self._sent, letter, receipt)

    async def _write_down(self, letter: Letter, note: Note) -> None:
        """Until the database takes it: forgotten, a letter would go out twice, or hold up its chat for ever."""
        while True:
            try:
                async with self._store.transaction() as tx:
                    await note(tx)
            except Exception:
                log.exception("letter_not_written_down", letter=letter.id, channel=letter.channel)
                await asyncio.sleep(WRITE_AGAIN_SECONDS)
            else:
                return

    async def _sent(self, letter: Letter, receipt: Receipt, tx: Transaction) -> None:
        await tx.outbox.sent(letter, receipt.sent_as, self._clock.now(), ", ".join(receipt.warnings))
        for photo in letter.photos:
            if photo.picture is not None and photo.data and receipt.photo_file:
                await tx.pictures.known_as(photo.picture, receipt.photo_file)
        for warning in receipt.warnings:
            await self._tick(tx, "alarm", f"{warning}:{letter.id}")
        log.info("letter_sent", letter=letter.id, channel=letter.channel, attempts=letter.attempts + 1)

    async def _later(self, letter: Letter, why: str, wish_seconds: float | None, tx: Transaction) -> None:
        """Surely not sent: again after the channel's wish, else 1, 2, 4 … 60 seconds."""
        if letter.attempts + 1 >= TRIES:
            await self._failed(letter, Undeliverable(why), tx)
            return
        pause = min(2.0 ** min(letter.attempts, 6), LONGEST_PAUSE_SECONDS)
        seconds = pause if wish_seconds is None else wish_seconds
        await tx.outbox.again(letter, self._clock.now() + timedelta(seconds=seconds), why)
        log.warning(
            "letter_waits",
            letter=letter.id,
            channel=letter.channel,
            seconds=round(seconds, 1),
            why=_without_address(letter, why),
        )

    async def _uncertain(self, letter: Letter, why: str, tx: Transaction) -> None:
        """It may have arrived: a reminder is not repeated, anything else goes again and says that it does."""
        log.warning("letter_uncertain", letter=letter.id, channel=letter.channel, why=_without_address(letter, why))
        if letter.reminder:
            await tx.outbox.end(letter.id, "abandoned", why)
        elif letter.uncertain and letter.attempts + 1 >= UNCERTAIN_TRIES[letter.channel]:
            await tx.outbox.end(letter.id, "uncertain", why)
            await self._tick(tx, "alarm", f"uncertain_letter:{letter.id}")
        else:
            seconds = UNCERTAIN_PAUSE_SECONDS[letter.channel] * 2.0 ** min(letter.attempts, 6)
            pause = timedelta(seconds=min(seconds, LONGEST_UNCERTAIN_SECONDS))
            await tx.outbox.again(letter, self._clock.now() + pause, why, uncertain=True)

    async def _failed(self, letter: Letter, error: Undeliverable, tx: Transaction) -> None:
        """It will never arrive: the staff hears of it, unless it is the staff that cannot be reached."""
        log.error(
            "letter_undeliverable", letter=letter.id, channel=letter.channel, why=_without_address(letter, error.why)
        )
        await tx.outbox.end(letter.id, "failed", error.why)
        found = await tx.sent.by_id(letter.id)
        contact = found.contact_id if found else None
        if contact is not None and error.unreachable:
            await self._tick(tx, "unreachable", str(contact))
        elif letter.address != await tx.facts.get("staff_chat"):
            await self._tick(tx, "alarm", f"failed_letter:{letter.id}")

    async def _moved(self, letter: Letter, new: str, tx: Transaction) -> None:
        """The group has another id: bound anew, and this letter goes there."""
        log.warning("group_moved", letter=letter.id)
        await tx.outbox.move_chat(letter.address, new)
        await tx.outbox.again(letter, self._clock.now(), "the group moved")
        if await tx.facts.get("staff_chat") == letter.address:
            await tx.facts.put("staff_chat", new)
            await tx.facts.put("staff_chat_before", letter.address)

    async def _tick(self, tx: Transaction, job: str, subject: str) -> None:
        now = self._clock.now()
        await tx.inbox.add_ticks((Timer(job, subject, now),), now)
        self._inbox.ring()


def _without_address(letter: Letter, why: str) -> str:
    """For the log: mail servers quote the address that they refuse."""
    return why.replace(letter.address, "[address]")[:LONGEST_LOGGED]
