"""Dialogs: a head, a middle that scrolls, a footer that stays; the window beneath lies under a scrim."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from posapp.gui import metrics, paint
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Item, Themed, column, fill, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Bar, Scroll

ORDER_DIALOG = QSize(1040, 680)
_TASKBAR = 48  # what is left free of the screen, title bar and taskbar, when a dialog must shrink


class Scrim(QWidget):
    """Darkens a window while a dialog has it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Go for good. It stops listening first: a window that is deleted tells its listeners, gone or not."""
        window = self.parentWidget()  # asked for anew: a reference kept here would keep the window alive
        if window is not None:
            window.removeEventFilter(self)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window also when it is resized."""
        if event.type() == QEvent.Type.Resize:
            window = self.parentWidget()
            if window is not None:
                self.setGeometry(window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.scrim)
        painter.end()


class DialogShell(Themed, QDialog):
    """The frame of every dialog. Nothing in it is a default button; Esc is the way out.

    Fill the head with `add_head` (chips and buttons right of the title) and `set_sub`, the middle with
    `add`, the footer with `set_footer` (way out at the left, commit at the right). With `size` it keeps that
    size, whatever it shows, and shrinks only to fit the screen.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, size: QSize | None = None) -> None:
        super().__init__(parent)
        self._scrim: Scrim | None = None
        self._wanted = size
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.title = Label(title, Type.TITLE, figures=True)
        self.sub = Label("", Type.SMALL, ink="muted", figures=True)
        self.sub.hide()
        self._head = row(self.title, STRETCH)
        self._titles = 1
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 0, 24, 0)
        self.body.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self.body)
        self.middle = Scroll(inner)
        self.footer = Bar(height=metrics.DIALOG_FOOTER + 1, fill="surface")
        self._top = column(self._head, self.sub, spacing=2, margins=(24, 12, 24, 10))
        self._frame = column(self._top, self.middle, self.footer)
        self.setLayout(self._frame)
        self.look_changed()

    def look_changed(self) -> None:
        """Lie on the raised ground; the edge is thicker in high contrast."""
        edge = 2 if look().tokens.edged else 1
        self._frame.setContentsMargins(edge, edge, edge, edge)
        colours = self.palette()
        colours.setColor(self.backgroundRole(), look().tokens.raised)
        self.setPalette(colours)

    def set_title(self, title: str) -> None:
        """Name what it shows, in its head and for the desktop."""
        self.title.setText(title)
        self.setWindowTitle(title)

    def set_sub(self, words: str) -> None:
        """Say the second line of the head."""
        self.sub.setText(words)
        self.sub.setVisible(bool(words))

    def add_beside_title(self, *items: QWidget) -> None:
        """Put chips right after the title."""
        for item in items:
            self._head.insertWidget(self._titles, item)
            self._titles += 1

    def add_head(self, *items: Item) -> None:
        """Put a name, a number and buttons at the right end of the head."""
        fill(self._head, items)

    def add(self, *items: Item) -> None:
        """Add parts to the middle."""
        fill(self.body, items)

    def set_footer(self, out: Button, *items: Item) -> None:
        """Put the way out at the left, then the rest; a `STRETCH` among it, and the commit last."""
        out.clicked.connect(self.reject)
        self.footer.add(out, *items)

    def size_to_fit(self, wide: int, spare: int) -> None:
        """Be so wide, and as high as what is in it by now, with `spare` pixels for what may have to be said."""
        edge = 2 * self._frame.contentsMargins().top()
        head = self._top.sizeHint().height()
        middle = self.body.totalSizeHint().height()
        if self.body.hasHeightForWidth():
            middle = self.body.totalHeightForWidth(wide - edge)
        self._wanted = QSize(wide, edge + head + middle + self.footer.sizeHint().height() + spare)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the scrim over the window, take the size, and stand in the window's middle."""
        parent = self.parentWidget()
        if parent is not None and self._scrim is None:
            self._scrim = Scrim(parent.window())
        if self._wanted is not None:
            there = self.screen() if parent is None else parent.window().screen()
            room = there.availableGeometry().size() - QSize(0, _TASKBAR)
            self.setFixedSize(self._wanted.boundedTo(room))
        if parent is not None:
            centre = parent.window().frameGeometry().center()
            self.move(centre.x() - self.width() // 2, max(0, centre.y() - self.height() // 2))
        super().showEvent(event)
        QTimer.singleShot(0, self, self._see_focus)

    def _see_focus(self) -> None:
        """Where the keys go is in view from the start, also in large text."""
        focus = self.focusWidget()
        if self.middle.isAncestorOf(focus):
            self.middle.ensureWidgetVisible(focus, 0, 24)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the scrim away."""
        self._lift()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take the scrim away also when the desktop closes the dialog."""
        self._lift()
        super().closeEvent(event)

    def _lift(self) -> None:
        if self._scrim is not None:
            self._scrim.lift()
            self._scrim = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        painter, t = QPainter(self), look().tokens
        paint.box(painter, QRectF(self.rect()), 0, None, t.line_strong, 2 if t.edged else 1)
        painter.end()


class Question(DialogShell):
    """One thing to decide: a title that asks, a sentence that says what happens, and the deed in its own words.

    With `danger` the deed warns in its words' colour; filled red is left to refunds. Use `open()` and connect
    `accepted`. The focus starts on the way out.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        deed: str,
        parent: QWidget,
        *,
        danger: bool = False,
        out: str = "Cancel",
    ) -> None:
        super().__init__(title, parent)
        self.setMinimumWidth(480)
        self.add(Label(sentence, wrap=True), 24)
        self.deed = Button(deed, Variant.SECONDARY if danger else Variant.PRIMARY, warns=danger)
        self.deed.clicked.connect(self.accept)
        way_out = Button(out, shortcut="Esc")
        self.set_footer(way_out, STRETCH, self.deed)
        way_out.setFocus()
