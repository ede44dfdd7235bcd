"""`orderbot qr`: codes to print, each a link that opens the bot at a place."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_common import WRONG_USE, console, fail, opened
from core.frozen import frozen
from core.links import CampaignLink, CategoryLink, Link, ProductLink, TableLink, payload_of, read_payload
from storage.shop_file import KeptFileError, parse_kept

if TYPE_CHECKING:
    from bot.settings import Settings

PICTURES = {".svg", ".png"}
SCALE = 10
"""Pixels a module: a code of some 30 modules is large enough to be printed."""
QUIET = 4
"""Modules of white around it: less, and some cameras do not find it."""
USERNAME = re.compile(r"@?([A-Za-z0-9_]{1,64})")


@frozen
class Wanted:
    """What was asked for on the command line; nothing at all is the bot itself."""

    product: str | None = None
    category: str | None = None
    table: str | None = None
    tables: int | None = None
    campaign: str | None = None

    def links(self) -> dict[str, Link]:
        """Name of the file to the link. Ends the command for more than one kind."""
        found: list[dict[str, Link]] = []
        if self.product is not None:
            found.append({self.product: ProductLink(self.product)})
        if self.category is not None:
            found.append({self.category: CategoryLink(self.category)})
        if self.table is not None:
            found.append({f"table-{self.table}": TableLink(self.table)})
        if self.tables is not None:
            found.append({f"table-{each}": TableLink(str(each)) for each in range(1, self.tables + 1)})
        if self.campaign is not None:
            found.append({f"campaign-{self.campaign}": CampaignLink(self.campaign)})
        if len(found) > 1:
            fail("one kind of code at a time", code=WRONG_USE)
        return found[0] if found else {}


async def make_codes(settings: "Settings", wanted: Wanted, out: Path | None, bot: str | None) -> None:
    """Print the code and its link, or write one file each."""
    name = _username(bot) if bot else await _bot_name(settings)
    links = wanted.links()
    payloads = await _payloads(settings, links) if links else {"bot": ""}
    if out is None and len(payloads) > 1:
        fail("several codes need --out and a folder", code=WRONG_USE)
    for file, payload in payloads.items():
        address = f"https://t.me/{name}" + (f"?start={payload}" if payload else "")
        _make(address, _path(out, file, many=len(payloads) > 1))


def _username(given: str) -> str:
    written = USERNAME.fullmatch(given)
    if written is None:
        fail(f"{given!r} is no username: one has letters, digits and _ alone, such as trattoria_bot", code=WRONG_USE)
    return written[1]


async def _payloads(settings: "Settings", links: dict[str, Link]) -> dict[str, str]:
    """What each link carries; a table's is sealed with the shop's secret, which the database keeps."""
    async with opened(settings) as store, store.transaction() as tx:
        secret = await tx.facts.secret()
        content = await tx.facts.shop_file()
    if content is None:
        fail("no shop file is kept yet: `orderbot menu apply` keeps one")
    try:
        menu = parse_kept(content).menu
    except KeptFileError as error:
        fail(error)
    payloads = {}
    for file, link in links.items():
        try:
            payloads[file] = payload_of(link, secret)
        except ValueError as error:
            fail(f"{file}: {error}", code=WRONG_USE)
        if read_payload(payloads[file], menu, secret) is None:
            fail(f"{file} is not on the menu that counts: `orderbot menu apply` brings a newer one")
    return payloads


async def _bot_name(settings: "Settings") -> str:
    """As Telegram knows us: asked for, else as it said last."""
    if settings.telegram is None:
        fail("which bot? Set ORDERBOT_TELEGRAM_TOKEN, or name it: --bot NAME", code=WRONG_USE)
    from bot.telegram import FAILURES, TelegramClient

    telegram = settings.telegram
    try:
        async with TelegramClient(telegram.token.get_secret_value(), telegram.api, telegram.files) as client:
            return (await client.me()).username
    except FAILURES as failure:
        fail(f"Telegram does not say the bot's name ({failure!r}): name it yourself with --bot NAME")


def _path(out: Path | None, file: str, *, many: bool) -> Path | None:
    if out is None:
        return None
    if out.suffix.lower() in PICTURES and not many:
        return out
    if out.suffix.lower() in PICTURES:
        fail(f"several codes do not fit into {out}: name a folder", code=WRONG_USE)
    if out.suffix:
        fail("--out is a file that ends in .svg or .png, or a folder", code=WRONG_USE)
    out.mkdir(parents=True, exist_ok=True)
    return out / f"{file}.svg"


def _make(address: str, path: Path | None) -> None:
    import segno

    code = segno.make(address, error="m", micro=False)
    if path is None:
        code.terminal(border=QUIET, compact=True)
        console().print(address)
        return
    try:
        code.save(str(path), scale=SCALE, border=QUIET)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}")
    console().print(f"{path}  {address}")
