from bot.sandbox import talk
from bot.sandbox.diary import Did, Entry

NAMES: dict[int | str, str] = {1: "bea", 2: "staff", "carl@example.net": "carl"}


def test_a_session_reads_as_a_talk():
    entries = [
        Entry(Did.SAID, "two margheritas", 1),
        Entry(Did.HEARD, "2 × Margherita  17.00 EUR\n\nTotal 17.00 EUR", 1),
        Entry(Did.TAPPED, "Place order", 1),
        Entry(Did.HEARD, "#1001", 2),
        Entry(Did.LATER, "later 10 minutes"),
        Entry(Did.MAILED, "two jars of honey\nVia Roma 3", "carl@example.net"),
    ]

    assert talk.written(entries, NAMES) == (
        "bea>    two margheritas\n"
        "bea<    2 × Margherita  17.00 EUR\n"
        "bea<    Total 17.00 EUR\n"
        "\n"
        "bea>    [Place order]\n"
        "staff<  #1001\n"
        "\n"
        "later 10 minutes\n"
        "carl>>  two jars of honey\n"
        "        Via Roma 3\n"
    )


def test_who_has_no_name_is_called_by_the_address():
    assert talk.written([Entry(Did.MAILED, "hello", "eve@example.com")], {}) == "eve@example.com>> hello\n"
