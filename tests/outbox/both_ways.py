"""Money and goods in both directions: what may happen to a till, its web shop and its payment provider in any order."""

from pathlib import Path
from typing import Any

import httpx

from posapp.commands.collecting import CollectAndHandOver
from posapp.commands.counter import Tender
from posapp.commands.orders import CancelOrder, HandOver
from posapp.commands.outbox import DiscardOutgoing
from posapp.commands.resolutions import Resolve, UndoDecision
from posapp.db.store import load_order
from posapp.demo_shop.paystack import ROOT
from posapp.domain.errors import NotFound, Refused
from posapp.domain.orders import Order
from posapp.domain.payments import GATEWAY, PROVIDER, SENT_OUT, PartState, PaymentStatus
from posapp.domain.resolutions import RESOLUTIONS, offered
from posapp.queries.books import book_troubles
from posapp.sync.connecting import connect
from posapp.sync.connectors.woocommerce_wire import OUR_REFERENCE
from tests.sync.publishing_days import OUTCOMES, SKUS, Days

ROUTES = ("gateway", "provider", "hand", "own")
HOLDS = 6 * 60  # minutes after which whatever waits for a next try has had it


class BothWays(Days):
    """Days with a payment provider, and with decisions that move money."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.decided: list[tuple[str, str]] = []  # decisions that may be undone

    async def open(self) -> None:
        await super().open()
        address, key = f"http://127.0.0.1{ROOT}", self.store.provider_key
        await connect(self.desk, self.secrets, "paystack", address, "", key, transport=self.wire)
        for sku, units, how in ((0, 4, "exact"), (0, 3, "twice"), (0, 2, "more"), (1, 2, "exact")):
            await self.web_card(sku, units, how)
        await self.web_order(2, 4, "paid")
        await self.web_on_delivery(2, 1)
        await self.look(2)

    # --- in the web shop and at the provider

    async def web_card(self, sku: int, units: int, how: str) -> None:
        """Somebody buys and pays through the provider: exactly, too much, twice, or in part."""
        order = self.store.place([(SKUS[sku], units)], method="paystack")
        self.web.append(order.id)
        total = units * 100_000 if SKUS[sku] == "MUG" else None
        more = {"part": 50_000, "more": (total or 0) + 50_000}.get(how)
        self.store.pay(order.id, more if total else None)
        if how == "twice":
            self.store.pay(order.id)

    async def web_on_delivery(self, sku: int, units: int) -> None:
        order = self.store.place([(SKUS[sku], units)], method="cod")
        self.store.set_status(order.id, "processing")
        self.web.append(order.id)

    async def provider_will(self, outcome: str) -> None:
        self.store.plan_refunds(outcome)

    # --- at the counter

    def ours(self, pick: int) -> Order:
        """One of the orders that the till knows. Raises `NotFound` while it knows none."""
        ids = [row[0] for row in self.rows("SELECT id FROM orders ORDER BY rowid")]
        if not ids:
            raise NotFound("There is no order yet.", code="order_not_found")
        return self.order(ids[pick % len(ids)])

    def order(self, order_id: str) -> Order:
        order = self.desk.write_now(lambda c: load_order(c, order_id))
        assert order is not None
        return order

    async def decide(self, pick: int, way: int, route: str) -> None:
        order = self.ours(pick)
        keys = [resolution.key for resolution in offered(order) if resolution.key != "mixed"]
        if keys:
            self.resolve(order, keys[way % len(keys)], route)

    async def give_back_on_a_bad_line(self, pick: int, way: int, times: int, how: str) -> None:
        """Decide that money goes back as it came, and have the asking for it lost there or on its way back."""
        left = [1] * times

        def fails(request: httpx.Request) -> str:
            if request.method == "POST" and "refund" in request.url.path and left:
                left.pop()
                return how
            return ""

        self.wire.fails = fails
        waiting = self.rows(
            "SELECT DISTINCT order_id FROM attention_case WHERE is_open = 1 ORDER BY order_id"
        )
        for (order_id,) in [*waiting[pick % len(waiting) :], *waiting] if waiting else []:
            order = self.order(order_id)
            told_by = {payment.provider for payment in order.payments}
            route = "provider" if "paystack" in told_by else "gateway"
            keys = [one.key for one in offered(order) if one.gives_money and one.key != "mixed"]
            for key in [*keys[way % len(keys) :], *keys] if keys else []:
                try:
                    self.resolve(order, key, route)
                except Refused:
                    continue
                await self.wait(1)
                await self.look()
                return

    def resolve(self, order: Order, key: str, route: str) -> None:
        route = route if RESOLUTIONS[key].gives_money and route != "own" else "hand"
        self.do(Resolve, order_id=order.id, key=key, route=route, reference="by hand")
        last = self.rows("SELECT id FROM decision WHERE order_id = ? ORDER BY rowid DESC LIMIT 1", order.id)
        self.decided += [(order.id, row[0]) for row in last]

    async def cancel_any(self, pick: int, route: str) -> None:
        self.do(CancelOrder, order_id=self.ours(pick).id, route=route, reference="by hand")

    async def undo_last(self) -> None:
        if self.decided:
            order_id, decision_id = self.decided.pop()
            self.do(UndoDecision, order_id=order_id, decision_id=decision_id)

    async def hand_over_any(self, pick: int) -> None:
        self.do(HandOver, order_id=self.ours(pick).id)

    async def collect(self, pick: int) -> None:
        order = self.ours(pick)
        tender = Tender("transfer", max(0, order.total_minor - order.paid_minor))
        self.do(CollectAndHandOver, order_id=order.id, tenders=(tender,))

    # --- rest

    async def rest(self) -> None:
        """The network holds; what was refused or failed is decided, until nothing is left to send."""
        self.store.state.refund_plan.clear()
        for _ in range(12):
            await super().rest()
            for refund in [*self.store.state.provider_refunds.values()]:
                if refund.status in ("pending", "processing") and refund.due_at is None:
                    self.store.settle_refund(refund.id, "processed")  # a bank answers in the end
            await self.wait(HOLDS)
            await self.look(2)
            self._decide_about_what_failed()
            if not self._open_rows() and not self._under_way():
                await super().rest()
                if not self._open_rows() and not self._under_way():
                    return
        raise AssertionError(f"it never rests: {self._open_rows()}, {self._under_way()}")

    def _open_rows(self) -> list[Any]:
        return self.rows(
            "SELECT id, kind, state, words FROM outgoing WHERE state IN ('WAITING', 'SENDING', 'REFUSED')"
        )

    def _under_way(self) -> list[Any]:
        """Shares on their way, and failed ones that somebody is still owed; what is owed no more stays FAILED."""
        asked = "SELECT order_id FROM attention_case WHERE is_open = 1 AND reason = 'REFUND_FAILED'"
        failed = f"state = 'FAILED' AND order_id IN ({asked})"
        return self.rows(f"SELECT id, state FROM part WHERE state NOT IN ('PROCESSED', 'FAILED') OR {failed}")

    def _decide_about_what_failed(self) -> None:
        for order_id, outgoing_id in self.rows("SELECT order_id, id FROM outgoing WHERE state = 'REFUSED'"):
            self.do(DiscardOutgoing, order_id=order_id, outgoing_id=outgoing_id)
        asked = "SELECT order_id FROM attention_case WHERE is_open = 1 AND reason = 'REFUND_FAILED'"
        for (order_id,) in self.rows(asked):
            for key in self.chance.sample(["retry_refund", "undo_refund", "manual_refund"], 3):
                try:
                    self.resolve(self.order(order_id), key, "hand")
                except Refused:
                    continue
                break

    # --- what must be true

    def check(self) -> None:
        """The books are right, both sides have one number, and nobody was paid twice."""
        assert self.desk.write_now(lambda c: list(book_troubles(c, 5))) == []
        assert self.differing() == {}
        for (order_id,) in self.rows("SELECT id FROM orders"):
            order = self.order(order_id)
            self._check_sales(order)
            self._check_paid_once(order)

    def _check_sales(self, order: Order) -> None:
        """Total Sales are what was paid less what was given back, but for credit and what was never applied."""
        entries = self.rows(
            "SELECT COALESCE(SUM(amount_minor), 0) FROM sales_entry WHERE order_id = ?", order.id
        )
        assert entries[0][0] == order.contribution_minor
        settled = not any(case.is_open for case in order.cases)
        if settled and order.payment_status == PaymentStatus.PAID:  # a balance is due on the others
            kept = order.paid_minor - order.credit_minor
            assert order.contribution_minor == order.total_minor == kept, order

    def _check_paid_once(self, order: Order) -> None:
        asked = {row[0] for row in self.rows("SELECT part_id FROM outgoing WHERE order_id = ?", order.id)}
        sent = [part for part in order.parts if part.route in SENT_OUT and part.state == PartState.PROCESSED]
        for part in (part for part in sent if part.id in asked):
            made = self._made_outside(part.refund_id, part.route)
            assert made.get(part.id, 0) <= 1 or part.route == GATEWAY
            assert sum(made.values()) >= 1, (order.number, part, made)
        for refund_id in {part.refund_id for part in order.parts} | {r.id for r in order.refunds}:
            for route in SENT_OUT:
                made = self._made_outside(refund_id, route)
                assert all(times == 1 for times in made.values()), (order.number, refund_id, made)

    def _made_outside(self, refund_id: str, route: str) -> dict[str, int]:
        """How often what was asked for a refund was made outside and not taken back, by our key."""
        made: dict[str, int] = {}
        if route == PROVIDER:
            for refund in self.store.state.provider_refunds.values():
                if refund.status != "failed" and refund_id in refund.merchant_note:
                    key = next(word for word in refund.merchant_note.split() if refund_id in word)
                    made[key] = made.get(key, 0) + 1
            return made
        for order in self.store.state.orders.values():
            for refund in order.refunds:
                for note in refund.meta:
                    if note.key == OUR_REFERENCE and str(note.value).startswith(refund_id):
                        made[str(note.value)] = made.get(str(note.value), 0) + 1
        return made

    async def done(self, name: str, *what: Any) -> None:
        """Do one deed; what a rule, the shop or the provider itself refuses is not done."""
        try:
            await getattr(self, name)(*what)
        except (*OUTCOMES, ValueError):
            return
