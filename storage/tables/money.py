"""Payments and the journal."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from core.states import PaymentState
from storage.columns import Id, Instant, key, one_of
from storage.tables.base import metadata, ref, required

payments = Table(
    "payments",
    metadata,
    key(),
    ref("order_id", "orders"),
    required("method"),
    required("amount", BigInteger),
    required("currency"),
    required("state"),
    required("at", Instant),
    Column("reverses", Id, ForeignKey("payments.id")),
    Column("provider_charge", Text, unique=True),
    one_of("state", *PaymentState),
    Index(None, "order_id"),
)

journal = Table(
    "journal",
    metadata,
    key(),
    ref("payment_id", "payments"),
    required("account"),
    required("amount", BigInteger),
    required("currency"),
    required("at", Instant),
    Index(None, "payment_id"),
    comment="Append-only: the postings of a payment sum to zero.",
)
