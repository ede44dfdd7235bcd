"""What is said of options: which are wanted, how much of them, and which are not."""

from core.menu import Amount
from handlers.reading.language import ALL, AND, EXTRA, GLUE, REFUSE, WITH, Role
from handlers.reading.noun_phrases import JOINTS, OPENERS
from handlers.reading.order_lines import NONE, Line, Said, is_size, takes
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.step import Step

FARTHEST_REFUSAL = 6
"""So many phrases behind "without" it still says what is refused."""
_SEVERAL = frozenset({ALL, Role.BOTH})
_ENDS = frozenset({*JOINTS, Kind.LINE, None})
_ENDS_AMOUNT = frozenset({*JOINTS, Kind.LINE, WITH, REFUSE, None})


class Options(Step):
    """Says options of the lines that they are meant for; what no line can have goes to `unread`."""

    def attach(self, at: int, *, line: Line | None = None, count: int = 1) -> None:
        """The option at `at`, wanted or refused; of two that "or" joins nobody knows which."""
        phrase = self._phrases[at]
        is_joined = self._wanting.has_refusal and self._sentence.is_joined(at)
        is_either = self._sentence.is_either(at) and not self._wanting.covers(is_joined=is_joined)
        amount, is_zero = self._wanting.take(is_joined=is_joined)
        if amount is NONE and (refusal := self._refusal_of_open(at)) is not None:
            self._unread += self._phrases[refusal : at + 1]
        elif self._is_size_of_open(at):
            self._unread.append(phrase)
        elif is_either and self._lines.last_said is not None:
            self._unread += self._phrases[self._sentence.before(at) : at + 1]
        elif not self._lines.say(Said(phrase, amount, 0 if is_zero else count), line):
            self._unread.append(phrase)

    def _refusal_of_open(self, at: int) -> int | None:
        """Where "without onions" begins, close behind goods that cannot have any: no other goods are meant."""
        line = self._lines.open
        if line is None or not line.skus or self._lines.meant or takes(self._menu, line, self._phrases[at]):
            return None
        place = at - 1
        while place > max(0, at - FARTHEST_REFUSAL) and self._sentence.kind(place) is not REFUSE:
            place -= 1
        is_close = self._sentence.kind(place) is REFUSE and self._phrases[place].start == line.end
        return place if is_close else None

    def _is_size_of_open(self, at: int) -> bool:
        """ "A coke large", where it comes in one size: nothing before it is large."""
        line, phrase = self._lines.open, self._phrases[at]
        if line is None or not line.skus or self._lines.meant or phrase.start != line.end:
            return False
        return not takes(self._menu, line, phrase) and is_size(self._menu, (), phrase)

    def lose_refused(self, at: int) -> None:
        """What was refused just before `at` was only the beginning of a name: all of it is unread."""
        begin = at - 1
        while begin > max(0, at - FARTHEST_REFUSAL) and self._sentence.kind(begin) is not REFUSE:
            begin -= 1
        said = self._lines.said_with(self._phrases[at - 1])
        self._lines.take_back([said] if said is not None else [])
        self._unread += self._phrases[begin : at + 1]
        self._wanting.forget()

    def attach_counted(self, opener: Phrase, option: int) -> None:
        """ "Two sugars": the option at `option`, as often as `opener` says."""
        if opener.value is None and opener.kind is Kind.NUMBER:
            self._unread.append(opener)
        self.attach(option, count=opener.value or 1)

    def want(self, at: int) -> int:
        self._wanting.want_again()
        if (shared := self._shared_object(at, REFUSE)) is not None:
            self.attach(shared)
        elif self._sentence.kind(at + 1) is not Kind.GOODS and self._sentence.kind(self._sentence.after(at)) in _ENDS:
            self._want_refused()
        return at + 1

    def _want_refused(self) -> None:
        """ "One without parmesan, the others with": of these what was refused of the other."""
        others = self._lines.sibling_said
        for said in others if all(said.amount is NONE for said in others) else ():
            self._lines.say(Said(said.phrase), self._lines.open)

    def _shared_object(self, at: int, other: Role) -> int | None:
        """ "One with and one without onions": the onions are said of both."""
        if self._sentence.kind(at + 1) is not AND or self._sentence.kind(at + 2) not in OPENERS:
            return None
        place = self._sentence.after(at + 3)
        is_shared = self._sentence.kind(at + 3) is other and self._sentence.kind(place) is Kind.GOODS
        return place if is_shared and self._phrases[place].options else None

    def refuse(self, at: int) -> int:
        """ "One with milk, one without": of the part, what was said of the other."""
        if self._phrases[at].amount is Role.DISLIKE and self._lines.open is None:
            # "I hate onions. One margherita …": nothing was ordered yet that could be without.
            return at + 2 if self._sentence.kind(at + 1) in (Kind.GOODS, Kind.CATEGORY) else at + 1
        if self._phrases[at].amount is Role.NEITHER and (end := self._refuse_of_all(at)) is not None:
            return end
        if (shared := self._shared_object(at, WITH)) is not None:
            self._wanting.refuse(self._phrases[at])
            self.attach(shared)
            return at + 1
        others = self._lines.sibling_said
        is_last = self._sentence.kind(self._sentence.after(at)) in (*JOINTS, Kind.LINE, None)
        if is_last and self._sentence.kind(at + 1) is not GLUE and self._refuse_said(at):
            self._wanting.forget()
        elif is_last and others:
            for said in others:
                self._lines.say(Said(said.phrase, Amount.NONE), self._lines.open)
        elif is_last and self._is_lone(at):
            self._unread.append(self._phrases[at])
        else:
            self._wanting.refuse(self._phrases[at])
        return at + 1

    def _is_lone(self, at: int) -> bool:
        """ "A beer without and two cokes": close behind goods, and what follows are others."""
        line, behind = self._lines.open, self._sentence.after(at) + 1
        is_close = line is not None and bool(line.skus) and line.end == self._phrases[at].start
        if not is_close or self._sentence.kind(behind) not in OPENERS:
            return False
        return self._sentence.noun_phrase(behind).head is not None

    def off(self, at: int) -> int:
        """ "Keep the onions off"; behind nothing that was said it says nothing."""
        self._refuse_said(at)
        return at + 1

    def _refuse_of_all(self, at: int) -> int | None:
        """ "None of the pizzas with onions", "none of them with onions", "onions on none of them"."""
        after = self._sentence.after(at)
        kind = self._sentence.kind(after)
        if kind is Kind.CATEGORY and self._lines.mean_kind(self._phrases[after].category):
            self._wanting.refuse(self._phrases[at])
            return after + 1
        if kind in (WITH, Kind.GOODS):
            self._lines.mean_all_there(self._phrases[at])
            self._wanting.refuse(self._phrases[at])
            return after
        return after if self._refuse_said(at, is_of_all=True) else None

    def _refuse_said(self, at: int, *, is_of_all: bool = False) -> bool:
        """ "Die Zwiebeln und den Käse weglassen": the verb comes last. False if no option stands before it.

        `is_of_all`: of all goods there are, "onions on none of them".
        """
        place, found = self._sentence.before(at), list[Said]()
        while self._sentence.kind(place) in _SEVERAL:
            place = self._sentence.before(place)
        if self._is_open(place):
            place = self._sentence.before(place)
            place = self._sentence.before(place) if self._sentence.kind(place) is WITH else place
        while place >= 0 and (said := self._lines.refuse_said(self._phrases[place])) is not None:
            found.append(said)
            joint = self._sentence.before(place)
            place = self._sentence.before(joint) if self._sentence.kind(joint) is AND else -1
        if found and is_of_all:
            self._lines.mean_all(is_apart=True)
            self._lines.move(found)
        return bool(found)

    def _is_open(self, at: int) -> bool:
        """Goods of the open line, named once more: "die Zwiebeln bei der Diavola weg"."""
        phrase, line = self._phrases[at], self._lines.open
        is_product = self._sentence.kind(at) is Kind.GOODS and not phrase.options
        return is_product and line is not None and not set(phrase.products).isdisjoint(line.skus)

    def amount(self, at: int) -> int:
        """How much of the next thing; behind an option, with nothing to follow, of that: "funghi extra"."""
        phrase, option = self._phrases[at], self._sentence.before(at)
        amount = Amount.EXTRA if phrase.kind is EXTRA else Amount.LIGHT
        is_last = self._sentence.kind(self._sentence.after(at)) in _ENDS_AMOUNT
        if not (is_last and option >= 0 and self._lines.say_how(self._phrases[option], amount)):
            self._wanting.say(phrase)
        return at + 1
