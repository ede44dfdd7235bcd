"""The numbered questions of a mail about a draft: what must be known, what was asked, and what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.documents import Order
from core.notices import MailQuestion, Notice, OrderQuestions, To
from core.people import Contact
from core.states import NEEDS_ADDRESS, Kind
from handlers import draft_timers, drafts, mail_times
from handlers.desk import Desk
from handlers.mail_goods import Open
from handlers.reading.understood import Question, Reading
from storage.conversations import Asked

MOST_REPEATS = 4
"""So often what was asked is asked once more below an answer of ours: two machines could go on for ever."""
MOST_WORDS = 5
"""So many words are asked about at once."""
NO_LESSON: Mapping[str, Any] = {}


def needed(desk: Desk, order: Order, reading: Reading, unread: Sequence[str]) -> tuple[MailQuestion, ...]:
    """What must be known before the shop can say yes or no."""
    menu = desk.shop.menu.by_sku
    asks = [
        MailQuestion(
            "goods",
            question.about,
            tuple(menu[sku].name for sku in question.likely if sku in menu),
            skus=tuple(sku for sku in question.likely if sku in menu),
        )
        for question in reading.questions
    ]
    asks += [MailQuestion("unread", words) for words in unread[:MOST_WORDS]]
    if not order.lines:
        return tuple(asks) or (MailQuestion("empty"),)
    offered = drafts.offered(desk, order)
    if offered and order.kind not in offered:
        asks.append(MailQuestion("kind", kinds=tuple(offered)))
    if not order.address and (order.kind in NEEDS_ADDRESS or (not order.kind and Kind.PICKUP not in offered)):
        asks.append(MailQuestion("address"))
    time = mail_times.question(desk, order)
    return (*asks, time) if time else tuple(asks)


def with_words(asks: Sequence[MailQuestion], unread: Sequence[str]) -> tuple[MailQuestion, ...]:
    """Words that nobody has explained are asked about again where we ask anyway: right behind the goods."""
    goods = tuple(question for question in asks if question.ask in {"changed", "goods"})
    words = tuple(MailQuestion("unread", each) for each in unread[:MOST_WORDS])
    others = tuple(question for question in asks if question not in goods and not (words and question.ask == "empty"))
    return (*goods, *words, *others)


def opened(desk: Desk, asked: Asked, asks: Sequence[str]) -> Open:
    """What was asked, as it was kept; goods that have left the menu since are no answer any more."""
    about, likely = asked.facts.get("about", []), asked.facts.get("likely", [])
    menu = desk.shop.menu.by_sku
    goods = {
        place: Question(words, tuple(sku for sku in skus if sku in menu))
        for place, (ask, words, skus) in enumerate(zip(asks, about, likely, strict=False))
        if ask == "goods"
    }
    unread = {place: words for place, (ask, words) in enumerate(zip(asks, about, strict=False)) if ask == "unread"}
    return Open(tuple(asks), goods, unread, asked.facts.get("spoken", ""))


async def asked_again(desk: Desk, contact: Contact, draft: Order, spoken: str = "") -> tuple[Notice, ...]:
    """What was asked of this draft, once more: below the answer to a question of theirs.

    `spoken` is the product that they were told of.
    """
    asked = await desk.tx.conversations.about(contact.id, draft.id)
    if asked is None or asked.what != "questions" or not asked.facts.get("asks"):
        return ()
    facts = {
        **asked.facts,
        "repeats": asked.facts.get("repeats", 0) + 1,
        "spoken": spoken or asked.facts.get("spoken", ""),
    }
    await desk.tx.conversations.ask(contact.id, replace(asked, facts=facts), desk.now)
    if facts["repeats"] > MOST_REPEATS:
        return ()
    return (OrderQuestions(to=To(contact.id), order=draft, questions=questions_kept(desk, draft, asked)),)


def questions_kept(desk: Desk, order: Order, asked: Asked) -> tuple[MailQuestion, ...]:
    """As they were asked, in their order: the reply goes by their numbers."""
    facts = asked.facts if asked.what == "questions" else {}
    times = tuple(map(datetime.fromisoformat, facts.get("times", ())))
    kept = zip(facts.get("asks", ()), facts.get("about", ()), facts.get("options", ()), strict=False)
    return tuple(
        MailQuestion(
            ask,
            about,
            options=tuple(options),
            kinds=tuple(drafts.offered(desk, order)) if ask == "kind" else (),
            times=times if ask == "time" else (),
            wished=order.wished,
        )
        for ask, about, options in kept
    )


async def remember(
    desk: Desk,
    contact: Contact,
    order: Order,
    asks: Sequence[MailQuestion],
    rounds: tuple[int, int],
    unread: Sequence[str],
    *,
    said: str,
    lesson: Mapping[str, Any] = NO_LESSON,
) -> None:
    """What was asked, for the reply, and what that may teach; `rounds` of asking: at all, and in vain."""
    kinds = [question.ask for question in asks]
    facts: dict[str, Any] = {
        "asks": kinds,
        "about": [question.about for question in asks],
        "options": [list(question.options) for question in asks],
        "likely": [list(question.skus) for question in asks],
        "unread": list(unread),
        "times": [time.isoformat() for question in asks for time in question.times],
        "round": rounds[0],
        "in_vain": rounds[1],
        "said": said,
        "lesson": dict(lesson),
    }
    await desk.tx.conversations.ask(contact.id, Asked("questions", order.id, facts), desk.now)
    # What a person reads is not asked for again by the clock.
    await draft_timers.begin(desk, order, remind=bool(said))
