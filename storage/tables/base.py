"""What all tables share: their registry, and short ways to say a column."""

from sqlalchemy import Column, ForeignKey, Index, MetaData, Text, text

from storage.columns import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def required(name: str, kind: type | object = Text, **given: object) -> Column[object]:
    return Column(name, kind, nullable=False, **given)  # type: ignore[arg-type]


def working_index(name: str, *columns: str, only: str) -> Index:
    """An index of the few rows that are still at work: it does not grow with what is finished."""
    return Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only))


def ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=nullable)
