from typing import Any

import pytest
from starlette.responses import JSONResponse

from bot.edges import ChatMoved, PerhapsDelivered, Receipt, TryLater, Undeliverable
from bot.sandbox.faults import Fault
from bot.telegram_courier import TelegramCourier
from core.people import Channel
from storage.outbox import Letter, LetterPhoto
from tests.bot.conftest import ANNA, BEA, client_of, client_of_server

ACCEPT = ((("Accept · 15 min", "accept:1:1"), ("Reject", "reject:1:1")),)
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def courier(client):
    return TelegramCourier(client)


def letter(**facts) -> Letter:
    about: dict[str, Any] = {"id": 1, "channel": Channel.TELEGRAM, "address": str(BEA.id), "notice": "order_accepted"}
    return Letter(**about | {"text": "#1001 is accepted", "html": "<b>#1001</b> is accepted"} | facts)


def chat(telegram, chat_id=BEA.id):
    """What the bot has said there, oldest first."""
    return [message for message in telegram.state.messages(chat_id) if message.sender == telegram.state.bot]


def said(telegram, chat_id=BEA.id):
    return [message.text for message in chat(telegram, chat_id)]


async def test_a_letter_arrives_with_its_formatting_and_buttons(telegram, courier):
    receipt = await courier.deliver(letter(buttons=ACCEPT))

    (message,) = chat(telegram)
    assert receipt == Receipt(str(message.id))
    assert message.text == "#1001 is accepted"
    assert message.entities[0]["type"] == "bold"
    assert [button["text"] for button in message.buttons[0]] == ["Accept · 15 min", "Reject"]


async def test_what_awaits_an_answer_opens_it_for_whoever_is_mentioned(telegram, courier):
    await courier.deliver(
        letter(notice="reply_awaited", html=f'Your question, <a href="tg://user?id={BEA.id}">Bea</a>?')
    )

    (message,) = chat(telegram)
    assert message.forces_reply_of(BEA)
    assert not message.forces_reply_of(ANNA)


async def test_a_card_is_edited_in_place(telegram, courier):
    first = await courier.deliver(letter(buttons=ACCEPT))

    second = await courier.deliver(letter(edits=first.sent_as, html="#1001 is ready", card="order:1"))

    assert second.sent_as == first.sent_as
    assert said(telegram) == ["#1001 is ready"]
    assert chat(telegram)[0].buttons == []


async def test_an_edit_that_changes_nothing_is_a_success(telegram, courier):
    first = await courier.deliver(letter())

    assert await courier.deliver(letter(edits=first.sent_as)) == first
    assert chat(telegram)[0].edits == 0


async def test_a_card_that_is_gone_is_sent_anew(telegram, courier):
    first = await courier.deliver(letter())
    del telegram.state.chats[BEA.id].messages[int(first.sent_as)]

    second = await courier.deliver(letter(edits=first.sent_as))

    assert second.sent_as != first.sent_as
    assert said(telegram) == ["#1001 is accepted"]


async def test_a_caption_that_became_a_card_is_sent_anew_and_the_old_one_loses_its_buttons(telegram, courier):
    first = await courier.deliver(letter(photos=(LetterPhoto(data=JPEG),), buttons=ACCEPT))

    second = await courier.deliver(letter(edits=first.sent_as, html="#1001 is ready", buttons=ACCEPT))

    assert second.sent_as != first.sent_as
    assert [(message.text, len(message.buttons)) for message in chat(telegram)] == [
        ("#1001 is accepted", 0),
        ("#1001 is ready", 1),
    ]


async def test_a_fresh_card_takes_the_buttons_from_the_old_one(telegram, courier):
    old = await courier.deliver(letter(buttons=ACCEPT))

    await courier.deliver(letter(buttons=ACCEPT, replaces=old.sent_as))

    assert [len(message.buttons) for message in chat(telegram)] == [0, 1]


async def test_a_fresh_card_counts_even_if_the_old_one_is_gone(telegram, courier):
    await courier.deliver(letter(buttons=ACCEPT, replaces="999"))

    assert len(chat(telegram)) == 1


async def test_an_answer_hangs_below_the_message_it_answers(telegram, courier):
    question = telegram.people.say(BEA, "are you open?")

    await courier.deliver(letter(reply_to=str(question.id)))

    assert chat(telegram)[0].reply_to == question


async def test_an_answer_to_a_deleted_message_arrives_all_the_same(telegram, courier):
    await courier.deliver(letter(reply_to="999"))

    assert said(telegram) == ["#1001 is accepted"]


async def test_a_topic_is_kept_to(telegram, courier, group):
    topic = telegram.state.add_topic(group, "Orders")

    await courier.deliver(letter(address=str(group.id), topic=topic))

    assert chat(telegram, group.id)[-1].thread_id == topic


@pytest.mark.parametrize("end", ["deleted", "closed"])
async def test_without_its_topic_a_letter_goes_to_the_general_thread_with_a_warning(telegram, courier, group, end):
    topic = telegram.state.add_topic(group, "Orders")
    if end == "deleted":
        telegram.people.delete_topic(group.id, topic)
    else:
        telegram.people.set_topic_closed(group.id, topic, closed=True)

    receipt = await courier.deliver(letter(address=str(group.id), topic=topic))

    assert receipt.warnings == ("topic_gone",)
    assert chat(telegram, group.id)[-1].thread_id is None


async def test_broken_formatting_goes_out_plain_with_a_warning(telegram, courier):
    receipt = await courier.deliver(letter(html="<b>#1001</i> is accepted", buttons=ACCEPT))

    assert receipt.warnings == ("entities_broken",)
    assert said(telegram) == ["#1001 is accepted"]
    assert chat(telegram)[0].buttons


async def test_a_card_with_broken_formatting_is_edited_plain(telegram, courier):
    first = await courier.deliver(letter(html="#1001"))

    receipt = await courier.deliver(letter(edits=first.sent_as, html="<b>#1001"))

    assert receipt == Receipt(first.sent_as, ("entities_broken",))
    assert said(telegram) == ["#1001 is accepted"]


async def test_a_text_too_long_is_cut_and_not_lost(telegram, courier):
    await courier.deliver(letter(html="<b>x</b>" + "&amp;" * 5000, text="x" + "&" * 5000))

    (text,) = said(telegram)
    assert len(text) == 4096
    assert text.endswith("&…")


async def test_tags_and_entities_do_not_count_towards_the_length(telegram, courier):
    await courier.deliver(letter(html="<b>x</b>" + "&amp;" * 4095))

    assert said(telegram) == ["x" + "&" * 4095]


async def test_a_repeat_of_an_uncertain_send_says_that_it_is_one(telegram, courier):
    await courier.deliver(letter(uncertain=True))

    assert said(telegram) == ["↻ #1001 is accepted"]


async def test_a_letter_without_html_is_escaped(telegram, courier):
    await courier.deliver(letter(html="", text="1 < 2 & 3"))

    assert said(telegram) == ["1 < 2 & 3"]


async def test_the_phone_is_asked_for_by_a_keyboard_which_goes_when_it_is_kept(telegram, courier):
    await courier.deliver(letter(asks_contact=True, buttons=((("Share my number", "contact"),),)))
    keyboard = telegram.state.chats[BEA.id].keyboard
    assert keyboard["keyboard"] == [[{"text": "Share my number", "request_contact": True}]]
    assert keyboard["one_time_keyboard"] is True

    await courier.deliver(letter(notice="phone_kept"))
    assert telegram.state.chats[BEA.id].keyboard is None


async def test_the_place_is_asked_for_by_a_keyboard_which_goes_when_it_is_known(telegram, courier):
    await courier.deliver(letter(asks_location=True, buttons=((("Share my location", ""),),)))
    keyboard = telegram.state.chats[BEA.id].keyboard
    assert keyboard["keyboard"] == [[{"text": "Share my location", "request_location": True}]]

    await courier.deliver(letter(notice="location_kept"))
    assert telegram.state.chats[BEA.id].keyboard is None


async def test_a_photo_carries_the_words_as_its_caption(telegram, courier):
    await courier.deliver(letter(photos=(LetterPhoto(name="broken.jpg", data=JPEG),), buttons=ACCEPT))

    (message,) = chat(telegram)
    assert message.text == "#1001 is accepted"
    assert message.buttons
    assert telegram.state.files[message.content["photo"][-1]["file_id"]].content == JPEG


async def test_a_card_with_a_photo_keeps_its_words_apart_so_that_they_can_be_edited(telegram, courier):
    photos = (LetterPhoto(data=JPEG),)
    first = await courier.deliver(letter(photos=photos, card="return:1", buttons=ACCEPT))

    await courier.deliver(letter(edits=first.sent_as, card="return:1", html="approved"))

    assert said(telegram) == ["", "approved"]


async def test_photos_of_both_kinds_go_as_one_album_before_the_words(telegram, courier):
    sent = telegram.people.send_photo(BEA, JPEG)
    by_id = LetterPhoto(telegram_file=sent.content["photo"][-1]["file_id"])

    await courier.deliver(letter(photos=(by_id, LetterPhoto(data=b"mailed", name="a.png")), buttons=ACCEPT))

    first, second, words = chat(telegram)
    assert first.content["media_group_id"] == second.content["media_group_id"]
    contents = [telegram.state.files[one.content["photo"][-1]["file_id"]].content for one in (first, second)]
    assert contents == [JPEG, b"mailed"]
    assert words.text == "#1001 is accepted"
    assert words.buttons


async def test_eleven_photos_are_an_album_of_ten_and_one(telegram, courier):
    await courier.deliver(letter(photos=tuple(LetterPhoto(data=bytes([n])) for n in range(1, 12))))

    *album, last, words = chat(telegram)
    assert len({photo.content["media_group_id"] for photo in album}) == 1
    assert len(album) == 10
    assert "photo" in last.content
    assert words.text == "#1001 is accepted"


async def test_a_picture_that_is_refused_does_not_stop_the_words(telegram, courier):
    for card in (None, "return:1"):
        await courier.deliver(letter(photos=(LetterPhoto(telegram_file="long gone"),), buttons=ACCEPT, card=card))

    assert said(telegram) == ["🖼 ✗ #1001 is accepted"] * 2


@pytest.mark.parametrize("count", [1, 2])
async def test_a_picture_that_came_as_a_file_goes_out_as_a_file(count):
    asked = []

    async def answer(request):
        asked.append(request.path_params["method"])
        if "Photo" in asked[-1] or "Media" in asked[-1]:
            words = "Bad Request: can't use file of type Document as Photo"
            return JSONResponse({"ok": False, "error_code": 400, "description": words}, 400)
        return JSONResponse({"ok": True, "result": {"message_id": len(asked)}})

    async with client_of_server(answer) as client:
        photos = (LetterPhoto(telegram_file="BQAC"),) * count
        await TelegramCourier(client).deliver(letter(photos=photos, card="return:1"))

    album = ["sendMediaGroup"] if count > 1 else []
    assert asked == [*album, *["sendPhoto", "sendDocument"] * count, "sendMessage"]


async def test_a_customer_who_blocked_the_bot_is_unreachable(telegram, courier):
    telegram.people.block(BEA)

    with pytest.raises(Undeliverable) as refusal:
        await courier.deliver(letter())

    assert refusal.value.unreachable


async def test_a_photo_to_somebody_who_blocked_the_bot_is_undeliverable_too(telegram, courier):
    telegram.people.block(BEA)

    with pytest.raises(Undeliverable) as refusal:
        await courier.deliver(letter(photos=(LetterPhoto(data=JPEG),)))

    assert refusal.value.unreachable


@pytest.mark.parametrize("address", [str(ANNA.id), "404404"])
async def test_whoever_never_opened_the_bot_is_unreachable(courier, address):
    with pytest.raises(Undeliverable, match=r"(?i)chat not found") as refusal:
        await courier.deliver(letter(address=address))

    assert refusal.value.unreachable


async def test_what_is_wrong_with_the_letter_is_not_the_address_fault(courier):
    with pytest.raises(Undeliverable, match=r"(?i)button_data_invalid") as refusal:
        await courier.deliver(letter(buttons=((("Accept", "x" * 65),),)))

    assert not refusal.value.unreachable


@pytest.mark.parametrize("edits", [None, "5"])
async def test_a_group_that_moved_tells_its_new_address(telegram, courier, edits):
    old = telegram.state.add_group("Kitchen", {ANNA: "creator", telegram.state.bot: "member"})
    new = telegram.people.migrate(old.id)

    with pytest.raises(ChatMoved) as moved:
        await courier.deliver(letter(address=str(old.id), edits=edits))

    assert moved.value.new_address == str(new.id)


async def test_a_flood_limit_stops_the_whole_channel_for_as_long_as_telegram_says(telegram, courier):
    telegram.limits.per_group_minute = telegram.limits.per_chat_second = 1
    await courier.deliver(letter())

    with pytest.raises(TryLater) as flood:
        await courier.deliver(letter())

    assert (flood.value.seconds, flood.value.whole_channel) == (1, True)


async def test_no_connection_means_surely_not_delivered(telegram, courier):
    await courier.deliver(letter())
    await telegram.stop()

    with pytest.raises(TryLater) as failure:
        await courier.deliver(letter())

    assert not failure.value.whole_channel


@pytest.mark.parametrize("fault", [Fault.LOST_ANSWER, Fault.CUT, Fault.ERROR])
async def test_a_send_without_an_answer_is_perhaps_delivered(telegram, courier, fault):
    telegram.faults.plan(fault)

    with pytest.raises(PerhapsDelivered):
        await courier.deliver(letter())

    assert len(chat(telegram)) == (fault is Fault.LOST_ANSWER)


@pytest.mark.parametrize("fault", [Fault.LOST_ANSWER, Fault.CUT, Fault.ERROR])
async def test_an_edit_without_an_answer_is_simply_done_again(telegram, courier, fault):
    first = await courier.deliver(letter())
    telegram.faults.plan(fault)
    ready = letter(edits=first.sent_as, html="#1001 is ready")

    with pytest.raises(TryLater):
        await courier.deliver(ready)
    await courier.deliver(ready)

    assert said(telegram) == ["#1001 is ready"]


async def test_a_token_that_is_refused_makes_letters_wait(telegram):
    async with client_of(telegram, "7:wrong") as client:
        with pytest.raises(TryLater) as failure:
            await TelegramCourier(client).deliver(letter())

    assert failure.value.whole_channel


async def test_a_tap_is_answered(telegram, courier):
    card = await courier.deliver(letter(buttons=ACCEPT))
    tap = telegram.people.tap(BEA, int(card.sent_as), "Reject")

    await courier.answer_tap(tap.id, "too late " * 50)

    assert tap.answer == ("too late " * 50)[:200]


@pytest.mark.parametrize("fault", [None, Fault.LOST_ANSWER])
async def test_a_tap_that_cannot_be_answered_does_no_harm(telegram, courier, fault):
    if fault:
        telegram.faults.plan(fault)

    await courier.answer_tap("long ago", "accepted")


async def test_a_caption_with_broken_formatting_goes_out_plain(telegram, courier):
    receipt = await courier.deliver(letter(html="<b>#1001", photos=(LetterPhoto(data=JPEG),)))

    assert receipt.warnings == ("entities_broken",)
    assert said(telegram) == ["#1001 is accepted"]


async def test_words_too_long_for_a_caption_follow_the_photo(telegram, courier):
    await courier.deliver(letter(html="x" * 1024, photos=(LetterPhoto(data=JPEG),)))

    assert said(telegram) == ["", "x" * 1024]


async def test_an_album_whose_topic_is_gone_warns_once(telegram, courier, group):
    photos = (LetterPhoto(data=JPEG), LetterPhoto(data=b"2"))

    receipt = await courier.deliver(letter(address=str(group.id), topic=999, photos=photos))

    assert receipt.warnings == ("topic_gone",)
    assert len(chat(telegram, group.id)) == 3


async def test_photos_are_perhaps_delivered_when_their_answer_is_lost(telegram, courier):
    telegram.faults.plan(Fault.LOST_ANSWER, method="sendMediaGroup")

    with pytest.raises(PerhapsDelivered):
        await courier.deliver(letter(photos=(LetterPhoto(data=JPEG), LetterPhoto(data=b"2"))))


async def test_a_photo_can_be_fetched(telegram, courier):
    sent = telegram.people.send_photo(BEA, JPEG)

    assert await courier.photo_bytes(sent.content["photo"][-1]["file_id"]) == JPEG


async def test_a_photo_larger_than_ten_megabytes_is_not_fetched(telegram, courier):
    sent = telegram.people.send_photo(BEA, b"x" * (10 * 1024 * 1024 + 1))

    with pytest.raises(Undeliverable, match="10 MB"):
        await courier.photo_bytes(sent.content["photo"][-1]["file_id"])


async def test_a_photo_that_is_gone_is_gone(courier):
    with pytest.raises(Undeliverable):
        await courier.photo_bytes("never was")
