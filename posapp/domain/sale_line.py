"""A line of a sale as a command carries it: what a basket hands over and the journal keeps."""

import msgspec


class SaleLine(msgspec.Struct, frozen=True, gc=False):
    """Units of a product. `unit_price_minor` None: the list price. At most one of the discounts is set."""

    product_id: str
    quantity: int
    unit_price_minor: int | None = None
    discount_bp: int = 0  # per cent of the line in basis points, or
    discount_minor: int = 0  # an amount off the whole line
    note: str = ""
