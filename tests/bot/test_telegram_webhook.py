import json

import pytest

from bot.telegram_decode import decode_telegram
from bot.telegram_json import Unreadable
from bot.telegram_keys import raw_message
from bot.telegram_webhook import BODY_BYTES, TelegramWebhook
from tests.bot.conftest import BEA, NOON

SECRET = "s3cret-of-the-shop"


@pytest.fixture
def kept():
    return []


@pytest.fixture
def webhook(telegram, client, kept):
    async def receive(batch):
        kept.extend(batch)

    return TelegramWebhook(client, receive, telegram.state.clock, SECRET)


def waiting(telegram):
    return telegram.state.updates.take(0)


async def test_an_update_is_kept_as_if_it_had_been_polled(telegram, webhook, kept):
    telegram.people.say(BEA, "due margherite è tutto")
    (update,) = waiting(telegram)

    assert await webhook.handle(json.dumps(update, ensure_ascii=False, indent=1).encode(), SECRET) == 200

    assert kept == [raw_message(update, NOON)]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "sécret", "\ud800"])
async def test_without_the_secret_nothing_is_kept(webhook, kept, secret):
    assert await webhook.handle(b'{"update_id": 1}', secret) == 403
    assert kept == []


async def test_a_body_of_more_than_a_megabyte_is_refused(webhook, kept):
    assert await webhook.handle(b" " * (BODY_BYTES + 1), SECRET) == 413
    assert kept == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[1]", b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_kept_for_the_dead_letters(webhook, kept, body):
    assert await webhook.handle(body, SECRET) == 200

    (raw,) = kept
    assert raw.raw == body
    with pytest.raises(Unreadable):
        decode_telegram(raw.raw, 7, "bot")


async def test_what_cannot_be_kept_is_not_confirmed(telegram, client):
    async def full(_):
        raise OSError("no space left on device")

    webhook = TelegramWebhook(client, full, telegram.state.clock, SECRET)

    assert await webhook.handle(b'{"update_id": 1}', SECRET) == 500


async def test_a_webhook_is_registered(telegram, webhook):
    await webhook.register("https://bea.example/telegram")

    assert telegram.state.webhook == "https://bea.example/telegram"
