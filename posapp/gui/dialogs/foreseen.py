"""Small dialogs that show the effect of their deed before it is done: cancelling, handing over, swapping."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from posapp.commands.command import Command
from posapp.commands.orders import CancelOrder, HandOver
from posapp.commands.resolutions import SwapAllocation
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs.deed import DeedDialog, Toast
from posapp.gui.dialogs.effect_view import EffectView
from posapp.gui.dialogs.order_plan import PREVIEW, usual_route, ways_of
from posapp.gui.dialogs.order_strips import Said
from posapp.gui.dialogs.order_words import person, units_held
from posapp.gui.dialogs.swap_sides import SwapSides
from posapp.gui.dialogs.units_form import UnitsLine
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.button import Variant
from posapp.gui.widgets.field import Input
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details
from posapp.queries.effect_rows import Effect
from posapp.queries.effects import foresee_any


class ForeseenDialog(DeedDialog):
    """Shows what its command would do, by the code that will do it, and says why where it cannot be done."""

    keeps_view = False  # whether the panel stays while the deed is refused: one types into it

    def __init__(
        self, parts: Parts, order_id: str, parent: QWidget, *, title: str, units: str, toast: Toast | None
    ) -> None:
        super().__init__(parts, order_id, parent, title=title, wide=920, toast=toast)
        self.effect_view = EffectView(parts.shop, (units,))
        self.effect_view.show_units(False)
        self.details: OrderDetails | None = None
        self.effect: Effect | None = None
        self.effect_view.changed.connect(self._foresee)
        self.way_out.setFocus()

    def show_details(self, details: OrderDetails) -> None:
        """Foresee anew."""
        self.details = details
        self._foresee()

    def _foresee(self) -> None:
        if self.details is None:
            return
        at = self.parts.clock()
        command = self.command_of(PREVIEW, at)
        try:
            self.effect = foresee_any(self.parts.reader, command, self.order_id, at)
        except Refused as refusal:
            self.effect = None
            self.strips.show_strips([Said(Tone.STOPPED, refusal.message)])
        else:
            self.strips.show_strips([])
            self.show_effect(self.effect)
        self.effect_view.setVisible(self.effect is not None or self.keeps_view)
        self.commit.setEnabled(self.effect is not None)

    def command_of(self, command_id: str, at: datetime) -> Command:
        """Make the command as it is chosen now."""
        raise NotImplementedError

    def show_effect(self, effect: Effect) -> None:
        """Fill the panel and restate the effect on the commit."""
        raise NotImplementedError


class CancelOrderDialog(ForeseenDialog):
    """Cancelling gives back what was paid and frees what is held; a reason is kept with it."""

    def __init__(self, parts: Parts, order_id: str, parent: QWidget, *, toast: Toast | None = None) -> None:
        super().__init__(parts, order_id, parent, title="Cancel order", units="Units", toast=toast)
        self.reason = Input("Why", placeholder="Kept with the order")
        self.reason.edit.setObjectName("reason")
        self.reason.edit.setMaxLength(200)
        self.add(self.reason, 16, self.effect_view, 24)
        self.set_footer_of()
        self.load()
        self.reason.edit.setFocus()

    def command_of(self, command_id: str, at: datetime) -> Command:
        """Cancel, the money by the way that is chosen."""
        return CancelOrder(
            id=command_id, actor=self.parts.shop.person, at=at, order_id=self.order_id, **self._way()
        )

    def show_details(self, details: OrderDetails) -> None:
        """Propose the way that the money came; later news leaves what was chosen since."""
        if self.details is None:
            ways = ways_of(self.parts.reader, details, self.parts.shop.till)
            self.effect_view.payout.offer_ways(ways, offline=self.parts.post.line.phase == "offline")
            self.effect_view.reset(usual_route(details, ways))
        super().show_details(details)

    def _way(self) -> dict[str, Any]:
        payout, offline = self.effect_view.chosen_payout(), self.parts.post.line.phase == "offline"
        return {
            "route": payout.route, "reference": payout.reference, "reason": self.reason.text, "offline": offline,
        }  # fmt: skip

    def show_effect(self, effect: Effect) -> None:
        """Show money, stock and order."""
        view, money = self.effect_view, effect.money
        view.set_title("Effect of cancelling")
        view.show_money(effect)
        view.payout.setVisible(money.amount_minor > 0)
        view.payout.offer_amounts(adjustable=False, delivery_minor=0)
        view.show_rows(effect)
        who, number = person(money.customer), text.outside(effect.order.number, 24)
        pay = (
            f": pay {who} {text.money(money.amount_minor, money.currency)}"
            if money.amount_minor
            else f" of {who}"
        )
        variant = Variant.DANGER if money.amount_minor else Variant.PRIMARY
        self.commit.restate(f"Cancel {number}{pay}", variant, "circle-x")

    def press(self) -> None:
        """Cancel it."""
        if self.effect is not None:
            number = text.outside(self.effect.order.number, 24)
            self.carry_out(CancelOrder, f"{number} is cancelled", icon="circle-x", **self._way())


class HandOverDialog(ForeseenDialog):
    """Packing and handing over held units, all of them or line by line."""

    keeps_view = True

    def __init__(self, parts: Parts, order_id: str, parent: QWidget, *, toast: Toast | None = None) -> None:
        super().__init__(parts, order_id, parent, title="Pack and hand over", units="Hand over", toast=toast)
        self.add(self.effect_view, 24)
        self.set_footer_of()
        self.effect_view.show_units(True)
        self.load()
        self.effect_view.units.focus_first()

    def show_details(self, details: OrderDetails) -> None:
        """Offer what is held, all of it at first; Tab comes to the units first and to the commit last."""
        units, held = self.effect_view.units, [line for line in details.lines if line.held]
        typing = units.isAncestorOf(self.focusWidget())
        units.show_lines(
            [
                UnitsLine(line.line_id, line.name, f"of {text.number(line.held)} held", line.held, line.held)
                for line in held
            ]
        )
        for first, second in pairwise((*units.stops(), self.way_out, self.commit)):
            QWidget.setTabOrder(first, second)
        if typing and not units.isAncestorOf(self.focusWidget()):
            units.focus_first()  # the numbers were made anew
        super().show_details(details)

    def _units(self) -> dict[str, int]:
        return self.effect_view.units.units("Hand over")

    def _foresee(self) -> None:
        super()._foresee()
        if self.effect is not None and not self._units():
            self.commit.restate("Choose what to hand over", Variant.PRIMARY, "package-check")
            self.commit.setEnabled(False)

    def command_of(self, command_id: str, at: datetime) -> Command:
        """Hand over the chosen units."""
        return HandOver(
            id=command_id, actor=self.parts.shop.person, at=at, order_id=self.order_id, units=self._units()
        )

    def show_effect(self, effect: Effect) -> None:
        """Show what leaves the shelf."""
        self.effect_view.set_title("Effect of handing over")
        self.effect_view.show_money(effect)
        self.effect_view.payout.hide()
        self.effect_view.show_rows(effect)
        units = units_held([(count, "") for count in self._units().values()])
        who = person(effect.money.customer)
        self.commit.restate(f"Hand over {units} to {who}", Variant.PRIMARY, "package-check")

    def press(self) -> None:
        """Hand over."""
        if self.effect is None or not self._units():
            return
        who, number = person(self.effect.money.customer), text.outside(self.effect.order.number, 24)
        units = units_held([(count, "") for count in self._units().values()])
        self.carry_out(
            HandOver, f"{number}: {units} handed over to {who}", icon="package-check", units=self._units()
        )


class SwapDialog(ForeseenDialog):
    """Giving a waiting order the units of one that paid later and overtook it."""

    def __init__(
        self, parts: Parts, order_id: str, other_id: str, parent: QWidget, *, toast: Toast | None = None
    ) -> None:
        super().__init__(parts, order_id, parent, title="Swap for", units="Units", toast=toast)
        self._other_id = other_id
        self.sides = SwapSides()
        self.add(self.sides, 12, self.effect_view, 24)
        self.set_footer_of()
        self.load()

    def command_of(self, command_id: str, at: datetime) -> Command:
        """Swap with the other order."""
        return SwapAllocation(
            id=command_id,
            actor=self.parts.shop.person,
            at=at,
            order_id=self.order_id,
            other_id=self._other_id,
        )

    def show_effect(self, effect: Effect) -> None:
        """Show what changes hands, and who is short then."""
        self._show_sides(effect)
        self.effect_view.set_title("Effect of the swap")
        self.effect_view.show_money(effect)
        self.effect_view.payout.hide()
        self.effect_view.show_rows(effect)
        self.commit.restate(self._words(effect, "give"), Variant.PRIMARY, "replace")

    def _show_sides(self, effect: Effect) -> None:
        """Both orders beside each other, with what each holds before and after."""
        now = self.parts.clock()
        given = order_details(self.parts.reader, self._other_id, now)
        other = next((o for o in effect.others if o.order_id == self._other_id), None)
        if self.details is not None and given is not None and other is not None:
            lines = (effect.order.lines, other.lines)
            self.sides.show_both((self.details, given), lines, self.parts.shop, now)

    def _words(self, effect: Effect, verb: str) -> str:
        other = next((o for o in effect.others if o.order_id == self._other_id), None)
        units = text.number(-other.units) if other else "them"
        number = f" of order {text.outside(other.number, 24)}" if other else ""
        return f"Swap: {verb} {person(effect.money.customer)} {units}{number}"

    def press(self) -> None:
        """Swap."""
        if self.effect is not None:
            self.carry_out(
                SwapAllocation, self._words(self.effect, "gave"), icon="replace", other_id=self._other_id
            )
