"""What can go wrong on the way to Telegram, on demand."""

import random
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    CUT = "cut"
    """The connection closes before anything is done."""
    LOST_ANSWER = "lost answer"
    """It is done, then the connection closes without an answer."""
    ERROR = "error"
    """500, and nothing is done."""
    SLOW = "slow"
    """The answer takes `slow_seconds`."""


@dataclass
class _Planned:
    fault: Fault
    calls: int
    method: str


@dataclass
class Faults:
    """Faults for the next calls, or with a probability for every call. Polls fail only when named or by chance."""

    chances: dict[Fault, float] = field(default_factory=dict)
    slow_seconds: float = 1.0
    dice: random.Random = field(default_factory=random.Random)
    _planned: list[_Planned] = field(default_factory=list)

    def plan(self, fault: Fault, calls: int = 1, method: str = "") -> None:
        """The next `calls` calls meet this fault; only calls of `method` if one is given."""
        self._planned.append(_Planned(fault, calls, method.lower()))

    def clear(self) -> None:
        self._planned.clear()
        self.chances.clear()

    def waiting(self, fault: Fault) -> int:
        """How many calls are still to meet it."""
        return sum(planned.calls for planned in self._planned if planned.fault is fault)

    def meet(self, method: str) -> Fault | None:
        """The fault that this call meets, if any."""
        for planned in self._planned:
            if planned.method == method or (not planned.method and method != "getupdates"):
                planned.calls -= 1
                self._planned = [one for one in self._planned if one.calls > 0]
                return planned.fault
        return next((fault for fault, chance in self.chances.items() if self.dice.random() < chance), None)
