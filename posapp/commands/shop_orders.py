"""Following a web shop's orders: one command per event, named by the shop's own ids.

They hold nothing of the till, so two pulls of one state are one command.
"""

from datetime import datetime
from typing import ClassVar

import msgspec

from posapp.commands.command import Command, Work, named
from posapp.domain import shop_orders as rules
from posapp.domain import shop_refunds
from posapp.domain.events import OrderPlaced
from posapp.domain.lines import Line
from posapp.domain.orders import Channel, Order
from posapp.domain.paying import weigh


class WebLine(msgspec.Struct, frozen=True, gc=False):
    """A line with the shop's stored figures; `product_id` is ours, "" for what no catalogue knows."""

    remote_id: str
    product_id: str
    sku: str
    name: str
    quantity: int
    unit_price_minor: int
    net_minor: int
    taxes: dict[str, int]
    taken_by_shop: int


class WebTerms(msgspec.Struct, frozen=True, gc=False):
    """Lines, shipping and fees of one state of an order; `digest` tells states apart."""

    lines: tuple[WebLine, ...]
    shipping_net_minor: int
    shipping_taxes: dict[str, int]
    fees_net_minor: int
    fees_taxes: dict[str, int]
    discount_minor: int
    digest: str


class PlaceShopOrder(Command, frozen=True, kw_only=True, tag="place_shop_order"):
    """An order of the web shop, seen for the first time."""

    at_till: ClassVar[bool] = False

    order_id: str
    shop_id: str
    remote_id: str
    remote_key: str
    location_id: str
    contact_id: str
    currency: str
    placed_at: datetime
    terms: WebTerms
    shop_status: str
    payment_method: str
    transaction_id: str
    history: bool  # completed or refunded before this till knew the shop


class ReviseShopOrder(Command, frozen=True, kw_only=True, tag="revise_shop_order"):
    """Lines or charges were changed in the shop."""

    at_till: ClassVar[bool] = False

    order_id: str
    terms: WebTerms


class NoteShopOrder(Command, frozen=True, kw_only=True, tag="note_shop_order"):
    """The shop's own word for the state, and when it says the order was paid."""

    at_till: ClassVar[bool] = False

    order_id: str
    shop_status: str
    transaction_id: str
    shop_paid_at: datetime | None


class CompleteShopOrder(Command, frozen=True, kw_only=True, tag="complete_shop_order"):
    """The shop says the goods left."""

    at_till: ClassVar[bool] = False

    order_id: str


class CancelShopOrder(Command, frozen=True, kw_only=True, tag="cancel_shop_order"):
    """Cancelled, failed after payment, trashed or gone in the shop."""

    at_till: ClassVar[bool] = False

    order_id: str
    detail: str


class ReopenShopOrder(Command, frozen=True, kw_only=True, tag="reopen_shop_order"):
    """The shop took its cancelling back."""

    at_till: ClassVar[bool] = False

    order_id: str


class RecordShopRefund(Command, frozen=True, kw_only=True, tag="record_shop_refund"):
    """A refund that was made in the shop; units by the shop's line id."""

    at_till: ClassVar[bool] = False

    order_id: str
    remote_id: str
    amount_minor: int
    units: dict[str, int]
    reason: str
    reference: str = ""  # ours, where the till had sent it


class ForgetShopRefund(Command, frozen=True, kw_only=True, tag="forget_shop_refund"):
    """A refund of the shop that is no longer there."""

    at_till: ClassVar[bool] = False

    order_id: str
    remote_id: str


def place_shop_order(command: PlaceShopOrder, work: Work) -> str:
    """Place it once; an order that is known stays as it is."""
    if work.row("SELECT 1 FROM orders WHERE id = ?", (command.order_id,)):
        return command.order_id
    terms = command.terms
    order = Order(
        id=command.order_id,
        number=f"{work.count_up('order'):04d}",
        channel=Channel.WEB,
        location_id=command.location_id,
        currency=command.currency,
        placed_at=command.placed_at,
        sequence=int(command.remote_id),
        shop_id=command.shop_id,
        remote_id=command.remote_id,
        remote_key=command.remote_key,
        contact_id=command.contact_id,
        discount_minor=terms.discount_minor,
        shipping_net_minor=terms.shipping_net_minor,
        shipping_taxes=terms.shipping_taxes,
        fees_net_minor=terms.fees_net_minor,
        fees_taxes=terms.fees_taxes,
        payment_method=command.payment_method,
        transaction_id=command.transaction_id,
        history=command.history,
        shop_status=command.shop_status,
        shop_digest=terms.digest,
        lines=_lines(command.order_id, terms),
    )
    order.total_minor = order.total_placed_minor = order.total_now_minor
    work.book.add_order(order)
    weigh(work.book, order, at=command.placed_at)
    work.book.tell(OrderPlaced(order.id))
    return order.id


def _lines(order_id: str, terms: WebTerms) -> list[Line]:
    return [
        Line(
            id=named(order_id, "line", line.remote_id),
            order_id=order_id,
            position=position,
            variant_id=line.product_id,
            item_id="",
            remote_id=line.remote_id,
            sku=line.sku,
            name=line.name,
            qty_placed=line.quantity,
            qty=line.quantity,
            unit_price_minor=line.unit_price_minor,
            net_minor=line.net_minor,
            taxes=line.taxes,
            taken_by_shop=line.taken_by_shop,
        )
        for position, line in enumerate(terms.lines)
    ]


def revise_shop_order(command: ReviseShopOrder, work: Work) -> str:
    """Follow changed lines and charges; the state that is stored already changes nothing."""
    order, terms = work.order(command.order_id), command.terms
    if order.shop_digest == terms.digest:
        return order.id
    order.shop_digest = terms.digest
    rules.revise(
        work.book,
        order,
        _lines(order.id, terms),
        rules.Terms(
            terms.shipping_net_minor, terms.shipping_taxes, terms.fees_net_minor, terms.fees_taxes,
            terms.discount_minor,
        ),
    )  # fmt: skip
    return order.id


def note_shop_order(command: NoteShopOrder, work: Work) -> str:
    """Keep the shop's word; it moves nothing."""
    order = work.order(command.order_id)
    order.shop_status = command.shop_status
    if command.shop_status not in rules.LEFT_THERE:
        order.completed_in_shop = (
            False  # what left stays left; what is held from now on waits to be handed over
        )
    order.transaction_id = command.transaction_id or order.transaction_id
    order.shop_paid_at = command.shop_paid_at or order.shop_paid_at
    return order.id


def complete_shop_order(command: CompleteShopOrder, work: Work) -> str:
    """Hand over what is held."""
    order = work.order(command.order_id)
    rules.complete(work.book, order)
    return order.id


def cancel_shop_order(command: CancelShopOrder, work: Work) -> str:
    """Free the units; a person decides about the money."""
    order = work.order(command.order_id)
    rules.cancel_in_shop(work.book, order, command.detail)
    return order.id


def reopen_shop_order(command: ReopenShopOrder, work: Work) -> str:
    """Wanted again, as a new arrival."""
    order = work.order(command.order_id)
    rules.reopen_from_shop(work.book, order)
    return order.id


def record_shop_refund(command: RecordShopRefund, work: Work) -> str:
    """Follow a refund made in the shop."""
    order = work.order(command.order_id)
    news = shop_refunds.ShopRefundNews(
        command.remote_id, command.amount_minor, command.units, command.reason, command.reference
    )
    shop_refunds.record_shop_refund(work.book, order, news)
    return order.id


def forget_shop_refund(command: ForgetShopRefund, work: Work) -> str:
    """A refund vanished from the shop."""
    order = work.order(command.order_id)
    shop_refunds.forget_shop_refund(work.book, order, command.remote_id)
    return order.id
