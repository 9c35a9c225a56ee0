"""Card numbers do not belong into a till: what looks like one is masked before it is written down."""

import re

_RUN = re.compile(r"(?<!\d)\d+(?:[ -]\d+)*", re.ASCII)  # groups of digits that one blank or dash parts
_GROUP = re.compile(r"\d+", re.ASCII)
_CARD = re.compile(r"4|5[0-8]|6|3[457]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)", re.ASCII)  # how one begins
LENGTHS = range(15, 20)


def mask_cards(text: str) -> str:
    """Hide every card number in a text but for its last four digits: "•••• 1234".

    A number is one of 15 to 19 digits, in one piece or in groups, that begins as a card does
    and passes the check of Luhn. Anything else, an account number or a reference, stays as it is.
    """
    return _RUN.sub(lambda run: _masked(run[0]), text)


def _masked(run: str) -> str:
    """Mask the groups of a run that are a card number together; a date may stand beside them."""
    groups = list(_GROUP.finditer(run))
    for first in range(len(groups)):
        digits = ""
        for last in range(first, len(groups)):
            digits += groups[last][0]
            if is_card(digits):
                head, tail = run[: groups[first].start()], run[groups[last].end() :]
                return f"{head}•••• {digits[-4:]}{_masked(tail)}"
    return run


def is_card(digits: str) -> bool:
    """Whether some digits are a card number."""
    return len(digits) in LENGTHS and _CARD.match(digits) is not None and _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the last digit is right for the others (ISO/IEC 7812-1)."""
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    return (sum(int(d) for d in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
