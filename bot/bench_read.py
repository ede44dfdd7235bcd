"""`orderbot bench read`: how long one message takes to be read, beside a reader that only looks for names.

The base reads from left to right and takes the longest name of the menu at each place, nothing else: no options
of lines, no spelling, no times and addresses. Both read each message in turn, so that a machine that slows down hits
both; what is counted is time of the processor. docs/performance.md says what the figures mean.
"""

import contextlib
import gc
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bench_texts import catalogue, orders
from bot.demo import example_shop
from core.frozen import frozen
from core.menu import Menu
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message import read_message
from storage.shop_file import load_shop

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""What is measured does not depend on when."""
PRODUCTS = 10_000
"""Of the large catalogue."""
MESSAGES = 400
"""So many are made from a menu."""
WARM_UP = 100
"""So many are read before anything is measured: patterns are compiled, word lists read."""
STANDARD_INPUT = Path("-")


@frozen(slots=False)
class Texts:
    """A menu, and the messages that are read with it."""

    name: str
    menu: Menu
    zone: ZoneInfo
    messages: tuple[str, ...]


def texts(shop: Path | None, messages: tuple[str, ...], products: int) -> Iterator[Texts]:
    """The shop of this file and these messages; without them the example shop and a catalogue of so many products."""
    loaded = load_shop(shop or example_shop())
    said = messages or tuple(orders(loaded.menu, MESSAGES))
    yield Texts(shop.name if shop else "example shop", loaded.menu, loaded.zone, said)
    if shop is None and not messages:
        large = catalogue(products)
        yield Texts(f"{len(large.products)} products", large, loaded.zone, tuple(orders(large, MESSAGES)))


def messages_of(file: Path) -> tuple[str, ...]:
    """One message a line, of a line of JSON its `text`; "-" is the standard input."""
    written = sys.stdin.read() if file == STANDARD_INPUT else file.read_text("utf-8")
    lines = [line for line in written.splitlines() if line.strip()]
    return tuple(json.loads(line)["text"] if line.startswith("{") else line for line in lines)


def read(each: Texts, rounds: int) -> Iterator[dict[str, Any]]:
    """The figures of one menu: how long it took to compile, how long its messages took."""
    began = time.process_time()
    menu = compile_menu(each.menu)
    seconds = time.process_time() - began
    yield {"what": "menu", "menu": each.name, "products": len(each.menu.products), "compile_s": round(seconds, 3)}

    reader, base = _reader(menu, each.zone), Greedy(each.menu)
    for message in each.messages[:WARM_UP]:
        reader(message)
    with _garbage_left_alone():
        measured = [_round(reader, base.read, each.messages) for _ in range(rounds)]
    took, base_took = (_usual([[each[place] for each in one] for one in measured]) for place in (0, 1))
    ranked, mean = sorted(took), statistics.mean(took)
    yield {
        "what": "reading",
        "menu": each.name,
        "messages": len(each.messages),
        "words": round(statistics.mean(len(message.split()) for message in each.messages), 1),
        "mean_ms": round(mean * 1000, 3),
        "p99_ms": round(ranked[int(len(ranked) * 0.99)] * 1000, 3),
        "ratio": round(mean / statistics.mean(base_took), 1),
    }


def _usual(rounds: Sequence[Sequence[float]]) -> list[float]:
    """What each message took: the median of its rounds, for another program may have had the processor in one."""
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


@contextlib.contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """What was loaded is not looked at again and again: as in the bot, once it is ready."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def _reader(menu: CompiledMenu, zone: ZoneInfo) -> Callable[[str], object]:
    languages = menu.menu.languages
    return lambda text: read_message(text, menu, languages=languages, now=NOW, zone=zone)


def _round(
    reader: Callable[[str], object], base: Callable[[str], object], messages: Sequence[str]
) -> list[tuple[float, float]]:
    """What each message took, and what it took the base; seconds."""
    return [(_seconds(reader, message), _seconds(base, message)) for message in messages]


def _seconds(reader: Callable[[str], object], message: str) -> float:
    began = time.process_time()
    reader(message)
    return time.process_time() - began


_WORD = re.compile(r"\w+")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ein": 1, "eine": 1, "zwei": 2, "drei": 3}


class Greedy:
    """The longest name or number at each place, from left to right."""

    def __init__(self, menu: Menu) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        for product in menu.products:
            for name in (*product.name.values(), *product.aliases):
                self._names[self._words(name)] = product.sku
            for value in (value for group in product.options for value in group.values):
                for name in (*value.name.values(), *value.aliases):
                    self._names[self._words(name)] = value.value
        self._longest = max(map(len, self._names))

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(text.lower()))

    def read(self, text: str) -> list[tuple[int, str]]:
        """Numbers and what they count."""
        words, found, at, count = self._words(text), [], 0, 1
        while at < len(words):
            length = next(
                (n for n in range(min(self._longest, len(words) - at), 0, -1) if words[at : at + n] in self._names), 0
            )
            if length:
                found.append((count, self._names[words[at : at + length]]))
                count = 1
            elif words[at].isdecimal():
                count = int(words[at])
            else:
                count = _NUMBERS.get(words[at], count)
            at += length or 1
        return found


def main(shop: Path | None, messages: tuple[str, ...], rounds: int, products: int = PRODUCTS) -> None:
    """Measure and print."""
    for each in texts(shop, messages, products):
        for figures in read(each, rounds):
            print(json.dumps(figures), flush=True)  # noqa: T201  # the command line speaks here
