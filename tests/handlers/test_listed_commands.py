"""Which commands /help and Telegram show, and in which order."""

from bot.wiring import COMMANDS
from handlers.commands import CUSTOMER, CUSTOMER_LISTED, STAFF, STAFF_LISTED, customer_help, staff_help


def test_every_command_has_its_place_in_the_list():
    assert COMMANDS

    assert set(CUSTOMER_LISTED) == set(CUSTOMER)
    assert set(STAFF_LISTED) == set(STAFF)


def test_what_is_used_most_stands_first_and_help_last():
    customers, staff = ([how.split()[0] for how, _ in listed] for listed in (customer_help(), staff_help()))

    assert (customers[:3], customers[-1]) == (["start", "menu", "orders"], "help")
    assert (staff[:2], staff[-1]) == (["orders", "order"], "help")
