import base64
from datetime import timedelta

import httpx
import pytest
from telegram import Bot

from bot.sandbox.people import ANNA, BEA, CARL, SAM
from bot.sandbox.sandbox import Sandbox

PICTURE = "data:image/jpeg;base64," + base64.b64encode(b"\xff\xd8").decode()


@pytest.fixture
async def sandbox():
    one = await Sandbox.start(page_port=0, zone="Europe/Rome")
    yield one
    await one.stop()


@pytest.fixture
async def page(sandbox):
    async with httpx.AsyncClient(base_url=sandbox.page_address) as client:
        yield client


@pytest.fixture
async def bot(sandbox):
    async with Bot(sandbox.telegram.token, base_url=sandbox.telegram.base) as one:
        yield one


async def do(page, deed, **facts):
    answer = await page.post(f"/{deed}", json=facts)
    answer.raise_for_status()
    return answer.json()


async def chat(page, key):
    return (await page.get("/state")).json()["chats"][str(key)]


@pytest.mark.parametrize(
    "path", ["/", "/style.css", "/chat.css", "/app.js", "/chat.js", "/mail.js", "/desk.js", "/icon.svg"]
)
async def test_the_page_comes_with_all_its_parts_and_nothing_from_elsewhere(page, path):
    answer = await page.get(path)

    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "https://" not in answer.text


async def test_a_customers_word_and_the_bots_answer_stand_in_the_chat(page, bot):
    await do(page, "start", user=BEA.user.id)
    await do(page, "say", user=BEA.user.id, chat="own", text="two <b>cokes</b>")
    await bot.send_message(BEA.user.id, "<b>2</b> × Coke", parse_mode="HTML")

    shown = await chat(page, BEA.user.id)
    assert [message["html"] for message in shown["messages"]][1:] == [
        "two &lt;b&gt;cokes&lt;/b&gt;",
        "<b>2</b> × Coke",
    ]


async def test_a_tap_of_the_staff_reaches_the_bot_and_its_answer_the_page(page, bot, sandbox):
    buttons = {"inline_keyboard": [[{"text": "Accept", "callback_data": "accept:1"}]]}
    card = await bot.send_message(sandbox.staff_chat, "card", reply_markup=buttons)

    await do(page, "tap", user=SAM.user.id, chat="staff", message=card.message_id, button="accept:1")
    (update,) = await bot.get_updates(timeout=0)
    await update.callback_query.answer("Accepted")

    (toast,) = (await page.get("/state")).json()["toasts"]
    assert (update.callback_query.from_user.id, toast["text"]) == (SAM.user.id, "Accepted")


async def test_several_photos_are_an_album(page, bot):
    await do(page, "say", user=BEA.user.id, chat="own", text="broken", photos=[PICTURE, PICTURE])

    updates = [update.message for update in await bot.get_updates(timeout=0) if update.message]
    assert [message.caption for message in updates] == ["broken", None]
    assert updates[0].media_group_id == updates[1].media_group_id
    (shown,) = (await chat(page, BEA.user.id))["messages"]
    assert (len(shown["photos"]), shown["text"]) == (2, "broken")
    assert (await page.get(f"/photo/{shown['photos'][1]}")).content == b"\xff\xd8"


async def test_a_message_can_be_answered_edited_and_a_contact_shared(page, bot):
    await do(page, "say", user=BEA.user.id, chat="own", text="two cokes")
    (said,) = (await chat(page, BEA.user.id))["messages"]
    await do(page, "edit", user=BEA.user.id, chat="own", message=said["id"], text="three cokes")
    await do(page, "say", user=BEA.user.id, chat="own", text="please", reply_to=said["id"])
    await do(page, "contact", user=BEA.user.id)

    edited, answer, contact = (await chat(page, BEA.user.id))["messages"]
    assert (edited["text"], edited["edits"]) == ("three cokes", 1)
    assert answer["reply"]["text"] == "three cokes"
    assert contact["contact"]["phone_number"] == BEA.user.phone


async def test_a_mail_is_written_and_stands_there_with_its_photo(page, sandbox):
    await do(page, "mail", sender=CARL.mail_name, subject="Order", body="two jars of honey", photos=[PICTURE])

    (mail,) = (await page.get("/state")).json()["mails"]
    assert (mail["customer"], mail["subject"], mail["pictures"]) == (CARL.address, "Order", [PICTURE])
    assert sandbox.mailbox.mails[0].header("From") == CARL.mail_name


async def test_the_clock_jumps(page, sandbox):
    before = sandbox.clock.now()

    await do(page, "jump", seconds=3600)

    assert sandbox.clock.now() - before >= timedelta(hours=1)


async def test_telegram_and_mail_go_down_and_come_back(page, sandbox):
    await do(page, "fault", what="telegram", on=True)
    await do(page, "fault", what="mail", on=True)
    broken = (await page.get("/state")).json()["broken"]

    await do(page, "fault", what="telegram", on=False)
    await do(page, "fault", what="mail", on=False)

    assert (broken["telegram"], broken["mail"]) == (True, True)
    assert not sandbox.telegram.is_down
    assert not sandbox.mailbox.is_down


async def test_the_next_answer_can_be_lost(page):
    await do(page, "fault", what="answer")

    assert (await page.get("/state")).json()["broken"]["answer"] == 1


async def test_the_group_can_move_and_the_page_follows(page, bot, sandbox):
    await bot.send_message(sandbox.staff_chat, "card")

    await do(page, "fault", what="supergroup")

    shown = await chat(page, "staff")
    assert (shown["kind"], shown["messages"][0]["text"]) == ("supergroup", "card")
    assert shown["messages"][-1]["service"] == "The group became a supergroup"


async def test_a_customer_can_block_the_bot(page):
    await do(page, "start", user=BEA.user.id)

    await do(page, "fault", what="block", user=BEA.user.id, on=True)

    assert (await chat(page, BEA.user.id))["blocked"]


async def test_kill_and_restart_calls_whoever_runs_the_bot(page, sandbox):
    restarts = []

    async def restart():
        restarts.append(1)

    assert (await page.post("/restart", json={})).status_code == 400
    sandbox.restart = restart
    await do(page, "restart")

    assert restarts == [1]


async def test_the_desk_shows_what_the_database_knows(page, sandbox):
    async def look(number):
        return {"orders": [{"number": 1001}], "selected": {"number": number or 1001}}

    sandbox.look = look

    assert (await page.get("/desk", params={"order": "1000"})).json()["selected"] == {"number": 1000}
    assert (await page.get("/desk")).json()["selected"] == {"number": 1001}


async def test_a_session_is_saved_as_a_talk(page, bot):
    await do(page, "say", user=BEA.user.id, chat="own", text="two cokes")
    sent = await bot.send_message(BEA.user.id, "2 × Coke\nTotal 5.00 EUR")
    await bot.edit_message_text("2 × Coke\nTotal 5.00 EUR\nplaced", BEA.user.id, sent.message_id)
    await do(page, "say", user=ANNA.user.id, chat="staff", text="/orders")

    assert (await page.get("/talk")).text.splitlines() == [
        "bea>    two cokes",
        "bea<    2 × Coke",
        "bea<    Total 5.00 EUR",
        "bea<    placed",
        "",
        "anna>   /orders",
    ]


async def test_the_page_hears_of_every_change(page):
    async with page.stream("GET", "/events") as events:
        lines = events.aiter_lines()
        first = await anext(lines)
        await do(page, "jump", seconds=1)
        heard = [line async for line in _until_data(lines)]

    assert heard[-1] != first


async def _until_data(lines):
    async for line in lines:
        yield line
        if line.startswith("data:"):
            return


async def test_a_foreign_page_can_do_nothing_here(page):
    form = await page.post("/jump", data={"seconds": "60"})
    other_name = await page.get("/state", headers={"Host": "evil.example"})

    assert (form.status_code, other_name.status_code) == (415, 400)


@pytest.mark.parametrize(
    ("deed", "facts"),
    [
        ("tap", {"user": BEA.user.id, "chat": "own", "message": 99, "button": "x"}),
        ("say", {"user": 4711, "chat": "own", "text": "x"}),
        ("say", {"user": BEA.user.id, "chat": "own", "text": "", "photos": ["data:image/jpeg;base64,?"]}),
        ("jump", {"seconds": -60}),
        ("mail", {"answers": 99, "body": "x"}),
    ],
)
async def test_what_cannot_be_done_is_said(page, deed, facts):
    answer = await page.post(f"/{deed}", json=facts)

    assert answer.status_code == 400
    assert answer.json()["error"]
