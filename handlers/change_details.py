"""What words wish of a placed order besides its goods: when, how, where to, and a word to the kitchen."""

from dataclasses import replace

from core import order_changes
from core.documents import Details, Order
from core.people import Contact
from core.placing import zone_of
from core.postcodes import joined_to_place
from core.states import NEEDS_ADDRESS, Kind
from handlers import draft_wishes
from handlers.desk import Desk
from handlers.reading.understood import Wishes


async def wished(desk: Desk, contact: Contact, order: Order, details: Details, wishes: Wishes) -> Details | None:
    """The details with what these words wish; None for a way that words cannot decide on."""
    kind = Kind(wishes.kind) if wishes.kind else details.kind or order.kind
    if wishes.address and kind is Kind.PICKUP and not wishes.kind:
        # An address behind an order that is to be fetched: it is to be brought there.
        kind = Kind.DELIVERY
    if kind is not order.kind and Kind.SHIPPING in {kind, order.kind}:
        return None
    if wishes.wished:
        details = replace(details, wished=wishes.wished)
    if wishes.address:
        whole = joined_to_place(wishes.address, details.address)
        details = replace(details, address=await draft_wishes.keep_detail(desk, contact, "address", whole))
    details = replace(details, kind=kind)
    if kind in NEEDS_ADDRESS and not details.address:
        return None
    goes = order_changes.moved(order, details)
    details = replace(details, fee=order.fee if goes is order else zone_of(goes, desk.shop).fee)
    if wishes.note:
        details = replace(details, note=draft_wishes.with_note(details.note, wishes.note))
    return details
