"""Where things are put together: settings and a clock become a bot, its loops and what they share."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import structlog

from bot.bells import Bell
from bot.clock import Clock
from bot.metrics import Metrics
from bot.settings import Settings
from core.documents import Timer
from core.frozen import frozen
from core.people import Channel, Role
from core.shop import Shop
from handlers import (
    allergies,
    customers,
    learned_words,
    offers,
    opening_commands,
    sold_out,
    staff_acts,
    staff_commands,
    stock_commands,
)
from handlers.catalogue import apply_shop
from handlers.desk import Decoder, House
from handlers.dispatch import receive
from handlers.incoming import Incoming, MailIn, Tick
from handlers.reading.learned import taught
from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import read_mail
from handlers.reading.menu_compiling import compile_menu
from storage.carriers import load_carriers
from storage.inbox import RawMessage
from storage.migrate import migrate
from storage.shop_file import load_shop_file, parse_kept
from storage.store import Store, Transaction
from templates.filters import ShopFacts
from templates.render import Renderer

COMMANDS = (
    allergies,
    customers,
    staff_commands,
    staff_acts,
    stock_commands,
    opening_commands,
    offers,
    sold_out,
    learned_words,
)
"""Modules whose functions register themselves as commands: named here, so that they are loaded."""

OVERRIDES = "texts"
"""A folder of this name beside the shop file holds the owner's own texts."""

HEADERS_ONLY = b"X-Orderbot-"

log = structlog.get_logger()


@frozen
class Account:
    """The bot's own name in Telegram."""

    id: int = 0
    username: str = ""


@dataclass
class Shared:
    """What all loops of one process share."""

    store: Store
    clock: Clock
    settings: Settings
    account: Account
    house: House
    shop_file: int
    """Which of the kept shop files the house was made from."""
    mail_since: date
    """Older mails are none of ours: the day before the first start."""
    learned_words: str = ""
    """The mark of the learned words that the house knows."""
    metrics: Metrics = field(default_factory=Metrics)
    inbox: Bell = field(default_factory=Bell)
    outbox: Bell = field(default_factory=Bell)
    take: Callable[[Sequence[RawMessage]], Awaitable[bool]] | None = None
    """The worker's way to keep messages and handle them with one commit, once there is a worker."""

    async def receive(self, messages: Sequence[RawMessage]) -> None:
        """Keep raw messages; when this returns they are on disk, and handled where they came alone."""
        if self.take is not None and await self.take(messages):
            return
        if await receive(self.store, messages):
            self.inbox.ring()

    async def known_uids(self, account: str, folder: str, uidvalidity: int) -> set[int]:
        """Mails of a folder that are kept already."""
        async with self.store.transaction() as tx:
            return await tx.inbox.known_uids(account, folder, uidvalidity)

    async def alarm(self, what: str) -> None:
        """Something at the edge needs a person."""
        now = self.clock.now()
        async with self.store.transaction() as tx:
            await tx.inbox.add_ticks((Timer("alarm", what, now),), now)
        self.inbox.ring()

    async def know(self, account: Account) -> None:
        """Telegram said who we are."""
        if account == self.account:
            return
        async with self.store.transaction() as tx:
            await tx.facts.put("bot_username", account.username)
        self.account = account
        self.house = replace(
            self.house,
            decoders=decoders(self.settings, account),
            bot_id=account.id,
            bot_username=account.username,
        )

    async def refresh(self) -> None:
        """Another shop file may have been applied meanwhile: the house is made anew. Or other learned words count."""
        async with self.store.transaction() as tx:
            newest, words = await tx.facts.edition()
            if newest != self.shop_file:
                await _tell_of_menu(tx, newest, self.clock.now())
                self.house = await make_house(tx, self.settings, self.account)
                self.shop_file = newest
                log.info("shop_file_applied", file=newest)
                for broken in _broken_texts(self.house, self.clock.now()):
                    log.error("text_cannot_be_said", text=broken)
            elif words != self.learned_words:
                self.house = replace(self.house, menu=taught(self.house.menu, await tx.learned.active()))
            self.learned_words = words


class UnusableTexts(Exception):
    """Texts of the owner's cannot be said; a line each says which, and why."""


async def open_shared(settings: Settings, clock: Clock) -> Shared:
    """Open the database, bring it to this version, read the shop.

    Raises UnusableDatabase, ShopFileError, UnusableTexts.
    """
    store = Store(settings.database)
    if await migrate(store.engine):
        log.info("database_migrated")
    async with store.transaction() as tx:
        await _first_start(tx, settings, clock.now())
        await _begin_staff(tx, settings, clock.now())
        account = await _account(tx, settings)
        await _know_pictures(tx, account)
        house = await make_house(tx, settings, account)
        if broken := _broken_texts(house, clock.now()):
            raise UnusableTexts("\n".join(f"a text cannot be said: {each}" for each in broken))
        newest, words = await tx.facts.edition()
        await _tell_of_menu(tx, newest, clock.now())
        since = await _mail_since(tx, clock.now())
    return Shared(store, clock, settings, account, house, newest, since, words)


async def _account(tx: Transaction, settings: Settings) -> Account:
    """Our name as Telegram said it last: the bot must start while Telegram is down. The id stands in the token."""
    if settings.telegram is None:
        return Account()
    bot_id = settings.telegram.token.get_secret_value().partition(":")[0]
    return Account(int(bot_id) if bot_id.isdecimal() else 0, await tx.facts.get("bot_username") or "")


async def _know_pictures(tx: Transaction, account: Account) -> None:
    """Telegram's ids of our pictures are one bot's own: another one has to send them anew."""
    if await tx.facts.get("pictures_of") != str(account.id):
        await tx.pictures.forget_ids()
        await tx.facts.put("pictures_of", str(account.id))


async def _mail_since(tx: Transaction, now: datetime) -> date:
    """The first start's day, less one for servers in other zones."""
    kept = await tx.facts.get("mail_since")
    if kept is None:
        kept = (now.date() - timedelta(days=1)).isoformat()
        await tx.facts.put("mail_since", kept)
    return date.fromisoformat(kept)


async def _tell_of_menu(tx: Transaction, newest: int, now: datetime) -> None:
    """Once per shop file the open drafts are compared with it: also one that was applied while the bot was off."""
    told = await tx.facts.get("menu_told")
    if told == str(newest):
        return
    await tx.facts.put("menu_told", str(newest))
    if told is not None:
        await tx.inbox.add_ticks((Timer("menu_changed", told, now),), now)


async def _first_start(tx: Transaction, settings: Settings, now: datetime) -> None:
    """The shop file is read once; afterwards `orderbot menu apply` brings changes."""
    if await tx.facts.shop_file() is None:
        file = load_shop_file(settings.shop)
        await apply_shop(tx, file.content, file.shop, now, file.pictures)


async def _begin_staff(tx: Transaction, settings: Settings, now: datetime) -> None:
    """Roles and the group to begin with: what was decided in chat since then stands."""
    telegram = settings.telegram
    if telegram is None:
        return
    if telegram.staff_chat is not None and await tx.facts.get("staff_chat") is None:
        await tx.facts.put("staff_chat", str(telegram.staff_chat))
        await tx.outbox.move_chat("unbound", str(telegram.staff_chat))
    for people, role in ((telegram.owners, Role.OWNER), (telegram.staff, Role.STAFF)):
        for user in people:
            if not await tx.staff.knows(user):
                await tx.staff.put(user, str(user), role, now)


async def make_house(tx: Transaction, settings: Settings, account: Account) -> House:
    """Everything that is the same for every message."""
    content = await tx.facts.shop_file()
    assert content is not None  # noqa: S101  # the first start kept one
    shop = parse_kept(content)
    await tx.articles.learn(tx.connection, shop.menu.by_sku)
    folder = settings.shop.parent / OVERRIDES
    return House(
        shop=shop,
        menu=taught(compile_menu(shop.menu), await tx.learned.active()),
        renderer=Renderer(shop_facts(shop), folder if folder.is_dir() else None),
        decoders=decoders(settings, account),
        secret=await tx.facts.secret(),
        bot_id=account.id,
        bot_username=account.username,
        mail_address=settings.mail_from or "",
        carriers=load_carriers(),
    )


def _broken_texts(house: House, now: datetime) -> tuple[str, ...]:
    """Of the owner's own; ours are sure of themselves."""
    if house.renderer.overrides is None:
        return ()
    from templates.check import faults  # has samples of all that can be said: only who wrote texts waits for them

    return faults(house.renderer, now)


def shop_facts(shop: Shop) -> ShopFacts:
    """What templates know of the shop."""
    return ShopFacts(shop.name, shop.currency, shop.zone, shop.languages, shop.address)


def decoders(settings: Settings, account: Account) -> dict[Channel, Decoder]:
    """How each channel's raw rows become values."""

    def telegram(raw: bytes) -> Incoming:
        from bot.telegram_decode import decode_telegram  # a shop with mail alone never loads it

        return decode_telegram(raw, account.id, account.username)

    def mail(raw: bytes) -> Incoming:
        read = read_mail(raw, own_address=settings.mail_from or "", authserv=settings.mail_authserv)
        # A copy that the intake made of headers alone says so in its very first line; its subject is no order.
        if raw.startswith(HEADERS_ONLY):
            read = replace(read, kind=MailKind.BROKEN, rule="headers_only", error="too large, or not to be fetched")
        return MailIn(read)

    return {Channel.TELEGRAM: telegram, Channel.MAIL: mail, Channel.CLOCK: tick}


def tick(raw: bytes) -> Tick:
    """A timer that came due."""
    kept = json.loads(raw)
    return Tick(kept["job"], kept["subject"], datetime.fromisoformat(kept["due"]))
