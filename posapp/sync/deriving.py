"""From a state of a web order to the events it tells, each with its own time. Pure.

An order is read as a whole, but it was placed, paid, completed and refunded at
different times, and other customers came in between. Each event becomes one command
with the feed's own time; the worker carries them out in the order of their keys.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from posapp.commands.command import Command, named
from posapp.commands.payments import RecordPayment
from posapp.commands.shop_orders import (
    CancelShopOrder,
    CompleteShopOrder,
    ForgetShopRefund,
    NoteShopOrder,
    PlaceShopOrder,
    RecordShopRefund,
    ReopenShopOrder,
    ReviseShopOrder,
    WebLine,
    WebTerms,
)
from posapp.domain.feed import Kind, ShopOrder
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import PaymentState, Teller
from posapp.domain.shop_orders import LEFT_THERE

CANCELLED_THERE = ("cancelled", "trash", "gone")
LIVING_THERE = ("pending", "on-hold", "processing", "completed")
HISTORY = ("completed", "refunded")
ACTOR = "web shop"


class Key(msgspec.Struct, frozen=True, order=True, gc=False):
    """The place of an event among all others (DOMAIN.md, first come first served)."""

    effective_at: datetime
    kind: Kind
    sequence: int
    event_id: str


class Dated(msgspec.Struct, frozen=True, gc=False):
    """A command, its place among the others, and the inbox row it came from."""

    key: Key
    command: Command
    row_seq: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What the till knows about the shop an order comes from."""

    shop_id: str
    location_id: str
    products: dict[str, str]  # the shop's product id: ours
    providers: frozenset[str]  # payment methods whose money a connected provider tells
    importing: bool  # the first import: what is done already is history


@dataclass(slots=True)
class Known:
    """What is known of an order before this state of it; moves on as states are derived."""

    digest: str = ""
    status: str = ""
    paid_at: datetime | None = None
    cancelled: bool = False
    completed: bool = False
    paid: bool = False
    refunds: set[str] = field(default_factory=set)
    placed: bool = False
    overruled: str = ""  # the shop's word that a person has reopened the order against


def order_id(order: ShopOrder) -> str:
    """Our id of a web order: of its number and its own secret-free fingerprint, wherever the shop lives.

    So a shop that moved to another address brings no order twice, and an id that a
    restored shop uses again for another order is another order.
    """
    return named("web order", order.key, order.remote_id)


def product_id(shop_id: str, remote_id: str) -> str:
    """Our id of a shop's product."""
    return named("web product", shop_id, remote_id)


def known_of(order: Order | None) -> Known:
    """What the database knows of an order."""
    if order is None:
        return Known()
    return Known(
        digest=order.shop_digest,
        status=order.shop_status,
        paid_at=order.shop_paid_at,
        cancelled=order.status == Status.CANCELLED and order.close_reason == CloseReason.SHOP,
        completed=order.completed_in_shop,
        paid=order.confirmed_at is not None or order.paid_minor > 0,
        refunds={refund.remote_id for refund in order.refunds if refund.remote_id},
        placed=True,
        overruled=_overruled(order),
    )


def _overruled(order: Order) -> str:
    """The shop's last word, if a person has reopened the order against it; said anew it counts anew."""
    reopened = {case.detail for case in order.cases if case.resolution == "reopen"}
    return order.shop_status if order.shop_status in reopened else ""


class Deriver:
    """Derives the events of one state of one order; `known` is moved on to that state."""

    def __init__(
        self,
        order: ShopOrder,
        known: Known,
        setting: Setting,
        seen_at: datetime,
        row_seq: int,
        again: str = "",
    ) -> None:
        """`again` counts how often the order came back to this very state within its second."""
        self.order, self.known, self.setting, self.row_seq = order, known, setting, row_seq
        self.seen_at, self.id = seen_at, order_id(order)
        self.version = f"{order.modified_at.isoformat()}:{order.digest}{again and ':' + again}"
        self.events: list[Dated] = []

    def derive(self) -> list[Dated]:
        """All events of this state, in no particular order."""
        terms = self._terms()
        if not self.known.placed:
            self._place(terms)
        elif terms.digest != self.known.digest and self.order.status not in CANCELLED_THERE:
            self._add(Kind.EDITED, self.order.modified_at, ReviseShopOrder, "revise", terms=terms)
        self.known.digest, self.known.placed = terms.digest, True
        self._pay()
        self._follow_status()
        self._refund()
        return self.events

    def _add(
        self, kind: Kind, at: datetime, make: type[Command], what: str, *, once: str = "", **fields: Any
    ) -> None:
        """Add an event. `once` names what can happen only once; otherwise this state names it."""
        at = min(max(at, self.order.placed_at), self.seen_at)
        command_id = named(what, self.id, once or self.version)
        command = make(id=command_id, actor=ACTOR, at=at, order_id=self.id, **fields)  # type: ignore[call-arg]  # every event of an order is about it
        key = Key(at, kind, int(self.order.remote_id), f"{self.version}:{command_id}")
        self.events.append(Dated(key, command, self.row_seq))

    def _place(self, terms: WebTerms) -> None:
        order = self.order
        self._add(
            Kind.PLACED,
            order.placed_at,
            PlaceShopOrder,
            "place",
            once="placed",
            shop_id=self.setting.shop_id,
            remote_id=order.remote_id,
            remote_key=order.key,
            location_id=self.setting.location_id,
            contact_id=named(self.id, "contact"),
            currency=order.currency,
            placed_at=min(order.placed_at, self.seen_at),
            terms=terms,
            shop_status=order.status,
            payment_method=order.payment_method,
            transaction_id=order.transaction_id,
            history=self.setting.importing and order.status in HISTORY and order.paid_at is not None,
        )
        self.known.status = order.status

    def _pay(self) -> None:
        """The shop's date_paid is the payment, unless a connected provider tells of it."""
        order = self.order
        if order.payment_method in self.setting.providers:
            news = order.paid_at if order.paid_at != self.known.paid_at else None
        else:
            news = None
            if order.paid_at is not None:
                self.known.paid = True
                self._add(
                    Kind.PAYMENT,
                    order.paid_at,
                    RecordPayment,
                    "shop payment",
                    once="paid",
                    provider=Teller.SHOP,
                    provider_ref=f"{self.setting.shop_id}:{order.remote_id}:{order.key}",
                    reference=order.transaction_id,
                    method=order.payment_title or order.payment_method,
                    gross_minor=order.total_minor,
                    customer_fee_minor=0,
                    state=PaymentState.SUCCEEDED,
                    paid_at=min(max(order.paid_at, order.placed_at), self.seen_at),
                )
        if order.status != self.known.status or news is not None:
            self._add(
                Kind.EDITED,
                order.modified_at,
                NoteShopOrder,
                "note",
                shop_status=order.status,
                transaction_id=order.transaction_id,
                shop_paid_at=news,
            )
            self.known.status, self.known.paid_at = order.status, order.paid_at

    def _follow_status(self) -> None:
        order, known = self.order, self.known
        status = order.status
        known.overruled = known.overruled if status == known.overruled else ""
        ended = status in CANCELLED_THERE or (status == "failed" and known.paid)
        if ended and not known.cancelled and status != known.overruled:
            self._add(Kind.CANCELLED, order.modified_at, CancelShopOrder, "cancel", detail=status)
        elif known.cancelled and status in LIVING_THERE:
            # After a payment of the same second: money for a cancelled order waits for a person.
            self._add(Kind.CANCELLED, order.modified_at, ReopenShopOrder, "reopen")
        known.cancelled = ended or (known.cancelled and status not in LIVING_THERE)
        if status == "completed" and not known.completed:
            at = order.completed_at or order.modified_at
            self._add(Kind.COMPLETED, at, CompleteShopOrder, "complete")
        known.completed = status == "completed" or (known.completed and status in LEFT_THERE)

    def _refund(self) -> None:
        order, known = self.order, self.known
        if order.status == "gone":
            return
        for refund in order.refunds:
            if refund.remote_id not in known.refunds:
                units: dict[str, int] = {}
                for line in refund.lines:
                    units[line.line_id] = units.get(line.line_id, 0) + line.quantity
                self._add(
                    Kind.REFUND,
                    refund.refunded_at,
                    RecordShopRefund,
                    "shop refund",
                    once=refund.remote_id,
                    remote_id=refund.remote_id,
                    amount_minor=refund.amount_minor,
                    units={line_id: count for line_id, count in units.items() if count},
                    reason=refund.reason,
                    reference=refund.our_reference,
                )
        now = {refund.remote_id for refund in order.refunds}
        for gone in sorted(known.refunds - now):
            self._add(Kind.REFUND, self.seen_at, ForgetShopRefund, "forget refund", once=gone, remote_id=gone)
        known.refunds = now

    def _terms(self) -> WebTerms:
        """Lines and charges, with our product ids and a digest of what matters."""
        order = self.order
        lines = tuple(
            WebLine(
                remote_id=line.remote_id,
                product_id=self.setting.products.get(line.variation_id or line.product_id, ""),
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price_minor=line.unit_price_minor,
                net_minor=line.net_minor,
                taxes=line.taxes,
                taken_by_shop=line.taken_by_shop,
            )
            for line in order.lines
        )
        plain = [msgspec.structs.replace(line, taken_by_shop=0, product_id="") for line in lines]
        facts = msgspec.json.encode(
            [plain, order.shipping, order.fees, order.discount_minor], order="deterministic"
        )
        return WebTerms(
            lines=lines,
            shipping_net_minor=order.shipping.net_minor,
            shipping_taxes=order.shipping.taxes,
            fees_net_minor=order.fees.net_minor,
            fees_taxes=order.fees.taxes,
            discount_minor=order.discount_minor,
            digest=sha256(facts).hexdigest()[:24],
        )
