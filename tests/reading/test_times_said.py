"""Days and hours as people of five languages say them, on Friday 20 November at one: language, words, what is meant."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.times import read_time

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 20, 13, 0, tzinfo=ROME)
ROWS = Path(__file__).with_name("times_said.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("row", ROWS)
def test_the_day_and_the_hour_are_both_read_and_nothing_is_left(row):
    language, words, meant = row.split("|")

    read = read_time(words, NOW, ROME, (language,))

    assert read.wished is not None
    assert (read.wished.strftime("%d.%m. %H:%M"), read.refused) == (meant, ())
