"""Questions that the shop file answers: where it delivers and what that costs, and the hours of a certain day."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.states import Kind
from handlers.reading.days import find_day
from handlers.reading.texts import Text
from handlers.reading.time_words import told_in
from handlers.reading.wordings import named, with_lists, wordings

MOST_DAYS = 7
LONGEST = 400
"""Characters: more is a letter for a person."""

WAYS = ((Kind.SHIPPING, "ships"), (Kind.DELIVERY, "delivers"))
FROM_EASTER = re.compile(r"easter([+-]\d{1,2})")


@frozen
class DeliveryQuestion:
    """What of a way is asked."""

    kind: Kind
    is_wish: bool
    """Only whether it can be, which may be said of an order, too."""
    names_place: bool
    """ "To Austria": maybe no postcode, but there."""


def read_delivery_question(text: str, languages: tuple[str, ...]) -> DeliveryQuestion | None:
    """Where the shop brings goods, for how much, from which amount on; None for any other question."""
    said, codes = Text.of(text), with_lists(languages)
    if len(said) > LONGEST:
        return None

    def says(key: str) -> bool:
        return wordings("intents", key, codes).search(said) is not None

    kind = next((kind for kind, key in WAYS if says(key)), None)
    asks_minimum = says("asks_minimum")
    asks_price = asks_minimum or (kind is not None and says("asks_fee"))
    if not asks_price and (kind is None or not says("asks_area")):
        return None
    return DeliveryQuestion(kind or Kind.DELIVERY, is_wish=not asks_price, names_place=says("names_place"))


def days_asked(text: str, now: datetime, zone: ZoneInfo, languages: tuple[str, ...]) -> tuple[date, ...]:
    """The days to come that the text names, also by their feasts; none for today, which the general hours tell."""
    codes = with_lists(languages)
    today = now.astimezone(zone).date()
    if len(text) > LONGEST:
        return ()
    found = {day for day in (*_named(text, today, codes), *_feasts(text, today, codes)) if day > today}
    return tuple(sorted(found))[:MOST_DAYS]


def _named(text: str, today: date, codes: tuple[str, ...]) -> Iterator[date]:
    """Dates and weekdays, one after the other."""
    rest = Text(text)
    for _ in range(MOST_DAYS):
        found = find_day(rest, told_in(rest, codes), today, codes)
        if found is None:
            return
        if found.day is not None:
            yield found.day
        rest = Text(rest[found.span[1] :])


def _feasts(text: str, today: date, codes: tuple[str, ...]) -> Iterator[date]:
    """Christmas, Easter … : the next of each; a longer name goes before a shorter one that is in it."""
    feasts = named("times", "feasts", codes)
    names = "|".join(re.escape(name) for name in sorted(feasts, key=len, reverse=True))
    for found in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text.casefold().replace("’", "'")) if names else ():
        for each in str(feasts[found[0]]).split():
            yield next(day for year in (today.year, today.year + 1) if (day := _in_year(each, year)) >= today)


def _in_year(feast: str, year: int) -> date:
    """ "12-25", or so many days from Easter Sunday: "easter-2"."""
    moved = FROM_EASTER.fullmatch(feast)
    if moved is not None:
        return easter(year) + timedelta(days=int(moved[1]))
    month, day = feast.split("-")
    return date(year, int(month), int(day))


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the rule of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * left + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
