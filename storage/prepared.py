"""Statements that are worked out once: their SQL, the places of their values, and how values are converted.

SQLAlchemy keeps the SQL of a statement, too, but spends three times of what
SQLite needs on finding it and on a result that could do much more than ours
have to. What is prepared here are the statements that live as long as their
module: seen a second time, they are known.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Executable
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]


class Rows(IteratorResult[Any]):
    """What came of a statement; `rowcount` for those that change rows."""

    def __init__(self, shape: SimpleResultMetaData, rows: list[Any], rowcount: int) -> None:
        super().__init__(shape, iter(rows))
        self.rowcount = rowcount


class Prepared:
    """One statement with one set of names of values."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        self.sql = str(compiled)
        converters = compiled._bind_processors  # noqa: SLF001  # what execution itself uses
        places = compiled.positiontup or ()
        self._places: list[tuple[str, Convert | None]] = [(name, converters.get(name)) for name in places]  # type: ignore[misc]  # of one value
        self._own = {name: compiled.binds[name].value for name in places if not compiled.binds[name].required}
        columns = compiled._result_columns  # noqa: SLF001  # as above
        self._has_rows = bool(columns)
        read: list[Any] = [column.type._cached_result_processor(dialect, None) for column in columns]  # noqa: SLF001
        self._shape = SimpleResultMetaData(
            [column.keyname for column in columns], _processors=read if any(read) else None
        )

    def run(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> Rows:
        """Raises what sqlite3 raises."""
        cursor = self.execute(connection, values)
        return Rows(self._shape, cursor.fetchall() if self._has_rows else [], cursor.rowcount)

    def execute(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """The same where nobody asks what came of it."""
        given = {**self._own, **values} if self._own else values
        return connection.execute(
            self.sql,
            [given[name] if convert is None else convert(given[name]) for name, convert in self._places],
        )


class Preparer:
    """The prepared statements of one engine."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._seen: WeakKeyDictionary[Executable, dict[tuple[str, ...], Prepared | None]] = WeakKeyDictionary()

    def get(self, statement: Executable, values: Mapping[str, Any]) -> Prepared | None:
        """None for a statement that is new, or that cannot be prepared."""
        forms = self._seen.get(statement)
        if forms is None:
            self._seen[statement] = {}
            return None
        # An INSERT has the columns of its values.
        names = tuple(values) if isinstance(statement, Insert) else ()
        try:
            return forms[names]
        except KeyError:
            made = forms[names] = self._prepare(statement, list(names))
            return made

    def _prepare(self, statement: Executable, names: list[str]) -> Prepared | None:
        if not isinstance(statement, ClauseElement):
            return None
        compiled = statement.compile(dialect=self._dialect, column_keys=names or None)
        if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.literal_execute_params:
            return None
        return Prepared(compiled, self._dialect)
