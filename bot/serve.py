"""One process, one task group: doors, worker, senders, schedules and the web server; a clean stop within seconds."""

import asyncio
import contextlib
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog

from bot import logs, schedules
from bot.clock import Clock, SystemClock
from bot.pacing import Pace, Pacing
from bot.schedules import Schedules
from bot.sender import Sender
from bot.settings import Settings, SettingsError
from bot.web import WEBHOOK_PATH, Health, make_app, serving
from bot.wiring import Account, Shared, open_shared
from bot.worker import Worker
from core.people import Channel

STOP_SECONDS = 4.0
"""After this the loops are cut off: what was under way is told apart at the next start."""

log = structlog.get_logger()

Loop = Callable[[asyncio.Event], Awaitable[None]]


def run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C."""
    logs.configure(settings.secrets())
    asyncio.run(_until_signal(settings))


async def _until_signal(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, SystemClock(), stop)
    log.info("stopped")


async def serve(settings: Settings, clock: Clock, stop: asyncio.Event, *, web: bool = True) -> None:
    """The whole bot, until `stop` is set. Raises what keeps it from starting."""
    async with contextlib.AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(_telegram(settings, stop))
        if stop.is_set():
            return
        shared = await open_shared(settings, clock, telegram.account if telegram else Account())
        stack.push_async_callback(shared.store.close)
        await schedules.note_absence(shared.store, clock.now())
        async with shared.store.transaction() as tx:
            uncertain = await tx.outbox.recover()
        if uncertain:
            log.warning("letters_of_unknown_fate", count=len(uncertain))
        health = Health()
        loops: dict[str, Loop] = {"schedules": Schedules(shared.store, clock, shared.inbox, shared.refresh).run}
        webhook = None
        if telegram is not None:
            webhook = await telegram.join(shared, loops)
            stack.callback(telegram.close)
        if settings.mailbox is not None or settings.smtp is not None:
            _join_mail(shared, loops)
        loops["worker"] = _worker(shared, telegram)
        if web:
            app = make_app(shared.store, clock, shared.metrics, health, webhook)
            await _listen(stack, app, settings)
        log.info("ready", loops=sorted(loops), shop=shared.house.shop.name)
        await _run_loops(loops, stop, health)


async def _listen(stack: contextlib.AsyncExitStack, app: Any, settings: Settings) -> None:  # noqa: ANN401  # a Starlette
    """Health, metrics and webhooks; raises SettingsError where the address is not to be had."""
    try:
        await stack.enter_async_context(serving(app, settings.listen))
    except OSError as error:
        at = f"{settings.listen.host}:{settings.listen.port}"
        raise SettingsError(
            (f"ORDERBOT_LISTEN is {at}, which cannot be opened ({error.strerror}): name another",)
        ) from error


async def _run_loops(loops: dict[str, Loop], stop: asyncio.Event, health: Health) -> None:
    """All loops until `stop`; one that dies of a fault that cannot heal takes the others with it."""
    tasks = {name: asyncio.create_task(_guarded(name, loop, stop)) for name, loop in loops.items()}
    for name, task in tasks.items():
        health.watch(name, task)
    try:
        await stop.wait()
        await asyncio.wait(tasks.values(), timeout=STOP_SECONDS)
    finally:
        for task in tasks.values():
            task.cancel()
        ended = await asyncio.gather(*tasks.values(), return_exceptions=True)
    for fault in ended:
        if isinstance(fault, Exception):
            raise fault


async def _guarded(name: str, loop: Loop, stop: asyncio.Event) -> None:
    try:
        await loop(stop)
    except Exception:
        log.error("loop_ended", loop=name)  # noqa: TRY400  # raised again below, with its traceback
        stop.set()
        raise


def _worker(shared: Shared, telegram: "TelegramSide | None") -> Loop:
    return Worker(
        shared.store,
        lambda: shared.house,
        shared.clock,
        shared.metrics,
        inbox=shared.inbox,
        outbox=shared.outbox,
        answer_tap=telegram.lane.answer if telegram else None,
    ).run


def _join_mail(shared: Shared, loops: dict[str, Loop]) -> None:
    """Mail comes in where there is a mailbox, and leaves where there is a server for it."""
    from bot.mail_in import MailDoor  # a shop with Telegram alone never loads it
    from bot.mail_out import MailCourier

    settings = shared.settings
    if settings.mailbox is not None:
        loops["mail in"] = MailDoor(
            settings.mailbox,
            shared.receive,
            shared.known_uids,
            shared.clock,
            processed="Processed",
            since=shared.mail_since,
        ).run
    if settings.smtp is not None and settings.mail_from:
        loops["mail out"] = Sender(
            shared.store,
            Channel.MAIL,
            MailCourier(settings.smtp, settings.mail_from, shared.clock),
            shared.clock,
            shared.metrics,
            pacing=Pacing(Pace()),
            outbox=shared.outbox,
            inbox=shared.inbox,
        ).run


class TelegramSide:
    """Client, courier and fast lane of the Telegram channel."""

    def __init__(self, client: Any, account: Account) -> None:  # noqa: ANN401  # its library is loaded late
        from bot.taps import TapLane
        from bot.telegram_courier import TelegramCourier

        self.client = client
        self.account = account
        self.courier = TelegramCourier(client)
        self.lane = TapLane(self.courier)

    async def join(self, shared: Shared, loops: dict[str, Loop]) -> Any:  # noqa: ANN401  # a TelegramWebhook
        """Add the channel's loops; returns the webhook door where updates are posted to us."""
        settings = shared.settings.telegram
        assert settings is not None  # noqa: S101  # there is no Telegram side without

        async def receive(messages: Any) -> None:  # noqa: ANN401  # raw messages, passed on
            await shared.receive(messages)
            self.lane.came(messages)

        pace = Pace(settings.per_second, settings.per_chat_second, settings.per_group_minute)
        loops["telegram out"] = Sender(
            shared.store,
            Channel.TELEGRAM,
            self.courier,
            shared.clock,
            shared.metrics,
            pacing=Pacing(pace),
            outbox=shared.outbox,
            inbox=shared.inbox,
        ).run
        if shared.settings.webhook:
            return await self._by_webhook(shared, receive)
        from bot.telegram_door import TelegramDoor

        loops["telegram in"] = TelegramDoor(self.client, receive, shared.clock, shared.alarm).run
        return None

    async def _by_webhook(self, shared: Shared, receive: Any) -> Any:  # noqa: ANN401
        from bot.telegram_webhook import TelegramWebhook

        webhook = TelegramWebhook(self.client, receive, shared.clock, secrets.token_urlsafe(32))
        await webhook.register(str(shared.settings.webhook).rstrip("/") + WEBHOOK_PATH)
        return webhook

    def close(self) -> None:
        self.lane.close()


@contextlib.asynccontextmanager
async def _telegram(settings: Settings, stop: asyncio.Event) -> AsyncIterator[TelegramSide | None]:
    """The Telegram side, once Telegram says who we are; while it cannot be reached we wait and say so."""
    if settings.telegram is None:
        yield None
        return
    from bot.telegram import TelegramClient

    given = settings.telegram
    async with TelegramClient(given.token.get_secret_value(), given.api, given.files) as client:
        account = await _who_we_are(client, stop)
        yield TelegramSide(client, account) if account else None


async def _who_we_are(client: Any, stop: asyncio.Event) -> Account | None:  # noqa: ANN401
    from bot.edges import PerhapsDelivered, TryLater
    from bot.telegram import BadToken

    while not stop.is_set():
        try:
            me = await client.me()
        except BadToken as error:
            refused = "ORDERBOT_TELEGRAM_TOKEN is refused by Telegram: ask @BotFather for the right one"
            raise SettingsError((refused,)) from error
        except (TryLater, PerhapsDelivered) as error:
            log.warning("telegram_not_reached", why=error.why)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2.0):
                    await stop.wait()
        else:
            return Account(me.id, me.username)
    return None
