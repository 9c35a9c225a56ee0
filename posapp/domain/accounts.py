"""Buying on account: what a customer may owe, and paying it."""

from posapp.domain.errors import Refused


def check_limit(balance_minor: int, limit_minor: int, more_minor: int) -> None:
    """See that a customer may owe so much more. Raises `Refused` with what is still free."""
    free = max(0, limit_minor - balance_minor)
    if more_minor > free:
        raise Refused(
            "That is above the limit of this account." if limit_minor else "This customer has no account.",
            code="over_limit",
        )


def check_paying(balance_minor: int, amount_minor: int) -> None:
    """See that a payment is above 0 and not above what is owed. Raises `Refused`."""
    if amount_minor <= 0:
        raise Refused("An amount above 0 is needed.", code="bad_amount")
    if amount_minor > balance_minor:
        raise Refused("That is more than this customer owes.", code="too_much")
