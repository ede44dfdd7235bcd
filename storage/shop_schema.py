"""What may stand in the shop file, and how it becomes a Shop: all but the catalogue and the hours."""

import re
from zoneinfo import ZoneInfo, available_timezones

from core import money
from core.shop import Approval, Drafts, Limits, Payer, ReturnPolicy, Shop
from storage.shop_catalogue import read_menu
from storage.shop_food import read_picture
from storage.shop_hours import read_hours
from storage.shop_nodes import Node, Notes, Place, did_you_mean
from storage.shop_ways import read_fulfilment, read_location

TOP = (
    "shop",
    "address",
    "location",
    "hours",
    "slots",
    "fulfilment",
    "approval",
    "returns",
    "limits",
    "drafts",
    "categories",
    "option_sets",
    "catalogue",
)
SHOP = ("name", "currency", "timezone", "languages", "taxes_included", "photo")
APPROVAL = (
    "accept_minutes",
    "remind_after_minutes",
    "tell_customer_after_minutes",
    "expire_after_minutes",
    "answer_change_within_minutes",
    "undo_minutes",
    "reject_reasons",
)
RETURNS = ("window_days", "deadline_days", "address", "who_pays")
LIMITS = ("quantity", "lines")
DRAFTS = ("remind_after_minutes", "expire_after_hours")

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
LONGEST_WAIT_MINUTES = 7 * 24 * 60
LONGEST_RETURN_DAYS = 3650
LONGEST_DRAFT_HOURS = 24 * 90


def read_shop(node: Node, notes: Notes) -> Shop:
    """The shop of a file; it counts only if `notes.faults` stays empty."""
    top = Place(node, notes)
    top.is_section(*TOP)
    shop = top["shop"]
    shop.is_section(*SHOP)
    notes.currency = _currency(shop["currency"])
    notes.languages = _languages(shop["languages"])
    zone = _timezone(shop["timezone"])
    address = top["address"].text("")
    location = read_location(top["location"])
    fulfilment = read_fulfilment(top["fulfilment"], top["slots"], location)
    hours = read_hours(top["hours"], zone)
    return Shop(
        name=shop["name"].text(),
        currency=notes.currency,
        timezone=zone,
        languages=notes.languages,
        taxes_included=shop["taxes_included"].flag(default=True),
        photo=read_picture(shop["photo"]),
        address=address,
        location=location,
        menu=read_menu(top, fulfilment.kinds, hours),
        hours=hours,
        fulfilment=fulfilment,
        approval=_approval(top["approval"]),
        returns=_returns(top["returns"], address),
        limits=_limits(top["limits"]),
        drafts=_drafts(top["drafts"]),
        warnings=tuple(notes.warnings),
    )


def _currency(place: Place) -> str:
    code = place.text()
    if not code or code in money.CURRENCIES:
        return code or "EUR"
    place.fault(f"{code!r} is no currency", did_you_mean(code, money.CURRENCIES, "write its ISO code, such as EUR"))
    return "EUR"


def _timezone(place: Place) -> str:
    zone = place.text()
    if not zone or _is_zone(zone):
        return zone or "UTC"
    place.fault(
        f"{zone!r} is no time zone",
        did_you_mean(zone, available_timezones(), "write a region and a city, such as Europe/Rome"),
    )
    return "UTC"


def _is_zone(name: str) -> bool:
    # To list the zones, each of their files is opened: for a right name that is too long to wait.
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _languages(place: Place) -> tuple[str, ...]:
    languages = place.words() or ("en",)
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            place.fault(f"{language!r} is no language code", "write two small letters, such as en or de")
    if len(set(languages)) < len(languages):
        place.fault("a language stands twice", "name each language once")
    return languages


def _approval(place: Place) -> Approval:
    place.is_section(*APPROVAL)
    default = Approval()
    for key in ("accept_minutes", "reject_reasons"):
        if place[key].given and not place[key].items():
            place[key].fault("is empty", "write at least one, or leave it out for the usual ones")
    approval = Approval(
        accept_minutes=_minutes(place["accept_minutes"]) or default.accept_minutes,
        remind_after_minutes=_wait(place["remind_after_minutes"], default.remind_after_minutes),
        tell_customer_after_minutes=_wait(place["tell_customer_after_minutes"], default.tell_customer_after_minutes),
        expire_after_minutes=_wait(place["expire_after_minutes"], default.expire_after_minutes),
        answer_change_within_minutes=_wait(place["answer_change_within_minutes"], default.answer_change_within_minutes),
        undo_minutes=place["undo_minutes"].whole(default.undo_minutes, 0, LONGEST_WAIT_MINUTES),
        reject_reasons=tuple(reason.texts() for reason in place["reject_reasons"].items()) or default.reject_reasons,
    )
    for key in ("remind_after_minutes", "tell_customer_after_minutes"):
        if place[key].given and getattr(approval, key) >= approval.expire_after_minutes:
            place[key].fault(
                f"comes when the order has expired, after {approval.expire_after_minutes} minutes",
                "make it shorter than expire_after_minutes",
            )
    return approval


def _wait(place: Place, default: int) -> int:
    return place.whole(default, 1, LONGEST_WAIT_MINUTES)


def _minutes(place: Place) -> tuple[int, ...]:
    return tuple(sorted({item.whole(15, 1, LONGEST_WAIT_MINUTES) for item in place.items()}))


def _returns(place: Place, shop_address: str) -> ReturnPolicy:
    place.is_section(*RETURNS)
    default = ReturnPolicy()
    return ReturnPolicy(
        window_days=place["window_days"].whole(default.window_days, 0, LONGEST_RETURN_DAYS),
        deadline_days=place["deadline_days"].whole(default.deadline_days, 1, LONGEST_RETURN_DAYS),
        address=place["address"].text(shop_address),
        who_pays=Payer(place["who_pays"].one_of(tuple(Payer), default.who_pays)),
    )


def _limits(place: Place) -> Limits:
    place.is_section(*LIMITS)
    default = Limits()
    return Limits(
        quantity=place["quantity"].whole(default.quantity, 1, 1_000_000),
        lines=place["lines"].whole(default.lines, 1, 1000),
    )


def _drafts(place: Place) -> Drafts:
    place.is_section(*DRAFTS)
    default = Drafts()
    drafts = Drafts(
        remind_after_minutes=place["remind_after_minutes"].whole(default.remind_after_minutes, 0, LONGEST_WAIT_MINUTES),
        expire_after_hours=place["expire_after_hours"].whole(default.expire_after_hours, 1, LONGEST_DRAFT_HOURS),
    )
    if drafts.remind_after_minutes >= drafts.expire_after_hours * 60:
        place["remind_after_minutes"].fault(
            f"comes when the draft has expired, after {drafts.expire_after_hours} hours",
            "make it shorter than expire_after_hours, or 0 for no reminder",
        )
    return drafts
