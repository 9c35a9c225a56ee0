"""One run over all feeds: everything is brought in first, then carried out in its order."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection
from typing import cast

from posapp.commands.shop_orders import PlaceShopOrder
from posapp.db.rows import from_text
from posapp.desk import Desk
from posapp.domain.feed import ShopOrder
from posapp.sync import comparing, inbox
from posapp.sync.applying import Applier, Counts
from posapp.sync.connections import Link, set_compared, set_gateways
from posapp.sync.deriving import Dated
from posapp.sync.events import contact_writers, delays
from posapp.sync.feed import PaymentFeed, ShopFeed
from posapp.sync.outgoing import ShopDoor
from posapp.sync.publication import note_news
from posapp.sync.shop_pull import Progress, ShopPull

COMPARE_EVERY = timedelta(hours=20)
_HINTED = (
    "SELECT transaction_id FROM orders o WHERE status = 'OPEN' AND shop_paid_at IS NOT NULL AND transaction_id <> '' "
    "AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.state = 'SUCCEEDED')"
)


@dataclass(slots=True)
class Report:
    """What one run did, and which connections could not be reached."""

    counts: Counts = field(default_factory=Counts)
    troubles: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    sent: int = 0  # rows of the outbox that the other side has now
    refused: int = 0
    sign_in: bool = False
    slow: bool = True  # whoever did not answer only took too long
    retry_after_s: float = 0.0
    skew_s: float | None = (
        None  # the till's clock less the server's; of several servers' the one furthest apart
    )

    def tell_clock(self, skew_s: float | None) -> None:
        """Note how far the till's clock is from a server's."""
        if skew_s is not None and (self.skew_s is None or abs(skew_s) > abs(self.skew_s)):
            self.skew_s = skew_s


Ask = Callable[[], Awaitable[bool]]


async def _yes() -> bool:
    return True


class Round:
    """One run over all feeds: what was brought in, and how it is applied together."""

    def __init__(
        self, desk: Desk, report: Report, providers: frozenset[str], *, paced: bool, progress: Progress
    ) -> None:
        """Begin with empty hands. `providers`: payment methods whose money a connected provider tells."""
        self.desk, self.report, self.providers, self.paced = desk, report, providers, paced
        self.progress = progress
        self.applier = Applier(desk, paced=paced)
        self.events: list[Dated] = []
        self.orders: list[ShopOrder] = []
        self.pulls: list[ShopPull] = []
        self.payment_feeds: list[tuple[PaymentFeed, datetime]] = []

    async def bring_shop(self, link: Link, feed: ShopFeed, still_ours: Ask = _yes) -> bool:
        """Bring in one web shop; False where it is no longer ours.

        Where it brought orders, `still_ours` says whether they are ours to carry out.
        """
        pull = ShopPull(feed, link, self.applier, self.progress)
        news = await pull.pull()
        self.report.tell_clock(pull.skew_s)
        if news and not await still_ours():
            return False
        await self._compare(link, feed, pull)
        events, orders = await pull.take_over(self.providers)
        await note_news(self.desk, link.id, orders, self.applier.numbers.pop(link.id, {}))
        self.events += events
        self.orders += orders
        self.pulls.append(pull)
        return True

    async def _compare(self, link: Link, feed: ShopFeed, pull: ShopPull) -> None:
        """Once a day, look for what no poll can tell."""
        now = self.desk.clock()
        if not link.imported or (link.compared_at and now - from_text(link.compared_at) < COMPARE_EVERY):
            return
        ours = await self.desk.write(lambda c: comparing.ours_since(c, link.id, pull.seen_at))
        items = await comparing.differing(feed, ours, pull.seen_at)
        gone = await comparing.gone_products(
            feed, await self.desk.write(lambda c: comparing.our_products(c, link.id))
        )
        await self.desk.write(inbox.store_items(link.id, [*items, *gone], pull.seen_at, now))
        told = await cast(ShopDoor, feed).gateways()
        await self.desk.write(lambda c: set_gateways(c, link.id, told))
        await self.desk.write(lambda c: set_compared(c, link.id, now))
        await self.desk.write(inbox.forget_bodies(now))

    async def bring_payments(self, link: Link, feed: PaymentFeed) -> None:
        """Bring in what a provider tells; what a shop says is paid is asked for by its reference."""
        seen_at = self.desk.clock()
        counts, skews = self.applier.counts, list[float]()
        async for page in feed.pages(link.cursor):
            seen_at = page.seen_at
            skews.append((self.desk.clock() - seen_at).total_seconds())
            news = await self.desk.write(inbox.store_page(link.id, page, self.desk.clock()))
            counts.pulled += len(page.items)
            counts.already_known += len(page.items) - news
        self.report.tell_clock(min(skews, default=None))
        for reference in await self.desk.write(hinted):
            item = await feed.verify(reference)
            if item is not None:
                await self.desk.write(inbox.store_items(link.id, [item], seen_at, self.desk.clock()))
        self.payment_feeds.append((feed, seen_at))

    async def apply(self) -> None:
        """Place all orders first, for that moves nothing; then everything in the order it happened."""
        contacts = await asyncio.to_thread(contact_writers, self.orders)
        placed, rest = await asyncio.to_thread(told_apart, self.events)
        await self.applier.carry_out(placed, contacts)
        currency = await self.desk.write(shop_currency)
        for feed, _ in self.payment_feeds:
            rest += await self.applier.payments(feed, currency)
        await self.applier.carry_out(rest, contacts)
        for feed, seen_at in self.payment_feeds:  # afterwards: they are found by what the others have brought
            given_back = await self.applier.refunds(feed, currency, seen_at)
            await self.applier.carry_out(given_back, contacts)
        await self.applier.finish()
        for _, seen_at in self.payment_feeds:
            for command in await self.desk.write(partial(delays, now=seen_at)):
                await self.desk.run(command, paced=self.paced)
        for pull in self.pulls:
            await pull.done()
        self.report.counts.add(self.applier.counts)


def told_apart(events: Iterable[Dated]) -> tuple[list[Dated], list[Dated]]:
    """The events that only place an order, and the others."""
    placed: list[Dated] = []
    rest: list[Dated] = []
    for event in events:
        first = isinstance(event.command, PlaceShopOrder) and costs(event.command)
        (placed if first else rest).append(event)
    return placed, rest


def costs(command: PlaceShopOrder) -> bool:
    """Whether an order costs anything: one that does not is confirmed when it is placed."""
    terms = command.terms
    taxes = sum(sum(line.taxes.values()) for line in terms.lines)
    charges = terms.shipping_net_minor + terms.fees_net_minor
    charges += sum(terms.shipping_taxes.values()) + sum(terms.fees_taxes.values())
    return sum(line.net_minor for line in terms.lines) + taxes + charges > 0


def hinted(connection: Connection) -> list[str]:
    """References of payments that a shop says were made and no provider has told of."""
    return [row[0] for row in connection.execute(_HINTED)]


def shop_currency(connection: Connection) -> str:
    """The currency this shop sells in."""
    row = connection.execute("SELECT value FROM setting WHERE key = 'currency'").fetchone()
    return row[0] if row else ""
