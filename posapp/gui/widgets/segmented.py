"""A row of views of which one is shown. To a screen reader and the arrow keys it is a group of radio buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from posapp.gui import metrics, paint
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.word_radio import WordRadio


class _Segment(WordRadio):
    def high(self) -> int:
        """Within the frame of the control."""
        return look().height(metrics.CONTROL, Type.SMALL) - 4

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment; only the chosen one has an edge."""
        painter = QPainter(self)
        t = look().tokens
        rect = QRectF(self.rect())
        if self.isChecked():
            paint.box(painter, rect, metrics.RADIUS_SMALL, t.raised, t.line_strong)
        ink = t.text if self.isChecked() or self.underMouse() else t.muted
        paint.words(painter, rect, self.words, self.word_font(), ink, paint.CENTRE)
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
