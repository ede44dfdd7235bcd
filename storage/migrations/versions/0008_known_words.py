"""SQLite compares a state with each word that it may be, instead of with a table of them.

For `state IN ('a', 'b', 'c')` SQLite makes a table of the words each time a row
is written: an order made some thirty of them. PostgreSQL does not, and keeps
its constraints. Nothing changes in the rows, so the constraints are changed
where they are written down (https://www.sqlite.org/lang_altertable.html,
section 7, the simpler procedure) and no table is copied.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LISTED = re.compile(r"CHECK \((\w+) IN \(([^()]+)\)\)")
TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    try:
        for name, told in connection.execute(sa.text(TABLES)).all():
            change = sa.text("UPDATE sqlite_master SET sql = :told WHERE type = 'table' AND name = :name")
            connection.execute(change, {"told": LISTED.sub(_compared, told), "name": name})
        connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    finally:
        # Reads the tables anew, too: what could not be read would fail here, with nothing kept.
        connection.execute(sa.text("PRAGMA writable_schema = RESET"))


def _compared(listed: re.Match[str]) -> str:
    words = [word.strip() for word in listed[2].split(",")]
    return f"CHECK ({' OR '.join(f'{listed[1]} = {word}' for word in words)})"
