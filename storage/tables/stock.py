"""The stock ledger."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint, text

from core.documents import Bucket
from core.states import ReservationState
from storage.columns import Instant, key, one_of
from storage.tables.base import metadata, ref, required, working_index

stock_accounts = Table(
    "stock_accounts",
    metadata,
    key(),
    ref("article_id", "articles"),
    required("place", server_default=text("'main'")),
    required("bucket"),
    required("quantity", BigInteger),
    required("low_told", Boolean, server_default=text("false")),
    one_of("bucket", *Bucket.ALL),
    CheckConstraint("quantity >= 0 OR bucket = 'supplier'", name="never_below_zero"),
    UniqueConstraint("article_id", "place", "bucket"),
    comment="Balances: projections of the moves.",
)

stock_moves = Table(
    "stock_moves",
    metadata,
    key(),
    ref("article_id", "articles"),
    required("place", server_default=text("'main'")),
    required("giver"),
    required("taker"),
    required("quantity", BigInteger),
    required("reason"),
    Column("order_id", BigInteger),
    Column("return_id", BigInteger),
    required("at", Instant),
    CheckConstraint("quantity > 0 AND giver <> taker", name="moves_something"),
    one_of("giver", *Bucket.ALL),
    one_of("taker", *Bucket.ALL),
    Index(None, "article_id"),
    Index(None, "order_id"),
    comment="Append-only: each move takes from one account and gives to another.",
)

reservations = Table(
    "reservations",
    metadata,
    key(),
    ref("order_id", "orders"),
    ref("article_id", "articles"),
    required("quantity", BigInteger),
    required("state"),
    one_of("state", *ReservationState),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    Index(None, "order_id"),
    working_index("ix_reservations_live", "article_id", only="state IN ('held', 'committed')"),
)
