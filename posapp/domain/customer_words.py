"""What a customer is told about an order: tables of plain sentences with named places.

They are the one place of these texts, so that another language is another table with the same keys and places.
Nothing here is sent by itself: a person copies or sends a message, and a note on a web order goes out where the
owner's setting says so.
"""

from collections.abc import Mapping

from posapp.domain.money import decimals

Wording = Mapping[str, str]

NOTES: Wording = {  # of a web order, by the key that a decision writes (`told_back`); it stands with the order
    "handed_over": "Your order has been handed over. Thank you for shopping with us.",
    "cancelled": "Your order has been cancelled.",
    "refunded": "Your order has been refunded: {amount} goes back to you.",
    "refunded_excess": "We could not deliver all of your order: {amount} goes back to you.",
}

MESSAGES: Wording = {  # that a person reads, changes and sends
    "hello": "Hello {customer}, this is {shop} about your order {number}.",
    "hello_nameless": "Hello, this is {shop} about your order {number}.",
    "goods": "{units} × {name}",
    "short": (
        "We are sorry: {goods} ran out just before your payment came. Shall we send your money back for what is "
        "missing, for the whole order, or would you like to wait?"
    ),
    "short_rest_kept": (
        "We are sorry: {goods} ran out just before your payment came. The rest is kept for you. Shall we send your "
        "money back for what is missing, for the whole order, or would you like to wait?"
    ),
    "refunded": "We have given you {amount} back. Thank you for your patience.",
    "refund_asks_account": (
        "We are giving you {amount} back. Please tell us your bank and account number, so that it can be paid."
    ),
    "refund_on_its_way": (
        "{amount} is on its way back to you. Your bank may need some days. Thank you for your patience."
    ),
    "ready": "It is paid and ready: {goods}. Thank you.",
    "transfer": (
        "Please transfer {amount} to {account}, and give {number} as the reference. We keep the goods for you once it "
        "is paid in full."
    ),
    "due": "{amount} is still to be paid. We keep the goods for you once it is paid in full.",
    "due_on_delivery": "{amount} is to be paid when you get it.",
    "or_page": "You can pay {asked} on this page: {page}",
    "page": "{shop}: please pay {asked} for your order {number} here: {page}",
    "subject": "Order {number}, {shop}",
}


def message(key: str, words: Wording = MESSAGES, **places: str) -> str:
    """One sentence with its places filled. What is filled in is never read for places itself."""
    return words[key].format(**places)


def customer_note(key: str, *, amount_minor: int, currency: str, words: Wording = NOTES) -> str:
    """The note to the customer of a web order; "" for a key that nothing is said about."""
    return words.get(key, "").format(amount=plain_money(amount_minor, currency))


def plain_money(minor: int, currency: str) -> str:
    """An amount as it is written where no locale is known: NGN 12,500.00."""
    digits = decimals(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    tail = f".{rest:0{digits}d}" if digits else ""
    return f"{currency} {'-' if minor < 0 else ''}{whole:,}{tail}"
