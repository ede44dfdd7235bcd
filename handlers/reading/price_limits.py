"""The most that something may cost: "under 10 euro", "bis 8 €"."""

import re
from functools import cache

from handlers.reading.word_lists import word_list

AMOUNT = r"(?P<{name}>\d{{1,5}}(?:[.,]\d{{1,2}})?)"


def price_limit(text: str) -> str | None:
    """The amount as the shop file writes them, "8.50"; None where no money is named: "until 8" is a time."""
    found = _limit().search(text)
    if found is None:
        return None
    return (found["before"] or found["after"]).replace(",", ".")


@cache
def _limit() -> re.Pattern[str]:
    at_most, money = (_either(key) for key in ("at_most", "money"))
    before, after = AMOUNT.format(name="before"), AMOUNT.format(name="after")
    return re.compile(rf"(?<!\w){at_most}\s+(?:{before}\s*{money}(?!\w)|{money}\s*{after})", re.IGNORECASE)


def _either(key: str) -> str:
    longest_first = sorted(word_list("prices")[key], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(words).replace("'", "['’]") for words in longest_first) + ")"
