"""An order as its customer sees it, with the money the provider holds and what can be done."""

from posapp.demo_shop.amounts import naira, to_minor
from posapp.demo_shop.book import Book
from posapp.demo_shop.names import spoken_name
from posapp.demo_shop.page.deeds import Deed, offered
from posapp.demo_shop.page.layout import chip, esc
from posapp.demo_shop.pricing import totals
from posapp.demo_shop.provider import transactions_of
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.provider_refunds import refunds_of, settle_due
from posapp.demo_shop.records import Order, Transaction
from posapp.demo_shop.woocommerce.listing import SITE_ZONE

_STATES = {
    "pending": ("idle", "clock", "Not paid yet"),
    "failed": ("idle", "clock", "Payment failed"),
    "on-hold": ("wait", "hourglass", "On hold"),
    "processing": ("paid", "circle-check", "Processing"),
    "completed": ("sent", "truck", "Completed"),
    "cancelled": ("gone", "circle-x", "Cancelled"),
    "refunded": ("demo", "undo-2", "Refunded"),
    "trash": ("gone", "circle-x", "Deleted"),
}
_MONEY = {
    "success": ("paid", "circle-check", "Received"),
    "reversed": ("gone", "undo-2", "Taken back"),
    "failed": ("gone", "circle-x", "Declined"),
    "abandoned": ("idle", "circle-x", "Abandoned"),
}
_REFUNDS = {
    "processed": ("demo", "undo-2", "Paid back"),
    "failed": ("gone", "circle-x", "Refund failed"),
    "needs-attention": ("wait", "info", "Needs details"),
}


def state_chip(order: Order) -> str:
    """Where WooCommerce thinks the order is."""
    if order.status == "processing" and order.paid_at is None:
        return chip("wait", "truck", "Pay on delivery")
    return chip(*_STATES.get(order.status, ("idle", "clock", order.status.capitalize())))


def order_parts(book: Book, order: Order) -> list[str]:
    """The page's parts."""
    settle_due(book)
    return [
        f'<div class="head"><h1>Order {order.id}</h1>{state_chip(order)}</div>',
        f'<div class="columns">{_goods(order)}<div class="stack">{_money(book, order)}',
        f"{_deeds(book, order)}</div></div>",
        '<p><a class="button" href="/">Back to the shop</a></p>',
    ]


def _row(name: str, more: str, minor: int) -> str:
    detail = f'<span class="small muted">{esc(more)}</span>' if more else ""
    return f'<li><span class="grow">{esc(name)} {detail}</span><span class="end">{naira(minor)}</span></li>'


def _goods(order: Order) -> str:
    rows = [
        _row(
            spoken_name(line.name).replace(" - ", ", "),
            f"× {line.quantity}",
            to_minor(line.total_micro) + line.total_tax_minor,
        )
        for line in order.lines
    ]
    rows += [_row(c.title, "", c.total_minor + c.tax_minor) for c in order.shipping_lines]
    rows += [_row(c.title, "", c.total_minor + c.tax_minor) for c in order.fees]
    name = f"{order.billing.get('first_name', '')} {order.billing.get('last_name', '')}".strip()
    sums = totals(order)
    return (
        f'<section class="card"><h2>For {esc(name or "a guest")}</h2>'
        f'<ul class="rows">{"".join(rows)}</ul>'
        f'<p class="sum"><span>Total</span><span>{naira(sums.total_minor)}</span></p>'
        f'<p class="small muted">VAT inside: {naira(sums.tax_minor)}</p></section>'
    )


def _money(book: Book, order: Order) -> str:
    made = transactions_of(book, order)
    if made:
        rows = "".join(_payment(t) + "".join(_refund(r) for r in refunds_of(book, t)) for t in made)
        inside = f'<ul class="rows">{rows}</ul>'
    else:
        how = {"cod": "To be paid on delivery.", "bacs": "To be paid by bank transfer."}
        words = "Paid by bank transfer." if order.paid_at else how.get(order.payment_method, "Nothing yet.")
        inside = f'<p class="muted">{words}</p>'
    return f'<section class="card"><h2>Payments at the provider</h2>{inside}</section>'


def _payment(made: Transaction) -> str:
    at = (made.paid_at or made.created_at).astimezone(SITE_ZONE)
    return (
        f'<li><span class="grow"><span class="strong">{naira(made.amount_minor)}</span>'
        f'<span class="small muted below">{esc(made.reference)}, {at:%H:%M}</span></span>'
        f"{chip(*_MONEY.get(made.status, ('wait', 'hourglass', 'Awaited')))}</li>"
    )


def _refund(refund: ProviderRefund) -> str:
    at = refund.created_at.astimezone(SITE_ZONE)
    return (
        f'<li><span class="grow"><span class="strong">{naira(-refund.amount_minor)}</span>'
        f'<span class="small muted below">Refund {refund.id}, {at:%H:%M}</span></span>'
        f"{chip(*_REFUNDS.get(refund.status, ('wait', 'hourglass', 'Refund awaited')))}</li>"
    )


def _deeds(book: Book, order: Order) -> str:
    possible = offered(book, order)
    if not possible:
        return ""
    rows = "".join(f"<li>{_deed(name, deed)}</li>" for name, deed in possible.items())
    return (
        f'<section class="card"><h2>What happens next?</h2>'
        f'<form method="post" action="/order/{order.id}">'
        f'<input type="hidden" name="key" value="{esc(order.order_key)}">'
        f'<ul class="rows">{rows}</ul></form></section>'
    )


def _deed(name: str, deed: Deed) -> str:
    look = "primary" if deed.primary else ""
    return (
        f'<div class="deed grow"><span class="small muted">{esc(deed.meaning)}</span>'
        f'<button class="{look}" name="deed" value="{name}">{esc(deed.word)}</button></div>'
    )
