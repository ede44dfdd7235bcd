import contextlib
import copy
import functools
import json
import operator
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.bot_api import BOT
from bot.telegram_decode import ANONYMOUS_ADMIN, CONTENTS, decode_telegram
from bot.telegram_json import Unreadable
from bot.telegram_keys import key_and_lane
from handlers.incoming import (
    BotMoved,
    ButtonTap,
    Chat,
    ChatContact,
    ChatLocation,
    ChatOther,
    ChatPerson,
    ChatPhoto,
    ChatText,
    GroupMigrated,
    MemberChanged,
    NothingToDo,
)
from tests.bot.conftest import ANNA, BEA

PERSON = ChatPerson(BEA.id, "Bea Rossi", "it")
PRIVATE = Chat(BEA.id, private=True)
GROUP = -1002


def decode(update):
    return decode_telegram(json.dumps(update).encode(), BOT.id, BOT.username)


def came(telegram):
    """All that came since the last time, decoded."""
    updates = telegram.state.updates.take(0)
    telegram.state.updates.forget_all()
    return [decode(update) for update in updates]


def message(kind="message", **content):
    said = {"message_id": 5, "date": 1, "chat": {"id": BEA.id, "type": "private"}, "from": BEA.as_api()}
    return {"update_id": 1, kind: said | content}


def in_group(**content):
    return message(chat={"id": GROUP, "type": "supergroup", "title": "Staff"}, **content)


async def test_a_text(telegram):
    said = telegram.people.say(BEA, "two margheritas")

    assert came(telegram) == [ChatText(PERSON, PRIVATE, said.id, "two margheritas")]


async def test_an_answer_and_an_edit(telegram):
    first = telegram.people.say(BEA, "two margheritas")
    second = telegram.people.say(BEA, "no, three", reply_to=first.id)
    telegram.people.edit(BEA, second.id, "no, four")

    assert came(telegram)[1:] == [
        ChatText(PERSON, PRIVATE, second.id, "no, three", first.id),
        ChatText(PERSON, PRIVATE, second.id, "no, four", first.id, edited=True),
    ]


async def test_a_photo_in_its_largest_size_with_its_words_and_album(telegram):
    sent = telegram.people.send_photo(BEA, b"jpeg", "it broke", album="77")

    largest = sent.content["photo"][-1]["file_id"]
    assert came(telegram) == [ChatPhoto(PERSON, PRIVATE, sent.id, largest, "it broke", "77")]


async def test_a_contact_of_ones_own_and_that_of_another(telegram):
    telegram.people.share_contact(BEA)

    (own,) = came(telegram)
    assert isinstance(own, ChatContact)
    assert (own.phone, own.own) == (BEA.phone, True)
    for other in ({"user_id": ANNA.id}, {}, {"user_id": None}):
        assert not decode(message(contact={"phone_number": "+39", "first_name": "x", **other})).own


def test_a_contact_that_was_passed_on_is_not_ones_own():
    contact = {"phone_number": "+39", "first_name": "Bea", "user_id": BEA.id}

    assert not decode(message(contact=contact, forward_origin={"type": "hidden_user"})).own


async def test_a_tap_whatever_its_data(telegram, client):
    sent = await client.call("sendMessage", {"chat_id": BEA.id, "text": "Total 17.00"})
    tap = telegram.people.tap_data(BEA, sent["message_id"], "place:1:1")

    assert came(telegram) == [ButtonTap(PERSON, PRIVATE, sent["message_id"], tap.id, "place:1:1")]


async def test_a_tap_of_an_anonymous_admin_carries_the_true_person(telegram, group):
    said = telegram.people.say(ANNA, "hello", group.id, anonymous=True)
    telegram.people.tap_data(ANNA, said.id, "accept:1:1", group.id)

    text, tap = came(telegram)
    assert (text.person.user_id, text.person.anonymous_admin) == (ANONYMOUS_ADMIN, True)
    assert (tap.person.user_id, tap.person.anonymous_admin) == (ANNA.id, False)


async def test_a_topic_is_where_it_was_written(telegram, group):
    topic = telegram.state.add_topic(group, "Orders")
    telegram.people.say(ANNA, "hello", group.id, thread_id=topic)

    assert came(telegram)[-1].chat == Chat(group.id, private=False, topic=topic, title="Staff")


async def test_people_who_come_and_go(telegram, group):
    telegram.state.updates.allowed = frozenset({"message", "chat_member"})
    telegram.people.join(BEA, group.id)
    telegram.people.leave(BEA, group.id)

    chat = Chat(group.id, private=False, title="Staff")
    joined, left = MemberChanged(PERSON, chat, present=True), MemberChanged(PERSON, chat, present=False)
    assert came(telegram) == [joined, joined, left, left]


async def test_the_bot_itself_comes_rises_and_goes(telegram):
    group = telegram.state.add_group("Staff", {ANNA: "creator"})
    for status in ("member", "administrator", "kicked"):
        telegram.people.add_bot(ANNA, group.id, status)

    moves = [one for one in came(telegram) if not isinstance(one, NothingToDo)]
    assert [(move.present, move.admin) for move in moves] == [(True, False), (True, True), (False, False)]
    assert {move.person.user_id for move in moves} == {ANNA.id}


async def test_a_customer_blocks_and_comes_back(telegram):
    telegram.people.block(BEA)
    telegram.people.unblock(BEA)

    assert came(telegram) == [BotMoved(PERSON, PRIVATE, present=False), BotMoved(PERSON, PRIVATE, present=True)]


async def test_a_group_that_becomes_a_supergroup_is_told_from_both_sides(telegram):
    old = telegram.state.add_group("Staff", {ANNA: "creator", telegram.state.bot: "member"})
    new = telegram.people.migrate(old.id)

    assert came(telegram) == [GroupMigrated(old.id, new.id)] * 2


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("/help", "/help"),
        (f"/help@{BOT.username}", "/help"),
        (f"/start@{BOT.username.upper()} abc  d", "/start abc  d"),
        (f"/help@{BOT.username}\nplease", "/help\nplease"),
        ("/help@two@signs", "/help@two@signs"),
        ("mail me /at@example.com", "mail me /at@example.com"),
    ],
)
def test_our_name_behind_a_command_is_not_part_of_it(written, understood):
    assert decode(message(text=written)).text == understood


@pytest.mark.parametrize("text", ["/help@other_bot", "/start@other_bot abc"])
def test_a_command_for_another_bot_is_not_for_us(text):
    assert decode(in_group(text=text)) == NothingToDo("other_bot")


def test_a_text_that_was_passed_on_is_a_text():
    assert decode(message(text="two cokes", forward_origin={"type": "hidden_user"})).text == "two cokes"


@pytest.mark.parametrize("mime", ["image/jpeg", "image/heic"])
def test_a_picture_sent_as_a_file_is_a_photo(mime):
    photo = decode(message(document={"file_id": "f1", "mime_type": mime}, caption="it broke"))

    assert photo == ChatPhoto(PERSON, PRIVATE, 5, "f1", "it broke")


@pytest.mark.parametrize("document", [{"file_id": "f1"}, {"file_id": "f1", "mime_type": "image/svg+xml"}])
def test_another_file_is_something_else(document):
    assert decode(message(document=document)) == ChatOther(PERSON, PRIVATE, 5, "document")


@pytest.mark.parametrize("kind", CONTENTS)
def test_what_the_desk_does_not_read_keeps_its_kind(kind):
    assert decode(message(**{kind: {}})) == ChatOther(PERSON, PRIVATE, 5, kind)


def test_a_venue_is_no_mere_location_and_an_animation_no_mere_file():
    assert decode(message(location={}, venue={})).kind == "venue"
    assert decode(message(document={"file_id": "f1", "mime_type": "image/gif"}, animation={})).kind == "animation"


def test_a_place_is_read_with_its_degrees_whether_shared_once_or_live(telegram):
    telegram.people.share_location(BEA, (46.5, 11))
    telegram.people.share_location(BEA, (46.5, 11), live=True)

    once, live = came(telegram)[-2:]
    assert (once.lat, once.lon, once.address) == (live.lat, live.lon, live.address) == (46.5, 11.0, "")


def test_a_venue_is_a_place_with_its_address():
    place = {"latitude": 46.5, "longitude": 11.35}

    read = decode(message(location=place, venue={"location": place, "title": "Bar", "address": "Piazza 1"}))

    assert read == ChatLocation(PERSON, PRIVATE, 5, 46.5, 11.35, "Piazza 1")


@pytest.mark.parametrize("place", [{"latitude": "46", "longitude": 11}, {"latitude": True, "longitude": 11}, [], 7])
def test_a_place_without_numbers_is_a_message_that_is_not_read(place):
    assert decode(message(location=place)) == ChatOther(PERSON, PRIVATE, 5, "location")


def test_a_live_place_that_moves_on_says_nothing_new():
    assert decode(message("edited_message", location={"latitude": 46.5, "longitude": 11.0})).what == "edited_message"


def test_content_that_the_bot_api_has_no_words_for_is_answered_all_the_same():
    assert decode(message()) == ChatOther(PERSON, PRIVATE, 5, "unknown")


def test_words_put_below_a_photo_later_are_an_edited_text():
    edited = message("edited_message", photo=[{"file_id": "f1"}], caption="two of them")

    assert decode(edited) == ChatText(PERSON, PRIVATE, 5, "two of them", edited=True)


def test_a_message_in_a_topic_does_not_answer_the_one_that_opened_it():
    opening = {"message_id": 3, "forum_topic_created": {"name": "Orders"}}
    said = in_group(text="hello", message_thread_id=3, is_topic_message=True, reply_to_message=opening)

    assert (decode(said).reply_to, decode(said).chat.topic) == (None, 3)


def test_a_thread_of_replies_outside_a_forum_is_no_topic():
    assert decode(in_group(text="hello", message_thread_id=3)).chat.topic is None


@pytest.mark.parametrize(
    ("update", "what"),
    [
        (message(text="hi", **{"from": BOT.as_api()}), "bot"),
        (in_group(text="hi", **{"from": {"id": 9, "is_bot": True, "first_name": "Other"}}), "bot"),
        (in_group(text="news", is_automatic_forward=True, sender_chat={"id": -7}), "bot"),
        (in_group(pinned_message={}), "pinned_message"),
        (in_group(forum_topic_closed={}), "forum_topic_closed"),
        (in_group(new_chat_members=[BOT.as_api()]), "bot_moved"),
        (in_group(left_chat_member=BOT.as_api()), "bot_moved"),
        (message("edited_message", location={}), "edited_message"),
        (message(chat={"id": -9, "type": "channel"}, text="news"), "channel"),
        ({"update_id": 1, "channel_post": {"text": "news"}}, "channel_post"),
        ({"update_id": 1, "poll": 5}, "poll"),
        ({"update_id": 1}, "nothing"),
        ({"callback_query": {"id": "t", "from": BEA.as_api(), "inline_message_id": "i", "data": "x"}}, "inline_tap"),
    ],
)
def test_what_the_desk_has_no_use_for(update, what):
    assert decode(update) == NothingToDo(what)


def test_somebody_behind_a_channel_is_nobody_we_know():
    said = in_group(text="hi", sender_chat={"id": -7}, **{"from": {"id": 136817688, "is_bot": True, "first_name": "C"}})

    assert decode(said).person.anonymous_admin


def test_what_databases_cannot_keep_is_taken_out_of_a_text():
    assert decode(message(text="two\0 cokes \ud800!")).text == "two cokes ?!"


def test_the_largest_size_of_a_photo_counts_wherever_it_stands():
    sizes = [{"file_id": name, "width": width, "height": width} for name, width in (("m", 320), ("x", 800), ("s", 90))]

    assert decode(message(photo=sizes)).file_id == "x"


@pytest.mark.parametrize("is_member", [True, False])
def test_who_may_not_write_may_still_be_there(is_member):
    now = {"user": BEA.as_api(), "status": "restricted", "is_member": is_member}
    told = {"chat": {"id": GROUP, "type": "supergroup"}, "from": ANNA.as_api(), "new_chat_member": now}

    assert decode({"chat_member": told}).present is is_member


@pytest.mark.parametrize(
    "update",
    [
        {"message": 7},
        message(message_id=True, text="hi"),
        message(chat=None),
        message(chat={"id": "51"}, text="hi"),
        message(message_id=2**64, text="hi"),
        message(text=["hi"]),
        message(photo=[]),
        message(photo=["x"]),
        in_group(new_chat_members=3),
        {"callback_query": {"id": "t", "data": "x", "message": {"chat": {"id": 1}}}},
        {"my_chat_member": {"chat": {"id": 1}}},
    ],
)
def test_an_update_without_what_its_kind_must_have_is_unreadable(update):
    with pytest.raises(Unreadable):
        decode(update)


NAMES = st.sampled_from(
    re.findall(
        r"\w+",
        """
    update_id message edited_message callback_query my_chat_member chat_member message_id chat id from type text photo
    file_id width document mime_type contact phone_number user_id data reply_to_message new_chat_members edit_date
    left_chat_member migrate_to_chat_id new_chat_member user status is_bot sender_chat is_topic_message""",
    )
)
TEXT = st.text(st.characters(), max_size=6)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.sampled_from(["private", "channel"])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | TEXT, inner, max_size=8), max_leaves=40
)
UPDATES = st.dictionaries(NAMES | TEXT, JSON, max_size=4)
KINDS = st.sampled_from(["message", "edited_message"])
ALMOST = st.builds(lambda kind, changes: message(kind, **changes), KINDS, UPDATES)


@given(UPDATES | ALMOST)
def test_any_object_has_a_key_and_a_lane_that_a_database_can_keep(update):
    for told in key_and_lane(update):
        assert told.encode()
        assert "\0" not in told


@given(JSON | ALMOST)
def test_any_json_is_decoded_or_unreadable(update):
    with contextlib.suppress(Unreadable):
        decode(update)


MEMBER = {"user": BEA.as_api(), "status": "restricted", "is_member": True}
GROUP_CHAT = {"id": GROUP, "type": "supergroup", "title": "Staff"}
SOUND = [
    in_group(text="/help@other", message_thread_id=3, is_topic_message=True, reply_to_message={"message_id": 3}),
    message(photo=[{"file_id": "s", "width": 1, "height": 1}, {"file_id": "x"}], caption="c", media_group_id="7"),
    message(document={"file_id": "f1", "mime_type": "image/png"}),
    message(contact={"phone_number": "+39", "first_name": "Bea", "user_id": BEA.id}),
    message("edited_message", text="hi", edit_date=7),
    in_group(new_chat_members=[BEA.as_api()]),
    in_group(left_chat_member=BEA.as_api()),
    in_group(migrate_to_chat_id=-5),
    in_group(text="hi", sender_chat={"id": -7}),
    {
        "callback_query": {
            "id": "t",
            "from": BEA.as_api(),
            "data": "x",
            "message": {"message_id": 5, "chat": GROUP_CHAT},
        }
    },
    {"chat_member": {"chat": GROUP_CHAT, "from": ANNA.as_api(), "new_chat_member": MEMBER}},
    {"my_chat_member": {"chat": GROUP_CHAT, "from": ANNA.as_api(), "new_chat_member": MEMBER}},
]


def places(value, path=()):
    """The path of each part of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield (*path, name)
        yield from places(part, (*path, name))


@pytest.mark.parametrize("update", SOUND)
@given(odd=JSON)
@example(odd=[])
@example(odd={})
@example(odd=None)
def test_a_sound_update_with_any_one_part_odd_is_decoded_or_unreadable(update, odd):
    for *path, last in places(update):
        broken = copy.deepcopy(update)
        functools.reduce(operator.getitem, path, broken)[last] = odd
        key_and_lane(broken)
        with contextlib.suppress(Unreadable):
            decode(broken)


@given(st.binary(max_size=50))
@example(b"[" * 100_000)
@example(b"\xff")
def test_any_bytes_are_decoded_or_unreadable(raw):
    with contextlib.suppress(Unreadable):
        decode_telegram(raw, BOT.id, BOT.username)


def key(update):
    return key_and_lane(update)[0]


def test_keys_come_from_what_an_update_is_about():
    tap = {"id": "t1", "from": {"id": 51}, "message": {"chat": {"id": GROUP}}, "data": "x"}

    assert key_and_lane(message(text="hi")) == (f"message:{BEA.id}:5", f"telegram:{BEA.id}:{BEA.id}")
    assert key(message("edited_message", edit_date=77)) == f"edit:{BEA.id}:5:77"
    assert key_and_lane({"update_id": 8, "callback_query": tap}) == ("tap:t1", f"telegram:{GROUP}:51")
    assert key_and_lane({"update_id": 9, "callback_query": tap}) == ("tap:t1", f"telegram:{GROUP}:51")
    assert key_and_lane({"update_id": 9, "my_chat_member": {"chat": {"id": 4}}}) == ("update:9", "telegram:4")


def test_a_key_holds_nothing_that_a_database_cannot_keep():
    assert key({"callback_query": {"id": "t\ud800\0"}}) == "tap:t?"


def test_updates_without_anything_to_tell_them_by_are_told_apart_by_their_content():
    assert key({"message": 1}) != key({"message": 2})
    assert key({"message": 1}) == key({"message": 1})
