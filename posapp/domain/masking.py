"""Card numbers do not belong into a till: what looks like one is masked before it is written down."""

import re
from collections.abc import Iterator

# Groups of digits of any script, with up to three blanks, dashes or dots between two of them.
_BETWEEN = r"[\s.\-\u2010-\u2015\u2212\u00b7\u200b\ufeff]{1,3}"
_RUN = re.compile(rf"(?<!\d)\d+(?:{_BETWEEN}\d+)*")
_GROUP = re.compile(r"\d+")
_CARD = re.compile(r"4|5[0-8]|6|3[457]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)", re.ASCII)  # how one begins
LENGTHS = range(15, 20)


def mask_cards(text: str) -> str:
    """Hide every card number in a text but for its last four digits: "•••• 1234".

    A number is one of 15 to 19 digits, in one piece or in groups, that begins as a card does
    and passes the check of Luhn. Anything else, an account number or a reference, stays as it is.
    """
    return _RUN.sub(lambda run: "".join(_masked(run[0])), text)


def _masked(run: str) -> Iterator[str]:
    """A run with the groups masked that are a card number together; a date may stand beside them."""
    groups = list(_GROUP.finditer(run))
    first, kept = 0, 0
    while first < len(groups):
        found = _card_from(groups, first)
        if found is None:
            first += 1
            continue
        last, digits = found
        yield f"{run[kept : groups[first].start()]}•••• {digits[-4:]}"
        first, kept = last + 1, groups[last].end()
    yield run[kept:]


def _card_from(groups: list[re.Match[str]], first: int) -> tuple[int, str] | None:
    """The last group of the card number that begins at a group, and its digits."""
    digits = ""
    for last in range(first, len(groups)):
        digits += "".join(str(int(digit)) for digit in groups[last][0][: LENGTHS.stop])
        if len(digits) >= LENGTHS.stop:
            return None
        if is_card(digits):
            return last, digits
    return None


def is_card(digits: str) -> bool:
    """Whether some digits are a card number."""
    return len(digits) in LENGTHS and _CARD.match(digits) is not None and _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the last digit is right for the others (ISO/IEC 7812-1)."""
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    return (sum(int(d) for d in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
