"""What stays open over a close of day: it is said, it carries over, and it never stops anybody."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.outbox import OutState
from posapp.domain.shift_report import ShiftReport
from posapp.gui import text
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.queries.orders import OrderFilter, View
from posapp.queries.outbox import outbox_rows

_NAMED = 4  # numbers that are said


class _Open(QWidget):
    """How many of what, which, and the button that goes there."""

    def __init__(self, icon: str, ink: str, name: str) -> None:
        super().__init__()
        self.what = Label("", icon=icon, figures=True)
        self.what.set_icon_ink(ink)
        self.which = Label("", Type.SMALL, ink="muted", figures=True)
        self.button = Button("", Variant.QUIET, Size.SMALL, icon="chevron-right", name=name)
        box = row(self.what, self.which, STRETCH, self.button, spacing=16, margins=(16, 3, 12, 3))
        self.setLayout(box)

    def say(self, count: int, what: str, which: str) -> None:
        """Say it; nothing is said of what there is none of."""
        self.setVisible(count > 0)
        self.what.setText(what)
        self.which.setText(which)


class CarriedCard(Card):
    """`page_wanted` tells the page, and the filter it shall show."""

    page_wanted = Signal(str, object)

    def __init__(self, parts: Parts) -> None:
        super().__init__(padding=0)
        self._parts = parts
        self.attention = _Open("triangle-alert", "attention", "Open Attention")
        self.transfers = _Open("hourglass", "muted", "Open the orders that await a transfer")
        self.held = _Open("pause", "muted", "Open the held sales")
        self.unsent = _Open("send", "muted", "Open what waits to be sent")
        self._none = Label("Nothing is open.", Type.SMALL, ink="muted")
        none = QWidget()
        none.setLayout(row(self._none, STRETCH, margins=(16, 10, 16, 10)))
        self._empty = none
        self.add_head(
            "Carried over to tomorrow",
            Label("Does not stop you closing", Type.SMALL, ink="muted"),
            STRETCH,
            height=44,
        )
        self.add(self.attention, Divider(), self.transfers, self.unsent, self.held, none)
        self.attention.button.clicked.connect(lambda: self.page_wanted.emit("attention", None))
        waiting = OrderFilter(view=View.AWAITING)
        self.transfers.button.clicked.connect(lambda: self.page_wanted.emit("orders", waiting))
        self.unsent.button.clicked.connect(lambda: self.page_wanted.emit("health", None))
        self.held.button.clicked.connect(lambda: self.page_wanted.emit("sell", None))

    def show_report(self, report: ShiftReport) -> None:
        """Say what a shift leaves open."""
        named = list(report.attention_numbers[:_NAMED])
        more = report.attention - len(named)
        self.attention.say(
            report.attention,
            text.plural(report.attention, "order needs attention", "orders need attention"),
            ", ".join([*named, *([f"{text.number(more)} more"] if more > 0 else [])]),
        )
        awaited = [
            f"{a.number} {text.money(a.amount_minor, report.currency)}" for a in report.awaiting[:_NAMED]
        ]
        over = len(report.awaiting) - len(awaited)
        self.transfers.say(
            len(report.awaiting),
            text.plural(
                len(report.awaiting), "transfer awaiting confirmation", "transfers awaiting confirmation"
            ),
            ", ".join([*awaited, *([f"{text.number(over)} more"] if over > 0 else [])]),
        )
        unsent = self._show_unsent()
        held = len(self._parts.drafts.held())
        self.held.say(held, text.plural(held, "held sale"), f"Till {report.till}")
        self._empty.setVisible(not (report.attention or report.awaiting or held or unsent))

    def _show_unsent(self) -> int:
        """Say what has not reached the outside: it goes out by itself, or waits on Sync and health."""
        rows = outbox_rows(self._parts.reader)
        refused = sum(row.state == OutState.REFUSED for row in rows)
        numbers = list(dict.fromkeys(text.outside(row.number, 24) for row in rows))
        more = len(numbers) - _NAMED
        named = ", ".join([*numbers[:_NAMED], *([f"{text.number(more)} more"] if more > 0 else [])])
        which = f"{named}. {text.number(refused)} refused" if refused else named
        what = text.plural(len(rows), "change not sent yet", "changes not sent yet")
        self.unsent.what.set_icon("circle-alert" if refused else "send")
        self.unsent.what.set_icon_ink("attention" if refused else "muted")
        self.unsent.say(len(rows), what, which)
        return len(rows)
