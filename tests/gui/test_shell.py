import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.gui.main_window import MainWindow
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell, Question, Scrim
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.jump_box import JumpHit
from posapp.gui.widgets.page import Page, PageEntry
from posapp.gui.widgets.panel import PageHeader, SidePanel
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from posapp.gui.widgets.toast import Toast
from tests.gui.walker import nameless_controls

HITS = [
    JumpHit("order", "id-142", "0142", "Ada Obi, web"),
    JumpHit("product", "id-7", "Ankara tote", icon="package"),
]


class Orders(Page):
    def __init__(self):
        super().__init__()
        self.header = PageHeader("Orders", back=True)
        self.field = SearchField("Order number", keycap="F2", width=200)
        self.header.add(self.field)
        self.panel = SidePanel("Order 0140")
        self.setLayout(column(self.header, self.panel))
        self.calls = []

    def search(self):
        self.field.setFocus()

    def print_page(self):
        self.calls.append("print")

    def back(self):
        self.calls.append("back")
        return True

    def regions(self):
        return (self.field,)


@pytest.fixture
def window(qtbot, theme):
    pages = (
        PageEntry("dashboard", "Dashboard", Page, "layout-dashboard", "dashboard"),
        PageEntry("orders", "Orders", Orders, "receipt-text", "orders"),
        PageEntry("attention", "Attention", Orders, "triangle-alert", "attention"),
        PageEntry("health", "Sync and health", Orders, under="attention"),
    )
    made = MainWindow(
        pages,
        shop="Adaeze & Stores",
        till="Till 1",
        person="Adaeze Nwosu",
        role="Owner",
        search=lambda words: [hit for hit in HITS if words.lower() in (hit.words + hit.second).lower()],
        version="v1.0.0",
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(window, key, *modifiers):
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window.windowHandle(), key, held)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_pages_are_opened_by_key_rail_and_call_and_made_once(window, qtbot):
    opened = []
    window.page_opened.connect(opened.append)
    press(window, Qt.Key.Key_3, CTRL)
    first = window.page()
    assert (window.current_id, window.rail.tabs.currentIndex()) == ("orders", 1)
    press(window, Qt.Key.Key_1, CTRL)
    at = window.rail.tabs.tabRect(1).center()
    qtbot.mouseClick(window.rail.tabs, Qt.MouseButton.LeftButton, pos=at)
    assert window.page() is first
    window.open_page("health")
    assert window.rail.tabs.currentIndex() == 2
    assert opened == ["orders", "dashboard", "orders", "health"]
    with pytest.raises(KeyError):
        window.open_page("sell")


def test_going_back_to_the_page_that_the_rail_marks_for_another_opens_it(window, qtbot):
    window.open_page("health")
    at = window.rail.tabs.tabRect(2).center()
    qtbot.mouseClick(window.rail.tabs, Qt.MouseButton.LeftButton, pos=at)
    assert window.current_id == "attention"


def test_the_rail_moves_by_arrow_keys_and_speaks_as_tabs(window, qtbot):
    tabs = window.rail.tabs
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Down)
    assert window.current_id == "orders"
    qtbot.keyClick(tabs, Qt.Key.Key_End)
    assert window.current_id == "attention"
    assert QAccessible.queryAccessibleInterface(tabs).role() == QAccessible.Role.PageTabList


def test_the_badge_is_in_rail_title_and_accessible_name(window):
    assert window.windowTitle() == "Adaeze & Stores"
    window.set_badge("attention", 3)
    assert window.windowTitle() == "(3) Adaeze & Stores"
    assert window.rail.tabs.accessibleTabName(2) == "Attention, 3 orders"
    window.set_badge("attention", 1)
    assert window.rail.tabs.accessibleTabName(2) == "Attention, 1 order"
    window.set_badge("attention", 0)
    assert window.windowTitle() == "Adaeze & Stores"
    assert window.rail.tabs.accessibleTabName(2) == "Attention"


def test_a_narrow_window_shows_icons_only(window, qtbot):
    assert window.rail.width() == 208
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.rail.width() == 56)
    assert window.rail.tabs.tabRect(0).width() == 39
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.rail.width() == 208)


def test_keys_reach_the_page(window, qtbot):
    page = window.open_page("orders")
    press(window, Qt.Key.Key_F2)
    assert page.field.edit.hasFocus()
    press(window, Qt.Key.Key_P, CTRL)
    page.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert page.calls == ["print", "back"]
    with qtbot.waitSignal(window.sync_requested):
        press(window, Qt.Key.Key_R, CTRL)
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_ctrl_f6_goes_round_the_regions(window):
    page = window.open_page("orders")
    window.rail.tabs.setFocus()
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6, CTRL)
        seen.append(window.focusWidget())
    assert seen == [page.field.edit, window.jump_box.edit, window.status.sync, window.rail.tabs]


def test_the_jump_box_finds_and_goes(window, qtbot):
    page = window.open_page("orders")
    page.field.setFocus()
    jumped = []
    window.jumped.connect(jumped.append)
    press(window, Qt.Key.Key_K, CTRL)
    assert window.jump_box.edit.hasFocus()
    qtbot.keyClicks(window.jump_box.edit, "a")
    qtbot.waitUntil(window.jump_box.list.isVisible)
    qtbot.keyClick(window.jump_box.edit, Qt.Key.Key_Down)
    qtbot.keyClick(window.jump_box.edit, Qt.Key.Key_Return)
    assert jumped == [HITS[1]]
    assert page.field.edit.hasFocus()
    press(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.jump_box.edit, "0142")
    qtbot.keyClick(window.jump_box.edit, Qt.Key.Key_Return)  # without waiting for the list
    assert jumped == [HITS[1], HITS[0]]
    press(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.jump_box.edit, "nothing like it")
    qtbot.keyClick(window.jump_box.edit, Qt.Key.Key_Escape)
    assert jumped == [HITS[1], HITS[0]]
    assert not window.jump_box.list.isVisible()
    assert page.field.edit.hasFocus()


def test_status_cells_are_buttons(window, qtbot):
    window.status.sync.say("Up to date 14:32", dot="ok")
    window.status.set_cell("waiting", "To send 0")
    window.status.set_cell("waiting", "To send 2")
    window.status.set_cell("stock", "Stock as of 14:32")
    pressed = []
    window.status_pressed.connect(pressed.append)
    cells = [window.status.cell(name) for name in ("sync", "waiting", "stock", "version")]
    for cell in cells:
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert pressed == ["sync", "waiting", "stock", "version"]
    qtbot.waitUntil(lambda: 8 == cells[0].x() < cells[1].x() < cells[2].x() < cells[3].x())
    assert cells[1].accessibleName() == "To send 2"


def test_a_banner_pushes_the_page_and_goes_with_its_condition(window, qtbot):
    page, tried = window.page(), []
    top = page.mapTo(window, QPoint(0, 0)).y()
    window.banners.show_banner(
        "offline",
        Tone.WAITING,
        "No network since 14:36.",
        "Selling works.",
        deeds=[("Try now", "refresh-cw", lambda: tried.append(1))],
    )
    qtbot.waitUntil(lambda: page.mapTo(window, QPoint(0, 0)).y() == top + 44)
    banner = window.banners.show_banner(
        "offline", Tone.WAITING, "No network since 14:36.", "3 changes are saved."
    )
    assert banner.accessibleName() == "No network since 14:36. 3 changes are saved."
    banner.findChild(Button).click()
    assert tried == [1]
    assert window.banners.shown() == ("offline",)
    window.banners.drop("offline")
    window.banners.drop("offline")
    qtbot.waitUntil(lambda: page.mapTo(window, QPoint(0, 0)).y() == top)


def test_toasts_stand_in_the_corner_act_once_and_are_remembered(window, qtbot):
    undone = []
    first = window.toasts.show_toast(
        "0142: Ada gets ₦11,875", action="Undo", on_action=lambda: undone.append(1), seconds=8, countdown=True
    )
    second = window.toasts.show_toast("Saved")
    assert window.toasts.height() == 2 * 48 + 8
    QApplication.processEvents()
    page = window.page()
    corner = window.toasts.mapTo(window, window.toasts.rect().bottomRight())
    assert page.mapTo(window, page.rect().bottomRight()) - corner == QPoint(24, 24)
    assert first.height() == 48
    assert 320 <= first.width() <= 480
    assert first.findChild(Button).word == "Undo 8 s"
    first.findChild(Button).click()
    assert undone == [1]
    second.dismiss()
    second.dismiss()
    assert not window.toasts.isVisible()
    assert list(window.toasts.history) == ["0142: Ada gets ₦11,875", "Saved"]


def test_alt_z_presses_the_newest_word_wherever_the_focus_is(window):
    undone = []
    for number in ("0137", "0142"):
        window.toasts.show_toast(
            number, action="Undo", on_action=lambda n=number: undone.append(n), seconds=60
        )
    window.toasts.show_toast("Saved")
    window.rail.tabs.setFocus()
    for _ in range(3):
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert undone == ["0142", "0137"]
    assert window.focusWidget() is window.rail.tabs
    assert window.toasts.isVisible(), "what cannot be pressed stays to be read"


def test_a_toast_counts_down_and_goes(qtbot, theme):
    toast = Toast("0142: Ada gets ₦11,875", action="Undo", seconds=2, countdown=True)
    toast._second.setInterval(5)
    with qtbot.waitSignal(toast.gone):
        toast.show()


def test_a_dialog_darkens_its_window_and_esc_is_the_way_out(window, qtbot):
    dialog = DialogShell("Order 0142", window)
    dialog.set_footer(Button("Close", shortcut="Esc"))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert window.findChild(Scrim).size() == window.size()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: window.findChild(Scrim) is None)


def test_a_question_starts_on_the_way_out(window, qtbot):
    question = Question(
        "Disconnect the web shop?", "Nothing is lost here.", "Disconnect", window, danger=True
    )
    question.open()
    qtbot.waitUntil(question.isActiveWindow)
    assert question.focusWidget().word == "Cancel"
    with qtbot.waitSignal(question.accepted):
        question.deed.click()


def test_the_ring_follows_the_keyboard_only(window, qtbot):
    ring = window.focus_ring
    dialog = DialogShell("Two", window)
    one, two = Button("One"), Button("Two")
    dialog.add(row(one, two))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    one.setFocus()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert ring.target is two
    ring_widget = ring._ring
    assert ring_widget.geometry() == two.rect().translated(two.mapTo(dialog, QPoint(0, 0))).adjusted(
        -3, -3, 3, 3
    )
    centre = one.mapTo(dialog, one.rect().center())
    QTest.mouseClick(dialog.windowHandle(), Qt.MouseButton.LeftButton, pos=centre)
    assert one.hasFocus()
    assert ring.target is None
    dialog.close()


def test_every_control_of_the_shell_has_a_name(window, qtbot):
    window.status.sync.say("Up to date 14:32", dot="ok")
    window.toasts.show_toast("Saved", action="Undo")
    for page in ("dashboard", "orders", "attention", "health"):
        window.open_page(page)
    assert nameless_controls(window) == []
    sheet = ShortcutsSheet(window)
    sheet.open()
    assert nameless_controls(sheet) == []
    sheet.close()
