"""Changes of a placed order that the shop proposes; slots and days are found by their time.

Until now customers alone proposed changes; now each side may have one that it has not sent. With every message a shop that counts
slots, or the numbers of days, looks at those to come, and past ones are kept: the
indexes spare it a look at all of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LIVE = "state IN ('proposed', 'awaiting_staff', 'awaiting_customer')"


def upgrade() -> None:
    op.add_column("order_changes", sa.Column("by_shop", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.drop_index("ix_order_changes_live", table_name="order_changes")
    op.create_index(
        "ix_order_changes_live",
        "order_changes",
        ["order_id", "state", "by_shop"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.create_index("ix_slots_begins", "slots", ["begins"])
    op.create_index("ix_daily_counts_day", "daily_counts", ["day"])
