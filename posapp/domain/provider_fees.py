"""What a payment provider takes for a payment, and what a customer pays so that an order is paid exactly.

Who bears the fee, the merchant or the customer, is the owner's choice. Where it is the customer, the provider takes
its fee of the larger amount too: the fee on top is more than the fee of the order alone.
"""

from dataclasses import dataclass
from enum import StrEnum


class FeeBearer(StrEnum):
    """Who pays for a payment by link."""

    MERCHANT = "merchant"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Tariff:
    """A provider's price of one payment: a share of it and something flat, at most so much. Minor units."""

    basis_points: int
    flat_minor: int
    flat_from_minor: int  # smaller payments are spared the flat part
    cap_minor: int


TARIFFS = {
    # Local payments in Nigeria: 1.5 % and ₦100, the ₦100 waived below ₦2,500, never more than ₦2,000.
    # Paystack's own figures: paystack.com/pricing and support.paystack.com, "Transactions pricing".
    # A card from abroad costs it more (3.9 % and ₦100); who bears that difference is the merchant.
    ("paystack", "NGN"): Tariff(150, 10_000, 250_000, 200_000),
}


def fee_of(tariff: Tariff, paid_minor: int) -> int:
    """What the provider takes of a payment. A part of a kobo is rounded up: nobody ends up a kobo short."""
    share = -(-paid_minor * tariff.basis_points // 10_000)
    flat = tariff.flat_minor if paid_minor >= tariff.flat_from_minor else 0
    return min(tariff.cap_minor, share + flat)


def fee_on_top(tariff: Tariff, credited_minor: int) -> int:
    """The fee that a customer adds so that exactly `credited_minor` is left of what he pays.

    It is the smallest that does. One kobo more paid leaves at most one more, so each amount is met exactly.
    """
    if credited_minor <= 0:
        return 0
    tries = [
        _grossed_up(tariff, credited_minor),
        max(tariff.flat_from_minor, _grossed_up(tariff, credited_minor + tariff.flat_minor)),
        credited_minor + tariff.cap_minor,
    ]
    paid = min(gross for gross in tries if gross - fee_of(tariff, gross) == credited_minor)
    return paid - credited_minor


def customer_fee(provider: str, currency: str, balance_minor: int, bearer: FeeBearer) -> int:
    """What a link adds to an order's balance: nothing where the merchant bears it, or the tariff is not known."""
    tariff = TARIFFS.get((provider, currency))
    if tariff is None or bearer != FeeBearer.CUSTOMER:
        return 0
    return fee_on_top(tariff, balance_minor)


def _grossed_up(tariff: Tariff, net_minor: int) -> int:
    """The smallest amount of which the share alone leaves `net_minor`."""
    return -(-net_minor * 10_000 // (10_000 - tariff.basis_points))
