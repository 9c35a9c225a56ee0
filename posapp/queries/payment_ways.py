"""How a customer can pay here: the account for transfers, the smallest cash there is."""

from dataclasses import dataclass

from posapp.domain.money import smallest_cash
from posapp.queries.reader import Reader

_SETTINGS = "SELECT key, value FROM setting WHERE key GLOB 'bank_*' OR key IN ('cash_step_minor', 'currency')"


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
    cash_step_minor: (
        int  # 1: cash is not rounded; 500: the smallest coin is five naira. The currency's own if unset
    )


def payment_ways(reader: Reader) -> PaymentWays:
    """How a customer can pay."""
    rows = reader.rows(_SETTINGS)
    known = {str(key): str(value) for key, value in rows}
    account = BankAccount(
        known.get("bank_name", ""), known.get("bank_account", ""), known.get("bank_holder", "")
    )
    step = int(known.get("cash_step_minor") or smallest_cash(known.get("currency", "")))
    return PaymentWays(account, max(1, step))
