"""How a language writes amounts, days and counts, taken from CLDR once and kept."""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_skeleton

from core.frozen import frozen
from core.money import exponent


@frozen
class Local:
    """The marks of one locale; `plural` leads from a count to its CLDR form ("one", "other" …)."""

    locale: str
    decimal: str
    group: str
    weekdays: tuple[str, ...]
    """Monday first."""
    plural: Callable[[int], str]

    def money(self, minor: int, currency: str) -> str:
        """1700 in EUR is "17.00 EUR": the code comes last, it reads the same in every chat and mail."""
        return _money(minor, currency, self.group, self.decimal)

    def day(self, day: date, *, year: bool = False) -> str:
        """ "Sat 21 Nov", with its year where it is written down for later."""
        return _day(self.locale, day, "yMMMEd" if year else "MMMEd")


# A menu's prices are said again and again.
@lru_cache(maxsize=10_000)
def _money(minor: int, currency: str, group: str, decimal: str) -> str:
    digits = exponent(currency)
    whole, cents = divmod(abs(minor), 10**digits)
    number = f"{whole:,}".replace(",", group) + (f"{decimal}{cents:0{digits}}" if digits else "")
    return f"{'-' if minor < 0 else ''}{number} {currency}"


@lru_cache(maxsize=1000)
def _day(locale: str, day: date, skeleton: str) -> str:
    return format_skeleton(skeleton, day, locale=locale)


@cache
def local(locale: str) -> Local:
    """What CLDR knows of `locale`, such as "en_GB"; raises babel.UnknownLocaleError."""
    known = Locale.parse(locale)
    symbols = known.number_symbols["latn"]
    names = known.days["stand-alone"]["wide"]
    return Local(
        locale=locale,
        decimal=symbols["decimal"],
        group=symbols["group"],
        weekdays=tuple(names[day] for day in range(7)),
        plural=lru_cache(maxsize=1000)(known.plural_form),
    )
