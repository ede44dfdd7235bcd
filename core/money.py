"""Money as integers in the currency's minor unit, and the way back and forth to text.

Exponents after ISO 4217: most currencies have 2 digits after the point, some 0 or 3.
"""

from decimal import Decimal, InvalidOperation

NO_DECIMALS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF XTR".split())
THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def exponent(currency: str) -> int:
    """How many digits the currency has after the point: 0, 2 or 3."""
    if currency in NO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def parse(text: str, currency: str) -> int:
    """"8.50" in EUR is 850. Raises ValueError for what is not an exact amount of money."""
    try:
        minor = Decimal(text.strip()).scaleb(exponent(currency))
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount of money") from None
    if not minor.is_finite() or minor != minor.to_integral_value():
        raise ValueError(f"{text!r} has more digits than {currency} has")
    return int(minor)


def plain(minor: int, currency: str) -> str:
    """850 in EUR is "8.50": for files and logs; what people read is formatted by templates."""
    digits = exponent(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"
