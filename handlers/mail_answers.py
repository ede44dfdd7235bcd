"""Numbered answers in a mail: "1. pickup" answers the first question."""

import re

NUMBERED = re.compile(r"^\s*(?:>\s*)?(\d{1,2})\s*[.):\-–]\s*(.+)$")


def split_answers(text: str, questions: int) -> dict[int, str]:
    """Question index (from 0) to its answer; without any number the whole text answers the only question.

    Lines that follow a numbered one belong to it; so do answers to more than was asked.
    """
    answers: dict[int, str] = {}
    current: int | None = None
    for line in text.splitlines():
        numbered = NUMBERED.match(line)
        place = int(numbered[1]) - 1 if numbered else None
        if numbered and place is not None and 0 <= place < questions and place not in answers:
            current = place
            answers[place] = numbered[2].strip()
        elif current is not None and line.strip():
            further = numbered[2] if numbered else line
            answers[current] = f"{answers[current]}\n{further.strip()}"
    if not answers and questions == 1 and text.strip():
        return {0: text.strip()}
    return answers
