"""What Prometheus reads: counters of this process, and gauges that are set anew for each reading.

Labels are kinds of things (channels, states, outcomes), never people or their words.
"""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from core.states import OrderState
from storage.figures import Figures

# When a counter began is of no use here, and doubles the page.
disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5)
"""Bounds of the histogram: a message takes some 10 ms."""


class Metrics:
    """In a registry of its own; the loops tell of what they did by `sent` and `handled`."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._sends = Counter(
            "orderbot_sends", "Letters that were tried to deliver", ("channel", "outcome"), registry=self._registry
        )
        self._handled = Counter(
            "orderbot_messages", "Messages that were handled", ("channel", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "orderbot_handle_seconds", "To handle one message", buckets=SECONDS, registry=self._registry
        )
        self._steps = Counter("orderbot_orders", "Orders that came into a state", ("state",), registry=self._registry)
        self._open = self._gauge("open_orders", "Orders that are not finished", "state")
        self._waiting = self._gauge("waiting", "Messages and letters that wait", "box")
        self._oldest = self._gauge("oldest_seconds", "How long the oldest of them waits", "box")
        self._dead = self._gauge("dead_messages", "Messages that failed for good and rest")
        for state in OrderState:
            self._steps.labels(state)

    def sent(self, channel: str, outcome: str) -> None:
        """A letter was tried: `outcome` is sent, later, uncertain, failed …"""
        self._sends.labels(channel, outcome).inc()

    def handled(self, channel: str, outcome: str, seconds: float) -> None:
        """A message was handled: `outcome` is handled, ignored, failed …"""
        self._handled.labels(channel, outcome).inc()
        self._seconds.observe(seconds)

    def stepped(self, orders: Mapping[str, int]) -> None:
        """So many more orders came into each state."""
        for state, count in orders.items():
            self._steps.labels(state).inc(count)

    def text(self, figures: Figures, now: datetime) -> bytes:
        """Everything in Prometheus' text format, the gauges as in `figures`."""
        for state, count in figures.open_orders.items():
            self._open.labels(state).set(count)
        boxes = (
            ("inbox", figures.inbox_waiting, figures.inbox_oldest),
            ("outbox", figures.outbox_waiting, figures.outbox_oldest),
        )
        for box, waiting, oldest in boxes:
            self._waiting.labels(box).set(waiting)
            self._oldest.labels(box).set(max((now - oldest).total_seconds(), 0) if oldest else 0)
        self._dead.set(figures.inbox_dead)
        return generate_latest(self._registry)

    def _gauge(self, name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(f"orderbot_{name}", help_text, labels, registry=self._registry)
