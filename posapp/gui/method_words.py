"""How money moved, in words within a sentence."""

from posapp.gui import text

METHODS = {
    "cash": "cash",
    "transfer": "transfer",
    "card": "card",
    "account": "account",
    "exchange": "goods exchanged",
    "before": "an earlier sale",
    "rounding": "rounding",
    "other": "other means",
    "bank_transfer": "bank transfer",
    "bacs": "bank transfer",
    "cod": "cash on delivery",
    "paystack": "Paystack",
}


def method(name: str) -> str:
    """Give how it was paid in words; what a shop calls it otherwise, harmless."""
    return METHODS.get(name.lower(), text.outside(name, 40))
