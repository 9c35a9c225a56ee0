"""Opening the door to a connected payment provider, for one question a person asks."""

import asyncio
from dataclasses import dataclass
from typing import cast

import httpx

from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.secrets import Secrets
from posapp.sync.connections import links
from posapp.sync.connectors.registry import Connection, open_feed
from posapp.sync.outgoing import Payer


@dataclass(frozen=True, slots=True)
class OpenPayer:
    """A provider by its name, and the door to it; whoever opened it closes it."""

    provider: str
    door: Payer


async def open_payer(
    desk: Desk,
    secrets: Secrets,
    provider: str = "",
    *,
    transport: httpx.AsyncBaseTransport | None = None,
) -> OpenPayer:
    """Open the connected provider of this name, any one for "". Raises `Refused` where none is connected."""
    known = [link for link in await desk.write(links) if not link.is_shop and link.state != "removed"]
    link = next((link for link in known if provider in ("", link.kind)), None)
    if link is None:
        raise Refused("No payment provider is connected: Settings, Payments.", code="not_connected")
    secret = await asyncio.to_thread(secrets.get, link.id)
    connection = Connection(link.kind, link.id, link.url, secret or "", link.key, link.about.currency)
    # On a thread: the first one loads the system's trust store, longer than a window may stand still.
    feed = await asyncio.to_thread(open_feed, connection, transport)
    return OpenPayer(link.kind, cast(Payer, feed))
