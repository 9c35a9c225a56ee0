"""What the demo shop remembers: plain records, written to a file and read back as they are.

Amounts end in `_minor` (kobo) or, where WooCommerce keeps more digits than it shows, in `_micro`
(millionths of a naira). Times end in `_at` and are aware UTC, whole seconds, as WooCommerce keeps them.
"""

from dataclasses import dataclass, field
from datetime import datetime

from posapp.demo_shop.provider_records import ProviderRefund


@dataclass
class Meta:
    """One row of WooCommerce's meta tables."""

    id: int
    key: str
    value: object


@dataclass
class Attribute:
    """A choice a variable product offers, or, with one option, the choice a variation is."""

    name: str
    options: list[str]


@dataclass
class Product:
    """A simple product, a variable one, or one of its variations.

    `name` is HTML as WooCommerce stores it; prices are text as they were typed, "" is no price. A
    variation that does not manage its own stock answers with its parent's.
    """

    id: int
    kind: str  # simple, variable, variation
    name: str
    slug: str
    created_at: datetime
    modified_at: datetime
    parent_id: int = 0
    status: str = "publish"
    sku: str = ""
    barcode: str = ""
    regular_price: str = ""
    sale_price: str = ""
    description: str = ""
    tax_status: str = "taxable"
    tax_class: str = ""
    manage_stock: bool = False
    stock: int | None = None  # units; may be negative
    stock_status: str = "instock"  # of a product that does not manage its stock
    backorders: str = "no"
    low_stock: int | None = None
    weight: str = ""
    virtual: bool = False
    attributes: list[Attribute] = field(default_factory=list)
    category: str = "Uncategorized"
    sold: int = 0
    meta: list[Meta] = field(default_factory=list)
    picture: str = "package"  # an icon's name, for the page

    @property
    def price(self) -> str:
        """What it costs today."""
        return self.sale_price or self.regular_price


@dataclass
class Line:
    """A product's line in an order, or, with a negative quantity, in a refund."""

    id: int
    name: str
    product_id: int
    variation_id: int
    quantity: int
    taxable: bool
    subtotal_micro: int
    total_micro: int
    subtotal_tax_minor: int
    total_tax_minor: int
    sku: str | None
    barcode: str | None
    parent_name: str | None = None
    chosen: list[Attribute] = field(default_factory=list)
    meta: list[Meta] = field(default_factory=list)
    shows_tax: bool = True  # a refund line without tax lists no rate

    @property
    def stocked_id(self) -> int:
        """The variation, or the product when there is none."""
        return self.variation_id or self.product_id


@dataclass
class Charge:
    """A shipping line, or a fee when `method_id` is empty. Net and tax apart, as WooCommerce has them."""

    id: int
    title: str
    total_minor: int
    tax_minor: int
    method_id: str = ""
    instance_id: str = ""
    tax_status: str = "taxable"
    meta: list[Meta] = field(default_factory=list)


@dataclass
class CouponLine:
    """A coupon used in an order."""

    id: int
    code: str
    kind: str  # percent, fixed_cart
    amount: int  # percent, or whole naira
    discount_minor: int
    tax_minor: int
    meta: list[Meta] = field(default_factory=list)


@dataclass
class Note:
    """A private note in an order's history."""

    id: int
    made_at: datetime
    text: str
    for_customer: bool = False


@dataclass
class Refund:
    """Money WooCommerce believes it gave back. `amount_minor` is positive, its lines are negative."""

    id: int
    made_at: datetime
    amount_minor: int
    reason: str
    paid_by_gateway: bool
    meta: list[Meta] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shipping: list[Charge] = field(default_factory=list)
    fees: list[Charge] = field(default_factory=list)
    tax_line_id: int | None = None


@dataclass
class Order:
    """A web order. `paid_at` says whether WooCommerce saw money; `status` does not."""

    id: int
    status: str
    order_key: str
    created_at: datetime
    modified_at: datetime
    created_via: str = "rest-api"
    customer_id: int = 0
    billing: dict[str, str] = field(default_factory=dict)
    shipping: dict[str, str] = field(default_factory=dict)
    payment_method: str = ""
    payment_title: str = ""
    transaction_id: str = ""
    customer_note: str = ""
    cart_hash: str = ""
    ip_address: str = ""
    user_agent: str = ""
    paid_at: datetime | None = None
    completed_at: datetime | None = None
    meta: list[Meta] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shipping_lines: list[Charge] = field(default_factory=list)
    fees: list[Charge] = field(default_factory=list)
    coupons: list[CouponLine] = field(default_factory=list)
    tax_line_id: int | None = None
    notes: list[Note] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)


@dataclass
class Webhook:
    """A registered webhook. The demo shop delivers none: polling is the truth."""

    id: int
    name: str
    status: str  # active, paused, disabled
    topic: str
    delivery_url: str
    created_at: datetime
    modified_at: datetime | None = None


@dataclass
class Transaction:
    """One attempt to pay at the provider. Amounts in kobo.

    `requested_minor` is what the shop asked for; `amount_minor` is what the customer paid, above it by
    the fee when the customer bears the fee.
    """

    id: int
    reference: str
    status: str  # success, failed, abandoned, pending, ongoing, processing, queued, reversed
    amount_minor: int
    requested_minor: int
    created_at: datetime
    paid_at: datetime | None
    channel: str
    order_id: int | None
    order_key: str
    email: str
    first_name: str
    last_name: str
    phone: str
    fee_minor: int | None = None
    customer_fee_minor: int = 0
    refunded_minor: int = 0
    metadata: dict[str, object] = field(default_factory=dict)
    access_code: str = ""  # of the page on which it is paid, where it began as a link


@dataclass
class Key:
    """A REST key. `permissions` is read, write or read_write."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    permissions: str = "read_write"


@dataclass
class State:
    """Everything the shop remembers, in one piece."""

    seed: int
    next_post: int  # products, orders and refunds share one sequence in WordPress
    next_line: int = 1
    next_meta: int = 1
    next_note: int = 1
    next_webhook: int = 1
    next_transaction: int = 4_099_260_516
    next_provider_refund: int = 15_581_137
    prices_include_tax: bool = True
    name: str = "Adaeze Stores"
    keys: list[Key] = field(default_factory=list)
    provider_key: str = field(default="", repr=False)
    products: dict[int, Product] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    webhooks: dict[int, Webhook] = field(default_factory=dict)
    transactions: dict[int, Transaction] = field(default_factory=dict)
    provider_refunds: dict[int, ProviderRefund] = field(default_factory=dict)
    refund_plan: list[str] = field(default_factory=list)  # what becomes of the provider's next refunds
