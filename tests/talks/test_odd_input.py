"""What no customer means and every desk gets: each has a clear answer, and the desk stands."""

import base64
from datetime import timedelta

import pytest

from core.people import Channel
from storage.inbox import RawMessage
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import GROUP, NOON, PEOPLE, SHOP

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]


# Large and odd messages take their time: not for `make quick`.
pytestmark = pytest.mark.slow


def said(desk: DeskForTests, where: int | str = BEA.id) -> list[str]:
    """What reached this chat or address since the last time; the little answers over buttons are where ""."""
    return [heard.words for heard in desk.take_heard() if heard.where == str(where)]


def carl(text: str, number: int = 1, **more) -> bytes:
    return Draft("Carl Smith", "carl@example.org", text, **more).sent(number, NOON)


async def check_stands(desk: DeskForTests) -> None:
    """Nothing broke, the books are right, and the next customer is served."""
    assert desk.faults() == []
    await desk.say(PEOPLE["max"], "a coke, pickup")
    assert "1 × Coke" in said(desk, PEOPLE["max"].id)[0]
    await desk.check_books()


@pytest.mark.parametrize(
    "text",
    [
        "🍕" * 4096,
        "a" * 4096,
        "\u202e\u0000\u200b\ufeff",
        "2 margherita " * 300,
        "(" * 4096,
        "1 1 1 1 1 1 1 1 1 " * 200,
        "👨\u200d👩\u200d👧\u200d👦" * 500,
        "ｍａｒｇｈｅｒｉｔａ ×２",
        "/" + "x" * 4000,
        "half a pizza and 3/4 of a coke",
        "1e9 cokes",
        "٣ coke",
    ],
    ids=lambda text: repr(text[:12]),
)
async def test_whatever_is_written_gets_one_answer(desk, text):
    await desk.say(BEA, text)

    assert len(said(desk)) == 1
    await check_stands(desk)


async def test_emoji_that_telegram_splits_into_messages_are_each_answered(desk):
    for start in range(0, 10_000, 4096):
        await desk.say(BEA, "🍕" * min(4096, 10_000 - start))

    assert len(said(desk)) == 3
    await check_stands(desk)


async def test_two_hundred_lines_are_more_than_one_order_holds(desk):
    dishes = ["margherita", "diavola", "marinara", "tirolese", "coke"]
    toppings = [
        "mushrooms",
        "onions",
        "olives",
        "rocket",
        "artichokes",
        "ham",
        "speck",
        "anchovies",
        "chilli",
        "cheese",
    ]
    lines = [f"1 {dish} with {one} and {two}" for dish in dishes for one in toppings for two in toppings[:4]]
    await desk.say(BEA, "\n".join(lines))

    assert said(desk) == ["Sorry, that is more than one order can hold: at most 40 lines."]
    await check_stands(desk)


async def test_two_hundred_equal_lines_are_too_many_of_one_thing(desk):
    await desk.say(BEA, "\n".join(["1 margherita"] * 200))

    assert said(desk) == ["Sorry, that is more than we can make of one thing: at most 50 × Margherita."]
    await check_stands(desk)


async def test_three_megabytes_of_mail_are_answered_like_any_other(desk):
    raw = carl("2 jars of honey, I pick them up\n\n" + "and some more words about the weather " * 80_000)
    assert len(raw) > 3_000_000
    await desk.mail(raw)

    assert len(said(desk, "carl@example.org")) == 1
    await check_stands(desk)


async def test_three_megabytes_of_goods_are_too_many(desk):
    await desk.mail(carl("2 jars of honey\n" * 190_000))

    answer = said(desk, "carl@example.org")
    assert len(answer) == 1
    assert "more than" in answer[0]
    await check_stands(desk)


@pytest.mark.parametrize("charset", ["utf-8", "klingon-8", "us-ascii", "utf-16", ""])
async def test_a_mail_in_a_broken_charset_is_read_as_far_as_it_goes(desk, charset):
    head = f"From: Carl <carl@example.org>\r\nTo: {SHOP}\r\nSubject: Order\r\nMessage-ID: <1@example.org>\r\n"
    body = "2 jars of honey, I pick them up. Gr\xfc\xdfe\r\n".encode("latin-1") + b"\xff\xfe\x81"
    await desk.mail(f'{head}Content-Type: text/plain; charset="{charset}"\r\n\r\n'.encode() + body)

    assert len(said(desk, "carl@example.org")) == 1
    await check_stands(desk)


@pytest.mark.parametrize("sender", ["", "From: \r\n", "From: nobody at all\r\n", "From: <>\r\n"])
async def test_a_mail_without_a_sender_reaches_the_staff(desk, sender):
    await desk.mail(f"{sender}To: {SHOP}\r\nSubject: Order\r\n\r\n2 jars of honey\r\n".encode())

    alarms = said(desk, GROUP)
    assert len(alarms) == 1
    assert "⚠️" in alarms[0]
    await check_stands(desk)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 5000, b"\r\n\r\n", b"From:", bytes(range(256)) * 40], ids=len)
async def test_bytes_that_are_no_mail_reach_the_staff(desk, raw):
    await desk.mail(raw)

    assert len(said(desk, GROUP)) == 1
    await check_stands(desk)


async def test_a_bounce_is_never_answered(desk):
    report = (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\n"
        f"To: {SHOP}\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver 2 jars of honey.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        "Final-Recipient: rfc822; carl@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    await desk.mail(report.encode())

    assert [heard for heard in desk.take_heard() if "@" in heard.where] == []
    await check_stands(desk)


async def test_the_same_mail_twice_is_one_order(desk):
    raw = carl("2 jars of honey, I pick them up")
    await desk.mail(raw)
    await desk.mail(raw)

    assert len(said(desk, "carl@example.org")) == 1
    await check_stands(desk)


async def test_the_same_tap_twice_is_one_tap(desk):
    await desk.say(BEA, "2 cokes, pickup")
    message, data = desk.screen(BEA.id).button("Place order")
    tap = {"id": "same", "from": {"id": BEA.id, "first_name": "Bea"}, "data": data}
    tap["message"] = {"message_id": message, "chat": {"id": BEA.id, "type": "private"}}
    desk.take_heard()
    await desk.update({"callback_query": tap})
    await desk.update({"callback_query": tap})

    assert len([words for words in said(desk) if "#1001" in words]) == 1
    await check_stands(desk)


async def test_an_update_that_cannot_be_read_rests_after_five_tries_and_comes_back_by_replay(desk):
    update = b'{"message": {"message_id": 1, "chat": "a bakery", "text": 7}}'
    await desk.receive([RawMessage(Channel.TELEGRAM, "odd", "odd", update, desk.clock.now())])
    assert said(desk, GROUP) == []

    await desk.later(timedelta(minutes=5))

    assert len(desk.faults()) == 5
    [alarm] = said(desk, GROUP)
    assert "⚠️" in alarm
    assert "orderbot replay" in alarm
    async with desk.store.transaction() as tx:
        [(number, _, error)] = await tx.inbox.dead()
        assert "Unreadable" in error
        assert await tx.inbox.replay(number)
    await desk.later(timedelta(minutes=5))
    assert len(desk.faults()) == 10
    desk.handled.clear()
    desk.take_heard()
    await check_stands(desk)


async def test_an_update_that_cannot_be_read_holds_nobody_up(desk):
    update = b"not even JSON"
    await desk.receive([RawMessage(Channel.TELEGRAM, "odd", "odd", update, desk.clock.now())])
    desk.handled.clear()

    await check_stands(desk)


@pytest.mark.parametrize(
    "kind", ["inline_query", "poll", "message_reaction", "shipping_query", "something_new", "chat_join_request"]
)
async def test_kinds_of_updates_that_mean_nothing_are_kept_and_left(desk, kind):
    await desk.update({kind: {"id": "1", "from": {"id": BEA.id, "first_name": "Bea"}}})

    assert desk.take_heard() == []
    await check_stands(desk)


async def test_a_picture_by_mail_is_shown_to_the_staff(desk):
    await desk.mail(carl("Do you also sell these?", photos=2))

    pictures = [heard.photos for heard in desk.take_heard() if heard.where == str(GROUP)]
    assert pictures == [2]
    await check_stands(desk)


async def test_an_attachment_alone_is_for_a_person(desk):
    pdf = base64.b64encode(b"%PDF-1.4").decode()
    raw = (
        f"From: Carl <carl@example.org>\r\nTo: {SHOP}\r\nSubject: \r\nMIME-Version: 1.0\r\n"
        'Content-Type: application/pdf; name="order.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{pdf}\r\n"
    )
    await desk.mail(raw.encode())

    assert any("order.pdf" in words for words in said(desk, GROUP))
    await check_stands(desk)
