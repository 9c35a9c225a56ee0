"""A new revision of an order of our own: lines made smaller, items added; the effect is seen before it happens."""

from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from posapp.commands.orders import EditOrder, NewLine
from posapp.desk import Outcome
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs import effect_words
from posapp.gui.dialogs.draft import with_one_more
from posapp.gui.dialogs.draft_lines import DraftLines
from posapp.gui.dialogs.edit_lines import EditLines
from posapp.gui.dialogs.effect_view import EffectView
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.dialogs.item_field import ItemField
from posapp.gui.dialogs.order_plan import ways_of
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.pick_field import Pick
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, CommitButton, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.strip import Strip
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details
from posapp.queries.effect_rows import Effect
from posapp.queries.effects import foresee_edit

SIZE = QSize(1040, 680)
FORESEE_AFTER_MS = 80  # a person steps through several numbers in a row
_NEWS = {"OrderChanged", "StockChanged", "AttentionRaised", "AttentionSettled"}


class EditOrderDialog(FormDialog):
    """Nothing happens before the commit; when the order changes meanwhile, its figures are shown anew."""

    throw_away = "Throw these changes away?"

    def __init__(self, parts: Parts, details: OrderDetails, *, parent: QWidget | None = None) -> None:
        super().__init__(f"Edit order {details.number}", parent, size=SIZE)
        self._parts, self._details = parts, details
        self.effect: Effect | None = None
        currency = parts.shop.currency
        self.news = Strip(Tone.WAITING, "The order changed meanwhile. These are its figures now.")
        self.news.hide()
        self.lines = EditLines(currency)
        self.items = ItemField(parts, placeholder="Add more: name, code or barcode")
        self.added = DraftLines(currency, "More of an item is a line of its own, at today's price.")
        self.view = EffectView(parts.shop, ())
        self.view.show_units(False)
        self.view.payout.offer_amounts(adjustable=False, delivery_minor=0)
        ways = ways_of(parts.reader, details, parts.shop.till)
        self.view.payout.offer_ways(ways, offline=parts.post.line.phase == "offline")
        self.reason = Input("Why (for the history)")
        self.commit = CommitButton("Save")
        self.commit.setObjectName("commit_edit")
        self._soon = QTimer(self, singleShot=True, interval=FORESEE_AFTER_MS)
        self._lay_out()
        self._connect()
        self._show_details()

    def _lay_out(self) -> None:
        self.add(
            8, self.news, self.problem, 8, self.lines, 12, self.items, 12, self.added, 16, self.view, 16, self.reason,
            16, STRETCH,
        )  # fmt: skip
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def _connect(self) -> None:
        self.lines.changed.connect(self._soon.start)
        self.items.picked.connect(self._add)
        self.added.changed.connect(lambda _: self._soon.start())
        self.view.changed.connect(self._soon.start)
        self._soon.timeout.connect(self.foresee)
        self.commit.clicked.connect(self._save)
        self._parts.changes.changed.connect(self._told)

    def _show_details(self) -> None:
        who = text.outside(self._details.contact.name, 40)
        self.set_sub(f"For {who}. Lines can be made smaller, items added." if who else "Walk-in")
        self.lines.show_lines(self._details.lines, self.lines.wanted())
        self.foresee()
        if self.lines.rows:
            self.lines.rows[0].stepper.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dirty(self) -> bool:
        """Say whether anything was changed."""
        return bool(self.lines.wanted() or self.added.lines)

    def _add(self, pick: Pick) -> None:
        self.added.show_lines(with_one_more(self.added.lines, pick.value))
        self._soon.start()

    # --- the effect -----------------------------------------------------------------------------------

    def _fields(self) -> dict[str, Any]:
        payout = self.view.chosen_payout()
        return {
            "order_id": self._details.id,
            "seen_version": self._details.version,
            "wanted": self.lines.wanted(),
            "added": tuple(NewLine(x.product.id, x.quantity, x.price_minor) for x in self.added.lines),
            "route": payout.route,
            "reference": payout.reference,
            "reason": self.reason.text,
            "offline": self._parts.post.line.phase == "offline",
        }

    def foresee(self) -> None:
        """Show what saving would do, by the code that will do it."""
        self._soon.stop()
        self.say_problem("")
        self.view.setVisible(self.is_dirty())
        if not self.is_dirty():
            self.effect = None
            self.commit.restate("Nothing is different yet", Variant.PRIMARY, None)
            self.commit.setEnabled(False)
            return
        now = self._parts.perform.now()
        command = EditOrder(id="preview", actor=self._parts.perform.actor, at=now, **self._fields())
        try:
            self.effect = foresee_edit(self._parts.reader, command, now)
        except Refused as refusal:
            self.effect = None
            self.view.hide()
            self.say_problem(refusal.message)
            self.commit.setEnabled(False)
            return
        self._show_effect(self.effect)

    def _show_effect(self, effect: Effect) -> None:
        money, number = effect.money, self._details.number
        self.view.set_title(f"Effect of the changes to {number}")
        self.view.show_money(effect)
        self.view.payout.setVisible(money.amount_minor > 0)
        self.view.show_rows(effect)
        if money.amount_minor > 0:
            paid = f"Save: pay {person(money.customer)} {text.money(money.amount_minor, money.currency)}"
            self.commit.restate(paid, Variant.DANGER, "undo-2")
        else:
            total = text.money(money.total_after_minor, money.currency)
            self.commit.restate(f"Save order {number}: total {total}", Variant.PRIMARY, None)
        self.commit.setEnabled(True)

    def _told(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        """Show the order as it is now when somebody else changed it or its stock."""
        if not names & _NEWS or not self.isVisible():
            return
        found = order_details(self._parts.reader, self._details.id, self._parts.clock())
        if found is None or found == self._details:
            return
        changed = found.version != self._details.version
        self._details = found
        if changed:
            self.news.show()
            self._show_details()
        else:
            self.foresee()

    # --- the deed -------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._soon.isActive():  # what is pressed must be what was read
            self._soon.stop()
            self.foresee()
            return
        if self.effect is None:
            return
        self.begin(self.commit)
        self._parts.changes.changed.disconnect(self._told)
        self._parts.perform(EditOrder, done=self._saved, failed=self._not_saved, **self._fields())

    def _saved(self, _outcome: Outcome) -> None:
        if self.effect is not None:
            money = self.effect.money
            total = text.money(money.total_after_minor, money.currency)
            words = f"Order {self._details.number} is changed, total {total}"
            if money.amount_minor:
                words = effect_words.done_words("Changed", self.effect)
            self._parts.toast(words)
        if shiboken6.isValid(self):
            self.done_waiting()
            self.accept()

    def _not_saved(self, refusal: Refused) -> None:
        self._parts.changes.changed.connect(self._told)
        self.done_waiting()
        self._told(frozenset(_NEWS), ())
        self.say_problem(refusal.message)
