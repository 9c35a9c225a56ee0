"""Where the window speaks: before the person's eyes, whatever is open, at a size that the screen has."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posapp.app import make_front
from posapp.gui.dialogs.open_drawer import OpenDrawerDialog
from posapp.gui.front import FIRST_SIZE, Front
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.flash import Flash
from tests.gui.adaeze import Counter, SilentPost
from tests.gui.showing import opened


@pytest.fixture
def front(counter: Counter, theme: Theme) -> Iterator[Front]:
    made = make_front(counter.shop.desk, counter.shop.reader, SilentPost(), theme, Preferences())
    made.show()
    yield made
    made.leave()


def ask(qtbot: QtBot, over: QWidget, title: str) -> Question:
    return opened(qtbot, Question(title, "Nothing happens.", "Do it", over))


def test_a_screen_too_small_for_window_and_title_bar_is_filled(front: Front) -> None:
    room = front.window.screen().availableSize()
    assert room.height() < FIRST_SIZE.height() + 40 or room.width() < FIRST_SIZE.width(), "a laptop's screen"
    assert front.window.isMaximized()
    assert (
        front.window.status.mapTo(front.window, front.window.status.rect().bottomLeft()).y() < room.height()
    )


def test_what_is_said_is_read_in_the_dialog_that_lies_on_top(front: Front, qtbot: QtBot) -> None:
    toasts, window = front.window.toasts, front.window
    first = ask(qtbot, window, "First")
    front.parts.paper.said.emit("No printer is set up")
    assert (toasts.parentWidget(), toasts.isVisible()) == (first.middle, True)
    second = ask(qtbot, first, "Second")
    front.toast("Saved")
    assert toasts.parentWidget() is second.middle
    second.reject()
    assert (toasts.parentWidget(), toasts.isVisible()) == (first.middle, True)
    first.reject()
    assert toasts.isVisible()
    assert toasts.window() is window
    assert list(toasts.history) == ["No printer is set up", "Saved"]


def test_a_dialog_that_speaks_and_goes_leaves_its_words_on_the_page(front: Front, qtbot: QtBot) -> None:
    dialog = ask(qtbot, front.window, "Hold it?")
    front.toast("Held")
    dialog.accept()
    dialog.deleteLater()
    qtbot.wait(20)
    assert front.window.toasts.isVisible()
    assert front.window.toasts.window() is front.window


def test_a_scan_lights_the_frame_by_whether_it_was_known(front: Front, qtbot: QtBot) -> None:
    page = front.open_page("sell")
    front.scans.take("6001001000012")
    assert [each.objectName() for each in page.findChildren(Flash) if each.isVisible()] == ["flash_unknown"]
    front.scans.take("FILA-CAP")
    assert [each.objectName() for each in page.findChildren(Flash) if each.isVisible()] == ["flash_known"]
    assert page.findChildren(Flash)[-1].mask().boundingRect() == page.rect()
    qtbot.waitUntil(lambda: not page.findChildren(Flash))


def test_a_dialog_that_takes_no_scans_says_so_in_itself(front: Front, qtbot: QtBot) -> None:
    dialog = opened(qtbot, OpenDrawerDialog(front.parts, front.window))
    front.scans.take("6001001000012")
    assert front.window.toasts.parentWidget() is dialog.middle
    assert front.window.toasts.history[-1].endswith("nothing here takes a scan")
    dialog.close()
