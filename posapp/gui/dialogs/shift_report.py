"""X or Z with each figure opened down to its sales: the figures at the left, what is behind one at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.domain.shift_report import ShiftReport
from posapp.gui import text
from posapp.gui.dialogs.form_dialog import grown
from posapp.gui.fonts import Type
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.shift_words import ROWS, FigureLine, report_lines, report_name
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.abreast import Abreast
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import ORDER_DIALOG, DialogShell
from posapp.gui.widgets.strip import Strip
from posapp.gui.widgets.table_view import TableView
from posapp.queries.shift_figures import FigureRow, figure_rows
from posapp.queries.shifts import added_after_close

Placed = tuple[int, FigureLine]
_BESIDE = 560  # what figures and rows need to stand side by side


def _two_lines() -> int:
    """As high as a line with a second one beneath it."""
    return look().line(Type.BODY) + look().line(Type.SMALL) + 8


class ShiftReportDialog(DialogShell):
    """`save` writes the report as a PDF, `reopen` goes on after it; without them their buttons are not there."""

    def __init__(
        self,
        parts: Parts,
        report: ShiftReport,
        parent: QWidget,
        *,
        save: Callable[[ShiftReport], object],
        reopen: Callable[[ShiftReport], object] | None = None,
    ) -> None:
        super().__init__(report_name(report), parent, size=grown(QSize(ORDER_DIALOG)))
        self._parts, self.report = parts, report
        self.set_sub(self._sub())
        self.figures = self._make_figures()
        self.behind, self._rows = self._make_behind()
        self._lay_out()
        self._buttons(save, reopen)
        self.figures.selected.connect(self._chosen)
        self.behind.opened.connect(self._open)
        self.figures.setFocus()
        self.figures.select_row(1)

    def _sub(self) -> str:
        found, zone = self.report, self._parts.shop.zone
        opened = f"opened {text.when(found.opened_at, zone, found.at)} by {text.outside(found.opened_by, 40)}"
        closed = f"closed {text.clock(found.at, zone)} by {text.outside(found.closed_by, 40)}"
        allowed = f"allowed by {text.outside(found.approved_by, 40)}" if found.approved_by else ""
        goes_on = f"goes on from Z {found.goes_on_from_z}" if found.goes_on_from_z else ""
        day = f"Till {found.till} · {text.long_date(found.at, zone)}"
        parts = (day, opened, closed if found.z_number else "still open", allowed, goes_on)
        return " · ".join(part for part in parts if part)

    def _make_figures(self) -> TableView:
        currency = self.report.currency
        lines = list(enumerate(report_lines(self.report)))
        decimals = text.needs_decimals((x.amount_minor or 0 for _, x in lines), currency)

        def words(placed: Placed) -> Cell:
            line = placed[1]
            strong = Style.STRONG if line.is_head or line.is_sum else Style.PLAIN
            return Cell(line.words, below=line.detail, style=strong)

        def amount(placed: Placed) -> Cell:
            line = placed[1]
            if line.amount_minor is None:
                return Cell("")
            said = text.amount(line.amount_minor, currency, decimals=decimals)
            return Cell(said, style=Style.STRONG if line.is_sum else Style.PLAIN)

        sign = text.sign_of(currency).strip()
        columns = (
            Column[Placed]("Figure", words, width=220, stretch=True),
            Column[Placed](f"Amount, {sign}", amount, Align.RIGHT, width=120),
        )
        model = WindowModel(columns, ListRows(lines, lambda placed: str(placed[0])))
        self._lines = dict(lines)
        return TableView(model, name="Figures of the report", edge=16, row_height=_two_lines(), in_card=True)

    def _make_behind(self) -> tuple[TableView, dict[str, FigureRow]]:
        zone, now, currency = self._parts.shop.zone, self._parts.clock(), self.report.currency
        columns = (
            Column[FigureRow]("When", lambda x: text.when(x.at, zone, now), width=104),
            Column[FigureRow]("No.", lambda x: x.number or text.NOTHING, style=Style.MEDIUM, width=64),
            Column[FigureRow](
                "What",
                lambda x: Cell(ROWS[x.words], below=text.outside(x.detail, 80)),
                width=120,
                stretch=True,
            ),
            Column[FigureRow](
                f"Amount, {text.sign_of(currency).strip()}",
                lambda x: text.amount(x.amount_minor, currency),
                Align.RIGHT,
                Style.STRONG,
                width=116,
            ),
        )
        model = WindowModel(columns, ListRows[FigureRow]((), lambda x: x.id))
        view = TableView(
            model, name="What is behind the figure", edge=16, row_height=_two_lines(), in_card=True
        )
        return view, {}

    def _lay_out(self) -> None:
        left, right = Card(padding=0, ground="raised"), Card(padding=0, ground="raised")
        left.add(self.figures)
        self._behind_title = right.add_head("", STRETCH)
        right.add(self.behind)
        for table in (self.figures, self.behind):
            table.setMinimumHeight(280)
        both = Abreast(left, right, spacing=16, shares=(9, 11), least=look().px(_BESIDE))
        late = added_after_close(self._parts.reader, self.report) if self.report.z_number else ()
        if late:
            numbers = ", ".join(dict.fromkeys(entry.number for entry in late))
            total = text.money(sum(entry.amount_minor for entry in late), self.report.currency)
            sentence = (
                f"Added after close: {total}, dated before it ({numbers}). This report stays as it was."
            )
            self.add(Strip(Tone.WAITING, sentence, icon="clock-alert", wrap=True), 12)
        self.add(both, 16)

    def _buttons(
        self, save: Callable[[ShiftReport], object], reopen: Callable[[ShiftReport], object] | None
    ) -> None:
        self.pdf = Button("Save as PDF", icon="download")
        self.pdf.clicked.connect(lambda: save(self.report))
        self.printed = Button("Print", icon="printer")
        self.printed.clicked.connect(lambda: self._parts.paper.print_z(self.report.shift_id))
        if not self.report.z_number:
            self.printed.hide()
        buttons = [self.pdf, self.printed]
        if reopen is not None:
            self.reopen = Button("Open this shift again", icon="undo-2")
            self.reopen.clicked.connect(lambda: reopen(self.report))
            buttons.insert(0, self.reopen)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, *buttons)

    def _chosen(self, line_id: str) -> None:
        line = self._lines.get(int(line_id)) if line_id else None
        if line is None:
            return
        rows = figure_rows(self._parts.reader, self.report.shift_id, line.figure) if line.figure else ()
        self._rows.clear()
        self._rows.update({found.id: found for found in rows})
        count = f", {text.plural(len(rows), 'row')}" if rows else ": nothing" if line.figure else ""
        self._behind_title.setText(f"{line.words}{count}")
        self.behind.window_model.set_source(ListRows(rows, lambda x: x.id))

    def _open(self, row_id: str) -> None:
        found = self._rows.get(row_id)
        if found is not None and found.order_id:
            self._parts.open_order(found.order_id)
