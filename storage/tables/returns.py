"""Returns, and the files that people sent."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.people import Trust
from core.states import ReturnState
from storage.columns import Id, Instant, key, one_of
from storage.tables.base import metadata, ref, required

returns = Table(
    "returns",
    metadata,
    key(),
    ref("order_id", "orders"),
    required("seq", Integer),
    ref("contact_id", "contacts"),
    required("state"),
    required("version", Integer),
    required("reason"),
    required("words"),
    required("decline_reason", server_default=text("''")),
    Column("deadline", Instant),
    required("outcome", server_default=text("''")),
    required("trust", server_default=text("'full'")),
    one_of("trust", *Trust),
    required("created", Instant),
    one_of("state", *ReturnState),
    UniqueConstraint("order_id", "seq"),
    Index(None, "contact_id"),
)

return_items = Table(
    "return_items",
    metadata,
    key(),
    ref("return_id", "returns"),
    ref("line_id", "order_lines"),
    required("quantity", Integer),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    Index(None, "return_id"),
    Index(None, "line_id"),
)

files = Table(
    "files",
    metadata,
    key(),
    ref("contact_id", "contacts"),
    Column("return_id", Id, ForeignKey("returns.id")),
    required("telegram_file", server_default=text("''")),
    required("name", server_default=text("''")),
    required("mime", server_default=text("''")),
    Column("content", LargeBinary),
    Column("album", Text),
    required("caption", server_default=text("''")),
    required("at", Instant),
    Index(None, "return_id"),
    Index(None, "album"),
    comment="Photos from chat (by Telegram's file id) and from mail (their bytes).",
)
