"""Customers and staff; what they said of themselves, what they are asked, what they put together."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from core.people import Channel, Role
from storage.columns import Id, Instant, Json, key, one_of
from storage.tables.base import metadata, ref, required

customers = Table(
    "customers",
    metadata,
    key(),
    required("created", Instant),
    required("blocked", Boolean, server_default=text("false")),
    required("no_reminders", Boolean, server_default=text("false")),
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    ref("customer_id", "customers"),
    required("channel"),
    required("account"),
    required("address"),
    required("name"),
    required("language"),
    required("unreachable", Boolean, server_default=text("false")),
    one_of("channel", Channel.TELEGRAM, Channel.MAIL),
    UniqueConstraint("channel", "account", "address"),
    Index(None, "customer_id"),
    comment="Ways to reach a customer: a chat with one of our bots, a mail address.",
)

details = Table(
    "details",
    metadata,
    key(),
    ref("customer_id", "customers"),
    required("kind"),
    required("value"),
    required("at", Instant),
    Column("spot", Text),
    required("forgotten", Boolean, server_default=text("false")),
    one_of("kind", "address", "phone"),
    Index(None, "customer_id", "kind"),
    comment="Postal addresses and phone numbers; orders point here.",
)

allergies = Table(
    "allergies",
    metadata,
    Column("customer_id", Id, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    required("codes", Json),
    required("at", Instant),
    comment="What a customer must not eat, by code: personal, in a row of its own.",
)

staff = Table(
    "staff",
    metadata,
    key(),
    required("user_id", BigInteger, unique=True),
    required("name"),
    required("role"),
    required("active", Boolean),
    required("since", Instant),
    one_of("role", *Role),
)

invites = Table(
    "invites",
    metadata,
    Column("token_hash", Text, primary_key=True),
    required("role"),
    ref("staff_id", "staff"),
    required("expires", Instant),
    Column("used", Instant),
)

conversations = Table(
    "conversations",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    required("asked"),
    Column("order_id", Id),
    required("facts", Json),
    required("at", Instant),
    comment="What was asked last, so that the next words can answer it.",
)

choices = Table(
    "choices",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    required("number", Integer),
    required("sku"),
    required("quantity", Integer),
    required("options", Json),
    required("at", Instant),
    comment="What a customer is putting together on the menu's pages.",
)
