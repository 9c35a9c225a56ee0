"""How WooCommerce moves stock: once per line, remembered in the line, and below zero without a word."""

from posapp.demo_shop.book import Book
from posapp.demo_shop.counters import meta_value
from posapp.demo_shop.records import Line, Order, Product

REDUCED = "_reduced_stock"
RESTOCKED = "_restock_refunded_items"

TAKES_STOCK = frozenset({"processing", "completed", "on-hold"})
GIVES_BACK = frozenset({"cancelled", "pending", "failed"})


def reduced_units(line: Line) -> int:
    """How many units the shop says it took for the line."""
    return int(str(meta_value(line.meta, REDUCED) or 0))


def on_hand(book: Book, product: Product) -> int | None:
    """Units the shop shows for a product or variation; None when nobody counts them."""
    keeper = book.stock_keeper(product)
    return None if keeper is None else keeper.stock or 0


def status_of(book: Book, product: Product) -> str:
    """WooCommerce's stock_status."""
    units = on_hand(book, product)
    if product.kind == "variable" and not product.manage_stock:
        inside = [v for v in book.variations_of(product.id) if v.status == "publish"]
        return "instock" if any(status_of(book, v) != "outofstock" for v in inside) else "outofstock"
    if units is None:
        return product.stock_status
    if units > 0:
        return "instock"
    keeper = book.stock_keeper(product) or product
    return "onbackorder" if keeper.backorders != "no" else "outofstock"


def _move(book: Book, product: Product, units: int) -> str:
    keeper = book.stock_keeper(product)
    if keeper is None:
        return ""
    before = keeper.stock or 0
    keeper.stock = before + units
    book.touch(keeper)
    return f"{product.name} ({before}&rarr;{keeper.stock})"


def take(book: Book, order: Order) -> None:
    """Take what the order's lines have not taken yet. The shelf does not object: it goes below zero."""
    moves = [_take_line(book, line) for line in order.lines]
    if text := ", ".join(m for m in moves if m):
        book.note(order, f"Stock levels reduced: {text}")


def _take_line(book: Book, line: Line) -> str:
    product = book.state.products.get(line.stocked_id)
    if product is None or reduced_units(line) or book.stock_keeper(product) is None:
        return ""
    product.sold += line.quantity
    book.put_meta(line.meta, REDUCED, str(line.quantity))
    return _move(book, product, -line.quantity)


def give_back(book: Book, order: Order) -> None:
    """Put back what the order's lines took."""
    moves = []
    for line in order.lines:
        units = reduced_units(line)
        product = book.state.products.get(line.stocked_id)
        if units and product is not None:
            line.meta = [row for row in line.meta if row.key != REDUCED]
            product.sold -= units
            moves.append(_move(book, product, units))
    if text := ", ".join(m for m in moves if m):
        book.note(order, f"Stock levels increased: {text}")


def adjust(book: Book, order: Order, line: Line, quantity: int) -> None:
    """After an edit of a line: take or put back the difference, if the order's stock was taken at all."""
    product = book.state.products.get(line.stocked_id)
    if product is None or order.status not in TAKES_STOCK or book.stock_keeper(product) is None:
        return
    difference = quantity - reduced_units(line)
    if difference:
        book.put_meta(line.meta, REDUCED, str(quantity))
        book.note(order, f"Adjusted stock: {_move(book, product, -difference)}")


def restock(book: Book, order: Order, line: Line, units: int) -> None:
    """Put refunded units back. Nobody checks that so many were ever sold."""
    product = book.state.products.get(line.stocked_id)
    taken = reduced_units(line)
    if product is None or units <= 0 or not taken or book.stock_keeper(product) is None:
        return
    back = int(str(meta_value(line.meta, RESTOCKED) or 0))
    book.put_meta(line.meta, REDUCED, str(taken - units))
    book.put_meta(line.meta, RESTOCKED, str(back + units))
    book.note(order, f"Item #{product.id} stock increased: {_move(book, product, units)}")
