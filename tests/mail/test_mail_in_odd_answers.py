"""The door for mail, where a server answers oddly: a real Dovecot with a middleman who changes its words."""

import re

import pytest

from tests.mail.doors import mail, middleman, open_door, settings


async def test_a_mail_without_a_body_holds_up_nobody_and_is_told_to_the_staff(dovecot, kept):
    def without_body(said):
        return re.sub(rb"BODY\[\] \{\d+\}\r\n(?:(?!BODY\[\])[\s\S])*?unlucky\r\n", b"BODY[] NIL", said)

    dovecot.deliver(mail("unlucky", "<1@carl.example>"), mail("lucky", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_client=without_body) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        lucky, unlucky = await kept.holds(2)

    assert lucky.place.uid == 2
    assert unlucky.raw.startswith(b"X-Orderbot-Not-Fetched: ")
    assert b"Subject: bread" in unlucky.raw
    assert len(re.findall(rb"UID FETCH 1 \(UID BODY\.PEEK\[\]\)", between.heard)) == 3


@pytest.mark.parametrize(("deadly", "headers"), [(rb"BODY\.PEEK\[\]", True), (rb"BODY\.PEEK", False)])
async def test_a_mail_that_makes_the_server_hang_up_holds_up_nobody(dovecot, kept, deadly, headers):
    def hang_up(said):
        return None if re.search(rb"UID FETCH (?:\d+,)*1(?:,\d+)* \(UID " + deadly, said) else said

    dovecot.deliver(mail("unlucky", "<1@carl.example>"), mail("lucky", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_server=hang_up) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        lucky, unlucky = await kept.holds(2)

    assert lucky.place.uid == 2
    assert unlucky.raw.startswith(b"X-Orderbot-Not-Fetched: ")
    assert (b"Subject: bread" in unlucky.raw) is headers


async def test_an_odd_mail_that_somebody_deletes_is_forgotten(dovecot, kept):
    def delete(said):
        if b"BODY.PEEK[]" in said:
            with dovecot.look() as client:
                client.select()
                client.store("1", "+FLAGS", r"\Deleted")
                client.expunge()
            return None
        return said

    dovecot.deliver(mail("unlucky", "<1@carl.example>"))
    async with (
        middleman(dovecot, to_server=delete) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"IDLE")
        dovecot.deliver(mail("lucky", "<2@carl.example>"))
        between.to_server = bytes

        [found] = await kept.holds(1)

    assert b"lucky" in found.raw


async def test_a_server_that_repeats_itself_is_not_asked_without_end(dovecot, kept):
    def repeat(said):
        return re.sub(rb"(\w+ OK Search completed)", rb"* 7 EXISTS\r\n\1", said)

    async with (
        middleman(dovecot, to_client=repeat) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"IDLE")

    assert between.heard.count(b"UID SEARCH ALL") == 1


async def test_a_fetch_that_the_server_refuses_is_tried_mail_by_mail(dovecot, kept):
    def only_one_by_one(said):
        return re.sub(rb"(UID FETCH \d+,[\d,]+ \(UID BODY)\.PEEK\[\]", rb"\1.NONE[]", said)

    dovecot.deliver(mail("first", "<1@carl.example>"), mail("second", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_server=only_one_by_one) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await kept.holds(2)

    assert between.connections == 1


async def test_answers_in_another_order_and_between_others_are_understood(dovecot, kept):
    def like_exchange(said):
        return re.sub(
            rb"\* (\d+) FETCH \(UID (\d+) (BODY\[\] \{\d+\}\r\n[\s\S]*?loaves\r\n)\)",
            rb"* 7 FETCH (FLAGS (\\Seen))\r\n* \1 FETCH (\3 UID \2)\r\n* 9 EXISTS",
            said,
        )

    dovecot.deliver(mail("first loaves", "<1@carl.example>"), mail("second loaves", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_client=like_exchange) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        found = await kept.holds(2)

    assert [(m.place.uid, m.raw.endswith(b" loaves\r\n")) for m in found] == [(1, True), (2, True)]
    assert b"first" in found[0].raw


async def test_a_body_may_come_as_a_quoted_string(dovecot, kept):
    def in_quotes(said):
        return re.sub(rb"BODY\[\] \{\d+\}\r\n[\s\S]*?loaves\r\n", rb'BODY[] "UID 2 \\"two\\" loaves"', said)

    dovecot.deliver(mail("two loaves"))

    async with (
        middleman(dovecot, to_client=in_quotes) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        [found] = await kept.holds(1)

    assert (found.place.uid, found.raw) == (1, b'UID 2 "two" loaves')
