"""What the sandbox saves is a talk that plays."""

from bot.sandbox.diary import Did, Entry
from bot.sandbox.talk import written
from tests.talk import Talk

NAMES: dict[int | str, str] = {1: "bea", 2: "staff", "carl@example.org": "carl"}

SESSION = [
    Entry(Did.SAID, "a coke, pickup", 1),
    Entry(Did.HEARD, "1 × Coke  2.50 EUR\n    “a coke”\n\nTotal 2.50 EUR", 1),
    Entry(Did.TAPPED, "Place order", 1),
    Entry(Did.HEARD, "Your order #1001", 1),
    Entry(Did.HEARD, "#1001 · asap · pickup · 1 item · 2.50 EUR", 2),
    Entry(Did.LATER, "later 5 minutes"),
    Entry(Did.HEARD, "⏰ #1001 has been waiting for 5 min. Please answer it.", 2),
    Entry(Did.TAPPED, "Accept · 15 min", 2),
    Entry(Did.HEARD, "#1001 is accepted", 1),
    Entry(Did.HEARD, "The shop has accepted it.", 1),
    Entry(Did.HEARD, "Accepted by Anna for 13:20", 2),
    Entry(Did.MAILED, "Hello,\ntwo jars of honey, I pick them up.", "carl@example.org"),
    Entry(Did.HEARD, "Thank you! We have your order #1002 and will answer shortly.", "carl@example.org"),
    Entry(Did.HEARD, "2 × Chestnut honey 400 g", 2),
]


async def test_a_session_of_the_sandbox_plays_as_a_talk(desk):
    await Talk(desk, "saved").play(written(SESSION, NAMES))
