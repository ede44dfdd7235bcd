import re
from datetime import timedelta

import pytest
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, RetryAfter

from bot.sandbox.telegram_values import User

KEYBOARD = {"inline_keyboard": [[{"text": "Place order", "callback_data": "place:1"}]]}


def buttons(**button):
    return {"inline_keyboard": [[button]]}


async def test_a_message_stands_in_the_chat_formatted_and_with_its_buttons(api, bot, bea):
    sent = await bot.send_message(bea.id, "<b>Total</b> 8.50", parse_mode="HTML", reply_markup=KEYBOARD)

    stands = api.state.messages(bea.id)[-1]
    assert (stands.id, stands.text, stands.entities[0]["type"]) == (sent.message_id, "Total 8.50", "bold")
    assert stands.buttons == KEYBOARD["inline_keyboard"]


async def test_an_edit_changes_the_message_in_its_place(api, bot, bea):
    sent = await bot.send_message(bea.id, "draft", reply_markup=KEYBOARD)

    await bot.edit_message_text("order #1001", bea.id, sent.message_id)

    stands = api.state.messages(bea.id)[-1]
    assert (stands.id, stands.text, stands.buttons, stands.edits) == (sent.message_id, "order #1001", [], 1)


async def test_an_edit_that_changes_nothing_is_refused(bot, bea):
    sent = await bot.send_message(bea.id, "<b>draft</b>", parse_mode="HTML", reply_markup=KEYBOARD)

    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>draft</b>", bea.id, sent.message_id, parse_mode="HTML", reply_markup=KEYBOARD)


async def test_buttons_alone_can_be_edited(api, bot, bea):
    sent = await bot.send_message(bea.id, "draft", reply_markup=KEYBOARD)

    await bot.edit_message_reply_markup(bea.id, sent.message_id, reply_markup=None)

    assert api.state.messages(bea.id)[-1].buttons == []


async def test_only_what_is_there_and_the_bots_own_can_be_edited(api, bot, bea):
    said = api.people.say(bea, "two cokes")

    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", bea.id, 99999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", bea.id, said.id)


async def test_a_deleted_message_is_gone_and_cannot_be_deleted_twice(api, bot, bea):
    sent = await bot.send_message(bea.id, "away")

    await bot.delete_message(bea.id, sent.message_id)

    assert "away" not in [message.text for message in api.state.messages(bea.id)]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(bea.id, sent.message_id)


async def test_after_two_days_a_message_cannot_be_deleted_any_more(bot, bea, clock):
    sent = await bot.send_message(bea.id, "old")

    clock.jump(48 * 3600 + 1)

    with pytest.raises(BadRequest, match="can't be deleted for everyone"):
        await bot.delete_message(bea.id, sent.message_id)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        ("  \n ", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
        ("<b>x", "Can't parse entities"),
    ],
)
async def test_a_text_that_cannot_be_sent_is_refused(bot, bea, text, words):
    with pytest.raises(BadRequest, match=words):
        await bot.send_message(bea.id, text, parse_mode="HTML")


async def test_the_length_counts_after_formatting(bot, bea):
    sent = await bot.send_message(bea.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")

    assert len(sent.text) == 4096


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Go", "callback_data": "x" * 65}, "Button_data_invalid"),
        ({"text": "Go", "callback_data": "ü" * 33}, "Button_data_invalid"),
        ({"text": "Go", "callback_data": ""}, "Button_data_invalid"),
        ({"text": "Go"}, "Text buttons are unallowed"),
        ({"text": "Go", "url": "nowhere"}, "Wrong HTTP URL"),
        ({"text": "", "callback_data": "x"}, 'Field "text"'),
    ],
)
async def test_a_button_that_cannot_work_is_refused(bot, bea, button, words):
    with pytest.raises(BadRequest, match=re.compile(words, re.IGNORECASE)):
        await bot.send_message(bea.id, "x", reply_markup=buttons(**button))


async def test_a_stranger_and_an_unknown_chat_cannot_be_written_to(api, bot, group):
    stranger = next(iter(group.members))

    for chat in (stranger, 424242, "@nobody"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat, "hello")


async def test_who_blocked_the_bot_is_out_of_reach_until_the_next_word(api, bot, bea):
    api.people.block(bea)

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(bea.id, "hello")

    api.people.say(bea, "here I am again")
    assert await bot.send_message(bea.id, "welcome back")


async def test_a_bot_thrown_out_of_a_group_cannot_write_there(api, bot, group):
    api.people.add_bot(api.state.users[next(iter(group.members))], group.id, "kicked")

    with pytest.raises(Forbidden, match="kicked from the group chat"):
        await bot.send_message(group.id, "hello")


async def test_a_group_that_moved_tells_its_new_id(api, bot, group):
    new = api.people.migrate(group.id)

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "card")

    assert moved.value.new_chat_id == new.id
    assert str(new.id).startswith("-100")
    assert await bot.send_message(new.id, "card")


async def test_topics_must_be_there_and_open(api, bot):
    anna = api.state.add_user(api.state.bot)
    forum = api.state.add_group("Staff", {anna: "creator", api.state.bot: "administrator"}, forum=True)
    topic = await bot.create_forum_topic(forum.id, "Orders")
    in_topic = {"message_thread_id": topic.message_thread_id}

    assert (await bot.send_message(forum.id, "card", **in_topic)).message_thread_id == topic.message_thread_id
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "card", message_thread_id=4711)
    forum.topics[topic.message_thread_id].closed = True
    with pytest.raises(BadRequest, match=re.compile("topic_closed", re.IGNORECASE)):
        await bot.send_message(forum.id, "card", **in_topic)


async def test_a_reply_points_at_its_message(api, bot, bea):
    said = api.people.say(bea, "where is my order")

    sent = await bot.send_message(bea.id, "on its way", reply_to_message_id=said.id)

    assert sent.reply_to_message.text == "where is my order"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(bea.id, "x", reply_to_message_id=99999)


async def test_a_photo_is_kept_and_can_be_fetched(bot, bea):
    sent = await bot.send_photo(bea.id, b"\xff\xd8\r\n--x\r\n", caption="<i>the jar</i>", parse_mode="HTML")

    file = await bot.get_file(sent.photo[-1].file_id)

    assert bytes(await file.download_as_bytearray()) == b"\xff\xd8\r\n--x\r\n"
    assert sent.caption == "the jar"
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")


async def test_an_album_comes_as_messages_with_one_group_id(bot, bea):
    sent = await bot.send_media_group(bea.id, [InputMediaPhoto(b"1", caption="both"), InputMediaPhoto(b"2")])

    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["both", None]


async def test_a_caption_is_shorter_than_a_text(bot, bea):
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(bea.id, b"1", caption="x" * 1025)


async def test_a_document_keeps_its_name(bot, bea):
    sent = await bot.send_document(bea.id, b"%PDF", filename="invoice.pdf")

    assert sent.document.file_name == "invoice.pdf"


async def test_a_reaction_is_one_of_telegrams_own(api, bot, bea):
    said = api.people.say(bea, "two cokes")

    await bot.set_message_reaction(bea.id, said.id, "👌")

    assert list(said.reactions.values()) == ["👌"]
    with pytest.raises(BadRequest, match=re.compile("reaction_invalid", re.IGNORECASE)):
        await bot.set_message_reaction(bea.id, said.id, "🍝")


async def test_a_reply_keyboard_stays_under_the_chat_until_it_is_removed(api, bot, bea):
    await bot.send_message(bea.id, "?", reply_markup={"keyboard": [[{"text": "Share", "request_contact": True}]]})
    assert api.state.chat(bea.id).keyboard["keyboard"][0][0]["text"] == "Share"

    await bot.send_message(bea.id, "!", reply_markup={"remove_keyboard": True})
    assert api.state.chat(bea.id).keyboard is None


async def test_a_reply_is_begun_for_whoever_is_mentioned_and_nobody_else(api, bot, group, bea):
    api.people.join(bea, group.id)
    words = f'<a href="tg://user?id={bea.id}">Bea</a>: your question?'
    selective = {"force_reply": True, "selective": True}

    await bot.send_message(group.id, words, parse_mode="HTML", reply_markup=selective)
    await bot.send_message(group.id, "Anybody?", reply_markup={"force_reply": True})
    await bot.send_message(group.id, "Nobody.")

    begun = [message.forces_reply_of(bea) for message in api.state.messages(group.id)[-3:]]
    others = [message.forces_reply_of(User(99, "Zoe")) for message in api.state.messages(group.id)[-3:]]
    assert (begun, others) == ([True, True, False], [False, True, False])
    assert group.keyboard is None


async def test_the_bot_can_ask_who_is_in_a_group(api, bot, group):
    owner, *_ = group.members

    administrators = await bot.get_chat_administrators(group.id)
    nobody = await bot.get_chat_member(group.id, api.state.add_user(api.state.users[owner]).id)

    assert [one.user.id for one in administrators] == [owner]
    assert nobody.status == "creator"
    assert (await bot.get_chat(group.id)).title == "Staff"
    assert await bot.get_chat_member_count(group.id) == 3


async def test_commands_are_remembered(bot):
    await bot.set_my_commands([("menu", "what there is")])

    assert [command.command for command in await bot.get_my_commands()] == ["menu"]
    assert await bot.get_my_commands(language_code="de") == ()


async def test_a_client_lists_the_commands_of_its_language_else_those_for_everybody(api, bot, bea, group):
    await bot.set_my_commands([("menu", "what there is")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("menu", "was es gibt")], scope=BotCommandScopeAllPrivateChats(), language_code="de")
    await bot.set_my_commands([("stock", "what is left")], scope=BotCommandScopeAllGroupChats())

    chats = api.state.chats
    german = api.state.add_user(User(77, "Dora", language_code="de"))

    assert [one["description"] for one in api.state.commands_in(chats[bea.id])] == ["what there is"]
    assert [one["description"] for one in api.state.commands_in(chats[german.id])] == ["was es gibt"]
    assert [one["command"] for one in api.state.commands_in(chats[group.id])] == ["stock"]


async def test_who_is_too_fast_must_wait(api, bot, bea, clock):
    api.limits.per_chat_second = 1
    await bot.send_message(bea.id, "one")

    with pytest.raises(RetryAfter):
        await bot.send_message(bea.id, "two")

    clock.jump(1)
    assert await bot.send_message(bea.id, "two")


async def test_a_group_takes_its_number_of_messages_a_minute_edits_included(api, bot, group, clock):
    api.limits.per_group_minute = 2
    card = await bot.send_message(group.id, "card")
    await bot.edit_message_text("changed", group.id, card.message_id)
    clock.jump(20)

    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(group.id, "one more")

    assert refusal.value.retry_after == timedelta(seconds=40)


async def test_what_the_server_does_not_know_is_not_found(bot):
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendCoffee", {})


async def test_another_token_is_refused(api):
    with pytest.raises(InvalidToken):
        async with Bot("1:other", base_url=api.base):
            pass
