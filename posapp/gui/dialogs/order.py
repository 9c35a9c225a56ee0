"""The order dialog: what an order is, why it needs a person, and the decision about it."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from posapp.gui import keys
from posapp.gui.dialogs.deed import TOLD
from posapp.gui.dialogs.order_commit import Commitment, Done
from posapp.gui.dialogs.order_decision import DecisionPanel
from posapp.gui.dialogs.order_deeds import Deeds, next_deed
from posapp.gui.dialogs.order_footer import OrderFooter
from posapp.gui.dialogs.order_head import OrderHead
from posapp.gui.dialogs.order_history import HistoryRow
from posapp.gui.dialogs.order_lines import LinesCard
from posapp.gui.dialogs.order_messages import messages_of
from posapp.gui.dialogs.order_news import changed_words, concerns, is_news
from posapp.gui.dialogs.order_standing import Standing
from posapp.gui.dialogs.order_strips import Said
from posapp.gui.dialogs.order_told import OrderStrips
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.dialog import ORDER_DIALOG, DialogShell
from posapp.gui.widgets.toast import ToastArea
from posapp.queries.attention import attention_rows
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details

CHOICE_KEYS = ("refund_excess", "refund_order", "fulfill_order")


class OrderDialog(DialogShell):
    """One order, modal to its window. Choosing a decision shows its effect; only the commit does it.

    No button that moves money is a default or has the focus by itself. Figures follow the database while
    the dialog is open; a decision on older ones does nothing but show the new effect.
    """

    def __init__(self, parts: Parts, order_id: str, *, parent: QWidget) -> None:
        super().__init__("Order", parent, size=ORDER_DIALOG)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.parts, self.order_id = parts, order_id
        self.details: OrderDetails | None = None
        self._news: Said | None = None
        self.head = OrderHead(self, parts.shop, partial(messages_of, parts))
        self.strips = OrderStrips(parts)
        self.lines = LinesCard(parts.shop.currency)
        self.actions_row = OrderFooter()
        self.commit, self.through = self.actions_row.commit, self.actions_row.through
        self.commitment = Commitment(parts, self)
        self.decision = DecisionPanel(parts, self.commit)
        self.standing = Standing(parts.shop)
        self.history = HistoryRow()
        self.per_line = Button("Per line…", Variant.QUIET, Size.SMALL, icon="split")
        self.per_line.setObjectName("mixed")
        self.history.put_first(self.per_line)
        self.toasts = ToastArea(self.middle)
        self.deeds = Deeds(parts, self, self.say, self._current)
        self.add(self.strips, self.lines, 12, self.decision, self.standing, STRETCH, self.history, 4)
        self.footer.add(self.actions_row)
        self._connect()
        self.open_order(order_id)

    def _connect(self) -> None:
        self.actions_row.close_button.clicked.connect(self.reject)
        self.head.contact.failed.connect(lambda words: self.say(words, icon="circle-alert"))
        self.head.contact.copied.connect(lambda words: self.say(words, icon="copy"))
        self.strips.acted.connect(self._act)
        self.deeds.see.connect(self._see)
        self.deeds.done.connect(lambda: self.reload(own=True))
        self.per_line.clicked.connect(lambda: self.decision.choose("mixed"))
        self.history.timeline_asked.connect(lambda: self.deeds.do("timeline"))
        self.history.revisions_asked.connect(lambda: self.deeds.do("revisions"))
        self.actions_row.more.clicked.connect(self._show_menu)
        self.actions_row.next.clicked.connect(self._do_next)
        self.commit.clicked.connect(self._commit)
        self.decision.chosen.connect(lambda: QTimer.singleShot(0, self, self._show_effect))
        self.commitment.done.connect(self._done)
        self.commitment.refused.connect(self._refused)
        self.parts.changes.changed.connect(self._told)
        keys.bind(self, "print", self._print)
        for key in CHOICE_KEYS:
            keys.bind(self, key, partial(self.decision.choose, key))

    def _current(self) -> OrderDetails:
        assert self.details is not None, "an order is shown before anything can be asked of it"
        return self.details

    def say(self, sentence: str, **options: Any) -> None:
        """Say what was done: here while this is open, else in the window."""
        if shiboken6.isValid(self) and self.isVisible():
            self.toasts.show_toast(sentence, **options)
        else:
            self.parts.toast(sentence, **options)

    # --- showing ---------------------------------------------------------------------------------------

    def open_order(self, order_id: str) -> bool:
        """Show another order in this dialog; says whether there is one."""
        details = order_details(self.parts.reader, order_id, self.parts.clock())
        if details is None:
            self.set_title("Order not found")
            return False
        self.order_id, self._news = order_id, None
        self._show(details)
        short = next((line.line_id for line in details.lines if line.short > 0), None)
        if short is not None:
            self.lines.table.select_id(short)
        self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.middle.verticalScrollBar().setValue(0)
        return True

    def reload(self, *, own: bool = False) -> None:
        """Read the order anew; what others changed under the person's eyes is said in a strip."""
        before = self._current()
        after = order_details(self.parts.reader, self.order_id, self.parts.clock())
        if after is None:
            return
        if is_news(before, after) and not own and not self.commitment.busy:
            self._news = Said(Tone.WAITING, changed_words(before, after))
        self._show(after)

    def _show(self, details: OrderDetails) -> None:
        self.details, now, shop = details, self.parts.clock(), self.parts.shop
        decide = bool(details.offers)
        deed = None if decide else next_deed(details)
        self.head.show_order(details, now)
        self.strips.show_order(details, self._news)
        self.lines.show_order(details)
        self.decision.show_order(details)
        self.decision.setVisible(decide)
        self.standing.setVisible(not decide)
        if not decide:
            self.standing.show_order(details, now)
        self.history.show_order(details, shop, now)
        missing = sum(line.short for line in details.lines if line.short > 0)
        self.per_line.setVisible(any(o.key == "mixed" for o in details.offers) and missing > 1)
        self.actions_row.show_order(details, deed=deed.word if deed else "")
        order_tabs(self)

    def _show_effect(self) -> None:
        """Bring the effect into view where large text or many lines leave no room for all."""
        self.middle.ensureWidgetVisible(self.decision.effect, 0, 8)

    def _told(self, names: frozenset[str], events: Iterable[object]) -> None:
        if self.details is None or self.commitment.busy or self.deeds.is_busy or not names & TOLD:
            return
        if concerns(self.details, events):
            self.reload()
        elif self.decision.key:
            self.decision.foresee()

    def _see(self, order_id: str) -> None:
        OrderDialog(self.parts, order_id, parent=self).open()

    def _show_menu(self) -> None:
        menu = self.deeds.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.actions_row.more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def _print(self) -> None:
        """Ctrl+P: the receipt where there is a printer, else the packing slip."""
        self.deeds.do("slip" if self.parts.paper.state.phase == "none" else "print")

    def _act(self, deed: str) -> None:
        """Do what a strip offers: a decision is only chosen, everything else is done."""
        name, _, key = deed.partition(":")
        if name == "choose":
            self.decision.choose(key)
        else:
            self.deeds.do(deed)

    def _do_next(self) -> None:
        deed = next_deed(self._current())
        if deed is not None:
            self.deeds.do(deed.deed)

    # --- deciding --------------------------------------------------------------------------------------

    def _commit(self) -> None:
        """Carry out what is shown, if it is still so."""
        shown = self.decision.preview
        if self.decision.ready and shown is not None:
            self.commitment.carry_out(self._current(), self.decision.label, shown)

    def _refused(self, said: Said) -> None:
        """Nothing was done: say why, and show what it would do now."""
        after = order_details(self.parts.reader, self.order_id, self.parts.clock())
        self._news = said
        if after is not None:
            self._show(after)

    def _done(self, done: Done) -> None:
        """Say what was done; then the next order, the rest of this one, or back to where one came from."""
        settled = self._current()
        after = order_details(self.parts.reader, self.order_id, self.parts.clock())
        goes_on = self.through.isChecked() and self._open_next(settled)
        if not goes_on and after is not None and after.cases:
            self._news, goes_on = None, True
            self.decision.clear()
            self._show(after)
            self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)
        done.tell(self.say if goes_on else self.parts.toast)
        if not goes_on:
            self.accept()

    def _open_next(self, settled: OrderDetails) -> bool:
        """Show the order that waits next, after this one's place in the list; the first after the last."""
        rows = [row for row in attention_rows(self.parts.reader) if row.id != settled.id]
        later = [row for row in rows if row.paid_at and settled.paid_at and row.paid_at >= settled.paid_at]
        found = next(iter(later or rows), None)
        return found is not None and self.open_order(found.id)

    def reject(self) -> None:
        """Esc goes one level back, but not while a decision is being carried out."""
        if not self.commitment.busy:
            super().reject()


def order_tabs(dialog: OrderDialog) -> None:
    """Lead Tab from the lines over the choice and its fields to the commit, then through the rest."""
    contact, history, footer = dialog.head.contact, dialog.history, dialog.actions_row
    chain = (
        dialog.lines.table, *dialog.decision.stops(), dialog.commit, footer.next, footer.close_button, footer.more,
        dialog.through, dialog.per_line, history.timeline, history.revisions, *dialog.strips.stops(), contact.call,
        contact.whatsapp, contact.copy,
    )  # fmt: skip
    for first, second in pairwise(chain):
        QWidget.setTabOrder(first, second)
