"""Several lines at once: "both large", "all of them", "two of each"."""

from collections.abc import Sequence

from handlers.reading.counting import Counting
from handlers.reading.language import Role
from handlers.reading.leaving_out import EXCEPTIONS
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, OPENERS, NounPhrase
from handlers.reading.order_lines import REGULAR, Line, Said, is_size
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.references import References
from handlers.reading.step import Shared, Step

_ENDS = frozenset({*JOINTS, Kind.LINE, None})
_SEVERAL = frozenset({Role.BOTH, Role.ALL, Role.OF_THEM})
_WITH_AND_WITHOUT = frozenset({Role.WITH, Role.REFUSE})
_SAYS_HOW = frozenset({Role.WITH, Role.REFUSE, *AMOUNTS})


class Groups(Step):
    """Steps that read words for several lines; each returns the index to go on from."""

    def __init__(self, counting: Counting, references: References, *shared: *Shared) -> None:
        super().__init__(*shared)
        self._counting = counting
        self._references = references

    def read_all(self, at: int) -> int:
        if self._wanting.refuses and self._is_option(self._sentence.after(at)):
            # "Not any of the onions".
            return at + 1
        if self._wanting.refuses:
            # "Without everything": nobody knows what that leaves.
            self._wanting.waste()
            return self._references.lose(at, at + 1)
        said = self._references.said_before(at)
        if (end := self._kind_named(at)) is not None:
            return self._with_said_before(said, end)
        if said and self._lines.begin_below_heading(is_block=True):
            # "No onions anywhere: two margheritas and a diavola".
            return at + 1
        if self._sentence.kind(at + 1) is Kind.NUMBER and self._is_said_of_all(at + 2):
            # "All three with olives".
            at += 1
        if not self._lines.all and self._sentence.kind(self._sentence.after(at)) in (*_SAYS_HOW, Kind.GOODS):
            self._lines.mean_all_to_come(self._phrases[at])
            return at + 1
        self._lines.mean_all(is_apart=self._sentence.kind_before(at) in JOINTS or bool(said))
        return self._with_said_before(said, self._past_mention(at))

    def _is_option(self, at: int) -> bool:
        return self._sentence.kind(at) is Kind.GOODS and bool(self._phrases[at].options)

    def _is_said_of_all(self, at: int) -> bool:
        if self._sentence.kind(at) is Kind.GOODS:
            return all(line.skus and is_size(self._menu, line.skus, self._phrases[at]) for line in self._lines.all[-1:])
        return self._sentence.kind(at) in _SAYS_HOW

    def read_both(self, at: int) -> int:
        said = self._references.said_before(at)
        if (end := self._kind_named(at)) is not None:
            return self._with_said_before(said, end)
        if not self._lines.all:
            return self.read_all(at)
        if self._lines.mean_both(self._wanted(at)):
            return self._with_said_before(said, self._past_mention(at))
        self._lines.mean_open()
        return self._references.lose(at, at + 1)

    def _wanted(self, at: int) -> Sequence[Phrase]:
        """The first option behind `at`, what is said of the goods that are meant."""
        place = self._sentence.after(at)
        if self._sentence.kind(place) in _SAYS_HOW:
            place = self._sentence.after(place)
        return self._phrases[place : place + 1] if self._sentence.kind(place) is Kind.GOODS else ()

    def read_each(self, at: int) -> int:
        """ "Je zwei": of the goods that follow, else of those before. "Each without onions": all of them."""
        if self._sentence.kind(self._sentence.after(at)) in _SAYS_HOW:
            return self.read_all(at)
        ahead = self._sentence.noun_phrase(at + 1) if self._sentence.kind(at + 1) in OPENERS else None
        if ahead is not None and ahead.head is None and self._are_parts(at + 1):
            # "Two tagliatelle, je eine mit und eine ohne Parmesan": one and one.
            return at + 1
        if ahead is None:
            self._one_for_each(at)
            return at + 1
        if self._lines.sentence and ahead.head is not None and not self._goes_on(ahead):
            if not self._counting.expect_for_each():
                self._references.lose(at, at + 1)
            return at + 1
        number = self._phrases[at + 1]
        if ahead.head is not None and not self._lines.sentence and not self._goes_on(ahead):
            # "Je eine Cola", and nothing else: of whom, or of what?
            return self._references.lose(at, at + 1)
        if number.value is None and not self._is_said_how(at + 1):
            return at + 1
        return self.count_each(number.value or 1, at + 1)

    def _are_parts(self, at: int) -> bool:
        """Whether two parts follow, one of which has what the other has not, and the open line is these two."""
        line, joint = self._lines.open, self._sentence.after(self._sentence.after(at))
        if self._sentence.kind(joint) is Kind.GOODS:
            joint = self._sentence.after(joint)
        other = self._sentence.after(joint)
        are_two = self._sentence.kind(joint) in JOINTS and self._sentence.kind(other) in OPENERS
        hows = {self._sentence.kind(self._sentence.after(place)) for place in (at, other)}
        if not are_two or hows != _WITH_AND_WITHOUT or line is None:
            return False
        return line.quantity == sum(self._phrases[place].value or 1 for place in (at, other))

    def are_counted(self, at: int) -> bool:
        """ "Both of those twice": whether each of them or the two together nobody can tell."""
        return len(self._lines.meant) > 1 and self._sentence.kind(at - 1) in _SEVERAL

    def _goes_on(self, ahead: NounPhrase) -> bool:
        """ "Je zwei Margherita und Salami": the number is of both."""
        joint = self._sentence.after(ahead.end - 1)
        follower = self._sentence.after(joint)
        if self._sentence.kind(follower) in OPENERS and self._sentence.noun_phrase(follower).head is not None:
            # "Je eine Margherita und eine Salami".
            return self._sentence.kind(joint) in JOINTS and not self._lines.sentence
        return self._sentence.kind(joint) in JOINTS and self._sentence.kind(follower) is Kind.GOODS

    def _one_for_each(self, at: int) -> None:
        """ "Two margheritas and a coke each": as many cokes as there are pizzas."""
        head = self._sentence.before(at)
        line = self._lines.open
        skus = self._phrases[head].products if self._sentence.kind(head) is Kind.GOODS else ()
        if line is not None and set(skus) & set(line.skus) and not self._counting.count_for_each():
            self._references.lose(at, at + 1)

    def count_each(self, count: int, at: int) -> int:
        """`count` of each of the goods that begin behind phrase `at`, or of those before it."""
        if (end := self._share_out(count, at)) is not None:
            return end
        if self._is_said_how(at) and self._lines.open_parts(count, self._phrases[at]):
            self._wanting.forget()
            return at + 1
        self._wanting.forget()
        self._counting.each(count, is_ahead=self._sentence.noun_phrase(at + 1).head is not None)
        return at + 1

    def _share_out(self, count: int, at: int) -> int | None:
        """ "Chicken and tofu tacos, one of each", "two lattes, one of each iced and hot": a line for each choice.

        `at`: of "each". The index to go on from, None if no choice is said.
        """
        line = self._lines.open
        if line is None or not line.skus or self._lines.sentence != [line]:
            return None
        place, ahead = at + 1, list[Said]()
        while self._is_option(place):
            ahead.append(Said(self._phrases[place]))
            place += 2 if self._sentence.kind(place + 1) in JOINTS and self._is_option(place + 2) else 1
        if ahead and line.quantity == count * len(ahead):
            self._open_for_each(line, count, ahead, at)
            return place
        own = [] if ahead or line.counted else _choices_of(line)
        if len(own) > 1:
            self._open_for_each(line, count, own, at)
            return at + 1
        return None

    def _open_for_each(self, line: Line, count: int, choices: Sequence[Said], at: int) -> None:
        """Each line has all else that was said; what follows is said of all of them."""
        common = [said for said in line.said if not any(said is choice for choice in choices)]
        line.said, line.quantity, line.counted = [*common, choices[0]], count, True
        like = [self._lines.open_like(line, count, self._phrases[at], [*common, choice]) for choice in choices[1:]]
        self._lines.meant = [line, *like]

    def _is_said_how(self, at: int) -> bool:
        """ "One of each without onions": said of a part of each of the goods that are there."""
        place = self._sentence.after(at)
        is_option = self._sentence.kind(place) is Kind.GOODS and not self._phrases[place].products
        return is_option or self._sentence.kind(place) in _SAYS_HOW

    def _kind_named(self, at: int) -> int | None:
        """ "Both pizzas": the lines of this kind are meant."""
        after = self._sentence.after(at)
        is_kind = self._sentence.kind(after) is Kind.CATEGORY
        return after + 1 if is_kind and self._lines.mean_kind(self._phrases[after].category) else None

    def _with_said_before(self, said: Sequence[Said], end: int) -> int:
        """ "Sour cream on both": said of all of them, if nothing follows."""
        place = self._sentence.after(end - 1)
        leaves_out = self._sentence.kind(place) is Role.REFUSE and self._phrases[place].amount in EXCEPTIONS
        if self._sentence.kind(place) is Role.REFUSE:
            # "Die Zwiebeln überall weglassen".
            place = self._sentence.after(place)
        if leaves_out or self._sentence.kind(place) in _ENDS:
            self._lines.move(said)
        return end

    def _past_mention(self, at: int) -> int:
        """ "Both margheritas large": the goods that are meant may be named again."""
        after = self._sentence.after(at)
        products = set(self._phrases[after].products) if self._sentence.kind(after) is Kind.GOODS else set()
        is_mention = any(products & set(line.skus) for line in self._lines.meant)
        if is_mention and self._sentence.kind_before(at) is Role.WITH:
            # "A veggie sub with all the veggies": those are no goods, and which they are is asked.
            return self._references.lose(at, after + 1)
        return after + 1 if is_mention else at + 1


def _choices_of(line: Line) -> list[Said]:
    """What was said before its name of one group: the chicken and the tofu of "chicken and tofu tacos"."""
    said = [each for each in line.said[: line.before_head] if each.amount is REGULAR]
    groups = [each.phrase.options[0].group for each in said]
    return [each for each, group in zip(said, groups, strict=True) if groups.count(group) > 1]
