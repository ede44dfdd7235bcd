"""Questions that the shop file answers: delivery with its price and minimum, and the hours of a certain day."""

from dataclasses import replace

from core.hours import OtherHours
from core.notices import Button, DaysTold, DeliveryTold, Notice
from core.people import Channel
from core.postcodes import has_postcode
from core.states import Kind
from core.zones import SHORTEST_NAME, Spot, Zone, reach
from handlers import customers, places_asked, questions
from handlers.reading.shop_questions import DeliveryQuestion, days_asked, read_delivery_question
from handlers.said import Said
from storage.conversations import Asked

SIGNS = ".,;:!?()\"'"


async def answered(said: Said, written: str) -> tuple[Notice, ...]:
    """Where the shop brings goods and what that costs, or whether on a certain day; nothing for any other question.

    Whoever has an order under way and asks only whether it can be brought speaks of that: it is for a person.
    """
    languages = said.desk.house.reading_languages(said.contact.language)
    asked = read_delivery_question(written, languages)
    if asked is None or (asked.is_wish and not _place(written) and await _has_an_order(said)):
        return ()
    on_days = days_asked(written, said.desk.now, said.desk.shop.zone, languages)
    days = (hours(said, written),) if on_days else ()
    if days and asked.is_wish and not _place(written):
        return days
    told = _delivery(said, asked, written, await _address(said, asked))
    if (told is None or told.zones) and said.contact.channel is Channel.TELEGRAM:
        await places_asked.remember(said, written, asked.kind)
    if told is None:
        return ()
    if said.contact.channel is not Channel.TELEGRAM:
        return (*days, told)
    kept = Asked("words", facts={"text": said.written[: questions.LONGEST]})
    await said.desk.tx.conversations.ask(said.contact.id, kept, said.desk.now)
    return (*days, replace(told, buttons=((Button("ask_shop", "askshop"),),)))


async def _has_an_order(said: Said) -> bool:
    mine = await said.desk.tx.orders.of_contact(said.contact.id, most=5)
    return any(order.is_open for order in mine)


async def _address(said: Said, asked: DeliveryQuestion) -> tuple[str, Spot | None]:
    """Where the draft goes is where they ask for; in a chat else the address that they gave last."""
    draft = said.draft
    if draft is not None and draft.kind is asked.kind and draft.address:
        return draft.address, draft.spot
    if said.contact.channel is not Channel.TELEGRAM or asked.names_place:
        return "", None
    return await said.desk.tx.customers.last_detail(said.contact.customer_id, "address") or "", None


def _delivery(said: Said, asked: DeliveryQuestion, written: str, known: tuple[str, Spot | None]) -> DeliveryTold | None:
    """None where only a person knows: the shop file has no list of places that the one asked for could be on."""
    shop = said.desk.shop
    way = shop.fulfilment.way(asked.kind)
    pickup = shop.address if shop.fulfilment.way(Kind.PICKUP) else ""
    if way is None:
        return DeliveryTold(to=said.to, kind=asked.kind, zones=(), currency=shop.currency, pickup=pickup)
    told = DeliveryTold(to=said.to, kind=asked.kind, zones=way.areas, currency=shop.currency)
    named = _named(way.areas, written)
    if named:
        return replace(told, zones=named)
    place = _place(written)
    if asked.names_place and not place and (way.areas[0].is_everywhere or said.contact.channel is Channel.MAIL):
        return None
    found = reach(way.areas, place, None, shop.location)
    if not found.lacks and found.zone is None:
        return replace(told, where=place, is_outside=True, pickup=pickup)
    if found.lacks == "location" and place:
        return replace(told, where=place, is_unsure=True)
    address, spot = known
    if not place and address:
        found = reach(way.areas, address, spot, shop.location)
    return replace(told, zones=(found.zone,), where=found.where) if found.zone and found.where else told


def _place(written: str) -> str:
    """The postcode that stands in the question, as far as words without their signs can be one."""
    words = (word.strip(SIGNS) for word in written.split())
    found = " ".join(word for word in words if any(map(str.isdigit, word)))
    return found if has_postcode(found) else ""


def _named(zones: tuple[Zone, ...], written: str) -> tuple[Zone, ...]:
    """The zones of whose names a word is in the question."""
    words = {word.strip(SIGNS).casefold() for word in written.split()}
    return tuple(
        zone
        for zone in zones
        if any(word.casefold() in words for word in zone.name.split() if len(word) >= SHORTEST_NAME)
    )


def hours(said: Said, written: str) -> Notice:
    """The hours of the days that are named, else those of the week."""
    desk = said.desk
    languages = desk.house.reading_languages(said.contact.language)
    days = days_asked(written, desk.now, desk.shop.zone, languages)
    if not days or desk.shop.hours.is_always_open:
        return customers.hours_shown(desk, said.contact)
    return DaysTold(to=said.to, days=tuple(OtherHours(day, day, desk.shop.hours.on(day)) for day in days))
