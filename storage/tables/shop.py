"""The shop as it stands: its files and facts, what is off, numbers of days, places in slots."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, key
from storage.tables.base import metadata, ref, required

shop_files = Table(
    "shop_files",
    metadata,
    key(),
    required("at", Instant),
    required("content", LargeBinary),
    comment="Every shop file that was applied, byte for byte; the last one counts.",
)

shop_facts = Table(
    "shop_facts",
    metadata,
    Column("name", Text, primary_key=True),
    required("value"),
    comment="Single facts: the staff group's id, closed by hand, paused until, the secret of our Message-IDs.",
)

counters = Table("counters", metadata, Column("name", Text, primary_key=True), required("value", BigInteger))

articles = Table("articles", metadata, key(), required("sku", unique=True))

sold_out = Table(
    "sold_out",
    metadata,
    key(),
    required("sku", server_default=text("''")),
    required("category", server_default=text("''")),
    required("value", server_default=text("''")),
    required("until", Instant),
    UniqueConstraint("sku", "category", "value"),
    comment="A product, a category, or an option value of them; what is empty means all.",
)

daily_counts = Table(
    "daily_counts",
    metadata,
    key(),
    ref("article_id", "articles"),
    required("day"),
    required("taken", BigInteger),
    CheckConstraint("taken >= 0", name="never_below_zero"),
    UniqueConstraint("article_id", "day"),
    Index(None, "day"),
    comment="How many of a product with a daily limit were ordered for a day of business.",
)

pictures = Table(
    "pictures",
    metadata,
    key(),
    required("name"),
    required("digest"),
    required("mime"),
    required("content", LargeBinary),
    required("telegram_file", server_default=text("''")),
    required("at", Instant),
    Index(None, "name"),
    comment="The shop's own pictures as they were applied; the newest of a name counts.",
)

slots = Table(
    "slots",
    metadata,
    key(),
    required("pool"),
    required("begins", Instant),
    required("taken", Integer),
    required("capacity", Integer),
    CheckConstraint("taken >= 0 AND taken <= capacity", name="never_overfull"),
    UniqueConstraint("pool", "begins"),
    Index(None, "begins"),
    comment="How many orders a time has, of how many that the shop took then when the last one came.",
)
