"""The notes and coins of a currency, for counting a drawer. What is not listed is counted as one amount."""

from posapp.domain.money import decimals

# Notes, and the coins that are worth a line of their own, in whole units of the currency; the largest first.
_FACES: dict[str, tuple[int, ...]] = {
    "NGN": (1000, 500, 200, 100, 50, 20, 10, 5),
    "GHS": (200, 100, 50, 20, 10, 5, 2, 1),
    "KES": (1000, 500, 200, 100, 50, 40, 20, 10, 5),
    "ZAR": (200, 100, 50, 20, 10, 5, 2, 1),
    "XOF": (10000, 5000, 2000, 1000, 500, 250, 200, 100),
    "XAF": (10000, 5000, 2000, 1000, 500, 100, 50),
    "UGX": (50000, 20000, 10000, 5000, 2000, 1000, 500),
    "TZS": (10000, 5000, 2000, 1000, 500, 200, 100),
    "RWF": (5000, 2000, 1000, 500, 100, 50),
    "EGP": (200, 100, 50, 20, 10, 5, 1),
    "USD": (100, 50, 20, 10, 5, 2, 1),
    "EUR": (200, 100, 50, 20, 10, 5, 2, 1),
    "GBP": (50, 20, 10, 5, 2, 1),
    "INR": (500, 200, 100, 50, 20, 10, 5),
    "JPY": (10000, 5000, 2000, 1000, 500, 100, 50, 10),
}
_USUAL = (1000, 500, 200, 100, 50, 20, 10, 5)


def faces(currency: str) -> tuple[int, ...]:
    """Face values in minor units, the largest first: 100000 for the 1,000 naira note."""
    unit = 10 ** decimals(currency)
    return tuple(face * unit for face in _FACES.get(currency, _USUAL))
