"""The people of the tests: Bea and the others chat, Carl mails, Anna owns, the staff taps."""

from datetime import UTC, datetime

from core.frozen import frozen

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday; in the shop it is one o'clock, and open."""

GROUP = -5001
SHOP = "shop@trattoria.example"
AUTHSERV = "mx.trattoria.example"
BOT = 7000
BOT_NAME = "TrattoriaBot"


@frozen(slots=False)
class Person:
    """Somebody in Telegram, as Telegram describes people."""

    id: int
    name: str
    language: str = "en"
    in_group: bool = False
    is_anonymous: bool = False


PEOPLE = {
    "bea": Person(1001, "Bea"),
    "dora": Person(1002, "Dora", "de"),
    "max": Person(1003, "Max"),
    "zoe": Person(1004, "Zoe"),
    "eve": Person(1005, "<b>Eve</b> & {{ 7*7 }} _x_ [y](z)"),
    "carl": Person(1006, "Carl", "de"),
    "anna": Person(9001, "Anna", in_group=True),
    "staff": Person(9001, "Anna", in_group=True),
    "sam": Person(9002, "Sam", in_group=True),
    "tom": Person(9009, "Tom", in_group=True),
    "admin": Person(1087968824, "Group", in_group=True, is_anonymous=True),
}
"""By the name that a talk calls them; "staff" is Anna, the owner. Tom is in the group and nobody's colleague."""

MAILERS = {
    "bea": ("Bea Conti", "bea@example.org"),
    "carl": ("Carl Smith", "carl@example.org"),
    "dina": ("Dina Maier", "dina@example.net"),
    "paul": ("Paul Other", "paul@example.com"),
}
