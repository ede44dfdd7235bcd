"""A mail gets one answer, whatever it asks."""

from tests.desk import DeskForTests
from tests.mails import Draft

CARL = "carl@example.org"


async def answers(desk: DeskForTests, words: str) -> list[str]:
    await desk.mail(Draft("Carl Smith", CARL, words).sent(1, desk.clock.now()))
    return [heard.words for heard in desk.take_heard() if heard.where == CARL]


async def test_two_questions_of_a_mail_are_answered_in_one(desk: DeskForTests):
    told = await answers(desk, "Do you deliver to 39055? Are you open on Sunday? Are dogs allowed?")

    assert len(told) == 1
    assert "Delivery to 39055: 4.50 EUR" in told[0]
    assert "Sun, 22 Nov 2026: 11:30-22:00" in told[0]
    assert "What I cannot answer myself I have passed on" in told[0]


async def test_what_is_about_the_order_gives_the_mail_its_subject_and_the_rest_stands_with_it(desk: DeskForTests):
    told = await answers(desk, "2 jars of honey, I pick them up. I am allergic to nuts.")

    assert len(told) == 1
    assert "[#1001-" in told[0]
    assert "you must not have nuts" in told[0]
    assert "2 × " in told[0]
