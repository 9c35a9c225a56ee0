"""The basket with everything the quick buttons leave out: name, delivery, and how the money goes wrong."""

from posapp.demo_shop.amounts import naira, tax_on_minor
from posapp.demo_shop.book import Book
from posapp.demo_shop.checkout import DELIVERIES, Customer, Delivery, Payment
from posapp.demo_shop.page.basket import Basket
from posapp.demo_shop.page.icons import icon
from posapp.demo_shop.page.layout import esc
from posapp.demo_shop.page.shelf import spoken
from posapp.demo_shop.pricing import price_minor

PAYMENTS = {
    Payment.NOW: ("Pay now", "The whole amount, by card."),
    Payment.LATER: ("Pay later", "The order waits; pay from its page."),
    Payment.TWICE: ("Pay twice", "The same payment goes through a second time."),
    Payment.TOO_MUCH: ("Pay too much", "₦1,000 more than it costs."),
    Payment.PART: ("Pay half now", "A deposit; the rest from the order's page."),
    Payment.SLOW: ("The bank is slow", "The payment is awaited until the bank answers."),
    Payment.REVERSED: ("The bank takes it back", "Paid, and then the money is gone again."),
    Payment.AFTER_CANCELLING: ("Pay after cancelling", "The order is cancelled, then paid all the same."),
    Payment.ON_DELIVERY: ("Pay on delivery", "Cash, when the goods arrive."),
    Payment.TRANSFER: ("Bank transfer", "The order is on hold until the shop sees the money."),
}


def checkout_parts(book: Book, basket: Basket, customer: Customer) -> list[str]:
    """The page's parts."""
    head = '<div class="head"><h1>Your basket</h1></div>'
    if not basket.units:
        empty = '<p class="muted">It is empty.</p>'
        return [head, empty, '<p><a class="button" href="/">Back to the shop</a></p>']
    return [
        head,
        f'<div class="columns"><div class="stack">{_lines(book, basket)}',
        f'<section class="card">{_person(customer)}</section>',
        f'<section class="card">{_deliveries(book, basket)}</section></div>',
        # The fields beside it belong to this form too: they name it.
        '<form class="stack" id="buy" method="post" action="/buy">',
        f'<section class="card">{_payments()}</section>',
        '<button class="primary full">Place the order</button></form></div>',
    ]


def _lines(book: Book, basket: Basket) -> str:
    rows = []
    for product, units in basket.lines(book):
        name = spoken(book, product)
        rows.append(
            f'<li><span class="grow">{esc(name)}<span class="small muted below">'
            f"{naira(price_minor(product))} each</span></span>"
            f'<form class="stepper" method="post" action="/basket">'
            f'<input type="hidden" name="product" value="{product.id}">'
            f'<input type="hidden" name="back" value="checkout">'
            f'<button class="round" name="step" value="less" aria-label="One {esc(name)} less">'
            f"{icon('minus')}</button><span>{units}</span>"
            f'<button class="round" name="step" value="add" aria-label="One {esc(name)} more">'
            f"{icon('plus')}</button></form>"
            f'<span class="end strong">{naira(price_minor(product) * units)}</span></li>'
        )
    goods = naira(basket.goods_minor(book))
    return (
        f'<section class="card"><ul class="rows">{"".join(rows)}</ul>'
        f'<p class="sum"><span>Goods</span><span>{goods}</span></p></section>'
    )


def _person(customer: Customer) -> str:
    name = f"{customer.first_name} {customer.last_name}".strip()
    return (
        f'<fieldset><legend>Who buys</legend><div class="two">'
        f'<label class="field">Name<input type="text" form="buy" name="name" maxlength="60" '
        f'value="{esc(name)}"></label>'
        f'<label class="field">Phone<input type="tel" form="buy" name="phone" maxlength="30" '
        f'value="{esc(customer.phone)}"></label></div></fieldset>'
    )


def _deliveries(book: Book, basket: Basket) -> str:
    goods = basket.goods_minor(book)
    taxed = any(product.tax_status == "taxable" for product, _ in basket.lines(book))
    rows = []
    for place, (delivery, (title, _, _, net)) in enumerate(DELIVERIES.items()):
        cost = net + (tax_on_minor(net) if taxed else 0)
        price = naira(cost) if cost else "free"
        rows.append(
            _choice(
                "delivery", delivery, title, f"{price}, together {naira(goods + cost)}", checked=not place
            )
        )
    return f'<fieldset><legend>Delivery</legend><div class="choices">{"".join(rows)}</div></fieldset>'


def _payments() -> str:
    rows = [
        _choice("payment", payment, word, meaning, checked=payment is Payment.NOW)
        for payment, (word, meaning) in PAYMENTS.items()
    ]
    return f'<fieldset><legend>Payment</legend><div class="choices">{"".join(rows)}</div></fieldset>'


def _choice(name: str, value: Delivery | Payment, word: str, meaning: str, *, checked: bool) -> str:
    mark = " checked" if checked else ""
    return (
        f'<label class="choice"><input type="radio" form="buy" name="{name}" value="{value.value}"{mark}>'
        f'<span class="grow"><b>{esc(word)}</b><span class="small muted">{esc(meaning)}</span></span></label>'
    )
