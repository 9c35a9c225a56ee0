"""Connecting a web shop or a payment provider, and letting it go again."""

import asyncio
import logging
from dataclasses import replace
from typing import cast

import httpx
import msgspec

from posapp.commands.command import named, new_command_id
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.feed import ShopOrder, Unreadable
from posapp.queries.payment_links import PROVIDERS
from posapp.secrets import Place, Secrets
from posapp.sync.connections import (
    About,
    Link,
    about_of,
    installation_id,
    links,
    save_link,
    set_state,
)
from posapp.sync.connectors.registry import Connection, open_feed
from posapp.sync.feed import Feed, FeedUnavailable, ShopFeed, Verdict
from posapp.sync.outgoing import Declined, ShopDoor
from posapp.sync.round import shop_currency

OWNER = "Owner"
ELSEWHERE = (
    "Another posapp serves this web shop. This one takes nothing from it until its owner takes over: in Settings, "
    "or by `posapp connect` with --take-over. The other one is told then."
)
_LAST_ORDERS = "SELECT remote_id, remote_key FROM orders WHERE shop_id = ? ORDER BY placed_at DESC LIMIT 3"
log = logging.getLogger(__name__)


class CannotConnect(Refused):
    """The shop or provider cannot be connected; `code` is the verdict's."""

    def __init__(self, verdict: Verdict) -> None:
        failed = [finding for finding in verdict.findings if finding.state == "failed"]
        words = " ".join(f"{finding.words} {finding.advice}".strip() for finding in failed)
        super().__init__(words or "It cannot be connected.", code=verdict.code)
        self.verdict = verdict


async def try_connection(
    kind: str,
    url: str,
    key: str,
    secret: str,
    *,
    currency: str = "",
    transport: httpx.AsyncBaseTransport | None = None,
) -> Verdict:
    """Test an address and a key; nothing is left behind, here or there."""
    feed = open_feed(Connection(kind, "test", url, secret, key, currency=currency), transport)
    try:
        return await feed.test()
    finally:
        await feed.close()


async def connect(
    desk: Desk,
    secrets: Secrets,
    kind: str,
    url: str,
    key: str,
    secret: str,
    *,
    location_id: str = "",
    take_over: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
) -> tuple[Link, Verdict, Place]:
    """Connect a shop or a provider; the first one opens the shop here, in its currency and time zone.

    The same shop at a new address, or connected again after it was removed, goes on
    where it was, in the location it was bound to. A new one is bound to `location_id`, ""
    being the first location. A shop that another posapp serves is connected but left alone until its
    owner takes over: its state says so. Raises `CannotConnect` with the verdict.
    """
    currency = await desk.write(shop_currency)
    verdict = await try_connection(kind, url, key, secret, currency=currency, transport=transport)
    if verdict.code != "ok":
        raise CannotConnect(verdict)
    if not currency:
        await _open_shop(desk, verdict)
    feed = open_feed(Connection(kind, "new", url, secret, key, verdict.currency), transport)
    try:
        link = await _link(desk, kind, feed, url, key, location_id or MAIN_LOCATION)
        about = msgspec.structs.replace(about_of(verdict), gateways=await _gateways(link, feed))
        link = replace(link, about=about, state="active", notice="")
        place = await asyncio.to_thread(secrets.put, link.id, secret)
        if link.is_shop and not await _serve(desk, cast(ShopFeed, feed), take_over=take_over):
            link = replace(link, state="taken_over", notice=ELSEWHERE)
    finally:
        await feed.close()
    await desk.write(lambda c: save_link(c, link))
    return link, verdict, place


async def _serve(desk: Desk, feed: ShopFeed, *, take_over: bool) -> bool:
    """Mark the shop as served from here; False where another posapp serves it and may go on."""
    ours, found = await desk.write(installation_id), await feed.marker()
    if found in (None, ours) or take_over:
        await feed.leave_marker(ours)
        return True
    return False


async def _gateways(link: Link, feed: Feed) -> dict[str, bool]:
    """Which of a shop's payment gateways can refund; the next comparison asks again where it cannot tell now."""
    if not link.is_shop:
        return {}
    try:
        return dict(await cast(ShopDoor, feed).gateways())
    except (FeedUnavailable, Declined) as trouble:
        log.info("the shop's gateways are not known yet: %s", trouble)
        return {}


async def _open_shop(desk: Desk, verdict: Verdict) -> None:
    """Open the books: in the shop's own currency and time zone."""
    at = desk.clock()
    command = OpenShop(
        id=new_command_id(at),
        actor=OWNER,
        at=at,
        name=verdict.shop_name or "My shop",
        owner=OWNER,
        currency=verdict.currency or "NGN",
        time_zone=verdict.time_zone or "Africa/Lagos",
    )
    await desk.run(command)


async def _link(desk: Desk, kind: str, feed: Feed, url: str, key: str, location_id: str) -> Link:
    """The connection to use: the one that is known by its address or by its orders, or a new one."""
    known = [link for link in await desk.write(links) if link.kind == kind]
    for link in known:
        if link.url == url or (link.is_shop and await _same_shop(desk, link, feed)):
            return replace(link, url=url, key=key)
    if known and kind in PROVIDERS:
        return replace(known[0], url=url, key=key)  # a shop has one account with a provider
    at = desk.clock()
    return Link(
        id=named("connection", kind, new_command_id(at)), kind=kind, url=url, key=key, location_id=location_id,
        look_s=20, state="active", cursor="", imported=False, compared_at="", notice="", about=About(),
    )  # fmt: skip


async def _same_shop(desk: Desk, link: Link, feed: Feed) -> bool:
    """Whether an address leads to a shop that is known already: its last orders bear the same fingerprints."""
    ours = await desk.write(lambda c: c.execute(_LAST_ORDERS, (link.id,)).fetchall())
    for remote_id, key in ours:
        try:
            reading = feed.read(await cast(ShopFeed, feed).order(remote_id))
        except (FeedUnavailable, Unreadable):
            continue
        if isinstance(reading, ShopOrder) and reading.status != "gone":
            return bool(reading.key == key)
    return False


async def disconnect(desk: Desk, secrets: Secrets, link: Link) -> None:
    """Let a connection go: everything that came from it stays, its key is forgotten."""
    secret = await asyncio.to_thread(secrets.get, link.id)
    if link.is_shop and secret:
        feed = open_feed(Connection(link.kind, link.id, link.url, secret, link.key))
        try:
            await cast(ShopFeed, feed).remove_marker(await desk.write(installation_id))
        except FeedUnavailable as trouble:  # the marker of a till that no longer looks harms nobody
            log.info("the marker stays in the shop: %s", trouble.words)
        finally:
            await feed.close()
    await asyncio.to_thread(secrets.remove, link.id)
    await desk.write(lambda c: set_state(c, link.id, "removed"))


async def take_over(desk: Desk, secrets: Secrets, link: Link) -> None:
    """Serve a shop that another till serves now; that one is told at its next look."""
    secret = await asyncio.to_thread(secrets.get, link.id) or ""
    feed = open_feed(Connection(link.kind, link.id, link.url, secret, link.key))
    try:
        await cast(ShopFeed, feed).leave_marker(await desk.write(installation_id))
    finally:
        await feed.close()
    await desk.write(lambda c: save_link(c, replace(link, state="active", notice="")))
