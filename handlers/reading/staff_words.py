"""What the staff writes under an order's card, and means as a step: "ready", "ok 20 min", "fertig!"."""

import re
from functools import cache

from handlers.reading.word_lists import word_list


def is_step(text: str) -> bool:
    """Whether the words are nothing but the name of a step; a sentence is for the customer."""
    return _steps().fullmatch(text.strip()) is not None


@cache
def _steps() -> re.Pattern[str]:
    names = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in word_list("staff")["steps"])
    return re.compile(rf"(?:{names})(?:[\s,]+(?:in\s+)?[0-9]{{1,3}}\s*(?:m|min\w*)?)?[\s.!👍✅]*", re.IGNORECASE)
