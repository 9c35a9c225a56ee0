"""One line of the basket: name and total, a stepper with the price beside it, and what there is to know.

It paints itself and knows its height for a width: a layout would measure all lines anew at every scan.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.basket import MAX_UNITS, BasketLine
from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.pages.sell_prices import ShownLine
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.typed import shown_percent
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.paragraph import Paragraph
from posapp.gui.widgets.table_rows import BAR
from posapp.gui.widgets.toggles import Stepper

_TOP, _GAP, _BOTTOM, _BESIDE = 8, 4, 9, 12
_HINT = (6, 4, 8, 4)  # left, top, right, bottom within the ground of a hint


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
    left = Signal()  # Enter in the quantity: back to scanning

    def __init__(self, shown: ShownLine, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._currency = currency
        self.key = shown.line.key
        self.is_selected = False
        self.inset = metrics.S16  # room at both sides
        self.name = Paragraph(Type.BODY, MEDIUM)
        self.facts = Paragraph(Type.SMALL)
        self.hint = Paragraph(Type.CAPTION, SEMIBOLD)
        self.total = self.price = ""
        self._shown: ShownLine | None = None
        name = text.outside(shown.line.name)
        self.stepper = Quantity(f"Quantity of {name}", value=shown.line.quantity, least=1, most=MAX_UNITS)
        self.stepper.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stepper.setParent(self)
        self.drop_button = Button(
            "", Variant.QUIET, Size.SMALL, icon="trash-2", name=f"Remove {name}", parent=self
        )
        self.drop_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.drop_button.hide()
        self.stepper.valueChanged.connect(self.stepped)
        self.stepper.editingFinished.connect(self._finished)
        self.drop_button.clicked.connect(self.dropped)
        self.show_line(shown)

    # --- what it says ---------------------------------------------------------------------------------

    def show_line(self, shown: ShownLine) -> None:
        """Show quantity, figures and what there is to know."""
        line = shown.line
        if self.stepper.value() != line.quantity:
            self.stepper.blockSignals(True)
            self.stepper.setValue(line.quantity)
            self.stepper.blockSignals(False)
            self.stepper.update()
        elif shown == self._shown:
            return
        self._shown = shown
        self.name.say(text.outside(line.name))
        self.total = "" if shown.amount_minor is None else text.amount(shown.amount_minor, self._currency)
        self.price = self._price_words(shown)
        self.facts.say(self._facts(line))
        self.hint.say(shown.hint)
        self._place()
        self.update()

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

    # --- where it stands ------------------------------------------------------------------------------

    def _name_room(self, width: int) -> int:
        return width - 2 * self.inset - self._total_room() - _BESIDE

    def _total_room(self) -> int:
        return round(paint.width_of(self.total, look().font(weight=SEMIBOLD, figures=True)) + 0.5)

    def _hint_room(self, width: int) -> int:
        return width - 2 * self.inset - _HINT[0] - _HINT[2] - look().px(metrics.ICON_CHIP) - _GAP

    def height_for(self, width: int) -> int:
        """Give the height it needs in this width."""
        high = _TOP + self.name.height(self._name_room(width)) + _GAP + self.stepper.sizeHint().height()
        if self.facts.words:
            high += _GAP + self.facts.height(width - 2 * self.inset)
        if self.hint.words:
            high += _GAP + self.hint.height(self._hint_room(width)) + _HINT[1] + _HINT[3]
        return high + _BOTTOM

    def _steps_top(self) -> int:
        return _TOP + self.name.height(self._name_room(self.width())) + _GAP

    def _place(self) -> None:
        size, top = self.stepper.sizeHint(), self._steps_top()
        self.stepper.setGeometry(self.inset, top, size.width(), size.height())
        away = self.drop_button.sizeHint()
        left = self.width() - self.inset - away.width()
        self.drop_button.setGeometry(
            QRect(left, top + (size.height() - away.height()) // 2, away.width(), away.height())
        )

    def look_changed(self) -> None:
        """Measure the words anew."""
        for words in (self.name, self.facts, self.hint):
            words.forget()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put stepper and button in their places."""
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select it."""
        self.chosen.emit()

    # --- painting -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the bar of the selected line, the words, and the line beneath."""
        painter, now = QPainter(self), look()
        t, wide, high, side = now.tokens, self.width(), self.height() - 1, self.inset
        if self.is_selected:
            painter.fillRect(0, 0, wide, high, t.selection)
            painter.fillRect(0, 0, BAR, high, t.primary)
        painter.fillRect(0, high, wide, 1, t.line)
        self.name.draw(painter, QPointF(side, _TOP), self._name_room(wide), t.text)
        total = QRectF(side, _TOP, wide - 2 * side, now.line())
        paint.words(painter, total, self.total, now.font(weight=SEMIBOLD, figures=True), t.text, paint.RIGHT)
        self._paint_price(painter, t.muted)
        top = float(self.stepper.geometry().bottom() + 1 + _GAP)
        if self.facts.words:
            room = wide - 2 * side
            self.facts.draw(painter, QPointF(side, top), room, t.muted)
            top += self.facts.height(room) + _GAP
        if self.hint.words:
            self._paint_hint(painter, top)
        painter.end()

    def _paint_price(self, painter: QPainter, ink: QColor) -> None:
        steps = self.stepper.geometry()
        left = steps.right() + 1 + _BESIDE
        room = QRectF(left, steps.top(), self.drop_button.x() - 4 - left, steps.height())
        painter.setFont(look().font(Type.SMALL, figures=True))
        painter.setPen(ink)
        painter.drawText(room, int(paint.LEFT | Qt.TextFlag.TextWordWrap), self.price)

    def _paint_hint(self, painter: QPainter, top: float) -> None:
        tokens, icon = look().tokens, look().px(metrics.ICON_CHIP)
        pair, room = tokens.tones[Tone.ATTENTION], self._hint_room(self.width())
        left, above, right, below = _HINT
        wide = left + icon + _GAP + self.hint.width(room) + right
        high = above + self.hint.height(room) + below
        box = QRectF(self.inset, top, wide, high)
        paint.box(painter, box, metrics.RADIUS, pair.bg, pair.fg if tokens.edged else None)
        line = look().line(Type.CAPTION)
        icons.draw(
            painter,
            "triangle-alert",
            round(box.left()) + left,
            round(top) + above + (line - icon) // 2,
            icon,
            pair.fg,
        )
        corner = QPointF(box.left() + left + icon + _GAP, top + above)
        self.hint.draw(painter, corner, room, pair.fg)
