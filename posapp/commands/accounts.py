"""Customers' accounts: how much they may owe, buying on them, and paying them."""

from sqlite3 import Connection

from posapp.commands.command import Command, Work
from posapp.db.rows import to_text
from posapp.domain.accounts import check_limit, check_paying
from posapp.domain.errors import Refused
from posapp.domain.events import AccountChanged
from posapp.domain.orders import Order
from posapp.domain.payments import ACCOUNT
from posapp.domain.pricing import MAX_TOTAL_MINOR

METHODS = ("cash", "transfer", "card", "other")
_CHARGED = (
    "SELECT COALESCE(SUM(p.gross_minor - p.customer_fee_minor), 0) FROM orders o JOIN payment p ON p.order_id = o.id "
    "WHERE o.contact_id = ? AND p.method = 'account' AND p.state = 'SUCCEEDED'"
)
_TAKEN_BACK = (
    "SELECT COALESCE(SUM(t.amount_minor), 0) FROM orders o JOIN part t ON t.order_id = o.id "
    "WHERE o.contact_id = ? AND t.route = 'account' AND t.state <> 'FAILED'"
)
_PAID = "SELECT COALESCE(SUM(amount_minor), 0) FROM account_payment WHERE contact_id = ?"
_LIMIT = "SELECT limit_minor FROM account WHERE contact_id = ?"


class SetCreditLimit(Command, frozen=True, kw_only=True, tag="set_credit_limit"):
    """How much a customer may owe; 0 closes the account for more."""

    contact_id: str
    limit_minor: int


class PayAccount(Command, frozen=True, kw_only=True, tag="pay_account"):
    """Money for what was bought on account: no sale, it was sold before."""

    contact_id: str
    amount_minor: int
    method: str  # cash, transfer, card, other
    reference: str = ""


def set_credit_limit(command: SetCreditLimit, work: Work) -> str:
    """Set the limit. What is owed already stays owed."""
    if not command.contact_id or not 0 <= command.limit_minor <= MAX_TOTAL_MINOR:
        raise Refused("A limit is an amount from 0, for a customer.", code="bad_amount")
    work.connection.execute(
        "INSERT INTO account (contact_id, limit_minor) VALUES (?, ?) "
        "ON CONFLICT (contact_id) DO UPDATE SET limit_minor = excluded.limit_minor",
        (command.contact_id, command.limit_minor),
    )
    work.book.tell(AccountChanged(command.contact_id))
    return command.contact_id


def pay_account(command: PayAccount, work: Work) -> str:
    """Lower what a customer owes. Answers the id of the payment."""
    if command.method not in METHODS:
        raise Refused(f"Say how it was paid: {', '.join(METHODS)}.", code="bad_method")
    check_paying(balance_minor(work.connection, command.contact_id), command.amount_minor)
    payment_id = work.book.new_id("account_payment")
    work.connection.execute(
        "INSERT INTO account_payment (id, contact_id, at, amount_minor, method, reference, actor, shift_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (payment_id, command.contact_id, to_text(command.at), command.amount_minor, command.method,
         command.reference, command.actor, work.book.shift_id),
    )  # fmt: skip
    work.book.tell(AccountChanged(command.contact_id))
    return payment_id


def charge_account(work: Work, order: Order, amount_minor: int, moved_minor: int = 0) -> None:
    """See that a customer may take so much on account. Raises `Refused`.

    `moved_minor`: what an exchange took off the account and puts on it again; that is never too much.
    """
    if not amount_minor:
        return
    if not order.contact_id:
        raise Refused("Choose the customer whose account it is.", code="customer_missing")
    balance = balance_minor(work.connection, order.contact_id) - _back_in_this_command(work, order.contact_id)
    check_limit(balance + moved_minor, limit_minor(work.connection, order.contact_id), amount_minor)
    work.book.tell(AccountChanged(order.contact_id))


def owed_minor(work: Work, contact_id: str) -> int:
    """What a customer still owes in the middle of a command: what comes back on account can lower it by that."""
    return max(0, balance_minor(work.connection, contact_id) - _back_in_this_command(work, contact_id))


def balance_minor(connection: Connection, contact_id: str) -> int:
    """What a customer owes: bought on account, less what came back and what was paid since."""
    charged, back, paid = (
        int(connection.execute(sql, (contact_id,)).fetchone()[0]) for sql in (_CHARGED, _TAKEN_BACK, _PAID)
    )
    return charged - back - paid


def limit_minor(connection: Connection, contact_id: str) -> int:
    """How much a customer may owe; 0 where nobody said."""
    row = connection.execute(_LIMIT, (contact_id,)).fetchone()
    return int(row[0]) if row else 0


def _back_in_this_command(work: Work, contact_id: str) -> int:
    """What an exchange has just taken off the account, before it is written."""
    back = 0
    for order in work.book.orders.values():
        before = work.book.orders_before[order.id]
        known = {part.id for part in before.parts} if before else set()
        if order.contact_id == contact_id:
            back += sum(p.amount_minor for p in order.parts if p.route == ACCOUNT and p.id not in known)
    return back
