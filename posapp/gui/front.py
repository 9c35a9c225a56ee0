"""The front of the house: joins the window to the questions and the post, and opens what is asked for."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from posapp.gui import keys, text
from posapp.gui.conditions import Conditions
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.open_drawer import OpenDrawerDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.held_foot import HeldFoot
from posapp.gui.locking import Locker
from posapp.gui.main_window import MainWindow
from posapp.gui.pages.sell import SellPage
from posapp.gui.pages.table import pages
from posapp.gui.paper import NO_DRAWER
from posapp.gui.parts import Parts
from posapp.gui.printer_cell import CELL as PRINTER
from posapp.gui.printer_cell import PrinterCell
from posapp.gui.scans import Scans
from posapp.gui.shift_foot import ShiftFoot
from posapp.gui.widgets.jump_box import JumpHit
from posapp.gui.widgets.page import Page
from posapp.queries import attention, jump
from posapp.queries.accounts import accounts

ICONS = {"order": "receipt-text", "product": "package", "customer": "users"}
ACCOUNT = "account"
ATTENTION_NEWS = {"AttentionRaised", "AttentionSettled", "OrderChanged", "OrderPlaced"}
FIRST_SIZE = QSize(1366, 768)
TITLE_BAR = 40  # pixels of a screen's height that the desktop's own title bar takes


class Front(QObject):
    """Holds nothing that the database does not."""

    closed = Signal()

    def __init__(self, make_parts: Callable[["Front"], Parts], *, version: str) -> None:
        super().__init__()
        self.parts = make_parts(self)
        keys.use(self.parts.preferences.known.keys)
        shop = self.parts.shop
        self.window = MainWindow(
            pages(self.parts, self.open_page),
            shop=shop.name,
            till=f"Till {shop.till}",
            person=shop.person,
            role=shop.role,
            search=self._search,
            version=f"v{version}",
        )
        self.conditions = Conditions(self.window, self.parts)
        self.printer = PrinterCell(self.window, self.parts)
        self.locker = Locker(self.window, self.parts)
        self.scans = Scans(self.window, self.parts)
        self.held = HeldFoot(self.parts.drafts, self)
        self.window.rail.add_foot(self.held.foot)
        self.shift_foot = ShiftFoot(self.window, self.parts, self.open_page)
        self._connect()
        self._count()

    def _connect(self) -> None:
        parts, window = self.parts, self.window
        window.installEventFilter(self)
        window.jumped.connect(self._jump)
        window.sync_requested.connect(parts.post.look_now)
        window.status_pressed.connect(self._status)
        parts.changes.changed.connect(self._news)
        parts.perform.refused.connect(self._warn)
        parts.post.said.connect(self._warn)
        parts.paper.said.connect(self._warn)
        keys.bind(window, "drawer", self._open_drawer)
        parts.preferences.trouble.connect(self._warn)
        self.held.trouble.connect(self._warn)
        self.held.pressed.connect(self._recall)

    def show(self) -> None:
        """Show the window as it was left."""
        left = self.parts.preferences.geometry()
        if left is None or not self.window.restoreGeometry(left):
            self._first_size()
        self.window.show()
        self.locker.start()
        self.held.start()
        if self.parts.preferences.complaint:
            QTimer.singleShot(
                0, self, lambda: self._warn("Your settings file cannot be used: Settings, Look.")
            )

    def _first_size(self) -> None:
        """Where the window and its title bar would not fit, the desktop makes it as large as may be."""
        room = self.window.screen().availableSize() - QSize(0, TITLE_BAR)
        self.window.resize(FIRST_SIZE.boundedTo(room))
        if self.window.size() != FIRST_SIZE:
            self.window.setWindowState(Qt.WindowState.WindowMaximized)

    def leave(self) -> None:
        """Take the window away for good; nothing that comes later finds it."""
        self.window.removeEventFilter(self)
        self.locker.leave()
        self.held.leave()
        self.parts.who.pins.close()
        self.parts.changes.changed.disconnect(self._news)
        self.window.close()
        self.window.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window ends the program; where it stood is kept."""
        if watched is self.window and event.type() == QEvent.Type.Close:
            self.parts.preferences.keep_geometry(self.window.saveGeometry())
            self.closed.emit()
        return False

    def open_page(self, page_id: str) -> Page:
        """Show a page."""
        return self.window.open_page(page_id)

    def open_order(self, order_id: str) -> None:
        """Show an order to decide about, over whatever is open."""
        dialog = OrderDialog(self.parts, order_id, parent=QApplication.activeModalWidget() or self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def toast(self, sentence: str, **options: Any) -> None:
        """Say what was done, with Undo where there is one."""
        self.window.toasts.show_toast(sentence, **options)

    def _open_drawer(self) -> None:
        """F12: without a sale, and not where there is no drawer."""
        if self.parts.paper.has_drawer:
            OpenDrawerDialog(self.parts, self.window).open()
        else:
            self._warn(NO_DRAWER)

    def _warn(self, words: str) -> None:
        self.window.toasts.show_toast(words, icon="circle-alert")

    def _recall(self) -> None:
        page = self.open_page("sell")
        if isinstance(page, SellPage):
            page.show_held()

    def _status(self, cell: str) -> None:
        """A cell of the status bar opens what it says."""
        if cell == "sync" and self.parts.post.line.phase == "stopped":
            self.parts.post.look_now()
        elif cell == PRINTER:
            self.printer.open()
        else:
            self.open_page("health")

    def _search(self, typed: str) -> Sequence[JumpHit]:
        found = [
            JumpHit(hit.kind, hit.id, hit.title, hit.detail, ICONS[hit.kind])
            for hit in jump.jump(self.parts.reader, typed)
        ]
        customers = [hit.id for hit in found if hit.kind == "customer"]
        known = {row.contact_id: row for row in accounts(self.parts.reader, customers)} if customers else {}
        hits: list[JumpHit] = []
        for hit in found:
            hits.append(hit)
            if hit.kind == "customer" and hit.id in known:  # the account stands beneath its customer
                owes = text.money(known[hit.id].balance_minor, self.parts.shop.currency)
                hits.append(JumpHit(ACCOUNT, hit.id, hit.words, f"account, owes {owes}", "wallet-cards"))
        return hits

    def _jump(self, hit: JumpHit) -> None:
        if hit.kind == "order":
            self.open_order(hit.id)
            return
        if hit.kind == ACCOUNT:
            AccountDialog(self.parts, hit.id, self.window).open()
            return
        page = self.open_page("products" if hit.kind == "product" else "orders")
        show = getattr(page, "show_hit", None)
        if show is not None:
            show(hit)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & ATTENTION_NEWS:
            self._count()
        if "SettingsChanged" in names:
            known = self.parts.reader.settings()
            self.window.name_shop(known.name, f"Till {known.till}")

    def _count(self) -> None:
        self.window.set_badge("attention", attention.attention_count(self.parts.reader))
