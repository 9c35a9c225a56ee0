"""The shop's front page: what there is, how much of it is left, and the basket at the bottom."""

from posapp.demo_shop.amounts import naira
from posapp.demo_shop.book import Book
from posapp.demo_shop.names import spoken_name
from posapp.demo_shop.page.basket import Basket, for_sale
from posapp.demo_shop.page.icons import icon
from posapp.demo_shop.page.layout import esc
from posapp.demo_shop.page.order_page import state_chip
from posapp.demo_shop.pricing import describe, price_minor, totals, variation_name
from posapp.demo_shop.records import Order, Product
from posapp.demo_shop.stock import on_hand

LOW = 2


def spoken(book: Book, product: Product) -> str:
    """A product's name for a person."""
    if product.kind == "variation":
        return spoken_name(variation_name(book, product)).replace(" - ", ", ")
    return spoken_name(product.name)


def left(units: int | None) -> str:
    """How many the shop shows. It may be a negative number, and then it says so."""
    if units is None:
        return '<span class="left">Always there</span>'
    if units <= 0:
        short = f" ({units})".replace("-", "−") if units < 0 else ""
        return f'<span class="left low">None left{short}</span>'
    return f'<span class="left{" low" if units <= LOW else ""}">{units} left</span>'


def shelf(book: Book) -> str:
    """The grid of products."""
    cards = [
        _card(book, p) for p in book.state.products.values() if not p.parent_id and p.status == "publish"
    ]
    return f'<ul class="grid">{"".join(card for card in cards if card)}</ul>'


def _card(book: Book, product: Product) -> str:
    if product.kind == "variable":
        inside = [v for v in book.variations_of(product.id) if for_sale(v)]
    else:
        inside = [product] if for_sale(product) else []
    if not inside:
        return ""
    units = [on_hand(book, v) for v in inside]
    counted = _counted(book, product, units)
    there = any(number is None or number > 0 for number in units)
    prices = sorted({price_minor(v) for v in inside})
    price = (
        naira(prices[0]) if len(prices) == 1 else f'<span class="small muted">from</span> {naira(prices[0])}'
    )
    name = spoken_name(product.name)
    return (
        f'<li class="card{"" if there else " none"}">'
        f'<div class="picture">{icon(product.picture, 36)}</div>'
        f'<p class="name">{esc(name)}</p>'
        f'<p class="price"><span class="strong">{price}</span>{left(counted)}</p>'
        f'<form method="post" action="/basket">{_choice(book, product, inside)}'
        f'<button class="primary full" name="step" value="add"{"" if there else " disabled"}'
        f' aria-label="Buy {esc(name)}">{"Buy" if there else "None left"}</button></form></li>'
    )


def _counted(book: Book, product: Product, units: list[int | None]) -> int | None:
    """What a card says: the parent's number where it counts, else the sum of its variations."""
    if book.stock_keeper(product) is not None:
        return on_hand(book, product)
    numbers = [number for number in units if number is not None]
    return sum(numbers) if numbers else None


def _choice(book: Book, product: Product, inside: list[Product]) -> str:
    if product.kind != "variable":
        return f'<input type="hidden" name="product" value="{product.id}">'
    options = []
    for variation in inside:
        number = on_hand(book, variation)
        there = number is None or number > 0
        own = variation.manage_stock
        words = ", ".join(a.options[0] for a in variation.attributes if a.options)
        tail = (f": {number} left" if there else ": none left") if own else ""
        options.append(
            f'<option value="{variation.id}"{"" if there else " disabled"}>{esc(words)}{tail}</option>'
        )
    label = esc(
        f"{product.attributes[0].name if product.attributes else 'Kind'} of {spoken_name(product.name)}"
    )
    return f'<select name="product" aria-label="{label}">{"".join(options)}</select>'


def bottom_bar(book: Book, basket: Basket) -> str:
    """The basket with the two quickest ways to buy; nothing while it is empty."""
    if not basket.units:
        return ""
    what = ", ".join(f"{units} × {spoken(book, product)}" for product, units in basket.lines(book))
    return f"""<aside class="bar" aria-label="Basket"><div class="wide">
<div class="line"><div><p class="what">{esc(what)}</p>
<p class="small muted">Pick up in the shop · <a href="/checkout">Other ways to pay</a></p></div>
<p class="total">{naira(basket.goods_minor(book))}</p></div>
<form class="two" method="post" action="/buy"><input type="hidden" name="delivery" value="pickup">
<button name="payment" value="later">Order, pay later</button>
<button class="primary" name="payment" value="now">Pay now (test)</button></form>
</div></aside>"""


def own_orders_card(orders: list[Order]) -> str:
    """The browser's own orders, to come back to."""
    if not orders:
        return ""
    rows = "".join(
        f'<li><span class="grow"><a href="{order_address(order)}">Order {order.id}</a>'
        f'<span class="small muted below">{esc(describe(order))}</span></span>'
        f'<span class="end">{naira(totals(order).total_minor)}</span>{state_chip(order)}</li>'
        for order in orders
    )
    return f'<section class="card"><h2>Your orders</h2><ul class="rows">{rows}</ul></section>'


def order_address(order: Order) -> str:
    """Where an order is seen; its key is the permission."""
    return f"/order/{order.id}?key={esc(order.order_key)}"
