"""How a customer can pay here: the account for transfers, the smallest cash there is."""

from dataclasses import dataclass

from posapp.domain.money import smallest_cash
from posapp.domain.orders import Status
from posapp.domain.tendering import CASH, nearest
from posapp.queries.reader import Reader

_SETTINGS = (
    "SELECT key, value FROM setting WHERE key GLOB 'bank_*' "
    "OR key IN ('cash_step_minor', 'currency', 'offline_refund_minor')"
)


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where a transfer goes; "" where the owner has not said it."""

    bank: str
    number: str
    holder: str

    @property
    def is_known(self) -> bool:
        """Whether a customer can be told where to pay."""
        return bool(self.number)


@dataclass(frozen=True, slots=True)
class PaymentWays:
    """What the Pay dialog and the messages to customers need to know."""

    account: BankAccount
    cash_step_minor: int  # the smallest coin: 500 is five naira, 1 rounds nothing; unset, the currency's own
    offline_refund_minor: int | None = None  # the most that is given back without a network; None: no limit


def payment_ways(reader: Reader) -> PaymentWays:
    """How a customer can pay."""
    rows = reader.rows(_SETTINGS)
    known = {str(key): str(value) for key, value in rows}
    account = BankAccount(
        known.get("bank_name", ""), known.get("bank_account", ""), known.get("bank_holder", "")
    )
    step = int(known.get("cash_step_minor") or smallest_cash(known.get("currency", "")))
    limit = known.get("offline_refund_minor", "")
    return PaymentWays(account, max(1, step), int(limit) if limit else None)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is still to be paid for an order, and what of it cash pays in coins that there are; minor units."""

    due_minor: int
    cash_minor: int

    def rounding_minor(self, method: str, amount_minor: int) -> int:
        """What a payment rounds the order's total by: nothing but where cash pays all of the rest."""
        pays = method == CASH and amount_minor == self.cash_minor > 0
        return self.cash_minor - self.due_minor if pays else 0


def rest_of(reader: Reader, order_id: str) -> Rest:
    """What is still to be paid for an order; nothing of one that is closed, or is not there."""
    with reader.snapshot():
        order, step = reader.order(order_id), payment_ways(reader).cash_step_minor
    if order is None or order.status == Status.CANCELLED:
        return Rest(0, 0)
    due = max(0, order.total_minor - order.paid_minor)
    return Rest(due, nearest(due, step))
