"""The left side of the Pay dialog: one card for each way to pay, and what stands beneath the line."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy

from posapp.domain.tendering import ACCOUNT, CARD, CASH, TRANSFER, Tendering
from posapp.gui import icons, keys, metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.badge import draw_keycap, keycap_width
from posapp.gui.widgets.base import STRETCH, Surface, Themed, column, row
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout

WAYS = (
    (CASH, "Cash", "banknote"),
    (TRANSFER, "Transfer", "landmark"),
    (CARD, "Card terminal", "credit-card"),
    (ACCOUNT, "On account", "wallet-cards"),
)
_WORDS = {method: word for method, word, _ in WAYS}
SIDE = 271


class MethodCard(Themed, QPushButton):
    """56 high: its key, icon and word, what it stands at beneath, and what it pays at the right."""

    focus_ring = "outside"

    def __init__(self, word: str, icon: str, keycap: str) -> None:
        super().__init__(text.literal(word))
        self._word, self._icon, self._keycap = word, icon, keycap
        self._amount = self._second = ""
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say("", "")

    def say(self, amount: str, second: str) -> None:
        """Say what it pays and where that stands; "" for what it does not pay."""
        self._amount, self._second = amount, second
        self.setAccessibleName(", ".join(word for word in (self._word, amount, second) if word))
        self.update()

    def look_changed(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Two lines and the padding; the width comes from the side."""
        lines = look().line(Type.BODY) + look().line(Type.CAPTION)
        return QSize(look().px(231), max(56, lines + 20))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter, t, on = QPainter(self), look().tokens, self.isChecked()
        fill = t.selection if on else t.hover if self.underMouse() else t.raised
        edge = t.primary if on else t.line_strong
        rect = QRectF(self.rect())
        paint.box(painter, rect, metrics.RADIUS, fill, edge, 2 if on else 1)
        size, ink = look().px(metrics.ICON), t.primary if on else t.muted
        cap, wide = look().px(20), keycap_width(self._keycap)
        draw_keycap(painter, QRectF(12, (rect.height() - cap) / 2, wide, cap), self._keycap)
        x = 12.0 + wide + 12
        icons.draw(painter, self._icon, round(x), (self.height() - size) // 2, size, ink)
        x += size + 12
        self._paint_words(painter, x, rect)
        painter.end()

    def _paint_words(self, painter: QPainter, x: float, rect: QRectF) -> None:
        """Word and standing at the left; the amount beside both, or with large text beneath the word."""
        t, name, small = look().tokens, look().font(weight=MEDIUM), look().font(Type.CAPTION)
        if not self._second:
            paint.words(painter, rect.adjusted(x, 0, 0, 0), self._word, name, t.text)
            return
        money = look().font(weight=SEMIBOLD, figures=True)
        high, low = look().line(Type.BODY), look().line(Type.CAPTION)
        top, room = (rect.height() - high - low) / 2, rect.width() - x - 12
        left = room - paint.width_of(self._amount, money) - 8
        beside = paint.width_of(self._word, name) <= left
        paint.words(painter, QRectF(x, top, rect.width(), high), self._word, name, t.text)
        second = paint.fitted(self._second, small, left)
        paint.words(painter, QRectF(x, top + high, left, low), second, small, t.muted)
        place = QRectF(x, 0, room, rect.height()) if beside else QRectF(x, top + high, room, low)
        paint.words(painter, place, self._amount, money, t.text, paint.RIGHT)


class PaySide(Surface):
    """`chosen` names the way to pay that was pressed."""

    chosen = Signal(str)

    def __init__(self, currency: str) -> None:
        super().__init__("surface", "right")
        self._currency = currency
        self.back_minor = 0  # what an exchange gives back beyond the new goods
        self.cards: dict[str, MethodCard] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        cards = column(spacing=8)
        for method, word, icon in WAYS:
            card = MethodCard(word, icon, keys.caption(f"pay_{method}").rpartition("+")[2])
            card.setObjectName(f"pay_{method}")
            card.clicked.connect(lambda _, method=method: self.chosen.emit(method))
            group.addButton(card)
            cards.addWidget(card)
            self.cards[method] = card
        self._facts = column(spacing=8)
        self._rest, self._rest_amount = Label("", weight=SEMIBOLD), Label("", Type.TITLE, figures=True)
        self._line = Surface("line")
        self._line.setFixedHeight(1)
        rest = row(self._rest, STRETCH, self._rest_amount)
        self.setLayout(column(cards, 16, self._facts, STRETCH, self._line, 8, rest, margins=(24, 16, 16, 16)))
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the width of the side."""
        super().look_changed()
        self.setMinimumWidth(look().px(SIDE) if look().scale == 1 else SIDE + 60)

    def show_paying(self, paying: Tendering, chosen: str) -> None:
        """Show how the sale is being paid."""
        for method, card in self.cards.items():
            share = paying.share(method)
            card.setChecked(method == chosen)
            if share is None:
                card.say("", "")
                continue
            amount = share.given_minor if method == CASH else share.amount_minor
            card.say(text.amount(amount, self._currency), _standing(method, awaiting=share.awaiting))
        self._show_facts(paying)
        left, waiting = paying.left_minor, paying.awaiting_minor
        ink = "attention" if left or waiting else "ok"
        back = "Goes back" if self.back_minor else "Change"
        self._rest.setText("Left to pay" if left else "Not confirmed yet" if waiting else back)
        amount = left or waiting or self.back_minor or paying.change_minor
        self._rest_amount.setText(text.money(amount, self._currency))
        self._rest_amount.set_ink(ink)

    def _show_facts(self, paying: Tendering) -> None:
        clear_layout(self._facts)
        for word, amount in self._said(paying):
            value = Label(text.amount(amount, self._currency), figures=True)
            self._facts.addLayout(row(Label(word, ink="muted"), STRETCH, value))

    def _said(self, paying: Tendering) -> Sequence[tuple[str, int]]:
        said = []
        if paying.rounding_minor:
            said.append(("Rounding of cash", paying.rounding_minor))
        for share in paying.shares:
            if share.method == CASH:
                said += [("Cash given", share.given_minor), ("Change", paying.change_minor)]
            else:
                said.append((_WORDS[share.method], share.amount_minor))
        return said


def _standing(method: str, *, awaiting: bool) -> str:
    if awaiting:
        return "Awaiting"
    return {CASH: "Received", TRANSFER: "Seen by us", CARD: "By card"}.get(method, "Owed")
