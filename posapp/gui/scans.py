"""Where a scan goes: to the dialog that is open, else to the page; what nobody knows is said, and can be looked for."""

from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from posapp.gui import text
from posapp.gui.main_window import MainWindow
from posapp.gui.pages.products import ProductsPage
from posapp.gui.parts import Parts
from posapp.gui.scanner import Scanner
from posapp.gui.widgets.flash import flash
from posapp.gui.widgets.jump_box import JumpHit
from posapp.queries.returning import returnable
from posapp.queries.selling import by_code

LONGEST = 40  # of a code that is shown


@runtime_checkable
class TakesScans(Protocol):
    """A page or dialog that knows what to do with a code; False for one it does not know."""

    def scan(self, code: str) -> bool:
        """Take a code."""
        ...


class Scans(QObject):
    """Joins the scanner to a window. A code that a dialog does not know goes no further: what is open comes first."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self.scanner = Scanner(parts.preferences.known.scanning, self)
        self.scanner.scanned.connect(self.take)
        parts.preferences.changed.connect(lambda: self.scanner.set_up(parts.preferences.known.scanning))

    def take(self, code: str) -> None:
        """Bring a code to where it belongs."""
        dialog = QApplication.activeModalWidget()
        taker: QWidget = dialog or self._window.page()
        known = self._bring(code, taker, over=dialog is not None)
        if shiboken6.isValid(taker) and taker.isVisible():
            flash(taker, known=known)
        if not known and self._parts.preferences.known.scanning.sound:
            QApplication.beep()

    def _bring(self, code: str, taker: QWidget, *, over: bool) -> bool:
        """Say whether the code was known; one that is not has been said in words."""
        if isinstance(taker, TakesScans):
            return taker.scan(code)
        shown = text.outside(code, LONGEST)
        if over:
            self._say(f"{shown} was scanned; nothing here takes a scan")
            return False
        known = self._open(code)
        if not known:
            self._say(
                f"{shown} was scanned and is not known", action="Find", on_action=lambda: self._find(code)
            )
        return known

    def _open(self, code: str) -> bool:
        """Open the order of a receipt or the product of a barcode."""
        receipt = returnable(self._parts.reader, code)
        if receipt is not None:
            self._parts.open_order(receipt.order_id)
            return True
        product = by_code(self._parts.reader, code, self._parts.shop.location_id)
        if product is not None:
            page = self._window.open_page("products")
            assert isinstance(page, ProductsPage), "that page shows products"
            page.show_hit(JumpHit("product", product.id, product.name, "", "package"))
        return product is not None

    def _say(self, words: str, **more: object) -> None:
        self._parts.toast(words, icon="scan-barcode", **more)

    def _find(self, code: str) -> None:
        """Look for it everywhere."""
        self._window.jump_box.start()
        self._window.jump_box.edit.setText(code)
