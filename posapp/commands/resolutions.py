"""Deciding about an order that needs attention, and taking a decision back."""

from posapp.commands.accounts import owed_minor
from posapp.commands.command import Command, Work
from posapp.commands.lines import cash_step
from posapp.commands.offline import gone_from, guard_offline
from posapp.domain import cancelling, resolutions, swapping
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.payments import SENT_OUT
from posapp.domain.refunding import Payout

ROUTES = ("cash", "hand", *SENT_OUT)


class Resolve(Command, frozen=True, kw_only=True, tag="resolve"):
    """A decision. `seen` is the fingerprint it was made on; units are by line id.

    `bring` names units of another location, by line id and location id: they come beside `fulfill`.
    """

    order_id: str
    key: str
    seen: str = ""
    fulfill: dict[str, int] = {}
    refund: dict[str, int] = {}
    bring: dict[str, dict[str, int]] = {}
    amount_minor: int | None = None  # lowers what the units are worth
    shipping_minor: int = 0
    route: str = "cash"
    reference: str = ""
    reason: str = ""
    offline: bool = False  # decided while the till reaches nobody: the owner may limit what goes back then


class UndoDecision(Command, frozen=True, kw_only=True, tag="undo_decision"):
    """Take a decision back."""

    order_id: str
    decision_id: str


class SwapAllocation(Command, frozen=True, kw_only=True, tag="swap_allocation"):
    """Give a waiting order the units of one that overtook it."""

    order_id: str
    other_id: str


def payout_of(command: Resolve, work: Work, order: Order) -> Payout:
    """How a decision gives money back, in cash that there is, and on an account never more than is owed on it.

    Raises `Refused` for a way there is not.
    """
    if command.route not in ROUTES:
        raise Refused(
            "Money goes back by cash, by hand elsewhere, or by the gateway it came through.", code="bad_route"
        )
    return Payout(
        command.route,
        command.reference,
        command.reason,
        command.amount_minor,
        command.shipping_minor,
        cash_step_minor=cash_step(work),
        owed_minor=owed_minor(work, order.contact_id),
    )


def choice_of(command: Resolve, work: Work, order: Order) -> resolutions.Choice:
    """The decision as the rules know it."""
    return resolutions.Choice(
        command.key,
        payout_of(command, work, order),
        dict(command.fulfill),
        dict(command.refund),
        command.bring,
    )


def resolve(command: Resolve, work: Work) -> str:
    """Carry out a decision if it still stands on what the person saw."""
    order = work.order(command.order_id)
    gone = gone_from(order)
    resolutions.resolve(work.book, order, choice_of(command, work, order), seen=command.seen)
    if command.offline:
        guard_offline(work, order, gone)
    return order.id


def undo_decision(command: UndoDecision, work: Work) -> str:
    """Take a decision back while nothing else has happened."""
    order = work.order(command.order_id)
    cancelling.undo(work.book, order, work.decision(command.decision_id))
    return order.id


def swap_allocation(command: SwapAllocation, work: Work) -> str:
    """Swap with the order that overtook."""
    order = work.order(command.order_id)
    swapping.swap(work.book, order, work.order(command.other_id))
    return order.id
