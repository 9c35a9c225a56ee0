"""Orders of our own: placing, editing, cancelling, packing and handing over."""

import msgspec

from posapp.commands.command import Command, Work, named
from posapp.domain import cancelling, editing, handing
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import OrderPlaced
from posapp.domain.orders import Channel, Line, Order, ShipStatus
from posapp.domain.paying import weigh
from posapp.domain.pricing import Priced, TaxRate, price_lines
from posapp.domain.refunding import Payout

MAX_UNITS = 1_000_000
MAX_LINES = 500


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


class EditOrder(Command, frozen=True, kw_only=True, tag="edit_order"):
    """A new revision: lines made smaller (by line id), products added."""

    order_id: str
    seen_version: int
    wanted: dict[str, int] = {}
    added: tuple[NewLine, ...] = ()
    route: str = "cash"
    reference: str = ""
    reason: str = ""


class CancelOrder(Command, frozen=True, kw_only=True, tag="cancel_order"):
    """Cancel; what was paid goes back."""

    order_id: str
    route: str = "cash"
    reference: str = ""
    reason: str = ""


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
    if not 0 < len(command.lines) <= MAX_LINES:
        raise Refused("An order needs at least one line.", code="no_lines")
    till, number = work.setting("till", "A"), work.count_up("order")
    order = Order(
        id=command.order_id,
        number=f"{number:04d}",
        channel=Channel.MANUAL,
        location_id=command.location_id,
        currency=work.setting("currency"),
        placed_at=command.at,
        sequence=number,
        local_ref=f"{till}-{work.count_up('local'):04d}",
        contact_id=command.contact_id,
        discount_minor=command.discount_minor,
        shipping_net_minor=command.shipping_minor,
    )
    order.lines = _lines(work, order, command.lines, command.discount_minor)
    if command.shipping_minor < 0:
        raise Refused("Delivery cannot cost less than 0.", code="bad_amount")
    order.total_minor = order.total_placed_minor = order.total_now_minor
    work.book.add_order(order)
    weigh(work.book, order, at=command.at)
    work.book.tell(OrderPlaced(order.id))
    return order.id


def _lines(work: Work, order: Order, wanted: tuple[NewLine, ...], discount_minor: int) -> list[Line]:
    """Make lines with their price and tax fixed from now on."""
    products = [_product(work, line) for line in wanted]
    amounts = [(line.quantity, price) for line, (_, _, price) in zip(wanted, products, strict=True)]
    if not 0 <= discount_minor <= sum(units * price for units, price in amounts):
        raise Refused("A discount lies between 0 and the price of the goods.", code="bad_amount")
    priced = price_lines(amounts, discount_minor, _tax(work))
    first = len(order.lines)
    return [
        _line(order.id, first + i, new, product, figures)
        for i, (new, product, figures) in enumerate(zip(wanted, products, priced, strict=True))
    ]


def _line(order_id: str, position: int, new: NewLine, product: tuple[str, str, int], figures: Priced) -> Line:
    name, sku, price = product
    return Line(
        id=named(order_id, "line", str(position)),
        order_id=order_id,
        position=position,
        variant_id=new.product_id,
        item_id="",
        remote_id="",
        sku=sku,
        name=name,
        qty_placed=new.quantity,
        qty=new.quantity,
        unit_price_minor=price,
        net_minor=figures.net_minor,
        taxes=figures.taxes,
    )


def _product(work: Work, line: NewLine) -> tuple[str, str, int]:
    """Name, sku and price of a product that can be sold."""
    row = work.row(
        "SELECT name, sku, price_minor, archived, sellable FROM product WHERE id = ?", (line.product_id,)
    )
    if row is None:
        raise NotFound("There is no such product.", code="product_not_found")
    if row[3] or not row[4]:
        raise Refused(f"{row[0]} is no longer sold.", code="archived")
    if not 0 < line.quantity <= MAX_UNITS:
        raise Refused(f"{row[0]}: between 1 and {MAX_UNITS:,} units can be ordered.", code="bad_quantity")
    price = row[2] if line.unit_price_minor is None else line.unit_price_minor
    if price is None or price < 0:
        raise Refused(f"{row[0]} has no price yet.", code="no_price")
    return row[0], row[1], price


def _tax(work: Work) -> TaxRate | None:
    points = int(work.setting("tax_basis_points", "0"))
    if not points:
        return None
    return TaxRate(work.setting("tax_name", "VAT"), points, work.setting("tax_included", "true") == "true")


def edit_order(command: EditOrder, work: Work) -> str:
    """Make lines smaller, add lines. What a web shop's order contains is edited in the shop."""
    order = work.order(command.order_id)
    if order.channel == Channel.WEB:
        raise Refused(f"Order {order.number} belongs to the web shop: edit it there.", code="linked")
    added = _lines(work, order, command.added, 0) if command.added else []
    payout = Payout(command.route, command.reference, command.reason)
    editing.edit_order(
        work.book, order, seen_version=command.seen_version, wanted=command.wanted, added=added, payout=payout
    )
    return order.id


def cancel_order(command: CancelOrder, work: Work) -> str:
    """Cancel an order and give back what was paid."""
    order = work.order(command.order_id)
    cancelling.cancel_order(work.book, order, Payout(command.route, command.reference, command.reason))
    return order.id


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
