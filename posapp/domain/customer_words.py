"""What a customer is told about an order: one table of plain sentences with named places.

It is the one place of these texts, so that another language is another table. Nothing here is sent by itself:
a person copies a message; a note on a web order goes out where the owner's setting says so.
"""

from collections.abc import Mapping

from posapp.domain.money import decimals

NOTES: Mapping[str, str] = {  # of a web order, by the key that a decision writes (`told_back`)
    "handed_over": "Your order {number} was handed over. Thank you for shopping at {shop}.",
    "cancelled": "Your order {number} was cancelled.",
    "refunded": "Your order {number} was refunded: {amount} goes back to you.",
    "refunded_excess": (
        "{amount} of your order {number} goes back to you for what was not there. The rest is kept for you."
    ),
}


def customer_note(key: str, *, shop: str, number: str, amount_minor: int, currency: str) -> str:
    """The note to the customer of a web order; "" for a key that nothing is said about."""
    words = NOTES.get(key, "")
    return words.format(shop=shop, number=number, amount=plain_money(amount_minor, currency))


def plain_money(minor: int, currency: str) -> str:
    """An amount as it is written where no locale is known: NGN 12,500.00."""
    digits = decimals(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    tail = f".{rest:0{digits}d}" if digits else ""
    return f"{currency} {'-' if minor < 0 else ''}{whole:,}{tail}"
