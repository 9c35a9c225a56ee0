"""Refunds written into a WooCommerce shop, once: looked for by our reference, made with it, compared afterwards.

WooCommerce knows no idempotency key, checks no quantity and defaults to asking its gateway and to putting units
back on its stock: both are always said. It writes our reference only after its gateway has paid, so that a server
that dies in between leaves a refund without it: one of the same amount that nobody here knows is the same one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from posapp.domain.feed import Unreadable
from posapp.domain.money import decimals, split
from posapp.domain.payments import PartState
from posapp.sync.connectors import woocommerce_wire as wire
from posapp.sync.connectors.http import Caller, NotOffered
from posapp.sync.connectors.reading import BROKEN, clean_text, minor, remote_id
from posapp.sync.connectors.woocommerce_answers import decline, done
from posapp.sync.connectors.woocommerce_walk import API, pages_of
from posapp.sync.feed import FeedUnavailable
from posapp.sync.outgoing import Declined, Refunded, RefundedLine, ShopRefundAsk

MAX_REASON = 200


class Told(wire.Refund):
    """A refund, and whether the shop's gateway has paid it out."""

    refunded_payment: bool | None = None


class _Left(msgspec.Struct):
    total: wire.Text
    refunds: list[wire.RefundMark] = []


class _Gateway(msgspec.Struct):
    id: wire.Text = None
    method_supports: Any = None


async def gateways(caller: Caller) -> Mapping[str, bool]:
    """The shop's payment gateways, and whether each says that it can refund; none where the key may not ask."""
    answer = await caller.get(API + "/payment_gateways")
    if answer.status in (401, 403, 404) and answer.is_json:
        return {}
    told = done(answer, caller, list[_Gateway])
    return {
        clean_text(gateway.id, 60): "refunds" in gateway.method_supports
        for gateway in told
        if gateway.id and isinstance(gateway.method_supports, list)
    }


async def find(caller: Caller, ask: ShopRefundAsk) -> Refunded | None:
    """Look for the refund that an ask would make; see `ShopDoor.find_refund`."""
    found: list[Told] = []
    try:
        async for rows in pages_of(caller, _path(ask), {}):
            found += [_told(row.raw) for row in rows]
    except NotOffered:
        decline(await caller.get(f"{API}/orders/{_number(ask.order_remote_id)}", {"_fields": "id"}), caller)
        raise
    return chosen(ask, found)


def chosen(ask: ShopRefundAsk, found: Sequence[Told]) -> Refunded | None:
    """Of an order's refunds, the one that this ask would make a second time. Pure.

    One that bears our reference comes before one of an attempt that was said to have failed, and that before one
    that bears none. A reference that nobody here knows, as after an old folder was restored, is none.
    """
    for reference in (ask.reference, *ask.earlier):
        for told in found:
            if _reference(told) == reference:
                return compared(ask, told)
    for told in sorted(found, key=lambda told: _reference(told) != ""):
        theirs = _reference(told)
        is_forgotten = bool(ask.ours) and theirs not in ask.ours
        mine = (not theirs or is_forgotten) and str(told.id) not in ask.known
        if mine and (same := compared(ask, told)).amount_minor == ask.amount_minor:
            return same
    return None


async def make(caller: Caller, ask: ShopRefundAsk) -> Refunded:
    """Write a refund. One that only notes what was paid elsewhere is no higher than the shop still lets refund."""
    left = await _left(caller, ask)
    if left < ask.amount_minor and (ask.by_gateway or left <= 0):
        raise Declined(f"The web shop lets {major(max(0, left), ask.currency)} {ask.currency} be refunded.")
    wanted = msgspec.structs.replace(ask, amount_minor=min(left, ask.amount_minor))
    answer = await caller.send("POST", API + _path(ask), body_of(wanted))
    return compared(ask, done(answer, caller, Told))


async def _left(caller: Caller, ask: ShopRefundAsk) -> int:
    path = f"{API}/orders/{_number(ask.order_remote_id)}"
    told = done(await caller.get(path, {"_fields": "total,refunds"}), caller, _Left)
    digits = decimals(ask.currency)
    try:
        given = [abs(minor(refund.total, digits, "a refund")) for refund in told.refunds]
        return minor(told.total, digits, "the total") - sum(given)
    except Unreadable as reason:
        raise FeedUnavailable(f"The web shop's order cannot be read: {reason}") from None


def body_of(ask: ShopRefundAsk) -> dict[str, Any]:
    """The request that writes a refund. Pure; lines that are worth more than the amount share it."""
    lines = scaled(ask.lines, ask.amount_minor)
    body: dict[str, Any] = {
        "amount": major(ask.amount_minor, ask.currency),
        "reason": clean_text(ask.reason, MAX_REASON),
        "api_refund": ask.by_gateway,
        "api_restock": False,
        "meta_data": [{"key": wire.OUR_REFERENCE, "value": ask.reference}],
    }
    if lines:
        body["line_items"] = [_line(line, ask.currency) for line in lines]
    return body


def scaled(lines: Sequence[RefundedLine], amount_minor: int) -> tuple[RefundedLine, ...]:
    """Lines that together are worth no more than an amount; what they were worth decides what each gets of it."""
    worths = [worth for line in lines for worth in (line.net_minor, *line.taxes.values())]
    if sum(worths) <= amount_minor:
        return tuple(lines)
    shares = iter(split(amount_minor, worths))
    return tuple(
        msgspec.structs.replace(
            line, net_minor=next(shares), taxes={rate: next(shares) for rate in line.taxes}
        )
        for line in lines
    )


def _line(line: RefundedLine, currency: str) -> dict[str, Any]:
    taxes = [
        {"id": int(rate), "refund_total": major(amount, currency)}
        for rate, amount in line.taxes.items()
        if rate.isascii() and rate.isdigit()
    ]
    return {
        "id": int(_number(line.remote_id)),
        "quantity": line.quantity,
        "refund_total": major(line.net_minor, currency),
        **({"refund_tax": taxes} if taxes else {}),
    }


def compared(ask: ShopRefundAsk, told: Told) -> Refunded:
    """What the shop has, with words where it is not what was asked for. Pure."""
    digits = decimals(ask.currency)
    try:
        amount = minor(told.amount, digits, "a refund's amount")
        given = -sum(
            minor(part, digits, "a line's total")
            for line in told.line_items
            for part in (line.total, line.total_tax)
        )
        number = remote_id(told.id, "a refund's id")
    except Unreadable as reason:
        raise FeedUnavailable(f"The web shop's refund cannot be read: {reason}") from None
    doubts = [
        f"The web shop has {major(amount, ask.currency)} instead of {major(ask.amount_minor, ask.currency)}."
        if amount != ask.amount_minor
        else "",
        "It does not say that its gateway has paid: see whether the customer has the money."
        if ask.by_gateway and not told.refunded_payment
        else "",
        f"Its lines are worth {major(given, ask.currency)} instead of {major(_worth(ask), ask.currency)}."
        if amount == ask.amount_minor and _reference(told) == ask.reference and given != _worth(ask)
        else "",
    ]
    return Refunded(number, PartState.PROCESSED, amount, " ".join(filter(None, doubts)))


def _worth(ask: ShopRefundAsk) -> int:
    lines = scaled(ask.lines, ask.amount_minor)
    return sum(line.net_minor + sum(line.taxes.values()) for line in lines)


def _told(raw: bytes) -> Told:
    """A refund that cannot be read might be ours: nothing is known then."""
    try:
        return msgspec.json.decode(raw, type=Told)
    except BROKEN:
        raise FeedUnavailable("The web shop tells of a refund that cannot be read.") from None


def _reference(told: Told) -> str:
    noted = (str(meta.value) for meta in told.meta_data if meta.key == wire.OUR_REFERENCE)
    return clean_text(next(noted, ""), 100)


def _path(ask: ShopRefundAsk) -> str:
    return f"/orders/{_number(ask.order_remote_id)}/refunds"


def _number(text: str) -> str:
    return remote_id(text, "an id")


def major(amount_minor: int, currency: str) -> str:
    """An amount as WooCommerce writes it: 12345 kobo are "123.45"."""
    digits = decimals(currency)
    if not digits:
        return str(amount_minor)
    sign, whole = ("-" if amount_minor < 0 else ""), abs(amount_minor)
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"
