"""The frame of the small dialogs that do one thing to one order."""

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from posapp.commands.command import Command
from posapp.domain.errors import Refused
from posapp.gui.dialogs.order_strips import Said, Strips
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, Item
from posapp.gui.widgets.button import Button, CommitButton, Variant
from posapp.gui.widgets.dialog import DialogShell
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details

_TASKBAR = 48  # what is left free of the screen, title bar and taskbar
_MOST_WIDE = 1040  # as wide as the order's own dialog
Toast = Callable[..., object]
TOLD = frozenset({"OrderChanged", "StockChanged", "AttentionRaised", "AttentionSettled", "SettingsChanged"})


class DeedDialog(DialogShell):
    """Shows an order's facts as they are now, and carries one command out.

    A subclass adds its fields, brings them up to date in `show_details`, and calls `carry_out` from
    `press`. A refusal stands in words over the fields; nothing has changed then.
    """

    def __init__(
        self,
        parts: Parts,
        order_id: str,
        parent: QWidget,
        *,
        title: str,
        wide: int = 560,
        toast: Toast | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.parts, self.order_id = parts, order_id
        self._title, self._toast = title, toast or parts.toast
        self._busy = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strips = Strips()
        self.commit = CommitButton("", Variant.PRIMARY)
        self.commit.setObjectName("commit")
        self.commit.clicked.connect(self._press)
        self.way_out = Button("Close", shortcut="Esc")
        self.setMinimumWidth(min(look().px(wide), _MOST_WIDE))
        self.add(self.strips)
        inner = self.middle.widget()
        assert inner is not None, "the frame gives its middle one"
        inner.installEventFilter(self)
        parts.changes.changed.connect(self._news)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as what it shows."""
        self.fit()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with what it shows."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self.fit)
        return False

    def fit(self) -> None:
        """Take the height that its middle asks for, as far as the screen allows; more of it scrolls."""
        room = self.screen().availableGeometry()
        wide = min(max(self.minimumWidth(), self.sizeHint().width()), room.width())
        body = self.body
        high = body.totalHeightForWidth(wide) if body.hasHeightForWidth() else body.sizeHint().height()
        high = max(high, body.totalMinimumSize().height())
        parts = (self._frame.itemAt(at) for at in (0, 2))  # head and footer stay whole
        edges = self._frame.contentsMargins()
        frame = (
            sum(part.sizeHint().height() for part in parts if part is not None) + edges.top() + edges.bottom()
        )
        self.resize(wide, min(room.height() - _TASKBAR, frame + high))
        lowest = room.bottom() + 1 - _TASKBAR // 2 - self.height()
        if self.y() > lowest:
            self.move(self.x(), max(room.top(), lowest))

    def set_footer_of(self, *between: Item) -> None:
        """Put the way out, then what stands between, then the commit."""
        self.set_footer(self.way_out, STRETCH, *between, self.commit)

    def load(self) -> OrderDetails | None:
        """Read the order anew and show it."""
        details = order_details(self.parts.reader, self.order_id, self.parts.clock())
        if details is not None:
            self.set_title(f"{self._title} {details.number}")
            self.show_details(details)
        return details

    def show_details(self, details: OrderDetails) -> None:
        """Bring the fields up to date; called by the constructor's `load` and after news."""
        raise NotImplementedError

    def press(self) -> None:
        """Do it: read the fields and call `carry_out`."""
        raise NotImplementedError

    def _press(self) -> None:
        if not self._busy:
            self.press()

    def done_deed(self) -> None:
        """Hear that it was carried out; the dialog may have been left meanwhile."""

    def carry_out(self, kind: type[Command], said: str, *, icon: str = "circle-check", **fields: Any) -> None:
        """Have the command carried out; closes and says `said` when it was."""

        def done(_: object) -> None:
            self.done_deed()
            if shiboken6.isValid(self):
                self._busy = False
                self.accept()
            self._toast(said, icon=icon)

        def failed(refusal: Refused) -> None:
            if shiboken6.isValid(self):
                self._busy = False
                self.load()
                self.strips.show_strips([Said(Tone.STOPPED, refusal.message)])

        self._busy = True
        self.parts.perform(kind, done=done, failed=failed, order_id=self.order_id, **fields)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if not self._busy and self.isVisible() and names & TOLD:
            self.load()

    @property
    def is_busy(self) -> bool:
        """Say whether the deed is under way."""
        return self._busy

    def reject(self) -> None:
        """Esc is the way out, but not while a command is being carried out."""
        if not self._busy:
            super().reject()
