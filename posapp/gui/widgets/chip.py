"""The status chip, as a widget and as strokes for a table's cells. Not clickable."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.chips import Chip
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed

_LEFT, _GAP, _RIGHT = 6, 4, 8


def chip_size(chip: Chip) -> QSize:
    """Say how much room the chip takes."""
    words = paint.width_of(chip.word, look().font(Type.CAPTION, SEMIBOLD))
    wide = _LEFT + look().px(metrics.ICON_CHIP) + _GAP + words + _RIGHT
    return QSize(round(wide + 0.499), max(metrics.CHIP, look().line(Type.CAPTION) + 8))


def draw_chip(painter: QPainter, x: float, middle: float, chip: Chip) -> int:
    """Draw the chip with its left edge at x, centred on the height `middle`; returns its width."""
    pictures, ratio = look().pictures, painter.device().devicePixelRatioF()
    made = pictures.get((chip, ratio))
    if made is None:
        made = pictures[chip, ratio] = _picture(chip, ratio)
    size = made.deviceIndependentSize()
    painter.drawPixmap(QPointF(x, round(middle - size.height() / 2)), made)
    return round(size.width())


def _picture(chip: Chip, ratio: float) -> QPixmap:
    """Draw a chip for any place: lists show the same few again and again."""
    size, tokens = chip_size(chip), look().tokens
    pair = tokens.tones[chip.tone]
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    rect = QRectF(0, 0, size.width(), size.height())
    paint.box(painter, rect, metrics.RADIUS, pair.bg, pair.fg if tokens.edged else None)
    icon = look().px(metrics.ICON_CHIP)
    icons.draw(painter, chip.icon, _LEFT, (size.height() - icon) // 2, icon, pair.fg)
    rest = rect.adjusted(_LEFT + icon + _GAP, 0, 0, 0)
    paint.words(painter, rest, chip.word, look().font(Type.CAPTION, SEMIBOLD), pair.fg)
    painter.end()
    return made


class StatusChip(Themed, QLabel):
    """A chip beside a title or in a panel. Its accessible name is its word."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show another state."""
        self._chip = chip
        self.setText(chip.word)
        self.setAccessibleName(chip.word)
        self.look_changed()

    @property
    def chip(self) -> Chip:
        """Give the chip it shows."""
        return self._chip

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As much as the chip takes."""
        return chip_size(self._chip)

    def minimumSizeHint(self) -> QSize:
        """A word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        draw_chip(painter, 0, self.height() / 2, self._chip)
        painter.end()
