"""Answers to numbered questions: "1. pickup", "zu 2 und 3: nein"."""

import re
from functools import cache

from handlers.reading.word_lists import word_list

NUMBERED = re.compile(r"^\s*(?:>\s*)?(\d{1,2})\s*[.):\-–]\s*(.+)$")
PLACES = r"\d{1,2}(?:[ \t]*(?:,|&|\+|/|\w{1,3})[ \t]*\d{1,2})*"
"""One number, or several that have one answer: "2 and 3"."""
SEVERAL = re.compile(rf"^\s*(?:>\s*)?({PLACES})\s*[.):\-–]\s*(.+)$")


def split_answers(text: str, questions: int) -> dict[int, str]:
    """Question index (from 0) to its answer, by the numbers before the lines, or as in "zu 1) …, zu 2 und 3: …".

    Lines that follow a numbered one belong to it; so do answers to more than was asked.
    """
    answers: dict[int, str] = {}
    current: list[int] = []
    for line in _led().sub(r"\n\g<places>. ", text).splitlines():
        numbered = SEVERAL.match(line)
        said = [int(number) - 1 for number in re.findall(r"\d+", numbered[1])] if numbered else []
        if numbered and all(0 <= place < questions and place not in answers for place in said):
            current = said
            answers |= dict.fromkeys(said, numbered[2].strip())
        elif current and line.strip():
            single = NUMBERED.match(line)
            further = single[2] if single else line
            answers |= {place: f"{answers[place]}\n{further.strip()}" for place in current}
    return answers


@cache
def _led() -> re.Pattern[str]:
    """ "Zu 2 und 3:" at the beginning of a line or behind a comma."""
    leads = "|".join(map(re.escape, word_list("mail")["answer_leads"]))
    return re.compile(
        rf"(?:^|(?<=[,;.!?\n]))[ \t]*(?:{leads})\.?[ \t]+(?P<places>{PLACES})[ \t]*[.):–-][ \t]*", re.IGNORECASE
    )
