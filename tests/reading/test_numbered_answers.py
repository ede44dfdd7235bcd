"""Answers by the numbers of our questions."""

import pytest

from handlers.reading.numbered_answers import split_answers, words_before


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1. Margherita and Diavola\n2. 3", {0: "Margherita and Diavola", 1: "3"}),
        ("1) Marinara 2) four", {0: "Marinara", 1: "four"}),
        ("1: Marinara, 2: four", {0: "Marinara", 1: "four"}),
        ("1. 2 margherita 3. x", {0: "2 margherita 3. x"}),
        ("zu 1: drei, zu 2 und 3: nein", {0: "drei,", 1: "nein", 2: "nein"}),
        ("4. a fourth was not asked", {}),
        ("no numbers", {}),
    ],
)
def test_each_question_has_the_answer_of_its_number(text, answers):
    assert split_answers(text, 3) == answers


def test_what_stands_above_the_first_answer_is_not_lost():
    assert words_before("And a beer, please.\n\n1. Marinara", 1) == "And a beer, please."
    assert words_before("1. Marinara\nand a beer", 1) == ""
