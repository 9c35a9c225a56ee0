"""The bundled typeface and its roles. Qt's own fallback font has no ₦, so nothing is left to the system."""

from enum import Enum
from importlib.resources import files

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600


class Type(Enum):
    """A role of text: size and line height in pixels at 100 %, and the weight it has by itself."""

    CAPTION = (12, 16, REGULAR)
    SMALL = (13, 20, REGULAR)
    BODY = (14, 20, REGULAR)
    SECTION = (16, 24, SEMIBOLD)
    PAY = (18, 24, SEMIBOLD)
    TITLE = (20, 28, SEMIBOLD)
    FIGURE = (28, 36, SEMIBOLD)
    TOTAL = (32, 40, SEMIBOLD)

    @property
    def size(self) -> int:
        """Give the size of the letters, in pixels at 100 %."""
        return self.value[0]

    @property
    def line(self) -> int:
        """Give the height of a line, in pixels at 100 %."""
        return self.value[1]

    @property
    def weight(self) -> int:
        """Give the weight this role has unless it is told another."""
        return self.value[2]


def load_fonts() -> None:
    """Register the bundled weights with Qt. Raises `RuntimeError` when a file is missing or broken."""
    folder = files("posapp.resources") / "fonts"
    for weight in ("Regular", "Medium", "SemiBold"):
        if QFontDatabase.addApplicationFontFromData((folder / f"Inter-{weight}.ttf").read_bytes()) < 0:
            raise RuntimeError(f"the bundled font Inter {weight} cannot be read")


def make_font(type_: Type, weight: int | None, *, figures: bool, scale: float) -> QFont:
    """Make the font of a role; `figures` gives every digit one width, for columns and counting numbers."""
    font = QFont(FAMILY)
    font.setPixelSize(round(type_.size * scale))
    font.setWeight(QFont.Weight(weight or type_.weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def alignment(*, right: bool) -> Qt.AlignmentFlag:
    """Give the alignment of one line of text in its box; right stays right in a mirrored window."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
