"""Lines of a sale, and of what comes back for it, as commands carry them and a basket hands them over."""

import msgspec


class SaleLine(msgspec.Struct, frozen=True, gc=False):
    """Units of a product. `unit_price_minor` None: the list price. At most one of the discounts is set."""

    product_id: str
    quantity: int
    unit_price_minor: int | None = None
    discount_bp: int = 0  # per cent of the line in basis points, or
    discount_minor: int = 0  # an amount off the whole line
    note: str = ""


class Returned(msgspec.Struct, frozen=True, gc=False):
    """Units of a line that came back. Not to be restocked needs a reason."""

    order_id: str
    line_id: str
    quantity: int
    restock: bool
    reason: str = ""
