import httpx
import pytest
from starlette.responses import JSONResponse, Response

from bot.edges import PerhapsDelivered, TryLater
from bot.sandbox.bot_api import BOT
from bot.telegram import BadToken, Me, Refused, _of_the_line
from tests.bot.conftest import BEA, client_of, client_of_server

SURELY_NOT_SENT = {
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol,
}  # fmt: skip


def all_kinds_of(error):
    return {error, *(kind for below in error.__subclasses__() for kind in all_kinds_of(below))}


@pytest.mark.parametrize("kind", sorted(all_kinds_of(httpx.RequestError), key=str))
def test_only_what_fails_before_the_first_byte_is_surely_not_sent(kind):
    meaning = _of_the_line("the line", kind("the line"))

    assert isinstance(meaning, TryLater if kind in SURELY_NOT_SENT else PerhapsDelivered)


def test_codes_without_a_class_are_known_by_their_words():
    too_fast = _of_the_line("Too Many Requests: slow down", None)
    assert isinstance(too_fast, TryLater)
    assert too_fast.whole_channel
    assert isinstance(_of_the_line("Request Entity Too Large", None), Refused)
    assert isinstance(_of_the_line("Internal Server Error", None), PerhapsDelivered)


async def test_the_bot_knows_who_it_is(client):
    assert await client.me() == Me(BOT.id, BOT.username, reads_groups=False)


async def test_a_method_that_the_server_does_not_know_is_refused_but_the_token_is_good(client):
    await client.me()

    with pytest.raises(Refused, match="Not Found"):
        await client.call("sendHologram", {"chat_id": BEA.id})


async def test_a_token_is_bad_from_the_first_call(telegram):
    async with client_of(telegram, "7:wrong") as client:
        with pytest.raises(BadToken):
            await client.me()


@pytest.mark.parametrize("words", ["Unauthorized", "Not Found"])
async def test_what_never_worked_is_a_bad_token_even_where_telegram_says_not_found(words):
    async def answer(_):
        return JSONResponse({"ok": False, "description": words}, {"Unauthorized": 401, "Not Found": 404}[words])

    async with client_of_server(answer) as client:
        with pytest.raises(BadToken, match=words):
            await client.call("sendMessage")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'"yes"', b"\xff\xfe", b"", b"[" * 100_000])
@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_none_leaves_open_what_happened(status, body):
    async def answer(_):
        return Response(body, status)

    async with client_of_server(answer) as client:
        with pytest.raises(PerhapsDelivered):
            await client.call("sendMessage")


@pytest.mark.parametrize("result", [True, {}, {"id": "7"}, {"id": 7}, []])
async def test_an_odd_answer_to_a_question_is_asked_for_again(result):
    async def answer(_):
        return JSONResponse({"ok": True, "result": result})

    async with client_of_server(answer) as client:
        with pytest.raises(TryLater):
            await client.me()
        with pytest.raises(Refused):
            await client.file("f1")


async def test_parameters_without_a_value_are_not_sent(telegram, client):
    await client.call("sendMessage", {"chat_id": BEA.id, "text": "hello", "message_thread_id": None})

    assert telegram.state.messages(BEA.id)[-1].text == "hello"


async def test_a_second_entering_opens_the_lines_again(telegram):
    client = client_of(telegram)
    for _ in range(2):
        async with client:
            assert (await client.me()).id == BOT.id
