"""Product pages: pictures, half-made choices, allergies, and where an order came from.

Orders from before came from no table and no campaign: both are empty there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("at_table", "campaign"):
        op.add_column("orders", sa.Column(name, sa.Text(), server_default=sa.text("('')"), nullable=False))
    op.create_table(
        "pictures",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("telegram_file", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        comment="The shop's own pictures as they were applied; the newest of a name counts.",
    )
    op.create_index(op.f("ix_pictures_name"), "pictures", ["name"])
    op.create_table(
        "choices",
        sa.Column("contact_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_choices_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_choices")),
        comment="What a customer is putting together on the menu's pages.",
    )
    op.create_table(
        "allergies",
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_allergies_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_allergies")),
        comment="What a customer must not eat, by code: personal, in a row of its own.",
    )
