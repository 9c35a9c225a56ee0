"""A decision as it stands in the dialog, and its preview by the code that will carry it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from posapp.commands.resolutions import Resolve
from posapp.domain.errors import Refused
from posapp.domain.payments import Teller
from posapp.gui import text
from posapp.gui.method_words import method
from posapp.queries.detail_rows import OrderDetails, PaymentFacts
from posapp.queries.effect_rows import Effect
from posapp.queries.effects import foresee
from posapp.queries.reader import Reader
from posapp.queries.refund_ways import refund_ways

PREVIEW = "preview"  # the id of commands that are only looked at
BY_HAND = "Transfer or another way, done"
NEVER_WAS = ("no_shop", "paid_here", "no_provider")  # why a way is none for this order, and will be none
# How money goes back as it came; what no teller of these told came through a provider.
_ROUTES_BACK: dict[str, str] = {Teller.SHOP: "gateway", Teller.HAND: "hand", Teller.BEFORE: "hand"}


@dataclass(frozen=True, slots=True)
class Way:
    """A way for money to go back, as it is offered; with `why_not` it is shown and cannot be chosen."""

    route: str
    word: str
    why_not: str = ""


def ways_of(reader: Reader, details: OrderDetails, till: str) -> tuple[Way, ...]:
    """The ways for an order's money, those through a gateway first; what there never was is not offered."""
    words = {
        "provider": f"{_provider_of(details)}, back to card or bank",
        "gateway": "Web shop's gateway",
        "cash": f"Cash from Till {text.outside(till, 12)}",
        "hand": BY_HAND,
    }
    known = {way.route: way for way in refund_ways(reader, details.id) if way.code not in NEVER_WAS}
    return tuple(
        Way(route, word, "" if known[route].allowed else known[route].why_not)
        for route, word in words.items()
        if route in known
    )


def _newest_left(details: OrderDetails) -> PaymentFacts | None:
    left = [payment for payment in details.payments if payment.left_minor > 0]
    return max(left, key=lambda payment: payment.paid_at, default=None)


def _provider_of(details: OrderDetails) -> str:
    """The provider of the newest payment that came through one, as people know it."""
    newest = sorted(details.payments, key=lambda payment: payment.paid_at, reverse=True)
    name = next((p.provider for p in newest if p.provider not in tuple(Teller)), "")
    words = method(name)
    return f"{words[:1].upper()}{words[1:]}" if words else "The payment provider"


def usual_route(details: OrderDetails, ways: Sequence[Way] = ()) -> str:
    """The way the money came, where it can go back so; otherwise cash."""
    newest = _newest_left(details)
    can = [way.route for way in ways if not way.why_not] or ["cash", "hand"]
    came = "cash"
    if newest is not None and newest.method != "cash":
        came = _ROUTES_BACK.get(newest.provider, "provider")
    return next((route for route in (came, "cash", *can) if route in can), "cash")


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
    offline: bool = False  # nobody outside is reached while it is decided

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
            "offline": self.offline,
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
        bare = replace(plan, payout=Payout(plan.payout.route), offline=False)
        try:
            return Preview(plan, _foresee(reader, order_id, bare, actor, at), refusal)
        except Refused:
            return Preview(plan, None, refusal)


def _foresee(reader: Reader, order_id: str, plan: Plan, actor: str, at: datetime) -> Effect:
    command = Resolve(id=PREVIEW, actor=actor, at=at, order_id=order_id, **plan.fields())
    return foresee(reader, command, at)
