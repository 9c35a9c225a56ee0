"""A scanner is used everywhere, also where nobody thought of it: it presses no button and spoils no field.

Every page, every section of the settings and every class of dialog there is, with the focus on each control in turn.
A dialog that is not in the table of `every_dialog.py` fails the first test.
"""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from posapp.app import make_front
from posapp.commands.shifts import OpenShift
from posapp.commands.staff import NoteSecret
from posapp.gui.front import Front
from posapp.gui.pages.settings import ENTRIES
from posapp.gui.pages.table import pages
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.pins import Pins
from tests.gui.adaeze import Counter, SilentPost
from tests.gui.every_dialog import Opener, calls_of, close_all, dialog_classes, visible

CODES = ("ZZ 99 1", "QQ  0042 Z", "WX-7 700 0")  # with spaces; nobody's
PINS = {"Adaeze": "3719", "Ify": "9137"}
SCANNER_MS = 8  # between two characters, by the keyboard's own clock


class Gun:
    """A scanner at the keyboard's speed: its keys go to whichever window has the keyboard."""

    def __init__(self, front: Front) -> None:
        self.now = 100_000
        front.scans.scanner.time_of = lambda _: self.now

    def scan(self, code: str, window: QWidget) -> None:
        self.now += 5_000
        for key in (*code, Qt.Key.Key_Return):
            self.now += SCANNER_MS
            QTest.keyClick(window.windowHandle(), key)


@pytest.fixture
def front(qtbot, counter: Counter, theme: Theme) -> Iterator[Front]:
    """The window of that Friday: a shift is open, the owner and a manager have PINs, the owner is signed in."""
    desk = counter.shop.desk
    counter.shop.do(OpenShift, float_minor=2_000_000)
    pins = Pins(desk, hasher=PasswordHasher(1, 64, 1))
    for name, pin in PINS.items():
        desk.do(
            counter.shop.command(NoteSecret, name=name, what="pin", given=True),
            also=pins.keep_pin(name, pin).result(),
        )
    pins.close()
    made = make_front(desk, counter.shop.reader, SilentPost(), theme, Preferences())
    made.show()
    sign_in(qtbot, made)
    yield made
    close_all(made.window)
    made.leave()


def sign_in(qtbot, front: Front) -> None:
    page = front.locker.page
    assert page is not None
    next(card for card in page.cards if card.person == "Adaeze").click()
    qtbot.waitUntil(page.pad.keys[0].isEnabled)
    QTest.keyClicks(page.pad.dots, PINS["Adaeze"])
    qtbot.waitUntil(lambda: front.parts.who.name == "Adaeze")


def held(widget: QWidget) -> list[object]:
    """What the fields hold, but those that are made for codes; what is chosen, and what the buttons say."""
    lines = [(f, f.text()) for f in widget.findChildren(QLineEdit) if not f.property("takes_scans")]
    texts = [(f, f.toPlainText()) for f in widget.findChildren(QPlainTextEdit)]
    numbers = [(f, f.value()) for f in widget.findChildren(QSpinBox)]
    chosen = [(f, f.currentIndex()) for f in widget.findChildren(QComboBox)]
    buttons = [(b, b.isChecked(), b.text()) for b in widget.findChildren(QAbstractButton)]
    return [*lines, *texts, *numbers, *chosen, *buttons]


def has_the_keys(qtbot, widget: QWidget) -> None:
    window = widget.window()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def stops(widget: QWidget) -> list[QWidget]:
    """What Tab comes to, but fields that are made for codes."""
    return [
        each for each in visible(widget, QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.property("takes_scans")
    ]  # fmt: skip


def bears_scans(qtbot, gun: Gun, counter: Counter, widget: QWidget, name: str) -> None:
    """Scan with the focus on each control in turn."""
    has_the_keys(qtbot, widget)
    pressed: list[str] = []
    for button in widget.findChildren(QAbstractButton):
        button.pressed.connect(lambda b=button: pressed.append(b.text() or b.accessibleName()))
        button.clicked.connect(lambda _=False, b=button: pressed.append(b.text() or b.accessibleName()))
    qtbot.waitUntil(lambda: bool(stops(widget)))  # a new card is shown with the next layout
    controls = stops(widget)
    entries = "SELECT count(*) FROM journal"
    before, written = held(widget), counter.shop.reader.value(entries)
    for at, control in enumerate(controls):
        control.setFocus()
        gun.scan(CODES[at % len(CODES)], widget.window())
        where = f"{name}, focus on {type(control).__name__} {control.accessibleName()!r}"
        assert pressed == [], where
        assert widget.isVisible(), where
        assert held(widget) == before, where
    QApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    assert counter.shop.reader.value(entries) == written, name


def test_the_table_knows_every_dialog_that_the_program_has(front: Front, counter: Counter) -> None:
    frames, dialogs = dialog_classes()
    known = set(Opener(front, counter).all())
    assert {kind.__name__ for kind in dialogs - known} == set(), "put it into tests/gui/every_dialog.py"
    assert {kind.__name__ for kind in known - dialogs} == set(), "it is gone from the program"
    assert calls_of({kind.__name__ for kind in frames}) == [], "a frame is opened itself: it is a dialog too"


def test_no_dialog_is_touched_by_a_scan(qtbot, front: Front, counter: Counter) -> None:
    gun, opener = Gun(front), Opener(front, counter)
    for kind, make in opener.all().items():
        dialog = make()
        if not dialog.isVisible():
            dialog.open()
        assert isinstance(dialog, kind)
        bears_scans(qtbot, gun, counter, dialog, kind.__name__)
        if dialog is front.locker.page:
            sign_in(qtbot, front)
        close_all(front.window)


def test_no_page_is_touched_by_a_scan(qtbot, front: Front, counter: Counter) -> None:
    gun = Gun(front)
    for entry in pages(front.parts, front.open_page):
        page = front.open_page(entry.id)
        bears_scans(qtbot, gun, counter, page, entry.id)
    settings = front.open_page("settings")
    for section in ENTRIES:
        bears_scans(qtbot, gun, counter, settings.show_section(section.id), section.id)
