"""What the invented Adaeze Stores sells when the demo shop opens."""

from posapp.demo_shop.book import Book
from posapp.demo_shop.names import slug_of, stored_name
from posapp.demo_shop.records import Attribute, Product

FIRST_PRODUCT = 11
FIRST_ORDER = 1001

# name, sku, barcode, price with VAT inside, units, category, picture
TRACKED = (
    ("Ankara tote (red)", "TOTE-RED", "6150000000113", "12500.00", 2, "Bags", "shopping-bag"),
    ("Ankara tote (blue)", "TOTE-BLU", "6150000000120", "12500.00", 9, "Bags", "shopping-bag"),
    ("Rice 5 kg", "RICE-5", "6150000000137", "9800.00", 2, "Pantry", "wheat"),
    ("Shea butter 200 g", "SHEA-200", "6150000000144", "3000.00", 37, "Care", "droplet"),
    ("Beaded necklace", "NECK-1", "6150000000151", "6500.00", 12, "Jewellery", "gem"),
    ('Body wave wig 14"', "WIG-14", "6150000000168", "85000.00", 1, "Hair", "sparkles"),
    ("Zobo 50 cl", "ZOBO-50", "6150000000175", "900.00", 24, "Drinks", "cup-soda"),
    ("Black soap & honey", "SOAP-BH", "6150000000182", "2400.00", 18, "Care", "leaf"),
)

SHIRTS = (  # size, price, units, barcode
    ("S", "18500.00", 4, "6150000000204"),
    ("M", "18500.00", 2, "6150000000211"),
    ("L", "19500.00", 1, "6150000000228"),
)
WRAPS = (("Gold", "6150000000235"), ("Wine", "6150000000242"))


def fill(book: Book) -> None:
    """Put the opening stock on the shelves."""
    for name, sku, barcode, price, units, category, picture in TRACKED:
        product = add_product(book, name, sku=sku, price=price, stock=units, picture=picture)
        product.barcode, product.category = barcode, category
    exempt = add_product(book, "Garri Ijebu 2 kg", sku="GARRI-2", price="2900.00", stock=15, picture="wheat")
    exempt.tax_status, exempt.category, exempt.barcode = "none", "Pantry", "6150000000198"
    wrapping = add_product(book, "Gift wrapping", sku="WRAP", price="1000.00", stock=None, picture="gift")
    wrapping.category, wrapping.virtual = "Services", True
    shirt = add_variable(book, "Adire shirt", sku="ADIRE", choice="Size", options=["S", "M", "L"])
    shirt.category, shirt.picture = "Clothing", "shirt"
    for size, price, units, barcode in SHIRTS:
        made = add_variation(book, shirt, size, sku=f"ADIRE-{size}", price=price, stock=units)
        made.barcode = barcode
    wrap = add_variable(book, "Gele headwrap", sku="GELE", choice="Colour", options=["Gold", "Wine"])
    wrap.manage_stock, wrap.stock = True, 6
    wrap.category, wrap.picture = "Clothing", "crown"
    for colour, barcode in WRAPS:
        made = add_variation(
            book, wrap, colour, sku=f"GELE-{colour[:4].upper()}", price="7200.00", stock=None
        )
        made.barcode = barcode
    book.state.next_post = max(book.state.next_post, FIRST_ORDER)


def add_product(
    book: Book, name: str, *, sku: str, price: str, stock: int | None, picture: str = "package"
) -> Product:
    """A published simple product; `stock` None is one that nobody counts."""
    product = _new(book, "simple", name)
    product.sku, product.regular_price, product.picture = sku, price, picture
    product.manage_stock, product.stock = stock is not None, stock
    return product


def add_variable(book: Book, name: str, *, sku: str, choice: str, options: list[str]) -> Product:
    """A product to choose a variation of, still without variations."""
    product = _new(book, "variable", name)
    product.sku, product.attributes = sku, [Attribute(choice, options)]
    return product


def add_variation(
    book: Book, parent: Product, option: str, *, sku: str, price: str, stock: int | None
) -> Product:
    """One choice of a variable product; `stock` None leaves the counting to the parent."""
    variation = _new(book, "variation", option)
    variation.parent_id, variation.picture = parent.id, parent.picture
    variation.sku, variation.regular_price = sku, price
    variation.manage_stock, variation.stock = stock is not None, stock
    variation.attributes = [Attribute(parent.attributes[0].name, [option])]
    variation.slug = f"{parent.slug}-{slug_of(option)}"
    return variation


def _new(book: Book, kind: str, name: str) -> Product:
    now = book.now()
    product = Product(book.post_id(), kind, stored_name(name), slug_of(name), now, now)
    book.state.products[product.id] = product
    book.changes += 1
    return product
