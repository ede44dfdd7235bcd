"""The shop's papers: an order with its lines, what is set aside for it, its payment, a return.

All are values. Documents decide, ledgers count: whether an order is paid or
wholly fulfilled is derived from what stands here.
"""

from core.documents.changes import ChangedLine, Details, OrderChange
from core.documents.orders import UNKNOWN_ZONE, Event, Line, LineOption, Order, Reservation
from core.documents.returns import Photo, ReturnCase, ReturnItem
from core.documents.steps import REFUND, Bucket, Move, Payment, SlotStep, Take, Timer

__all__ = [
    "REFUND",
    "UNKNOWN_ZONE",
    "Bucket",
    "ChangedLine",
    "Details",
    "Event",
    "Line",
    "LineOption",
    "Move",
    "Order",
    "OrderChange",
    "Payment",
    "Photo",
    "Reservation",
    "ReturnCase",
    "ReturnItem",
    "SlotStep",
    "Take",
    "Timer",
]
