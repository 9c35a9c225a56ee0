"""What this person likes on this computer, kept while the window is open and saved a moment after a change.

Saving never stands in the way of work: a trouble is told once, in words.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from posapp import settings
from posapp.domain.errors import Refused
from posapp.settings import SavedView, Settings, TableLook, TextPercent, Theme

SAVE_AFTER_MS = 600


class Preferences(QObject):
    """The settings of one person. Without a path they hold as long as the window does."""

    changed = Signal()
    trouble = Signal(str)  # in words: what could not be read or saved
    _failed = Signal(str)

    def __init__(
        self, path: Path | None = None, known: Settings | None = None, *, complaint: str = ""
    ) -> None:
        """`complaint`: what is wrong with the file, in words; then nothing is written over it."""
        super().__init__()
        self._path, self.known = path, known or Settings()
        self.complaint = complaint
        self._saved = self.known
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._later = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._later.timeout.connect(self._save)
        self._failed.connect(self._tell)
        self._told = False

    def change(self, **fields: Any) -> None:
        """Keep something else; it is saved a moment later."""
        self.known = msgspec.structs.replace(self.known, **fields)
        self._later.start()
        self.changed.emit()

    def choose_look(self, theme: Theme, text_percent: TextPercent) -> None:
        """Keep scheme and size of text."""
        self.change(theme=theme, text_percent=text_percent)

    def table(self, name: str) -> dict[str, Any]:
        """How a table was left, as `TableColumns.restore` takes it."""
        kept = self.known.tables.get(name, TableLook())
        return {"widths": dict(kept.widths), "hidden": list(kept.hidden)}

    def keep_table(self, name: str) -> Callable[[dict[str, Any]], None]:
        """What a table's `columns.changed` calls."""

        def keep(choice: dict[str, Any]) -> None:
            order = self.known.tables.get(name, TableLook()).order
            left = TableLook(dict(choice["widths"]), order, tuple(choice["hidden"]))
            self.change(tables={**self.known.tables, name: left})

        return keep

    def views(self, page: str) -> tuple[SavedView, ...]:
        """The views this person saved of a page's list."""
        return self.known.views.get(page, ())

    def keep_views(self, page: str, views: Sequence[SavedView]) -> None:
        """Keep other views of a page's list."""
        self.change(views={**self.known.views, page: tuple(views)})

    def geometry(self) -> QByteArray | None:
        """The window's place and size as Qt saved it; None where there is none yet."""
        try:
            return (
                QByteArray(base64.b64decode(self.known.window, validate=True)) if self.known.window else None
            )
        except binascii.Error:
            return None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Keep the window's place and size."""
        self.change(window=base64.b64encode(geometry.data()).decode())

    def finish(self) -> None:
        """Save what waits, and wait for it: the window is closed."""
        self._later.stop()
        self._save()
        self._pool.shutdown(wait=True)

    def _save(self) -> None:
        if self._path is None or self.known == self._saved:
            return
        self._saved = self.known
        self._pool.submit(settings.save, self._path, self.known).add_done_callback(self._done)

    def _done(self, saving: "Future[None]") -> None:
        """On the saving thread: hand the trouble over to the window's."""
        error = saving.exception()
        if isinstance(error, Refused):
            self._failed.emit(error.message)
        elif error is not None:
            self._failed.emit("Your settings could not be saved.")

    def _tell(self, words: str) -> None:
        """Say it once: nobody wants to hear it at every click."""
        self.complaint = words
        if not self._told:
            self._told = True
            self.trouble.emit(words)
