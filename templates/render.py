"""Notices in words: for each language and channel a template, compiled once.

One thought stands in one file. `order_ready.txt` is the mail's text; without an
`order_ready.html` the mail's layout stands around its paragraphs, without an
`order_ready.telegram.html` it is the chat message, too, and without an
`order_ready.subject.txt` the subject is a label.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateNotFound
from markupsafe import escape

from core.documents import Order, OrderChange
from core.frozen import frozen
from core.notices import STAFF, Button, Keyboard, Notice, Refused
from core.people import Channel
from templates.chat_html import fit, plain
from templates.filters import ShopFacts, short, visible
from templates.labels import Show
from templates.tongue import (
    CHAT,
    LAST_RESORT,
    LINES,
    LINES_END,
    MAIL,
    OURS,
    READ_LINES,
    SUBJECT,
    TEXT,
    Tongue,
    has_language,
)

LONGEST_SUBJECT = 150
LONGEST_BUTTON = 60

SHARE = Button("share_number", "")
"""Telegram's own button for a phone number: it carries no data."""

SHARE_LOCATION = Button("share_location", "")
"""The same for where somebody is."""

Rows = tuple[tuple[tuple[str, str], ...], ...]

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@frozen
class Words:
    """A notice in words: in chat `html` is Telegram's and `text` its plain form; a button is label and data."""

    subject: str
    text: str
    html: str
    buttons: Rows


class Renderer:
    """All languages of a shop; `overrides` is a folder of the owner's own texts, named like ours."""

    def __init__(self, shop: ShopFacts, overrides: Path | None = None) -> None:
        self.shop = shop
        self.overrides = overrides
        # A language is read when the first message needs it, and kept.
        self._tongue = cache(lambda language: Tongue(language, shop, overrides))
        self._spoken = lru_cache(maxsize=100)(self._nearest_language)

    def words(
        self,
        notice: Notice,
        *,
        channel: Channel,
        language: str,
        now: datetime,
        before: Sequence[Notice] = (),
        after: Sequence[Notice] = (),
    ) -> Words:
        """The notice for one reader; what goes to the staff is in the shop's first language.

        By mail, the words of other notices may stand before and after its own. Raises what Jinja raises for a
        template that is missing or broken, UnknownLabel for a label.
        """
        tongue = self._tongue(self._spoken(self.shop.languages[0] if notice.to == STAFF else language))
        facts = {**self._facts(notice, now), "by_mail": channel is Channel.MAIL}
        if channel is not Channel.MAIL:
            return _chat(tongue, notice, facts)
        said = [_text(tongue, one, {**self._facts(one, now), "by_mail": True}) for one in (*before, notice, *after)]
        return _mail(tongue, notice, facts, said)

    def _facts(self, notice: Notice, now: datetime) -> dict[str, Any]:
        of_refusal = notice.facts if isinstance(notice, Refused) else {}
        facts = {"not_read": "", **vars(notice), "now": now, "shop": self.shop, **of_refusal}
        order, change = facts.get("order"), facts.get("change")
        if isinstance(order, Order) and order.note and notice.to != STAFF:
            note, facts["not_read"] = self._parted(order.note)
            facts["order"] = replace(order, note=note)
        if isinstance(change, OrderChange) and change.details.note and notice.to != STAFF:
            was, details = (replace(each, note=self._parted(each.note)[0]) for each in (change.was, change.details))
            facts["change"] = replace(change, was=was, details=details)
        return facts

    def _parted(self, note: str) -> tuple[str, str]:
        """A customer's own note, and what of their words nobody could place: the staff reads both in one.

        That they may have ordered twice is told them elsewhere.
        """
        alike = self.label("words", "same_as").partition("{")[0]
        note = "; ".join(part for part in note.split("; ") if not part.startswith(alike))
        before, mark, rest = note.partition(f"{self.label('words', 'unread')}: ")
        # Sentences that were not read stand between dots; another note, which came later, behind a semicolon.
        not_read, *later = re.split(r"; (?!·)", rest) if mark else ("",)
        return "; ".join(filter(None, (before.rstrip("; "), *later))), not_read

    def label(self, section: str, key: str, language: str = "") -> str:
        """A label in this language, else in that of the shop. Raises UnknownLabel."""
        return self._tongue(self._spoken(language or self.shop.languages[0])).labels.text(section, key)

    @property
    def languages(self) -> tuple[str, ...]:
        """All in which there are texts."""
        folders = [OURS, *([self.overrides] if self.overrides is not None else [])]
        return tuple(sorted({path.name for folder in folders for path in folder.iterdir() if self.speaks(path.name)}))

    def _nearest_language(self, language: str) -> str:
        """The language itself or without its region, else the shop's first, else English."""
        for wish in (language, language.partition("-")[0], *self.shop.languages):
            if self.speaks(wish):
                return wish
        return LAST_RESORT

    def speaks(self, language: str) -> bool:
        """Whether there are texts in this language."""
        if not language.isalnum():
            return False
        return has_language(OURS, language) or (self.overrides is not None and has_language(self.overrides, language))


def _chat(tongue: Tongue, notice: Notice, facts: dict[str, Any]) -> Words:
    template = _found(tongue.find(notice.name, CHAT, TEXT), notice)
    said = _tidy(template.render(facts))
    html = fit(said if template.name and template.name.endswith(CHAT) else str(escape(said)))
    show = tongue.filters.shown(facts["now"])

    keyboard = notice.buttons or _share(notice)
    rows = tuple(tuple((_on_button(tongue, each, show), each.data) for each in row) for row in keyboard)
    return Words(subject="", text=plain(html), html=html, buttons=rows)


def _share(notice: Notice) -> Keyboard:
    if notice.asks_contact:
        return ((SHARE,),)
    return ((SHARE_LOCATION,),) if notice.asks_location else ()


def _on_button(tongue: Tongue, button: Button, show: Show) -> str:
    if "text" in button.facts:
        said = show(button.facts["text"])
    else:
        said = tongue.labels.filled("buttons", button.label, button.facts, show)
    return short(visible(said), LONGEST_BUTTON)


def _text(tongue: Tongue, notice: Notice, facts: dict[str, Any]) -> str:
    return _found(tongue.find(notice.name, TEXT), notice).render(facts)


def _mail(tongue: Tongue, notice: Notice, facts: dict[str, Any], texts: Sequence[str]) -> Words:
    """`texts` are what the mail says, one after the other; a page of its own has room for one alone."""
    said = "\n\n".join(texts)
    subject = _subject(tongue, notice, facts)
    text = tongue.env.get_template("layout.txt").render(said=_tidy(said))
    page = {**facts, "subject": subject, **_parts(said)}
    own = tongue.find(notice.name, MAIL, TEXT)
    has_page = len(texts) == 1 and own is not None and own is not tongue.find(notice.name, TEXT)
    html = (own if own and has_page else tongue.env.get_template("layout.html")).render(page)
    # What an HTML page looks like does not depend on its blank lines.
    return Words(subject=subject, text=text, html=html.strip(), buttons=())


def _parts(said: str) -> dict[str, Any]:
    """The paragraphs before and after the order's lines; whether there are lines, and with the words they came from."""
    mark = READ_LINES if READ_LINES in said else LINES
    before, table, rest = said.partition(mark)
    return {
        "before": _paragraphs(before),
        "table": bool(table),
        "with_words": mark == READ_LINES,
        "after": _paragraphs(rest.partition(LINES_END)[2]),
    }


def _paragraphs(text: str) -> list[str]:
    return [part for part in _tidy(text).split("\n\n") if part]


def _subject(tongue: Tongue, notice: Notice, facts: dict[str, Any]) -> str:
    own = tongue.find(notice.name, SUBJECT)
    if own:
        said = own.render(facts)
    else:
        key = "staff" if notice.to == STAFF else "refused" if isinstance(notice, Refused) else notice.name
        said = tongue.labels.filled("subjects", key, {"shop": tongue.filters.shop.name}, str)
    subject = short(visible(said), LONGEST_SUBJECT)
    order = facts.get("order")
    if isinstance(order, Order) and order.number is not None:
        return f"{subject} [#{order.number}-{order.token}]"
    return subject


def _tidy(said: str) -> str:
    # Three looks for what most do not have cost less than a search.
    if "\n\n\n" in said or " \n" in said or "\t\n" in said:
        said = _BLANK_LINES.sub("\n\n", said)
    return said.strip()


def _found(template: Template | None, notice: Notice) -> Template:
    if template is None:
        raise TemplateNotFound(f"{notice.name}{TEXT}")
    return template
