"""Brings updates to a webhook, one after the other, again and again until it says 2xx."""

import asyncio
import json
import urllib.request

from bot.sandbox.telegram_state import TelegramState
from bot.sandbox.telegram_values import Json

RETRY_SECONDS = 0.2
PATIENCE_SECONDS = 10
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


async def deliver(state: TelegramState) -> None:
    """Runs until it is cancelled; an update is confirmed when the webhook has taken it."""
    offset = 0
    while True:
        for update in await state.updates.poll(offset, 1, PATIENCE_SECONDS):
            while problem := await asyncio.to_thread(_post, state.webhook, state.webhook_secret, update):
                state.webhook_problem = problem
                await asyncio.sleep(RETRY_SECONDS)
            offset = update["update_id"] + 1


def _post(address: str, secret: str, update: Json) -> str:
    """What went wrong; empty if nothing did."""
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    # The bot itself has set the address, and set_webhook lets only web addresses through.
    request = urllib.request.Request(address, json.dumps(update).encode(), headers)  # noqa: S310
    try:
        with DIRECTLY.open(request, timeout=PATIENCE_SECONDS):
            return ""
    except OSError as problem:
        return f"Wrong response from the webhook: {problem}"
