"""Codes that a scanner or a phone reads, as dots: QR, and Code 128 for scanners that read lines only."""

import qrcode
from barcode.codex import Code128
from barcode.errors import BarcodeError
from qrcode.exceptions import DataOverflowError

from posapp.domain.paper import Bitmap

_QUIET = 10  # modules of white at either end of a Code 128
_CODE_HEIGHT = 72  # dots


def qr_bitmap(words: str, *, dots: int = 6) -> Bitmap | None:
    """Make a QR code with its white border, each module so many dots; None for what no code can hold."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    try:
        code.add_data(words)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return _scaled([[bool(module) for module in row] for row in code.get_matrix()], dots, dots)


def barcode_bitmap(words: str, *, widest: int) -> Bitmap | None:
    """Make a Code 128 as wide as can be, at most 3 dots a module; None where it does not fit or cannot be said."""
    if not words.isascii() or not words.isprintable():
        return None
    try:
        modules = Code128(words).build()[0]
    except BarcodeError:
        return None
    row = [False] * _QUIET + [module == "1" for module in modules] + [False] * _QUIET
    dots = min(3, widest // len(row))
    return _scaled([row], dots, _CODE_HEIGHT) if dots else None


def _scaled(rows: list[list[bool]], wide: int, high: int) -> Bitmap:
    """Draw each module `wide` × `high` dots."""
    width = len(rows[0]) * wide
    packed = b"".join(_packed([dot for dot in row for _ in range(wide)]) * high for row in rows)
    return Bitmap(width, len(rows) * high, packed)


def _packed(dots: list[bool]) -> bytes:
    filled = [*dots, *[False] * (-len(dots) % 8)]
    return bytes(
        sum(dot << (7 - place) for place, dot in enumerate(filled[start : start + 8]))
        for start in range(0, len(filled), 8)
    )
