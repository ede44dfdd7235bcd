"""What an order message says besides goods: pickup or delivery, address, time, phone, note, name.

Each wish is taken out of the text, so that the number of a house or of a phone is never read as a quantity.
"""

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from core.frozen import frozen
from handlers.reading.addresses import ADDRESS_LINES, IsGoods, address_at, address_span, no_goods
from handlers.reading.texts import Text
from handlers.reading.times import TimeRead, read_time
from handlers.reading.understood import NO_WISHES, Wishes
from handlers.reading.wordings import may_say, named, with_lists, wordings

GONE = "\x1f"
"""Stands for each character that was taken out: it keeps places as they were, and no pattern crosses it."""

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
NAMES = r"[^\W\d_a-zäöü]\w*(?:[ -][^\W\d_a-zäöü]\w*){0,2}"
LONGEST_NOTE = 300
PAYMENTS = ("card", "online", "cash")
CODE = r"(?P<value>(?=[\w-]*[A-Z\d])[^\W_][\w-]{2,23})"
"""A discount code has a capital or a digit: "my code is secret" names none."""
KINDS = ("shipping", "pickup", "delivery")
"""In the order of asking: "send it by post to my home" is shipping."""

Span = tuple[int, int]


@frozen
class WishesRead:
    """The wishes, the text without them, and the words of wishes that cannot be granted (a time that is past)."""

    wishes: Wishes
    rest: Text
    refused: tuple[str, ...] = ()


def read_wishes(
    text: str, *, now: datetime, zone: ZoneInfo, languages: tuple[str, ...], is_goods: IsGoods = no_goods
) -> WishesRead:
    """Take the wishes out of the text. `now` is aware; words that are goods are never a part of an address."""
    reader = _Reader(Text.of(text.replace(GONE, " ") if GONE in text else text), with_lists(languages), is_goods)
    reader.read_labels()
    reader.read_phone()
    reader.read_code()
    reader.read_note()
    reader.read_address()
    time = reader.read_time(now, zone)
    reader.read_payment()
    reader.read_kind()
    reader.read_fetcher()
    reader.read_town()
    return WishesRead(reader.wishes, reader.rest(), time.refused)


class _Reader:
    def __init__(self, text: Text, languages: tuple[str, ...], is_goods: IsGoods) -> None:
        self.text = text
        self.languages = languages
        self.is_goods = is_goods
        self.wishes = NO_WISHES
        self.may_say = may_say(text, languages)

    def rest(self) -> Text:
        return self.text.less(re.sub(f"{GONE}+", " ", self.text)) if GONE in self.text else self.text

    def take(self, start: int, end: int) -> str:
        """Take a span out and return what stood there."""
        taken = self.text[start:end]
        self.text = self.text.less(self.text[:start] + re.sub(r"[^\n]", GONE, taken) + self.text[end:])
        return re.sub(r"[ \t]+", " ", taken.replace(GONE, " ")).strip(" \t\n,;")

    def read_labels(self) -> None:
        """Lines with a label: "Name: Carl", "Address: …" (with the lines below it), "Note: …", "Email: …"."""
        if ":" in self.text:
            name, note = self._labelled("name_labels"), self._labelled("note_labels")
            self.wishes = replace(self.wishes, name=name, note=note)
            self._labelled("email")
        self._read_spoken_name()
        self._read_address_label()

    def _labelled(self, key: str) -> str | None:
        """The value of the first line with such a label; a dash or "none" is no value."""
        found = _label(key, self.languages).search(self.text) if f"wishes.{key}" in self.may_say else None
        if not found:
            return None
        value = self.take(*found.span()).partition(":")[2].strip()[:LONGEST_NOTE]
        return None if wordings("wishes", "nothing", self.languages).fullmatch(value) else value or None

    def _read_spoken_name(self) -> None:
        """Like "My name is Carl", "Carl Meier. Das ist mein Name": up to three words that begin with a capital."""
        found = _spoken_name(self.languages).search(self.text) if "wishes.name_labels" in self.may_say else None
        if found is None and "wishes.name_says" in self.may_say:
            found = _said_to_be(self.languages).search(self.text)
        if found is None and "wishes.name_tails" in self.may_say:
            found = _name_before(self.languages).search(self.text)
        if found and any(self.is_goods(word) for word in found["value"].split()):
            return
        if found and self.wishes.name is None:
            self.wishes = replace(self.wishes, name=found["value"].strip())
            self.take(*found.span())

    def _read_address_label(self) -> None:
        found = _address_label(self.languages).search(self.text) if "wishes.address_labels" in self.may_say else None
        if not found:
            return
        start, end = address_span(self.text, found.end(), most_lines=ADDRESS_LINES)
        if end > start:
            self.wishes = replace(self.wishes, address=_one_address(self.text[start:end]))
            self.take(found.start(), end)

    def read_phone(self) -> None:
        """A number after "phone" or the like, or an international one."""
        if not self.text.has_digit or not re.search(r"\d{3}", self.text):
            return
        found = _phone_label(self.languages).search(self.text) if "wishes.phone" in self.may_say else None
        if found:
            self.wishes = replace(self.wishes, phone=re.sub(r"\s+", " ", found["value"]).strip())
            self.take(*found.span())
            return
        if "+" not in self.text and "00" not in self.text:
            return
        # Late: its sixty modules are for the few messages with such a number.
        from phonenumbers import Leniency, PhoneNumberMatcher

        for match in PhoneNumberMatcher(self.text, None, leniency=Leniency.VALID):
            self.wishes = replace(self.wishes, phone=match.raw_string)
            self.take(match.start, match.end)
            return

    def read_note(self) -> None:
        """A sentence for the driver or the kitchen: "please ring twice"."""
        notes = [self.wishes.note] if self.wishes.note else []
        if "wishes.note_starts" in self.may_say:
            notes += [self.take(*found.span()) for found in list(_note(self.languages).finditer(self.text))[:5]]
        if notes:
            self.wishes = replace(self.wishes, note="; ".join(notes)[:LONGEST_NOTE])

    def read_address(self) -> None:
        if self.wishes.address is None:
            found = address_at(self.text, self.languages, self.is_goods)
            if found:
                self.wishes = replace(self.wishes, address=_one_address(self.text[slice(*found.address)]))
                if found.has_lead and self.wishes.kind is None:
                    self.wishes = replace(self.wishes, kind="shipping" if self._said("shipping") else "delivery")
                self.take(*found.span)

    def read_time(self, now: datetime, zone: ZoneInfo) -> TimeRead:
        time = read_time(self.text, now, zone, self.languages)
        if time.spans:
            self.wishes = replace(self.wishes, wished=time.wished, wished_day=time.day, asap=time.asap)
        for span in time.spans:
            self.take(*span)
        return time

    def read_kind(self) -> None:
        for kind in KINDS:
            if found := self._said(kind):
                self.wishes = replace(self.wishes, kind=self.wishes.kind or kind)
                self.take(*found.span())
                self._take_colon(found.end())

    def read_code(self) -> None:
        """ "Code WELCOME10", "with voucher BEA5"."""
        found = _code(self.languages).search(self.text) if "wishes.code_labels" in self.may_say else None
        if found:
            self.wishes = replace(self.wishes, code=found["value"])
            self.take(*found.span())

    def read_payment(self) -> None:
        """How it is to be paid: said of paying, or a word like "cash" between commas."""
        for payment in PAYMENTS:
            if found := self._said(f"pay_{payment}"):
                self.wishes = replace(self.wishes, payment=payment)
                self.take(*found.span())
                return
        found = _payment_alone(self.languages).search(self.text) if self._names_payment() else None
        if found:
            said = named("wishes", "pay_alone", self.languages)[found["value"].casefold()]
            self.wishes = replace(self.wishes, payment=str(said))
            self.take(*found.span("value"))

    def read_fetcher(self) -> None:
        """Who comes for it: "pickup for Miller". Where it was said of the goods, it is said of them."""
        if self.wishes.kind != "pickup" or self.wishes.name is not None or "wishes.name_after" not in self.may_say:
            return
        found = _fetcher(self.languages).search(self.text)
        if found and not any(self.is_goods(word) for word in found["value"].split()):
            self.wishes = replace(self.wishes, name=found["value"])
            self.take(*found.span("all"))

    def _names_payment(self) -> bool:
        return not self.text.whole.runs.isdisjoint(named("wishes", "pay_alone", self.languages))

    def read_town(self) -> None:
        """A town that the goods go to: "nach München" is far enough to mean the post."""
        if self.may_say.isdisjoint(("wishes.far_leads", "wishes.town_leads")):
            return
        for found in _to_town(self.languages).finditer(self.text):
            if (found["far"] or self.wishes.kind in ("shipping", "delivery")) and not self.is_goods(found["town"]):
                self.wishes = replace(self.wishes, kind=self.wishes.kind or "shipping")
                self.take(*found.span())
                return

    def _take_colon(self, at: int) -> None:
        """The colon of "Pick-up: Friday"."""
        if self.text[at : at + 1] == ":":
            self.take(at, at + 1)

    def _said(self, key: str) -> re.Match[str] | None:
        return wordings("wishes", key, self.languages).search(self.text) if f"wishes.{key}" in self.may_say else None


def _one_address(lines: str) -> str:
    """An address over several lines as one, its parts apart by commas."""
    parts = [re.sub(r"[\s\x1f]+", " ", line).strip(" ,;.") for line in lines.split("\n")]
    return ", ".join(part for part in parts if part)


@cache
def _label(key: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """A whole line "label: value", up to a sentence that counts goods."""
    labels = wordings("wishes", key, languages).pattern
    count = wordings("wishes", "count", languages).pattern
    rest = rf"(?:(?![.!]\s+(?:\d|{count}))[^\n{GONE}])*"
    return re.compile(rf"^[ \t]*(?:{labels})[ \t]*:{rest}", re.IGNORECASE | re.MULTILINE)


@cache
def _address_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "address_labels", languages).pattern
    being = wordings("wishes", "address_is", languages).pattern
    return re.compile(rf"(?:{labels})[ \t]*(?::|{being})[ \t]*", re.IGNORECASE)


@cache
def _to_town(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "Nach" or "to" and a name with a capital, and nothing that is said of it."""
    far, near = (wordings("wishes", key, languages).pattern for key in ("far_leads", "town_leads"))
    no_town = wordings("wishes", "no_towns", languages).pattern
    return re.compile(
        rf"(?:(?P<far>(?i:{far}))|(?i:{near}))[ \t]+(?!(?i:{no_town}))(?P<town>[^\W\d_a-zäöü][^\W\d_]+(?:-[^\W\d_]+)?)"
        rf"(?=[ \t]*(?:[,.;!?\n{GONE}]|$|(?i:{wordings('wishes', 'after_town', languages).pattern})))"
    )


@cache
def _spoken_name(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "name_labels", languages).pattern
    return re.compile(rf"(?i:{labels})[ \t:]+(?P<value>{NAMES})")


@cache
def _said_to_be(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "I'm Laura", where the clause ends with it."""
    says = wordings("wishes", "name_says", languages).pattern
    return re.compile(rf"(?i:{says})[ \t]+(?P<value>{NAMES})(?=[ \t]*(?:[,.;!\n]|$))")


@cache
def _fetcher(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A name behind what was taken out as the pickup."""
    after = wordings("wishes", "name_after", languages).pattern
    return re.compile(rf"{GONE}\s*(?P<all>(?i:{after})[ \t]+(?P<value>{NAMES}))")


@cache
def _code(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "code_labels", languages).pattern
    return re.compile(rf"(?i:{labels})[ \t]*[:=]?[ \t]*[\"'“„]?{CODE}[\"'”“]?(?!\w)")


@cache
def _payment_alone(languages: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, named("wishes", "pay_alone", languages)))
    return re.compile(rf"(?:^|[,.;:!\n{GONE}])\s*(?P<value>{words})\s*(?=[,.;!\n{GONE}]|$)", re.IGNORECASE)


@cache
def _name_before(languages: tuple[str, ...]) -> re.Pattern[str]:
    tails = wordings("wishes", "name_tails", languages).pattern
    return re.compile(rf"(?P<value>{NAMES})[ \t]*[.,!]?[ \t\n]*(?i:{tails})")


@cache
def _phone_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "phone", languages).pattern
    return re.compile(rf"(?:{labels})[ \t.:]*(?P<value>\+?\(?\d[\d \t/().-]{{4,22}}\d)", re.IGNORECASE)


@cache
def _note(languages: tuple[str, ...]) -> re.Pattern[str]:
    """From the first word of a note to the end of its sentence, or to where goods seem to follow."""
    starts = wordings("wishes", "note_starts", languages).pattern
    joint = wordings("wishes", "and", languages).pattern
    goods = rf"(?:,\s*(?:{joint}\s+)?|\s+{joint}\s+)(?:\d|{wordings('wishes', 'count', languages).pattern})"
    # "Karl-Renner-Ring" asks nobody to ring.
    return re.compile(rf"(?<!-)(?:{starts})(?:(?!{goods})[^\n{GONE}.!;?]){{0,{LONGEST_NOTE}}}[.!]?", re.IGNORECASE)
