"""Refunds as WooCommerce makes them: only the amount is checked, never the quantities."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from posapp.demo_shop.amounts import MICRO_PER_MINOR, to_minor
from posapp.demo_shop.book import Book
from posapp.demo_shop.orders import set_status
from posapp.demo_shop.pricing import totals
from posapp.demo_shop.records import Charge, Line, Order, Refund
from posapp.demo_shop.stock import restock


class RefundRefused(Exception):
    """WooCommerce says no; over REST this is a permanent HTTP 500."""


@dataclass(frozen=True)
class RefundedLine:
    """What is given back of one line: units, net, and VAT, all positive."""

    line_id: int
    quantity: int = 0
    total_micro: int = 0
    tax_minor: int = 0


@dataclass(frozen=True)
class RefundAsked:
    """A refund somebody asks for. Without an amount it is the sum of its lines."""

    amount_minor: int | None = None
    reason: str = ""
    lines: Sequence[RefundedLine] = field(default_factory=tuple)
    restock: bool = True
    by_gateway: bool = False
    meta: Sequence[tuple[str, object]] = field(default_factory=tuple)


def left_to_refund(order: Order) -> int:
    """Kobo that WooCommerce would still give back."""
    return totals(order).total_minor - sum(refund.amount_minor for refund in order.refunds)


def asked_minor(asked: RefundAsked) -> int:
    """What a refund is to give back, in kobo."""
    if asked.amount_minor is not None:
        return asked.amount_minor
    return sum(to_minor(line.total_micro) + line.tax_minor for line in asked.lines)


def make_refund(book: Book, order: Order, asked: RefundAsked) -> Refund:
    """Record a refund, put units back, and turn the order `refunded` when nothing is left.

    A line that is not in the order is ignored, as WooCommerce does. Raises `RefundRefused`.
    """
    amount = asked_minor(asked)
    if amount < 0 or amount > left_to_refund(order):
        raise RefundRefused("Invalid refund amount.")
    refund = Refund(book.post_id(), book.now(), amount, asked.reason, asked.by_gateway)
    full = amount == left_to_refund(order)
    kind = book.meta("_refund_type", "full" if full else "partial")
    refund.meta = [book.meta(key, value) for key, value in asked.meta] + [kind]
    for back in asked.lines:
        _refund_line(book, order, refund, back)
    if any(line.total_tax_minor for line in refund.lines) or any(c.tax_minor for c in refund.shipping):
        refund.tax_line_id = book.line_id()
    order.refunds.append(refund)
    if asked.restock:
        for back in asked.lines:
            for line in order.lines:
                if line.id == back.line_id:
                    restock(book, order, line, back.quantity)
    if full and order.status != "refunded":
        set_status(book, order, "refunded")
    book.touch(order)
    return refund


def _refund_line(book: Book, order: Order, refund: Refund, back: RefundedLine) -> None:
    points_at = book.meta("_refunded_item_id", str(back.line_id))
    for line in order.lines:
        if line.id == back.line_id:
            refund.lines.append(_mirrored(book, line, back))
            refund.lines[-1].meta.append(points_at)
    for charges, into in ((order.shipping_lines, refund.shipping), (order.fees, refund.fees)):
        for charge in charges:
            if charge.id == back.line_id:
                net = -(back.total_micro // MICRO_PER_MINOR)
                into.append(
                    Charge(
                        id=book.line_id(),
                        title=charge.title,
                        total_minor=net,
                        tax_minor=-back.tax_minor,
                        method_id=charge.method_id,
                        instance_id=charge.instance_id,
                        meta=[points_at],
                    )
                )


def _mirrored(book: Book, line: Line, back: RefundedLine) -> Line:
    return Line(
        id=book.line_id(),
        name=line.name,
        product_id=line.product_id,
        variation_id=line.variation_id,
        quantity=-back.quantity,
        taxable=line.taxable,
        subtotal_micro=-back.total_micro,
        total_micro=-back.total_micro,
        subtotal_tax_minor=-back.tax_minor,
        total_tax_minor=-back.tax_minor,
        sku=line.sku,
        barcode=line.barcode,
        parent_name=line.parent_name,
        chosen=line.chosen,
        shows_tax=back.tax_minor != 0,
    )


def delete_refund(book: Book, order: Order, refund: Refund) -> None:
    """Take a refund away. The order's `date_modified` does not move."""
    order.refunds.remove(refund)
    book.changes += 1
