"""What happens in a talk besides writing, tapping and mailing: people come and go, time passes, the books are read."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from handlers.catalogue import apply_shop
from storage.shop_file import parse_shop
from tests import updates
from tests.desk import DeskForTests
from tests.people import PEOPLE, Person
from tests.shop_books import order_says, return_says, stock_says

if TYPE_CHECKING:
    from tests.talk import Talk

LENGTH = re.compile(r"(\d+) (second|minute|hour|day)s?")
UNIT_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


class TalkFailed(AssertionError):
    """A line of a talk did not come true."""


# What people do besides writing


async def _share_contact(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    owner = person.id if not about else PEOPLE[about.removeprefix("of ")].id
    contact = {"phone_number": words, "first_name": person.name, "user_id": owner}
    await talk.desk.message(person, chat=chat, contact=contact)


async def _share_location(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    """ "46.5 11.35", and behind it the address of a venue."""
    lat, lon, *address = words.split(maxsplit=2)
    place = {"latitude": float(lat), "longitude": float(lon)}
    live = {"live_period": 900} if about == "live" else {}
    said: dict[str, Any] = {"location": {**place, **live}}
    if address:
        said["venue"] = {"location": place, "title": "Here", "address": address[0]}
    await talk.desk.message(person, chat=chat, **said)


async def _leave(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    await talk.desk.update({"chat_member": updates.membership(person, chat, present=False)})


async def _come(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    await talk.desk.update({"chat_member": updates.membership(person, chat, present=True)})


async def _migrate(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    talk.desk.group = int(about.removeprefix("to "))
    await talk.desk.message(person, chat=chat, migrate_to_chat_id=talk.desk.group)


async def _open_link(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    """The newest link of the group, opened: Telegram sends /start with its payload."""
    screen = talk.desk.screen(talk.desk.group)
    link = screen.messages[screen.newest_with("https://t.me/")].text
    payload = re.search(r"\?start=(\S+)", link)
    await talk.desk.say(person, f"/start {payload[1] if payload else ''}", chat=person.id)


async def _block(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    await talk.desk.update({"my_chat_member": updates.membership(person, chat, present=False)})


async def _forge(talk: "Talk", person: Person, chat: int, about: str, words: str) -> None:
    await talk.desk.tap(person, max(talk.desk.screen(chat).messages, default=1), words, chat=chat)


DEEDS: dict[str, Callable[["Talk", Person, int, str, str], Awaitable[None]]] = {
    "contact": _share_contact,
    "place": _share_location,
    "leaves": _leave,
    "comes": _come,
    "migrates": _migrate,
    "opens": _open_link,
    "blocks": _block,
    "data": _forge,
}

# What the world does


async def _later(talk: "Talk", words: str) -> None:
    await talk.desk.later(_length(words))


async def _away(talk: "Talk", words: str) -> None:
    await talk.desk.away(_length(words))


async def _restart(talk: "Talk", words: str) -> None:
    await talk.desk.restart()


async def _next(talk: "Talk", words: str) -> None:
    """Other people write from here on, each under the same name; the shop is as it was."""
    talk.newcomers += 1


async def _at(talk: "Talk", words: str) -> None:
    """The shop's own clock shows this."""
    local = datetime.fromisoformat(words).replace(tzinfo=talk.desk.shared.house.shop.zone)
    talk.desk.clock.at = local


async def _shop(talk: "Talk", words: str) -> None:
    """This line stands in the shop file from now on, instead of the first of the same key."""
    await talk.desk.change_shop(words.replace("\n", " "))


async def _apply(talk: "Talk", words: str) -> None:
    """Another shop file counts: "price: 8.50 => price: 9.00" for its first such words, or "without SKU"."""
    async with talk.desk.store.transaction() as tx:
        kept = (await tx.facts.shop_file() or b"").decode()
        content = _changed(kept, words).encode()
        await apply_shop(tx, content, parse_shop(content), talk.desk.clock.now())
    await talk.desk.settle()


def _changed(file: str, words: str) -> str:
    if words.startswith("without "):
        old, new = re.search(rf"  - sku: {words.removeprefix('without ')}\n(?:    .*\n)*", file), ""
    else:
        said, _, new = words.partition(" => ")
        old, new = re.search(re.escape(said), file), new.replace("\\n", "\n")
    if old is None:
        raise ValueError(f"the shop file has no {words}")
    return file[: old.start()] + new + file[old.end() :]


async def _check(talk: "Talk", words: str, says: Callable[[DeskForTests, str], Awaitable[str]]) -> None:
    subject, _, wanted = words.partition(":")
    said = await says(talk.desk, subject.strip())
    for part in re.findall(r"[a-z_]+ -?[\d.]+|[a-z_]+", wanted):
        if f" {part} " not in f" {said} ":
            raise TalkFailed(f"{talk.where()}\nbut it is: {said}")


def _length(words: str) -> timedelta:
    found = LENGTH.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"no length of time: {words}")
    return timedelta(seconds=int(found[1]) * UNIT_SECONDS[found[2]])


DOINGS: dict[str, Callable[["Talk", str], Awaitable[None]]] = {
    "later": _later,
    "next": _next,
    "away": _away,
    "restart": _restart,
    "at": _at,
    "apply": _apply,
    "shop": _shop,
}
BOOKS: dict[str, Callable[["Talk", str], Awaitable[None]]] = {
    "stock": lambda talk, words: _check(talk, words, stock_says),
    "order": lambda talk, words: _check(talk, words, order_says),
    "return": lambda talk, words: _check(talk, words, return_says),
}
