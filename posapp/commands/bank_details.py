"""Where a customer's money goes: written beside the command that gives it, in its transaction, and never journalled."""

from collections.abc import Callable
from sqlite3 import Connection

import msgspec

from posapp.db.outgoing_details import keep_details


class BankAccount(msgspec.Struct, frozen=True):
    """A customer's account as a provider wants it told. Personal: it stays out of every repr."""

    currency: str
    account_number: str  # digits
    bank_id: str  # as the provider lists it

    def __repr__(self) -> str:
        return "BankAccount(…)"

    __str__ = __repr__


def keeping(part_id: str, account: BankAccount) -> Callable[[Connection], None]:
    """What to hand to the desk as `also` of `GiveDetails`, so that the account is kept until it is sent."""
    body = msgspec.json.encode(account).decode()
    return lambda connection: keep_details(connection, part_id, body)
