"""The jump box: orders, products and customers by whatever a person types or a scanner reads."""

from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.orders import OrderFilter, OrdersSource, order_row
from posapp.queries.products import ProductFilter, ProductsSource
from posapp.queries.reader import Reader
from posapp.queries.search import lookups, name_match, tidy

_CUSTOMERS_NAMED = (
    "SELECT c.id, c.name, c.phone, c.email FROM contact_names f CROSS JOIN contact c ON c.rowid = f.rowid "
    "WHERE contact_names MATCH ? ORDER BY f.rowid DESC LIMIT ?"
)
_CUSTOMERS_CALLED = (
    "SELECT id, name, phone, email FROM contact WHERE phone_reversed >= ? AND phone_reversed < ? LIMIT ?"
)
_EXACT = "SELECT id FROM orders WHERE number IN (?, ?) LIMIT 2"


class HitKind(StrEnum):
    """What was found."""

    ORDER = "order"
    PRODUCT = "product"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class JumpHit:
    """One thing found. `exact`: its number, code or barcode is exactly what was typed; Enter opens it."""

    kind: HitKind
    id: str
    title: str  # order number, product or customer name
    detail: str  # the order's customer, the product's code, the customer's phone or email
    exact: bool = False
    amount_minor: int | None = None  # total or price
    currency: str = ""
    payment: PaymentMark | None = None  # of an order
    fulfilment: FulfilmentMark | None = None
    units: int | None = None  # free units of a tracked product


def jump(reader: Reader, text: str, limit: int = 12) -> list[JumpHit]:
    """Find by typed text: exact orders first, then products, other orders, customers."""
    typed = tidy(text)
    if not typed:
        return []
    with reader.snapshot():
        currency = reader.settings().currency
        orders = _orders(reader, typed, limit)
        products = _products(reader, typed, limit, currency)
        customers = _customers(reader, typed, limit, currency)
    exact = [hit for hit in (*orders, *products) if hit.exact]
    groups = [[hit for hit in group if not hit.exact] for group in (orders, products, customers)]
    return (exact + _in_turn(groups, limit - len(exact)))[:limit]


def _in_turn(groups: list[list[JumpHit]], room: int) -> list[JumpHit]:
    """Give every kind its share of the room, and what one does not need to the others; kinds stay together."""
    shares = [0] * len(groups)
    while room > 0 and any(share < len(group) for share, group in zip(shares, groups, strict=True)):
        for at, group in enumerate(groups):
            if room > 0 and shares[at] < len(group):
                shares[at] += 1
                room -= 1
    return [hit for share, group in zip(shares, groups, strict=True) for hit in group[:share]]


def _orders(reader: Reader, typed: str, limit: int) -> list[JumpHit]:
    plain = typed.lstrip("#")
    rows = list(OrdersSource(reader, OrderFilter(search=typed)).page_after(None, limit))
    numbered = {row[0] for row in reader.rows(_EXACT, (plain, plain.zfill(4)))}
    missing = (order_row(reader, order_id) for order_id in numbered - {row.id for row in rows})
    rows = [row for row in missing if row is not None] + rows
    return [
        JumpHit(
            HitKind.ORDER,
            row.id,
            row.number,
            row.customer,
            exact=row.id in numbered or typed.upper() in (row.local_ref, row.remote_id),
            amount_minor=row.total_minor,
            currency=row.currency,
            payment=row.payment,
            fulfilment=row.fulfilment,
        )
        for row in rows
    ]


def _products(reader: Reader, typed: str, limit: int, currency: str) -> list[JumpHit]:
    rows = ProductsSource(reader, ProductFilter(search=typed)).page_after(None, limit)
    return [
        JumpHit(
            HitKind.PRODUCT,
            row.id,
            row.name,
            row.sku,
            exact=typed.casefold() in (row.sku.casefold(), row.barcode.casefold()),
            amount_minor=row.price_minor,
            currency=currency,
            units=row.available if row.tracked else None,
        )
        for row in rows
    ]


def _customers(reader: Reader, typed: str, limit: int, currency: str) -> list[JumpHit]:
    phone = lookups(typed, currency).get("phone")
    found = reader.rows(_CUSTOMERS_CALLED, (*phone, limit)) if phone else []
    name = name_match(typed)
    if name:
        found += reader.rows(_CUSTOMERS_NAMED, (name, limit))
    return [JumpHit(HitKind.CUSTOMER, row[0], row[1], row[2] or row[3]) for row in found]
