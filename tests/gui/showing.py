"""Dialogs and sections as a person meets them: in front, with the keys."""

from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)


def in_front(qtbot: QtBot, window: W) -> W:
    """Wait until a window that was opened has the keys."""
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def opened(qtbot: QtBot, dialog: D) -> D:
    dialog.open()
    return in_front(qtbot, dialog)


def section_of(qtbot: QtBot, section: Any) -> Any:
    """Show a section of Settings alone."""
    qtbot.addWidget(section)
    section.resize(900, 640)
    section.show()
    qtbot.waitExposed(section)
    section.opened()
    return section
