"""Tiles: cards that are one button each, and the grid they stand in."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed


class Tile(Themed, QPushButton):
    """A labelled value that opens what it counts. Its accessible name says all three lines."""

    focus_ring = "outside"

    def __init__(
        self,
        label: str,
        value: str = "",
        detail: str = "",
        *,
        icon: str | None = None,
        opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._icon, self._opens, self._ink = label, icon, opens, "text"
        self.setAutoDefault(False)
        self.setEnabled(opens)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value, detail)

    def set_value(self, value: str, detail: str = "", *, ink: str = "text") -> None:
        """Show other figures; `ink` "attention" for a count that needs somebody."""
        self._value, self._detail, self._ink = value, detail, ink
        self.setAccessibleName(", ".join(part for part in (self._label, value, detail) if part))
        self.look_changed()

    def look_changed(self) -> None:
        """Measure the lines anew."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines and the padding."""
        now = look()
        lines = (
            paint.width_of(self._label, now.font(Type.SMALL, MEDIUM)) + 60,
            paint.width_of(self._value, now.font(Type.TITLE, figures=True)),
            paint.width_of(self._detail, now.font(Type.SMALL, figures=True)),
        )
        high = 24 + 2 + now.line(Type.SMALL) * 2 + now.line(Type.TITLE)
        return QSize(round(max(lines)) + 34, high)

    def minimumSizeHint(self) -> QSize:
        """Label and value are never cut; the detail gives way when room is short."""
        wide = max(
            paint.width_of(self._label, look().font(Type.SMALL, MEDIUM)) + 60,
            paint.width_of(self._value, look().font(Type.TITLE, figures=True)),
        )
        return QSize(max(120, round(wide) + 34), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        painter, now = QPainter(self), look()
        t, rect = now.tokens, QRectF(self.rect())
        over = self.isEnabled() and self.underMouse()
        paint.box(
            painter,
            rect,
            metrics.RADIUS_CARD,
            t.pressed if self.isDown() else t.hover if over else t.raised,
            t.line,
        )
        x, y, size = 17.0, 13.0, now.px(metrics.ICON_SMALL)
        small = now.line(Type.SMALL)
        if self._icon:
            icons.draw(painter, self._icon, x, round(y + (small - size) / 2), size, t.muted)
        label = QRectF(x + (size + 8 if self._icon else 0), y, rect.width(), small)
        paint.words(painter, label, self._label, now.font(Type.SMALL, MEDIUM), t.muted)
        if self._opens:
            icons.draw(
                painter,
                "chevron-right",
                rect.width() - 17 - size,
                round(y + (small - size) / 2),
                size,
                t.muted,
            )
        value = QRectF(x, y + small, rect.width(), now.line(Type.TITLE))
        paint.words(painter, value, self._value, now.font(Type.TITLE, figures=True), getattr(t, self._ink))
        font = now.font(Type.SMALL, figures=True)
        detail = QRectF(x, value.bottom(), rect.width() - 34, small)
        paint.words(painter, detail, paint.fitted(self._detail, font, detail.width()), font, t.muted)
        painter.end()


class TileGrid(QWidget):
    """Tiles of equal width, 16 apart, on as many lines as their values need."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self._tiles, self._columns = tuple(tiles), 0
        self._gone: set[Tile] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(metrics.CARD_GAP)
        self._arrange(len(self._tiles))

    def show_tile(self, tile: Tile, shown: bool) -> None:
        """Show a tile or take it away; the others stand anew."""
        if (tile in self._gone) == shown:
            self._gone ^= {tile}
            tile.setHidden(not shown)
            self._columns = 0
            self._fit()

    def _standing(self) -> list[Tile]:
        return [tile for tile in self._tiles if tile not in self._gone]

    def minimumSizeHint(self) -> QSize:
        """At least one tile a line."""
        return QSize(
            max(t.minimumSizeHint().width() for t in self._tiles), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        tiles = self._standing()
        widest = max(t.minimumSizeHint().width() for t in tiles)
        fit = (self.width() + metrics.CARD_GAP) // (widest + metrics.CARD_GAP)
        lines = -(-len(tiles) // max(1, fit))
        self._arrange(-(-len(tiles) // lines))  # none is left alone on the last line

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self._standing()):
            self._grid.addWidget(tile, at // columns, at % columns)
        for at in range(len(self._tiles)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
