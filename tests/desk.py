"""The whole desk for a test: real store, real handlers, a clock to set, couriers that write down what they bring."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.bells import Bell
from bot.mail_copies import raw_mail
from bot.mail_letter import mail_address, mail_bytes
from bot.sandbox.telegram_html import parse, utf16
from bot.schedules import Schedules
from bot.settings import load_settings
from bot.telegram_keys import raw_message
from bot.wiring import Account, open_shared
from core.people import Channel
from handlers.catalogue import apply_shop
from handlers.dispatch import Handled, handle_next
from storage.audit import audit
from storage.inbox import MailPlace, RawMessage
from storage.letters import Letter
from storage.shop_file import parse_shop
from storage.shop_schema import TOP
from tests import updates
from tests.people import AUTHSERV, BOT, BOT_NAME, GROUP, NOON, PEOPLE, SHOP, Person

EXAMPLE = Path(__file__).parent.parent / "examples" / "trattoria.yaml"
MOST_ROUNDS = 200


class ClockForTests:
    """Stands still until it is set."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Shown:
    """A message of the bot as it stands in a chat; `touched` orders messages by their last edit."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    touched: int


@dataclass
class Screen:
    """One chat: its messages by id, and every button that ever stood there, oldest first."""

    last_id: int = 0
    messages: dict[int, Shown] = field(default_factory=dict)
    past: list[tuple[int, str, str]] = field(default_factory=list)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def show(self, message_id: int, shown: Shown) -> None:
        self.messages[message_id] = shown
        self.past += [(message_id, label, data) for label, data in shown.buttons]

    def button(self, label: str, words: str = "") -> tuple[int, str]:
        """Message and data of the newest button of this name, in a message that holds `words`."""
        fitting = sorted((one.touched, number) for number, one in self.messages.items() if words in one.text)
        for _, number in reversed(fitting):
            for name, data in self.messages[number].buttons:
                if name == label or name.startswith(label + " "):
                    return number, data
        raise LookupError(f"there is no button [{label}]")

    def gone_button(self, label: str) -> tuple[int, str]:
        """The newest button of this name that stands there no more."""
        there = {data for one in self.messages.values() for _, data in one.buttons}
        for number, name, data in reversed(self.past):
            if name.startswith(label) and data not in there:
                return number, data
        raise LookupError(f"there was never a button [{label}] that is gone")

    def newest_with(self, words: str) -> int:
        fitting = [(one.touched, number) for number, one in self.messages.items() if words in one.text]
        if not fitting:
            raise LookupError(f"no message holds {words!r}")
        return max(fitting)[1]


@dataclass
class Heard:
    """Something that reached somebody: a letter, or the little answer over a tapped button."""

    where: str
    words: str
    buttons: tuple[str, ...] = ()
    is_edit: bool = False
    is_toast: bool = False
    photos: int = 0
    asks_contact: bool = False
    asks_location: bool = False


@dataclass(kw_only=True)
class DeskForTests:
    """Give it messages, see who hears what. `group` is the staff's chat; `heard` is everything since `take_heard`."""

    url: str
    clock: ClockForTests = field(default_factory=ClockForTests)
    group: int = GROUP
    screens: dict[str, Screen] = field(default_factory=dict)
    mails: dict[str, list[Letter]] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    handled: list[Handled] = field(default_factory=list)
    _count: int = 0

    async def open(self) -> None:
        """Everything from the database and the shop file, as the program starts."""
        settings = load_settings(
            {
                "ORDERBOT_SHOP": str(EXAMPLE),
                "ORDERBOT_DATABASE": self.url,
                "ORDERBOT_TELEGRAM_TOKEN": "7000:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ORDERBOT_STAFF_CHAT": str(GROUP),
                "ORDERBOT_OWNERS": str(PEOPLE["staff"].id),
                "ORDERBOT_STAFF": str(PEOPLE["sam"].id),
                "ORDERBOT_MAIL_FROM": SHOP,
                "ORDERBOT_MAIL_AUTHSERV": AUTHSERV,
            }
        )
        self.shared = await open_shared(settings, self.clock)
        await self.shared.know(Account(BOT, BOT_NAME))
        self.store = self.shared.store
        self._schedules = Schedules(self.store, self.clock, Bell(), self.shared.refresh)

    async def close(self) -> None:
        await self.store.close()

    async def restart(self) -> None:
        """What was not in the database is gone."""
        await self.close()
        await self.open()
        await self.settle()

    async def change_shop(self, line: str) -> None:
        """As the owner changes the shop file, and `orderbot menu apply` brings it."""
        async with self.store.transaction() as tx:
            before = (await tx.facts.shop_file() or b"").decode()
            key = line.partition(":")[0].strip()
            # A section of the file itself is not looked for within another one.
            place = rf"^({'' if key in TOP else ' *'}){re.escape(key)}:.*(?:\n\1 .*)*$"
            after, found = re.subn(place, lambda old: old[1] + line, before, count=1, flags=re.MULTILINE)
            content = (after if found else f"{before}\n{line}\n").encode()
            await apply_shop(tx, content, parse_shop(content), self.clock.now())
        await self.shared.refresh()

    def screen(self, chat: int | str) -> Screen:
        return self.screens.setdefault(str(chat), Screen())

    def chat_of(self, person: Person) -> int:
        return self.group if person.in_group else person.id

    # What people do

    async def say(self, person: Person, text: str, *, chat: int | None = None, **more: Any) -> None:
        await self.message(person, chat=chat, text=text, **more)

    async def message(
        self, person: Person, *, chat: int | None = None, edits: int | None = None, **content: Any
    ) -> None:
        place = chat or self.chat_of(person)
        number = edits or self.screen(place).next_id()
        said = updates.message(person, place, number, **content)
        if edits:
            await self.update({"edited_message": said | {"edit_date": 1795176000 + self._count}})
        else:
            await self.update({"message": said})

    async def tap(self, person: Person, message_id: int, data: str, *, chat: int | None = None) -> None:
        await self.keep_tap(person, message_id, data, chat=chat)
        await self.settle()

    async def keep_tap(self, person: Person, message_id: int, data: str, *, chat: int | None = None) -> None:
        """A tap that nobody has looked at yet."""
        self._count += 1
        tap = updates.tap(person, chat or self.chat_of(person), message_id, f"tap{self._count}", data)
        await self.keep({"callback_query": tap})

    async def press(self, person: Person, label: str, words: str = "", *, chat: int | None = None) -> None:
        """Tap the newest button of this name."""
        place = chat or self.chat_of(person)
        await self.tap(person, *self.screen(place).button(label, words), chat=place)

    async def update(self, update: dict[str, Any]) -> None:
        """One update of Telegram, whatever it is, and all that follows from it now."""
        await self.keep(update)
        await self.settle()

    async def keep(self, update: dict[str, Any]) -> None:
        """On disk, and no more."""
        self._count += 1
        await self.shared.receive([raw_message({"update_id": self._count, **update}, self.clock.now())])

    async def mail(self, raw: bytes) -> None:
        """One mail, and all that follows from it now."""
        self._count += 1
        place = MailPlace("shop", "INBOX", 1, self._count)
        await self.receive([raw_mail(raw, place, self.clock.now())])

    async def receive(self, messages: Sequence[RawMessage]) -> None:
        await self.shared.receive(messages)
        await self.settle()

    # What time does

    async def later(self, length: timedelta) -> None:
        """Time passes while the bot runs: each timer and each retry has its turn when it is due."""
        until = self.clock.at + length
        await self.settle()
        while (due := await self._next_due()) is not None and due <= until:
            self.clock.at = max(due, self.clock.at)
            await self.settle()
        self.clock.at = until
        await self.settle()

    async def away(self, length: timedelta) -> None:
        """Time passes while the bot does not run."""
        self.clock.at += length
        await self.settle()

    async def _next_due(self) -> datetime | None:
        async with self.store.reading() as tx:
            dues = [await tx.timers.next_due(), await tx.inbox.next_retry()]
        return min((due for due in dues if due is not None), default=None)

    async def settle(self) -> None:
        """Until nothing is left to do now."""
        for _ in range(MOST_ROUNDS):
            await self._schedules.round()
            done = await handle_next(self.store, self.shared.house, self.clock.now(), 16)
            self.handled += done
            for one in done:
                if one.tap is not None and one.tap.text:
                    self.heard.append(Heard("", one.tap.text, is_toast=True))
            if not await self._deliver() and not done:
                return
        raise AssertionError("the desk never comes to rest")

    # What the couriers bring

    async def _deliver(self) -> int:
        now = self.clock.now()
        async with self.store.transaction() as tx:
            for_chat = await tx.outbox.claim(Channel.TELEGRAM, now, 50, lambda address: address != "unbound")
            for_mail = await tx.outbox.claim(Channel.MAIL, now, 50, lambda _: True, self.shared.house.message_id)
            for letter in for_chat:
                await tx.outbox.sent(letter, str(self._bring(letter)), now)
            for letter in for_mail:
                self._post(letter)
                await tx.outbox.sent(letter, letter.message_id or "", now)
        return len(for_chat) + len(for_mail)

    def _bring(self, letter: Letter) -> int:
        """As Telegram would take it: the HTML is well-formed, nothing is too long."""
        words, _ = parse(letter.html)
        assert 0 < utf16(words) <= 4096, f"{letter.notice} has {utf16(words)} characters"
        buttons = tuple(button for row in letter.buttons for button in row)
        assert all(label and len(data.encode()) <= 64 for label, data in buttons), buttons
        screen = self.screen(letter.address)
        self._count += 1
        if letter.replaces:
            screen.messages[int(letter.replaces)].buttons = ()
        number = int(letter.edits) if letter.edits else screen.next_id()
        screen.show(number, Shown(words, buttons, self._count))
        self.heard.append(
            Heard(
                letter.address,
                words,
                tuple(label for label, _ in buttons),
                is_edit=letter.edits is not None,
                photos=len(letter.photos),
                asks_contact=letter.asks_contact,
                asks_location=letter.asks_location,
            )
        )
        return number

    def _post(self, letter: Letter) -> None:
        """As a mail server would take it."""
        assert mail_bytes(letter, mail_address(SHOP), self.clock.now())
        assert letter.html, f"{letter.notice} has no HTML"
        self.mails.setdefault(letter.address, []).append(letter)
        self.heard.append(Heard(letter.address, f"{letter.subject}\n{letter.text}"))

    def take_heard(self) -> list[Heard]:
        """Everything since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def faults(self) -> list[BaseException]:
        """What our own code could not handle."""
        return [one.error for one in self.handled if one.error is not None]

    # What the books say

    async def check_books(self) -> None:
        async with self.store.reading() as tx:
            assert await audit(tx) == ()
