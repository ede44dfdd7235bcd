"""Customers who correct what was not understood, and what the group and the database have of it."""

from core.learning import WordState
from tests.desk import DeskForTests
from tests.people import GROUP, PEOPLE, Person

ANNA, SAM, BEA, CARL, MAX, ZOE = (PEOPLE[name] for name in ("staff", "sam", "bea", "carl", "max", "zoe"))


def cards(desk: DeskForTests) -> list[str]:
    """What the group heard since the last time."""
    return [heard.words for heard in desk.take_heard() if heard.where == str(GROUP)]


async def learned(desk: DeskForTests) -> list[tuple[str, str, WordState, int]]:
    async with desk.store.reading() as tx:
        return [
            (word.words, word.meaning.sku or word.meaning.value, word.state, word.customers)
            for word in await tx.learned.listed(50)
        ]


async def lines(desk: DeskForTests, person: Person) -> list[tuple[str, int]]:
    async with desk.store.reading() as tx:
        contact = (await tx.customers.find(person.name))[0]
        draft = await tx.orders.draft_of(contact.id)
        return [(line.sku, line.quantity) for line in draft.lines] if draft else []


async def correct(desk: DeskForTests, person: Person, said: str = "2 marghis", meant: str = "2 margherita") -> None:
    await desk.say(person, said)
    await desk.say(person, meant)
