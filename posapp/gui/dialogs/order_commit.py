"""From the commit button to the desk and back: done, refused, or overtaken by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal

from posapp.commands.resolutions import Resolve
from posapp.domain.errors import AlreadyResolved, FactsChanged, Refused
from posapp.domain.outbox import UNDO_FOR
from posapp.gui.dialogs import effect_words
from posapp.gui.dialogs.deed import Toast
from posapp.gui.dialogs.order_deeds import undo_decision
from posapp.gui.dialogs.order_news import resolved_words
from posapp.gui.dialogs.order_plan import Preview
from posapp.gui.dialogs.order_strips import Said
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details

LOOK_AGAIN = (
    "The order or its stock changed while you were deciding. Nothing was done. Look at the new effect below."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in words, and what takes it back; `is_held`: money waits a few seconds before it is asked for."""

    sentence: str
    undo: Callable[[Toast], None] | None = None
    is_held: bool = False

    def tell(self, toast: Toast) -> None:
        """Say it, with the way back for as long as there surely is one."""
        if self.undo is None:
            toast(self.sentence)
            return
        undo = partial(self.undo, toast)
        if self.is_held:
            seconds = int(UNDO_FOR.total_seconds())
            toast(self.sentence, action="Undo", on_action=undo, seconds=seconds, countdown=True)
        else:
            toast(self.sentence, action="Undo", on_action=undo)


class Commitment(QObject):
    """Carries one decision out at a time. `done` tells what was done, `refused` in a strip why nothing was."""

    done = Signal(object)  # Done
    refused = Signal(object)  # Said

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.busy = False

    def carry_out(self, details: OrderDetails, label: str, shown: Preview) -> None:
        """Bring the decision to the desk, on the facts that were shown and no others."""
        effect = shown.effect
        if self.busy or effect is None:
            return
        self.busy = True

        def done(_: object) -> None:
            if shiboken6.isValid(self):
                self.busy = False
                words = effect_words.done_words(label, effect, offline=shown.plan.offline)
                self.done.emit(self._done(words, details, decision_id))

        decision_id = self._parts.perform(
            Resolve,
            done=done,
            failed=self._refused,
            order_id=details.id,
            seen=effect.seen,
            **shown.plan.fields(),
        )

    def _done(self, sentence: str, details: OrderDetails, decision_id: str) -> Done:
        """What was done, and what takes it back where it can be: money that left stays gone."""
        after = order_details(self._parts.reader, details.id, self._parts.clock())
        made = (
            next((offer for offer in after.undo if offer.decision_id == decision_id), None) if after else None
        )
        if made is None or not made.can.allowed:
            return Done(sentence)
        parts = self._parts
        return Done(
            sentence,
            lambda toast: undo_decision(parts, details.id, details.number, decision_id, toast),
            is_held=made.held_minor > 0,
        )

    def _refused(self, refusal: Refused) -> None:
        if not shiboken6.isValid(self):
            return
        self.busy = False
        match refusal:
            case FactsChanged():
                said = Said(Tone.WAITING, LOOK_AGAIN)
            case AlreadyResolved():
                said = Said(Tone.WAITING, resolved_words(refusal, self._parts.shop, self._parts.clock()))
            case _:
                said = Said(Tone.STOPPED, refusal.message)
        self.refused.emit(said)
