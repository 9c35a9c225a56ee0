"""The middle of the Pay dialog: the ways to pay at the left, the chosen one at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from posapp.domain.tendering import ACCOUNT, CASH, TRANSFER, Tendering
from posapp.gui.dialogs.pay_back import PayBack
from posapp.gui.dialogs.pay_methods import PaySide
from posapp.gui.dialogs.pay_panes import AccountPane, CardPane, CashPane, PayPane
from posapp.gui.dialogs.pay_transfer import TransferPane
from posapp.gui.widgets.base import Item, column, row
from posapp.queries.payment_ways import PaymentWays


class PayPart(QWidget):
    """`changed` carries the `Tendering` as it is now.

    A way that is chosen proposes to pay what is left. What was only proposed gives way to the
    next choice; what a person typed stays, and makes a split.
    """

    changed = Signal(object)

    def __init__(self, currency: str, ways: PaymentWays, till: str, above: Item) -> None:
        super().__init__()
        self._step = ways.cash_step_minor
        self.paying, self.chosen = Tendering(0), CASH
        self._proposed = ""  # the way whose amount nobody has touched yet
        self.side = PaySide(currency)
        self.account = AccountPane(currency)
        self.transfer = TransferPane(currency, ways.account)
        panes = (CashPane(currency), self.transfer, CardPane(currency), self.account)
        self.panes: dict[str, PayPane] = {pane.method: pane for pane in panes}
        self._shown = QStackedWidget()
        for pane in panes:
            self._shown.addWidget(pane)
            pane.wished.connect(self._wished)
        self.gives_back = False  # an exchange: nothing is to be paid, and something goes back
        self.back = PayBack(currency, till)
        self._shown.addWidget(self.back)
        self.back.changed.connect(lambda: self.changed.emit(self.paying))
        right = column(above, self._shown, margins=(24, 16, 24, 12), spacing=8)
        box = row(self.side, right, spacing=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.side.chosen.connect(self.choose)

    @property
    def is_touched(self) -> bool:
        """Whether money was written down that would be lost."""
        return any(share.method != self._proposed for share in self.paying.shares)

    def begin(self, total_minor: int, *, back_minor: int = 0) -> None:
        """Begin with all of it in cash; of an exchange, `back_minor` goes back to the customer instead."""
        self.side.back_minor = back_minor
        self.paying, self._proposed = Tendering(total_minor, self._step), ""
        self.gives_back = back_minor > 0 and total_minor == 0
        self.side.setVisible(not self.gives_back)
        if self.gives_back:
            self._shown.setCurrentWidget(self.back)
            self.back.begin(back_minor)
            self.back.first().setFocus()
        else:
            self.choose(CASH)

    def choose(self, method: str) -> None:
        """Pay what is left by this way; what another one only proposed is taken back."""
        if self.gives_back:
            return
        paying = self._without_proposal(method)
        self.chosen = method
        room = paying.room(method)
        if method == ACCOUNT:
            room = min(room, self.account.free_minor)
        if paying.share(method) is None and room > 0:
            paying = _propose(paying, method, room)
            self._proposed = method
        self._show(paying)
        first = self.panes[method].first()
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def firm(self) -> Tendering:
        """What a person said is paid or awaited, without a mere proposal of cash or card."""
        firm = self.paying if self._proposed == TRANSFER else self._without_proposal("")
        self._show(firm)
        return firm

    def _without_proposal(self, method: str) -> Tendering:
        proposed, self._proposed = self._proposed, self._proposed if self._proposed == method else ""
        if proposed in ("", method):
            return self.paying
        return self.paying.give_cash(0) if proposed == CASH else self.paying.pay(proposed, 0)

    def _wished(self, paying: Tendering) -> None:
        if self._proposed == self.chosen:
            self._proposed = ""
        self._show(paying)

    def _show(self, paying: Tendering) -> None:
        self.paying = paying
        self.side.show_paying(paying, self.chosen)
        self.panes[self.chosen].show_paying(paying)
        self._shown.setCurrentWidget(self.panes[self.chosen])
        self.changed.emit(paying)


def _propose(paying: Tendering, method: str, room: int) -> Tendering:
    if method == CASH:
        return paying.give_cash(room)
    return paying.pay(method, room, awaiting=method == TRANSFER)
