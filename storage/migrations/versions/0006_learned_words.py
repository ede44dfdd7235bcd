"""Learned words: aliases that corrections proposed, and the customers who meant them.

A database from before has learned nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "'proposed', 'active', 'declined', 'revoked'"
ACTIVE = "state = 'active'"


def upgrade() -> None:
    op.create_table(
        "learned_words",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("option_group", sa.Text(), nullable=False),
        sa.Column("option_value", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("decided", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_learned_words_state_known")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_learned_words_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_words")),
        sa.UniqueConstraint(
            "key",
            "sku",
            "option_group",
            "option_value",
            name=op.f("uq_learned_words_key_sku_option_group_option_value"),
        ),
        comment="What customers call a product or an option beside its names; only active ones are read.",
    )
    op.create_index(
        "ix_learned_words_active",
        "learned_words",
        ["key"],
        unique=True,
        sqlite_where=sa.text(ACTIVE),
        postgresql_where=sa.text(ACTIVE),
    )
    op.create_table(
        "word_confirmations",
        sa.Column("id", ID, nullable=False),
        sa.Column("word_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["word_id"], ["learned_words.id"], name=op.f("fk_word_confirmations_word_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_word_confirmations_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_confirmations")),
        sa.UniqueConstraint("word_id", "customer_id", name=op.f("uq_word_confirmations_word_id_customer_id")),
        comment="Which customers meant it so: each counts once.",
    )
    op.create_index("ix_word_confirmations_customer_id", "word_confirmations", ["customer_id"])
