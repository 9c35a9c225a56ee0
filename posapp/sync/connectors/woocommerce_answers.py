"""What WooCommerce answers to a wish: done, no for good, or nothing that can be relied on."""

from typing import TypeVar

import msgspec

from posapp.sync.connectors.http import Answer, Caller, parsed
from posapp.sync.connectors.reading import BROKEN, clean_text
from posapp.sync.connectors.woocommerce_goods import is_gone
from posapp.sync.outgoing import Declined

CANNOT_REFUND = "woocommerce_rest_cannot_create_order_refund"  # HTTP 500, and yet for good
NOT_BY_GATEWAY = ("does not support automatic refunds", "gateway for this order does not exist")
T = TypeVar("T")


class _Failure(msgspec.Struct):
    code: str = ""
    message: str = ""


def done(answer: Answer, caller: Caller, kind: type[T]) -> T:
    """Read the answer to a wish. Raises `Declined`, or `FeedUnavailable` where nothing is known."""
    if answer.status == 201:
        answer = msgspec.structs.replace(answer, status=200)
    if answer.status != 200:
        decline(answer, caller)
    return parsed(answer, caller, kind)


def decline(answer: Answer, caller: Caller) -> None:
    """Raise `Declined` where WooCommerce itself has said no; a page of a host or a firewall says nothing."""
    if not answer.is_json:
        return
    try:
        told = msgspec.json.decode(answer.body, type=_Failure)
    except BROKEN:
        return
    words = clean_text(told.message, 200) or f"{caller.who} refuses and does not say why."
    if told.code == CANNOT_REFUND:
        cannot = any(known in words for known in NOT_BY_GATEWAY)
        raise Declined(words, code="gateway_cannot" if cannot else "refused")
    if is_gone(answer) or told.code == "woocommerce_rest_shop_order_invalid_id":
        raise Declined("The order is gone in the web shop.", code="gone")
    if answer.status in (401, 403) and told.code.startswith("woocommerce_rest_cannot_"):
        raise Declined(words, code="not_allowed")
    if answer.status == 400:
        raise Declined(words)
