"""The command line. Each command imports what it needs when it runs: none waits for the others' libraries.

Exit codes: 0 fine, 1 the answer is no, 2 wrong use (wrong settings among it).
"""

import asyncio
import gc
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_common import NO, WRONG_USE, fail, settings_of, shop_of

app = typer.Typer(
    help="A small shop's whole order desk, in Telegram and by email.",
    no_args_is_help=True,
    add_completion=False,
    # Its tracebacks would show the values of variables, secrets and customers' words among them.
    pretty_exceptions_enable=False,
)
menu = typer.Typer(help="The shop file: show what a new one changes, apply it, get it back.", no_args_is_help=True)
app.add_typer(menu, name="menu")


class Way(StrEnum):
    """How a notice leaves."""

    TELEGRAM = "telegram"
    MAIL = "mail"


class Bench(StrEnum):
    """What can be measured."""

    CORE = "core"
    READ = "read"


AsJson = Annotated[bool, typer.Option("--json", help="An object a line, for programs.")]
ShopFile = Annotated[Path | None, typer.Argument(metavar="FILE", help="The shop file; left out: ORDERBOT_SHOP.")]


def main() -> None:
    """The program `orderbot`."""
    # Orders are private: whatever is written is its owner's alone.
    os.umask(0o077)
    app()


@app.command()
def run() -> None:
    """Run the bot, with settings from the environment and .env."""
    # What is loaded at the start stays: to look for garbage in it takes a seventh of the time until we are ready.
    gc.disable()
    settings = settings_of(to_run=True)
    from bot.settings import SettingsError
    from bot.without import without

    # structlog loads rich for tracebacks in colours: a tenth of the whole bot's memory.
    with without("rich"):
        from bot.serve import run as serve
    from bot.wiring import UnusableTexts
    from storage.migrate import UnusableDatabase
    from storage.shop_file import ShopFileError

    try:
        serve(settings)
    except SettingsError as error:
        fail(*error.faults, code=WRONG_USE)
    except (ShopFileError, UnusableTexts) as error:
        fail(error, code=WRONG_USE)
    except UnusableDatabase as error:
        # Not wrong use, after which nothing would start us again: a database server may only be late.
        fail(error, "`orderbot check` looks closer")


@app.command()
def demo(port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page; 0 takes a free one.")] = 8765) -> None:
    """Open the sandbox: customers, staff group and mailbox in one web page, no account needed."""
    from bot.demo import PortTaken
    from bot.demo import run as play

    try:
        play(port)
    except PortTaken as error:
        fail(error, code=WRONG_USE)


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Look for what is wrong: settings, shop file, database, Telegram, group, mail, clock."""
    from bot.doctor import check_all, keep_quiet, show

    keep_quiet()
    if not show(asyncio.run(check_all()), as_json=as_json):
        raise typer.Exit(NO)


@app.command()
def read(
    *,
    shop: Annotated[Path | None, typer.Option(metavar="FILE", help="The shop file; left out: ORDERBOT_SHOP.")] = None,
    mail: Annotated[bool, typer.Option("--mail", help="Each line is the path of a raw mail.")] = False,
    language: Annotated[str | None, typer.Option(help="The customer's; left out: those of the shop.")] = None,
) -> None:
    """The reader alone: a message a line comes in, a JSON object a line goes out."""
    from bot.cli_read import read_mails, read_messages

    if mail:
        settings = settings_of()
        read_mails(shop_of(shop or settings.shop), settings, sys.stdin.buffer, sys.stdout.buffer)
    else:
        read_messages(shop_of(shop or settings_of().shop), language, sys.stdin.buffer, sys.stdout.buffer)


@app.command()
def audit(*, as_json: AsJson = False) -> None:
    """Whether the books are in order; names each document that contradicts itself."""
    settings = settings_of()
    from bot.cli_database import audit_books

    if not asyncio.run(audit_books(settings, as_json=as_json)):
        raise typer.Exit(NO)


@app.command()
def erase(
    who: Annotated[str, typer.Argument(metavar="CUSTOMER", help="A mail address, a Telegram chat, or #1001.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; left out, what would go is shown.")] = False,
) -> None:
    """Forget a person, on their request: orders, stock and money stay, without name, address or words."""
    settings = settings_of()
    from bot.cli_erase import erase_person

    asyncio.run(erase_person(settings, who, is_meant=yes))


@app.command()
def replay(
    *,
    number: Annotated[
        int | None, typer.Argument(metavar="N", help="The message, as the staff's card names it.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All that rest.")] = False,
    as_json: AsJson = False,
) -> None:
    """Have a message that failed for good handled again; without N, list those that rest."""
    if number is not None and every:
        fail("either a message or --all", code=WRONG_USE)
    settings = settings_of()
    from bot import cli_database

    if every:
        asyncio.run(cli_database.replay_all(settings))
    elif number is not None:
        asyncio.run(cli_database.replay(settings, number))
    else:
        asyncio.run(cli_database.list_resting(settings, as_json=as_json))


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version; `run` does it by itself."""
    settings = settings_of()
    from bot.cli_database import migrate_tables

    asyncio.run(migrate_tables(settings))


@menu.command("apply")
def menu_apply(file: ShopFile = None) -> None:
    """Show what the file changes, then make it the shop."""
    settings = settings_of()
    from bot.cli_menu import apply_file

    asyncio.run(apply_file(settings, file or settings.shop))


@menu.command("export")
def menu_export() -> None:
    """Print the shop file that counts, byte for byte."""
    settings = settings_of()
    from bot.cli_menu import export_file

    asyncio.run(export_file(settings))


@menu.command("diff")
def menu_diff(file: ShopFile = None, *, as_json: AsJson = False) -> None:
    """Show what the file would change."""
    settings = settings_of()
    from bot.cli_menu import diff_file

    asyncio.run(diff_file(settings, file or settings.shop, as_json=as_json))


@app.command()
def qr(  # the links that there are
    *,
    product: Annotated[str | None, typer.Option(metavar="SKU", help="Opens this product.")] = None,
    category: Annotated[str | None, typer.Option(metavar="CODE", help="Opens this heading of the menu.")] = None,
    table: Annotated[str | None, typer.Option(metavar="NAME", help="Orders come to this table.")] = None,
    tables: Annotated[int | None, typer.Option(min=1, max=500, help="The tables from 1 to this one.")] = None,
    campaign: Annotated[str | None, typer.Option(metavar="NAME", help="Stands in the order's timeline.")] = None,
    out: Annotated[Path | None, typer.Option(help="An .svg or .png, or a folder; left out: shown here.")] = None,
    bot: Annotated[
        str | None, typer.Option(metavar="NAME", help="The bot's username; left out: Telegram is asked.")
    ] = None,
) -> None:
    """Make a QR code that opens the bot, or a product, a table or a campaign in it."""
    settings = settings_of()
    from bot.cli_qr import Wanted, make_codes

    asyncio.run(make_codes(settings, Wanted(product, category, table, tables, campaign), out, bot))


@app.command()
def preview(
    notice: Annotated[str | None, typer.Argument(help="Such as order_accepted.")] = None,
    *,
    language: Annotated[str | None, typer.Option(help="Left out: the shop's first.")] = None,
    channel: Annotated[Way | None, typer.Option(help="Left out: all that the notice has.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a notice says, with a sample of its kind; without NOTICE, list all."""
    from bot import cli_preview

    if notice is None:
        cli_preview.list_notices()
        return
    cli_preview.preview(notice, settings_of(), language, channel, as_json=as_json)


@app.command()
def bench(
    what: Annotated[
        Bench, typer.Argument(help="core: from a message that came in to its letters. read: reading its words.")
    ] = Bench.CORE,
    *,
    orders: Annotated[int, typer.Option(min=1, help="So many of one customer in each round.")] = 300,
    rounds: Annotated[int, typer.Option(min=1, help="Medians over so many are printed.")] = 5,
    finished: Annotated[
        list[int], typer.Option(min=1, help="With so many finished orders in the database; once or more.")
    ] = [1_000, 100_000],  # noqa: B006 - typer reads it once
    folder: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Whose disk is measured; left out: /tmp's.")
    ] = None,
    shop: Annotated[Path | None, typer.Option(dir_okay=False, help="read: with this shop's menu.")] = None,
    messages: Annotated[
        Path | None, typer.Option(dir_okay=False, help="read: these, one a line, - as typed; left out: made up.")
    ] = None,
    worst: Annotated[bool, typer.Option("--worst", help="read: texts made to be slow.")] = False,
) -> None:
    """Measure the speed of orderbot on this machine beside its base, a JSON object a line."""
    if what is Bench.READ:
        from bot import bench_read, bench_worst

        if worst:
            bench_worst.main()
            return
        try:
            said = bench_read.messages_of(messages) if messages else ()
        except OSError as error:
            fail(f"{messages} cannot be read: {error.strerror}", code=WRONG_USE)
        if messages and not said:
            fail(f"{messages} has no message: write some into it, one a line", code=WRONG_USE)
        bench_read.main(shop, said, rounds)
        return
    from bot.bench import Size
    from bot.bench import main as measure

    measure(Size(orders=orders, rounds=rounds, finished=tuple(finished)), folder)
