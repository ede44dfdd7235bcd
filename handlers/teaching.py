"""Taught by corrections: words that were not read, and what their customers then chose.

Whoever had one thing unread and adds one thing right after has probably said what it
means. That is proposed to the owner, and read so only when the owner agrees or enough
different customers meant the same. An order that is placed keeps what was read in it.
"""

from collections import Counter
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.documents import Order
from core.errors import Stale
from core.frozen import frozen
from core.learning import ENOUGH, MOST_A_DAY, LearnedWord, Meant, WordState
from core.menu import Chosen, Texts
from core.notices import STAFF, Button, DraftEmpty, DraftShown, Keyboard, Notice, WordCard, WordCardAnew
from core.people import Channel, Contact
from handlers import drafts, unread_words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.reading.agreement import begins_adding, joins_placed, substitutes
from handlers.reading.language import Role, Words, words_for
from handlers.reading.learned import LONGEST, bare, fault_of, learned_key, spelled
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.order_text import read_order
from handlers.reading.second_thoughts import thoughts
from handlers.reading.understood import Reading, ReadLine, Understood
from storage.conversations import BESIDE, Asked

LASTS = timedelta(minutes=15)
"""What is added later is no correction."""
DAY = timedelta(days=1)
BESIDE_GOODS = frozenset({Role.WITH, Role.REFUSE, Role.EXTRA, Role.MORE, Role.LIGHT})
NAMES = frozenset({Role.ARTICLE, Role.LINK, Role.AND, Role.WITH, Role.EXTRA, Role.MORE, Role.LIGHT})
"""What stands before goods or options that are named."""


@frozen
class Lesson:
    """What a customer said that was not read, and the draft that they saw then."""

    words: str
    count: int
    is_option: bool
    """Said of other goods ("with cipolle"): then a choice is what it means, else a product."""
    order_id: int | None


# What was not read


def facts_of(desk: Desk, contact: Contact, reading: Reading, written: str) -> dict[str, Any]:
    """What to keep with the open question, so that what comes next can teach; empty where nothing could."""
    if contact.channel is not Channel.TELEGRAM:
        return {}
    found = of_mail(desk, contact, reading, written)
    if found and not _is_named(reading.unread[0], written, words_for(desk.house.reading_languages(contact.language))):
        return {}
    return {**found, "until": (desk.now + LASTS).isoformat()} if found else {}


def of_mail(desk: Desk, contact: Contact, reading: Reading, written: str) -> dict[str, Any]:
    """The same where a thread says what answers it, however long that takes."""
    if len(reading.unread) != 1:
        return {}
    languages = desk.house.reading_languages(contact.language)
    unread = reading.unread[0]
    words = bare(unread, languages)
    if not words or len(words) > LONGEST:
        return {}
    first, known = split(unread)[0], words_for(languages)
    count = int(first) if first.isdecimal() and len(first) < 4 else known.numbers.get(first, 1)
    is_option = _is_said_of_goods(unread, written, reading, known)
    return {"unread": words, "count": count, "option": is_option}


def _is_said_of_goods(unread: str, written: str, reading: Reading, known: Words) -> bool:
    """Behind "with", "no" or "extra", or among the words of a line."""
    before = split(written[: max(0, written.find(unread))])[-1:]
    beside = any(known.roles.get(word) in BESIDE_GOODS for word in (*before, split(unread)[0]))
    return beside or any(unread in line.words for line in reading.lines)


def _is_named(unread: str, written: str, known: Words) -> bool:
    """ "2 marghis", "carbo, please", "with cipolle": not the vegan of "I'm vegan", and not "no raw things"."""
    said = written[: max(0, written.find(unread))].rstrip(" ")
    first, before = split(unread)[0], split(said)[-1:]
    if not said or said.endswith((",", ":", ";", ".", "!", "\n")):
        return known.roles.get(first) is not Role.REFUSE
    return any(word.isdecimal() or word in known.numbers or known.roles.get(word) in NAMES for word in (first, *before))


async def remember(desk: Desk, contact: Contact, order: Order, reading: Reading, written: str) -> None:
    """One thing of the message was not read: for what comes next, unless a question waits for its answer."""
    facts = facts_of(desk, contact, reading, written)
    waits = await desk.tx.conversations.open(contact.id) if facts else None
    if facts and (waits is None or waits.what in BESIDE):
        await desk.tx.conversations.ask(contact.id, Asked("unread", order.id or None, facts), desk.now)


def lesson_of(asked: Asked | None, now: datetime) -> Lesson | None:
    """What was not read just before; None mostly."""
    if asked is None or "unread" not in asked.facts or datetime.fromisoformat(asked.facts["until"]) < now:
        return None
    return Lesson(asked.facts["unread"], asked.facts["count"], asked.facts["option"], asked.order_id)


# What was added then


async def watched(desk: Desk, contact: Contact, lesson: Lesson, written: str, answering: Awaitable[Answer]) -> Answer:
    """The answer to the next words, with what they teach: words that are read whole, and do not say the same again.

    What is to be more than was said ("and a salad") is no other word for it.
    """
    await desk.tx.conversations.settle(contact.id)
    before = await desk.tx.orders.draft_of(contact.id)
    answer = await answering
    is_other = _says_again(lesson, written) or substitutes(written) or begins_adding(written)
    if is_other or joins_placed(written) or any(map(_is_unclear, answer.notices)):
        return answer
    after = await desk.tx.orders.draft_of(contact.id)
    return replace(answer, notices=(*answer.notices, *await meant(desk, contact, lesson, before, after)))


async def without_opener(desk: Desk, contact: Contact, written: str) -> str:
    """ "I meant 2 margherita" takes back what was not read anyway: what stands behind it is all that is said.

    Of goods that are in the draft it says how many there are to be.
    """
    languages = desk.house.reading_languages(contact.language)
    first, *behind = thoughts(written, languages)
    if len(behind) != 1 or first.strip():
        return written
    draft = await desk.tx.orders.draft_of(contact.id)
    named = {line.sku for line in read_order(behind[0], desk.house.menu, languages).lines}
    return written if draft and named & {line.sku for line in draft.lines} else behind[0]


def _says_again(lesson: Lesson, written: str) -> bool:
    return set(map(learned_key, split(lesson.words))) <= set(map(learned_key, split(written)))


def _is_unclear(notice: Notice) -> bool:
    return isinstance(notice, (DraftShown, DraftEmpty)) and bool(notice.unread or notice.doubts)


async def answered_by_mail(
    desk: Desk, contact: Contact, before: Order, facts: Mapping[str, Any], reply: str, understood: Understood
) -> tuple[Notice, ...]:
    """What the reply to our question about the one thing that was not read teaches, once the draft has it."""
    if not facts or understood.reading.unread or understood.reading.questions:
        return ()
    lesson = Lesson(facts["unread"], facts["count"], facts["option"], before.id)
    if _says_again(lesson, reply) or substitutes(reply):
        return ()
    return await meant(desk, contact, lesson, before, await desk.tx.orders.get(before.id))


async def named(desk: Desk, contact: Contact, unread: str, meaning: Reading) -> tuple[Notice, ...]:
    """The answer to one of several things that were not read names a product, and nothing else."""
    words = bare(unread, desk.house.reading_languages(contact.language))
    is_clear = len(meaning.lines) == 1 and not (meaning.lines[0].options or meaning.unread or meaning.questions)
    if not is_clear or not words or len(words) > LONGEST:
        return ()
    return await propose(desk, contact.customer_id, words, Meant(meaning.lines[0].sku))


async def picked(desk: Desk, contact: Contact, before: Order | None, after: Order) -> tuple[Notice, ...]:
    """A button put one thing into the draft: what that teaches."""
    lesson = lesson_of(await desk.tx.conversations.open(contact.id), desk.now)
    if lesson is None:
        return ()
    await desk.tx.conversations.settle(contact.id)
    return await meant(desk, contact, lesson, before, after)


async def meant(
    desk: Desk, contact: Contact, lesson: Lesson, before: Order | None, after: Order | None
) -> tuple[Notice, ...]:
    """The one thing that is new in the draft is proposed as what the words mean."""
    if after is None or (before.id if before else None) != lesson.order_id:
        return ()
    was, now = drafts.as_read(before) if before else (), drafts.as_read(after)
    meaning = _laid_over(was, now) if lesson.is_option else _added(was, now, lesson.count)
    if meaning is None:
        return ()
    if fault_of(lesson.words, desk.house.menu, teaching_languages(desk)) is None:
        await unread_words.explained(desk, contact, after, lesson.words)
    return await propose(desk, contact.customer_id, lesson.words, meaning)


Lines = Counter[tuple[str, frozenset[Chosen]]]


def _counted(lines: Sequence[ReadLine]) -> Lines:
    counted: Lines = Counter()
    for line in lines:
        counted[line.sku, frozenset(line.options)] += line.quantity
    return counted


def _added(before: Sequence[ReadLine], after: Sequence[ReadLine], count: int) -> Meant | None:
    """One product more, in the number that was said or singly, and all else as it was."""
    new, gone = _counted(after) - _counted(before), _counted(before) - _counted(after)
    if gone or len(new) != 1:
        return None
    ((sku, _), quantity) = next(iter(new.items()))
    return Meant(sku) if quantity in {1, count} else None


def _laid_over(before: Sequence[ReadLine], after: Sequence[ReadLine]) -> Meant | None:
    """One choice more on one line, and all else as it was; another of the same group may have made room."""
    new, gone = _counted(after) - _counted(before), _counted(before) - _counted(after)
    if len(new) != 1 or len(gone) != 1:
        return None
    ((sku, options), quantity), ((old_sku, old_options), old_quantity) = (
        next(iter(new.items())),
        next(iter(gone.items())),
    )
    chosen = options - old_options
    if (sku, quantity) != (old_sku, old_quantity) or len(chosen) != 1:
        return None
    (choice,) = chosen
    if any(old.group != choice.group for old in old_options - options):
        return None
    return Meant("", choice.group, choice.value)


# What becomes of it


async def propose(desk: Desk, customer_id: int, written: str, meaning: Meant) -> tuple[Notice, ...]:
    """One more customer meant it so. Nothing is said of what may not be learned, or was declined before."""
    if fault_of(written, desk.house.menu, teaching_languages(desk)) is not None:
        return ()
    if await desk.tx.learned.confirmed_since(customer_id, desk.now - DAY) >= MOST_A_DAY:
        return ()
    word = await desk.tx.learned.put(learned_key(written), spelled(written), meaning, desk.now)
    confirmed = await desk.tx.learned.confirm(word, customer_id, desk.now) if word.state is WordState.PROPOSED else None
    if confirmed is None:
        return ()
    if confirmed.customers >= ENOUGH:
        try:
            async with desk.tx.savepoint():
                return await activate(desk, confirmed, None, anew=True)
        except Stale:
            # The owner has just decided otherwise: that is no matter of this customer.
            return ()
    return (card(desk, confirmed),)


async def activate(
    desk: Desk, word: LearnedWord, staff_id: int | None, by: str = "", *, anew: bool = False
) -> tuple[Notice, ...]:
    """Read so from now on; other meanings that waited are declined with it. Raises Stale."""
    told = []
    for rival in await desk.tx.learned.rivals(word):
        declined = await desk.tx.learned.turn(rival, WordState.DECLINED, desk.now, staff_id)
        told.append(card(desk, declined, by))
    active = await desk.tx.learned.turn(word, WordState.ACTIVE, desk.now, staff_id)
    return (card(desk, active, by, anew=anew), *told)


def teaching_languages(desk: Desk) -> tuple[str, ...]:
    """Whatever one of these knows is not learned."""
    return desk.house.reading_languages(desk.shop.languages[0])


def card(desk: Desk, word: LearnedWord, by: str = "", *, anew: bool = False) -> WordCard:
    kind = WordCardAnew if anew else WordCard
    return kind(to=STAFF, word=word, meaning=name_of(desk.house.menu, word.meaning), by=by, buttons=_buttons(word))


def _buttons(word: LearnedWord) -> Keyboard:
    about = f"{word.id}:{word.version}"
    if word.state is WordState.PROPOSED:
        return ((Button("word_yes", f"wyes:{about}"), Button("word_no", f"wno:{about}")),)
    return ((Button("undo", f"wrev:{about}"),),) if word.state is WordState.ACTIVE else ()


def name_of(menu: CompiledMenu, meaning: Meant) -> Texts:
    """As the menu has it; the bare code of what it has no more."""
    product = menu.menu.by_sku.get(meaning.sku)
    if product is not None:
        return product.name
    for sku in menu.offers.get((meaning.group, meaning.value), ())[:1]:
        return menu.menu.by_sku[sku].by_group[meaning.group].by_value[meaning.value].name
    return {"": meaning.sku or meaning.value}
