"""Hands for the order dialog: open it over a window on a real shop, press, look."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from posapp.domain.orders import Order
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.widgets.toggles import Stepper
from tests.gui.adaeze import Counter


class Hands:
    """One person before one order."""

    def __init__(self, qtbot: QtBot, counter: Counter, order_id: str) -> None:
        self.qtbot, self.counter, self.order_id = qtbot, counter, order_id
        self.window = QMainWindow()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        self.dialog = OrderDialog(counter.parts, order_id, parent=self.window)
        self.finished: list[int] = []
        self.dialog.finished.connect(self.finished.append)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()

    @property
    def order(self) -> Order:
        return self.counter.shop.order(self.order_id)

    def button(self, name: str, among: Any = None) -> QPushButton:
        found: QPushButton | None = (among or self.dialog).findChild(QPushButton, name)
        assert found is not None, f"there is no button {name}"
        return found

    def press(self, name: str, among: Any = None) -> None:
        button = self.button(name, among)
        assert button.isEnabled(), f"{name} is disabled: {button.accessibleDescription()}"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press_radio(self, name: str) -> None:
        found = self.dialog.findChild(QRadioButton, name)
        assert found is not None, f"there is no choice {name}"
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def count(self, name: str, units: int, among: Any = None) -> None:
        """Set the number of a line: "fulfil_1" is the first line's."""
        found = (among or self.dialog).findChild(Stepper, name)
        assert found is not None, f"there is no number {name}"
        found.setValue(units)

    def commit(self) -> None:
        """Press the commit and wait until the dialog has closed or has something else to show."""
        before = self.order.version
        self.press("commit_resolution")
        self.qtbot.waitUntil(lambda: self.order.version > before)
        self.qtbot.waitUntil(lambda: not self.dialog.commitment.busy if not self.finished else True)

    def said(self) -> list[str]:
        """What the strips say, from the top."""
        return [strip.sentence for strip in self.dialog.strips._said]

    def toasts(self) -> list[str]:
        return [words for words, _ in self.counter.toasts]
