"""The reply to our questions: by numbers ("1. pickup") or in words of its own, read as edits of the draft."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.documents import Order
from core.people import Contact
from handlers.desk import Desk
from handlers.mail_goods import Open, in_words
from handlers.mail_numbers import ASKING, by_number
from handlers.mail_reply import Reply, as_edits, as_many, joined
from handlers.reading.cancelling import forbids_cancelling, surely_cancels
from handlers.reading.numbered_answers import NUMBERED, split_answers
from handlers.reading.understood import (
    Intent,
    Understood,
    Wishes,
)
from handlers.reading.wordings import wordings
from handlers.said import read

QUESTION_END = re.compile(r"(?<=[.!?])\s+|\n+")
LONGEST_SENTENCE = 200
ANSWERING = frozenset({Intent.ORDER, Intent.PLACE, Intent.OTHER})
"""What words without a number must be for, to answer a question; anything else is its own matter."""
POLITE = frozenset({Intent.ORDER, Intent.PLACE, Intent.OTHER, Intent.GREETING, Intent.THANKS})
"""What nobody need read beside an answer."""


def read_reply(desk: Desk, contact: Contact, draft: Order, opened: Open, text: str) -> Reply | None:
    """What a reply says to what was asked; None where it is no answer."""
    numbered = split_answers(text, len(opened.asks))
    if numbered:
        return by_number(desk, contact, draft, opened, numbered, text)
    return _told(desk, contact, draft, opened, text)


def _told(desk: Desk, contact: Contact, draft: Order, opened: Open, text: str) -> Reply | None:
    """The reply in words of its own: what was asked about goods by what it names, then all the rest."""
    told = in_words(desk, contact, draft, opened, text)
    if not told.settled and not told.given_up:
        return _in_own_words(desk, contact, draft, opened, text)
    reply = _in_own_words(desk, contact, draft, opened, told.rest) if told.rest.strip() else Reply(told.understood)
    if reply is None:
        reply = _beside_answers(desk, contact, told.rest)
    if told.rest.strip():
        reply = replace(reply, understood=joined(told.understood, replace(reply.understood, intent=Intent.ORDER)))
    if not draft.lines and len(told.given_up) == len(opened.asks) and not reply.changes:
        return Reply(Understood(Intent.CANCEL))
    return replace(reply, settled=told.settled | told.given_up, given_up=told.given_up)


def _beside_answers(desk: Desk, contact: Contact, rest: str) -> Reply:
    """What stands beside an answer and is none itself: a question is answered, anything else is for a person."""
    intent = read(desk, contact, rest, None).intent
    if intent in ASKING:
        return Reply(Understood(Intent.ORDER, asides=(rest,)))
    return Reply(Understood(Intent.ORDER), asks_too=intent not in POLITE)


def sentence_of(words: str, mails: Sequence[str]) -> str:
    """The sentence in which these words stand, without the number of its answer; torn words may mean the opposite."""
    said = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for mail in mails:
        for line in mail.splitlines():
            numbered = NUMBERED.match(line)
            for sentence in QUESTION_END.split(numbered[2] if numbered else line):
                if said.search(sentence) and len(sentence) <= LONGEST_SENTENCE:
                    return sentence.strip()
    return words


def _in_own_words(desk: Desk, contact: Contact, draft: Order, opened: Open, text: str) -> Reply | None:
    understood = as_edits(desk, contact, draft, text)
    unclear, adds = list(opened.unread.values()), _adds(desk, contact, text)
    if len(unclear) == 1 and not opened.goods and not adds:
        understood = as_many(desk, contact, understood, {unclear[0]: text})
    if understood.intent is Intent.CANCEL and understood.order_number is None:
        languages = desk.house.reading_languages(contact.language)
        if surely_cancels(text, languages):
            return Reply(understood)
        # "… otherwise cancel" hangs on what a person must see.
        depends = not forbids_cancelling(text, languages)
        return Reply(replace(understood, intent=Intent.OTHER), adds=adds, asks_too=depends)
    if understood.intent is Intent.QUESTION:
        return _beside_a_question(desk, contact, draft, opened, text)
    if understood.intent not in ANSWERING:
        return None
    if opened.asks == ("address",) and _may_be_address(understood):
        wishes = replace(understood.wishes, address=text)
        understood = replace(understood, reading=replace(understood.reading, unread=()), wishes=wishes)
    return Reply(understood, adds=adds)


def _beside_a_question(desk: Desk, contact: Contact, draft: Order, opened: Open, text: str) -> Reply | None:
    """As in "I pick them up. Are dogs allowed?": the sentences that ask nothing may be the answer.

    "Could we make it 7:30?" asks for what can be done.
    """
    told = "\n".join(
        said for said in QUESTION_END.split(text) if "?" not in said or _wishes(desk, contact, draft, said)
    )
    told = told.strip()
    reply = _in_own_words(desk, contact, draft, opened, told) if told and told != text else None
    if reply is None or (reply.understood.wishes == Wishes() and not reply.understood.edits):
        return None
    return replace(reply, asks_too=True)


def _wishes(desk: Desk, contact: Contact, draft: Order, said: str) -> bool:
    understood = read(desk, contact, said, draft)
    return understood.intent is Intent.ORDER and understood.wishes != Wishes()


def _may_be_address(understood: Understood) -> bool:
    """Words that are nothing else: where only an address was asked, they are it."""
    return not understood.edits and not understood.wishes.address and understood.intent is not Intent.PLACE


def _adds(desk: Desk, contact: Contact, text: str) -> bool:
    """ "Also a coke please"."""
    said = wordings("edits", "on_top", desk.house.reading_languages(contact.language))
    return said.search(text) is not None
