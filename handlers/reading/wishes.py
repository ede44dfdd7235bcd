"""What an order message says besides goods: pickup or delivery, address, time, phone, note, name.

Each wish is taken out of the text, so that the number of a house or of a phone is never read as a quantity.
"""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.frozen import frozen
from handlers.reading import wish_patterns as patterns
from handlers.reading.addresses import ADDRESS_LINES, address_at, address_span, street_within
from handlers.reading.notes import LONGEST_NOTE, STARTS, OnMenu, joined_notes, no_menu, note_spans
from handlers.reading.places import IsGoods, no_goods
from handlers.reading.texts import Text
from handlers.reading.times import TimeRead, read_time
from handlers.reading.understood import NO_WISHES, Wishes
from handlers.reading.wish_patterns import GONE
from handlers.reading.wordings import may_say, named, with_lists, wordings

PAYMENTS = ("card", "online", "cash")
FEWEST_DIGITS = 3
"""In a row, of a phone number."""
KINDS = ("shipping", "pickup", "delivery")
"""In the order of asking: "send it by post to my home" is shipping."""

_ALL_GONE = re.compile(f"{GONE}+")
_BLANKS = re.compile(r"[ \t]+")

Span = tuple[int, int]


@frozen
class WishesRead:
    """The wishes, the text without them, and the words of wishes that cannot be granted (a time that is past)."""

    wishes: Wishes
    rest: Text
    refused: tuple[str, ...] = ()


def read_wishes(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    languages: tuple[str, ...],
    is_goods: IsGoods = no_goods,
    on_menu: OnMenu = no_menu,
    wished: datetime | None = None,
) -> WishesRead:
    """Take the wishes out of the text. `now` is aware, as is the time that was `wished` before.

    Words that are goods are never a part of an address.
    """
    said = Text.of(text.replace(GONE, " ") if GONE in text else text)
    reader = _Reader(said, with_lists(languages), is_goods, on_menu)
    reader.read_labels()
    reader.read_phone()
    reader.read_code()
    reader.read_note()
    reader.read_address()
    reader.read_floor()
    time = reader.read_time(now, zone, wished)
    reader.read_payment()
    reader.read_kind()
    reader.read_coming()
    reader.read_fetcher()
    reader.read_town()
    return WishesRead(reader.wishes, reader.rest(), () if time.over else time.refused)


class _Reader:
    def __init__(self, text: Text, languages: tuple[str, ...], is_goods: IsGoods, on_menu: OnMenu) -> None:
        self.text = text
        self.languages = languages
        self.is_goods = is_goods
        self.on_menu = on_menu
        self.wishes = NO_WISHES
        self.may_say = may_say(text, languages)

    def rest(self) -> Text:
        return self.text.less(_ALL_GONE.sub(" ", self.text)) if GONE in self.text else self.text

    def take(self, start: int, end: int) -> str:
        """Take a span out and return what stood there."""
        taken = self.text[start:end]
        gone = "\n".join(GONE * len(line) for line in taken.split("\n"))
        self.text = self.text.less(self.text[:start] + gone + self.text[end:])
        return _BLANKS.sub(" ", taken.replace(GONE, " ")).strip(" \t\n,;")

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
        found = patterns.label(key, self.languages).search(self.text) if self._may_have(key) else None
        if not found:
            return None
        if key == "name_labels" and (name := patterns.NAME_AND_MORE.match(found[0])) is not None:
            # "Name: Anna Rossi holt ab": what stands behind the name is read like any other words.
            self.take(found.start(), found.start() + name.end("value"))
            return name["value"]
        value = self.take(*found.span()).partition(":")[2].strip()[:LONGEST_NOTE]
        return None if wordings("wishes", "nothing", self.languages).fullmatch(value) else value or None

    def _read_spoken_name(self) -> None:
        """Like "My name is Carl", "Carl Meier. Das ist mein Name": up to three words that begin with a capital."""
        found = patterns.spoken_name(self.languages).search(self.text) if self._may_have("name_labels") else None
        if found is None and self._may_have("name_says"):
            found = patterns.said_to_be(self.languages).search(self.text)
        if found is None and self._may_have("name_tails"):
            found = patterns.name_before(self.languages).search(self.text)
        if found and any(self.is_goods(word) for word in found["value"].split()):
            return
        if found and self.wishes.name is None:
            self.wishes = replace(self.wishes, name=found["value"].strip())
            self.take(*found.span())

    def _read_address_label(self) -> None:
        found = patterns.address_label(self.languages).search(self.text) if self._may_have("address_labels") else None
        if not found:
            return
        start, end = address_span(self.text, found.end(), most_lines=ADDRESS_LINES)
        if self._remarks_on_address(start):
            start = street_within(self.text, start, end, self.languages)
        if end > start >= 0:
            self.wishes = replace(self.wishes, address=_one_address(self.text[start:end]))
            self.take(found.start(), end)

    def _remarks_on_address(self, at: int) -> bool:
        """ "The address is wrong, it's …"."""
        if "wishes.address_remarks" not in self.may_say:
            return False
        return wordings("wishes", "address_remarks", self.languages).match(self.text, at) is not None

    def read_phone(self) -> None:
        """A number after "phone" or the like, or an international one."""
        may_have = self.text.has_digit and self._may_have("phone")
        found = patterns.phone_label(self.languages).search(self.text) if may_have else None
        if found:
            self.wishes = replace(self.wishes, phone=re.sub(r"\s+", " ", found["value"]).strip())
            self.take(*found.span())
            return
        if self.text.most_digits < FEWEST_DIGITS:
            return
        if found := patterns.LONE_PHONE.search(self.text):
            self.wishes = replace(self.wishes, phone=" ".join(found["value"].split()))
            self.take(*found.span("value"))
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
        if not self.may_say.isdisjoint(f"wishes.{key}" for key in STARTS):
            spans = note_spans(self.text, GONE, self.languages, self.on_menu)
            notes += [self.take(start, self._before_address(start, end)).rstrip(":") for start, end in spans]
        if notes:
            self.wishes = replace(self.wishes, note=joined_notes(notes))

    def _before_address(self, start: int, end: int) -> int:
        """ "Please ring twice, Via Dante 4, 39100 Bolzano": a note ends before an address behind a mark."""
        if self.wishes.address is not None or not any(map(str.isdecimal, self.text[start:end])):
            return end
        found = address_at(self.text, self.languages, self.is_goods)
        at = found.span[0] if found else end
        is_behind_mark = start < at < end and self.text[start:at].rstrip()[-1:] in tuple(",;.–-")
        return at if is_behind_mark else end

    def read_address(self) -> None:
        if self.wishes.address is None:
            found = address_at(self.text, self.languages, self.is_goods)
            if found:
                self.wishes = replace(self.wishes, address=_one_address(self.text[slice(*found.address)]))
                if found.has_lead and self.wishes.kind is None:
                    self.wishes = replace(self.wishes, kind="shipping" if self._said("shipping") else "delivery")
                self.take(*found.span)

    def read_floor(self) -> None:
        """ "3rd floor", where no address has it."""
        if found := self._said("floors"):
            floor = self.take(*found.span())
            self.wishes = replace(self.wishes, note="; ".join(filter(None, (self.wishes.note, floor)))[:LONGEST_NOTE])

    def read_time(self, now: datetime, zone: ZoneInfo, wished: datetime | None) -> TimeRead:
        time = read_time(self.text, now, zone, self.languages, wished)
        if time.spans:
            self.wishes = replace(
                self.wishes,
                # A time that is past is one all the same: that it is, can be told.
                wished=time.wished or time.over,
                wished_day=time.day,
                asap=time.asap,
                note=joined_notes((self.wishes.note, time.bounds)) if time.bounds else self.wishes.note,
            )
        for span in time.spans:
            self.take(*span)
        if time.spans and any(map(self._may_have, patterns.BESIDE_TIME)):
            for found in patterns.beside_time(self.languages).finditer(self.text):
                self.take(*found.span())
        return time

    def read_kind(self) -> None:
        for kind in KINDS:
            if found := self._said(kind):
                self.wishes = replace(self.wishes, kind=self.wishes.kind or kind)
                self.take(*found.span())
                self._take_colon(found.end())

    def read_coming(self) -> None:
        """ "I'll get it at seven", "ich hole es um sieben ab": whoever says when they come comes for it."""
        has_time = self.wishes.wished or self.wishes.wished_day or self.wishes.asap
        if self.wishes.kind is not None or not has_time or not self._may_have("pickup_opens"):
            return
        found = patterns.coming(self.languages).search(self.text)
        if found:
            self.wishes = replace(self.wishes, kind="pickup")
            self.take(*found.span("opens"))
            self.take(*found.span("closes"))

    def read_code(self) -> None:
        """ "Code WELCOME10", "with voucher BEA5"; the code of a door is a note."""
        found = patterns.code(self.languages).search(self.text) if self._may_have("code_labels") else None
        if found and not self._is_of_door(found):
            self.wishes = replace(self.wishes, code=found["value"])
            self.take(*found.span())

    def _is_of_door(self, found: re.Match[str]) -> bool:
        before = self.text[: found.start()].rstrip(" -")
        doors = wordings("wishes", "doors", self.languages).finditer(self.text)
        return any(door.end() == len(before) or found.start() <= door.start() < found.end() for door in doors)

    def read_payment(self) -> None:
        """How it is to be paid: said of paying, or a word like "cash" between commas."""
        for payment in PAYMENTS:
            if found := self._said(f"pay_{payment}"):
                self.wishes = replace(self.wishes, payment=payment)
                self.take(*found.span())
                return
        found = patterns.payment_alone(self.languages).search(self.text) if self._names_payment() else None
        if found:
            said = named("wishes", "pay_alone", self.languages)[found["value"].casefold()]
            self.wishes = replace(self.wishes, payment=str(said))
            self.take(*found.span("value"))

    def read_fetcher(self) -> None:
        """Who comes for it: "pickup for Miller". Where it was said of the goods, it is said of them."""
        if self.wishes.kind != "pickup" or self.wishes.name is not None or not self._may_have("name_after"):
            return
        found = patterns.fetcher(self.languages).search(self.text)
        if found and not any(self.is_goods(word) for word in found["value"].split()):
            self.wishes = replace(self.wishes, name=found["value"])
            self.take(*found.span("all"))

    def _names_payment(self) -> bool:
        return not self.text.whole.runs.isdisjoint(named("wishes", "pay_alone", self.languages))

    def read_town(self) -> None:
        """A town that the goods go to: "nach München" is far enough to mean the post."""
        if self.may_say.isdisjoint(("wishes.far_leads", "wishes.town_leads")):
            return
        for found in patterns.to_town(self.languages).finditer(self.text):
            if (found["far"] or self.wishes.kind in ("shipping", "delivery")) and not self.is_goods(found["town"]):
                self.wishes = replace(self.wishes, kind=self.wishes.kind or "shipping")
                self.take(*found.span())
                return

    def _take_colon(self, at: int) -> None:
        """The colon of "Pick-up: Friday"."""
        if self.text[at : at + 1] == ":":
            self.take(at, at + 1)

    def _may_have(self, key: str) -> bool:
        """Whether a wording of this list is worth a search."""
        return f"wishes.{key}" in self.may_say and wordings("wishes", key, self.languages).may_be_in(self.text)

    def _said(self, key: str) -> re.Match[str] | None:
        heard = f"wishes.{key}" in self.may_say
        return wordings("wishes", key, self.languages).search(self.text) if heard else None


def _one_address(lines: str) -> str:
    """An address over several lines as one, its parts apart by commas."""
    parts = [re.sub(r" (?=,)", "", re.sub(r"[\s\x1f]+", " ", line)).strip(" ,;.") for line in lines.split("\n")]
    return ", ".join(part for part in parts if part)
