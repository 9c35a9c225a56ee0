"""What lines, coupons and deliveries cost, as WooCommerce works it out."""

from dataclasses import dataclass

from posapp.demo_shop.amounts import (
    MICRO_PER_MINOR,
    half_up,
    net_of,
    parse_micro,
    tax_on,
    tax_on_minor,
    to_minor,
)
from posapp.demo_shop.book import Book
from posapp.demo_shop.names import spoken_name
from posapp.demo_shop.records import Attribute, Charge, CouponLine, Line, Order, Product

COUPONS = {"ten": ("percent", 10), "less500": ("fixed_cart", 500)}


@dataclass(frozen=True)
class Totals:
    """An order's sums in kobo. Every line is rounded first, so `total_minor` is exactly their sum."""

    discount_minor: int
    discount_tax_minor: int
    shipping_minor: int
    shipping_tax_minor: int
    cart_tax_minor: int
    total_minor: int

    @property
    def tax_minor(self) -> int:
        """VAT of everything."""
        return self.cart_tax_minor + self.shipping_tax_minor


def totals(order: Order) -> Totals:
    """Add an order up."""
    cart_tax = sum(line.total_tax_minor for line in order.lines) + sum(fee.tax_minor for fee in order.fees)
    shipping = sum(c.total_minor for c in order.shipping_lines)
    shipping_tax = sum(c.tax_minor for c in order.shipping_lines)
    net = sum(to_minor(line.total_micro) for line in order.lines) + sum(f.total_minor for f in order.fees)
    before = sum(to_minor(line.subtotal_micro) for line in order.lines)
    before_tax = sum(line.subtotal_tax_minor for line in order.lines)
    return Totals(
        discount_minor=before - sum(to_minor(line.total_micro) for line in order.lines),
        discount_tax_minor=before_tax - sum(line.total_tax_minor for line in order.lines),
        shipping_minor=shipping,
        shipping_tax_minor=shipping_tax,
        cart_tax_minor=cart_tax,
        total_minor=net + cart_tax + shipping + shipping_tax,
    )


def price_micro(product: Product) -> int:
    """Its price as typed, in millionths; a product without a price costs nothing."""
    try:
        return parse_micro(product.price) if product.price else 0
    except ValueError:
        return 0


def price_minor(product: Product) -> int:
    """Its price as typed, in kobo."""
    return to_minor(price_micro(product))


def lowest_price(book: Book, product: Product) -> str:
    """The price a product answers with: a variable one has its cheapest variation's."""
    if product.kind != "variable":
        return product.price
    prices = [v.price for v in book.variations_of(product.id) if v.price and v.status == "publish"]
    return min(prices, key=parse_micro) if prices else ""


def variation_name(book: Book, variation: Product) -> str:
    """The parent's name and what was chosen: Adire shirt - M."""
    parent = book.state.products.get(variation.parent_id)
    chosen = ", ".join(a.options[0] for a in variation.attributes if a.options)
    return f"{parent.name} - {chosen}" if parent is not None else chosen


def new_line(book: Book, product: Product | None, quantity: int) -> Line:
    """A line at today's price. Without a product it is what WooCommerce makes of an unknown one: empty."""
    if product is None:
        return Line(book.line_id(), "", 0, 0, quantity, True, 0, 0, 0, 0, None, None)
    taxable = product.tax_status == "taxable"
    micro = price_micro(product if product.kind != "variable" else _cheapest(book, product)) * quantity
    if taxable and book.state.prices_include_tax:
        micro = net_of(micro)
    tax = tax_on(micro) if taxable else 0
    parent = book.state.products.get(product.parent_id) if product.kind == "variation" else None
    chosen = [Attribute(a.name, a.options) for a in product.attributes] if parent is not None else []
    return Line(
        id=book.line_id(),
        name=variation_name(book, product) if parent is not None else product.name,
        product_id=parent.id if parent is not None else product.id,
        variation_id=product.id if parent is not None else 0,
        quantity=quantity,
        taxable=taxable,
        subtotal_micro=micro,
        total_micro=micro,
        subtotal_tax_minor=tax,
        total_tax_minor=tax,
        sku=product.sku,
        barcode=product.barcode,
        parent_name=parent.name if parent is not None else None,
        chosen=chosen,
        meta=[book.meta(a.name.lower(), a.options[0]) for a in chosen if a.options],
    )


def _cheapest(book: Book, product: Product) -> Product:
    priced = [v for v in book.variations_of(product.id) if v.price]
    return min(priced, key=price_micro) if priced else product


def set_line_money(line: Line, subtotal: str | None, total: str | None) -> None:
    """Let a client's own net amounts stand. Raises `ValueError` for what is no amount."""
    if subtotal is not None:
        line.subtotal_micro = parse_micro(subtotal)
        line.subtotal_tax_minor = tax_on(line.subtotal_micro) if line.taxable else 0
    if total is not None:
        line.total_micro = parse_micro(total)
        line.total_tax_minor = tax_on(line.total_micro) if line.taxable else 0


def new_charge(book: Book, title: str, net_minor: int, *, taxable: bool, method_id: str = "") -> Charge:
    """A delivery or a fee, with its VAT on top: what WooCommerce is given there is always net."""
    tax = tax_on_minor(net_minor) if taxable else 0
    return Charge(book.line_id(), title, net_minor, tax, method_id)


def describe(order: Order) -> str:
    """Say what is in an order: Rice 5 kg × 2, Zobo 50 cl × 1."""
    return ", ".join(f"{spoken_name(line.name)} × {line.quantity}" for line in order.lines)


def apply_coupon(book: Book, order: Order, code: str) -> CouponLine:
    """Take a coupon off the lines: percent or a fixed amount of the cart. Raises `KeyError` if unknown."""
    kind, amount = COUPONS[code]
    lines = sorted(order.lines, key=lambda line: -_shown_minor(book, line) // max(1, line.quantity))
    if kind == "percent":
        shares = [_shown_minor(book, line) * amount // 100 for line in lines]
        wanted = half_up(sum(_shown_minor(book, line) for line in lines) * amount, 100)
    else:
        units = sum(line.quantity for line in lines)
        each = amount * 100 // units if units else 0
        shares = [min(each * line.quantity, _shown_minor(book, line)) for line in lines]
        wanted = min(amount * 100, sum(_shown_minor(book, line) for line in lines))
    if shares:
        shares[0] += wanted - sum(shares)
    tax = sum(_discount_line(book, line, share) for line, share in zip(lines, shares, strict=True))
    taken = sum(shares) - (tax if book.state.prices_include_tax else 0)
    coupon = CouponLine(book.line_id(), code, kind, amount, taken, tax)
    told = f'"{kind}"' if kind == "percent" else "null"
    coupon.meta.append(book.meta("coupon_info", f'[0,"{code}",{told},{amount}]'))
    return coupon


def _shown_minor(book: Book, line: Line) -> int:
    """What the line costs as the shop types its prices: with VAT inside, or without."""
    if book.state.prices_include_tax:
        return to_minor(line.subtotal_micro) + line.subtotal_tax_minor
    return to_minor(line.subtotal_micro)


def _discount_line(book: Book, line: Line, share_minor: int) -> int:
    """Lower a line by its share and give the VAT in that share, in kobo."""
    micro = share_minor * MICRO_PER_MINOR
    if line.taxable and book.state.prices_include_tax:
        micro = net_of(micro)
    line.total_micro = line.subtotal_micro - micro
    line.total_tax_minor = tax_on(line.total_micro) if line.taxable else 0
    return tax_on(micro) if line.taxable else 0
