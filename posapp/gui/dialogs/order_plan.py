"""A decision as it stands in the dialog, and its preview by the code that will carry it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from posapp.commands.resolutions import Resolve
from posapp.domain.errors import Refused
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.effect_rows import Effect
from posapp.queries.effects import foresee
from posapp.queries.reader import Reader

PREVIEW = "preview"  # the id of commands that are only looked at


def usual_route(details: OrderDetails) -> str:
    """Money that came in cash goes back in cash; other money a person sends back by hand."""
    left = [payment for payment in details.payments if payment.left_minor > 0]
    newest = max(left, key=lambda payment: payment.paid_at, default=None)
    return "cash" if newest is None or newest.method == "cash" else "hand"


@dataclass(frozen=True, slots=True)
class Payout:
    """How money goes back, as chosen. `amount_minor` None: what the units are worth; minor units."""

    route: str = "cash"
    reference: str = ""
    amount_minor: int | None = None
    shipping_minor: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision that was chosen and not yet committed; units by line id."""

    key: str
    payout: Payout = Payout()
    fulfill: Mapping[str, int] = field(default_factory=dict)
    refund: Mapping[str, int] = field(default_factory=dict)
    bring: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # line id, location id: units

    def fields(self) -> dict[str, Any]:
        """Give it as the fields of the command `Resolve`."""
        return {
            "key": self.key,
            "route": self.payout.route,
            "reference": self.payout.reference,
            "amount_minor": self.payout.amount_minor,
            "shipping_minor": self.payout.shipping_minor,
            "reason": self.payout.reason,
            "fulfill": {line: units for line, units in self.fulfill.items() if units},
            "refund": {line: units for line, units in self.refund.items() if units},
            "bring": {line: dict(places) for line, places in self.bring.items()},
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would do. With `refusal` it cannot be done so; `effect` then is without the typed amounts."""

    plan: Plan
    effect: Effect | None
    refusal: Refused | None = None


def preview(reader: Reader, order_id: str, plan: Plan, *, actor: str, at: datetime) -> Preview:
    """Foresee a plan; where it is refused, say why and show at least what the bare decision would do."""
    try:
        return Preview(plan, _foresee(reader, order_id, plan, actor, at))
    except Refused as refusal:
        bare = Plan(plan.key, Payout(plan.payout.route), plan.fulfill, plan.refund, plan.bring)
        try:
            return Preview(plan, _foresee(reader, order_id, bare, actor, at), refusal)
        except Refused:
            return Preview(plan, None, refusal)


def _foresee(reader: Reader, order_id: str, plan: Plan, actor: str, at: datetime) -> Effect:
    command = Resolve(id=PREVIEW, actor=actor, at=at, order_id=order_id, **plan.fields())
    return foresee(reader, command, at)
