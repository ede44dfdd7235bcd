"""What templates may say of a value, as in `{{ line.total | money }}` or `{{ order.promised | clock }}`."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from core.availability import Reason, Why
from core.documents import Line, LineOption, Order
from core.frozen import frozen
from core.menu import Amount, Product, Texts, in_language
from core.money import Money, Surcharge
from core.pricing import costs_at_least, least_price
from core.states import FulfilmentState, Kind, OrderState
from templates.labels import Labels
from templates.locales import Local

HOUR = 60
DAY = 24 * HOUR

_INDENT = re.compile("^ +")
# Control characters, halves of characters that nothing can send, and marks that turn the direction of all that
# follows: a name could forge the rest of a card.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
PLAIN = frozenset({str, int})
"""Facts of these very types read as they are."""


@frozen
class ShopFacts:
    """What templates know of the shop; `languages[0]` is the staff's and the fallback."""

    name: str
    currency: str
    zone: ZoneInfo
    languages: tuple[str, ...]
    address: str = ""

    @property
    def signature(self) -> tuple[str, ...]:
        """Below a mail: name and address, the name once where the address begins with it."""
        if self.address.casefold().startswith(self.name.casefold()):
            return (self.address,)
        return (self.name, self.address) if self.address else (self.name,)


@frozen
class Filters:
    """The filters of one language in one shop."""

    shop: ShopFacts
    labels: Labels
    local: Local

    def money(self, minor: int, currency: str = "") -> str:
        return self.local.money(minor, currency or self.shop.currency)

    def cost(self, product: Product, currency: str = "") -> str:
        """ "8.50 EUR", and "from 8.00 EUR" for what must be put together first."""
        price = self.money(least_price(product), currency)
        return self.labels.text("words", "from").format(price=price) if costs_at_least(product) else price

    def signed(self, minor: int, currency: str = "") -> str:
        """ "+2.50 EUR": what something costs more or less than before."""
        sign = "+" if minor > 0 else "−" if minor < 0 else "±"
        return sign + self.money(abs(minor), currency)

    def surcharge(self, minor: int, currency: str) -> str:
        """ " · +1.00 EUR", and nothing for what costs nothing more."""
        if minor == 0:
            return ""
        return f" · {self.signed(minor, currency)}"

    def total_without(self, order: Order, off: Mapping[int, Reason]) -> int:
        """What is left to pay when the lines are gone that cannot be had at all."""
        gone = {place for place, reason in off.items() if not (reason.value or reason.left)}
        return order.total - sum(line.total for line in order.lines if line.position in gone)

    def time(self, at: datetime, now: datetime | None) -> str:
        """ "19:20" in the shop's zone, "Sun 22 Nov, 19:20" on another day, or where nobody knows when it is read."""
        day, clock = self._day_and_hour(at, now)
        return f"{day}, {clock}" if day else clock

    def _day_and_hour(self, at: datetime, now: datetime | None) -> tuple[str, str]:
        here = at.astimezone(self.shop.zone)
        is_today = now is not None and here.date() == now.astimezone(self.shop.zone).date()
        return "" if is_today else self.local.day(here.date()), f"{here.hour:02}:{here.minute:02}"

    @pass_context
    def clock(self, context: Context, at: datetime) -> str:
        return self.time(at, context["now"])

    def day(self, at: datetime | date) -> str:
        """ "Sat 5 Dec 2026"."""
        day = at.astimezone(self.shop.zone).date() if isinstance(at, datetime) else at
        return self.local.day(day, year=True)

    def weekday(self, number: int) -> str:
        return self.local.weekdays[number]

    def minutes(self, minutes: int) -> str:
        """90 is "1 h 30 min", whole days are "14 days"."""
        if minutes and minutes % DAY == 0:
            return self.count(minutes // DAY, "days")
        hours, rest = divmod(minutes, HOUR)
        parts = (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
        return " ".join(part for part in parts if part)

    def name(self, texts: Texts) -> str:
        return in_language(texts, self.labels.language)

    def count(self, number: int, thing: str) -> str:
        """ "3 items": the label `<thing>_<plural form>` of [counts], else `<thing>_other`."""
        known = self.labels.tables["counts"]
        label = known.get(f"{thing}_{self.local.plural(number)}") or self.labels.text("counts", f"{thing}_other")
        return label.format(n=number)

    def options(self, line: Line) -> str:
        """ "large, extra mushrooms, no onions"."""
        return ", ".join(self._option(option) for option in line.options)

    def _option(self, option: LineOption) -> str:
        chosen = option.chosen
        name = self.name(option.name)
        if chosen.amount is Amount.NONE:
            name = self._behind_none(name)
        words = self.labels.text("amounts", chosen.amount).format(option=name)
        return words if chosen.count == 1 else f"{chosen.count} × {words}"

    def _behind_none(self, name: str) -> str:
        """ "Geriebener Parmesan" as it is said behind "ohne": its adjective with another ending."""
        ends, instead = (self.labels.text("adjectives", key) for key in ("ends", "behind_none"))
        adjective, _, noun = name.partition(" ")
        if not (ends and noun[:1].isupper() and adjective.islower() and adjective.endswith(ends)):
            return name
        return f"{adjective.removesuffix(ends)}{instead} {noun}"

    def known(self, key: str, section: str) -> str:
        """The label where there is one, else the words themselves."""
        return self.labels.tables[section].get(key, key)

    def told(self, notice: str) -> str:
        """What a letter said, in a few words: as its mail's subject has it, else by [told]."""
        subject = self.labels.tables["subjects"].get(notice)
        return subject.format(shop=self.shop.name) if subject else self.known(notice, "told")

    def codes(self, codes: Iterable[str], section: str) -> str:
        """ "gluten, milk, nuts": the labels of these codes."""
        return ", ".join(self.known(code, section) for code in codes)

    def quoted(self, words: str, most: int = 300) -> str:
        return self.labels.text("words", "quoted").format(text=short(words, most))

    def stage(self, order: Order) -> str:
        """Where the order is, in one key of [states] and [progress]."""
        under_way = order.state in {OrderState.ACCEPTED, OrderState.COMPLETED}
        return order.fulfilment if under_way and order.fulfilment is not FulfilmentState.PLANNED else order.state

    @pass_context
    def headline(self, context: Context, order: Order) -> str:
        """ "#1001 · 19:20 · pickup · 3 items · 27.50 EUR": an order on a lock screen."""
        at = order.promised or order.wished
        pieces = sum(line.quantity - line.cancelled for line in order.lines)
        parts = (
            f"#{order.number}",
            self._due(context, order, at) if at else self.labels.text("words", "asap"),
            self.place(order),
            self.count(pieces, "items"),
            self.money(order.total, order.currency),
        )
        return " · ".join(part for part in parts if part)

    def place(self, order: Order) -> str:
        """ "pickup", or the table that it is brought to."""
        if order.table:
            return self.labels.text("words", "table").format(table=order.table)
        return self.labels.text("kinds", order.kind) if order.kind else ""

    def _due(self, context: Context, order: Order, at: datetime) -> str:
        return self.on_day(context, at) if order.kind is Kind.SHIPPING else self.time(at, context["now"])

    def shown(self, now: datetime | None) -> Callable[[object], str]:
        """How facts read inside a label."""

        def show(fact: object) -> str:
            if type(fact) in PLAIN:
                return str(fact)
            if isinstance(fact, datetime):
                return self.time(fact, now)
            if isinstance(fact, date):
                return self.local.day(fact)
            if isinstance(fact, Surcharge):
                return self.surcharge(fact.minor, fact.currency)
            if isinstance(fact, Money):
                return self.money(fact.minor, fact.currency)
            if isinstance(fact, Mapping):
                return self.name(fact)
            if isinstance(fact, tuple | list | set | frozenset):
                return ", ".join(show(each) for each in fact)
            return str(fact)

        return show

    @pass_context
    def why(self, context: Context, reason: Reason) -> str:
        """ "sold out until 18:00": what keeps a product from being had, in a few words of [off]."""
        key: str = reason.why
        if reason.why is Why.DAILY:
            key = "daily_left" if reason.left else key
        elif reason.back is None and f"{key}_open" in self.labels.tables["off"]:
            key = f"{key}_open"
        facts = {"option": reason.option, "back": reason.back, "left": reason.left}
        return self.labels.filled("off", key, facts, self.shown(context["now"]))

    @pass_context
    def label(self, context: Context, section: str, key: str, **facts: object) -> str:
        now: datetime | None = context["now"]
        if isinstance(at := facts.get("time"), datetime):
            facts["day"] = self.on_day(context, at)
            # A mail is read another day.
            now = None if context.get("by_mail") else now
            facts |= self._said_at(at, now)
        return self.labels.filled(section, key, facts, self.shown(now))

    def _said_at(self, at: datetime, now: datetime | None) -> dict[str, str]:
        """ "at 19:20", "on Sun 22 Nov at 19:20", and the same with "about"."""
        day, hour = self._day_and_hour(at, now)
        return {
            how: self.labels.text("words", f"{how}_day" if day else f"{how}_hour").format(day=day, hour=hour)
            for how in ("at", "about")
        }

    @pass_context
    def on_day(self, context: Context, at: datetime) -> str:
        """ "today", "tomorrow", "Mon 23 Nov": what is promised for a day, not for an hour."""
        here, now = (one.astimezone(self.shop.zone).date() for one in (at, context["now"]))
        known = {0: "today", 1: "tomorrow"}.get((here - now).days)
        return self.labels.text("words", known) if known else self.local.day(here)

    @pass_context
    def alarm(self, context: Context, what: str, facts: Mapping[str, object]) -> str:
        return self.labels.alarm(what, facts, self.shown(context["now"]))

    @property
    def by_name(self) -> dict[str, Callable[..., Any]]:
        names = ("money", "clock", "day", "weekday", "minutes", "name", "count", "options", "known", "quoted", "stage")
        more = ("headline", "why", "on_day", "codes", "cost", "told", "total_without")
        ours = {name: getattr(self, name) for name in (*names, *more)}
        return {
            **ours,
            "signed": self.signed,
            "short": short,
            "clip": clip,
            "upper_first": upper_first,
            "paragraph": paragraph,
        }


def visible(value: Any) -> Any:
    """A text without what nobody sees, anything else as it is; what a template says of a value passes through here.

    A whole page holds little that is not ours: to search it took ten times as long as its values.
    """
    if type(value) is not str or value.isprintable():
        return value
    return _UNSEEN.sub("", value)


def short(words: str, most: int) -> str:
    """On one line and at most so long: what people are called must not look like lines of ours."""
    return clip(" ".join(words.split()), most)


def clip(words: str, most: int) -> str:
    """At most so long, its lines kept."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def upper_first(words: str) -> str:
    """As a sentence begins; Jinja's own capitalize would make small letters of German nouns."""
    return words[:1].upper() + words[1:]


def paragraph(text: str) -> Markup:
    """Plain text inside a mail's HTML: escaped, its lines and their indents kept.

    Addresses of the web are not made links: a stranger's words stand in our mails, too.
    """
    lines = str(escape(visible(text))).split("\n")
    return Markup("<br>\n".join(_INDENT.sub("\u2003", line) if line[:1] == " " else line for line in lines))  # noqa: S704  # escaped just before
