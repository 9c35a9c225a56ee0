"""One payment by its reference, and how much of which payment our own refunds give back."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

import msgspec

from posapp.domain.payments import PartState
from posapp.sync.connectors.http import Caller, parsed
from posapp.sync.connectors.paystack_list import all_refunds, server_time
from posapp.sync.connectors.paystack_read import head_of, is_given_back, payment_item
from posapp.sync.connectors.paystack_refunds import our_reference, state_and_words, told_of
from posapp.sync.connectors.reading import stamp_text
from posapp.sync.feed import RawItem

HISTORY = timedelta(days=90)


class _Verified(msgspec.Struct):
    data: msgspec.Raw


async def verified(caller: Caller, reference: str) -> tuple[RawItem, bytes] | None:
    """Ask for one payment: the item and its raw text; None where Paystack does not know it."""
    answer = await caller.get(f"/transaction/verify/{quote(reference[:300], safe='')}")
    if answer.status in (400, 404) and answer.is_json:
        return None
    raw, seen_at = bytes(parsed(answer, caller, _Verified).data), server_time(answer)
    head = head_of(raw)
    given_back = False
    if head.status == "reversed":
        rows, _ = await all_refunds(caller, {"from": stamp_text(seen_at - HISTORY)}, seen_at)
        given_back = is_given_back(head, given_back_minor(rows).get(head.remote_id, 0))
    return payment_item(raw, seen_at, given_back=given_back), raw


def given_back_minor(refunds: Iterable[bytes]) -> dict[str, int]:
    """What the refunds that this till asked for give back, by the reference of the payment; failed ones do not."""
    sums: dict[str, int] = {}
    for raw in refunds:
        told = told_of(raw)
        if told is None or not our_reference(told.note) or state_and_words(told)[0] == PartState.FAILED:
            continue
        if isinstance(told.amount, int) and not isinstance(told.amount, bool):
            sums[told.payment] = sums.get(told.payment, 0) + told.amount
    return sums
