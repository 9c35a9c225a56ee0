"""What the two ways to take goods back share: one button that gives the money back, and what is said afterwards."""

from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from posapp.commands.command import Command
from posapp.desk import Outcome
from posapp.domain.errors import Refused
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.payout_form import PayoutForm
from posapp.gui.parts import Parts
from posapp.gui.widgets.button import CommitButton, Variant


class GivingBack(FormDialog):
    """`taken` carries the order's id once the money is given back. Override `offer`."""

    taken = Signal(str)
    throw_away = "Forget what came back?"

    def __init__(self, title: str, parts: Parts, parent: QWidget, size: QSize) -> None:
        super().__init__(title, parent, size=grown(size))
        self.parts = parts
        self.payout = PayoutForm(parts.shop.currency, parts.shop.till)
        self.commit = CommitButton("Take back", Variant.DANGER, icon="undo-2")
        self.commit.setObjectName("commit_take_back")
        self._told, self._in_cash = "", False

    def offer(self) -> None:
        """Show what the button would do, or why it cannot be pressed."""

    def give(self, kind: type[Command], told: str, fields: dict[str, Any]) -> None:
        """Give the money back; `told` is said when it is done."""
        self._told, self._in_cash = told, fields.get("route") == "cash"
        self.begin(self.commit)
        self.parts.perform(kind, done=self._done, failed=self._not_done, **fields)

    def _done(self, outcome: Outcome) -> None:
        if self._in_cash:
            self.parts.paper.sold(cash=True)  # the drawer opens for what is taken out of it
        self.parts.toast(self._told, icon="undo-2")
        if shiboken6.isValid(self):  # it may have been left meanwhile
            self.done_waiting()
            self.taken.emit(outcome.answer)
            self.accept()

    def _not_done(self, refusal: Refused) -> None:
        if shiboken6.isValid(self):
            self.done_waiting()
            self.offer()
            self.say_problem(refusal.message)
