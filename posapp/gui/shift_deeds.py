"""What can be done about shifts, joined to their dialogs: open, cash in and out, X, Z, reopen, the Z as a PDF."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from posapp.domain.rights import Right
from posapp.domain.shift_report import ShiftReport
from posapp.gui.ask_where import ask_where
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.reopen_shift import ReopenShiftDialog
from posapp.gui.dialogs.shift_report import ShiftReportDialog
from posapp.gui.dialogs.without_shift import WithoutShiftDialog
from posapp.gui.paper_z import file_name, save_report
from posapp.gui.parts import Parts
from posapp.queries.shift_figures import FigureRow, money_without_shift
from posapp.queries.shifts import last_closed, open_shift_of, x_report, z_report

FOLDER = "reports"
log = logging.getLogger(__name__)


class ShiftDeeds:
    """The dialogs stand over `page`'s window."""

    def __init__(self, parts: Parts, page: QWidget) -> None:
        self._parts, self._page = parts, page

    def open_shift(self) -> None:
        """Ask for the float."""
        OpenShiftDialog(self._parts, self._page.window()).open()

    def move_cash(self) -> None:
        """Ask how much cash, which way, and what for."""
        CashMoveDialog(self._parts, self._page.window()).open()

    def show_x(self) -> None:
        """Show the open shift as it stands."""
        report = x_report(self._parts.reader, self._parts.clock())
        if report is not None:
            ShiftReportDialog(self._parts, report, self._page.window(), save=self.save).open()

    def money_apart(self) -> tuple[FigureRow, ...]:
        """What was taken and paid back without a shift since the last closed one was opened.

        From its opening, not its close: what is written later may be dated into it.
        """
        last = last_closed(self._parts.reader)
        return () if last is None else money_without_shift(self._parts.reader, last.opened_at)

    def show_apart(self) -> None:
        """List it."""
        WithoutShiftDialog(self._parts, self.money_apart(), self._page.window()).open()

    def show_z(self, shift_id: str) -> None:
        """Show a Z; the last one can be gone on from while no shift is open."""
        report = z_report(self._parts.reader, shift_id)
        if report is None:
            return
        self.keep_pdf(shift_id)
        last = last_closed(self._parts.reader)
        is_last = last is not None and last.id == shift_id and open_shift_of(self._parts.reader) is None
        dialog = ShiftReportDialog(
            self._parts, report, self._page.window(), save=self.save, reopen=self._reopen if is_last else None
        )
        dialog.open()

    def _reopen(self, report: ShiftReport) -> None:
        shown = self._page.window()
        for dialog in shown.findChildren(ShiftReportDialog):
            dialog.accept()
        ReopenShiftDialog(self._parts, report, shown).open()

    # --- the PDF --------------------------------------------------------------------------------------

    def keep_pdf(self, shift_id: str) -> None:
        """See that a Z lies in the data folder as a PDF too; it is written once and never again."""
        report, zone = z_report(self._parts.reader, shift_id), self._parts.shop.zone
        if report is None:
            return
        path = self._parts.reader.folder / FOLDER / file_name(report, zone)
        try:
            if not path.exists():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                save_report(report, zone, path)
        except OSError as error:  # the Z itself lies safe in the database, and can be saved elsewhere
            log.warning("%s could not be written: %s", path.name, error)

    def save(self, report: ShiftReport) -> QFileDialog:
        """Ask where the PDF shall lie, and write it there."""
        name, then = file_name(report, self._parts.shop.zone), partial(self.save_to, report)
        return ask_where(self._page.window(), "Save the report", name, then)

    def save_to(self, report: ShiftReport, path: Path) -> None:
        """Write the PDF, and say so."""
        try:
            save_report(report, self._parts.shop.zone, path)
        except OSError as error:
            self._parts.toast(f"{path.name} could not be written: {error}", icon="circle-alert")
        else:
            self._parts.toast(f"{path.name} is written", icon="download")


def may_see(parts: Parts) -> bool:
    """Whether this person may see sales figures."""
    return parts.who.may(Right.REPORTS_VIEW)
