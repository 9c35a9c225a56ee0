"""What a customer owes, and how much more may be bought on account."""

from dataclasses import dataclass

from posapp.commands.accounts import balance_minor, limit_minor
from posapp.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A customer's account. `balance_minor` is owed to the shop."""

    contact_id: str
    limit_minor: int
    balance_minor: int

    @property
    def free_minor(self) -> int:
        """How much more can be bought on it."""
        return max(0, self.limit_minor - self.balance_minor)


def account_of(reader: Reader, contact_id: str) -> AccountRow:
    """The account of a customer; who has none owes nothing and may owe nothing."""
    with reader.snapshot():
        connection = reader.connection
        return AccountRow(
            contact_id, limit_minor(connection, contact_id), balance_minor(connection, contact_id)
        )
