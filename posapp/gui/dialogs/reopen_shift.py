"""Opening a closed shift again: a new shift that says which Z it goes on from, and why."""

from PySide6.QtWidgets import QWidget

from posapp.commands.shifts import ReopenShift
from posapp.domain.shift_report import CASH, ShiftReport
from posapp.gui import text
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label

_WIDE = 560
_LONGEST = 100


class ReopenShiftDialog(FormDialog):
    """The Z stays as it is; the new shift begins with the cash that was counted."""

    def __init__(self, parts: Parts, report: ShiftReport, parent: QWidget) -> None:
        super().__init__(f"Open again after Z {report.z_number}", parent)
        self._parts, self._report = parts, report
        cash = next((c.counted_minor for c in report.counts if c.method == CASH), None) or 0
        money = text.money(cash, report.currency)
        words = (
            f"Z {report.z_number} stays as it is. A new shift goes on from it with the {money} that was counted, "
            "and has a Z of its own."
        )
        self.reason = Input("Why", placeholder="Closed too early, a note was found, …")
        self.reason.edit.setObjectName("reopen_reason")
        self.reason.edit.setMaxLength(_LONGEST)
        self.commit = Button("Open again", Variant.PRIMARY, icon="undo-2")
        self.commit.setObjectName("reopen_shift")
        self.add(4, Label(words, wrap=True), 16, self.reason, 12, self.problem, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        self.reason.entered.connect(lambda _: self._press())
        self.commit.clicked.connect(self._press)
        self.fit_fields(_WIDE)
        self.reason.edit.setFocus()

    def is_dirty(self) -> bool:
        """Typed work would be lost."""
        return bool(self.reason.text)

    def _press(self) -> None:
        if self.is_busy:
            return
        self.reason.set_error("" if self.reason.text.strip() else "Say why it is opened again.")
        if not self.reason.text.strip():
            self.reason.edit.setFocus()
            return
        self.begin(self.commit)
        self._parts.perform(
            ReopenShift,
            shift_id=self._report.shift_id,
            reason=self.reason.text.strip(),
            done=lambda _: self._opened(),
            failed=self.refused,
        )

    def _opened(self) -> None:
        self.done_waiting()
        self._parts.toast(f"Shift opened again after Z {self._report.z_number}", icon="clock")
        self.accept()
