"""What the commands share: settings, shop files and the database or a plain word why not, and how results look."""

import json
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings
    from core.shop import Shop
    from storage.store import Store

NO = 1
WRONG_USE = 2


def fail(*lines: object, code: int = NO) -> NoReturn:
    """End the command; each line says what is wrong and what to do about it."""
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201 - the command line speaks here
    raise typer.Exit(code)


@cache
def console() -> "Console":
    """Where people read: in colours on a terminal, else as plain text; nothing in it is taken for markup."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)


def print_json(values: Iterable[Any]) -> None:
    """An object a line."""
    for value in values:
        print(json.dumps(value, ensure_ascii=False))  # noqa: T201 - the command line speaks here


def settings_of(*, to_run: bool = False) -> "Settings":
    """The settings, or the end of the command with all their faults."""
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(to_run=to_run)
    except SettingsError as error:
        fail(*error.faults, code=WRONG_USE)


def shop_of(path: Path) -> "Shop":
    """The shop of a file, or the end of the command with all the file's faults."""
    from storage.shop_file import NoShopFile, ShopFileError, load_shop

    try:
        return load_shop(path)
    except NoShopFile as error:
        fail(error, code=WRONG_USE)
    except ShopFileError as error:
        fail(error)


@asynccontextmanager
async def opened(settings: "Settings") -> AsyncIterator["Store"]:
    """The shop's database, or the end of the command where there is none that this version can work with."""
    from bot.environment import sqlite_file
    from storage.migrate import UnusableDatabase, version
    from storage.store import Store

    file = sqlite_file(settings.database)
    if file and not file.exists():
        fail(f"there is no database {file} yet: `orderbot run` makes it at its first start")
    store = Store(settings.database)
    try:
        try:
            has, wants = await version(store.engine)
        except UnusableDatabase as error:
            fail(error, "`orderbot check` looks closer")
        if has != wants:
            fail(f"the database has the tables of version {has}, this orderbot wants {wants}: `orderbot migrate`")
        yield store
    finally:
        await store.close()
