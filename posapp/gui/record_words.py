"""What Sync and health says of a thing that came in, and raw text made readable without changing it."""

from itertools import pairwise

from posapp.gui import text
from posapp.queries.health import SetAside

_NAMES = {"order": "Web order", "product": "Product", "payment": "Payment"}
LAID_OUT_MOST = 200_000  # characters; a longer text is shown as it came
SHOWN_MOST = 400_000
DEEPEST = 40  # brackets within brackets that are still set in


def name_of(item: SetAside) -> str:
    """What it is, by its kind and the number its shop gave it."""
    number = text.outside(item.remote_id, 40)
    return f"{_NAMES.get(item.kind, 'Record')} {number}".strip()


def harmless(raw: str) -> str:
    """Show what would break or turn the writing round as its code; the rest stays as it came."""
    return "".join(f"\\u{ord(c):04x}" if _hides(c) else c for c in raw[:SHOWN_MOST])


def _hides(char: str) -> bool:
    return (char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f" or char in _MARKS


_MARKS = frozenset(
    "\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def laid_out(raw: str) -> str:
    """Break JSON into lines by its brackets and commas. No character of it is changed or left out.

    What is no JSON only gets some line ends; a number that was wrong stays as wrong as it came.
    """
    if len(raw) > LAID_OUT_MOST or "\n" in raw:
        return raw
    out: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char, following in pairwise(raw + " "):
        if quoted:
            out.append(char)
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
            continue
        quoted = char == '"'
        closes = char in "}]"
        depth = max(0, depth - 1) if closes else depth
        out.append(_break(depth) + char if closes and out and out[-1][-1] not in "{[" else char)
        depth = min(DEEPEST, depth + 1) if char in "{[" else depth
        if char in "{[," and following not in "}]":
            out.append(_break(depth))
    return "".join(out)


def _break(depth: int) -> str:
    return "\n" + "  " * depth
