"""The page at a payment provider on which an order can be paid, and whether one can be made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from posapp.db.rows import from_text
from posapp.queries.reader import Reader

LINK_VALID_FOR = timedelta(days=2)  # after that a fresh page is made: providers let old ones lapse
PROVIDERS = ("paystack",)  # kinds of connections that tell of payments; the others are web shops
NO_PROVIDER = "Connect a payment provider first: Settings, Payments"
KEY_REFUSED = "The payment provider accepts our key no more: Settings, Payments"
_STATES = (
    f"SELECT state FROM connection WHERE kind IN ({', '.join('?' * len(PROVIDERS))}) AND state <> 'removed'"
)
_NEWEST = (
    "SELECT url, amount_minor, customer_fee_minor, made_at FROM payment_link l WHERE order_id = ? AND url <> '' "
    "AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = l.order_id AND p.provider_ref = l.reference) "
    "ORDER BY rowid DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A page that nobody has paid on yet. Of `asked_minor`, which the customer pays, `amount_minor` is the order's."""

    url: str
    amount_minor: int
    asked_minor: int


def newest_page(reader: Reader, order_id: str, now: datetime) -> PaymentPage | None:
    """The newest page of an order that was made lately and that no payment came by; None where there is none."""
    row = reader.row(_NEWEST, (order_id,))
    if row is None or not timedelta() <= now - from_text(row[3]) < LINK_VALID_FOR:
        return None
    url, amount, fee, _ = row
    return PaymentPage(url, amount, amount + fee)


def why_no_page(reader: Reader) -> str:
    """Why no page can be made for any order, "" where a payment provider is connected."""
    states = {row[0] for row in reader.rows(_STATES, PROVIDERS)}
    if not states:
        return NO_PROVIDER
    return "" if "active" in states else KEY_REFUSED
