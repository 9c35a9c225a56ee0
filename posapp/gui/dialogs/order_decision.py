"""The heart of the order dialog: choose a decision, see its effect, and only then carry it out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.payments import SENT_OUT
from posapp.gui.dialogs import effect_words
from posapp.gui.dialogs.effect_view import FULFIL, REFUND, EffectView
from posapp.gui.dialogs.order_choices import ICONS, MIXED, Choices
from posapp.gui.dialogs.order_plan import Plan, Preview, Way, preview, usual_route, ways_of
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import announce, column
from posapp.gui.widgets.button import CommitButton, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import OrderDetails

NOTHING_YET = "Choose one to see what it would do. Nothing happens until you confirm it."
WHOLE = {"undo_refund": "Undo the refund"}  # names that would say too little on the commit
CHOOSE = "Choose what to do"


class DecisionPanel(QWidget):
    """Choices over their effect.

    `chosen` tells that a person chose, `previewed` that the preview is another one, or none.
    """

    previewed = Signal()
    chosen = Signal()

    def __init__(self, parts: Parts, commit: CommitButton) -> None:
        super().__init__()
        self._parts, self._commit = parts, commit
        self._details: OrderDetails | None = None
        self._restated: tuple[object, ...] = ()
        self._ways: tuple[Way, ...] = ()
        self.key = ""
        self.preview: Preview | None = None
        self.choices = Choices()
        self.effect = EffectView(parts.shop)
        self._hint = Card(edge="line", ground="raised")
        words = Label(NOTHING_YET, Type.SMALL, ink="muted", icon="eye", wrap=True)
        self._hint.add(words)
        self.setLayout(column(self.choices, 8, self._hint, self.effect))
        self.effect.hide()
        self.choices.chosen.connect(self._choose)
        self.choices.gone.connect(self.clear)
        self.effect.changed.connect(self.foresee)
        parts.post.line_changed.connect(self._line_changed)
        self._restate()

    @property
    def ready(self) -> bool:
        """Whether what is shown can be carried out as it stands."""
        shown = self.preview
        return shown is not None and shown.effect is not None and not shown.refusal and not self._unread

    @property
    def _unread(self) -> str:
        return self.effect.payout.error

    def show_order(self, details: OrderDetails) -> None:
        """Show what can be decided now; a chosen decision stays chosen, its effect is foreseen anew."""
        other = self._details is None or self._details.id != details.id
        self._details = details
        if other:
            self.clear()
        self.choices.show_offers(details)
        if self.key == MIXED and not self._offers(MIXED):
            self.clear()
        if self.key:
            self._offer_ways()
        self.foresee()

    def _offers(self, key: str) -> bool:
        return self._details is not None and any(o.key == key and o.can.allowed for o in self._details.offers)

    def choose(self, key: str) -> None:
        """Choose by key, as a shortcut does: preview only. What cannot be chosen says why."""
        if key == MIXED and self._offers(MIXED):
            self.choices.clear()
            self._choose(MIXED)
            self.effect.units.focus_first()
        elif not self.choices.choose(key) and (reason := self.choices.reason_against(key)):
            announce(self, reason)

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab stops at, in order."""
        view = self.effect
        return (
            *self.choices.buttons.values(), *view.bring.units.stops(), *view.units.stops(), *view.payout.stops()
        )  # fmt: skip

    def _choose(self, key: str) -> None:
        if key != self.key:
            self.key = key
            self._offer_ways()
            self.effect.reset(usual_route(self._details, self._ways) if self._details else "cash")
        self.foresee()
        self.chosen.emit()

    def _offer_ways(self) -> None:
        """Offer how money can go back; what a person gave by hand has gone through no gateway."""
        if self._details is None:
            return
        ways = ways_of(self._parts.reader, self._details, self._parts.shop.till)
        manual = self.key == "manual_refund"
        self._ways = tuple(way for way in ways if not (manual and way.route in SENT_OUT))
        self.effect.payout.offer_ways(self._ways, offline=self._offline)

    @property
    def _offline(self) -> bool:
        return self._parts.post.line.phase == "offline"

    def _line_changed(self) -> None:
        """The network went or came back under a decision that is looked at."""
        if self.key:
            self._offer_ways()
            self.foresee()

    def clear(self) -> None:
        """Have nothing chosen."""
        self.key = ""
        self.choices.clear()
        self.foresee()

    def foresee(self) -> None:
        """Work the chosen decision's effect out anew and show it."""
        self.preview = None
        if self.key and self._details is not None:
            self.effect.offer_bring(self.key, self._details)
            self.effect.offer_units(self._details)
            plan = Plan(
                self.key,
                self.effect.chosen_payout(),
                self.effect.units.units(FULFIL) if self.key == MIXED else {},
                self.effect.units.units(REFUND) if self.key == MIXED else {},
                self.effect.bring.chosen(),
                self._offline,
            )
            at, actor = self._parts.clock(), self._parts.shop.person
            self.preview = preview(self._parts.reader, self._details.id, plan, actor=actor, at=at)
            self.effect.show_preview(self.preview, self.label, self._details)
        self.effect.setVisible(self.preview is not None)
        self._hint.setVisible(self.preview is None and self._has_choices)
        self._restate()
        self.previewed.emit()

    @property
    def _has_choices(self) -> bool:
        return self._details is not None and bool(self._details.offers)

    @property
    def label(self) -> str:
        """Give the name of the chosen decision."""
        offers = self._details.offers if self._details else ()
        return next((offer.label for offer in offers if offer.key == self.key), "")

    def _restate(self) -> None:
        """Say on the commit what it would do; other words or other facts start its guard anew."""
        shown = self.preview
        self._commit.setEnabled(self.ready)
        effect = shown.effect if shown is not None and shown.refusal is None else None
        if effect is None:
            words, variant, icon, seen = CHOOSE, Variant.PRIMARY, None, ""
            if self.key:
                words, icon = self.label, ICONS.get(self.key)
        else:
            words = effect_words.commit_words(WHOLE.get(self.key, self.label), effect)
            variant = Variant.DANGER if effect_words.paid_out(effect) else Variant.PRIMARY
            icon, seen = ICONS.get(self.key), effect.seen
        if self._restated != (words, variant, icon, seen):
            self._restated = (words, variant, icon, seen)
            self._commit.restate(words, variant, icon)
            if not self.ready and self._commit.hasFocus():
                self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
