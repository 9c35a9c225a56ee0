"""The lock of the till: by Ctrl+L, by its button, and by itself after minutes without a touch."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication

from posapp.gui import keys, text
from posapp.gui.dialogs.approve import ApproveDialog, who_could
from posapp.gui.main_window import MainWindow
from posapp.gui.pages.lock import LockPage
from posapp.gui.parts import Parts
from posapp.gui.perform import Asking
from posapp.queries.attention import attention_count
from posapp.queries.shifts import open_shift_of
from posapp.queries.staff import auto_lock_minutes

_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class Locker(QObject):
    """Locks and unlocks one window, and says in its top bar who works there.

    It listens to the windows that have the keys, not to every widget: that costs nothing worth naming.
    """

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self.page: LockPage | None = None
        self._last = parts.who.name
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        window.top_bar.lock.clicked.connect(self.lock)
        parts.who.changed.connect(self._who)
        parts.changes.changed.connect(self._news)
        parts.perform.ask = self.ask
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication), "a window is made after its application"
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._read_minutes()
        self._who()

    def start(self) -> None:
        """The window has just been shown: nobody works here yet where people sign in."""
        if self._parts.who.locks:
            self.lock()

    def lock(self) -> None:
        """Lock, unless it is locked or nobody signs in here. Nothing beneath is touched."""
        who = self._parts.who
        if not who.locks or self.page is not None:
            return
        self._last = who.name or self._last
        self.page = LockPage(self._parts, self._window, waiting=self._waiting())
        who.sign_out()  # which is told, and must find the till locked
        self.page.opened.connect(self._opened)
        self.page.left.connect(self._window.close)
        self.page.come(self._last)

    def ask(self, asking: Asking) -> bool:
        """Somebody may not do something: ask who could, over whatever is open."""
        people = who_could(self._parts, asking.refusal)
        if not people or self.page is not None:
            return False
        over = QApplication.activeModalWidget() or self._window
        dialog = ApproveDialog(self._parts, asking, people, over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return True

    def leave(self) -> None:
        """The window goes for good."""
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
        self._idle.stop()
        if self.page is not None:
            self.page.hide()

    def _opened(self, name: str) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()
        self._parts.who.sign_in(name)
        (QApplication.activeModalWidget() or self._window).activateWindow()
        self._wind()

    def _waiting(self) -> tuple[tuple[str, str], ...]:
        """What waits for whoever comes, in words with an icon."""
        count = attention_count(self._parts.reader)
        needs = "needs" if count == 1 else "need"
        orders = (f"{text.plural(count, 'order')} {needs} attention", "triangle-alert")
        shift = open_shift_of(self._parts.reader)
        if shift is None:
            return (orders,) if count else ()
        since = text.when(shift.opened_at, self._parts.shop.zone, self._parts.clock())
        opened = (f"Shift open since {since}", "clock")
        return (orders, opened) if count else (opened,)

    def _who(self) -> None:
        who = self._parts.who
        self._window.top_bar.set_person(who.name, who.role)
        self._window.top_bar.lock.setVisible(who.locks)
        if who.locks and not who.name and self.page is None and self._window.isVisible():
            self.lock()  # whoever was here has just been retired
        self._wind()

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if "SettingsChanged" in names:
            self._read_minutes()

    def _read_minutes(self) -> None:
        self._idle.setInterval(auto_lock_minutes(self._parts.reader) * 60_000)
        self._wind()

    def _wind(self) -> None:
        """Begin to count anew: somebody is here."""
        if self._idle.interval() and self._parts.who.locks and self.page is None:
            self._idle.start()
        else:
            self._idle.stop()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every touch; Ctrl+L locks from within a dialog too, where no shortcut of the window holds."""
        if event.type() not in _TOUCHES:
            return False
        self._wind()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pressed = QKeySequence(event.keyCombination()).toString()
            if pressed in keys.sequences("lock"):
                self.lock()
                return True
        return False
