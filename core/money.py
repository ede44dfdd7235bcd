"""Money as integers in the currency's minor unit, and the way back and forth to text.

Currencies and their digits after the point follow ISO 4217: most have 2, some 0 or 3.
"""

import re
from decimal import Decimal

from core.frozen import frozen


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


NO_DECIMALS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF XTR")
THREE_DECIMALS = _codes("BHD IQD JOD KWD LYD OMR TND")
TWO_DECIMALS = _codes(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD
    KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG
    """
)
CURRENCIES = NO_DECIMALS | TWO_DECIMALS | THREE_DECIMALS
"""XTR are Telegram's Stars, which are paid in like money."""


@frozen
class Money:
    """An amount in minor units with its currency: what stands on a button, where no template formats it."""

    minor: int
    currency: str


@frozen
class Surcharge(Money):
    """What something adds to a price, or takes off it; nothing at all is not told."""


AMOUNT = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]+))?")
"""In minor units the largest still fits into 64 bits."""


def exponent(currency: str) -> int:
    """How many digits the currency has after the point: 0, 2 or 3."""
    if currency in NO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def parse(text: str, currency: str) -> int:
    """ "8.50" in EUR is 850. Raises ValueError for what is not an exact amount of money."""
    amount = AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise ValueError(f"{text!r} is not an amount of money")
    sign, whole, cents = amount[1], amount[2], (amount[3] or "").rstrip("0")
    digits = exponent(currency)
    if len(cents) > digits:
        raise ValueError(f"{text!r} has more digits than {currency} has")
    minor = int(whole + cents.ljust(digits, "0"))
    return -minor if sign == "-" else minor


def plain(minor: int, currency: str) -> str:
    """850 in EUR is "8.50": for files and logs; what people read is formatted by templates."""
    digits = exponent(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"
