"""Statements that are worked out once: their SQL, the places of their values, and how values are converted.

SQLAlchemy keeps the SQL of a statement, too, but spends three times of what
SQLite needs on finding it and on a result that could do much more than ours
have to. What is prepared here are the statements that live as long as their
module: seen a second time, they are known.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any
from weakref import ref

from sqlalchemy import Boolean, Dialect, Executable
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]
BITS: Convert = {None: None, False: 0, True: 1}.__getitem__

RETURNING_ID, UPSERT = " RETURNING id", " DO UPDATE "
"""How an INSERT ends that asks for the new row's id, and what it says where an old row may take its place."""


class Rows:
    """What came of a statement: as much of SQLAlchemy's result as we ask for; `rowcount` for those that change rows."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        return self._rows

    def first(self) -> Any:
        """None where there is no row."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """Raises NoResultFound, MultipleResultsFound."""
        if not self._rows:
            raise NoResultFound("a row was needed")
        return self.one_or_none()

    def one_or_none(self) -> Any:
        """Raises MultipleResultsFound."""
        if len(self._rows) > 1:
            raise MultipleResultsFound("there are several rows")
        return self.first()

    def scalars(self) -> "Rows":
        """The first column alone."""
        return Rows([row[0] for row in self._rows], self.rowcount)

    def scalar_one(self) -> Any:
        """Raises NoResultFound, MultipleResultsFound."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        """Raises MultipleResultsFound."""
        row = self.one_or_none()
        return None if row is None else row[0]


class Prepared:
    """One statement with one set of names of values."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        sql = str(compiled)
        # SQLite makes a table of what is returned; the id of a new row the driver knows anyway.
        self._makes_row = sql.startswith("INSERT") and sql.endswith(RETURNING_ID) and UPSERT not in sql
        self.sql = sql.removesuffix(RETURNING_ID) if self._makes_row else sql
        places = compiled.positiontup or ()
        self._values = _values_of(places)
        converters = compiled._bind_processors  # noqa: SLF001  # what execution itself uses
        self._converters: list[tuple[int, Convert]] = [
            (place, BITS if isinstance(compiled.binds[name].type, Boolean) else converters[name])  # type: ignore[misc]
            for place, name in enumerate(places)
            if name in converters
        ]
        self._own = {name: compiled.binds[name].value for name in places if not compiled.binds[name].required}
        columns = compiled._result_columns  # noqa: SLF001  # as above
        # Names that nothing can be called by, such as those of functions, are renamed: they are read by place.
        names = [column.keyname for column in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024  # known only now
        # What a namedtuple's own way of being made comes to, after a call for nothing.
        self._made = partial(tuple.__new__, row)
        self.has_rows = bool(names)
        readers = [column.type._cached_result_processor(dialect, None) for column in columns]  # noqa: SLF001
        self._readers = [(place, reader) for place, reader in enumerate(readers) if reader is not None]

    def run(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> Rows:
        """Raises what sqlite3 raises."""
        cursor = connection.execute(self.sql, self.given(values))
        if not self.has_rows:
            return Rows(NO_ROWS, cursor.rowcount)
        if self._makes_row:
            return Rows([self._made((cursor.lastrowid,))] if cursor.rowcount else NO_ROWS, cursor.rowcount)
        found = cursor.fetchall()
        return Rows(list(map(self._made, map(self._read, found) if self._readers else found)), cursor.rowcount)

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for place, reader in self._readers:
            read[place] = reader(read[place])
        return read

    def given(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """The values in their places, as the driver takes them."""
        given = self._values({**self._own, **values} if self._own else values)
        if self._converters:
            given = list(given)
            for place, convert in self._converters:
                given[place] = convert(given[place])
        return given  # type: ignore[no-any-return]  # a tuple or a list


NO_ROWS: list[Any] = []


def _values_of(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Any]:
    """What takes the values of these names out of a mapping, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


class Preparer:
    """The prepared statements of one engine."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        # By id, since to hash a statement takes longer than to find it; each leaves when its statement does.
        self._seen: dict[int, _Forms] = {}

    def get(self, statement: Executable, values: Mapping[str, Any]) -> Prepared | None:
        """None for a statement that is new, or that cannot be prepared."""
        forms = self._seen.get(id(statement))
        if forms is None:
            self._seen[id(statement)] = _Forms(statement, self._seen)
            return None
        names = tuple(values) if forms.is_insert else ()
        if names not in forms.prepared:
            forms.prepared[names] = self._prepare(statement, list(names))
        return forms.prepared[names]

    def _prepare(self, statement: Executable, names: list[str]) -> Prepared | None:
        if not isinstance(statement, ClauseElement):
            return None
        compiled = statement.compile(dialect=self._dialect, column_keys=names or None)
        if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.literal_execute_params:
            return None
        return Prepared(compiled, self._dialect)


class _Forms:
    """One statement, prepared for each set of names: an INSERT has the columns of its values."""

    def __init__(self, statement: Executable, seen: dict[int, "_Forms"]) -> None:
        key = id(statement)
        self.is_insert = isinstance(statement, Insert)
        self.prepared: dict[tuple[str, ...], Prepared | None] = {}
        self._alive = ref(statement, lambda _: seen.pop(key, None))
