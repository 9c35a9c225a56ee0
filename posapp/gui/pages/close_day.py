"""Close of day: count the drawer, see what was expected, say why it differs, and freeze the Z.

The count is a draft that survives a kill. Closing always can be done: what is open is listed and carries over.
"""

from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from posapp.commands.shifts import CloseShift
from posapp.count_draft import Count, CountDraft
from posapp.desk import Outcome
from posapp.domain.errors import Refused
from posapp.domain.rights import Right
from posapp.domain.shift_report import CASH, ShiftReport
from posapp.domain.shifts import largest
from posapp.gui import metrics, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.pages.close_carried import CarriedCard
from posapp.gui.pages.close_count import CountCard
from posapp.gui.pages.close_methods import MethodsCard
from posapp.gui.parts import Parts
from posapp.gui.shift_words import method_words
from posapp.gui.widgets.abreast import Abreast
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, CommitButton, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.field_row import flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import Bar, PageHeader, Scroll
from posapp.queries.shifts import counting_rules, x_report

_LONGEST = 200
NEWS = frozenset(
    {"OrderChanged", "OrderPlaced", "ShiftChanged", "AttentionRaised", "AttentionSettled", "AccountChanged"}
)


class CloseDayPage(Page):
    """`closed` tells the shift that is closed now; `left` that somebody goes back; `page_wanted` as the dashboard's."""

    closed = Signal(str)
    left = Signal()
    page_wanted = Signal(str, object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._currency = parts, parts.shop.currency
        self.draft = CountDraft(parts.reader.folder)
        self.rules = counting_rules(parts.reader)
        self.report: ShiftReport | None = None
        self._busy = False
        self.header = PageHeader("Close the day", back=True)
        self.count = CountCard(self._currency)
        self.methods = MethodsCard(self._currency, blind=self.rules.blind)
        self.why, self.reason = Card(), FieldBox(name="Why does the count differ?")
        self._asks, self._over = Label("", weight=SEMIBOLD, figures=True), Label("", Type.SMALL, ink="muted")
        self.reason.edit.setObjectName("close_reason")
        self.reason.edit.setMaxLength(_LONGEST)
        self.problem = Label("", Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self.carried = CarriedCard(parts)
        self.back_button = Button("Back", shortcut="Esc")
        self.commit = CommitButton("Close the day", Variant.PRIMARY)
        self.commit.setObjectName("close_shift")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.why.add(flow(self._asks, self._over), 8, self.reason)
        self.problem.hide()
        right, inner = QWidget(), QWidget()
        right.setLayout(column(self.methods, self.why, self.carried, STRETCH, spacing=metrics.CARD_GAP))
        side = metrics.PAGE_MARGIN
        both = Abreast(self.count, right, spacing=metrics.CARD_GAP, shares=(52, 100))
        inner.setLayout(column(both, STRETCH, margins=(side, 0, side, 16)))
        footer = Bar(height=metrics.ACTION_BAR, fill="surface")
        self._note = Label("", Type.SMALL, ink="muted")
        footer.add(self.back_button, self.problem, STRETCH, self._note, self.commit)
        self.setLayout(column(self.header, Scroll(inner), footer))

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.back)
        self.back_button.clicked.connect(self.back)
        self.count.later.clicked.connect(self.back)
        self.count.changed.connect(self._typed)
        self.count.done.connect(self._go_on)
        self.methods.changed.connect(self._typed)
        self.methods.done.connect(self._go_to_the_end)
        self.reason.edit.textEdited.connect(lambda _: self._typed())
        self.reason.edit.returnPressed.connect(self.commit.setFocus)
        self.commit.clicked.connect(self._press)
        self.carried.page_wanted.connect(self.page_wanted)
        self._parts.changes.changed.connect(self._news)

    # --- what the shell asks --------------------------------------------------------------------------

    def opened(self) -> None:
        """Take the count up where it was left; where no shift is open there is nothing to count."""
        self.rules = counting_rules(self._parts.reader)
        self.methods.set_blind(self.rules.blind)
        self.methods.start_over()
        self.say_problem("")
        self.refresh()
        if self.report is None:
            self.count.show_count(Count(""))
            QTimer.singleShot(0, self, self.left.emit)
        else:
            left = self.draft.load(self.report.shift_id)
            self.methods.show_typed(left.counted)
            self.reason.edit.setText(left.reason)
            self.count.show_count(left)
            self._show()
            self._order_fields()
        next(iter(self.count.pieces.values())).edit.setFocus()

    def back(self) -> bool:
        """Esc: leave; the count so far is kept."""
        self.left.emit()
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """The count, and the way to close."""
        return (next(iter(self.count.pieces.values())).edit, self.commit)

    @property
    def _reason(self) -> str:
        return self.reason.edit.text().strip()

    # --- reading and typing ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Add the shift up anew."""
        now = self._parts.clock()
        self.report = x_report(self._parts.reader, now)
        self._show()
        self._order_fields()

    def _order_fields(self) -> None:
        """Have Tab go from the count to the methods, which come with the shift, and on to the reason."""
        for before, after in pairwise((self.count.loose.edit, *self.methods.fields(), self.reason.edit)):
            QWidget.setTabOrder(before, after)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if self.isVisible() and names & NEWS:
            self.refresh()

    def _typed(self) -> None:
        self.say_problem("")
        if self.report is not None:
            pieces, loose = self.count.typed()
            self.draft.keep(Count(self.report.shift_id, pieces, loose, self.methods.typed(), self._reason))
        self._show()

    def _go_on(self) -> None:
        """The drawer is counted: to the other methods, or on."""
        fields = self.methods.fields()
        fields[0].setFocus() if fields else self._go_to_the_end()

    def _go_to_the_end(self) -> None:
        """Everything is counted: to the reason, or to the way to close."""
        if self.why.isVisible():
            self.reason.edit.setFocus()
        else:
            self.commit.setFocus()

    def say_problem(self, words: str) -> None:
        """Say what stands in the way."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _show(self) -> None:
        report = self.report
        self.commit.setEnabled(report is not None)
        if report is None:
            self.header.set_fact("No shift is open")
            return
        zone = self._parts.shop.zone
        day = text.long_date(self._parts.clock(), zone)
        since = text.when(report.opened_at, zone, self._parts.clock())
        self.header.set_fact(f"{day} · Till {report.till} · shift open since {since}")
        self.methods.show_report(report, self.count.total_minor, cash_begun=self.count.is_begun)
        self.carried.show_report(report)
        self._restate(report)
        prints = self._parts.paper.state.phase != "none"
        self._note.setText("Prints the Z report and opens no drawer" if prints else "")

    def _restate(self, report: ShiftReport) -> None:
        """Say on the button what the count found, and ask why where it differs by much."""
        counts = report.counted(self.methods.counted() | {CASH: self.count.total_minor})
        off = largest({count.method: count.difference_minor for count in counts})
        blind = self.rules.blind
        asked = abs(off) > self.rules.ask_over_minor and self.count.is_begun and not blind
        self.why.setVisible(asked or blind or bool(self._reason))
        words = "Close the day"
        if not blind and self.count.is_begun:
            money = text.money(abs(off), self._currency)
            words += f": {money} {'short' if off < 0 else 'over'}" if off else ": agrees"
        self.commit.restate(words, Variant.PRIMARY, "lock")
        limit = text.money(self.rules.ask_over_minor, self._currency)
        self._over.setText(f"Asked over {limit}")
        worst = next(
            (method_words(c.method).lower() for c in counts if asked and c.difference_minor == off), ""
        )
        amount = f"{text.money(abs(off), self._currency)} {'short' if off < 0 else 'over'}"
        self._asks.setText(f"Why is {worst} {amount}?" if asked else "Why does the count differ?")

    # --- the deed -------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._busy or self.report is None:
            return
        if not (self.count.is_readable and self.methods.is_readable):
            self.say_problem("One of the fields holds no number.")
            return
        pieces, loose = self.count.fields()
        self._busy = True
        self._parts.perform(
            CloseShift, pieces=pieces, loose_minor=loose, counted=self.methods.counted(), reason=self._reason,
            done=self._done, failed=self._refused,
        )  # fmt: skip

    def _done(self, outcome: Outcome) -> None:
        self._busy = False
        self.draft.drop()
        # Who may not see Total Sales is handed none on paper either.
        may_see = self._parts.who.may(Right.REPORTS_VIEW)
        if may_see and self._parts.paper.state.phase != "none":
            self._parts.paper.print_z(outcome.answer)
        self.closed.emit(outcome.answer)

    def _refused(self, why: Refused) -> None:
        self._busy = False
        self.say_problem(why.message)
        if why.code == "reason_missing":
            self.why.setVisible(True)
            self.reason.edit.setFocus()
