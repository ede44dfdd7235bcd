"""When an order can be: times on a grid within the opening hours, each with room for so many orders.

All instants are UTC. The grid goes by the hour of the clock on the wall; a slot is known by its first instant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from core.frozen import frozen
from core.hours import LOOK_AHEAD_DAYS, Hours

STEPS = (5, 6, 10, 12, 15, 20, 30, 60)
"""The minutes that a slot may have: an hour holds a whole number of them."""

GRACE = timedelta(minutes=10)
"""A time that was offered stays good for so long while the customer thinks."""

NEAR = timedelta(hours=12)
"""Times further away than this from a wish are not near it."""


class Objection(StrEnum):
    """Why a time cannot be."""

    PAST = "past"
    CLOSED = "closed"
    SOON = "soon"
    FAR = "far"
    FULL = "full"


@frozen
class Slots:
    """How times are given; `capacity` orders fit into one, None for any number."""

    every: int = 15
    """Minutes."""
    capacity: int | None = None
    lead: int = 0
    """Minutes that the shop needs at least."""
    days: int = LOOK_AHEAD_DAYS
    """So many days ahead, beyond today."""
    pool: str = ""
    """Orders of one pool share the capacity."""


@frozen(slots=False)
class Book:
    """What decides about a time: hours, rules, what is taken, and what the staff opened or closed by hand."""

    hours: Hours
    slots: Slots
    now: datetime
    since: datetime | None = None
    """Nobody is there before: paused, or closed by hand."""
    open_until: datetime | None = None
    """Opened by hand."""
    minutes: int = 0
    """How much longer the way takes."""
    taken: Mapping[datetime, int] = field(default_factory=dict)

    def objection(self, wished: datetime | None) -> Objection | None:
        """What speaks against this time, None standing for as soon as possible; None if nothing does."""
        at = (wished or self.asap()).astimezone(UTC)
        if wished is None and not self._is_open(self.now):
            return Objection.CLOSED
        begun = next((one.begun for one in self._openings(at, 0) if one.opens <= at < one.closes), None)
        if begun is None:
            return Objection.CLOSED
        if wished is not None and at + GRACE < self._ready(begun):
            return Objection.SOON
        if self._days_ahead(at) > self.slots.days:
            return Objection.FAR
        return None if self._has_room(self.slot_of(at)) else Objection.FULL

    def asap(self) -> datetime:
        """When an order of this moment is ready at the earliest, if nothing speaks against it."""
        return self._ready(self.now)

    def free(self, since: datetime | None = None) -> Iterator[datetime]:
        """The slots with room, from `since` on, as far as the days reach."""
        start = max(self.now, since or self.now).astimezone(UTC)
        last: datetime | None = None
        for opening in self._openings(start, min(self.slots.days, LOOK_AHEAD_DAYS)):
            at = self._next_slot(max(self._ready(opening.begun), opening.opens, start))
            while at < opening.closes and self._days_ahead(at) <= self.slots.days:
                if (last is None or at > last) and self._has_room(at):
                    yield at
                    last = at
                at += timedelta(minutes=self.slots.every)

    def near(self, wished: datetime, most: int) -> tuple[datetime, ...]:
        """The free slots around a wish, as many before as after it; the first ones where nothing is near."""
        found: list[datetime] = []
        for slot in self.free(wished - NEAR):
            if slot > wished + NEAR and found:
                break
            found.append(slot)
            if sum(one >= wished for one in found) >= most:
                break
        before, after = [one for one in found if one < wished], [one for one in found if one >= wished]
        later = after[: max(most // 2, most - len(before))]
        return (*before[len(before) - min(len(before), most - len(later)) :], *later)

    def slot_of(self, at: datetime) -> datetime:
        """The slot that holds this instant."""
        local = at.astimezone(self.hours.zone)
        into = timedelta(minutes=local.minute % self.slots.every, seconds=local.second, microseconds=local.microsecond)
        return at.astimezone(UTC) - into

    def _next_slot(self, at: datetime) -> datetime:
        begun = self.slot_of(at)
        return begun if begun == at else begun + timedelta(minutes=self.slots.every)

    def _ready(self, begun: datetime) -> datetime:
        """When an order on which work can begin at `begun`, or now, can be with its customer."""
        return max(begun, self.now).astimezone(UTC) + timedelta(minutes=self.slots.lead + self.minutes)

    def _has_room(self, slot: datetime) -> bool:
        return self.slots.capacity is None or self.taken.get(slot, 0) < self.slots.capacity

    def _is_open(self, at: datetime) -> bool:
        return any(one.opens <= at < one.closes for one in self._openings(at, 0))

    def _openings(self, at: datetime, days: int) -> Iterator["_Opening"]:
        """The openings around the day of `at` and the `days` after it, as far as somebody is there."""
        by_hand = self.open_until if self.open_until and self.now < self.open_until else None
        if by_hand and not self.hours.is_open(self.now):
            yield _Opening(self.now, self.now, by_hand)
        before: _Opening | None = None
        for opens, ends in self.hours.openings(at, days):
            closes = max(ends, by_hand) if by_hand and opens <= self.now < ends else ends
            first = max(opens, self.since) if self.since else opens
            if first >= closes:
                continue
            # Who is open around midnight does not begin anew there.
            goes_on = before is not None and first <= before.closes
            before = _Opening(before.begun if before and goes_on else first, first, closes)
            yield before

    def _days_ahead(self, at: datetime) -> int:
        zone = self.hours.zone
        return (at.astimezone(zone).date() - self.now.astimezone(zone).date()).days


@frozen
class _Opening:
    """`begun` is when the work began: before `opens` where another opening ends as this one begins."""

    begun: datetime
    opens: datetime
    closes: datetime
