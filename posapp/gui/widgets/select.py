"""A closed list of values, as a labelled field."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.label import Label


class _Box(Themed, QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.look_changed()

    def look_changed(self) -> None:
        """Take the font, for the popup too."""
        self.setFont(look().font())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the widest value."""
        widest = max((paint.width_of(self.itemText(i), self.font()) for i in range(self.count())), default=60)
        return QSize(round(widest) + 22 + 8 + look().px(metrics.ICON_SMALL), look().height(metrics.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """No value is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field."""
        painter = QPainter(self)
        t = look().tokens
        on, focus = self.isEnabled(), self.hasFocus()
        edge, rect = t.primary if focus else t.border, QRectF(self.rect())
        paint.box(
            painter,
            rect,
            metrics.RADIUS,
            t.bg if on else t.surface,
            edge if on else t.line,
            2 if focus else 1,
        )
        ink = t.text if on else t.disabled
        paint.words(painter, rect.adjusted(11, 0, 0, 0), self.currentText(), self.font(), ink)
        size = look().px(metrics.ICON_SMALL)
        icons.draw(
            painter, "chevron-down", self.width() - 11 - size, (self.height() - size) // 2, size, t.muted
        )
        painter.end()


class Select(QWidget):
    """`choices` are (value, words). `changed` tells the value a person chose, not one that was set."""

    changed = Signal(str)

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]],
        value: str | None = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = Label(label, Type.SMALL, weight=MEDIUM)
        if not label:
            self._label.hide()
        self.box = _Box()
        self.box.setAccessibleName(name or label)
        for each, words in choices:
            self.box.addItem(words, each)
        if value is not None:
            self.set_value(value)
        self.box.activated.connect(lambda _: self.changed.emit(self.value))
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """Give the chosen value."""
        return str(self.box.currentData())

    def set_value(self, value: str) -> None:
        """Choose without telling. Raises `ValueError` for a value that is not offered."""
        at = self.box.findData(value)
        if at < 0:
            raise ValueError(f"not offered: {value}")
        self.box.setCurrentIndex(at)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer others instead; the first of them is chosen, without telling."""
        self.box.clear()
        for each, words in choices:
            self.box.addItem(words, each)
