"""The header of a table: caption 500, lines above and below, an arrow where it is sorted."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed


class TableHeader(Themed, QHeaderView):
    """Sections are painted with the paddings that the cells beneath them have."""

    def __init__(self, *, edge: int, top_line: bool, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._edge, self._top_line = edge, top_line
        self.sorted_by: tuple[int, bool] | None = None  # section, descending
        self.setAccessibleName("Columns")
        self.setMinimumSectionSize(32)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setStretchLastSection(False)

    def show_sorted(self, section: int, descending: bool) -> None:
        """Draw the arrow at a section."""
        self.sorted_by = (section, descending)
        self.viewport().update()

    def look_changed(self) -> None:
        """Take the height of the enlarged text."""
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """32 high, the lines with it."""
        return QSize(super().sizeHint().width(), look().height(metrics.TABLE_HEADER + 1, Type.CAPTION))

    def paddings(self, section: int) -> tuple[int, int]:
        """Give left and right padding: 12, at the table's ends what its place asks for."""
        visible = [s for s in range(self.count()) if not self.isSectionHidden(s)]
        first, last = (visible[0], visible[-1]) if visible else (0, 0)
        return self._edge if section == first else 12, self._edge if section == last else 12

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one header."""
        t, whole = look().tokens, QRectF(rect)
        painter.fillRect(rect, t.surface)
        if self._top_line:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, t.line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.line)
        left, right = self.paddings(logicalIndex)
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = self.model().headerData(
            logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        font = look().font(Type.CAPTION, MEDIUM)
        is_right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        box = whole.adjusted(left, 0, -right, 0)
        painter.setClipRect(rect)
        paint.words(painter, box, words, font, t.muted, paint.RIGHT if is_right else paint.LEFT)
        if self.sorted_by is not None and self.sorted_by[0] == logicalIndex:
            size, wide = look().px(14), paint.width_of(words, font)
            x = box.right() - wide - size - 4 if is_right else box.left() + wide + 4
            icon = "chevron-down" if self.sorted_by[1] else "chevron-up"
            icons.draw(painter, icon, round(x), round(whole.center().y() - size / 2), size, t.muted)
        painter.setClipping(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what lies right of the last section too."""
        painter = QPainter(self.viewport())
        t = look().tokens
        painter.fillRect(self.viewport().rect(), t.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, t.line)
        if self._top_line:
            painter.fillRect(0, 0, self.width(), 1, t.line)
        painter.end()
        super().paintEvent(event)
