"""`orderbot bench read --worst`: texts made to be slow, of 100,000 characters each, as a message, an edit and a mail.

An edit that long is not taken apart; `short_edit_ms` is of the longest beginning that is. Time must grow with a text's
length and no faster: `doubling` is the time of a whole text beside that of its first half, as far as each is read.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from bot.bench_read import NOW
from bot.demo import example_shop
from handlers.reading.clauses import LONGEST
from handlers.reading.limits import cut
from handlers.reading.mail_message import read_mail
from handlers.reading.mail_words import understand_mail
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.message import read_message
from handlers.reading.order_text import read_order
from storage.shop_file import load_shop

CHARACTERS = 100_000
LIMIT_MS = 100.0
TRIES = 3
"""Time of the processor, the shortest of these: what else runs on the machine is no property of the text."""

_REPEATED = {
    "one letter": "x",
    "one word without end": "margheritapizza",
    "digits": "1",
    "digits and commas": "1,",
    "digits and points": "1.1.",
    "ranges": "1-2-",
    "fractions": "1/2 ",
    "ones": "1 ",
    "products": "margherita ",
    "products with commas": "margherita, ",
    "counted products": "2 margherita ",
    "products and options": "margherita with ham and onions ",
    "options": "large extra ham ",
    "all options refused": "no ham no onions ",
    "parts": "2 margherita, one of them large, the other one small, ",
    "one of them": "one of them ",
    "both and all": "both large and all of them ",
    "on both": "ham and onions and olives on both ",
    "the same": "the same but large and another one like that ",
    "more of those": "two small ones of those with ham ",
    "the small one": "the small one the large one ",
    "and": "and ",
    "und": "und ",
    "with": "with ",
    "no": "no ",
    "of": "of the ",
    "the other one": "the other one ",
    "each": "two each ",
    "numbers in words": "two hundred thousand ",
    "dozens": "half a dozen of ",
    "nearly products": "margheritx ",
    "nearly options": "mushrroms ",
    "unknown words": "zqwertzu ",
    "compounds": "salamischinkenpizza ",
    "emoji": "🍕",
    "emoji in turn": "🍕🍺 ",
    "flags and joiners": "👩‍👩‍👧🏽",
    "right to left": "שתי פיצות ",
    "direction marks": "\u202ea\u202c",
    "combining characters": "e\u0301\u0323\u0302",
    "one letter, then accents": "\u0301",
    "wide characters": "\uff4d\uff41\uff52\uff47 ",
    "brackets": "(",
    "brackets in turn": "([{<",
    "quotation marks": '"',
    "apostrophes": "a'",
    "apostrophes alone": "'",
    "hyphens": "a-",
    "dashes": "-",
    "underscores": "_a",
    "points": ".",
    "abbreviations": "a. ",
    "question marks": "?! ",
    "commas": ",",
    "newlines": "\n",
    "spaces": " ",
    "spaces and newlines": " \n",
    "tabs": "\t",
    "a letter a line": "a\n",
    "list": "1. margherita\n",
    "bullets": "- 2 margherita\n",
    "table": "margherita\t2\t8.50\n",
    "form": "Item: margherita\nQuantity: 2\n",
    "labels": "note: name: address: ",
    "label lines": "Note: a\n",
    "names": "my name is Carl ",
    "capitals": "Aa ",
    "greetings": "hello good morning ",
    "thanks": "thank you very much ",
    "regards": "Kind regards, ",
    "leads": "deliver to ",
    "streets": "5 Mill Lane, ",
    "streets without number": "Mill Lane ",
    "German streets": "Hauptstr. 5, ",
    "hyphened streets": "a-strasse-",
    "Italian streets": "via della ",
    "postcodes": "10115 Berlin, ",
    "towns": "nach München ",
    "hours": "at 7 ",
    "clocks": "10:10:",
    "days": "tomorrow at ",
    "dates": "1.1. ",
    "months": "3rd of may ",
    "delays": "in 20 ",
    "in": "in ",
    "gaps": "when will a b c d ",
    "phones": "+39 0471 ",
    "digits in brackets": "(0)1 ",
    "call me": "call me at ",
    "addresses of mail": "a@b.",
    "order numbers": "order #1 ",
    "returns": "the honey was broken. ",
    "received": "you sent ",
    "complaints": "it was a b c ",
    "edits": "make it 2 and ",
    "swaps": "swap a for b, ",
    "remarks": "because my aunt ",
    "quotes": "> a\n",
    "quoted quotes": ">>>>",
    "attributions": "On 1 May 2026 a@b wrote\n",
    "mail headers": "From: a@b\n",
    "original messages": "---- Original Message\n",
    "signatures": "-- \n",
    "footers": "Sent from my \n",
    "html": "<p>",
    "links": "https://a.b/",
}


def cases() -> Iterator[tuple[str, str]]:
    """(name, text of CHARACTERS)."""
    for name, piece in _REPEATED.items():
        yield name, (piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS]
    dice = random.Random(1)  # noqa: S311 - nothing secret
    pieces = list(_REPEATED.values())
    yield "all of these", "".join(dice.choice(pieces) for _ in range(CHARACTERS))[:CHARACTERS]
    letters = "abcdefghijklmnoprstuvz"
    yield (
        "no word twice",
        " ".join("".join(dice.choices(letters, k=6)) for _ in range(CHARACTERS // 7 + 1))[:CHARACTERS],
    )


def worst() -> Iterator[dict[str, Any]]:
    """One case an object, and the worst of them."""
    shop = load_shop(example_shop())
    menu, languages = compile_menu(shop.menu), shop.menu.languages
    draft = read_order("2 margherita, a tiramisu and two beers", menu, languages).lines

    def as_message(text: str) -> None:
        read_message(text, menu, languages=languages, now=NOW, zone=shop.zone)

    def as_edit(text: str) -> None:
        read_message(text, menu, languages=languages, draft=draft, now=NOW, zone=shop.zone)

    def as_mail(text: str) -> None:
        mail = read_mail(_mail(text), own_address="shop@orders.example", authserv=None)
        understand_mail(mail, menu, languages=languages, now=NOW, zone=shop.zone)

    slowest = (0.0, "")
    for name, text in cases():
        figures = {"message_ms": _ms(as_message, text), "edit_ms": _ms(as_edit, text), "mail_ms": _ms(as_mail, text)}
        figures["short_edit_ms"] = _ms(as_edit, text[:LONGEST])
        read, _ = cut(text)
        half = _ms(as_message, read[: len(read) // 2])
        slowest = max(slowest, (max(figures.values()), name))
        yield {"what": "worst", "case": name, **figures, "doubling": round(figures["message_ms"] / half, 1)}
    yield {"what": "slowest", "case": slowest[1], "ms": slowest[0], "limit_ms": LIMIT_MS, "characters": CHARACTERS}


def _mail(text: str) -> bytes:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "Carl <carl@customers.example>", "shop@orders.example", "Order"
    written.set_content(text, cte="8bit" if text.isascii() and max(map(len, text.split("\n"))) < 990 else "base64")
    return bytes(written)


def _ms(reader: Callable[[str], None], text: str) -> float:
    best = float("inf")
    for _ in range(TRIES):
        began = time.process_time()
        reader(text)
        best = min(best, time.process_time() - began)
    return round(best * 1000, 1)


def main() -> None:
    """Measure and print."""
    for figures in worst():
        print(json.dumps(figures, ensure_ascii=False), flush=True)  # noqa: T201  # the command line speaks here
