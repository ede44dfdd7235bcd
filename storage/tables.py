"""The data model, readable top to bottom.

Append-only tables (APPEND_ONLY) refuse UPDATE and DELETE by triggers; they hold
ids and amounts. Personal data (names, addresses, words) stands in rows of its
own that can be erased.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.documents import Bucket
from core.learning import WordState
from core.people import ActorKind, Channel, Role, Trust
from core.states import ChangeState, FulfilmentState, Kind, OrderState, PaymentState, ReservationState, ReturnState
from storage.columns import Id, Instant, Json, key, one_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _required(name: str, kind: type | object = Text, **given: object) -> Column[object]:
    return Column(name, kind, nullable=False, **given)  # type: ignore[arg-type]


def _index(name: str, *columns: str, only: str) -> Index:
    """An index of the few rows that are still at work: it does not grow with what is finished."""
    return Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only))


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=nullable)


# --- the shop ------------------------------------------------------------------------------

shop_files = Table(
    "shop_files",
    metadata,
    key(),
    _required("at", Instant),
    _required("content", LargeBinary),
    comment="Every shop file that was applied, byte for byte; the last one counts.",
)

shop_facts = Table(
    "shop_facts",
    metadata,
    Column("name", Text, primary_key=True),
    _required("value"),
    comment="Single facts: the staff group's id, closed by hand, paused until, the secret of our Message-IDs.",
)

counters = Table("counters", metadata, Column("name", Text, primary_key=True), _required("value", BigInteger))

articles = Table("articles", metadata, key(), _required("sku", unique=True))

sold_out = Table(
    "sold_out",
    metadata,
    key(),
    _required("sku", server_default=text("''")),
    _required("category", server_default=text("''")),
    _required("value", server_default=text("''")),
    _required("until", Instant),
    UniqueConstraint("sku", "category", "value"),
    comment="A product, a category, or an option value of them; what is empty means all.",
)

daily_counts = Table(
    "daily_counts",
    metadata,
    key(),
    _ref("article_id", "articles"),
    _required("day"),
    _required("taken", BigInteger),
    CheckConstraint("taken >= 0", name="never_below_zero"),
    UniqueConstraint("article_id", "day"),
    Index(None, "day"),
    comment="How many of a product with a daily limit were ordered for a day of business.",
)

pictures = Table(
    "pictures",
    metadata,
    key(),
    _required("name"),
    _required("digest"),
    _required("mime"),
    _required("content", LargeBinary),
    _required("telegram_file", server_default=text("''")),
    _required("at", Instant),
    Index(None, "name"),
    comment="The shop's own pictures as they were applied; the newest of a name counts.",
)

# --- people --------------------------------------------------------------------------------

customers = Table(
    "customers",
    metadata,
    key(),
    _required("created", Instant),
    _required("blocked", Boolean, server_default=text("false")),
    _required("no_reminders", Boolean, server_default=text("false")),
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    _ref("customer_id", "customers"),
    _required("channel"),
    _required("account"),
    _required("address"),
    _required("name"),
    _required("language"),
    _required("unreachable", Boolean, server_default=text("false")),
    one_of("channel", Channel.TELEGRAM, Channel.MAIL),
    UniqueConstraint("channel", "account", "address"),
    Index(None, "customer_id"),
    comment="Ways to reach a customer: a chat with one of our bots, a mail address.",
)

details = Table(
    "details",
    metadata,
    key(),
    _ref("customer_id", "customers"),
    _required("kind"),
    _required("value"),
    _required("at", Instant),
    Column("spot", Text),
    _required("forgotten", Boolean, server_default=text("false")),
    one_of("kind", "address", "phone"),
    Index(None, "customer_id", "kind"),
    comment="Postal addresses and phone numbers; orders point here.",
)

allergies = Table(
    "allergies",
    metadata,
    Column("customer_id", Id, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    _required("codes", Json),
    _required("at", Instant),
    comment="What a customer must not eat, by code: personal, in a row of its own.",
)

staff = Table(
    "staff",
    metadata,
    key(),
    _required("user_id", BigInteger, unique=True),
    _required("name"),
    _required("role"),
    _required("active", Boolean),
    _required("since", Instant),
    one_of("role", *Role),
)

invites = Table(
    "invites",
    metadata,
    Column("token_hash", Text, primary_key=True),
    _required("role"),
    _ref("staff_id", "staff"),
    _required("expires", Instant),
    Column("used", Instant),
)

conversations = Table(
    "conversations",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    _required("asked"),
    Column("order_id", Id),
    _required("facts", Json),
    _required("at", Instant),
    comment="What was asked last, so that the next words can answer it.",
)

choices = Table(
    "choices",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    _required("number", Integer),
    _required("sku"),
    _required("quantity", Integer),
    _required("options", Json),
    _required("at", Instant),
    comment="What a customer is putting together on the menu's pages.",
)

slots = Table(
    "slots",
    metadata,
    key(),
    _required("pool"),
    _required("begins", Instant),
    _required("taken", Integer),
    _required("capacity", Integer),
    CheckConstraint("taken >= 0 AND taken <= capacity", name="never_overfull"),
    UniqueConstraint("pool", "begins"),
    Index(None, "begins"),
    comment="How many orders a time has, of how many that the shop took then when the last one came.",
)

# --- orders --------------------------------------------------------------------------------

orders = Table(
    "orders",
    metadata,
    key(),
    Column("number", BigInteger, unique=True),
    _ref("contact_id", "contacts"),
    _ref("customer_id", "customers"),
    _required("place", server_default=text("'main'")),
    _required("channel"),
    _required("language"),
    _required("currency"),
    _required("state"),
    _required("version", Integer),
    _required("seq", Integer, server_default=text("0")),
    Column("kind", Text),
    _required("fulfilment"),
    _required("fee", BigInteger, server_default=text("0")),
    _required("tax", BigInteger, server_default=text("0")),
    _required("total", BigInteger, server_default=text("0")),
    Column("created", Instant, nullable=False),
    Column("placed", Instant),
    Column("wished", Instant),
    Column("promised", Instant),
    Column("done", Instant),
    _ref("address_id", "details", nullable=True),
    _ref("phone_id", "details", nullable=True),
    _required("note", server_default=text("''")),
    _required("carrier", server_default=text("''")),
    _required("tracking", server_default=text("''")),
    _required("tracking_link", server_default=text("''")),
    _required("token", server_default=text("''")),
    _required("reason", server_default=text("''")),
    _required("trust", server_default=text("'full'")),
    _required("at_table", server_default=text("''")),
    _required("campaign", server_default=text("''")),
    _required("changes", Integer, server_default=text("0")),
    _required("zone", server_default=text("''")),
    _ref("slot_id", "slots", nullable=True),
    _required("payment", server_default=text("''")),
    _required("code", server_default=text("''")),
    _required("called", server_default=text("''")),
    one_of("trust", *Trust),
    one_of("state", *OrderState),
    one_of("kind", *Kind),
    one_of("fulfilment", *FulfilmentState),
    CheckConstraint("version >= 0", name="version_counts_up"),
    _index("ix_orders_open", "state", "id", only="state IN ('pending', 'accepted')"),
    _index("ix_orders_pending", "customer_id", only="state = 'pending'"),
    _index("ix_orders_draft", "contact_id", only="state = 'draft'"),
    Index(None, "contact_id", "id"),
    _index("ix_orders_slot_id", "slot_id", only="slot_id IS NOT NULL"),
)

order_lines = Table(
    "order_lines",
    metadata,
    key(),
    _ref("order_id", "orders"),
    _required("position", Integer),
    _required("sku"),
    _required("name", Json),
    _required("quantity", Integer),
    _required("cancelled", Integer, server_default=text("0")),
    _required("fulfilled", Integer, server_default=text("0")),
    _required("returned", Integer, server_default=text("0")),
    _required("unit_price", BigInteger),
    _required("options", Json),
    _required("words"),
    _required("counted", Boolean),
    Column("day", Text),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("cancelled >= 0 AND fulfilled >= 0 AND fulfilled <= quantity - cancelled", name="fulfilled_fits"),
    CheckConstraint("returned >= 0 AND returned <= fulfilled", name="returned_fits"),
    UniqueConstraint("order_id", "position"),
)

order_events = Table(
    "order_events",
    metadata,
    key(),
    _ref("order_id", "orders"),
    _required("seq", Integer),
    _required("version", Integer),
    _required("machine"),
    _required("act"),
    _required("state_from"),
    _required("state_to"),
    _required("actor"),
    Column("actor_id", BigInteger),
    _required("at", Instant),
    _required("facts", Json),
    Column("inbox_id", BigInteger),
    one_of("actor", *ActorKind),
    UniqueConstraint("order_id", "seq"),
    comment="Append-only: the timeline.",
)

order_changes = Table(
    "order_changes",
    metadata,
    key(),
    _ref("order_id", "orders"),
    _required("seq", Integer),
    _ref("contact_id", "contacts"),
    _required("state"),
    _required("version", Integer),
    _required("lines_before", Json),
    _required("lines_after", Json),
    _required("details_before", Json),
    _required("details_after", Json),
    _required("total_before", BigInteger),
    _required("total_after", BigInteger),
    _required("words"),
    _required("unread", Json),
    _required("created", Instant),
    _required("by_shop", Boolean, server_default=text("false")),
    one_of("state", *ChangeState),
    UniqueConstraint("order_id", "seq"),
    Index(
        "ix_order_changes_live",
        "order_id",
        "state",
        "by_shop",
        unique=True,
        sqlite_where=text("state IN ('proposed', 'awaiting_staff', 'awaiting_customer')"),
        postgresql_where=text("state IN ('proposed', 'awaiting_staff', 'awaiting_customer')"),
    ),
    comment="What a customer wants to be different about a placed order; at most one of a kind waits.",
)

# --- what the shop learned -----------------------------------------------------------------

learned_words = Table(
    "learned_words",
    metadata,
    key(),
    _required("key"),
    _required("words"),
    _required("sku"),
    _required("option_group"),
    _required("option_value"),
    _required("state"),
    _required("version", Integer),
    _required("created", Instant),
    Column("decided", Instant),
    _ref("staff_id", "staff", nullable=True),
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
    _ref("word_id", "learned_words"),
    _ref("customer_id", "customers"),
    _required("at", Instant),
    UniqueConstraint("word_id", "customer_id"),
    Index(None, "customer_id"),
    comment="Which customers meant it so: each counts once.",
)

# --- stock ---------------------------------------------------------------------------------

stock_accounts = Table(
    "stock_accounts",
    metadata,
    key(),
    _ref("article_id", "articles"),
    _required("place", server_default=text("'main'")),
    _required("bucket"),
    _required("quantity", BigInteger),
    _required("low_told", Boolean, server_default=text("false")),
    one_of("bucket", *Bucket.ALL),
    CheckConstraint("quantity >= 0 OR bucket = 'supplier'", name="never_below_zero"),
    UniqueConstraint("article_id", "place", "bucket"),
    comment="Balances: projections of the moves.",
)

stock_moves = Table(
    "stock_moves",
    metadata,
    key(),
    _ref("article_id", "articles"),
    _required("place", server_default=text("'main'")),
    _required("giver"),
    _required("taker"),
    _required("quantity", BigInteger),
    _required("reason"),
    Column("order_id", BigInteger),
    Column("return_id", BigInteger),
    _required("at", Instant),
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
    _ref("order_id", "orders"),
    _ref("article_id", "articles"),
    _required("quantity", BigInteger),
    _required("state"),
    one_of("state", *ReservationState),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    Index(None, "order_id"),
    _index("ix_reservations_live", "article_id", only="state IN ('held', 'committed')"),
)

# --- money ---------------------------------------------------------------------------------

payments = Table(
    "payments",
    metadata,
    key(),
    _ref("order_id", "orders"),
    _required("method"),
    _required("amount", BigInteger),
    _required("currency"),
    _required("state"),
    _required("at", Instant),
    Column("reverses", Id, ForeignKey("payments.id")),
    Column("provider_charge", Text, unique=True),
    one_of("state", *PaymentState),
    Index(None, "order_id"),
)

journal = Table(
    "journal",
    metadata,
    key(),
    _ref("payment_id", "payments"),
    _required("account"),
    _required("amount", BigInteger),
    _required("currency"),
    _required("at", Instant),
    Index(None, "payment_id"),
    comment="Append-only: the postings of a payment sum to zero.",
)

# --- returns and files ---------------------------------------------------------------------

returns = Table(
    "returns",
    metadata,
    key(),
    _ref("order_id", "orders"),
    _required("seq", Integer),
    _ref("contact_id", "contacts"),
    _required("state"),
    _required("version", Integer),
    _required("reason"),
    _required("words"),
    _required("decline_reason", server_default=text("''")),
    Column("deadline", Instant),
    _required("outcome", server_default=text("''")),
    _required("trust", server_default=text("'full'")),
    one_of("trust", *Trust),
    _required("created", Instant),
    one_of("state", *ReturnState),
    UniqueConstraint("order_id", "seq"),
    Index(None, "contact_id"),
)

return_items = Table(
    "return_items",
    metadata,
    key(),
    _ref("return_id", "returns"),
    _ref("line_id", "order_lines"),
    _required("quantity", Integer),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    Index(None, "return_id"),
    Index(None, "line_id"),
)

files = Table(
    "files",
    metadata,
    key(),
    _ref("contact_id", "contacts"),
    Column("return_id", Id, ForeignKey("returns.id")),
    _required("telegram_file", server_default=text("''")),
    _required("name", server_default=text("''")),
    _required("mime", server_default=text("''")),
    Column("content", LargeBinary),
    Column("album", Text),
    _required("caption", server_default=text("''")),
    _required("at", Instant),
    Index(None, "return_id"),
    Index(None, "album"),
    comment="Photos from chat (by Telegram's file id) and from mail (their bytes).",
)

# --- in and out ----------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    key(),
    _required("channel"),
    _required("key"),
    _required("digest"),
    _required("lane"),
    _required("raw", LargeBinary),
    _required("received", Instant),
    _required("state"),
    _required("attempts", Integer, server_default=text("0")),
    Column("next_try", Instant),
    _required("rule", server_default=text("''")),
    _required("error", server_default=text("''")),
    Column("handled", Instant),
    one_of("channel", *Channel),
    one_of("state", "received", "handled", "ignored", "quarantined", "dead"),
    UniqueConstraint("channel", "key"),
    _index("ix_inbox_waiting", "id", only="state = 'received'"),
    _index("ix_inbox_dead", "id", only="state = 'dead'"),
)

mail_places = Table(
    "mail_places",
    metadata,
    key(),
    _required("account"),
    _required("folder"),
    _required("uidvalidity", BigInteger),
    _required("uid", BigInteger),
    _ref("inbox_id", "inbox"),
    UniqueConstraint("account", "folder", "uidvalidity", "uid"),
    comment="Where each mail was found, so that no copy is read twice.",
)

letters = Table(
    "letters",
    metadata,
    key(),
    _required("channel"),
    _required("address"),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("order_id", BigInteger),
    Column("inbox_id", BigInteger),
    _required("notice"),
    Column("about", Text),
    Column("card", Text),
    _required("subject"),
    _required("text"),
    _required("html"),
    _required("buttons", Json),
    _required("photos", Json),
    Column("topic", BigInteger),
    Column("reply_to", Text),
    _required("refs", Json),
    Column("message_id", Text, unique=True),
    _required("fresh", Boolean),
    _required("asks_contact", Boolean),
    _required("asks_location", Boolean, server_default=text("false")),
    _required("reminder", Boolean),
    _required("is_answer", Boolean),
    _required("state"),
    _required("attempts", Integer, server_default=text("0")),
    _required("uncertain", Boolean, server_default=text("false")),
    Column("next_try", Instant),
    _required("created", Instant),
    Column("sent", Instant),
    Column("sent_as", Text),
    _required("why", server_default=text("''")),
    one_of("channel", Channel.TELEGRAM, Channel.MAIL),
    one_of("state", "pending", "claimed", "sent", "uncertain", "failed", "abandoned", "folded"),
    _index("ix_letters_waiting", "id", only="state IN ('pending', 'claimed')"),
    _index("ix_letters_answers", "contact_id", "created", only="is_answer"),
    _index("ix_letters_sent_as", "channel", "address", "sent_as", only="sent_as IS NOT NULL"),
    Index(None, "order_id"),
    comment="Everything that was said, or waits to be.",
)

cards = Table(
    "cards",
    metadata,
    key(),
    _required("channel"),
    _required("address"),
    _required("card"),
    _required("message"),
    UniqueConstraint("channel", "address", "card"),
    comment="Which message in a chat is the live one of a subject.",
)

timers = Table(
    "timers",
    metadata,
    key(),
    _required("job"),
    _required("subject"),
    _required("due", Instant),
    UniqueConstraint("job", "subject", "due"),
    Index(None, "due"),
    comment="Ticks to come; each leaves through the inbox.",
)

APPEND_ONLY = (order_events, stock_moves, journal)
