"""What every message may need to know, in one statement: single facts, what is off the menu, what is taken.

Slots and the numbers of the days are asked for only where the shop has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    bindparam,
    cast,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.availability import OffMenu
from storage.articles import Articles
from storage.columns import Instant
from storage.tables import daily_counts, shop_facts, slots, sold_out

FACT, OFF, SLOT, DAY = "fact", "off", "slot", "day"
NO_TIME: ColumnElement[datetime] = type_coerce(literal_column("0"), Instant)
NOTHING: ColumnElement[str] = literal_column("''")


def _part(  # the columns that all parts have
    what: str,
    name: ColumnElement[str],
    value: ColumnElement[str],
    *,
    place: ColumnElement[str] = NOTHING,
    at: ColumnElement[datetime] = NO_TIME,
    number: ColumnElement[int] = literal_column("0"),  # noqa: B008  # never changed
) -> Select[*tuple[Any, ...]]:
    return select(
        literal_column(f"'{what}'").label("what"),
        name.label("name"),
        value.label("value"),
        place.label("place"),
        at.label("at"),
        number.label("number"),
    )


_FACTS = _part(FACT, shop_facts.c.name, shop_facts.c.value)
_OFF = _part(
    OFF, sold_out.c.sku, sold_out.c.value, place=sold_out.c.category, at=sold_out.c.until, number=sold_out.c.id
)
_SLOTS = _part(SLOT, slots.c.pool, NOTHING, at=slots.c.begins, number=slots.c.taken).where(
    slots.c.begins >= bindparam("since"), slots.c.taken > 0
)
_DAYS = _part(
    DAY, daily_counts.c.day, NOTHING, place=cast(daily_counts.c.article_id, Text), number=daily_counts.c.taken
).where(daily_counts.c.day >= bindparam("today"))
_ALL: Mapping[tuple[bool, bool], CompoundSelect[*tuple[Any, ...]]] = {
    (False, False): union_all(_FACTS, _OFF),
    (True, False): union_all(_FACTS, _OFF, _SLOTS),
    (False, True): union_all(_FACTS, _OFF, _DAYS),
    (True, True): union_all(_FACTS, _OFF, _SLOTS, _DAYS),
}
"""By whether slots, and days, are counted."""


@dataclass(slots=True)
class Standing:
    """How things stand as a message is taken up."""

    facts: dict[str, str] = field(default_factory=dict)
    sold_out: tuple[OffMenu, ...] = ()
    busy: dict[tuple[str, datetime], int] = field(default_factory=dict)
    """How many orders each slot of a pool has."""
    taken: dict[tuple[str, date], int] = field(default_factory=dict)
    """How many of a product with a daily limit were ordered for a day of business."""


async def standing(
    connection: AsyncConnection, articles: Articles, *, slots_since: datetime | None, days_since: date | None
) -> Standing:
    """How things stand; slots and days from these on, None for a shop that counts none."""
    statement = _ALL[slots_since is not None, days_since is not None]
    given = {"since": slots_since} if slots_since else {}
    found = Standing()
    rows = await connection.execute(statement, {**given, **({"today": days_since.isoformat()} if days_since else {})})
    for row in rows.all():
        if row.what == FACT:
            found.facts[row.name] = row.value
        elif row.what == OFF:
            found.sold_out += (OffMenu(row.at, row.name, row.place, row.value, row.number),)
        elif row.what == SLOT:
            found.busy[row.name, row.at] = row.number
        else:
            found.taken[articles.sku_of(int(row.place)), date.fromisoformat(row.name)] = row.number
    return found
