"""The doctor's checks on this machine: shop file, texts, database, files that others can read, disk, clock."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path

from bot.doctor_findings import Finding, bad, ok, warn
from bot.environment import sqlite_file
from bot.settings import Settings, is_first_start
from bot.wiring import OVERRIDES, shop_facts
from core.frozen import frozen
from core.people import Role
from core.shop import Fault
from storage.migrate import UnusableDatabase, version
from storage.shop_file import KeptFileError, ShopFileError, load_shop, parse_kept, parse_shop
from storage.store import Store
from templates.check import faults, never_said
from templates.render import Renderer

LITTLE_BYTES = 1_000_000_000
NOTHING_BYTES = 100_000_000
FIRST_YEAR = 2026


@frozen(slots=False, kw_only=True)
class Books:
    """What the other checks need from the database; empty where there is none yet."""

    facts: Mapping[str, str] = field(default_factory=dict)
    shop_file: bytes | None = None
    has_owner: bool = False


async def look_at_database(settings: Settings) -> tuple[list[Finding], Books]:
    """Whether it opens and has this version's tables; makes the code for /here where it is missing."""
    file = sqlite_file(settings.database)
    if file and not file.exists():
        return [_can_be_made(file)], Books()
    store = Store(settings.database)
    try:
        has, wants = await version(store.engine)
        if has != wants:
            cure = "`orderbot migrate`; `orderbot run` does it by itself"
            return [warn(f"the database has the tables of version {has}, not {wants}", cure)], Books()
        return [ok("the database opens and has its tables")], await _books(store)
    except UnusableDatabase as error:
        return [bad(str(error), "look at ORDERBOT_DATABASE, and whether it runs")], Books()
    except Exception as error:  # noqa: BLE001 - each database has failures of its own, and none may end the check
        return [bad(f"the database cannot be used: {error}", "look at ORDERBOT_DATABASE, and whether it runs")], Books()
    finally:
        await store.close()


def _can_be_made(file: Path) -> Finding:
    if os.access(file.absolute().parent, os.W_OK):
        return ok(f"there is no database yet: the first start makes {file}")
    return bad(f"there is no database yet, and nobody may write into {file.absolute().parent}", "change its owner")


async def _books(store: Store) -> Books:
    async with store.transaction() as tx:
        await tx.facts.binding_code()
        staff = await tx.staff.everybody()
        return Books(
            facts=await tx.facts.all(),
            shop_file=await tx.facts.shop_file(),
            has_owner=any(person.role is Role.OWNER for person in staff),
        )


def shop_file(settings: Settings, books: Books) -> list[Finding]:
    """Whether there is a shop, and whether the file is the one that counts."""
    return [*_on_the_disk(settings, books), *_kept(books)]


def _kept(books: Books) -> list[Finding]:
    """Only what is wrong: a newer version may read more strictly, and does not start then."""
    try:
        if books.shop_file is not None:
            parse_kept(books.shop_file)
    except KeptFileError as error:
        cure = "mend the shop file, then `orderbot menu apply`"
        return [bad(f"the kept shop file cannot be read any more: {_said(fault)}", cure) for fault in error.faults]
    return []


def _on_the_disk(settings: Settings, books: Books) -> list[Finding]:
    try:
        content = settings.shop.read_bytes()
    except OSError as error:
        if books.shop_file is not None:
            return [ok("the shop file that was applied counts")]
        if is_first_start(settings.database):
            # A first start wants the file, so the settings' faults have told it.
            return []
        return [bad(f"{settings.shop} cannot be read: {error.strerror}", "set ORDERBOT_SHOP to the shop file's path")]
    try:
        shop = parse_shop(content, settings.shop.name)
    except ShopFileError as error:
        return [bad(f"{settings.shop.name}: {_said(fault)}", fault.cure) for fault in error.faults]
    found = [ok(f"{settings.shop.name} is right: {len(shop.menu.products)} products")]
    if books.shop_file not in (None, content):
        found.append(warn(f"{settings.shop.name} is not the shop file that counts", "`orderbot menu apply`"))
    return found + [warn(f"{settings.shop.name}: {_said(each)}", each.cure) for each in shop.warnings]


def _said(fault: Fault) -> str:
    """ "catalogue[3].price is missing (line 12)"."""
    return f"{fault.where} {fault.what} (line {fault.line})".strip()


def texts(settings: Settings, now: datetime) -> list[Finding]:
    """Whether the owner's own texts can be said, before a customer meets a broken one, and whether all of them are."""
    folder = settings.shop.parent / OVERRIDES
    if not folder.is_dir():
        return []
    try:
        shop = load_shop(settings.shop)
    except ShopFileError:
        # Told already, and without a shop there is nothing to say.
        return []
    broken = faults(Renderer(shop_facts(shop), folder), now)
    unread = never_said(folder, shop.languages, now)
    return [
        *(bad(f"a text cannot be said: {each}", f"look into {folder}") for each in broken),
        *(warn(f"nobody reads this: {each}", f"look into {folder}") for each in unread),
    ]


def private_files(settings: Settings, env_file: Path = Path(".env")) -> list[Finding]:
    """Whether others on this machine can read orders or passwords."""
    database = sqlite_file(settings.database)
    files = [file for file in (database, env_file) if file and file.exists()]
    open_ones = [file for file in files if file.stat().st_mode & 0o077]
    return [bad(f"others on this machine can read {file}", f"chmod 600 {file}") for file in open_ones]


def disk(settings: Settings) -> list[Finding]:
    """Whether there is room; a database elsewhere has its own disk."""
    file = sqlite_file(settings.database)
    if file is None:
        return []
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    words = f"{free // 1_000_000} MB are free on the disk"
    if free < NOTHING_BYTES:
        return [bad(words, "make room: without it no order can be taken")]
    return [warn(words, "make room soon") if free < LITTLE_BYTES else ok(words)]


def clock(now: datetime) -> list[Finding]:
    """Whether the clock was ever set."""
    if now.year < FIRST_YEAR:
        return [bad(f"the clock says {now.date()}", "set it: timedatectl set-ntp true")]
    return []
