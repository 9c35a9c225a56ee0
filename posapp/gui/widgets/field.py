"""Fields to type into. The border tells rest, focus, error and disabled; words beneath tell the error."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.badge import draw_keycap, keycap_width
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.label import Label

_PADDING = 10
_INNER = 2  # QLineEdit keeps these to itself on either side


class LineEdit(Themed, QLineEdit):
    """The bare line inside a `FieldBox`, which draws its border."""

    focused = Signal()

    def __init__(self, placeholder: str, name: str, type_: Type = Type.BODY) -> None:
        self._type = type_
        super().__init__()
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.look_changed()

    def look_changed(self) -> None:
        """Take the font; the style sheet lets the box's fill show through."""
        self.setFont(look().font(self._type, figures=True))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the box draw its border anew."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have the box draw its border anew."""
        super().focusOutEvent(event)
        self.focused.emit()


class FieldBox(Themed, QWidget):
    """The bordered box: an icon, the line, and at the right a key's cap or a muted word."""

    def __init__(
        self,
        *,
        name: str,
        placeholder: str = "",
        icon: str | None = None,
        keycap: str = "",
        trailing: str = "",
        height: int = metrics.CONTROL,
        type_: Type = Type.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keycap, self._trailing, self._failed = icon, keycap, trailing, False
        self.shown_focused = False  # for a picture of the state
        self.icon_size, self.icon_ink = metrics.ICON, "muted"
        self._base = height
        self.edit = LineEdit(placeholder, name, type_)
        self.edit.focused.connect(self.update)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box = QHBoxLayout(self)
        self._box.addWidget(self.edit)
        self.look_changed()

    def set_failed(self, failed: bool) -> None:
        """Draw the border of an error."""
        self._failed = failed
        self.update()

    def look_changed(self) -> None:
        """Leave room for what stands beside the line."""
        size = look().px(self.icon_size)
        left = 1 + _PADDING - _INNER + (size + 8 if self._icon else 0)
        right = 1 + _PADDING - _INNER
        if self._keycap:
            right += keycap_width(self._keycap)
        if self._trailing:
            right += round(paint.width_of(self._trailing, look().font(Type.CAPTION))) + 8
        self._box.setContentsMargins(left, 2, right, 2)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(200, look().height(self._base))

    def minimumSizeHint(self) -> QSize:
        """Never lower; narrower only to a degree."""
        return QSize(96, look().height(self._base))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole box is the field."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """A disabled field looks it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and what stands in it beside the line."""
        painter = QPainter(self)
        t = look().tokens
        on, focus = self.isEnabled(), self.edit.hasFocus() or self.shown_focused
        edge = t.danger if self._failed else t.primary if focus else t.border
        width = 2 if self._failed or focus else 1
        rect = QRectF(self.rect())
        paint.box(painter, rect, metrics.RADIUS, t.bg if on else t.surface, edge if on else t.line, width)
        size = look().px(self.icon_size)
        if self._icon:
            ink = t.ink(self.icon_ink) if on else t.disabled
            icons.draw(painter, self._icon, 11, (self.height() - size) // 2, size, ink)
        if self._keycap:
            wide, high = keycap_width(self._keycap), look().px(20)
            cap = QRectF(rect.right() - wide - 8, (rect.height() - high) // 2, wide, high)
            draw_keycap(painter, cap, self._keycap)
        if self._trailing:
            rest = rect.adjusted(0, 0, -_PADDING - 1, 0)
            paint.words(painter, rest, self._trailing, look().font(Type.CAPTION), t.muted, paint.RIGHT)
        painter.end()


class Input(Themed, QWidget):
    """A labelled field with a line beneath for its error. `changed` tells what is typed, `entered` Enter.

    `large` is for amounts that count: 48 high, in the size of a title.
    """

    changed = Signal(str)
    entered = Signal(str)

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        placeholder: str = "",
        icon: str | None = None,
        trailing: str = "",
        secret: bool = False,
        large: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.box = FieldBox(
            name=name or label,
            placeholder=placeholder,
            icon=icon,
            trailing=trailing,
            height=metrics.CONTROL_LARGE if large else metrics.CONTROL,
            type_=Type.TITLE if large else Type.BODY,
        )
        self.edit = self.box.edit
        self.edit.setText(value)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._error = Label(type_=Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self._error.hide()
        self._label = Label(label, Type.SMALL, weight=MEDIUM)
        if not label:
            self._label.hide()
        self._label.setBuddy(self.edit)
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(lambda: self.entered.emit(self.edit.text()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (self._label, self.box, self._error):
            column.addWidget(each)

    @property
    def text(self) -> str:
        """Give what is typed, without spaces around it."""
        return self.edit.text().strip()

    def set_label(self, label: str) -> None:
        """Name the field otherwise."""
        self._label.setText(label)
        self.edit.setAccessibleName(label)

    def set_text(self, value: str) -> None:
        """Fill the field."""
        self.edit.setText(value)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong beneath the field and tell it a screen reader; an empty sentence takes it back."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.box.set_failed(bool(sentence))
        self.edit.setAccessibleDescription(sentence)


class SearchField(FieldBox):
    """Finds while one types: `searched` comes a moment after the last key, `entered` upon Enter. Esc empties it."""

    searched = Signal(str)
    entered = Signal(str)
    PAUSE_MS = 150

    def __init__(
        self, placeholder: str, *, keycap: str = "", width: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            name=placeholder, placeholder=placeholder, icon="search", keycap=keycap, parent=parent
        )
        if width:
            self.setFixedWidth(width)
        self._pause = QTimer(self, singleShot=True, interval=self.PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text))
        self.edit.textChanged.connect(self._restart)
        self.edit.returnPressed.connect(self._enter)
        self.edit.installEventFilter(self)

    @property
    def text(self) -> str:
        """Give what is typed, without spaces around it."""
        return self.edit.text().strip()

    def clear(self) -> None:
        """Empty it and say so at once."""
        self.edit.clear()
        self._now()

    def _restart(self) -> None:
        self._pause.start()

    def is_waiting(self) -> bool:
        """Say whether something was typed that has not been told yet."""
        return self._pause.isActive()

    def _now(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text)

    def _enter(self) -> None:
        self._now()
        self.entered.emit(self.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc empties a filled field, and only then goes on to the page."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.KeyPress and self.edit.text():
            self.clear()
            return True
        return False
