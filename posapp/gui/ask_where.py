"""Asking where a file shall go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for the place of a file and call `then` with it; nothing happens when the person thinks better of it.

    `name` is proposed, among the person's documents; its ending is the kind of the file.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    ending = Path(name).suffix.removeprefix(".")
    dialog = QFileDialog(parent, title, str(Path(folder) / name), f"{ending.upper()} (*.{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
