"""The menu's pages in Telegram: one message, with a picture or without."""

from dataclasses import replace
from typing import Any

import pytest

from bot.telegram_courier import TelegramCourier
from core.notices import MENU_CARD
from core.people import Channel
from storage.outbox import Letter, LetterPhoto
from tests.bot.conftest import BEA

PAGE = ((("Add · 8.50", "madd:1:1"),),)
JPEG = b"\xff\xd8\xff\xe0 a pizza"
PIZZA = LetterPhoto(name="pizza.jpg", mime="image/jpeg", data=JPEG, picture=1)


@pytest.fixture
def courier(client):
    return TelegramCourier(client)


def page(words: str = "Margherita", **facts) -> Letter:
    about: dict[str, Any] = {"id": 1, "channel": Channel.TELEGRAM, "address": str(BEA.id), "notice": "menu_product"}
    return Letter(**about | {"text": words, "html": f"<b>{words}</b>", "card": MENU_CARD, "buttons": PAGE} | facts)


def chat(telegram):
    return [message for message in telegram.state.messages(BEA.id) if message.sender == telegram.state.bot]


async def test_a_page_with_a_picture_is_one_message_with_words_and_buttons(telegram, courier):
    receipt = await courier.deliver(page(photos=(PIZZA,)))

    (message,) = chat(telegram)
    assert message.text == "Margherita"
    assert message.buttons
    assert receipt.photo_file == message.content["photo"][-1]["file_id"]


async def test_a_page_of_words_becomes_one_with_a_picture_and_the_picture_another(telegram, courier):
    first = await courier.deliver(page("Menu"))

    second = await courier.deliver(page("Margherita", edits=first.sent_as, photos=(PIZZA,)))
    known = LetterPhoto(telegram_file=second.photo_file, picture=1)
    third = await courier.deliver(page("Tonno", edits=first.sent_as, photos=(known,)))

    (message,) = chat(telegram)
    assert second.sent_as == third.sent_as == first.sent_as
    assert message.text == "Tonno"
    assert "photo" in message.content


async def test_words_after_a_picture_take_the_place_of_the_whole_message(telegram, courier):
    first = await courier.deliver(page(photos=(PIZZA,)))

    second = await courier.deliver(page("Menu", edits=first.sent_as))

    assert second.sent_as != first.sent_as
    assert [message.text for message in chat(telegram)] == ["Menu"]


async def test_a_menu_posted_anew_takes_the_old_one_away(telegram, courier):
    first = await courier.deliver(page("Menu"))

    await courier.deliver(page("Menu", replaces=first.sent_as))

    assert len(chat(telegram)) == 1


async def test_words_too_long_for_a_picture_go_without_it(telegram, courier):
    await courier.deliver(page("long " * 300, photos=(PIZZA,)))

    (message,) = chat(telegram)
    assert "photo" not in message.content
    assert message.buttons


async def test_an_id_that_telegram_does_not_know_any_more_stops_no_page(telegram, courier):
    first = await courier.deliver(page("Menu"))

    await courier.deliver(replace(page(edits=first.sent_as), photos=(LetterPhoto(telegram_file="gone", picture=1),)))

    (message,) = chat(telegram)
    assert message.text == "Margherita"
