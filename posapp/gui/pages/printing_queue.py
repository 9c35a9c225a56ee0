"""The print queue: what waits and why, what was printed last; cancel, print again, try now."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.gui import paper_words, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.strip import Strip
from posapp.queries.print_jobs import PrintJobRow, print_jobs

_STATES = {"waiting": "waits", "printing": "is being printed", "printed": "printed", "cancelled": "cancelled"}
_KINDS = {"z": "Close of day", "test": "Test page"}


class QueueCard(Card):
    """Reads itself anew whenever the printer's queue changes while it is shown."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.trouble = Strip(Tone.STOPPED, "", icon="printer", wrap=True)
        self.try_now = self.trouble.add_button("Try now", icon="refresh-cw")
        self._rows = QWidget()
        self._list = column(self._nothing(), spacing=0)
        self._rows.setLayout(self._list)
        self.add(Label("Queue", Type.SECTION), 8, self.trouble, 4, self._rows)
        self.try_now.clicked.connect(parts.paper.try_now)
        parts.paper.state_changed.connect(self._news)
        parts.paper.jobs_changed.connect(self._news)
        self._shown: tuple[PrintJobRow, ...] = ()
        self.cancels: dict[int, Button] = {}

    @staticmethod
    def _nothing() -> Label:
        return Label("Nothing was printed yet.", Type.SMALL, ink="muted")

    def _news(self, _state: object = None) -> None:
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Show how the printer stands, and its jobs."""
        state = self._parts.paper.state
        self.trouble.setVisible(state.phase == "trouble")
        if state.phase == "trouble":
            words = f"Printer: {paper_words.wrong(state.trouble)}. {paper_words.advice(state.trouble)}"
            if words != self.trouble.accessibleName():
                self.trouble.say(words)
        jobs = print_jobs(self._parts.reader)
        if jobs != self._shown:
            self._shown = jobs
            self._fill(jobs)

    def _fill(self, jobs: tuple[PrintJobRow, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.cancels = {}
        for at, job in enumerate(jobs):
            if at:
                self._list.addWidget(Divider())
            self._list.addWidget(self._row(job))
        if not jobs:
            self._list.addWidget(self._nothing())

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
        if job.is_open:
            self.cancels[job.id] = deed
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
