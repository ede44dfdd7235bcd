"""Why a mail was treated as it was: everything that was read in it, as plain values for `orderbot read --mail`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.menu import Amount, Choose, Chosen, Product
from handlers.reading.language import words_for
from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import MailMessage, read_mail
from handlers.reading.mail_words import understand_mail
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.numbers import read_number
from handlers.reading.order_numbers import find_foreign_number
from handlers.reading.tokens import tokenize
from handlers.reading.understood import Intent, ReadLine, ReturnWish, Understood
from handlers.reading.wordings import with_lists, wordings

INTENTS = {
    Intent.ORDER: "order",
    Intent.RETURN: "return",
    Intent.CANCEL: "cancel",
    Intent.STATUS: "status",
    Intent.QUESTION: "question",
    Intent.MENU: "question",
    Intent.HOURS: "question",
    Intent.HELP: "question",
}


def explain_mail(
    raw: bytes, menu: CompiledMenu, *, own_address: str, authserv: str | None, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """What the bot makes of a raw mail, JSON-ready. Never fails on a mail: `error` says what is wrong with it."""
    mail = read_mail(raw, own_address=own_address, authserv=authserv)
    languages = menu.menu.languages
    understood = understand_mail(mail, menu, languages=languages, now=now, zone=zone)
    return {
        "kind": mail.kind.value,
        "rule": mail.rule,
        "answer": mail.kind is MailKind.CUSTOMER,
        "text": mail.text,
        **_meaning(mail, understood, menu, languages),
        "customer": mail.reply_to or None,
        "external_order": find_foreign_number(f"{mail.subject}\n{mail.text}", languages),
        "bounced": {"permanent": list(mail.bounced.permanent), "temporary": list(mail.bounced.temporary)},
        "authenticated": mail.authenticated,
        "error": mail.error,
    }


def _meaning(
    mail: MailMessage, understood: Understood, menu: CompiledMenu, languages: tuple[str, ...]
) -> dict[str, Any]:
    is_order = understood.intent is Intent.ORDER
    number = str(understood.order_number) if understood.order_number is not None else None
    reading = understood.reading
    return {
        "intent": INTENTS.get(understood.intent, "other"),
        "language": understood.language,
        "order_number": number,
        "lines": [_line(line, menu) for line in reading.lines] if is_order else [],
        "unmatched": [_unmatched(words, languages) for words in _not_understood(understood)],
        "needs_question": is_order and (bool(reading.unread or reading.questions) or not reading.lines),
        "change": _change(mail.text, languages) if is_order and number else None,
        "return": _return(understood.returns, number, len(mail.photos)) if understood.returns else None,
    }


def _not_understood(understood: Understood) -> Sequence[str]:
    if understood.intent is not Intent.ORDER:
        return ()
    return (*understood.reading.unread, *(question.about for question in understood.reading.questions))


def _line(line: ReadLine, menu: CompiledMenu) -> dict[str, Any]:
    product = menu.menu.by_sku[line.sku]
    name = next(iter(product.name.values()), line.sku)
    return {"sku": line.sku, "name": name, "quantity": line.quantity, "options": _options(line.options, product)}


def _options(options: tuple[Chosen, ...], product: Product) -> dict[str, Any] | list[dict[str, Any]]:
    """Group to value, or to a list of them; where an amount was said, one object an option."""
    if any(chosen.amount is not Amount.REGULAR or chosen.count != 1 for chosen in options):
        return [{"group": c.group, "value": c.value, "amount": c.amount.value, "count": c.count} for c in options]
    values: dict[str, Any] = {}
    for chosen in options:
        if product.by_group[chosen.group].choose is Choose.MANY:
            values.setdefault(chosen.group, []).append(chosen.value)
        else:
            values[chosen.group] = chosen.value
    return values


def _unmatched(words: str, languages: tuple[str, ...]) -> dict[str, Any]:
    """The words, and the quantity that they begin with."""
    tokens = tokenize(words)
    number = read_number(tokens, 0, words_for(languages)) if tokens else None
    if number is None or number.length >= len(tokens):
        return {"text": words, "quantity": None}
    return {"text": words[tokens[number.length].start :], "quantity": number.value}


def _change(text: str, languages: tuple[str, ...]) -> str | None:
    """How an order changes an earlier one: more on top, or another quantity; None: it is a new one."""
    codes = with_lists(languages)
    if wordings("edits", "replaces", codes).search(text):
        return "replace"
    return "add" if wordings("edits", "adds", codes).search(text) else None


def _return(wish: ReturnWish, number: str | None, photos: int) -> dict[str, Any]:
    return {
        "order_number": number,
        "items": [{"sku": item.sku, "quantity": item.quantity} for item in wish.items],
        "reason": wish.reason.value,
        "photos": photos,
    }
