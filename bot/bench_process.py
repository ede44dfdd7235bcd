"""A bot of its own process against the sandbox's Bot API server: how soon it is ready, and what it takes when idle."""

import asyncio
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from bot.bench_shop import STAFF_CHAT, WentWrong
from bot.demo import example_shop
from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import SandboxClock

PATIENCE_SECONDS = 60.0


async def processes(folder: Path, starts: int, idle_seconds: float) -> list[dict[str, Any]]:
    """Ready and idle, at the first start, which makes the tables, and at later ones."""
    telegram = BotApi(SandboxClock())
    await telegram.start()
    try:
        first = await _start(telegram, folder, 0.0)
        later = [await _start(telegram, folder, idle_seconds) for _ in range(starts)]
    finally:
        await telegram.stop()
    ready = statistics.median(seconds for seconds, _ in later)
    memory = statistics.median(memory for _, memory in later)
    return [
        {"what": "start", "ready_s": round(ready, 2), "first_ready_s": round(first[0], 2)},
        {"what": "idle", "resident_mb": round(memory / 1e6, 1)},
    ]


async def _start(telegram: BotApi, folder: Path, idle_seconds: float) -> tuple[float, int]:
    """Seconds until it says that it is ready, and its bytes in memory after being idle so long."""
    began = time.perf_counter()
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        "run",
        env={**_kept_environment(), **_settings(telegram, folder)},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await _until_ready(bot)
        ready = time.perf_counter() - began
        await asyncio.sleep(idle_seconds)
        return ready, _resident(bot.pid)
    finally:
        bot.terminate()
        await bot.communicate()


async def _until_ready(bot: asyncio.subprocess.Process) -> None:
    assert bot.stdout is not None  # noqa: S101  # asked for above
    async for line in bot.stdout:
        if json.loads(line).get("event") == "ready":
            return
    message = "the bot ended before it was ready"
    raise WentWrong(message)


def _kept_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ORDERBOT_")}


def _settings(telegram: BotApi, folder: Path) -> dict[str, str]:
    return {
        "ORDERBOT_SHOP": str(example_shop()),
        "ORDERBOT_DATABASE": f"sqlite:///{folder / 'process.db'}",
        "ORDERBOT_TELEGRAM_TOKEN": telegram.token,
        "ORDERBOT_TELEGRAM_API": telegram.address,
        "ORDERBOT_TELEGRAM_FILES": f"{telegram.address}/file",
        "ORDERBOT_STAFF_CHAT": str(STAFF_CHAT),
        "ORDERBOT_OWNERS": "9001",
        "ORDERBOT_LISTEN": "127.0.0.1:0",
    }


def _resident(pid: int) -> int:
    """Bytes of memory that the process has now (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
