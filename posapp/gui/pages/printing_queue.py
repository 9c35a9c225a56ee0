"""The print queue: what waits, what was printed last; cancel, print again."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.queries.print_jobs import PrintJobRow, print_jobs

_STATES = {"waiting": "waits", "printing": "is being printed", "printed": "printed", "cancelled": "cancelled"}
_KINDS = {"z": "Close of day", "test": "Test page"}


class QueueCard(Card):
    """Jobs of the queue: those that wait, or with `done` those that were printed last. Gone while there are none.

    It reads itself anew whenever the queue changes while its page is shown.
    """

    def __init__(self, parts: Parts, *, done: bool = False) -> None:
        super().__init__()
        self._parts, self._done = parts, done
        self._shown: tuple[PrintJobRow, ...] = ()
        self.deeds: dict[int, Button] = {}  # by the job's id
        holder = QWidget()
        self._list = column(spacing=8)
        holder.setLayout(self._list)
        self.add(Label("Printed last" if done else "Waiting to be printed", Type.SECTION), 8, holder)
        parts.paper.jobs_changed.connect(self._news)
        self.hide()

    def _news(self) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible():
            self.read()

    def read(self) -> None:
        """Show the jobs as they stand."""
        jobs = tuple(job for job in print_jobs(self._parts.reader) if job.is_open != self._done)
        if jobs != self._shown:
            self._shown = jobs
            self._show_jobs()
        self.setVisible(bool(jobs))

    def _show_jobs(self) -> None:
        clear_layout(self._list)
        self.deeds = {}
        for at, job in enumerate(self._shown):
            if at:
                self._list.addWidget(Divider())
            self._list.addWidget(self._row(job))

    def _row(self, job: PrintJobRow) -> QWidget:
        name = _KINDS.get(job.kind) or f"Receipt {text.outside(job.number, 24)}"
        parts, at = self._parts, text.when(job.asked_at, self._parts.shop.zone, self._parts.clock())
        told = QWidget()
        told.setLayout(
            column(
                Label(name, weight=MEDIUM),
                Label(f"{at} · {_standing(job)}", Type.SMALL, ink="muted", wrap=True, figures=True),
                spacing=0,
            )
        )
        deed = Button("Cancel" if job.is_open else "Print again", size=Size.SMALL)
        deed.setAccessibleName(f"{deed.word}: {name}, {at}")
        ask = parts.paper.cancel if job.is_open else parts.paper.again
        deed.clicked.connect(partial(ask, job.id))
        self.deeds[job.id] = deed
        return FieldRow((told, 1), (deed, 0), wide=320, spacing=12, middle=True)


def _standing(job: PrintJobRow) -> str:
    """How far a job is."""
    if job.state == "failed":
        return f"not printed: {text.outside(job.trouble)}"
    said = [_STATES[job.state]]
    if job.copy:
        said.append("copy")
    if job.torn:
        said.append("cut in the midst once, printed again with a mark")
    return ", ".join(said)
