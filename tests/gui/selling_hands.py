"""A cashier's hands on the Sell page: nothing but keys, and a scanner that types."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from posapp.commands.shifts import OpenShift
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.pages.sell import SellPage
from tests.gui.adaeze import Counter

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Cashier:
    """One person before the page; `pay` is the dialog of the program."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.qtbot, self.counter = qtbot, counter
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.page = SellPage(counter.parts, PayDialog)
        self.window.setCentralWidget(self.page)
        self.window.resize(1158, 688)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.page.opened()

    # --- hands ----------------------------------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        self.qtbot.waitUntil(self._has_keys)
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keys"
        return widget

    def _has_keys(self) -> bool:
        """Whether what lies on top has the keys; no desktop gives a closed dialog's focus back here."""
        window = QApplication.activeModalWidget() or self.window
        window.activateWindow()
        return QApplication.focusWindow() is window.windowHandle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press a key wherever the keys go now."""
        QTest.keyClick(self.focus, key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)

    def enter(self, words: str = "") -> None:
        """Type and press Enter at once, as a scanner without a filter does."""
        self.type(words)
        self.key(Key.Key_Return)

    def search(self, words: str) -> list[str]:
        """Type, wait for the list, and read it."""
        with self.qtbot.waitSignal(self.page.field.searched):
            self.type(words)
        return self.offered

    # --- eyes -----------------------------------------------------------------------------------------

    @property
    def offered(self) -> list[str]:
        field = self.page.field
        if not field.is_listing:
            return []
        model = field.list.window_model
        return [model.cell(row, 0).text for row in range(model.rowCount())]

    @property
    def lines(self) -> list[tuple[str, int, str]]:
        """Name, quantity and total of every line, as they are shown."""
        return [(row.name.words, row.stepper.value(), row.total) for row in self.page.lines.rows]

    @property
    def hints(self) -> list[str]:
        return [row.hint.words for row in self.page.lines.rows]

    @property
    def total(self) -> str:
        return self.page.panel.sum.total.text()

    @property
    def sums(self) -> list[tuple[str, str]]:
        """The lines above the total."""
        figures = self.page.panel.sum.figures
        return [(each.words, each.figure) for each in figures if each.words]

    @property
    def dialog(self) -> Any:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), "no dialog is open"
        return dialog

    @property
    def toast(self) -> str:
        return self.counter.toasts[-1][0].replace("\u2068", "").replace("\u2069", "")

    # --- the shop -------------------------------------------------------------------------------------

    def open_shift(self) -> None:
        self.counter.shop.do(OpenShift, float_minor=0)

    def news(self) -> None:
        """Let what was told arrive."""
        with self.qtbot.waitSignal(self.counter.changes.changed):
            pass
