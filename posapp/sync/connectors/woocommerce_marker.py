"""The marker that tells two installations on one web shop of each other.

It is a webhook of ours that is switched off: it sends nothing, and its address leads
nowhere. Nothing else in WooCommerce takes a note without touching the shop's goods.
"""

import re

import msgspec

from posapp.sync.connectors.http import Caller
from posapp.sync.connectors.reading import BROKEN, remote_id
from posapp.sync.connectors.woocommerce_walk import API, pages_of
from posapp.sync.feed import FeedUnavailable, SignInAgain

ADDRESS = "https://till.example.test/posapp/"
NAME = "posapp till (switched off, please keep)"
_OURS = re.compile(re.escape(ADDRESS) + r"([A-Za-z0-9-]{1,64})/?")


class _Webhook(msgspec.Struct):
    id: int
    delivery_url: str = ""


async def find(caller: Caller) -> tuple[str, str] | None:
    """The webhook's id and the installation it names; the oldest counts. None where there is none."""
    try:
        async for rows in pages_of(caller, "/webhooks", {}):
            for row in rows:
                ours = _installation_in(row.raw)
                if ours:
                    return row.head.remote_id, ours
    except SignInAgain:
        return None  # a key of shop staff may read orders, but no webhooks
    return None


async def leave(caller: Caller, installation_id: str) -> bool:
    """Write our marker, over another's where there is one. False where the key may not.

    Raises `ValueError` for an id that does not fit into an address.
    """
    if not _OURS.fullmatch(ADDRESS + installation_id):
        raise ValueError("an installation's id is made of letters, digits and dashes")
    found = await find(caller)
    if found and found[1] == installation_id:
        return True
    content = {
        "name": NAME,
        "topic": "order.updated",
        "status": "disabled",
        "delivery_url": ADDRESS + installation_id,
    }
    method, path = ("PUT", f"/webhooks/{found[0]}") if found else ("POST", "/webhooks")
    answer = await caller.send(method, API + path, content)
    if answer.status in (401, 403, 404):
        return False
    if answer.status not in (200, 201):
        raise caller.unavailable(answer)
    return True


async def remove(caller: Caller, installation_id: str) -> None:
    """Take away the marker that names this installation, for good."""
    found = await find(caller)
    if found is None or found[1] != installation_id:
        return
    webhook_id = remote_id(found[0], "the marker")
    answer = await caller.send("DELETE", f"{API}/webhooks/{webhook_id}?force=true")
    if answer.status not in (200, 404):
        raise FeedUnavailable(f"{caller.who} did not take our marker away (error {answer.status}).")


def _installation_in(raw: bytes) -> str:
    try:
        match = _OURS.fullmatch(msgspec.json.decode(raw, type=_Webhook).delivery_url)
    except BROKEN:
        return ""
    return match[1] if match else ""
