"""The first page: what needs a person, the money of today, what to prepare, what runs out."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.domain.attention import Reason
from posapp.queries.attention import attention_count, attention_rows
from posapp.queries.days import Span, day_of
from posapp.queries.heads import heads_of
from posapp.queries.order_conditions import VIEWS
from posapp.queries.products import LOW_STOCK, LowItem, low_items
from posapp.queries.reader import Reader
from posapp.queries.sales import (
    ChannelShares,
    HourSales,
    TotalSales,
    channel_shares,
    sales_by_hour,
    total_sales,
)

_NAMED = 4  # how many a tile names

_TRANSFERS = (
    "SELECT o.id, o.number, COALESCE(c.name, ''), y.id, y.gross_minor - y.customer_fee_minor, y.paid_at, y.reference "
    "FROM payment y CROSS JOIN orders o ON o.id = y.order_id LEFT JOIN contact c ON c.id = o.contact_id "
    "WHERE y.state = 'PENDING' AND y.provider = 'hand' AND o.status <> 'CANCELLED' ORDER BY y.paid_at, y.id LIMIT 256"
)
_MAYBE_OWED = (
    "SELECT DISTINCT order_id FROM attention_case "
    "WHERE is_open = 1 AND reason IN ('LATE_PAYMENT', 'SHOP_CHANGED')"
)
STUCK_REFUNDS = (Reason.REFUND_FAILED, Reason.NEEDS_DETAILS)
_PREPARE_COUNT = f"SELECT COUNT(*) FROM orders o WHERE {VIEWS['to_prepare']}"
_PREPARE = (
    "SELECT o.id, o.number, COALESCE(c.name, '') FROM orders o LEFT JOIN contact c ON c.id = o.contact_id "
    f"WHERE {VIEWS['to_prepare']} ORDER BY o.placed_at, o.id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class OldestAttention:
    """The order that has waited longest. It is the first of the list of Attention."""

    order_id: str
    number: str
    customer: str
    since: datetime
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class AwaitedTransfer:
    """A transfer somebody announced and nobody has seen yet."""

    order_id: str
    number: str
    customer: str
    payment_id: str
    amount_minor: int
    announced_at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class OwedOrder:
    """Money that a customer must get back."""

    order_id: str
    number: str
    customer: str
    owed_minor: int


@dataclass(frozen=True, slots=True)
class StuckRefund:
    """A refund that goes nowhere until a person does something: it failed, or a bank account is asked for."""

    order_id: str
    number: str
    customer: str
    amount_minor: int
    failed: bool


@dataclass(frozen=True, slots=True)
class PrepareOrder:
    """A paid order that waits to be packed."""

    order_id: str
    number: str
    customer: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the first page shows. `day` is the shop's today."""

    day: Span
    time_zone: str
    currency: str
    attention: int  # orders
    oldest: OldestAttention | None
    transfers: tuple[AwaitedTransfer, ...]  # oldest first
    owed: tuple[OwedOrder, ...]
    today: TotalSales
    shares: ChannelShares
    hours: tuple[HourSales, ...]
    to_prepare: int
    prepare_first: tuple[PrepareOrder, ...]  # the oldest few
    low: tuple[LowItem, ...]  # the few with fewest free units
    low_threshold: int
    refunds: tuple[StuckRefund, ...] = ()  # oldest payment first


def dashboard(reader: Reader, at: datetime) -> Dashboard:
    """Answer the first page as of now."""
    with reader.snapshot():
        settings = reader.settings()
        day = day_of(at, settings.time_zone)
        return Dashboard(
            day=day,
            time_zone=settings.time_zone,
            currency=settings.currency,
            attention=attention_count(reader),
            oldest=_oldest(reader),
            transfers=awaited_transfers(reader),
            owed=owed_orders(reader),
            today=total_sales(reader, day.from_at, day.to_at),
            shares=channel_shares(reader, day),
            hours=sales_by_hour(reader, day, settings.time_zone),
            to_prepare=int(reader.value(_PREPARE_COUNT)),
            prepare_first=tuple(PrepareOrder(*row) for row in reader.rows(_PREPARE, (_NAMED,))),
            low=low_items(reader, _NAMED),
            low_threshold=LOW_STOCK,
            refunds=stuck_refunds(reader),
        )


def _oldest(reader: Reader) -> OldestAttention | None:
    rows = attention_rows(reader)
    if not rows:
        return None
    row = rows[0]
    return OldestAttention(row.id, row.number, row.customer, row.waiting_since, row.paid_at)


def awaited_transfers(reader: Reader) -> tuple[AwaitedTransfer, ...]:
    """Transfers that wait to be seen in our own account, oldest first, at most 256."""
    return tuple(AwaitedTransfer(*(*row[:5], from_text(row[5]), row[6])) for row in reader.rows(_TRANSFERS))


def stuck_refunds(reader: Reader) -> tuple[StuckRefund, ...]:
    """Refunds that need something of a person."""
    return tuple(
        StuckRefund(row.id, row.number, row.customer, row.refund_minor, Reason.REFUND_FAILED in row.reasons)
        for row in attention_rows(reader, STUCK_REFUNDS)
    )


def owed_orders(reader: Reader) -> tuple[OwedOrder, ...]:
    """Orders whose customer must get money back; money that is owed always has an open case."""
    with reader.snapshot():
        heads = heads_of(reader, [row[0] for row in reader.rows(_MAYBE_OWED)])
    return tuple(
        OwedOrder(head.order.id, head.order.number, head.customer, head.order.owed_minor)
        for head in heads
        if head.order.owed_minor > 0
    )
