"""Short news at the bottom right of the page. It goes by itself; the list keeps what was said."""

from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from posapp.gui import icons, keys, metrics, paint
from posapp.gui.fonts import SEMIBOLD
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Themed, announce, column, fill
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.page import Page

TOAST_S = 6
KEPT = 50


class _Action(Button):
    """The toast's one word: 600, in the toast's own action ink."""

    def __init__(self, word: str) -> None:
        super().__init__(word, Variant.QUIET, shortcut=keys.caption("take_up"))

    def look_changed(self) -> None:
        """Take the action's ink."""
        super().look_changed()
        self.set_ink(look().tokens.toast_action, None)

    def _font(self) -> QFont:
        return look().font(weight=SEMIBOLD, figures=True)


class Toast(Themed, QWidget):
    """One sentence for `seconds`, longer while the pointer or the focus rests on it.

    With an action, `acted` comes when it is pressed. A `countdown` shows the seconds left on the action, as
    for a refund that is held back. `gone` comes once, however it ends.
    """

    acted = Signal()
    gone = Signal()

    def __init__(
        self,
        sentence: str,
        *,
        icon: str = "circle-check",
        action: str = "",
        seconds: int = TOAST_S,
        countdown: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._word, self._left, self._countdown = icon, action, seconds, countdown
        self._sentence = Label(sentence, ink="on_toast", figures=True)
        self._action = _Action(action) if action else None
        box = QHBoxLayout(self)
        box.setContentsMargins(16 + look().px(metrics.ICON) + 12, 0, 4 if action else 16, 0)
        fill(box, (self._sentence, STRETCH, *((12, self._action) if self._action else ())))
        if self._action:
            self._action.clicked.connect(self.act)
        self.setAccessibleName(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._show_seconds()
        self.look_changed()

    def look_changed(self) -> None:
        """48 high, 320 to 480 wide; a longer sentence makes it wider rather than being cut."""
        self.setFixedHeight(look().height(48))
        self.setMinimumWidth(look().px(320))

    def _tick(self) -> None:
        resting = self.underMouse() or (self._action is not None and self._action.hasFocus())
        if resting and not self._countdown:
            return
        self._left -= 1
        self._show_seconds()
        if self._left <= 0:
            self.dismiss()

    def _show_seconds(self) -> None:
        if self._action and self._countdown:
            self._action.setText(f"{self._word} {max(0, self._left)} s")

    @property
    def offers(self) -> bool:
        """Whether there is something to press."""
        return self._action is not None

    def act(self) -> None:
        """Press its word."""
        self.acted.emit()
        self.dismiss()

    def dismiss(self) -> None:
        """Take it away now."""
        if self._second.isActive():
            self._second.stop()
            self.hide()
            self.gone.emit()
            self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        painter, tokens, size = QPainter(self), look().tokens, look().px(metrics.ICON)
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS_CARD, tokens.toast)
        icons.draw(painter, self._icon, 16, (self.height() - size) // 2, size, tokens.on_toast)
        painter.end()


class ToastArea(QWidget):
    """Stacks toasts over the bottom right corner of `page`, newest lowest, and remembers the last fifty.

    While a dialog is open over the page it speaks there, for the person looks there; what is still to be read when the
    dialog goes is read on the page.
    """

    said = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._home = self._page = page
        if isinstance(page, QStackedWidget):
            page.currentChanged.connect(lambda _: self._place())
        self._stack = column(spacing=8)
        self.setLayout(self._stack)
        self.history: deque[str] = deque(maxlen=KEPT)
        page.installEventFilter(self)
        keys.bind(self, "take_up", self.take_up)
        self.hide()

    def take_up(self) -> None:
        """Press the word of the newest that has one: the way to Undo without a pointer, wherever the focus is."""
        boxes = (self._stack.itemAt(at) for at in reversed(range(self._stack.count())))
        toasts = (box.widget() for box in boxes if box is not None)
        newest = next((toast for toast in toasts if isinstance(toast, Toast) and toast.offers), None)
        if newest is not None:
            newest.act()

    def show_toast(
        self,
        sentence: str,
        *,
        icon: str = "circle-check",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        seconds: int = TOAST_S,
        countdown: bool = False,
    ) -> Toast:
        """Say it; `on_action` is called when the action is pressed."""
        toast = Toast(sentence, icon=icon, action=action, seconds=seconds, countdown=countdown)
        if on_action is not None:
            toast.acted.connect(on_action)
        toast.gone.connect(lambda: self._drop(toast))
        self._move_to(_on_top(self._home))
        self._stack.addWidget(toast, alignment=Qt.AlignmentFlag.AlignRight)
        toast.show()
        self.history.append(sentence)
        self.said.emit(sentence)
        announce(self, sentence)
        self.show()
        self._place()
        return toast

    def _move_to(self, page: QWidget) -> None:
        if page is self._page:
            return
        if self._page is not self._home:
            self._page.removeEventFilter(self)
        self._page = page
        self.setParent(page)
        if page is not self._home:
            page.installEventFilter(self)
        if self._stack.count():
            self.show()
            self._place()

    def _drop(self, toast: Toast) -> None:
        self._stack.removeWidget(toast)
        toast.setParent(None)
        if self._stack.count() == 0:
            self.hide()
        else:
            self._place()

    def event(self, event: QEvent) -> bool:
        """Take the size of what is said, also when a look makes it larger."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _place(self) -> None:
        self._stack.activate()
        self.adjustSize()
        page = self._page.rect()
        right = page.right() + 1 - self._beside()
        self.move(max(0, right - 24 - self.width()), page.bottom() + 1 - 24 - self.height())
        self.raise_()

    def _beside(self) -> int:
        """The room at the right that the page needs for what must stay in reach."""
        shown = self._page.currentWidget() if isinstance(self._page, QStackedWidget) else None
        return shown.toast_inset() if isinstance(shown, Page) else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the page; go before a dialog that closes."""
        if watched is self._page and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        gone = event.type() == QEvent.Type.Hide and not event.spontaneous()
        if gone and watched is self._page and self._page is not self._home:
            page = _beneath(self._page, self._home)
            if shiboken6.isValid(page):  # a window that closes whole takes its pages away in any order
                self._move_to(page)
        return False


def _on_top(home: QWidget) -> QWidget:
    """The middle of the dialog that lies over a page, else the page."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, DialogShell) and dialog.isVisible() and not dialog.isAncestorOf(home):
        return dialog.middle
    return home


def _beneath(page: QWidget, home: QWidget) -> QWidget:
    """What is seen once the dialog of `page` has gone: the dialog that it was opened from, else the page."""
    parent = page.window().parentWidget()
    under = parent.window() if parent is not None else None
    below = isinstance(under, DialogShell) and under.isVisible() and shiboken6.isValid(under.middle)
    return under.middle if isinstance(under, DialogShell) and below else home
