"""Answers to numbered questions: "1. pickup", "zu 2 und 3: nein"."""

import re
from functools import cache

from handlers.reading.word_lists import word_list

NUMBERED = re.compile(r"^\s*(?:>\s*)?(\d{1,2})\s*[.):\-–]\s*(.+)$")
PLACES = r"\d{1,2}(?:[ \t]*(?:,|&|\+|/|\w{1,3})[ \t]*\d{1,2})*"
"""One number, or several that have one answer: "2 and 3"."""
SEVERAL = re.compile(rf"^\s*(?:>\s*)?({PLACES})\s*[.):\-–]\s*(.+)$")
NEXT = re.compile(r"(?<=\S)[ \t,;]+(?=(\d{1,2})[.):]\s)")


def split_answers(text: str, questions: int) -> dict[int, str]:
    """Question index (from 0) to its answer, by the numbers before the lines, or as in "zu 1) …, zu 2 und 3: …".

    Lines that follow a numbered one belong to it; so do answers to more than was asked.
    """
    return _split(text, questions)[0]


def words_before(text: str, questions: int) -> str:
    """What stands above the first answer: "and a beer, please. 1. Margherita"."""
    return _split(text, questions)[1]


def _split(text: str, questions: int) -> tuple[dict[int, str], str]:
    answers: dict[int, str] = {}
    above: list[str] = []
    current: list[int] = []
    for line in _lines(text):
        numbered = SEVERAL.match(line)
        said = [int(number) - 1 for number in re.findall(r"\d+", numbered[1])] if numbered else []
        if numbered and all(0 <= place < questions and place not in answers for place in said):
            current = said
            answers |= dict.fromkeys(said, numbered[2].strip())
        elif current and line.strip():
            single = NUMBERED.match(line)
            further = single[2] if single else line
            answers |= {place: f"{answers[place]}\n{further.strip()}" for place in current}
        elif not current:
            above.append(line)
    return answers, "\n".join(above).strip()


def _lines(text: str) -> list[str]:
    """Each numbered answer on a line of its own, also those of "1) Marinara 2) vier"."""
    lines: list[str] = []
    for line in _led().sub(r"\n\g<places>. ", text).splitlines():
        first = NUMBERED.match(line)
        begin, number = 0, int(first[1]) if first else 0
        for found in NEXT.finditer(line) if first else ():
            if int(found[1]) == number + 1:
                lines.append(line[begin : found.start()])
                begin, number = found.end(), number + 1
        lines.append(line[begin:])
    return lines


@cache
def _led() -> re.Pattern[str]:
    """ "Zu 2 und 3:" at the beginning of a line or behind a comma."""
    leads = "|".join(map(re.escape, word_list("mail")["answer_leads"]))
    return re.compile(
        rf"(?:^|(?<=[,;.!?\n]))[ \t]*(?:{leads})\.?[ \t]+(?P<places>{PLACES})[ \t]*[.):–-][ \t]*", re.IGNORECASE
    )
