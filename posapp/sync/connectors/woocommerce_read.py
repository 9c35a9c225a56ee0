"""From WooCommerce's words to ours. Pure: the same bytes give the same record.

The shop's stored figures are the snapshot; nothing is computed anew. Where a plugin's
order does not add up to its total, the total is what was paid: the difference becomes
part of the fees, so that the parts always add up.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from posapp.domain import money
from posapp.domain.feed import (
    MAX_MINOR,
    MAX_UNITS,
    Contact,
    ShopCharge,
    ShopLine,
    ShopOrder,
    ShopRefund,
    ShopRefundLine,
    Unreadable,
)
from posapp.sync.connectors import woocommerce_wire as wire
from posapp.sync.connectors.reading import (
    clean_text,
    currency_code,
    digest_of_bytes,
    instant,
    instant_or_none,
    minor,
    minor_rounded,
    remote_id,
    whole,
    with_digest,
)

MAX_LINES = 5_000


def read_order(body: bytes) -> ShopOrder:
    """Read a packed order with its refunds. Raises `Unreadable`.

    Amounts count the smallest unit of the order's currency, however many decimals the
    shop shows: "1500" NGN is 150 000 kobo.
    """
    packed = wire.unpack(body, wire.OrderBody)
    if packed.gone is not None:
        return _gone_order(packed.gone.id, packed.seen_at)
    if packed.order is None:
        raise Unreadable("The shop sent no order.")
    return _read(packed.order, packed.refunds, packed.seen_at)


class _Figures(NamedTuple):
    lines: tuple[ShopLine, ...]
    shipping: ShopCharge
    fees: ShopCharge
    discount_minor: int
    total_minor: int


def _read(order: wire.Order, refunds: list[wire.Refund], seen_at: datetime) -> ShopOrder:
    currency = currency_code(order.currency)
    digits = money.decimals(currency)
    if max(len(order.line_items), len(refunds)) > MAX_LINES:
        raise Unreadable(f"The order has more than {MAX_LINES:,} lines.")
    figures = _figures(order, digits)
    placed_at = instant(order.date_created_gmt, "the order's date", seen_at)
    number = remote_id(order.id, "the order's id")
    return with_digest(
        ShopOrder(
            remote_id=number,
            key=order_key(order),
            shown_number=clean_text(order.number, 40) or number,
            status=clean_text(order.status, 40).lower(),
            currency=currency,
            total_minor=figures.total_minor,
            discount_minor=figures.discount_minor,
            lines=figures.lines,
            shipping=figures.shipping,
            fees=figures.fees,
            placed_at=placed_at,
            modified_at=instant_or_none(order.date_modified_gmt, "the date of change", seen_at) or placed_at,
            paid_at=instant_or_none(order.date_paid_gmt, "the date of payment", seen_at),
            completed_at=instant_or_none(order.date_completed_gmt, "the date of completion", seen_at),
            payment_method=clean_text(order.payment_method, 100),
            payment_title=clean_text(order.payment_method_title, 100),
            transaction_id=clean_text(order.transaction_id, 200),
            contact=_contact(order),
            refunds=_refunds(refunds, digits, seen_at),
        )
    )


def _figures(order: wire.Order, digits: int) -> _Figures:
    """Read lines, shipping and fees, so that they add up to the order's total."""
    if order.total in ("", None):
        raise Unreadable("The order has no total.")
    total_minor = minor(order.total, digits, "the total")
    if total_minor < 0:
        raise Unreadable("The order's total is below 0.")
    goods = [line for line in order.line_items if not _is_fee(line, digits)]
    disguised = [line for line in order.line_items if _is_fee(line, digits)]
    lines = tuple(_line(line, digits, order.prices_include_tax) for line in goods)
    if len({line.remote_id for line in lines}) != len(lines):
        raise Unreadable("Two lines of the order bear one id.")
    shipping = _charge(order.shipping_lines, digits)
    fees = _balanced(_charge([*order.fee_lines, *disguised], digits), total_minor, lines, shipping)
    discount_minor = max(0, sum(_discount(line, digits) for line in goods))
    return _Figures(lines, shipping, fees, discount_minor, total_minor)


def _refunds(refunds: list[wire.Refund], digits: int, seen_at: datetime) -> tuple[ShopRefund, ...]:
    """Oldest first, whatever order the shop tells them in."""
    read = [read_refund(refund, digits, seen_at) for refund in refunds]
    return tuple(sorted(read, key=lambda refund: int(refund.remote_id)))


def order_key(order: wire.Order) -> str:
    """A fingerprint of the shop's own key of an order; two orders that bear one id differ in it."""
    return digest_of_bytes(str(order.order_key or order.date_created_gmt).encode("utf-8", "replace"))[:16]


def read_refund(refund: wire.Refund, digits: int, seen_at: datetime) -> ShopRefund:
    """Read one refund: positive figures out of the shop's negative ones."""
    amount_minor = minor(refund.amount, digits, "a refund's amount")
    if amount_minor < 0:
        raise Unreadable("A refund's amount is below 0.")
    return ShopRefund(
        remote_id=remote_id(refund.id, "a refund's id"),
        amount_minor=amount_minor,
        refunded_at=instant(refund.date_created_gmt, "a refund's date", seen_at),
        lines=tuple(_refund_lines(refund.line_items, digits)),
        reason=clean_text(refund.reason),
        our_reference=clean_text(_noted(refund.meta_data, wire.OUR_REFERENCE), 100),
    )


def _line(line: wire.Line, digits: int, prices_include_tax: bool) -> ShopLine:
    quantity = whole(line.quantity, "a quantity", 1)
    before_minor = minor(line.subtotal, digits, "a line's subtotal")
    if prices_include_tax:
        before_minor += minor(line.subtotal_tax, digits, "a line's tax")
    return ShopLine(
        remote_id=remote_id(line.id, "a line's id"),
        product_id=_known_id(line.product_id),
        variation_id=_known_id(line.variation_id),
        sku=clean_text(line.sku, 100),
        name=clean_text(line.name) or "(no name)",
        quantity=quantity,
        unit_price_minor=money.cumulative(before_minor, 1, quantity),
        net_minor=minor(line.total, digits, "a line's total"),
        taxes=_taxes(line, digits),
        taken_by_shop=_taken(line),
    )


def _refund_lines(lines: list[wire.Line], digits: int) -> Iterable[ShopRefundLine]:
    for line in lines:
        sale_line = _noted(line.meta_data, wire.REFUNDED_LINE)
        if not sale_line.isdigit():
            continue  # it names no line: its money stays a part of the amount alone
        yield ShopRefundLine(
            line_id=remote_id(sale_line, "a refund's line"),
            quantity=abs(whole(line.quantity or 0, "a refund's quantity", -MAX_UNITS)),
            net_minor=abs(minor(line.total, digits, "a refund's total")),
            tax_minor=abs(minor(line.total_tax, digits, "a refund's tax")),
        )


def _charge(charges: Sequence[wire.Charge | wire.Line], digits: int) -> ShopCharge:
    """Sum shipping or fee lines, each with its taxes."""
    net_minor, taxes = 0, dict[str, int]()
    for charge in charges:
        net_minor += minor(charge.total, digits, "a charge")
        for rate, tax_minor in _taxes(charge, digits).items():
            taxes[rate] = taxes.get(rate, 0) + tax_minor
    return ShopCharge(net_minor, taxes)


def _taxes(line: wire.Line | wire.Charge, digits: int) -> dict[str, int]:
    """Split a line's tax by rate; the shop's word on the whole is right, its parts may be unrounded."""
    total_minor = minor(line.total_tax, digits, "a tax")
    parts: dict[str, int] = {}
    for tax in line.taxes:
        tax_minor = minor_rounded(tax.total, digits, "a part of a tax")
        if tax_minor:
            rate = remote_id(tax.id, "a tax rate")
            parts[rate] = parts.get(rate, 0) + tax_minor
    left_minor = total_minor - sum(parts.values())
    if left_minor:
        largest = max(parts, key=lambda rate: abs(parts[rate]), default="0")
        parts[largest] = parts.get(largest, 0) + left_minor
    return {rate: tax_minor for rate, tax_minor in parts.items() if tax_minor}


def _balanced(
    fees: ShopCharge, total_minor: int, lines: Iterable[ShopLine], shipping: ShopCharge
) -> ShopCharge:
    """Put into the fees what the order's total has more or less than its parts.

    A shop that rounds its tax on the subtotal is a cent off; a gift card or a points
    plugin lowers the total without a line. The total is what was paid.
    """
    parts = [line.net_minor + sum(line.taxes.values()) for line in lines]
    parts += [charge.net_minor + sum(charge.taxes.values()) for charge in (shipping, fees)]
    net_minor = fees.net_minor + total_minor - sum(parts)
    if max(abs(net_minor), abs(shipping.net_minor)) > MAX_MINOR:
        raise Unreadable("The order's lines are larger than any amount that we believe.")
    return ShopCharge(net_minor, fees.taxes)


def _is_fee(line: wire.Line, digits: int) -> bool:
    """A line that gives money is a discount in disguise; it can hold no goods."""
    return minor(line.total, digits, "a line's total") < 0


def _discount(line: wire.Line, digits: int) -> int:
    return minor(line.subtotal, digits, "a line's subtotal") - minor(line.total, digits, "a line's total")


def _taken(line: wire.Line) -> int:
    """How many units the shop took from its own number; below 0 after it put back more than it took."""
    noted = _noted(line.meta_data, wire.REDUCED)
    return min(max(int(noted), 0), MAX_UNITS) if noted.lstrip("-").isdigit() else 0


def _noted(meta_data: list[wire.Meta], key: str) -> str:
    for meta in meta_data:
        if meta.key == key and isinstance(meta.value, str | int) and not isinstance(meta.value, bool):
            return clean_text(meta.value, 100)
    return ""


def _known_id(value: wire.Text) -> str:
    return "" if value in (None, "", 0, "0") else remote_id(value, "a product's id")


def _contact(order: wire.Order) -> Contact:
    billing, shipping = order.billing, order.shipping
    place = shipping if shipping.address_1 or shipping.city else billing
    parts = (place.address_1, place.address_2, place.city, place.state, place.postcode, place.country)
    return Contact(
        name=_full_name(billing) or _full_name(shipping),
        phone=clean_text(billing.phone, 60),
        email=clean_text(billing.email, 200),
        address=clean_text(", ".join(str(part)[:200] for part in parts if part)),
        note=clean_text(order.customer_note),
    )


def _full_name(address: wire.Address) -> str:
    names = [clean_text(part, 100) for part in (address.first_name, address.last_name)]
    return " ".join(name for name in names if name) or clean_text(address.company, 200)


def _gone_order(order_id: str, seen_at: datetime) -> ShopOrder:
    """Only the id and the status "gone" mean anything; the shop has forgotten the rest."""
    return with_digest(
        ShopOrder(
            remote_id=remote_id(order_id, "the order's id"),
            key="",
            shown_number=order_id,
            status="gone",
            currency="",
            total_minor=0,
            discount_minor=0,
            lines=(),
            shipping=ShopCharge(),
            fees=ShopCharge(),
            placed_at=seen_at,
            modified_at=seen_at,
            paid_at=None,
            completed_at=None,
            payment_method="",
            payment_title="",
            transaction_id="",
            contact=Contact(),
        )
    )
