"""One process, one task group: doors, worker, senders, schedules and the web server; a clean stop within seconds."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Callable

import structlog
from starlette.types import ASGIApp

from bot import logs, schedules
from bot.clock import Clock, SystemClock
from bot.loops import Loop
from bot.schedules import Schedules
from bot.settings import Settings, SettingsError
from bot.web import Health, make_app, serving
from bot.wiring import Shared, open_shared
from bot.worker import Worker
from handlers.dispatch import TapAnswer

STOP_SECONDS = 4.0
"""After this the loops are cut off: what was under way is told apart at the next start."""

log = structlog.get_logger()


def run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C. Who loads this may have the garbage collector stand still until it is ready."""
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
        shared = await open_shared(settings, clock)
        stack.push_async_callback(shared.store.close)
        await schedules.note_absence(shared.store, clock.now())
        async with shared.store.transaction() as tx:
            uncertain = await tx.outbox.recover(clock.now(), alone=shared.store.is_sqlite)
        if uncertain:
            log.warning("letters_of_unknown_fate", count=len(uncertain))
        health = Health()
        loops: dict[str, Loop] = {"schedules": Schedules(shared.store, clock, shared.inbox, shared.refresh).run}
        webhook, answer_tap = None, None
        if settings.telegram is not None:
            from bot.telegram_side import TelegramSide

            telegram = await stack.enter_async_context(TelegramSide(shared, settings.telegram))
            webhook, answer_tap = telegram.join(loops), telegram.lane.answer
        if settings.mailbox is not None or settings.smtp is not None:
            from bot.mail_side import join_mail

            join_mail(shared, loops)
        worker = _worker(shared, answer_tap)
        loops["worker"], shared.take = worker.run, worker.take
        if web:
            app = make_app(shared.store, clock, shared.metrics, health, webhook)
            await _listen(stack, app, settings)
        _leave_alone_what_was_loaded()
        log.info("ready", loops=sorted(loops), shop=shared.house.shop.name)
        await _run_loops(loops, stop, health)


def _leave_alone_what_was_loaded() -> None:
    """It stays for good: the garbage collector need not look at it again and again while messages wait."""
    if gc.isenabled():
        # A sandbox's bot begins again and again in one process: the one before is garbage.
        gc.collect()
    gc.freeze()
    gc.enable()


async def _listen(stack: contextlib.AsyncExitStack, app: ASGIApp, settings: Settings) -> None:
    """Health, metrics and webhooks; raises SettingsError where the address is not to be had."""
    try:
        await stack.enter_async_context(serving(app, settings.listen))
    except OSError as error:
        at = f"{settings.listen.host}:{settings.listen.port}"
        raise SettingsError(
            (f"ORDERBOT_LISTEN is {at}, which cannot be opened ({os.strerror(error.errno or 0)}): name another",)
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


def _worker(shared: Shared, answer_tap: Callable[[TapAnswer], None] | None) -> Worker:
    return Worker(
        shared.store,
        lambda: shared.house,
        shared.clock,
        shared.metrics,
        inbox=shared.inbox,
        outbox=shared.outbox,
        answer_tap=answer_tap,
    )
