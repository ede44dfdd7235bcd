"""Availability: categories and single options can be sold out, and products have daily limits.

What was sold out until now was always a whole product. Orders from before counted
on no day's limit: there were none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _sold_out()
    op.create_table(
        "daily_counts",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_daily_counts_never_below_zero")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_daily_counts_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_counts")),
        sa.UniqueConstraint("article_id", "day", name=op.f("uq_daily_counts_article_id_day")),
        comment="How many of a product with a daily limit were ordered for a day of business.",
    )
    op.add_column("order_lines", sa.Column("day", sa.Text(), nullable=True))


def _sold_out() -> None:
    """The table is made anew, since its key changes; there are a handful of rows."""
    kept = [{"sku": row.sku, "until": row.until} for row in op.get_bind().execute(sa.text("SELECT * FROM sold_out"))]
    op.drop_table("sold_out")
    table = op.create_table(
        "sold_out",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("category", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("value", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sold_out")),
        sa.UniqueConstraint("sku", "category", "value", name=op.f("uq_sold_out_sku_category_value")),
        comment="A product, a category, or an option value of them; what is empty means all.",
    )
    if kept:
        op.bulk_insert(table, kept)
