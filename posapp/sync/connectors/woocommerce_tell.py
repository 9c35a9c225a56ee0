"""A WooCommerce order is told a status, and its customer a note: each once, however often it is told.

A status is absolute and looked at first. A note bears a short reference, by which it is found again.
"""

from hashlib import sha256

import msgspec

from posapp.sync.connectors import woocommerce_wire as wire
from posapp.sync.connectors.http import Caller
from posapp.sync.connectors.reading import clean_text, remote_id
from posapp.sync.connectors.woocommerce_answers import done
from posapp.sync.connectors.woocommerce_walk import API
from posapp.sync.feed import FeedUnavailable
from posapp.sync.outgoing import Declined, OrderWord

ENDED = ("cancelled", "refunded", "trash")
MAX_NOTE = 1000


class _Standing(msgspec.Struct):
    status: str


class _Note(msgspec.Struct):
    note: wire.Text = None


async def tell(caller: Caller, word: OrderWord) -> None:
    """Bring an order to a status and leave a note. Raises `Declined`, as where the shop has ended the order itself."""
    path = f"{API}/orders/{remote_id(word.order_remote_id, 'an order')}"
    if word.status:
        await _bring_to(caller, path, word.status)
    if word.note:
        await _leave_note(caller, path, word)


async def _bring_to(caller: Caller, path: str, status: str) -> None:
    now = done(await caller.get(path, {"_fields": "status"}), caller, _Standing).status
    if now == status or (status in ENDED and now in ENDED):
        return
    if now in ENDED:
        raise Declined(f"The order is {clean_text(now, 40)} in the web shop: it is not made {status} there.")
    told = done(await caller.send("PUT", path, {"status": status}), caller, _Standing).status
    if told != status:
        raise FeedUnavailable(f"The web shop made the order {clean_text(told, 40)} instead of {status}.")


async def _leave_note(caller: Caller, path: str, word: OrderWord) -> None:
    mark = mark_of(word.reference)
    notes = done(await caller.get(path + "/notes"), caller, list[_Note])
    if any(mark in clean_text(note.note, MAX_NOTE * 2) for note in notes):
        return
    text = f"{clean_text(word.note, MAX_NOTE)} ({mark})"
    done(await caller.send("POST", path + "/notes", {"note": text, "customer_note": True}), caller, _Note)


def mark_of(reference: str) -> str:
    """What a note bears, so that it is left once: short, for its customer reads it."""
    return f"Ref. {sha256(reference.encode()).hexdigest()[:8].upper()}"
