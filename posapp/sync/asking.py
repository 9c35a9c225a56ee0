"""From a row of the outbox and its order to what is asked outside. Pure, but for the asking itself.

Each kind of row is a `Job`: it looks whether the other side has it already, and asks for it where it has not.
"""

from collections.abc import Sequence
from typing import Protocol, cast

import msgspec

from posapp.domain.customer_words import customer_note
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing, OutKind, OutState
from posapp.domain.payments import Part, PartState, Refund
from posapp.sync.feed import Feed
from posapp.sync.outgoing import (
    BankDetails,
    Declined,
    OrderWord,
    Payer,
    RefundAsk,
    Refunded,
    RefundedLine,
    ShopDoor,
    ShopRefundAsk,
)

NO_DETAILS = "The customer's bank account is no longer here. Ask for it again."


class Job(Protocol):
    """One thing to ask for."""

    async def look(self, door: Feed) -> Refunded | None:
        """What the other side has of it already; None where it has nothing."""
        ...

    async def ask(self, door: Feed) -> Refunded:
        """Ask for it, once. Raises `Declined`, or `FeedUnavailable` where nothing is known."""
        ...


class ShopRefundJob(msgspec.Struct, frozen=True):
    """A refund for a web shop."""

    told: ShopRefundAsk

    async def look(self, door: Feed) -> Refunded | None:
        """Look for our reference, those before it, or the same refund made by hand."""
        return await cast(ShopDoor, door).find_refund(self.told)

    async def ask(self, door: Feed) -> Refunded:
        """Have it written."""
        return await cast(ShopDoor, door).make_refund(self.told)


class ProviderRefundJob(msgspec.Struct, frozen=True):
    """A refund for a payment provider; `earlier` are our references of attempts that had failed."""

    told: RefundAsk
    earlier: tuple[str, ...] = ()

    async def look(self, door: Feed) -> Refunded | None:
        """Look for our reference; one before it counts only if it has not failed after all."""
        payer = cast(Payer, door)
        found = await payer.find_refund(self.told)
        if found is not None:
            return found
        for reference in self.earlier:
            found = await payer.find_refund(msgspec.structs.replace(self.told, reference=reference))
            if found is not None and found.state != PartState.FAILED:
                return found
        return None

    async def ask(self, door: Feed) -> Refunded:
        """Have it paid out."""
        return await cast(Payer, door).refund(self.told)


class DetailsJob(msgspec.Struct, frozen=True):
    """A bank account for a refund that waits for one."""

    remote_id: str
    details: BankDetails | None

    async def look(self, door: Feed) -> Refunded | None:
        """A refund that no longer waits has its account."""
        now = await cast(Payer, door).refund_state(self.remote_id)
        return now if now.state != PartState.NEEDS_DETAILS else None

    async def ask(self, door: Feed) -> Refunded:
        """Tell the account."""
        if self.details is None:
            raise Declined(NO_DETAILS, code="gone")
        return await cast(Payer, door).give_details(self.remote_id, self.details)


class WordJob(msgspec.Struct, frozen=True):
    """A status and a note for a web order."""

    told: OrderWord

    async def look(self, door: Feed) -> Refunded | None:
        """The telling itself looks first."""
        return None

    async def ask(self, door: Feed) -> Refunded:
        """Tell it."""
        await cast(ShopDoor, door).tell(self.told)
        return Refunded("", PartState.PROCESSED, 0)


def job_of(order: Order, row: Outgoing, rows: Sequence[Outgoing], details: BankDetails | None) -> Job | None:
    """What a row asks for now; None where its order no longer knows what it was about."""
    if row.kind == OutKind.SHOP_ORDER:
        note = _note(order, row)
        return WordJob(OrderWord(row.id, order.remote_id, row.status, note))
    refund = next((refund for refund in order.refunds if refund.id == row.refund_id), None)
    part = next((part for part in order.parts if part.id == row.part_id), None)
    if row.kind == OutKind.SHOP_REFUND and refund is not None and (part is not None or not row.part_id):
        return ShopRefundJob(shop_refund(order, row, rows, refund, part))
    if part is None:
        return None
    if row.kind == OutKind.REFUND_DETAILS:
        return DetailsJob(part.remote_id, details)
    if row.kind == OutKind.PROVIDER_REFUND:
        return ProviderRefundJob(provider_refund(order, row, rows, part), _earlier(row, rows))
    return None


def shop_refund(
    order: Order, row: Outgoing, rows: Sequence[Outgoing], refund: Refund, part: Part | None
) -> ShopRefundAsk:
    """A refund for the web shop: its amount, and on the first one of a decision the goods it takes off."""
    return ShopRefundAsk(
        reference=row.id,
        order_remote_id=order.remote_id,
        currency=order.currency,
        amount_minor=part.amount_minor if part is not None else refund.amount_minor,
        by_gateway=part is not None,
        reason=refund.reason,
        lines=_lines(order, refund) if _names_goods(row, rows) else (),
        earlier=_earlier(row, rows),
        known=_known_there(order, rows),
        ours=tuple(known.id for known in rows),
    )


def _known_there(order: Order, rows: Sequence[Outgoing]) -> tuple[str, ...]:
    """The shop's ids of refunds that are known here: a refund of several parts has one for each."""
    made = [row.remote_id for row in rows if row.kind == OutKind.SHOP_REFUND]
    return tuple(number for number in (*made, *(refund.remote_id for refund in order.refunds)) if number)


def provider_refund(order: Order, row: Outgoing, rows: Sequence[Outgoing], part: Part) -> RefundAsk:
    """A refund for the provider of the payment it gives back."""
    payment = next(payment for payment in order.payments if payment.id == part.payment_id)
    return RefundAsk(
        row.id,
        payment.provider_ref,
        order.currency,
        part.amount_minor,
        known=tuple(known.remote_id for known in order.parts if known.remote_id),
        ours=tuple(known.id for known in rows),
        since=min(known.due_at for known in rows if known.part_id == row.part_id),
    )


def _lines(order: Order, refund: Refund) -> tuple[RefundedLine, ...]:
    """Goods by the shop's own line ids; what was added here, the shop has no line for."""
    found = ((order.line(gone.line_id), gone) for gone in refund.lines)
    return tuple(
        RefundedLine(line.remote_id, gone.quantity, gone.net_minor, dict(gone.taxes))
        for line, gone in found
        if line is not None and line.remote_id.isascii() and line.remote_id.isdigit()
    )


def _names_goods(row: Outgoing, rows: Sequence[Outgoing]) -> bool:
    """Whether a row bears its refund's goods: the shop would count them again with every part."""
    parts = {_place(other) for other in rows if other.refund_id == row.refund_id and _is_gateways(other)}
    return not row.part_id or _place(row) == min(parts)


def _is_gateways(row: Outgoing) -> bool:
    return row.kind == OutKind.SHOP_REFUND and row.part_id != "" and row.state != OutState.WITHDRAWN


def _place(row: Outgoing) -> int:
    place = row.id.split("/")[-2]
    return int(place) if place.isdigit() else 0


def _earlier(row: Outgoing, rows: Sequence[Outgoing]) -> tuple[str, ...]:
    """References of attempts before for the same money: that they failed may have been wrong."""
    same = row.id.rpartition("/")[0] if row.part_id else row.refund_id
    return tuple(
        other.id
        for other in rows
        if other.kind == row.kind
        and other.id.startswith(f"{same}/")
        and other.state != OutState.WITHDRAWN
        and other is not row
    )


def _note(order: Order, row: Outgoing) -> str:
    if not row.message:
        return ""
    about = [refund for refund in order.refunds if row.refund_id in ("", refund.id)][-1:]
    given = sum(refund.amount_minor for refund in about)
    return customer_note(row.message, amount_minor=given, currency=order.currency)
