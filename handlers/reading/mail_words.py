"""What a mail is for: its words read like a chat message, with what subject and signature add."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from handlers.reading.addresses import address_at
from handlers.reading.mail_message import MailMessage
from handlers.reading.mail_text import is_reply_subject
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message import read_message
from handlers.reading.order_numbers import find_order_number
from handlers.reading.understood import Intent, ReadLine, Understood
from handlers.reading.which_language import guess_language
from handlers.reading.wishes import read_wishes
from handlers.reading.word_lists import word_list

VAGUE = frozenset({Intent.OTHER, Intent.GREETING, Intent.THANKS, Intent.PLACE})
CLEAR = frozenset({Intent.RETURN, Intent.CANCEL, Intent.STATUS})
SHORTEST_PHONE = 7
"""Digits."""
NUMBER = re.compile(r"\d{2}")


def understand_mail(
    mail: MailMessage,
    menu: CompiledMenu,
    *,
    languages: tuple[str, ...],
    draft: tuple[ReadLine, ...] = (),
    now: datetime,
    zone: ZoneInfo,
) -> Understood:
    """Read a mail's own words. The subject speaks where they say little; the signature may hold the address."""
    is_reply = is_reply_subject(mail.subject)
    text = mail.text or ("" if is_reply else mail.subject)
    understood = read_message(text, menu, languages=languages, draft=draft, now=now, zone=zone, by_mail=True)
    if understood.intent in VAGUE and mail.text and not is_reply:
        understood = _with_subject(understood, mail, menu, languages=languages, now=now, zone=zone)
    if understood.intent is Intent.ORDER and understood.wishes.kind is None and not is_reply:
        understood = _with_way(understood, mail.subject, languages=languages, now=now, zone=zone)
    understood = _with_address(_with_number(understood, mail, languages), mail, languages)
    return _with_phone(understood, mail, languages=languages, now=now, zone=zone)


def _with_subject(
    understood: Understood,
    mail: MailMessage,
    menu: CompiledMenu,
    *,
    languages: tuple[str, ...],
    now: datetime,
    zone: ZoneInfo,
) -> Understood:
    """A subject like "Cancel order 1001" or "2 margheritas for tonight" above few words."""
    subject = read_message(mail.subject, menu, languages=languages, now=now, zone=zone, by_mail=True)
    if subject.intent in CLEAR or (subject.intent is Intent.ORDER and subject.reading.lines):
        return replace(subject, language=guess_language(f"{mail.subject}\n{mail.text}"))
    return understood


def _with_way(
    understood: Understood, subject: str, *, languages: tuple[str, ...], now: datetime, zone: ZoneInfo
) -> Understood:
    """ "Pickup on Saturday" as the subject of an order that does not say how it goes."""
    said, wishes = read_wishes(subject, now=now, zone=zone, languages=languages).wishes, understood.wishes
    if said.kind is None:
        return understood
    wishes = replace(wishes, kind=said.kind)
    if wishes.wished is None and wishes.wished_day is None and not wishes.asap:
        wishes = replace(wishes, wished=said.wished, wished_day=said.wished_day, asap=said.asap)
    return replace(understood, wishes=wishes)


def _with_number(understood: Understood, mail: MailMessage, languages: tuple[str, ...]) -> Understood:
    """The order's number from the words, else from the subject's token, else from the subject."""
    if understood.order_number is not None:
        return understood
    found = find_order_number(mail.subject, languages)
    number = mail.order_token[0] if mail.order_token else found.number if found else None
    return replace(understood, order_number=number)


def _with_phone(
    understood: Understood, mail: MailMessage, *, languages: tuple[str, ...], now: datetime, zone: ZoneInfo
) -> Understood:
    """The number under the greeting is the one to call where the words of an order name none."""
    wishes = understood.wishes
    if understood.intent is not Intent.ORDER or wishes.phone or wishes.kind == "pickup":
        return understood
    if not NUMBER.search(mail.signature):
        return understood
    phone = read_wishes(mail.signature, now=now, zone=zone, languages=languages).wishes.phone or _phone_line(
        mail.signature
    )
    return replace(understood, wishes=replace(wishes, phone=phone)) if phone else understood


def _phone_line(signature: str) -> str | None:
    """A number on a line of its own, or behind "m:" or the like."""
    found = _phone_lines().search(signature)
    return " ".join(found[1].split()) if found and len(re.sub(r"\D", "", found[1])) >= SHORTEST_PHONE else None


@cache
def _phone_lines() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, word_list("mail")["phone_labels"]))
    number = r"((?:\+|00|0|\(0)[\d \t/().-]{6,20}\d)"
    return re.compile(
        rf"(?:^|[|,;·•])[ \t]*(?:(?:{labels})[ \t]*[.:]*[ \t]*)?{number}[ \t]*(?=$|[|,;·•])",
        re.IGNORECASE | re.MULTILINE,
    )


def _with_address(understood: Understood, mail: MailMessage, languages: tuple[str, ...]) -> Understood:
    wishes = understood.wishes
    if wishes.kind not in ("delivery", "shipping") or wishes.address is not None:
        return understood
    found = address_at(mail.signature, languages)
    if found is None:
        return understood
    address = ", ".join(part.strip(" ,") for part in mail.signature[slice(*found.address)].splitlines() if part.strip())
    return replace(understood, wishes=replace(wishes, address=address))
