"""Settings, Shifts: whether the drawer is counted blind, and when a difference needs a reason or a manager."""

from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section, SwitchCard
from posapp.gui.pages.settings_save import SaveButton
from posapp.gui.parts import Parts
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.queries.shifts import counting_rules

_WHEN = (
    "The largest difference of any way to pay decides. Whoever manages shifts can close with any difference."
)


class ShiftsSection(Section):
    """The switch counts at once, the amounts when they are saved."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Shifts")
        self._parts = parts
        self.blind = SwitchCard(
            "Count blind",
            "Who closes sees what was expected only after the count.",
            "Who closes sees what is expected while counting.",
        )
        self.ask = AmountInput("Ask why over", parts.shop.currency)
        self.allow = AmountInput("Needs a manager over", parts.shop.currency)
        self.save = SaveButton(parts, (self.ask, self.allow), self._changed, self._readable)
        self.save.refused.connect(self.opened)
        card = Card()
        card.add(Label("Differences", Type.SECTION), 4, Label(_WHEN, Type.SMALL, ink="muted", wrap=True), 12)
        card.add(FieldRow((self.ask, 1), (self.allow, 1), wide=480))
        self.add(self.blind, card, row(self.save, STRETCH))
        self.blind.switch.toggled.connect(self._switch)

    def opened(self) -> None:
        """Read how it is set."""
        rules, currency = counting_rules(self._parts.reader), self._parts.shop.currency
        self._set_switch(on=rules.blind)
        self.ask.set_text(shown_amount(rules.ask_over_minor, currency))
        self.allow.set_text(shown_amount(rules.allow_over_minor, currency))
        self.save.offer()

    def _set_switch(self, *, on: bool) -> None:
        self.blind.switch.blockSignals(True)
        self.blind.show_state(on=on)
        self.blind.switch.blockSignals(False)

    def _switch(self, on: bool) -> None:
        if on == counting_rules(self._parts.reader).blind:
            return
        value = "true" if on else "false"
        self._parts.perform(
            ChangeSetting, key="blind_count", value=value, done=lambda _: self.opened(), failed=self._refused
        )

    def _changed(self) -> dict[str, str]:
        rules = counting_rules(self._parts.reader)
        now = {
            "shift_reason_over_minor": (rules.ask_over_minor, self.ask.amount_minor),
            "shift_manager_over_minor": (rules.allow_over_minor, self.allow.amount_minor),
        }
        return {
            key: str(typed) for key, (known, typed) in now.items() if typed is not None and typed != known
        }

    def _readable(self) -> bool:
        return self.ask.check() and self.allow.check()

    def _refused(self, why: Refused) -> None:
        self._parts.toast(text.outside(why.message), icon="circle-alert")
        self.opened()
