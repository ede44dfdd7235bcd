"""How much is wanted of what comes next: "extra", "light", "no"."""

from dataclasses import replace

from core.menu import Amount
from handlers.reading.language import EXTRA
from handlers.reading.order_lines import REGULAR
from handlers.reading.phrases import Phrase


class Wanting:
    """An amount covers exactly one thing; a refusal the first thing, and those that "and" or "or" joins to it.

    What was said of nothing on the menu goes to `unread`.
    """

    def __init__(self, unread: list[Phrase]) -> None:
        self._unread = unread
        self._amount: Phrase | None = None
        self._refusal: Phrase | None = None
        self._has_refused = False

    @property
    def refuses(self) -> bool:
        """Does a refusal still wait for what it refuses?"""
        return self._refusal is not None and not self._has_refused

    @property
    def has_refusal(self) -> bool:
        """May the next thing be refused at all?"""
        return self._refusal is not None

    def covers(self, *, is_joined: bool) -> bool:
        """Is the next thing refused, too?"""
        return self._refusal is not None and (is_joined or not self._has_refused)

    @property
    def has_amount(self) -> bool:
        return self._amount is not None

    def say(self, amount: Phrase) -> None:
        self.drop_amount()
        self.want_again()
        self._amount = amount

    def refuse(self, refusal: Phrase) -> None:
        self.drop_amount()
        self._refusal, self._has_refused = refusal, False

    def want_again(self) -> None:
        """ "With" or "I want": a refusal that had its object is over, "don't want" still waits for it."""
        if self._has_refused:
            self._refusal, self._has_refused = None, False

    def take(self, *, is_joined: bool) -> tuple[Amount, bool]:
        """The amount of the next thing, and whether none of that amount is wanted ("no extra cheese")."""
        is_refused = self.covers(is_joined=is_joined)
        said, self._amount = self._amount, None
        self._refusal, self._has_refused = (self._refusal, True) if is_refused else (None, False)
        if said is not None and (said.kind is EXTRA or not is_refused):
            return (Amount.EXTRA if said.kind is EXTRA else Amount.LIGHT), is_refused
        return (Amount.NONE if is_refused else REGULAR), False

    def forget(self) -> None:
        """Other goods, another sentence: nothing that was said before covers them."""
        self.drop_amount()
        self._refusal, self._has_refused = None, False

    def spend(self) -> None:
        """It was said of goods in general ("no drinks"), and is understood."""
        self._amount = None
        self.forget()

    def waste(self, thing: Phrase | None = None) -> None:
        """It was said of an unknown thing, or of this one that nobody can leave out: then both are one."""
        if self._refusal is not None and not self._has_refused:
            self._unread.append(replace(self._refusal, end=thing.end) if thing else self._refusal)
        self.forget()

    def drop_amount(self) -> None:
        if self._amount is not None:
            self._unread.append(self._amount)
        self._amount = None
