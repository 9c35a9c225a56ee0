"""A WooCommerce shop's stock numbers: read, and set in batches.

A variation is read like a product, but written only under its parent. A batch checks nothing: what is no whole
number of 0 or more is refused here. Each thing in its answer is believed by itself, for one may fail among many.
"""

from collections.abc import Sequence

import msgspec

from posapp.domain.feed import Tracking, Unreadable
from posapp.domain.web_stock import fits
from posapp.sync.connectors.http import Answer, Caller, NotOffered, parsed
from posapp.sync.connectors.reading import BROKEN, clean_text, remote_id
from posapp.sync.connectors.woocommerce_goods import is_gone
from posapp.sync.connectors.woocommerce_read_product import tracking_of
from posapp.sync.connectors.woocommerce_walk import API, PER_PAGE
from posapp.sync.connectors.woocommerce_wire import Product
from posapp.sync.outgoing import Declined, StockNumber

MOST = 20  # in a batch: hosts cut off what takes longer
_FIELDS = "id,parent_id,type,manage_stock,stock_quantity"


class _Failure(msgspec.Struct):
    code: str = ""
    message: str = ""


class _Changed(Product):
    error: _Failure | None = None


class _Batch(msgspec.Struct):
    update: list[msgspec.Raw] = []


async def numbers(caller: Caller, remote_ids: Sequence[str]) -> list[StockNumber]:
    """The shop's numbers of these products and variations now; what is gone or unreadable is left out."""
    missing = sorted({remote_id(one, "an id") for one in remote_ids}, key=int)
    found: list[StockNumber] = []
    for path in ("/products", "/variations"):
        for number in await _listed(caller, path, missing):
            if number.remote_id in missing:
                missing.remove(number.remote_id)
                found.append(number)
    for one in missing:  # in the trash, or a variation of an older WooCommerce, which lists none
        found += await _single(caller, one)
    return found


async def put(caller: Caller, wanted: Sequence[StockNumber]) -> list[StockNumber]:
    """Set numbers, and give what the shop says it has afterwards; what it did not set is left out.

    At most `MOST` at once, all of one parent or none: that is one request, made once. Raises `Declined`.
    """
    parents = {number.parent_id for number in wanted}
    if not 0 < len(wanted) <= MOST or len(parents) != 1:
        raise ValueError(f"a batch is 1 to {MOST} numbers below one parent")
    update = [{"id": int(remote_id(n.remote_id, "an id")), "stock_quantity": _whole(n)} for n in wanted]
    parent = parents.pop()
    path = f"/products/{remote_id(parent, 'a parent')}/variations/batch" if parent else "/products/batch"
    answer = await caller.send("POST", API + path, {"update": update})
    _refuse(answer, caller)
    told = parsed(answer, caller, _Batch)
    asked = {n.remote_id for n in wanted}
    return [number for raw in told.update for number in _read(raw) if number.remote_id in asked]


def _whole(number: StockNumber) -> int:
    if type(number.quantity) is not int or not fits(number.quantity):
        raise ValueError("a stock number is a whole number of 0 or more")
    return number.quantity


def _refuse(answer: Answer, caller: Caller) -> None:
    """A key that may only read has just read: that it may not write is a refusal, not a lost key."""
    if answer.status not in (401, 403) or not answer.is_json:
        return
    try:
        told = msgspec.json.decode(answer.body, type=_Failure)
    except BROKEN:
        raise caller.unavailable(answer) from None
    raise Declined(clean_text(told.message, 200) or "The key may not change products.", code="not_allowed")


async def _listed(caller: Caller, path: str, ids: Sequence[str]) -> list[StockNumber]:
    found: list[StockNumber] = []
    for start in range(0, len(ids), PER_PAGE):
        some = ids[start : start + PER_PAGE]
        params = {"include": ",".join(some), "per_page": str(PER_PAGE), "_fields": _FIELDS}
        answer = await caller.get(API + path, params)
        try:
            rows = parsed(answer, caller, list[msgspec.Raw])
        except NotOffered:
            return []
        found += [number for raw in rows for number in _read(raw)]
    return found


async def _single(caller: Caller, one: str) -> list[StockNumber]:
    answer = await caller.get(f"{API}/products/{one}", {"_fields": _FIELDS})
    if is_gone(answer):
        return []
    if answer.status != 200 or not answer.is_json:
        raise caller.unavailable(answer)
    return _read(answer.body)


def _read(raw: bytes | msgspec.Raw) -> list[StockNumber]:
    """One record, or none where the shop tells a failure or nonsense of it."""
    try:
        told = msgspec.json.decode(raw, type=_Changed)
        number = remote_id(told.id, "an id")
        parent = "" if told.parent_id in (None, "", 0, "0") else remote_id(told.parent_id, "a parent")
        tracking = tracking_of(told)
    except (Unreadable, *BROKEN):
        return []
    if told.error is not None:
        return []
    return [StockNumber(number, parent, _quantity(tracking), tracking.kept_by)]


def _quantity(tracking: Tracking) -> int | None:
    """A number that a parent keeps is the parent's, and not this one's."""
    return tracking.quantity if tracking.kept_by == "self" else None
