"""One line of the basket: name and total, a stepper with the price beside it, and what there is to know."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.basket import MAX_UNITS, BasketLine
from posapp.gui import metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type, alignment
from posapp.gui.pages.sell_prices import ShownLine
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.typed import shown_percent
from posapp.gui.widgets.base import STRETCH, Themed, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_rows import BAR
from posapp.gui.widgets.toggles import Stepper


class Hint(Label):
    """A sentence on the ground of its tone, like a chip that may take two lines."""

    def __init__(self, tone: Tone, icon: str) -> None:
        self._tone = tone
        super().__init__("", Type.CAPTION, ink=tone, weight=SEMIBOLD, icon=icon, figures=True, wrap=True)
        self.setContentsMargins(6, 4, 8, 4)

    def sizeHint(self) -> QSize:
        """A little wider than its words, so that one line stays one line."""
        return super().sizeHint() + QSize(4, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then the words."""
        painter, tokens = QPainter(self), look().tokens
        pair = tokens.tones[self._tone]
        edge = pair.fg if tokens.edged else None
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, pair.bg, edge)
        painter.end()
        super().paintEvent(event)


class Quantity(Stepper):
    """A stepper as wide as the number in it needs; most sales are of a few."""

    def sizeHint(self) -> QSize:
        """98 × 32, wider for a large number."""
        side, digits = look().px(32), paint.width_of("0" * max(3, len(str(self.value()))), self.font())
        return QSize(max(look().px(98), 2 * side + round(digits) + 12), side)

    def minimumSizeHint(self) -> QSize:
        """No figure is cut."""
        return self.sizeHint()


class SellLine(Themed, QWidget):
    """`stepped` tells another quantity, `dropped` that the line goes, `chosen` that it was pressed."""

    stepped = Signal(int)
    dropped = Signal()
    chosen = Signal()
    left = Signal()  # Enter or Esc in the quantity: back to scanning

    def __init__(self, shown: ShownLine, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.key = shown.line.key
        self.is_selected = False
        self._shown: ShownLine | None = None
        self.name = Label("", weight=MEDIUM, wrap=True)
        self.total = Label("", weight=SEMIBOLD, figures=True)
        self.total.setAlignment(alignment(right=True))
        name = text.outside(shown.line.name)
        self.stepper = Quantity(f"Quantity of {name}", value=shown.line.quantity, least=1, most=MAX_UNITS)
        self.stepper.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.price = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.drop_button = Button("", Variant.QUIET, Size.SMALL, icon="trash-2", name=f"Remove {name}")
        self.drop_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.facts = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.hint = Hint(Tone.ATTENTION, "triangle-alert")
        self._lay_out()
        self.stepper.valueChanged.connect(self.stepped)
        self.stepper.editingFinished.connect(self._finished)
        self.drop_button.clicked.connect(self.dropped)
        self.show_line(shown)
        self.look_changed()

    def _lay_out(self) -> None:
        head = row(self.name, self.total, spacing=metrics.S12)
        head.setStretch(0, 1)
        head.setAlignment(self.total, Qt.AlignmentFlag.AlignTop)
        steps = row(self.stepper, self.price, self.drop_button, spacing=metrics.S12)
        steps.setStretch(1, 1)
        steps.setAlignment(self.price, Qt.AlignmentFlag.AlignVCenter)
        below = row(self.hint, STRETCH, spacing=0)
        self._box = column(head, steps, self.facts, below, spacing=4)
        self.setLayout(self._box)
        self.inset(metrics.S16)
        keep = self.drop_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.drop_button.setSizePolicy(keep)

    def inset(self, side: int) -> None:
        """Keep so much room at both sides: 16 in the panel, 24 where it stands under the field."""
        self._box.setContentsMargins(side, 8, side, 9)

    def show_line(self, shown: ShownLine) -> None:
        """Show quantity, figures and what there is to know."""
        line = shown.line
        if shown == self._shown and self.stepper.value() == line.quantity:
            return
        self._shown = shown
        if self.stepper.value() != line.quantity:
            self.stepper.blockSignals(True)
            self.stepper.setValue(line.quantity)
            self.stepper.blockSignals(False)
            self.stepper.updateGeometry()
            self.stepper.update()
        self.name.setText(text.outside(line.name))
        self.total.setText(
            "" if shown.amount_minor is None else text.amount(shown.amount_minor, self._currency)
        )
        self.price.setText(self._price_words(shown))
        facts = self._facts(line)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.hint.setText(shown.hint)
        self.hint.setVisible(bool(shown.hint))

    def _price_words(self, shown: ShownLine) -> str:
        if shown.price_minor is None:
            return ""
        each = f"× {text.amount(shown.price_minor, self._currency)}"
        was = shown.list_minor
        if was is None or was == shown.price_minor:
            return each
        return f"{each}, usually {text.amount(was, self._currency)}"

    def _facts(self, line: BasketLine) -> str:
        parts = []
        if line.discount_bp:
            parts.append(f"{shown_percent(line.discount_bp)} % off")
        elif line.discount_minor:
            parts.append(f"{text.amount(line.discount_minor, self._currency)} off")
        if line.note:
            parts.append(text.outside(line.note, 200))
        return " · ".join(parts)

    def select(self, selected: bool) -> None:
        """Look selected, and offer to be removed."""
        self.is_selected = selected
        self.drop_button.setVisible(selected)
        self.update()

    def edit_quantity(self) -> None:
        """F6: type how many."""
        self.stepper.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.stepper.selectAll()

    def _finished(self) -> None:
        """Enter gives the keys back; Qt says the same when the focus has left already."""
        if self.stepper.hasFocus():
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select it."""
        self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the bar of the selected line, and the line beneath."""
        painter, t = QPainter(self), look().tokens
        high = self.height() - 1
        if self.is_selected:
            painter.fillRect(0, 0, self.width(), high, t.selection)
            painter.fillRect(0, 0, BAR, high, t.primary)
        painter.fillRect(0, high, self.width(), 1, t.line)
        painter.end()
