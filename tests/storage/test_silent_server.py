"""A PostgreSQL server that neither answers nor hangs up."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import insert, select

from storage import engine
from storage.store import Store
from storage.tables import counters
from tests.servers.middleman import Middleman


async def write(store: Store, name: str) -> None:
    async with store.transaction() as tx:
        await tx.connection.execute(insert(counters).values(name=name, value=1))


async def names(store: Store) -> set[str]:
    async with store.reading() as tx:
        found = await tx.connection.execute(select(counters.c.name).where(counters.c.value == 1))
        return set(found.scalars())


async def test_a_server_that_falls_silent_is_given_up_and_found_again(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = urlsplit(migrated_url).port
    if port is None:
        pytest.skip("SQLite has no server")
    monkeypatch.setattr(engine, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 0.5)
    async with Middleman(port) as between:
        store = Store(migrated_url.replace(f":{port}/", f":{between.port}/"))
        await write(store, "a")

        between.to_client = lambda _: b""
        with pytest.raises(TimeoutError):
            await write(store, "lost")
        between.to_client = bytes
        await write(store, "b")

        assert await names(store) == {"a", "b"}
        await store.close()
