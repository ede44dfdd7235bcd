"""The data model, a file for each part of the house.

Append-only tables (APPEND_ONLY) refuse UPDATE and DELETE by triggers; they hold
ids and amounts. Personal data (names, addresses, words) stands in rows of its
own that can be erased.
"""

from storage.tables.base import metadata
from storage.tables.learned import learned_words, word_confirmations
from storage.tables.messages import cards, inbox, letters, mail_places, timers
from storage.tables.money import journal, payments
from storage.tables.orders import order_changes, order_events, order_lines, orders
from storage.tables.people import allergies, choices, contacts, conversations, customers, details, invites, staff
from storage.tables.returns import files, return_items, returns
from storage.tables.shop import articles, counters, daily_counts, pictures, shop_facts, shop_files, slots, sold_out
from storage.tables.stock import reservations, stock_accounts, stock_moves

APPEND_ONLY = (order_events, stock_moves, journal)
__all__ = [
    "APPEND_ONLY",
    "allergies",
    "articles",
    "cards",
    "choices",
    "contacts",
    "conversations",
    "counters",
    "customers",
    "daily_counts",
    "details",
    "files",
    "inbox",
    "invites",
    "journal",
    "learned_words",
    "letters",
    "mail_places",
    "metadata",
    "order_changes",
    "order_events",
    "order_lines",
    "orders",
    "payments",
    "pictures",
    "reservations",
    "return_items",
    "returns",
    "shop_facts",
    "shop_files",
    "slots",
    "sold_out",
    "staff",
    "stock_accounts",
    "stock_moves",
    "timers",
    "word_confirmations",
]
