"""What WooCommerce's REST v3 sends, as far as we read it, and how a raw item is packed.

Unknown fields are skipped; a known one of a wrong kind makes the record unreadable.
Amounts are texts here: the shop's JSON numbers (a line's `price`) are never read.
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from posapp.domain.feed import Unreadable
from posapp.sync.connectors.reading import BROKEN, digest, digest_of_bytes, parse_time, stamp_text
from posapp.sync.feed import RawItem

Text = str | int | None  # PHP is not strict about numbers and texts
Count = int | float | str | None

_FIRST_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*"?(\d{1,18})\b')
_CHANGED = re.compile(rb'"date_modified_gmt"\s*:\s*"([^"]{1,40})"')

REDUCED = "_reduced_stock"
REFUNDED_LINE = "_refunded_item_id"
OUR_REFERENCE = "_posapp_ref"


class Meta(msgspec.Struct):
    """One piece of what plugins and WooCommerce itself note on a record."""

    key: str = ""
    value: Any = None


class LineTax(msgspec.Struct):
    """The part of a line's tax that one rate makes; not always rounded by the shop."""

    id: Text = None
    total: Text = None


class Line(msgspec.Struct):
    """A line of goods. In a refund, quantity and totals are negative."""

    id: Text
    name: Text = None
    product_id: Text = None
    variation_id: Text = None
    quantity: Count = None
    subtotal: Text = None
    subtotal_tax: Text = None
    total: Text = None
    total_tax: Text = None
    taxes: list[LineTax] = []
    meta_data: list[Meta] = []
    sku: Text = None


class Charge(msgspec.Struct):
    """A shipping or fee line."""

    total: Text = None
    total_tax: Text = None
    taxes: list[LineTax] = []


class Address(msgspec.Struct):
    """Whom the bill or the parcel goes to."""

    first_name: Text = None
    last_name: Text = None
    company: Text = None
    address_1: Text = None
    address_2: Text = None
    city: Text = None
    state: Text = None
    postcode: Text = None
    country: Text = None
    email: Text = None
    phone: Text = None


class RefundMark(msgspec.Struct):
    """How an order names its refunds; the refund itself is read apart."""

    id: Text
    total: Text = None


class Order(msgspec.Struct):
    """An order, as GET /orders tells it."""

    id: Text
    status: str
    currency: str
    total: Text
    number: Text = None
    order_key: Text = None
    prices_include_tax: bool = False
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    date_paid_gmt: str | None = None
    date_completed_gmt: str | None = None
    payment_method: Text = None
    payment_method_title: Text = None
    transaction_id: Text = None
    customer_note: Text = None
    billing: Address = msgspec.field(default_factory=Address)
    shipping: Address = msgspec.field(default_factory=Address)
    line_items: list[Line] = []
    shipping_lines: list[Charge] = []
    fee_lines: list[Charge] = []
    refunds: list[RefundMark] = []


class Refund(msgspec.Struct):
    """A refund, as GET /orders/{id}/refunds tells it; `amount` is positive."""

    id: Text
    amount: Text
    date_created_gmt: str | None = None
    reason: Text = None
    line_items: list[Line] = []
    meta_data: list[Meta] = []


class Attribute(msgspec.Struct):
    """What makes a variation differ: "Size", "L"."""

    option: Text = None


class Product(msgspec.Struct):
    """A product or variation."""

    id: Text
    name: Text = None
    type: str = "simple"
    status: str = "publish"
    parent_id: Text = None
    sku: Text = None
    global_unique_id: Text = None
    price: Any = None
    manage_stock: bool | str | None = None
    stock_quantity: Count = None
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    attributes: list[Attribute] = []
    variations: list[Text] = []
    categories: Any = None


class Gone(msgspec.Struct):
    """The shop answers 404: it is deleted for good, and nothing is left but its id."""

    id: str


class OrderBody(msgspec.Struct):
    """The body of a raw item of kind "order"; either `order` or `gone` is there."""

    seen_at: datetime
    order: Order | None = None
    refunds: list[Refund] = []
    gone: Gone | None = None


class ProductBody(msgspec.Struct):
    """The body of a raw item of kind "product"; `parent_name` for a variation."""

    seen_at: datetime
    product: Product | None = None
    parent_name: str = ""
    gone: Gone | None = None


class Head(msgspec.Struct):
    """The little that must be told of a record even when the rest is unreadable."""

    id: Text = None
    date_modified_gmt: Any = None
    parent_id: Any = None
    type: Any = None
    refunds: Any = None
    variations: Any = None

    @property
    def remote_id(self) -> str:
        """The record's id as text, "" where it has none."""
        text = "" if isinstance(self.id, bool) else str(self.id or "")
        return text if text.isascii() and text.isdigit() and len(text) < 19 else ""

    @property
    def variation_ids(self) -> tuple[str, ...]:
        """The ids of a variable product's variations."""
        told = self.variations if isinstance(self.variations, list) else []
        return tuple(str(one) for one in told if isinstance(one, int) and 0 < one < 10**18)

    @property
    def stamp(self) -> str:
        """When it was last changed, by the shop; "" where that is no time."""
        at = parse_time(self.date_modified_gmt)
        return stamp_text(at) if at else ""


def head_of(raw: bytes) -> Head:
    """Read the head of a record, whatever the rest looks like."""
    try:
        return msgspec.json.decode(raw, type=Head)
    except BROKEN:
        number, changed = _FIRST_ID.match(raw), _CHANGED.search(raw)
        return Head(
            id=number[1].decode("ascii") if number else None,
            date_modified_gmt=changed[1].decode("ascii", "replace") if changed else None,
        )


def order_item(raw: bytes, refunds: bytes, seen_at: datetime) -> RawItem:
    """Pack an order with its refunds as they came in."""
    body = b'{"seen_at":"%b","order":%b,"refunds":%b}' % (_text(seen_at), raw, refunds)
    return _item("order", head_of(raw), body, OrderBody, raw + refunds)


def product_item(raw: bytes, parent_name: str, seen_at: datetime) -> RawItem:
    """Pack a product; a variation goes with the name of its parent."""
    body = b'{"seen_at":"%b","parent_name":%b,"product":%b}' % (
        _text(seen_at),
        msgspec.json.encode(parent_name),
        raw,
    )
    return _item("product", head_of(raw), body, ProductBody, raw)


def gone_item(kind: str, remote_id: str, seen_at: datetime) -> RawItem:
    """Pack the news that the shop no longer knows an order or product."""
    body = msgspec.json.encode({"seen_at": stamp_text(seen_at), "gone": {"id": remote_id}})
    stamp = stamp_text(seen_at)
    return RawItem(kind, remote_id, f"{kind}:{remote_id}:{stamp}:gone", stamp, body)


def state_of(raw: bytes, kind: type[msgspec.Struct], *, otherwise: bytes = b"") -> str:
    """A digest of what we read of a body, so that links, nonces and page views make no news.

    `otherwise` stands for a body that cannot be read: it leaves out when it was seen.
    """
    try:
        known = msgspec.to_builtins(msgspec.json.decode(raw, type=kind))
        known.pop("seen_at", None)
        for record in (known.get("order") or known, *known.get("refunds", [])):
            _keep_meaningful(record)
        return digest(known)
    except BROKEN:
        return digest_of_bytes(otherwise or raw)


def _keep_meaningful(record: dict[str, Any]) -> None:
    """Drop other plugins' notes: some of them change with every page view."""
    ours = (REDUCED, REFUNDED_LINE, OUR_REFERENCE)
    for holder in (record, *record.get("line_items", [])):
        if "meta_data" in holder:
            holder["meta_data"] = [meta for meta in holder["meta_data"] if meta["key"] in ours]


def _item(kind: str, head: Head, body: bytes, shape: type[msgspec.Struct], bare: bytes) -> RawItem:
    event_id = f"{kind}:{head.remote_id}:{head.stamp}:{state_of(body, shape, otherwise=bare)}"
    return RawItem(kind, head.remote_id, event_id, head.stamp, body)


def unpack(body: bytes, shape: type[OrderBody] | type[ProductBody]) -> Any:
    """Decode a packed body. Raises `Unreadable` in words that say which field is odd."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The shop's record is not as expected: {str(error)[:200]}") from None
    except BROKEN:
        raise Unreadable("The shop's record is no proper text.") from None


def _text(at: datetime) -> bytes:
    return stamp_text(at).encode("ascii")
