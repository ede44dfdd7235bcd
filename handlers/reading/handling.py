"""What is to be done with goods, "wrap the tiramisu", "das Bier kalt stellen": it orders nothing, and is reported."""

from handlers.reading.language import AND, ARTICLE, GLUE, ONE_OF, WITH, Role
from handlers.reading.noun_phrases import LINKS, OPENERS
from handlers.reading.options import Options
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, UNKNOWN
from handlers.reading.sense import Sense
from handlers.reading.step import Shared, Step

_ENDS = frozenset({COMMA, LINE, None})


class Handling(Step):
    """Steps that read verbs of handling, and goods left out; each returns the index to go on from."""

    def __init__(self, options: Options, sense: Sense, *shared: *Shared) -> None:
        super().__init__(*shared)
        self._options = options
        self._sense = sense

    def read(self, at: int) -> int:
        """ "Heat up the parmigiana": nothing that stands with it is ordered; "put the olives on" wants them."""
        if self._is_option(at + 1):
            self._wanting.want_again()
            return at + 1
        return self.lose(at)

    def read_place(self, at: int) -> int:
        """ "Put the beer in a cold bag"; where it goes nowhere ("put the beer down for me") it is wanted."""
        head = self._sentence.noun_phrase(at + 1).head
        place = self._sentence.after(head) if head is not None else at + 1
        goes_in = self._sentence.kind(place) is ONE_OF or (
            self._sentence.kind(place) in (WITH, UNKNOWN) and self._sentence.kind(place + 1) in (ARTICLE, *LINKS)
        )
        if head is not None and goes_in and not self._is_option(head):
            return self.lose(at)
        self._wanting.want_again()
        return at + 1

    def read_keep(self, at: int) -> int:
        """ "Keep the onions off" refuses them; "keep the beer cold" is said of goods, "keep two beers" wants them.

        Behind a refusal "keep the pickles" wants what the goods can have.
        """
        off = at + 1
        while self._sentence.kind(off) in (*LINKS, GOODS, AND):
            off += 1
        is_nowhere = off < len(self._phrases) and self._phrases[off].amount is Role.NEITHER
        if self._sentence.kind(off) is Role.OFF or is_nowhere:
            return at + 1
        kept = at + 1
        while self._sentence.kind(kept) in (*LINKS, GLUE):
            kept += 1
        if self._is_option(kept) and self._wanting.has_refusal and self._lines.open is not None:
            self._wanting.forget()
            return kept
        if self._sentence.kind(kept) in (GOODS, CATEGORY):
            return self.lose(at)
        # "Keep two beers for me", "keep it hot".
        self._unread.append(self._phrases[at])
        return at + 1

    def left_out(self, at: int) -> int | None:
        """Goods that are not wanted, though no refusal waits for them; the index to go on from."""
        if self._wanting.has_refusal and self._sense.goes_on_refused(at):
            self._options.lose_refused(at)
            return at + 1
        if self._sense.is_left_out(at):
            after = self._sentence.after(at)
            if self._sentence.kind(after) is Role.OFF:
                self._unread += self._phrases[at : after + 1]
                return after + 1
            self._unread.append(self._phrases[at])
            return after
        if self._sense.is_apart(at):
            self._unread += self._phrases[at : self._sentence.after(at) + 1]
            return self._sentence.after(at) + 1
        return None

    def is_told_behind(self, at: int) -> bool:
        """Does a verb of handling stand behind `at`, in the same clause? "Das Bier bitte kalt stellen"."""
        while self._sentence.kind(at) not in (*_ENDS, AND, Role.HANDLE):
            at += 1
        return self._sentence.kind(at) is Role.HANDLE

    def lose(self, at: int) -> int:
        """Reports what is said from here to the end of the clause, or to other goods that are counted."""
        end = at + 1
        while self._sentence.kind(end) not in _ENDS and not self._goes_on(end):
            end += 1
        self._unread += self._phrases[at:end]
        self._wanting.forget()
        return end

    def _goes_on(self, at: int) -> bool:
        return self._sentence.kind(at) is AND and self._sentence.kind(self._sentence.after(at)) in (*OPENERS, Role.WISH)

    def _is_option(self, at: int) -> bool:
        return self._sentence.kind(at) is GOODS and bool(self._phrases[at].options)
