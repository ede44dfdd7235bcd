import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import BadRequest, Conflict
from telegram.warnings import PTBUserWarning

from bot.sandbox.http_server import HttpServer
from bot.sandbox.telegram_people import NoSuchButton

KEYBOARD = {"inline_keyboard": [[{"text": "Accept", "callback_data": "accept:1"}]]}


async def read(bot, **options):
    """What waits, confirmed at once."""
    updates = await bot.get_updates(timeout=0, **options)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return updates


def texts(updates):
    return [update.effective_message.text for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(api, bot, bea):
    api.people.say(bea, "two cokes")
    api.people.say(bea, "and a beer")

    first = await bot.get_updates(timeout=0)
    again = await bot.get_updates(timeout=0)
    rest = await bot.get_updates(offset=first[0].update_id + 1, timeout=0)

    assert texts(first) == texts(again) == ["two cokes", "and a beer"]
    assert texts(rest) == ["and a beer"]


async def test_a_limit_gives_the_oldest_first(api, bot, bea):
    for number in range(3):
        api.people.say(bea, f"{number}")

    assert texts(await bot.get_updates(limit=2, timeout=0)) == ["0", "1"]


async def test_a_negative_offset_forgets_all_but_the_last(api, bot, bea):
    for number in range(3):
        api.people.say(bea, f"{number}")

    assert texts(await bot.get_updates(offset=-1, timeout=0)) == ["2"]
    assert texts(await bot.get_updates(timeout=0)) == ["2"]


async def test_an_offset_of_another_queue_confirms_nothing(api, bot, bea):
    api.people.say(bea, "two cokes")

    assert texts(await bot.get_updates(offset=2_000_000_000, timeout=0)) == ["two cokes"]


async def test_a_waiting_poll_ends_with_the_first_word(api, bot, bea):
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.state.updates.polled.wait()

    api.people.say(bea, "two cokes")

    assert texts(await poll) == ["two cokes"]


async def test_of_two_pollers_the_earlier_is_told_of_the_conflict(api, bot, new_bot):
    earlier = asyncio.create_task(bot.get_updates(timeout=50))
    await api.state.updates.polled.wait()

    async with new_bot() as later:
        await later.get_updates(timeout=0)

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await earlier


async def test_with_a_webhook_set_there_is_no_polling(bot):
    await bot.set_webhook("https://shop.example/hook")

    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates(timeout=0)

    await bot.delete_webhook()
    assert await bot.get_updates(timeout=0) == ()


async def test_a_webhook_gets_each_update_until_it_says_yes(api, bot, bea):
    came: asyncio.Queue[tuple[dict[str, Any], str]] = asyncio.Queue()
    answers = iter([500, 200, 200])

    async def take(request):
        came.put_nowait((await request.json(), request.headers["x-telegram-bot-api-secret-token"]))
        return Response(status_code=next(answers))

    shop = HttpServer(Starlette(routes=[Route("/hook", take, methods=["POST"])]))
    await shop.start()
    await bot.set_webhook(f"http://127.0.0.1:{shop.port}/hook", secret_token="sesame")
    api.people.say(bea, "two cokes")
    api.people.say(bea, "and a beer")

    heard = [await came.get() for _ in range(3)]

    assert [update["message"]["text"] for update, _ in heard] == ["two cokes", "two cokes", "and a beer"]
    assert {secret for _, secret in heard} == {"sesame"}
    assert "500" in (await bot.get_webhook_info()).last_error_message
    await bot.delete_webhook()
    await shop.stop()


async def test_a_webhook_elsewhere_needs_https(bot):
    with pytest.raises(BadRequest, match="Bad webhook"):
        await bot.set_webhook("http://shop.example/hook")


async def test_only_allowed_kinds_come(api, bot, bea):
    await bot.get_updates(timeout=0, allowed_updates=["edited_message"])

    said = api.people.say(bea, "two cokes")
    api.people.edit(bea, said.id, "three cokes")

    (update,) = await bot.get_updates(timeout=0)
    assert update.edited_message.text == "three cokes"


async def test_who_leaves_is_told_to_admins_that_ask_for_it(api, bot, group):
    anna, sam = (api.state.users[user_id] for user_id in list(group.members)[:2])
    api.people.leave(sam, group.id)
    await read(bot, allowed_updates=["chat_member"])
    api.people.add_bot(anna, group.id, "administrator")

    api.people.join(sam, group.id, by=anna)
    api.people.leave(sam, group.id)

    moves = [update.chat_member for update in await read(bot)]
    assert [(move.old_chat_member.status, move.new_chat_member.status) for move in moves] == [
        ("left", "member"),
        ("member", "left"),
    ]


async def test_a_tap_brings_its_data_and_is_answered_once(api, bot, bea):
    card = await bot.send_message(bea.id, "card", reply_markup=KEYBOARD)

    tap = api.people.tap(bea, card.message_id, "Accept")
    (update,) = await read(bot)
    await update.callback_query.answer("Accepted", show_alert=True)

    assert (update.callback_query.data, tap.answer, tap.is_alert) == ("accept:1", "Accepted", True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer("again")


async def test_a_tap_answered_too_late_is_too_old(api, bot, bea, clock):
    card = await bot.send_message(bea.id, "card", reply_markup=KEYBOARD)
    api.people.tap(bea, card.message_id, "accept:1")
    (update,) = await read(bot)

    clock.jump(60)

    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer("late")


async def test_a_tap_can_come_again_under_a_new_update_id(api, bot, bea):
    card = await bot.send_message(bea.id, "card", reply_markup=KEYBOARD)
    api.people.tap(bea, card.message_id, "Accept")

    assert api.people.resend_last_tap()

    one, other = await read(bot)
    assert one.callback_query.id == other.callback_query.id
    assert one.update_id != other.update_id


async def test_a_forged_client_can_send_any_data(api, bot, bea):
    card = await bot.send_message(bea.id, "card")

    api.people.tap_data(bea, card.message_id, "accept:999")

    (update,) = await read(bot)
    assert update.callback_query.data == "accept:999"


async def test_only_a_button_that_is_there_can_be_tapped(api, bot, bea):
    card = await bot.send_message(bea.id, "card", reply_markup=KEYBOARD)

    with pytest.raises(NoSuchButton):
        api.people.tap(bea, card.message_id, "Reject")


async def test_a_link_button_gives_its_address(api, bot, bea):
    link = {"inline_keyboard": [[{"text": "Menu", "url": "https://shop.example/menu"}]]}
    card = await bot.send_message(bea.id, "card", reply_markup=link)

    assert api.people.tap(bea, card.message_id, "Menu") == "https://shop.example/menu"


async def test_taps_live_150_seconds_and_messages_a_day(api, bot, bea, clock):
    card = await bot.send_message(bea.id, "card", reply_markup=KEYBOARD)
    api.people.say(bea, "two cokes")
    api.people.tap(bea, card.message_id, "Accept")

    clock.jump(151)
    after_minutes = await bot.get_updates(timeout=0)
    clock.jump(24 * 3600)

    assert texts(after_minutes) == ["two cokes"]
    assert await bot.get_updates(timeout=0) == ()


async def test_in_a_group_a_plain_member_sees_commands_replies_and_service_messages(api, bot, group):
    anna, sam = (api.state.users[user_id] for user_id in list(group.members)[:2])
    card = await bot.send_message(group.id, "card")

    api.people.say(sam, "busy tonight", group.id)
    api.people.say(sam, "/orders", group.id)
    api.people.say(sam, "/orders@another_bot", group.id)
    api.people.say(sam, "ask her", group.id, reply_to=card.message_id)
    api.people.leave(sam, group.id)

    assert texts(await read(bot)) == ["/orders", "ask her", None]
    api.people.add_bot(anna, group.id, "administrator")
    api.people.say(anna, "busy tonight", group.id)
    *_, last = await read(bot)
    assert last.message.text == "busy tonight"


async def test_an_anonymous_admin_writes_as_the_groups_bot(api, bot, group):
    anna = api.state.users[next(iter(group.members))]

    api.people.say(anna, "/stock", group.id, anonymous=True)

    (update,) = await read(bot)
    assert (update.message.from_user.id, update.message.sender_chat.id) == (1087968824, group.id)


async def test_a_group_that_moves_says_so_on_both_sides(api, bot, group):
    new = api.people.migrate(group.id)

    old_side, new_side = await read(bot)
    assert (old_side.message.chat.id, old_side.message.migrate_to_chat_id) == (group.id, new.id)
    assert (new_side.message.chat.id, new_side.message.migrate_from_chat_id) == (new.id, group.id)


async def test_blocking_and_coming_back_are_told(api, bot, bea):
    api.people.block(bea)
    api.people.unblock(bea)

    statuses = [update.my_chat_member.new_chat_member.status for update in await read(bot)]
    assert statuses == ["kicked", "member"]


async def test_a_deep_link_starts_with_its_payload(api, bot, bea):
    api.people.start(bea, "join-K7QM")

    assert texts(await read(bot)) == ["/start join-K7QM"]


async def test_a_contact_and_an_album_come_as_in_life(api, bot, bea):
    api.people.share_contact(bea)
    api.people.send_photo(bea, b"1", "the jar", album="a")
    api.people.send_photo(bea, b"2", album="a")

    contact, one, other = (update.message for update in await read(bot))
    assert contact.contact.phone_number == bea.phone
    assert one.media_group_id == other.media_group_id
    assert (one.caption, bool(other.photo)) == ("the jar", True)


async def test_a_text_too_long_for_one_message_comes_in_several(api, bot, bea):
    api.people.say(bea, "x" * 10_000)

    assert [len(text) for text in texts(await read(bot))] == [4096, 4096, 1808]


async def test_raw_updates_can_be_read_by_the_library_later(api, bot, bea):
    api.people.say(bea, "/menu please")

    # The library advises its own method, which would parse the update at once.
    with pytest.warns(PTBUserWarning, match="getUpdates"):
        (raw,) = await bot.do_api_request("getUpdates", {"timeout": 0})

    assert Update.de_json(raw, bot).message.entities[0].type == "bot_command"
