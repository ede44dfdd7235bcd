"""`orderbot audit`, `replay` and `migrate`: the commands that look into the database and set it right."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.cli_common import console, fail, opened, print_json
from storage.audit import audit

if TYPE_CHECKING:
    from bot.settings import Settings


async def audit_books(settings: "Settings", *, as_json: bool) -> bool:
    """Print what contradicts itself; returns whether the books are in order."""
    async with opened(settings) as store, store.reading() as tx:
        findings = await audit(tx)
    if as_json:
        print_json(asdict(finding) for finding in findings)
        return not findings
    for finding in findings:
        console().print(f"{finding.document}: {finding.what} ({finding.rule})", style="red")
    console().print(f"{len(findings)} found" if findings else "the books are in order", style="bold")
    return not findings


async def list_resting(settings: "Settings", *, as_json: bool) -> None:
    """Print the messages that failed for good and rest."""
    async with opened(settings) as store, store.reading() as tx:
        resting = await tx.inbox.dead()
    if as_json:
        print_json({"id": row_id, "channel": channel, "error": error} for row_id, channel, error in resting)
        return
    for row_id, channel, error in resting:
        console().print(f"{row_id}  {channel}  {error}")
    if not resting:
        console().print("no message rests")


async def replay(settings: "Settings", inbox_id: int) -> None:
    """The message waits again; a running bot takes it up."""
    async with opened(settings) as store, store.transaction() as tx:
        if not await tx.inbox.replay(inbox_id):
            fail(f"message {inbox_id} does not rest: `orderbot replay` lists those that do")
    console().print(f"message {inbox_id} waits again")


async def replay_all(settings: "Settings") -> None:
    """As `replay`, for all that rest."""
    async with opened(settings) as store, store.transaction() as tx:
        resting = [row_id for row_id, _, _ in await tx.inbox.dead()]
        for row_id in resting:
            await tx.inbox.replay(row_id)
    console().print(f"{len(resting)} messages wait again" if len(resting) != 1 else "1 message waits again")


async def migrate_tables(settings: "Settings") -> None:
    """Bring the database to this version's tables; makes it where there is none."""
    from storage.migrate import UnusableDatabase, migrate, version
    from storage.store import Store

    store = Store(settings.database)
    try:
        was_old = await migrate(store.engine)
        has, _ = await version(store.engine)
    except UnusableDatabase as error:
        fail(error, "`orderbot check` looks closer")
    finally:
        await store.close()
    console().print(f"the database has the tables of version {has}{' now' if was_old else ' already'}")
