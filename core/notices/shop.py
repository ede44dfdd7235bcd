"""Answers from the shop file: where the shop delivers, for how much, and the hours of certain days."""

from core.frozen import frozen
from core.hours import OtherHours
from core.notices.base import Notice
from core.states import Kind
from core.zones import Zone


@frozen(slots=False, kw_only=True)
class DeliveryTold(Notice):
    """What a way costs: to `where`, if a place was named and is served, else for each of the `zones`.

    No zones: the shop does not go this way at all. `pickup` is where goods may be fetched, "" where they may not.
    """

    kind: Kind
    zones: tuple[Zone, ...]
    currency: str
    where: str = ""
    is_outside: bool = False
    is_unsure: bool = False
    """Only a shared location can tell."""
    pickup: str = ""


@frozen(slots=False, kw_only=True)
class DaysTold(Notice):
    """The opening hours of the days that were asked about."""

    days: tuple[OtherHours, ...]
