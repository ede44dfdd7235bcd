"""Column types that read the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ColumnElement, Dialect, Integer, Text, literal_column
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# One encoder for all: json.dumps makes a new one for every call with options.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# SQLite makes an INTEGER PRIMARY KEY the row id itself; PostgreSQL needs 64 bits said.
Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as microseconds since 1970: exact, sortable, the same everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A value as JSON text, keys in the order given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _as_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


def one_of(name: str, *values: StrEnum | str) -> CheckConstraint:
    """Text that must be one of these: a native enum could not be changed by a simple migration."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=f"{name}_known")


def key() -> Column[int]:
    """The surrogate id of a row."""
    return Column("id", Id, primary_key=True)


def is_one_of(column: ColumnElement[Any], *values: str) -> ColumnElement[bool]:
    """The condition of a partial index, word for word: SQLite uses such an index only for the same literals."""
    literals: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in values]
    return column == literals[0] if len(literals) == 1 else column.in_(literals)
