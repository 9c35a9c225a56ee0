"""The shell: rail, top bar, banners, the current page, status bar. It knows no business."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from posapp.gui import keys, text
from posapp.gui.widgets.banners import Banners
from posapp.gui.widgets.base import add_to_stack, announce, column, row
from posapp.gui.widgets.focus_ring import FocusRing
from posapp.gui.widgets.jump_box import JumpBox, JumpHit
from posapp.gui.widgets.page import Page, PageEntry
from posapp.gui.widgets.rail import Rail, RailItem
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from posapp.gui.widgets.status_bar import StatusBar
from posapp.gui.widgets.toast import ToastArea
from posapp.gui.widgets.top_bar import TopBar


class MainWindow(QMainWindow):
    """Shows the pages of its table, each made when it is first opened.

    `jumped` tells what was chosen in the jump box, `sync_requested` Ctrl+R, `status_pressed` a cell of the
    status bar. Pages and the app join these; the window itself decides nothing.
    """

    jumped = Signal(object)  # JumpHit
    sync_requested = Signal()
    status_pressed = Signal(str)
    page_opened = Signal(str)

    def __init__(
        self,
        pages: Sequence[PageEntry],
        *,
        shop: str,
        till: str,
        person: str,
        role: str,
        search: Callable[[str], Sequence[JumpHit]],
        version: str = "",
        placeholder: str = "Find order, product, customer…",
    ) -> None:
        super().__init__()
        self._entries = {page.id: page for page in pages}
        self._made: dict[str, Page] = {}
        self._shop = ""
        self.current_id = ""
        railed = [page for page in pages if page.icon]
        self.rail = Rail(
            [RailItem(p.id, p.words, p.icon, keys.caption(p.key) if p.key else "") for p in railed]
        )
        self.jump_box = JumpBox(search, placeholder=placeholder)
        self.top_bar = TopBar(self.jump_box)
        self.banners = Banners()
        self.status = StatusBar(version)
        self._stack = QStackedWidget()
        self._lay_out()
        self.toasts = ToastArea(self._stack)
        self.focus_ring = FocusRing(self)
        self.top_bar.set_person(person, role)
        self._bind_keys(railed)
        self.rail.chosen.connect(self.open_page)
        self.jump_box.jumped.connect(self.jumped)
        self.status.pressed.connect(self.status_pressed)
        self.name_shop(shop, till)
        self.open_page(pages[0].id)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setLayout(column(self.banners, self._stack))
        body = QWidget()
        body.setLayout(row(self.rail, middle, spacing=0))
        whole = QWidget()
        whole.setLayout(column(self.top_bar, body, self.status))
        self.setCentralWidget(whole)
        self.setMinimumSize(QSize(1024, 600))

    def _bind_keys(self, pages: Sequence[PageEntry]) -> None:
        for page in pages:
            if page.key:
                keys.bind(self, page.key, partial(self.open_page, page.id))
        keys.bind(self, "jump", self.jump_box.start)
        keys.bind(self, "find", lambda: self.page().search())
        keys.bind(self, "print", lambda: self.page().print_page())
        keys.bind(self, "sync", self.sync_requested.emit)
        keys.bind(self, "sheet", lambda: ShortcutsSheet(self).open())
        keys.bind(self, "full_screen", self._toggle_full_screen)
        keys.bind(self, "regions", self._next_region)

    def page(self) -> Page:
        """Give the page that is shown."""
        return self._made[self.current_id]

    def open_page(self, page_id: str) -> Page:
        """Show a page, making it at first. Raises `KeyError` for one that is not in the table."""
        entry = self._entries[page_id]
        if page_id not in self._made:
            made = self._made[page_id] = entry.make()
            made.setAccessibleName(entry.words)
            add_to_stack(self._stack, made)
        if page_id != self.current_id:
            self.current_id = page_id
            self._stack.setCurrentWidget(self._made[page_id])
            self.rail.set_current(entry.under or page_id)
            self._made[page_id].opened()
            self.page_opened.emit(page_id)
        return self._made[page_id]

    def name_shop(self, shop: str, till: str) -> None:
        """Say whose window this is, in the top bar and in the title."""
        self._shop = text.outside(shop, 60)
        self.top_bar.set_shop(shop, till)
        self._name_window()

    def set_badge(self, page_id: str, count: int, noun: str = "order") -> None:
        """Show how many things wait on a page: in the rail, in the window's title, and told when it rises."""
        rose = count > self.rail.badge(page_id)
        self.rail.set_badge(page_id, count, noun)
        self._name_window()
        if rose:
            announce(self.rail, f"{self._entries[page_id].words}, {text.plural(count, noun)}")

    def _name_window(self) -> None:
        waiting = sum(self.rail.tabs.badges)
        self.setWindowTitle(f"({waiting}) {self._shop}" if waiting else self._shop)

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _next_region(self) -> None:
        regions = [self.rail.tabs, *self.page().regions(), self.jump_box.edit, self.status.sync]
        now = next(
            (at for at, r in enumerate(regions) if r.hasFocus() or r.isAncestorOf(self.focusWidget())), -1
        )
        regions[(now + 1) % len(regions)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody took goes one level back."""
        if event.key() != Qt.Key.Key_Escape or not self.page().back():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons only in the rail of a narrow window."""
        super().resizeEvent(event)
        self.rail.fit(self.width())
