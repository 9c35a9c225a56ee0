"""Held sales in the rail's foot, and drafts that could not be read, in the real window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from posapp.app import make_front
from posapp.gui.dialogs.held_sales import RecallDialog
from posapp.gui.front import Front
from posapp.gui.pages.sell import SellPage
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from tests.gui.adaeze import Counter, SilentPost

CTRL = Qt.KeyboardModifier.ControlModifier


class Program:
    """The window on the shop's folder, started and ended."""

    def __init__(self, counter: Counter, theme: Theme) -> None:
        self._counter, self._theme = counter, theme
        self._front: Front | None = None

    def start(self) -> Front:
        shop = self._counter.shop
        self._front = make_front(shop.desk, shop.reader, SilentPost(), self._theme, Preferences())
        self._front.show()
        self._front.window.showNormal()  # the screen here is smaller than a laptop's: it began maximised
        self._front.window.resize(1366, 728)
        self._front.window.activateWindow()
        QTest.qWaitForWindowActive(self._front.window)
        return self._front

    def end(self) -> None:
        if self._front is not None:
            self._front.leave()
            self._front = None


@pytest.fixture
def program(counter: Counter, theme: Theme) -> Iterator[Program]:
    made = Program(counter, theme)
    yield made
    made.end()


def sell_page(front: Front) -> SellPage:
    QTest.keyClick(front.window, Qt.Key.Key_2, CTRL)
    page = front.window.page()
    assert isinstance(page, SellPage)
    return page


def test_the_foot_counts_held_sales_and_opens_them(program: Program) -> None:
    front = program.start()
    assert front.held.foot.isHidden()
    page = sell_page(front)
    QTest.keyClicks(page.field.edit, "SHEA-200")
    QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    page.sale.hold("Ada")
    assert front.held.foot.accessibleName() == "Held sales, 1"
    program.end()
    again = program.start()
    assert again.held.foot.accessibleName() == "Held sales, 1"
    again.held.foot.click()
    page = again.window.page()
    assert isinstance(page, SellPage)
    [dialog] = page.findChildren(RecallDialog)
    dialog.commit.click()
    assert [row.name.words for row in page.lines.rows] == ["Shea butter 200 g"]
    assert again.held.foot.isHidden()


def test_a_toast_covers_neither_the_total_nor_pay(program: Program) -> None:
    front = program.start()
    page = sell_page(front)
    QTest.keyClicks(page.field.edit, "SHEA-200")
    QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    QTest.keyClick(page.field.edit, Qt.Key.Key_Delete)
    toasts = front.window.toasts
    assert toasts.isVisible()
    assert toasts.geometry().right() < page.panel.geometry().left()
    front.open_page("orders")
    assert toasts.geometry().right() > page.panel.geometry().left()


def test_the_basket_is_there_at_the_next_start(program: Program) -> None:
    page = sell_page(program.start())
    QTest.keyClicks(page.field.edit, "2*SHEA-200")
    QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    program.end()
    assert [row.stepper.value() for row in sell_page(program.start()).lines.rows] == [2]


def test_a_damaged_basket_is_told_and_selling_goes_on(program: Program, counter: Counter) -> None:
    folder = counter.shop.folder / "drafts"
    folder.mkdir()
    (folder / "current.json").write_bytes(b"{")
    front = program.start()
    assert "could not be read" in front.window.toasts.history[0]
    assert (folder / "current.damaged").exists()
    assert sell_page(front).lines.rows == ()
