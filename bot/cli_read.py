"""`orderbot read`: what the reader makes of messages and mails, an object a line, as soon as a line came in."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.cli_common import WRONG_USE, fail
from core.menu import Chosen
from core.shop import Shop
from handlers.reading.draft_lines import Finder
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message_goods import corrected
from handlers.reading.understood import Question, Reading
from handlers.reading.which_language import languages_of
from handlers.reading.word_lists import read_languages

if TYPE_CHECKING:
    from bot.settings import Settings


def read_messages(shop: Shop, language: str | None, lines: Iterable[bytes], out: BinaryIO) -> None:
    """Each line is a message; `language` is the customer's, before those of the shop."""
    if language and language not in read_languages():
        fail(f"there are no words for {language!r}: read are {', '.join(read_languages())}", code=WRONG_USE)
    menu = compile_menu(shop.menu)
    languages = tuple(dict.fromkeys((*([language] if language else []), *shop.languages, "en")))
    _write((_as_json(_read(text, menu, languages_of(text, languages))) for text in _texts(lines)), out)


def _read(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> Reading:
    """The order after second thoughts ("no wait, three")."""
    finder = Finder(menu, languages)
    return corrected(text, finder) or finder.reading(text)


def read_mails(shop: Shop, settings: "Settings", lines: Iterable[bytes], out: BinaryIO) -> None:
    """Each line is the path of a raw mail; nothing is done with it and nothing answered."""
    from datetime import UTC, datetime

    from handlers.reading.mail_report import explain_mail

    menu = compile_menu(shop.menu)

    def explained(path: str) -> dict[str, Any]:
        try:
            raw = Path(path).read_bytes()
        except (OSError, ValueError) as error:
            return {"file": path, "kind": "broken", "error": str(error)}
        own, authserv = settings.mail_from or "", settings.mail_authserv
        now = datetime.now(UTC)
        return {"file": path, **explain_mail(raw, menu, own_address=own, authserv=authserv, now=now, zone=shop.zone)}

    _write((explained(path) for path in _texts(lines)), out)


def _texts(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.rstrip(b"\r\n").decode("utf-8", "replace")


def _write(answers: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    for answer in answers:
        out.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        # Whoever asks may wait for this answer before the next line.
        out.flush()


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "lines": [
            {"sku": line.sku, "quantity": line.quantity, "options": [_option(chosen) for chosen in line.options]}
            for line in reading.lines
        ],
        "unread": list(reading.unread),
        "questions": [_question(question) for question in reading.questions],
    }


def _option(chosen: Chosen) -> dict[str, Any]:
    return {"group": chosen.group, "value": chosen.value, "amount": chosen.amount, "count": chosen.count}


def _question(question: Question) -> str:
    return f"{question.about}: {', '.join(question.likely)}?" if question.likely else f"{question.about}?"
