import httpx
import pytest
from telegram.error import NetworkError

from bot.sandbox.faults import Fault


def said(api, user):
    return [message.text for message in api.state.messages(user.id)]


async def test_a_lost_answer_leaves_the_message_sent_and_the_bot_in_doubt(api, bot, bea):
    api.faults.plan(Fault.LOST_ANSWER)

    with pytest.raises(NetworkError) as doubt:
        await bot.send_message(bea.id, "perhaps")

    assert isinstance(doubt.value.__cause__, httpx.RemoteProtocolError | httpx.ReadError)
    assert said(api, bea)[-1] == "perhaps"
    assert await bot.send_message(bea.id, "surely")


async def test_a_connection_cut_before_leaves_nothing_sent(api, bot, bea):
    api.faults.plan(Fault.CUT)

    with pytest.raises(NetworkError):
        await bot.send_message(bea.id, "never")

    assert "never" not in said(api, bea)


async def test_a_server_error_is_a_500(api, bot, bea):
    api.faults.plan(Fault.ERROR)

    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(bea.id, "never")

    assert "never" not in said(api, bea)


async def test_a_slow_answer_comes_after_all_or_the_bot_gives_up(api, bot, bea):
    api.faults.slow_seconds = 30
    api.faults.plan(Fault.SLOW)

    with pytest.raises(NetworkError, match="Timed out"):
        await bot.send_message(bea.id, "slowly", read_timeout=0.05)

    assert said(api, bea)[-1] == "slowly"


async def test_down_refuses_connections_and_comes_back_on_the_same_port(api, bot, bea):
    base = api.base
    await api.stop()

    with pytest.raises(NetworkError) as refused:
        await bot.send_message(bea.id, "hello")
    await api.start()

    assert isinstance(refused.value.__cause__, httpx.ConnectError)
    assert api.base == base
    assert await bot.send_message(bea.id, "hello")


async def test_a_fault_meets_the_method_it_was_planned_for_and_polls_only_when_named(api, bot, bea):
    api.faults.plan(Fault.ERROR, method="editMessageText")
    api.faults.plan(Fault.ERROR)

    await bot.get_updates(timeout=0)
    with pytest.raises(NetworkError):
        await bot.send_message(bea.id, "no")
    sent = await bot.send_message(bea.id, "yes")
    with pytest.raises(NetworkError):
        await bot.edit_message_text("changed", bea.id, sent.message_id)

    assert api.faults.waiting(Fault.ERROR) == 0


async def test_faults_by_chance_stop_when_they_are_cleared(api, bot, bea):
    api.faults.chances[Fault.ERROR] = 1.0

    with pytest.raises(NetworkError):
        await bot.get_me()
    api.faults.clear()

    assert await bot.get_me()
