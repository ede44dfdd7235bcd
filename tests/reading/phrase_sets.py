"""Sets of messages with what they mean (chat_*.toml and the others), and what the reader makes of them.

A line is written "2 margherita: large, extra cheese, 2*sugar @ Tom"; "?" says that the bot asks or reports words.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from core.menu import Amount, Chosen
from handlers.draft_edits import lay_over, merge
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message import read_message
from handlers.reading.understood import AddLine, ClearDraft, Edit, ReadLine, SetQuantity, Understood
from storage.shop_file import load_shop

HERE = Path(__file__).parent
TRATTORIA = HERE.parents[1] / "examples" / "trattoria.yaml"
ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""A Saturday, noon in Rome."""

ASKED = "?"
AMOUNTS = {"no": Amount.NONE, "light": Amount.LIGHT, "extra": Amount.EXTRA}
WORDS = {amount: word for word, amount in AMOUNTS.items()}
_LINE = re.compile(r"(?P<quantity>\d+) (?P<sku>[\w-]+)(?:: (?P<options>[^@]+?))?(?: @ (?P<whom>.+))?")
_OPTION = re.compile(r"(?:(?P<amount>no|light|extra) )?(?:(?P<count>\d+)\*)?(?P<value>\w+)")


@cache
def menu_of(path: Path) -> CompiledMenu:
    return compile_menu(load_shop(path).menu)


def rows(name: str) -> Iterator[tuple[str, str, list[str]]]:
    """Table, message and what is expected of it."""
    for table, messages in tomllib.loads((HERE / f"{name}.toml").read_text()).items():
        for text, expected in messages.items():
            yield table, text, expected


def understood(
    text: str, languages: tuple[str, ...], draft: tuple[ReadLine, ...] = (), shop: Path = TRATTORIA, at: datetime = NOON
) -> Understood:
    return read_message(text, menu_of(shop), languages=languages, draft=draft, now=at, zone=ROME)


def line_of(text: str, shop: Path = TRATTORIA) -> ReadLine:
    """The order line that is written so."""
    found = _LINE.fullmatch(text)
    assert found, text
    product = menu_of(shop).menu.by_sku[found["sku"]]
    options = []
    for written in (found["options"] or "").split(", ") if found["options"] else ():
        said = _OPTION.fullmatch(written)
        assert said, written
        (group,) = [group.group for group in product.groups if said["value"] in group.by_value]
        amount = AMOUNTS.get(said["amount"], Amount.REGULAR)
        options.append(Chosen(group, said["value"], amount, int(said["count"] or 1)))
    return ReadLine(found["sku"], int(found["quantity"]), tuple(options), for_whom=found["whom"] or "")


def expected_lines(written: Iterable[str], shop: Path = TRATTORIA) -> Counter[str]:
    """Lines and their quantities; the same goods are one line."""
    return as_counted(line_of(line, shop) for line in written if line != ASKED)


def as_counted(lines: Iterable[ReadLine]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for line in lines:
        counted[in_words(line)] += line.quantity
    return counted


def in_words(line: ReadLine) -> str:
    options = sorted(
        f"{WORDS.get(chosen.amount, '')} {chosen.value}".strip() + (f" x{chosen.count}" if chosen.count != 1 else "")
        for chosen in line.options
    )
    return ": ".join([line.sku, *([", ".join(options)] if options else [])])


def asks(found: Understood) -> bool:
    return bool(found.reading.unread or found.reading.questions)


def applied(draft: Sequence[ReadLine], edits: Iterable[Edit], shop: Path = TRATTORIA) -> tuple[ReadLine, ...]:
    """The draft after the edits, as the desk keeps it."""
    menu = menu_of(shop).menu
    kept: list[ReadLine | None] = [*draft]
    added: list[ReadLine] = []
    for edit in edits:
        if isinstance(edit, ClearDraft):
            kept, added = [None] * len(kept), []
        elif isinstance(edit, AddLine):
            added.append(edit.line)
        elif (line := kept[edit.index]) is not None:
            if isinstance(edit, SetQuantity):
                kept[edit.index] = ReadLine(line.sku, edit.quantity, line.options) if edit.quantity else None
            else:
                kept_options = tuple(one for one in line.options if one not in edit.dropped)
                options = lay_over(menu.by_sku[line.sku], kept_options, edit.options)
                kept[edit.index] = ReadLine(line.sku, line.quantity, options)
    return merge([line for line in (*kept, *added) if line is not None])
