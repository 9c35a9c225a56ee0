"""What the payment provider remembers of refunds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class ProviderRefund:
    """Money the provider gives back on one transaction. Amounts in kobo.

    `becomes` is what it turns into at `due_at`; without a time it stays as it is until somebody settles it.
    """

    id: int
    transaction_id: int
    amount_minor: int
    status: str  # pending, processing, processed, failed, needs-attention
    created_at: datetime
    customer_note: str
    merchant_note: str
    becomes: str = "processed"
    due_at: datetime | None = None
    refunded_at: datetime | None = None
    bank_id: str = ""  # of the account the customer's money goes to, where it was asked for
    account_number: str = ""
