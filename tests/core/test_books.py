"""Thousands of random acts on a small shop: whatever people do, and in which order, the books are right."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core import order_changes, orders, returns
from core.change import Change
from core.documents import Bucket, Event, Order, OrderChange, Payment, Reservation, ReturnCase
from core.errors import NothingToReturn, OutOfStock, ShopError
from core.inventory import LIVE, need
from core.shipping import Tracking
from core.shop import ReturnPolicy
from core.states import Act, ChangeState, Kind, OrderState, ReservationState, ReturnState
from tests.core.shop_of_tests import ANNA, BEA, NO, NOON, PRODUCTS, SHOP, draft, line, place, taken_back

STEPS = (Act.PREPARE, Act.MAKE_READY, Act.HAND_OVER, Act.SEND_OUT, Act.DELIVER, Act.PICK, Act.PACK)
whichever = st.integers(0, 2)
goods = st.lists(st.tuples(st.sampled_from(PRODUCTS), st.integers(1, 3)), max_size=3)


class Ledger:
    """Accounts, orders and payments as the database keeps them: a change is saved whole, or not at all."""

    def __init__(self) -> None:
        self.accounts: Counter[tuple[str, str]] = Counter()
        self.orders: dict[int, Order] = {}
        self.events: defaultdict[int, list[Event]] = defaultdict(list)
        self.payments: defaultdict[int, list[Payment]] = defaultdict(list)
        self.returns: dict[int, ReturnCase] = {}
        self.changes: dict[int, OrderChange] = {}
        self._ids = 0
        for product in PRODUCTS:
            if product.stock:
                self.accounts[product.sku, Bucket.SHELF] = product.stock
                self.accounts[product.sku, Bucket.SUPPLIER] = -product.stock

    def new_id(self) -> int:
        self._ids += 1
        return self._ids

    def save(self, change: Change) -> None:
        """Raises OutOfStock; then nothing has changed."""
        order = change.order
        assert order is not None
        self._post(change)
        before = self.orders.get(order.id)
        assert before is None or order.version == before.version + 1
        lines = tuple(one if one.id else replace(one, id=self.new_id()) for one in order.lines)
        self.orders[order.id] = replace(
            order, lines=lines, reservations=self._reservations(before, change.reservations)
        )
        for one in change.order_changes:
            assert one.id not in self.changes or one.version == self.changes[one.id].version + 1
            self.changes[one.id] = one
        self.events[order.id] += change.events
        self.payments[order.id] += [replace(payment, id=self.new_id()) for payment in change.payments]
        if change.return_case is not None:
            self.returns[change.return_case.id] = change.return_case

    def _post(self, change: Change) -> None:
        after = self.accounts.copy()
        for move in change.moves:
            assert move.quantity > 0
            after[move.sku, move.giver] -= move.quantity
            after[move.sku, move.taker] += move.quantity
            if after[move.sku, move.giver] < 0 and move.giver != Bucket.SUPPLIER:
                raise OutOfStock(sku=move.sku, product={}, asked=move.quantity, left=0)
        self.accounts = after

    def _reservations(self, before: Order | None, changed: tuple[Reservation, ...]) -> tuple[Reservation, ...]:
        kept = {one.id: one for one in before.reservations} if before else {}
        for one in changed:
            numbered = one if one.id else replace(one, id=self.new_id())
            kept[numbered.id] = numbered
        return tuple(kept.values())

    def live(self, order_id: int) -> list[OrderChange]:
        return [one for one in self.changes.values() if one.order_id == order_id and one.is_waiting]

    def counting(self, order_id: int) -> list[Payment]:
        undone = {payment.reverses for payment in self.payments[order_id]}
        return [one for one in self.payments[order_id] if one.id not in undone and one.reverses is None]


class ShopAtWork(RuleBasedStateMachine):
    """Customers, staff and the clock do what comes to their minds; what does not fit is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.books = Ledger()
        self.now = NOON

    def pick(self, number: int) -> Order | None:
        """One of the newest: with many orders hardly any would get far."""
        found = list(self.books.orders.values())[-3:]
        return found[number % len(found)] if found else None

    def act(self, change) -> None:
        try:
            made = change()
            # As the use cases do: what the order leaves behind is over.
            if made.order.changes and not order_changes.may_change(made.order):
                made = order_changes.outdate(made, self.books.live(made.order.id), by=BEA, now=self.now)
            self.books.save(made)
        except ShopError:
            return

    @rule(wanted=goods, kind=st.sampled_from(Kind))
    def place(self, wanted, kind):
        if sum(order.is_open for order in self.books.orders.values()) > 1:
            return
        lines = [line(product.sku, quantity) for product, quantity in wanted]
        order = draft(*lines, kind=kind, order_id=self.books.new_id())
        self.act(lambda: place(order, self.now))

    @rule(number=whichever)
    def accept(self, number):
        if order := self.pick(number):
            self.act(lambda: orders.accept(order, by=ANNA, promised=self.now, now=self.now))

    @rule(number=whichever, how=st.sampled_from(["reject", "cancel", "expire"]))
    def end(self, number, how):
        if order := self.pick(number):
            ends = {
                "reject": lambda: orders.reject(order, by=ANNA, reason=NO, now=self.now),
                "cancel": lambda: orders.cancel(order, by=BEA, by_shop=False, now=self.now),
                "expire": lambda: orders.expire(order, now=self.now),
            }
            self.act(ends[how])

    @rule(number=whichever, step=st.sampled_from(STEPS))
    def advance(self, number, step):
        if order := self.pick(number):
            self.act(lambda: orders.advance(order, step, by=ANNA, now=self.now))

    @rule(number=whichever, mistaken=st.booleans())
    def serve(self, number, mistaken):
        if order := self.pick(number):
            last = Act.HAND_OVER if order.kind is Kind.PICKUP else Act.DELIVER
            self.act(lambda: orders.advance(order, last, by=ANNA, now=self.now))
        if mistaken:
            self.undo(number)

    @rule(number=whichever)
    def ship(self, number):
        if order := self.pick(number):
            self.act(lambda: orders.ship(order, Tracking("0034"), by=ANNA, now=self.now))

    @rule(number=whichever)
    def mis_tap(self, number):
        self.undo(number)

    def undo(self, number):
        if order := self.pick(number):
            events = self.books.events[order.id]
            last = [event for event in events if event.version == events[-1].version]
            self.act(lambda: taken_back(order, last, self.books.counting(order.id), self.now))

    @rule(number=whichever, wanted=goods, by_shop=st.booleans())
    def ask_for_a_change(self, number, wanted, by_shop):
        order = self.pick(number)
        if order is None or not order_changes.may_change(order) or not wanted:
            return
        lines = order_changes.lines_after(order, [line(product.sku, quantity) for product, quantity in wanted])
        asked: Counter[str] = Counter()
        for product, quantity in wanted:
            asked[product.sku] += quantity
        left: Counter[str] = Counter()
        for one in order_changes.live_lines(lines):
            left[one.sku] += one.quantity
        assert left == asked
        was = order_changes.details_of(order)
        change = OrderChange(
            id=self.books.new_id(),
            order_id=order.id,
            order_number=order.number or 0,
            seq=len(self.books.changes) + 1,
            contact_id=1,
            state=ChangeState.PROPOSED,
            version=0,
            before=order.lines,
            lines=lines,
            was=was,
            details=was,
            words="",
            currency="EUR",
            by_shop=by_shop,
        )
        waiting, send = self.books.live(order.id), order_changes.offer if by_shop else order_changes.ask
        self.act(lambda: send(order, change, waiting, by=BEA, shop=SHOP, now=self.now))

    @rule(number=whichever, how=st.sampled_from(["apply", "apply", "decline", "withdraw", "lapse"]))
    def answer_a_change(self, number, how):
        found = [one for one in self.books.changes.values() if one.is_waiting]
        if not found:
            return
        change = found[number % len(found)]
        order = self.books.orders[change.order_id]
        decide = {
            "apply": order_changes.apply,
            "decline": order_changes.decline,
            "withdraw": order_changes.withdraw,
            "lapse": order_changes.lapse,
        }[how]
        self.act(lambda: decide(order, change, by=ANNA, shop=SHOP, now=self.now))
        after = self.books.orders[order.id]
        if how == "apply" and after.version > order.version:
            assert after.total == change.total

    @rule(number=whichever, quantity=st.none() | st.integers(1, 4), sku=st.sampled_from([one.sku for one in PRODUCTS]))
    def ask_for_a_return(self, number, quantity, sku):
        order = self.pick(number)
        if order is None:
            return
        alive = {ReturnState.REQUESTED, ReturnState.APPROVED}
        under_way: Counter[int] = Counter()
        for case in self.books.returns.values():
            if case.order_id == order.id and case.state in alive:
                under_way.update({item.line_id: item.quantity for item in case.items})
        try:
            items = returns.choose_items(order, [(sku, quantity)], under_way)
        except NothingToReturn:
            return
        assert quantity is None or sum(item.quantity for item in items) <= quantity
        case = ReturnCase(
            self.books.new_id(), order.id, order.number or 0, 1, 1, ReturnState.REQUESTED, 0, items, "other", "…"
        )
        self.books.returns[case.id] = case
        self.books.save(returns.asked(case, order, by=BEA, now=self.now))

    @rule(number=whichever, what=st.sampled_from(["approve", "decline", "shelf", "damaged"]))
    def decide_on_a_return(self, number, what):
        cases = list(self.books.returns.values())
        if not cases:
            return
        case = cases[number % len(cases)]
        order = self.books.orders[case.order_id]
        if what == "approve":
            self.act(lambda: returns.approve(case, order, ReturnPolicy(), by=ANNA, now=self.now))
        elif what == "decline":
            self.act(lambda: returns.decline(case, order, NO, by=ANNA, now=self.now))
        else:
            self.act(lambda: returns.receive(case, order, what, by=ANNA, now=self.now))

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    @invariant()
    def each_articles_accounts_sum_to_zero_and_only_the_supplier_owes(self):
        for product in PRODUCTS:
            mine = {bucket: self.books.accounts[product.sku, bucket] for bucket in Bucket.ALL}
            assert sum(mine.values()) == 0
            assert all(quantity >= 0 for bucket, quantity in mine.items() if bucket != Bucket.SUPPLIER)

    @invariant()
    def held_and_committed_are_the_live_reservations(self):
        reserved: Counter[tuple[str, str]] = Counter()
        for order in self.books.orders.values():
            for one in order.reservations:
                reserved[one.sku, one.state] += one.quantity
        for product in PRODUCTS:
            for state in LIVE:
                assert self.books.accounts[product.sku, state] == reserved[product.sku, state]

    @invariant()
    def an_open_order_reserves_what_it_needs_and_a_finished_one_nothing(self):
        states = {OrderState.PENDING: ReservationState.HELD, OrderState.ACCEPTED: ReservationState.COMMITTED}
        for order in self.books.orders.values():
            alive: Counter[str] = Counter()
            for one in order.reservations:
                alive[one.sku] += one.quantity if one.state in LIVE else 0
            assert +alive == (dict(need(order.lines)) if order.is_open else {})
            assert all(one.state == states[order.state] for one in order.reservations if one.state in LIVE)

    @invariant()
    def timelines_have_no_gap_and_each_decision_is_one_version(self):
        for order in self.books.orders.values():
            events = self.books.events[order.id]
            assert [event.seq for event in events] == list(range(1, order.seq + 1))
            assert sorted({event.version for event in events}) == list(range(1, order.version + 1))

    @invariant()
    def the_states_are_those_of_the_last_events(self):
        for order in self.books.orders.values():
            last = {event.machine: event.state_to for event in self.books.events[order.id]}
            assert (last["order"], last.get("fulfilment", "planned")) == (order.state, order.fulfilment)

    @invariant()
    def no_more_is_fulfilled_than_ordered_nor_returned_than_fulfilled(self):
        for order in self.books.orders.values():
            for one in order.lines:
                assert 0 <= one.returned <= one.fulfilled <= one.quantity - one.cancelled

    @invariant()
    def at_most_one_change_of_an_order_waits_and_none_of_one_that_is_over(self):
        for order in self.books.orders.values():
            assert len(self.books.live(order.id)) <= order_changes.may_change(order)

    @invariant()
    def a_complete_order_is_paid_and_no_other(self):
        for order in self.books.orders.values():
            taken = sum(payment.amount for payment in self.books.payments[order.id])
            assert taken == (order.total if order.state is OrderState.COMPLETED else 0)


ShopAtWork.TestCase.settings = settings(max_examples=80, stateful_step_count=60, deadline=None)
TestTheBooks = ShopAtWork.TestCase
