"""Settings, Data and logs: where this shop's data lie, and what to send when something went wrong."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.log import FILE_NAME


class LogsSection(Section):
    """Names the folder and the log."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Data and logs")
        self._parts = parts
        folder = parts.reader.folder
        card = Card(spacing=16)
        self.open_folder = Button("Open the folder", icon="external-link")
        self.copy_folder = Button("Copy its path", icon="copy")
        card.add(
            _line(
                "Everything of this shop lies in one folder", str(folder), self.open_folder, self.copy_folder
            )
        )
        card.add(Divider())
        self.copy_log = Button("Copy its path", icon="copy")
        card.add(_line("The log", str(folder / FILE_NAME), self.copy_log))
        hint = (
            "The log says what posapp did and where it stumbled. Send it when something goes wrong. Keys and "
            "passwords are never written into it."
        )
        self.add(card, Label(hint, Type.SMALL, ink="muted", wrap=True))
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.copy_folder.clicked.connect(lambda: self._copy(str(folder)))
        self.copy_log.clicked.connect(lambda: self._copy(str(folder / FILE_NAME)))

    def _copy(self, path: str) -> None:
        QGuiApplication.clipboard().setText(path)
        self._parts.toast("The path is copied", icon="copy")


def _line(name: str, path: str, *deeds: Button) -> QWidget:
    told, buttons = QWidget(), QWidget()
    told.setLayout(column(Label(name, weight=MEDIUM), Label(path, Type.SMALL, ink="muted", wrap=True)))
    buttons.setLayout(flow(*deeds))
    return FieldRow((told, 1), (buttons, 0), wide=640, spacing=12)
