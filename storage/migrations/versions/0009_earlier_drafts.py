"""Drafts know what they were before their last steps, so that these can be taken back.

Drafts of before know of none; what was placed never does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("earlier", sa.Text(), nullable=True))
