"""WooCommerce's arithmetic with whole numbers: rounding, VAT, and amounts as text.

A line is kept to six digits and rounded when it is shown; its tax is rounded once, per line. That is why
5 × 250.00 with VAT inside shows as 1162.79 + 87.21.
"""

from decimal import Decimal, InvalidOperation

VAT_BP = 750  # 7.5 %
MICRO = 1_000_000
MICRO_PER_MINOR = 10_000
MAX_MINOR = 10**15


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, as PHP's round() does."""
    quotient, rest = divmod(abs(numerator), denominator)
    rounded = quotient + (1 if 2 * rest >= denominator else 0)
    return rounded if numerator >= 0 else -rounded


def to_minor(micro: int) -> int:
    """Round a six-digit amount to kobo."""
    return half_up(micro, MICRO_PER_MINOR)


def net_of(gross_micro: int) -> int:
    """The part of a price with VAT inside that is not VAT."""
    return half_up(gross_micro * 10_000, 10_000 + VAT_BP)


def tax_on(net_micro: int) -> int:
    """VAT on a net amount, in kobo, rounded once."""
    return half_up(net_micro * VAT_BP, 10_000 * MICRO_PER_MINOR)


def tax_on_minor(net_minor: int) -> int:
    """VAT on a net amount that is already whole kobo, in kobo."""
    return half_up(net_minor * VAT_BP, 10_000)


def parse_micro(text: str) -> int:
    """Read "250", "250.00" or "1250.555" into millionths. Raises `ValueError` for what is no amount."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if not value.is_finite() or abs(value) * 100 > MAX_MINOR:
        raise ValueError("not an amount")
    return int((value * MICRO).to_integral_value())


def parse_minor(text: str) -> int:
    """Read an amount into kobo, rounding half up. Raises `ValueError` for what is no amount."""
    return to_minor(parse_micro(text))


def major(minor: int) -> str:
    """Write kobo as WooCommerce does: "1162.79"."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def unit_price(total_micro: int, quantity: int) -> float | int:
    """A line's `price`: a JSON number, not rounded, and a whole number when it happens to be one."""
    if quantity == 0 or total_micro == 0:
        return 0
    price = abs(total_micro / MICRO / quantity)
    return int(price) if price == int(price) else price


def naira(minor: int) -> str:
    """Write kobo for a person: "₦12,500", "₦1,612.50", "−₦300"."""
    sign = "−" if minor < 0 else ""
    whole, part = divmod(abs(minor), 100)
    return f"{sign}₦{whole:,}" + (f".{part:02d}" if part else "")
