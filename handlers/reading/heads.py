"""How many people goods are for: "we're five, each a coke", "for me and my wife a carbonara each".

What is said of each stands as often as people were told of in the message, or with the draft; where nobody told how
many they are, it is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from core.frozen import frozen
from handlers.reading.draft_lines import Finder
from handlers.reading.goods_words import on_menu
from handlers.reading.texts import Text
from handlers.reading.understood import AddLine, EditsRead, Question, Reading, ReadLine
from handlers.reading.wordings import may_say, named, with_lists, wordings

SPACE = 6
"""Characters around "each" in which other words make it something else: "auf jeden Fall"."""
MOST = 60
"""More people than that are no table."""
PAIR = 2
_NEXT = re.compile(r"\s+(\w+)")
SIGN = re.compile(r"\(× (\d+)\)")
"""How a line of a draft tells for how many it stands."""
NAMED = re.compile(r"\(([^()×]+)\)(?= […+]|$)")
_KEYS = (("each_person", False, True), ("everyone_gets", True, True), ("each_gets", False, False))
NEEDS = frozenset(f"talk.{key}" for key in (*(key for key, _, _ in _KEYS), "heads_told", "heads_us", "heads_owned"))


@frozen
class Heads:
    """The goods of a message without the words about people; `start` to `end` is what is said of each."""

    written: str
    text: Text
    count: int | None
    start: int
    end: int
    said: str
    """ "For each of us"."""
    is_weak: bool = False
    """ "A coke for everyone": what is counted already is counted for all."""
    is_told: bool = False
    """Only how many they are is told, and nothing said of each."""

    def of(self, reading: Reading) -> Reading:
        """The lines for as many as there are; what nobody can tell is asked."""
        if self.is_told:
            return replace(reading, unread=(*reading.unread, *self._idle(reading.lines)))
        lines, asked, met = self._shared(reading.lines)
        unread = reading.unread if met else (*reading.unread, self.said)
        return replace(reading, lines=lines, questions=(*reading.questions, *asked), unread=unread)

    def of_edits(self, edits: EditsRead) -> EditsRead:
        """Of goods that are added alone: who says anew what each is to have of the draft is read by a person."""
        added = [edit.line for edit in edits.edits if isinstance(edit, AddLine)]
        if self.is_told:
            return replace(edits, unread=(*edits.unread, *self._idle(added)))
        lines, asked, met = self._shared(added)
        if not met:
            return EditsRead((), (self.written.strip(" ,.;!"),), edited=True)
        left = iter(lines)
        gone = {question.about for question in asked}
        changed = tuple(
            AddLine(next(left)) if isinstance(edit, AddLine) else edit
            for edit in edits.edits
            if not isinstance(edit, AddLine) or edit.line.words not in gone
        )
        return replace(edits, edits=changed, questions=(*edits.questions, *asked))

    def _idle(self, lines: Sequence[ReadLine]) -> tuple[str, ...]:
        """ "2 margheritas for my three kids": a number that the goods do not have is said to be left."""
        has_all = self.count in {sum(line.quantity for line in lines), *(line.quantity for line in lines)}
        return () if has_all or not self.said else (self.said,)

    def _shared(self, lines: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], tuple[Question, ...], bool]:
        kept, asked, met = list[ReadLine](), list[Question](), False
        for line, start in zip(lines, _places(self.text, lines), strict=True):
            is_shared = self.start <= start < self.end
            # "A tagliatelle each, one without parmesan": whether that is one of them nobody can tell.
            met = (met or is_shared) and not (met and not is_shared and line.sku in {each.sku for each in kept})
            if not is_shared or (self.is_weak and line.quantity > 1):
                kept.append(line)
            elif self.count is None:
                asked.append(Question(line.words, (line.sku,)))
            else:
                kept.append(replace(line, quantity=line.quantity * self.count, words=f"{line.words} (× {self.count})"))
        return tuple(kept), tuple(asked), met


def heads(text: Text, draft: Sequence[ReadLine], finder: Finder) -> Heads | None:
    """Whether something in it is said of each of several people; None where nothing is, or goods are meant by each."""
    codes = with_lists(finder.languages)
    if NEEDS.isdisjoint(may_say(text, codes)):
        return None
    told = _people(text, finder)
    found = _each(text, codes)
    if found is None:
        return _only_told(text, told) if told else None
    words, is_weak, is_sure = found
    count = told.count if told else _of_draft(draft)
    if not told and not is_sure and (count is None or _counts(text, finder)):
        # "Two margheritas and a coke each": of the pizzas.
        return None
    spans = sorted([*(told.spans if told else ()), *(each.span() for each in words)])
    rest, (first, last) = _without(text, spans, words[0].start(), words[-1].start())
    said = _Said(text, Text.of(rest), first, last, words[0][0].strip(" ,"), count, is_weak)
    shared = _behind(said, finder) or _before(said, finder)
    if shared is None and is_sure:
        return Heads(text, said.text, count, 0, 0, said.said)
    return shared or (_only_told(text, told) if told else None)


def _only_told(text: Text, told: "_Told") -> Heads:
    """ "For us four a large margherita": the number counts no goods."""
    rest, _ = _without(text, told.spans)
    start, end = told.spans[0]
    return Heads(text, Text.of(rest), told.count, 0, 0, text[start:end] if told.is_said_of_goods else "", is_told=True)


@frozen
class _Said:
    """The text as it was written and without the words about people, and where the words for each stood in it."""

    written: str
    text: Text
    first: int
    last: int
    said: str
    count: int | None
    is_weak: bool

    def within(self, start: int, end: int, codes: tuple[str, ...]) -> Heads:
        less = 1 if self.count and wordings("talk", "but_one", codes).search(self.text[end:]) else 0
        count = self.count and self.count - less
        return Heads(self.written, self.text, count, start, end, self.said, self.is_weak)


@frozen
class _Told:
    count: int
    spans: tuple[tuple[int, int], ...]
    is_said_of_goods: bool = False
    """ "For my three kids", and not "we're five"."""


def _people(text: Text, finder: Finder) -> _Told | None:
    """How many they are, and where that is said."""
    codes = with_lists(finder.languages)
    is_goods = on_menu(finder.menu, finder.languages)
    for key in ("heads_told", "heads_us", "heads_owned"):
        for found in wordings("talk", key, codes).finditer(text):
            words = found["number"].split()
            behind = _NEXT.match(text, found.end())
            if key == "heads_us" and behind and is_goods(behind[1]):
                # "Get us two margheritas".
                continue
            for first in range(len(words)):
                count = finder.number(" ".join(words[first:]))
                if count is not None and 1 < count <= MOST:
                    start = found.start() if not first else found.end("number") - len(" ".join(words[first:]))
                    return _Told(count, ((start, found.end()),), key != "heads_told")
    for words, number in named("talk", "parties", codes).items():
        if party := re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE):
            return _Told(int(str(number)), (party.span(),))
    pair = wordings("talk", "heads_pair", codes).search(text)
    return _Told(PAIR, (pair.span(),)) if pair else None


def _each(text: Text, codes: tuple[str, ...]) -> tuple[list[re.Match[str]], bool, bool] | None:
    """The words for each; whether they may be of all together, and whether they surely mean people."""
    for key, is_weak, is_sure in _KEYS:
        found = [
            each
            for each in wordings("talk", key, codes).finditer(text)
            if not wordings("talk", "not_each", codes).search(text[max(0, each.start() - SPACE) : each.end() + SPACE])
        ]
        if found:
            return found, is_weak, is_sure
    return None


def _counts(text: Text, finder: Finder) -> bool:
    reading = finder.reading(text)
    return any(line.quantity > 1 for line in reading.lines)


def _of_draft(draft: Sequence[ReadLine]) -> int | None:
    """As many as its lines tell, if all tell the same; else as many as have names, if all of it is theirs."""
    told = {int(found) for line in draft for found in SIGN.findall(line.words)}
    if told:
        return told.pop() if len(told) == 1 else None
    names = [NAMED.findall(line.words) for line in draft]
    people = len({name for found in names for name in found}) if all(names) else 0
    return people if people > 1 else None


def _without(text: str, spans: Iterable[tuple[int, int]], *begins: int) -> tuple[str, list[int]]:
    """The text without these spans, and where in it those were that began there."""
    rest, end, places = "", 0, dict[int, int]()
    for start, stop in spans:
        rest += text[end : max(end, start)] + " "
        places[start] = len(rest)
        end = max(end, stop)
    return rest + text[end:], [places[begin] for begin in begins]


def _behind(said: _Said, finder: Finder) -> Heads | None:
    """ "Each a coke": the goods behind, up to where other people's begin."""
    at = said.first
    start = next((each for each in _places(said.text, finder.reading(said.text).lines) if each >= at - 1), None)
    codes = with_lists(finder.languages)
    if start is None or not _gap(codes).fullmatch(said.text, at, start):
        return None
    opener = re.match(r"\w+", _small(codes).sub("", said.text[start:], count=1))
    if opener is None or not (said.is_weak or finder.number(opener[0]) is not None):
        return None
    return said.within(at - 1, _end(said.text, start, codes), codes)


def _before(said: _Said, finder: Finder) -> Heads | None:
    """ "A coke each": the goods before."""
    codes = with_lists(finder.languages)
    lines, at = finder.reading(said.text).lines, said.last
    before = [(start, line) for start, line in zip(_places(said.text, lines), lines, strict=True) if start < at]
    if (
        not before
        or _is_apart(said.text[before[-1][0] : at], before[-1][1].words)
        or not _last(codes).match(said.text, at)
    ):
        return None
    return said.within(_first(said.text[:at], before, said.count, finder), at, codes)


@cache
def _gap(codes: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand between "each" and its goods."""
    return re.compile(rf"[\s:–-]{{0,4}}(?:{wordings('talk', 'each_between', codes).pattern}\s+)?", re.IGNORECASE)


@cache
def _small(codes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{wordings('talk', 'each_small', codes).pattern}\s+", re.IGNORECASE)


@cache
def _last(codes: tuple[str, ...]) -> re.Pattern[str]:
    """What stands behind "each" that is said of the goods before it."""
    return re.compile(rf"\s*(?:$|[,.;:!?\n)]|{wordings('talk', 'each_behind', codes).pattern})", re.IGNORECASE)


def _is_apart(between: str, words: str) -> bool:
    """Whether anything stands between goods and "each" behind them."""
    return re.search(r"[.;!?\n]", between[len(words) :]) is not None


def _first(text: str, before: Sequence[tuple[int, ReadLine]], count: int | None, finder: Finder) -> int:
    """Where what each gets begins: with the sentence, or with the last goods where those before make up the number."""
    sentence = max(text.rfind(sign, 0, before[-1][0]) for sign in ".;!?\n:") + 1
    others = [line for start, line in before[:-1] if start >= sentence]
    products = finder.menu.menu.by_sku
    kinds = {products[line.sku].category for line in others}
    is_made_up = len(kinds) == 1 and sum(line.quantity for line in others) in {count, 0}
    return before[-1][0] if is_made_up or any(line.quantity > 1 for line in others) else sentence


def _end(text: str, start: int, codes: tuple[str, ...]) -> int:
    """Where the goods of each end: with the sentence, at a "but", or where goods of somebody else begin."""
    stop = re.search(r"[.;!?\n]", text[start:])
    end = start + stop.start() if stop else len(text)
    for key in ("but_one", "each_ends"):
        other = wordings("talk", key, codes).search(text[start:end])
        end = start + other.start() if other else end
    for found in re.finditer(r",", text[start:end]):
        clause = text[start + found.end() : end].split(",", maxsplit=1)[0]
        if _of_others(codes).search(clause):
            return start + found.start()
    return end


@cache
def _of_others(codes: tuple[str, ...]) -> re.Pattern[str]:
    """ "And a salad for mum": somebody else's."""
    keys = ("for_someone", "takes", "selves")
    said = "|".join(wordings("talk", key, codes).pattern for key in keys)
    return re.compile(said, re.IGNORECASE)


def _places(text: str, lines: Sequence[ReadLine]) -> list[int]:
    """Where the words of each line begin."""
    found, at = list[int](), 0
    for line in lines:
        start = text.find(line.words, at)
        start = start if start >= 0 else max(0, text.find(line.words))
        found.append(start)
        at = start + 1
    return found
