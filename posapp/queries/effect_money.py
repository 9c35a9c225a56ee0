"""The money side of an effect: what goes back, of what it is made, on which payments."""

from posapp.domain.lines import Line
from posapp.domain.orders import Order, Status
from posapp.domain.payments import ROUNDING, Part, Refund, RefundLine
from posapp.queries.effect_rows import MoneyEffect, PayoutPart, RefundedLine


def money_effect(before: Order, after: Order, customer: str) -> MoneyEffect:
    """Tell what became different about an order's money."""
    old_parts = {part.id for part in before.parts if part.counts}  # what failed may be asked for once more
    old_refunds = {refund.id for refund in before.refunds}
    refunds = [refund for refund in after.refunds if refund.id not in old_refunds]
    new = [part for part in after.parts if part.counts and part.id not in old_parts]
    nobodys = sum(part.amount_minor for part in new if part.route == ROUNDING)
    parts = _parts(after, new)
    rounding = before.rounding_minor - after.rounding_minor if refunds else 0
    lines = tuple(_line(before, gone) for refund in refunds for gone in refund.lines)
    living = after.status != Status.CANCELLED
    return MoneyEffect(
        currency=after.currency,
        customer=customer,
        amount_minor=sum(part.amount_minor for part in parts),
        parts=parts,
        lines=lines,
        shipping_minor=sum(refund.shipping_minor for refund in refunds),
        kept_minor=sum(refund.kept_minor for refund in refunds),
        rounding_minor=rounding - nobodys,
        lowers_balance_minor=rounding + sum(_lowers_balance(refund) for refund in refunds),
        shipping_stays_minor=after.shipping_net_minor + sum(after.shipping_taxes.values()),
        paid_before_minor=before.paid_minor,
        paid_after_minor=after.paid_minor,
        total_before_minor=before.total_minor,
        total_after_minor=after.total_minor,
        owed_after_minor=after.owed_minor,
        credit_after_minor=max(0, after.paid_minor - after.total_minor) if living else 0,
    )


def _parts(after: Order, new: list[Part]) -> tuple[PayoutPart, ...]:
    payments = {payment.id: payment for payment in after.payments}
    return tuple(
        PayoutPart(
            part.payment_id,
            payments[part.payment_id].provider,
            payments[part.payment_id].method,
            payments[part.payment_id].reference,
            part.route,
            part.amount_minor,
        )
        for part in new
        if part.route != ROUNDING
    )


def _lowers_balance(refund: Refund) -> int:
    """What the units are worth beyond what is paid back, kept, or was given back without naming goods."""
    worth = sum(line.net_minor + line.tax_minor for line in refund.lines)
    if not worth:
        return 0
    return worth + refund.shipping_minor + refund.unassigned_minor - refund.kept_minor - refund.amount_minor


def _line(before: Order, gone: RefundLine) -> RefundedLine:
    line = before.line(gone.line_id)
    assert line is not None, "a refund names lines that the order has"
    listed = gone.quantity * line.unit_price_minor
    worth = gone.net_minor + gone.tax_minor
    on_top = gone.tax_minor if _is_taxed_on_top(line) else 0
    return RefundedLine(
        line_id=line.id,
        name=line.name,
        units=gone.quantity,
        unit_price_minor=line.unit_price_minor,
        list_minor=listed,
        discount_share_minor=listed + on_top - worth,
        tax_on_top_minor=on_top,
        worth_minor=worth,
    )


def _is_taxed_on_top(line: Line) -> bool:
    """Whether the line's tax comes on top of its price: with it, the line costs more than its units' price."""
    tax = sum(line.taxes.values())
    return tax > 0 and line.net_minor + tax > line.qty_placed * line.unit_price_minor
