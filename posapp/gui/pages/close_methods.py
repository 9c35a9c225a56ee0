"""Expected beside counted: cash as the drawer's count says it, the other methods by their own slips."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.domain.shift_report import CASH, COUNTABLE, Counted, ShiftReport
from posapp.gui import chips, text
from posapp.gui.chips import Chip
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.shift_words import METHOD_ICONS, method_words
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.typed import Unreadable, read_amount
from posapp.gui.widgets.base import STRETCH, Surface
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.field_row import flow
from posapp.gui.widgets.label import Label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LAST = 90  # the sums stand beneath however many methods there are
OVER = Chip("Over", "circle-alert", Tone.WAITING)
NOT_COUNTED = Chip("Not counted", "minus", Tone.NEUTRAL)


class _MethodLine:
    """One method: what must be there, what was found, and what lies between."""

    def __init__(self, method: str, field: FieldBox | None) -> None:
        self.method, self.field = method, field
        icon = METHOD_ICONS.get(method, "wallet-cards")
        self.name = Label(method_words(method), icon=icon)
        self.name.set_icon_ink("muted")
        self.expected, self.counted = Label("", figures=True), Label("", figures=True)
        self.difference = Label("", figures=True, weight=MEDIUM)
        self.chip = StatusChip(chips.AGREES)
        for label in (self.expected, self.counted, self.difference):
            label.setAlignment(_RIGHT)

    def leave(self) -> None:
        """Take it off the screen for good."""
        if self.field is not None:
            self.field.edit.setObjectName("")  # it lives on until Qt is idle
        for each in (self.name, self.expected, self.counted, self.difference, self.chip, self.field):
            if each is not None:
                each.hide()
                each.deleteLater()


class MethodsCard(Card):
    """`changed`: the amount of a method was typed; Enter goes on. With `blind` nothing else is shown."""

    changed = Signal()
    done = Signal()  # Enter in the last field

    def __init__(self, currency: str, *, blind: bool) -> None:
        super().__init__(padding=0)
        self._currency, self._blind = currency, blind
        self._lines: dict[str, _MethodLine] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 6, 16, 6)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        holder = QWidget()
        holder.setLayout(self._grid)
        self._title = self.add_head(
            "",
            STRETCH,
            Label(text.sign_of(currency).strip(), ink="muted"),
            height=44,
        )
        self.add(holder, Divider())
        self._why = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self._sum = Label("", Type.SMALL, weight=SEMIBOLD, figures=True)
        foot, words = Surface("surface"), flow(self._why, self._sum, spacing=16)
        words.setContentsMargins(16, 8, 16, 8)
        foot.setLayout(words)
        self.add(foot)
        self._heads = [Label("", Type.CAPTION, ink="muted", weight=MEDIUM) for _ in range(4)]
        for at, label in enumerate(self._heads):
            if at:
                label.setAlignment(_RIGHT)
            self._grid.addWidget(label, 0, at)
        self.set_blind(blind)
        self._all = [Label("", figures=True, weight=SEMIBOLD) for _ in range(4)]
        for at, label in enumerate(self._all):
            if at:
                label.setAlignment(_RIGHT)
            self._grid.addWidget(label, _LAST, at)

    def set_blind(self, blind: bool) -> None:
        """Show what is expected, or nothing of it."""
        self._blind = blind
        self._title.setText("Counted" if blind else "Expected and counted")
        words = ("Method", "" if blind else "Expected", "Counted", "" if blind else "Difference")
        for label, each in zip(self._heads, words, strict=True):
            label.setText(each)

    def start_over(self) -> None:
        """Forget the methods of another shift, and what was typed for them."""
        for line in self._lines.values():
            line.leave()
        self._lines.clear()

    def show_report(self, report: ShiftReport, cash_minor: int, *, cash_begun: bool) -> None:
        """Show a shift as it stands, with the cash that is counted so far."""
        counts = report.counted(self.counted() | {CASH: cash_minor})
        for count in counts:
            if count.method in COUNTABLE:
                self._show(count, begun=cash_begun or count.method != CASH)
        self._show_all([count for count in counts if count.method in COUNTABLE], begun=cash_begun)
        self._sum.setText(f"= {text.amount(report.expected_minor, self._currency)}")
        self._why.setText(
            "What is expected is shown after the close."
            if self._blind
            else _cash_words(report, self._currency)
        )
        self._sum.setVisible(not self._blind)

    def _show_all(self, counts: list[Counted], *, begun: bool) -> None:
        """Add everything up, where there is more than cash."""
        whole = [
            count for count in counts if count.counted_minor is not None and (begun or count.method != CASH)
        ]
        counted = sum(count.counted_minor or 0 for count in whole)
        figures = (
            sum(count.expected_minor for count in counts),
            counted,
            sum(c.difference_minor for c in whole),
        )
        shown = [text.amount(minor, self._currency) for minor in figures]
        said = ["", shown[1], ""] if self._blind else shown
        for label, words in zip(self._all, ["All", *said], strict=True):
            label.setText(words)
            label.setVisible(len(counts) > 1)

    def _show(self, count: Counted, *, begun: bool) -> None:
        line = self._lines.get(count.method) or self._add(count.method)
        line.expected.setText("" if self._blind else text.amount(count.expected_minor, self._currency))
        found = count.counted_minor if begun else None
        line.counted.setText(text.NOTHING if found is None else text.amount(found, self._currency))
        off = 0 if found is None else count.difference_minor
        said = text.NOTHING if found is None else text.amount(off, self._currency)
        line.difference.setText("" if self._blind else said)
        line.difference.set_ink("danger" if off < 0 else "text")
        line.chip.set_chip(_chip(found, off))
        line.chip.setVisible(not self._blind)

    def _add(self, method: str) -> _MethodLine:
        field = None
        if method != CASH:
            field = FieldBox(name=f"{method_words(method)}, counted", placeholder="Amount")
            field.edit.setAlignment(_RIGHT)
            field.edit.setMaxLength(20)
            field.edit.setObjectName(f"counted_{method}")
            field.setFixedWidth(look().px(132))
            field.edit.textEdited.connect(lambda _: self._typed(method))
            field.edit.returnPressed.connect(lambda: self._go_on(method))
        line = self._lines[method] = _MethodLine(method, field)
        at = len(self._lines)
        for column, widget in enumerate(
            (line.name, line.expected, field or line.counted, line.difference, line.chip)
        ):
            self._grid.addWidget(widget, at, column)
        if field is not None:
            line.counted.setParent(self)
            line.counted.hide()
        return line

    # --- what was typed -------------------------------------------------------------------------------

    def counted(self) -> dict[str, int]:
        """Give the methods that were counted; an empty field was not."""
        found = {method: self._read(line) for method, line in self._lines.items() if line.field is not None}
        return {method: minor for method, minor in found.items() if minor is not None}

    def typed(self) -> dict[str, str]:
        """Give the fields as they stand, for the draft."""
        return {
            m: line.field.edit.text()
            for m, line in self._lines.items()
            if line.field and line.field.edit.text()
        }

    def show_typed(self, typed: dict[str, str]) -> None:
        """Put what was typed before back into the fields."""
        for method, words in typed.items():
            if method in COUNTABLE and method != CASH:
                line = self._lines.get(method) or self._add(method)
                assert line.field is not None, "only cash has none"
                line.field.edit.setText(words)

    def fields(self) -> tuple[QWidget, ...]:
        """Give the fields to type into, from the top; none where only cash was taken."""
        return tuple(line.field.edit for line in self._lines.values() if line.field is not None)

    def _go_on(self, method: str) -> None:
        """Enter: to the next method, or out of the card."""
        here, fields = self._lines[method].field, self.fields()
        assert here is not None, "only its field tells this"
        after = fields[fields.index(here.edit) + 1 :]
        after[0].setFocus() if after else self.done.emit()

    @property
    def is_readable(self) -> bool:
        """Whether every field holds an amount or nothing."""
        fields = [(line, line.field.edit.text().strip()) for line in self._lines.values() if line.field]
        return all(not typed or self._read(line) is not None for line, typed in fields)

    def _read(self, line: _MethodLine) -> int | None:
        typed = line.field.edit.text().strip() if line.field else ""
        try:
            return read_amount(typed, self._currency) if typed else None
        except Unreadable:
            return None

    def _typed(self, method: str) -> None:
        line = self._lines[method]
        assert line.field is not None, "only its field tells this"
        line.field.set_failed(bool(line.field.edit.text().strip()) and self._read(line) is None)
        self.changed.emit()


def _chip(found: int | None, off: int) -> Chip:
    if found is None:
        return NOT_COUNTED
    if off == 0:
        return chips.AGREES
    return chips.SHORT_CASH if off < 0 else OVER


def _cash_words(report: ShiftReport, currency: str) -> str:
    """Say how the cash comes together: float, sales, refunds, and what was put in and taken out."""
    cash = report.of(CASH)
    parts = [f"Cash expected   Float {text.amount(report.float_minor, currency)}"]
    steps = (
        ("+", "sales", cash.taken_minor),
        (text.MINUS, "paid back", cash.returned_minor),
        ("+", "put in", report.cash_in_minor),
        (text.MINUS, "taken out", report.cash_out_minor),
    )
    parts += [f"{sign} {words} {text.amount(minor, currency)}" for sign, words, minor in steps if minor]
    return "  ".join(parts)
