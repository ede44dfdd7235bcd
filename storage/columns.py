"""Column types that read the same on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ColumnElement, Dialect, Integer, Text, literal_column
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# One encoder for all: json.dumps makes a new one for every call with options.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_EMPTY: dict[Any, str] = {dict: "{}", list: "[]", tuple: "[]"}

# SQLite makes an INTEGER PRIMARY KEY the row id itself; PostgreSQL needs 64 bits said.
Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as microseconds since 1970: exact, sortable, the same everywhere."""

    impl = BigInteger
    cache_ok = True

    # The functions themselves: a decorator's usual pair is called through two more.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:  # noqa: ARG002
        return _microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:  # noqa: ARG002
        return _instant


def _microseconds(value: datetime | None) -> int | None:
    return None if value is None else (value - _EPOCH) // _MICROSECOND


def _instant(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A value as JSON text, keys in the order given."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:  # noqa: ARG002
        return _written

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:  # noqa: ARG002
        return _read


def _written(value: Any) -> str | None:
    if not value and type(value) in _EMPTY:
        return _EMPTY[type(value)]
    return None if value is None else _as_json(value)


def _read(value: str | None) -> Any:
    return None if value is None else json.loads(value)


def storable(said: str, most: int) -> str:
    """What a server or an error said, cut to `most` characters: NUL and half characters no database takes."""
    return said[:most].encode("utf-8", "replace").decode().replace("\0", "")


def one_of(name: str, *values: StrEnum | str) -> CheckConstraint:
    """Text that must be one of these: a native enum could not be changed by a simple migration.

    Not with IN: for more than two values SQLite makes a table of them, for each row that is written.
    """
    return CheckConstraint(" OR ".join(f"{name} = '{value}'" for value in values), name=f"{name}_known")


def key() -> Column[int]:
    """The surrogate id of a row."""
    return Column("id", Id, primary_key=True)


def is_one_of(column: ColumnElement[Any], *values: str) -> ColumnElement[bool]:
    """The condition of a partial index, word for word: SQLite uses such an index only for the same literals."""
    literals: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in values]
    return column == literals[0] if len(literals) == 1 else column.in_(literals)
