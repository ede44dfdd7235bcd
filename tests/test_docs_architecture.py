"""What docs/life-of-a-message.md and docs/database.md list is what the program has."""

import re
from datetime import timedelta
from pathlib import Path

from bot.pacing import Pace
from bot.telegram_json import Json
from bot.telegram_keys import key_and_lane
from core.documents import Bucket
from handlers.failing import FIRST_PAUSE, TRIES
from handlers.from_clock import JOBS
from storage.tables import APPEND_ONLY

ROOT = Path(__file__).parents[1]
LIFE = (ROOT / "docs/life-of-a-message.md").read_text()
DATABASE = (ROOT / "docs/database.md").read_text()

FROM_BEA: Json = {"message_id": 2, "chat": {"id": 1}, "from": {"id": 1}, "date": 3, "edit_date": 4}


def on_one_line(text):
    return " ".join(text.split())


def test_every_job_of_the_clock_is_told():
    told = re.search(r"one function a job: (.*?)\n\n", LIFE, re.DOTALL)

    assert sorted(re.findall(r"`(\w+)`", told.group(1))) == sorted(JOBS)


def test_the_keys_are_those_that_the_inbox_gets():
    made: dict[str, Json] = {
        "message:CHAT:ID": {"message": FROM_BEA},
        "edit:CHAT:ID:EDIT_DATE": {"edited_message": FROM_BEA},
        "tap:CALLBACK_ID": {"callback_query": {"id": "5", "message": FROM_BEA}},
        "update:UPDATE_ID": {"update_id": 6, "my_chat_member": {}},
    }
    numbers = {"CHAT": "1", "EDIT_DATE": "4", "CALLBACK_ID": "5", "UPDATE_ID": "6", "ID": "2"}

    for key, update in made.items():
        assert f"`{key}`" in LIFE
        assert key_and_lane(update)[0] == re.sub("[A-Z_]+", lambda found: numbers[found[0]], key)


def test_the_pauses_after_a_fault_are_told():
    *first, last = (f"{FIRST_PAUSE * 2**tried / timedelta(seconds=1):.0f}" for tried in range(TRIES - 1))

    assert f"after {', '.join(first)} and {last} seconds" in on_one_line(LIFE)


def test_the_pace_is_told():
    pace = Pace()

    assert pace.per_chat_second == 1
    assert f"{pace.per_second:.0f} messages a second overall" in on_one_line(LIFE)
    assert f"{pace.per_group_minute:.0f} a minute in a group" in on_one_line(LIFE)


def test_the_tables_that_never_change_are_told():
    first_words = on_one_line(DATABASE.split("## What is never changed")[1]).split(" are append-only")[0]

    assert re.findall(r"`(\w+)`", first_words) == [table.name for table in APPEND_ONLY]


def test_every_stock_account_is_told():
    listed = re.search(r"from one account \((.*?)\)", on_one_line(DATABASE))

    assert sorted(listed.group(1).split(", ")) == sorted(Bucket.ALL)
