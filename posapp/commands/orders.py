"""Orders of our own: placing, editing, cancelling, packing and handing over."""

import msgspec

from posapp.commands.accounts import owed_minor
from posapp.commands.command import Command, Work
from posapp.commands.lines import articles, cash_step, new_order, order_lines
from posapp.commands.offline import gone_from, guard_offline
from posapp.commands.returns import check_route
from posapp.domain import cancelling, editing, handing
from posapp.domain.errors import Refused
from posapp.domain.events import OrderPlaced
from posapp.domain.lines import Line
from posapp.domain.orders import Channel, Order, ShipStatus
from posapp.domain.paying import weigh
from posapp.domain.pricing import Discount, price_sale
from posapp.domain.refunding import Payout
from posapp.domain.sale_line import SaleLine


class NewLine(msgspec.Struct, frozen=True, gc=False):
    """Units of a product at a price; None: the product's own price."""

    product_id: str
    quantity: int
    unit_price_minor: int | None = None


class PlaceOrder(Command, frozen=True, kw_only=True, tag="place_order"):
    """An order made here by hand. It is unpaid and moves nothing until it is paid in full."""

    order_id: str
    location_id: str
    lines: tuple[NewLine, ...]
    contact_id: str = ""
    discount_minor: int = 0
    shipping_minor: int = 0
    note: str = ""


class EditOrder(Command, frozen=True, kw_only=True, tag="edit_order"):
    """A new revision: lines made smaller (by line id), products added."""

    order_id: str
    seen_version: int
    wanted: dict[str, int] = {}
    added: tuple[NewLine, ...] = ()
    route: str = "cash"
    reference: str = ""
    reason: str = ""
    offline: bool = False  # decided while the till reaches nobody


class CancelOrder(Command, frozen=True, kw_only=True, tag="cancel_order"):
    """Cancel; what was paid goes back."""

    order_id: str
    route: str = "cash"
    reference: str = ""
    reason: str = ""
    offline: bool = False  # decided while the till reaches nobody


class HandOver(Command, frozen=True, kw_only=True, tag="hand_over"):
    """Hand held units over; no units named means everything that is held."""

    order_id: str
    units: dict[str, int] = {}


class MarkShipped(Command, frozen=True, kw_only=True, tag="mark_shipped"):
    """Say where the goods are."""

    order_id: str
    ship_status: ShipStatus


def place_order(command: PlaceOrder, work: Work) -> str:
    """Place an order; one that costs nothing is confirmed at once."""
    till, number = work.setting("till", "A"), work.count_up("order")
    order = new_order(work, command, number, command.contact_id)
    order.channel, order.local_ref = Channel.MANUAL, f"{till}-{work.count_up('local'):04d}"
    order.discount_minor, order.shipping_net_minor = command.discount_minor, command.shipping_minor
    order.note = command.note
    order.lines = _lines(work, order, command.lines, command.discount_minor, command.shipping_minor)
    if command.shipping_minor < 0:
        raise Refused("Delivery cannot cost less than 0.", code="bad_amount")
    order.total_minor = order.total_placed_minor = order.total_now_minor
    work.book.add_order(order)
    weigh(work.book, order, at=command.at)
    work.book.tell(OrderPlaced(order.id))
    return order.id


def _lines(
    work: Work, order: Order, wanted: tuple[NewLine, ...], discount_minor: int = 0, shipping_minor: int = 0
) -> list[Line]:
    """Make lines with their price and tax fixed from now on."""
    made = [SaleLine(line.product_id, line.quantity, line.unit_price_minor) for line in wanted]
    found = articles(work, made)
    wishes = [article.wish for article in found]
    priced = price_sale(wishes, Discount(amount_minor=discount_minor), shipping_minor=shipping_minor)
    return order_lines(order, found, priced)


def edit_order(command: EditOrder, work: Work) -> str:
    """Make lines smaller, add lines. What a web shop's order contains is edited in the shop."""
    order = work.order(command.order_id)
    if order.channel == Channel.WEB:
        raise Refused(f"Order {order.number} belongs to the web shop: edit it there.", code="linked")
    added = _lines(work, order, command.added) if command.added else []
    payout, gone = _payout(command, work, order), gone_from(order)
    editing.edit_order(
        work.book, order, seen_version=command.seen_version, wanted=command.wanted, added=added, payout=payout
    )
    if command.offline:
        guard_offline(work, order, gone)
    return order.id


def cancel_order(command: CancelOrder, work: Work) -> str:
    """Cancel an order and give back what was paid."""
    order = work.order(command.order_id)
    gone = gone_from(order)
    cancelling.cancel_order(work.book, order, _payout(command, work, order))
    if command.offline:
        guard_offline(work, order, gone)
    return order.id


def _payout(command: EditOrder | CancelOrder, work: Work, order: Order) -> Payout:
    """How money goes back, in cash that there is, and on an account never more than is owed on it."""
    check_route(command.route)
    return Payout(
        command.route,
        command.reference,
        command.reason,
        cash_step_minor=cash_step(work),
        owed_minor=owed_minor(work, order.contact_id),
    )


def hand_over(command: HandOver, work: Work) -> str:
    """Hand held units of a paid order over."""
    order = work.order(command.order_id)
    handing.hand_over(work.book, order, command.units)
    return order.id


def mark_shipped(command: MarkShipped, work: Work) -> str:
    """Mark goods shipped or delivered."""
    order = work.order(command.order_id)
    handing.mark_shipped(order, command.ship_status)
    return order.id
