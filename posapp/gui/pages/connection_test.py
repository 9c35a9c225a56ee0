"""How a connection test went: one verdict, then every finding with what to do about it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.pages import connection_words as words
from posapp.gui.post import TestFinding, TestResult
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.strip import Strip

_MARKS = {
    "ok": ("circle-check", "ok"),
    "warning": ("triangle-alert", "attention"),
    "failed": ("circle-x", "danger"),
}
_ROW, _TITLE = 44, 228


class TestCard(Card):
    """Shows one result; `asked` is emitted to have the test made again."""

    asked = Signal()

    def __init__(self, kind: words.Kind, zone: ZoneInfo) -> None:
        super().__init__(padding=0)
        self._kind, self._zone = kind, zone
        self.result: TestResult | None = None
        self.chip = StatusChip(words.NOT_CONNECTED)
        self.chip.hide()
        self._took = Label("", Type.SMALL, ink="muted", figures=True)
        self.again = Button("Test", icon="refresh-cw")
        self.again.clicked.connect(self.asked)
        head = QWidget()
        box = flow(Label("Test", Type.SECTION), self.chip, self._took, STRETCH, self.again)
        box.setContentsMargins(16, 10, 16, 10)
        head.setLayout(box)
        self._rule = Divider()  # beneath the head, while there is something beneath it
        self.add(head, self._rule)
        self.verdict = Strip(Tone.STOPPED, "", wrap=True)
        self._verdict_row = QWidget()
        self._verdict_row.setLayout(row(self.verdict, margins=(16, 12, 16, 12)))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        rows = QWidget()
        rows.setLayout(self._rows)
        self._verdict_row.hide()
        self.add(self._verdict_row, rows)
        self.forget()

    def forget(self) -> None:
        """Show that nothing was tested yet."""
        self.result = None
        self.chip.hide()
        self._took.setText("Not tested since posapp was started")
        self.again.setText("Test connection")
        self._verdict_row.hide()
        self._rule.hide()
        clear_layout(self._rows)

    def wait(self) -> None:
        """Show that the test is being made."""
        self.again.setEnabled(False)
        self._took.setText("Testing…")

    def show_result(self, result: TestResult, at: datetime) -> None:
        """Show how it went."""
        self.result = result
        self.again.setEnabled(True)
        self.again.setText("Test again")
        self.chip.set_chip(words.test_chip(result))
        self.chip.show()
        self._took.setText(f"{text.clock(at, self._zone)}, took {result.seconds:.1f} s")
        said = words.verdict_words(result, self._kind)
        if said:
            self.verdict.say(said)
        self._verdict_row.setVisible(bool(said))
        self._rule.show()
        clear_layout(self._rows)
        for at_row, finding in enumerate(result.findings):
            if at_row or said:
                self._rows.addWidget(Divider())
            self._rows.addWidget(_finding(finding, self._kind))


def _finding(finding: TestFinding, kind: words.Kind) -> QWidget:
    """One line: what was tried, how it went, what to do."""
    icon, ink = _MARKS.get(finding.state, _MARKS["warning"])
    title = Label(words.check_title(finding.check, finding.state, kind), weight=MEDIUM, icon=icon)
    title.set_icon_ink(ink)
    title.setMinimumWidth(_TITLE)
    told = column(Label(text.outside(finding.words, 300), Type.SMALL, ink="muted", figures=True, wrap=True))
    if finding.advice:
        told.addWidget(Label(text.outside(finding.advice, 300), Type.SMALL, wrap=True))
    right = QWidget()
    right.setLayout(told)
    both = FieldRow((title, 0), (right, 1), wide=560, spacing=metrics.S12, middle=True)
    line = QWidget()
    line.setLayout(row(both, margins=(16, 10, 16, 10)))
    line.setMinimumHeight(_ROW)
    return line
