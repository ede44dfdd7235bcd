"""Changes of a placed order, proposed by the customer; reminders of drafts, and who wants none.

Orders that are there were never changed: they count none. Customers who never said
otherwise are reminded. Drafts that are there get the timer that looks after them: it
asks how long they have waited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "'proposed', 'awaiting_staff', 'awaiting_customer', 'applied', 'declined', 'withdrawn', 'stale'"
LIVE = "state IN ('proposed', 'awaiting_staff', 'awaiting_customer')"


def upgrade() -> None:
    op.add_column("orders", sa.Column("changes", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("customers", sa.Column("no_reminders", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.create_table(
        "order_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines_before", sa.Text(), nullable=False),
        sa.Column("lines_after", sa.Text(), nullable=False),
        sa.Column("details_before", sa.Text(), nullable=False),
        sa.Column("details_after", sa.Text(), nullable=False),
        sa.Column("total_before", sa.BigInteger(), nullable=False),
        sa.Column("total_after", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_order_changes_state_known")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_changes_order_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_order_changes_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_changes")),
        sa.UniqueConstraint("order_id", "seq", name=op.f("uq_order_changes_order_id_seq")),
        comment="What a customer wants to be different about a placed order; at most one of a kind waits.",
    )
    op.create_index(
        "ix_order_changes_live",
        "order_changes",
        ["order_id", "state"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.execute(
        "INSERT INTO timers (job, subject, due) "
        "SELECT 'draft_over', CAST(id AS TEXT), created FROM orders WHERE state = 'draft'"
    )
