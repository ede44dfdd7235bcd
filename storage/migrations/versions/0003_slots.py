"""Slots and checkout: how many orders a time may take, and what a customer says at the checkout.

Orders from before took no slot, lie in no zone that had a name, and said nothing of payment, code
and name. Addresses from before are remembered, without a place on the map.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("id", ID, nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_slots_never_overfull")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint("pool", "begins", name=op.f("uq_slots_pool_begins")),
        comment="How many orders a time has, of how many that the shop took then when the last one came.",
    )
    for name in ("zone", "payment", "code", "called"):
        op.add_column("orders", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    _add_slot()
    op.add_column("details", sa.Column("spot", sa.Text(), nullable=True))
    op.add_column("details", _no("forgotten"))
    op.add_column("letters", _no("asks_location"))


def _no(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _add_slot() -> None:
    """SQLite adds a column with its reference in one; PostgreSQL names the constraint apart."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE orders ADD COLUMN slot_id INTEGER CONSTRAINT fk_orders_slot_id REFERENCES slots (id)")
    else:
        op.add_column("orders", sa.Column("slot_id", ID, nullable=True))
        op.create_foreign_key("fk_orders_slot_id", "orders", "slots", ["slot_id"], ["id"])
    only = sa.text("slot_id IS NOT NULL")
    op.create_index("ix_orders_slot_id", "orders", ["slot_id"], sqlite_where=only, postgresql_where=only)
