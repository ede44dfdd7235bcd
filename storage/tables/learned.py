"""Words that the shop learned to understand."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint, text

from core.learning import WordState
from storage.columns import Instant, key, one_of
from storage.tables.base import metadata, ref, required

learned_words = Table(
    "learned_words",
    metadata,
    key(),
    required("key"),
    required("words"),
    required("sku"),
    required("option_group"),
    required("option_value"),
    required("state"),
    required("version", Integer),
    required("created", Instant),
    Column("decided", Instant),
    ref("staff_id", "staff", nullable=True),
    one_of("state", *WordState),
    UniqueConstraint("key", "sku", "option_group", "option_value"),
    Index(
        "ix_learned_words_active",
        "key",
        unique=True,
        sqlite_where=text("state = 'active'"),
        postgresql_where=text("state = 'active'"),
    ),
    comment="What customers call a product or an option beside its names; only active ones are read.",
)

word_confirmations = Table(
    "word_confirmations",
    metadata,
    key(),
    ref("word_id", "learned_words"),
    ref("customer_id", "customers"),
    required("at", Instant),
    UniqueConstraint("word_id", "customer_id"),
    Index(None, "customer_id"),
    comment="Which customers meant it so: each counts once.",
)
