"""What customers owe, how much more may be bought on account, and how it came to that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from posapp.commands.accounts import balance_minor, limit_minor
from posapp.db.rows import from_text
from posapp.queries.reader import Reader

_OPEN = (
    "SELECT a.contact_id, COALESCE(c.name, ''), COALESCE(c.phone, '') FROM account a "
    "LEFT JOIN contact c ON c.id = a.contact_id"
)
_ENTRIES = (
    "SELECT p.paid_at, p.gross_minor - p.customer_fee_minor, 'bought', o.number, '' FROM orders o "
    "JOIN payment p ON p.order_id = o.id WHERE o.contact_id = ?1 AND p.method = 'account' AND p.state = 'SUCCEEDED' "
    "UNION ALL SELECT r.decided_at, -t.amount_minor, 'returned', o.number, '' FROM orders o "
    "JOIN part t ON t.order_id = o.id JOIN refund r ON r.id = t.refund_id "
    "WHERE o.contact_id = ?1 AND t.route = 'account' AND t.state <> 'FAILED' "
    "UNION ALL SELECT at, -amount_minor, 'paid', '', method FROM account_payment WHERE contact_id = ?1 "
    "ORDER BY 1 DESC LIMIT ?2"
)
LAST = 50  # entries that a dialog shows


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A customer's account. `balance_minor` is owed to the shop."""

    contact_id: str
    limit_minor: int
    balance_minor: int
    name: str = ""
    phone: str = ""

    @property
    def free_minor(self) -> int:
        """How much more can be bought on it."""
        return max(0, self.limit_minor - self.balance_minor)


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One change of what is owed: + bought on account, - taken back or paid."""

    at: datetime
    amount_minor: int
    kind: str  # bought, returned, paid
    number: str  # of the order, "" for money that was paid
    method: str  # how it was paid, "" for an order


def account_of(reader: Reader, contact_id: str) -> AccountRow:
    """The account of a customer; who has none owes nothing and may owe nothing."""
    with reader.snapshot():
        connection = reader.connection
        return AccountRow(
            contact_id, limit_minor(connection, contact_id), balance_minor(connection, contact_id)
        )


def accounts(reader: Reader, among: Sequence[str] | None = None) -> list[AccountRow]:
    """Who has an account, or owes; the most that is owed first. `among`: only these customers."""
    sql, wanted = _OPEN, tuple(among or ())
    if among is not None:
        sql += f" WHERE a.contact_id IN ({', '.join('?' * len(wanted))})"
    with reader.snapshot():
        connection = reader.connection
        found = [
            AccountRow(
                contact_id,
                limit_minor(connection, contact_id),
                balance_minor(connection, contact_id),
                name,
                phone,
            )
            for contact_id, name, phone in reader.rows(sql, wanted)
        ]
    living = [row for row in found if row.limit_minor or row.balance_minor]
    return sorted(living, key=lambda row: (-row.balance_minor, row.name.casefold(), row.contact_id))


def account_entries(reader: Reader, contact_id: str) -> list[AccountEntry]:
    """How it came to what a customer owes, the latest first; `LAST` of them at most."""
    return [
        AccountEntry(from_text(at), amount, kind, number, method)
        for at, amount, kind, number, method in reader.rows(_ENTRIES, (contact_id, LAST))
    ]
