"""A filter above a table: a menu of values, and an x that clears the one that is set."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import MEDIUM, REGULAR, Type
from posapp.gui.theme import look
from posapp.gui.widgets import choosable
from posapp.gui.widgets.base import Themed

_PADDING, _GAP, _TAIL_GAP = 10, 8, 4


class FilterChip(Themed, QPushButton):
    """`label`: any, until a value is chosen; then the value itself, tinted, with an x. Delete clears too.

    `choices` are (value, words); without any, the chip is a switch with one value ("Low 4"). `changed` tells
    the new value, None for any.
    """

    changed = Signal(object)
    focus_ring = "outside"

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        icon: str | None = None,
        any_word: str | None = "any",
        value: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._any, self._icon = label, any_word, icon
        self._choices, self._value = dict(choices), value
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        self.look_changed()

    @property
    def value(self) -> str | None:
        """Give the chosen value, None for any."""
        return self._value

    @property
    def values(self) -> tuple[str, ...]:
        """Give the values it offers."""
        return tuple(self._choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other values; the chosen one stays when it is among them."""
        self._choices = dict(choices)
        if self._value not in self._choices:
            self.set_value(None)
        self.look_changed()

    def set_label(self, label: str) -> None:
        """Say something else before the value, or on a chip that is a switch."""
        self._label = label
        self.look_changed()

    def set_value(self, value: str | None) -> None:
        """Choose, and tell it when that is a change."""
        if value != self._value:
            self._value = value
            self.look_changed()
            self.changed.emit(value)

    def words(self) -> str:
        """Give what stands on it."""
        if not self._choices:
            return self._label
        if self._value is None:
            return f"{self._label}: {self._any}" if self._any else self._label
        return self._choices.get(self._value, self._value)

    def look_changed(self) -> None:
        """Measure the words anew."""
        self.setAccessibleName(
            f"{self._label}: {self.words()}" if self._value and self._choices else self.words()
        )
        self.setAccessibleDescription("set, Delete clears it" if self._value is not None else "")
        self.updateGeometry()
        self.update()

    def _press(self) -> None:
        if not self._choices:
            self.set_value(None if self._value is not None else "on")
        else:
            self._open_menu()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._label)
        self.fill_menu(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill_menu(self, menu: QMenu) -> None:
        """Offer the values; a chip that can do more adds to it."""
        if self._any:
            self._offer(menu, None, self._any.capitalize())
        for value, words in self._choices.items():
            self._offer(menu, value, words)

    def _offer(self, menu: QMenu, value: str | None, words: str) -> None:
        action = menu.addAction(text.literal(words))
        action.setCheckable(True)
        action.setChecked(value == self._value)
        action.triggered.connect(lambda: self.set_value(value))

    def _clearable(self) -> bool:
        return self._value is not None and (self._any is not None or not self._choices)

    def _tail(self) -> str | None:
        if self._clearable():
            return "x"
        return "chevron-down" if self._choices else None

    def _tail_size(self) -> int:
        return look().px(metrics.ICON_SMALL if self._tail() == "x" else metrics.ICON_CHIP)

    def sizeHint(self) -> QSize:
        """As wide as words and icons."""
        wide = paint.width_of(self.words(), self._font()) + 2 * (_PADDING + 1)
        if self._icon:
            wide += look().px(metrics.ICON_SMALL) + _GAP
        if self._tail():
            wide += self._tail_size() + _TAIL_GAP
        return QSize(round(wide + 0.499), look().height(metrics.FILTER_CHIP, Type.SMALL))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _font(self) -> QFont:
        return look().font(Type.SMALL, MEDIUM if self._value is not None else REGULAR)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right end with the x clears."""
        at_end = event.position().x() > self.width() - _PADDING - look().px(metrics.ICON_SMALL) - _GAP / 2
        if at_end and self._clearable():
            self.set_value(None)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace clear; Enter, Space and Down open the menu."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._clearable():
            self.set_value(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        t = look().tokens
        on = self._value is not None
        ink = t.primary if on else t.text if self.isEnabled() else t.disabled
        choosable.frame(painter, self, metrics.RADIUS, chosen=on)
        size, x = look().px(metrics.ICON_SMALL), _PADDING + 1
        if self._icon:
            icons.draw(painter, self._icon, x, (self.height() - size) // 2, size, ink if on else t.muted)
            x += size + _GAP
        paint.words(painter, QRectF(x, 0, self.width(), self.height()), self.words(), self._font(), ink)
        if tail := self._tail():
            size = self._tail_size()
            right = self.width() - _PADDING - 1 - size
            icons.draw(painter, tail, right, (self.height() - size) // 2, size, ink if on else t.muted)
        painter.end()
