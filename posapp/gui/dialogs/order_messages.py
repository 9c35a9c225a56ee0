"""Messages to a customer, ready to be pasted into WhatsApp or an e-mail: plain text, in the shop's name."""

from dataclasses import dataclass

from posapp.domain.orders import Channel
from posapp.domain.payments import PartState
from posapp.gui import text
from posapp.gui.dialogs.order_words import person
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.payment_ways import BankAccount

NOWHERE = BankAccount("", "", "")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what the menu calls it, and its words."""

    key: str
    title: str
    words: str


def messages(details: OrderDetails, shop_name: str, account: BankAccount = NOWHERE) -> tuple[Message, ...]:
    """Give what can truthfully be told about an order now, the likeliest first.

    `account` is where a customer can transfer to; what was ordered in the web shop is paid there.
    """
    hello = f"Hello{_name(details)}, this is {text.outside(shop_name, 60)} about your order {details.number}."
    found = []
    if any(line.short > 0 for line in details.lines):
        found.append(Message("short", "Short of stock", f"{hello} {_short(details)}"))
    if details.money.refunded_minor:
        found.append(Message("refunded", "Refunded", f"{hello} {_refunded(details)}"))
    if any(line.held for line in details.lines) and details.payment_status == "PAID":
        found.append(Message("ready", "Ready", f"{hello} {_ready(details)}"))
    if details.money.balance_minor and account.is_known and details.channel != Channel.WEB:
        found.append(Message("pay", "How to pay", f"{hello} {_how_to_pay(details, account)}"))
    elif details.money.balance_minor:
        found.append(Message("due", "Still to pay", f"{hello} {_due(details)}"))
    return tuple(found) or (Message("hello", "Greeting", hello),)


def _name(details: OrderDetails) -> str:
    name = person(details.contact.name)
    return "" if name == "the customer" else f" {name}"


def _short(details: OrderDetails) -> str:
    missing = [
        f"{text.number(line.short)} × {text.outside(line.name)}" for line in details.lines if line.short > 0
    ]
    rest = "The rest is kept for you." if any(line.held for line in details.lines) else ""
    ask = "Shall we send your money back for what is missing, for the whole order, or would you like to wait?"
    said = [f"We are sorry: {', '.join(missing)} ran out just before your payment came.", rest, ask]
    return " ".join(part for part in said if part)


def _refunded(details: OrderDetails) -> str:
    given = text.money(details.money.refunded_minor, details.money.currency)
    parts = [part for refund in details.refunds for part in refund.parts if part.state != PartState.FAILED]
    if all(part.state == PartState.PROCESSED for part in parts):
        return f"We have given you {given} back. Thank you for your patience."
    if any(part.state == PartState.NEEDS_DETAILS for part in parts):
        return f"We are giving you {given} back. Please tell us your bank and account number, so that it can be paid."
    return f"{given} is on its way back to you. Your bank may need some days. Thank you for your patience."


def _ready(details: OrderDetails) -> str:
    held = [f"{text.number(line.held)} × {text.outside(line.name)}" for line in details.lines if line.held]
    return f"It is paid and ready: {', '.join(held)}. Thank you."


def _how_to_pay(details: OrderDetails, account: BankAccount) -> str:
    """What to pay, where, and by which number we know it again."""
    due = text.money(details.money.balance_minor, details.money.currency)
    where = [text.outside(part, 60) for part in (account.bank, account.number, account.holder) if part]
    return (
        f"Please transfer {due} to {', '.join(where)}, and give {details.number} as the reference. "
        "We keep the goods for you once it is paid in full."
    )


def _due(details: OrderDetails) -> str:
    due = text.money(details.money.balance_minor, details.money.currency)
    return f"{due} is still to be paid. We keep the goods for you once it is paid in full."
