"""The sheet that something is set out for: its width, its owner, and the pictures on it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.domain.paper import COLUMNS, DOTS_PER_COLUMN, Bitmap, scrubbed
from posapp.gui.paper_artist import load_logo
from posapp.gui.paper_codes import barcode_bitmap, qr_bitmap
from posapp.settings import Printing


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose paper it is and how wide; pictures are made for it."""

    columns: int
    printing: Printing
    zone: ZoneInfo
    now: datetime
    logo: Bitmap | None = None
    code: Bitmap | None = None

    @property
    def dots(self) -> int:
        """How wide it is, in dots of a receipt printer."""
        return self.columns * DOTS_PER_COLUMN


def make_sheet(printing: Printing, zone: ZoneInfo, now: datetime, code: str) -> Sheet:
    """Make the sheet for a till's paper; `code` is what a scanner shall read, "" for nothing."""
    columns = COLUMNS[printing.paper_mm]
    dots = columns * DOTS_PER_COLUMN
    drawn, code = None, scrubbed(code)  # a scanner types what it reads
    if code and printing.code == "qr":
        drawn = qr_bitmap(code)
    elif code and printing.code == "barcode":
        drawn = barcode_bitmap(code, widest=dots)
    return Sheet(columns, printing, zone, now, load_logo(printing.logo, dots), drawn)
