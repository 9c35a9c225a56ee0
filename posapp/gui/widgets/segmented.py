"""A row of views of which one is shown. To a screen reader and the arrow keys it is a group of radio buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from posapp.gui import metrics, paint, text
from posapp.gui.fonts import MEDIUM, REGULAR, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed


class _Segment(Themed, QRadioButton):
    focus_ring = "outside"

    def __init__(self, words: str) -> None:
        super().__init__(text.literal(words))
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def _font(self) -> QFont:
        return look().font(Type.SMALL, MEDIUM if self.isChecked() else REGULAR)

    def sizeHint(self) -> QSize:
        """As wide as the heavier word, so that nothing moves when the choice does."""
        wide = paint.width_of(self._words, look().font(Type.SMALL, MEDIUM))
        return QSize(round(wide + 0.499) + 26, look().height(metrics.CONTROL, Type.SMALL) - 4)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole segment is the target."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment; only the chosen one has an edge."""
        painter = QPainter(self)
        t = look().tokens
        rect = QRectF(self.rect())
        if self.isChecked():
            paint.box(painter, rect, metrics.RADIUS_SMALL, t.raised, t.line_strong)
        ink = t.text if self.isChecked() or self.underMouse() else t.muted
        paint.words(painter, rect, self._words, self._font(), ink, paint.CENTRE)
        painter.end()


class SegmentedControl(Themed, QWidget):
    """`choices` are (value, words). `changed` tells the value that was chosen."""

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        *,
        name: str,
        value: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(0)
        self._segments: dict[str, _Segment] = {}
        for each, words in choices:
            segment = self._segments[each] = _Segment(words)
            segment.setChecked(each == (value or choices[0][0]))
            segment.toggled.connect(self._tell)
            box.addWidget(segment)
        self._lead_tab()

    @property
    def value(self) -> str:
        """Give the chosen value."""
        return next(value for value, segment in self._segments.items() if segment.isChecked())

    def set_value(self, value: str) -> None:
        """Choose; tells it when that is a change."""
        self._segments[value].setChecked(True)

    def _lead_tab(self) -> None:
        """Tab comes to the chosen segment, from either side; Qt sees to that only after its first visit."""
        for segment in self._segments.values():
            kinds = Qt.FocusPolicy
            segment.setFocusPolicy(kinds.StrongFocus if segment.isChecked() else kinds.ClickFocus)

    def _tell(self, checked: bool) -> None:
        if checked:
            self._lead_tab()
            self.changed.emit(self.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove."""
        painter = QPainter(self)
        t = look().tokens
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, t.surface, t.line_strong)
        painter.end()
