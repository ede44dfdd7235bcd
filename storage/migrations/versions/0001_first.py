"""The first tables: shop, people, orders, stock, money, returns, inbox and outbox.

Order events, stock moves and the journal are append-only: triggers refuse to
change what was written once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite makes an INTEGER PRIMARY KEY the row id itself; PostgreSQL needs 64 bits said.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("order_events", "stock_moves", "journal")


def upgrade() -> None:
    _create_tables()
    for table in APPEND_ONLY:
        _refuse_changes(table)


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _create_tables() -> None:  # long because it is a list, in the order of the references
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("sku", name=op.f("uq_articles_sku")),
    )
    op.create_table(
        "cards",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("channel", "address", "card", name=op.f("uq_cards_channel_address_card")),
        comment="Which message in a chat is the live one of a subject.",
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "customers",
        sa.Column("id", ID, nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("blocked", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("error", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("handled", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("channel IN ('telegram', 'mail', 'clock')", name=op.f("ck_inbox_channel_known")),
        sa.CheckConstraint(
            "state IN ('received', 'handled', 'ignored', 'quarantined', 'dead')", name=op.f("ck_inbox_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    op.create_index(
        "ix_inbox_dead",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_table(
        "shop_facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shop_facts")),
        comment="Single facts: the staff group's id, closed by hand, paused until, the secret of our Message-IDs.",
    )
    op.create_table(
        "shop_files",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_files")),
        comment="Every shop file that was applied, byte for byte; the last one counts.",
    )
    op.create_table(
        "sold_out",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_sold_out")),
    )
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'staff', 'kitchen', 'courier', 'viewer')", name=op.f("ck_staff_role_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("user_id", name=op.f("uq_staff_user_id")),
    )
    op.create_table(
        "timers",
        sa.Column("id", ID, nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("job", "subject", "due", name=op.f("uq_timers_job_subject_due")),
        comment="Ticks to come; each leaves through the inbox.",
    )
    op.create_index(op.f("ix_timers_due"), "timers", ["due"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("unreachable", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.CheckConstraint("channel IN ('telegram', 'mail')", name=op.f("ck_contacts_channel_known")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_contacts_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("channel", "account", "address", name=op.f("uq_contacts_channel_account_address")),
        comment="Ways to reach a customer: a chat with one of our bots, a mail address.",
    )
    op.create_index(op.f("ix_contacts_customer_id"), "contacts", ["customer_id"], unique=False)
    op.create_table(
        "details",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('address', 'phone')", name=op.f("ck_details_kind_known")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_details_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_details")),
        comment="Postal addresses and phone numbers; orders point here.",
    )
    op.create_index(op.f("ix_details_customer_id_kind"), "details", ["customer_id", "kind"], unique=False)
    op.create_table(
        "invites",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_invites_staff_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invites")),
    )
    op.create_table(
        "mail_places",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_mail_places_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_places")),
        sa.UniqueConstraint(
            "account", "folder", "uidvalidity", "uid", name=op.f("uq_mail_places_account_folder_uidvalidity_uid")
        ),
        comment="Where each mail was found, so that no copy is read twice.",
    )
    op.create_table(
        "stock_accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("place", sa.Text(), server_default=sa.text("'main'"), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("low_told", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.CheckConstraint(
            "bucket IN ('shelf', 'held', 'committed', 'customer', 'supplier', 'loss', 'damaged')",
            name=op.f("ck_stock_accounts_bucket_known"),
        ),
        sa.CheckConstraint("quantity >= 0 OR bucket = 'supplier'", name=op.f("ck_stock_accounts_never_below_zero")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_stock_accounts_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_accounts")),
        sa.UniqueConstraint("article_id", "place", "bucket", name=op.f("uq_stock_accounts_article_id_place_bucket")),
        comment="Balances: projections of the moves.",
    )
    op.create_table(
        "stock_moves",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("place", sa.Text(), server_default=sa.text("'main'"), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("return_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "giver IN ('shelf', 'held', 'committed', 'customer', 'supplier', 'loss', 'damaged')",
            name=op.f("ck_stock_moves_giver_known"),
        ),
        sa.CheckConstraint(
            "taker IN ('shelf', 'held', 'committed', 'customer', 'supplier', 'loss', 'damaged')",
            name=op.f("ck_stock_moves_taker_known"),
        ),
        sa.CheckConstraint("quantity > 0 AND giver <> taker", name=op.f("ck_stock_moves_moves_something")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_stock_moves_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_moves")),
        comment="Append-only: each move takes from one account and gives to another.",
    )
    op.create_index(op.f("ix_stock_moves_article_id"), "stock_moves", ["article_id"], unique=False)
    op.create_index(op.f("ix_stock_moves_order_id"), "stock_moves", ["order_id"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("contact_id", ID, autoincrement=False, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("order_id", ID, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_conversations_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_conversations")),
        comment="What was asked last, so that the next words can answer it.",
    )
    op.create_table(
        "letters",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contact_id", ID, nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("inbox_id", sa.BigInteger(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("buttons", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("topic", sa.BigInteger(), nullable=True),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("asks_contact", sa.Boolean(), nullable=False),
        sa.Column("reminder", sa.Boolean(), nullable=False),
        sa.Column("is_answer", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("uncertain", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.Column("sent_as", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint("channel IN ('telegram', 'mail')", name=op.f("ck_letters_channel_known")),
        sa.CheckConstraint(
            "state IN ('pending', 'claimed', 'sent', 'uncertain', 'failed', 'abandoned', 'folded')",
            name=op.f("ck_letters_state_known"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_letters_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        comment="Everything that was said, or waits to be.",
    )
    op.create_index(
        "ix_letters_answers",
        "letters",
        ["contact_id", "created"],
        unique=False,
        sqlite_where=sa.text("is_answer"),
        postgresql_where=sa.text("is_answer"),
    )
    op.create_index(op.f("ix_letters_order_id"), "letters", ["order_id"], unique=False)
    op.create_index(
        "ix_letters_sent_as",
        "letters",
        ["channel", "address", "sent_as"],
        unique=False,
        sqlite_where=sa.text("sent_as IS NOT NULL"),
        postgresql_where=sa.text("sent_as IS NOT NULL"),
    )
    op.create_index(
        "ix_letters_waiting",
        "letters",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'claimed')"),
        postgresql_where=sa.text("state IN ('pending', 'claimed')"),
    )
    op.create_table(
        "orders",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("place", sa.Text(), server_default=sa.text("'main'"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("fulfilment", sa.Text(), nullable=False),
        sa.Column("fee", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tax", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("placed", sa.BigInteger(), nullable=True),
        sa.Column("wished", sa.BigInteger(), nullable=True),
        sa.Column("promised", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("phone_id", ID, nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("carrier", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("tracking", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("tracking_link", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("token", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("trust", sa.Text(), server_default=sa.text("'full'"), nullable=False),
        sa.CheckConstraint(
            "fulfilment IN ('planned', 'preparing', 'ready', 'handed_over', 'no_show', 'out', 'attempt_failed', 'brought_back', 'delivered', 'picking', 'packed', 'shipped', 'lost', 'cancelled')",
            name=op.f("ck_orders_fulfilment_known"),
        ),
        sa.CheckConstraint("kind IN ('pickup', 'delivery', 'shipping')", name=op.f("ck_orders_kind_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'pending', 'accepted', 'completed', 'rejected', 'cancelled', 'expired')",
            name=op.f("ck_orders_state_known"),
        ),
        sa.CheckConstraint("trust IN ('full', 'token', 'low', 'none')", name=op.f("ck_orders_trust_known")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_orders_version_counts_up")),
        sa.ForeignKeyConstraint(["address_id"], ["details.id"], name=op.f("fk_orders_address_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_orders_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_orders_customer_id")),
        sa.ForeignKeyConstraint(["phone_id"], ["details.id"], name=op.f("fk_orders_phone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    op.create_index(op.f("ix_orders_contact_id_id"), "orders", ["contact_id", "id"], unique=False)
    op.create_index(
        "ix_orders_draft",
        "orders",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "ix_orders_open",
        "orders",
        ["state", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'accepted')"),
        postgresql_where=sa.text("state IN ('pending', 'accepted')"),
    )
    op.create_index(
        "ix_orders_pending",
        "orders",
        ["customer_id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "order_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("state_from", sa.Text(), nullable=False),
        sa.Column("state_to", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "actor IN ('customer', 'staff', 'clock', 'owner')", name=op.f("ck_order_events_actor_known")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_events_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_events")),
        sa.UniqueConstraint("order_id", "seq", name=op.f("uq_order_events_order_id_seq")),
        comment="Append-only: the timeline.",
    )
    op.create_table(
        "order_lines",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fulfilled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("returned", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "cancelled >= 0 AND fulfilled >= 0 AND fulfilled <= quantity - cancelled",
            name=op.f("ck_order_lines_fulfilled_fits"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_lines_quantity_positive")),
        sa.CheckConstraint("returned >= 0 AND returned <= fulfilled", name=op.f("ck_order_lines_returned_fits")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_order_lines_order_id_position")),
    )
    op.create_table(
        "payments",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reverses", ID, nullable=True),
        sa.Column("provider_charge", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('created', 'captured', 'failed')", name=op.f("ck_payments_state_known")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payments_order_id")),
        sa.ForeignKeyConstraint(["reverses"], ["payments.id"], name=op.f("fk_payments_reverses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("provider_charge", name=op.f("uq_payments_provider_charge")),
    )
    op.create_index(op.f("ix_payments_order_id"), "payments", ["order_id"], unique=False)
    op.create_table(
        "reservations",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'committed', 'consumed', 'released', 'expired')",
            name=op.f("ck_reservations_state_known"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservations_quantity_positive")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_reservations_article_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reservations_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
    )
    op.create_index(
        "ix_reservations_live",
        "reservations",
        ["article_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('held', 'committed')"),
        postgresql_where=sa.text("state IN ('held', 'committed')"),
    )
    op.create_index(op.f("ix_reservations_order_id"), "reservations", ["order_id"], unique=False)
    op.create_table(
        "returns",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decline_reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("trust", sa.Text(), server_default=sa.text("'full'"), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'declined', 'cancelled', 'received', 'inspected', 'resolved', 'closed')",
            name=op.f("ck_returns_state_known"),
        ),
        sa.CheckConstraint("trust IN ('full', 'token', 'low', 'none')", name=op.f("ck_returns_trust_known")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_returns_contact_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_returns_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("order_id", "seq", name=op.f("uq_returns_order_id_seq")),
    )
    op.create_index(op.f("ix_returns_contact_id"), "returns", ["contact_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("return_id", ID, nullable=True),
        sa.Column("telegram_file", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("mime", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("caption", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_files_contact_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_files_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        comment="Photos from chat (by Telegram's file id) and from mail (their bytes).",
    )
    op.create_index(op.f("ix_files_album"), "files", ["album"], unique=False)
    op.create_index(op.f("ix_files_return_id"), "files", ["return_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", ID, nullable=False),
        sa.Column("payment_id", ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_journal_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        comment="Append-only: the postings of a payment sum to zero.",
    )
    op.create_index(op.f("ix_journal_payment_id"), "journal", ["payment_id"], unique=False)
    op.create_table(
        "return_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("return_id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_items_quantity_positive")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_return_items_line_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_items_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_items")),
    )
    op.create_index(op.f("ix_return_items_line_id"), "return_items", ["line_id"], unique=False)
    op.create_index(op.f("ix_return_items_return_id"), "return_items", ["return_id"], unique=False)
