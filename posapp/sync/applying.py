"""From the inbox to the desk: everything that came in, in the order in which it happened."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter

from posapp.commands.command import Command
from posapp.desk import Also, Desk, Outcome
from posapp.domain.errors import Refused
from posapp.domain.feed import ProviderPayment, ProviderRefund, ShopOrder, ShopProduct
from posapp.sync import inbox
from posapp.sync.deriving import Dated, Setting
from posapp.sync.events import Trouble, derive, match, read
from posapp.sync.feed import Feed
from posapp.sync.goods import Catalogue, archive_command, import_command
from posapp.sync.inbox import InboxRow
from posapp.sync.refund_events import match_refunds

BATCH = 100
SERIES = 20  # commands given to the desk at a time while somebody watches: some 50 ms
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What one run did."""

    pulled: int = 0
    applied: int = 0
    already_known: int = 0
    parked: int = 0
    quarantined: int = 0

    def add(self, other: "Counts") -> None:
        """Sum with another run's."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Applier:
    """Applies what the inbox holds of one feed; `paced` while somebody watches the window."""

    def __init__(self, desk: Desk, *, paced: bool = False) -> None:
        """Work through one desk."""
        self.desk, self.paced = desk, paced
        self.counts = Counts()
        self.numbers: dict[str, dict[str, int]] = {}  # a shop's stock numbers, as its products told them
        self._broken: dict[str, str] = {}  # order: why its later events wait
        self._rows: dict[int, str] = {}  # inbox row: "" or why it could not be followed

    async def products(self, feed: Feed, shop_id: str) -> None:
        """Take over the catalogue as it is now."""
        rows = await self._waiting(feed.feed_id, "product")
        good, bad = await read(feed, rows, ShopProduct)
        catalogue = await self.desk.write(lambda connection: Catalogue(connection, shop_id))
        batch: list[tuple[Command, Also | None]] = []
        numbers, same = self.numbers.setdefault(shop_id, {}), 0
        for row, product in good:
            if product.tracking.kept_by == "self":
                numbers[product.remote_id] = product.tracking.quantity
            if catalogue.digests.get(product.remote_id) == product.digest:
                same += 1  # only its number moved, by a sale or by our own word
                continue
            catalogue.digests[product.remote_id] = product.digest
            command: Command | None = import_command(product, shop_id, row.seen_at)
            if product.archived and not product.name:  # gone: the shop no longer tells what it was
                command = await self.desk.write(
                    partial(archive_command, product=product, shop_id=shop_id, seen_at=row.seen_at)
                )
            if command is not None:
                batch.append((command, None))
        await self._run_all(batch)
        await self._finish([row.seq for row, _ in good], bad)
        self.counts.applied -= same
        self.counts.already_known += same

    async def orders(
        self, feed: Feed, setting: Setting, currency: str, notice: Callable[[str], None]
    ) -> list[Dated]:
        """Read the orders that wait and say which events they tell."""
        rows = await self._waiting(feed.feed_id, "order")
        good, bad = await read(feed, rows, ShopOrder)
        events, done = await self.desk.write(lambda c: derive(c, good, setting, currency, bad, notice))
        await self._finish(done, bad)
        return events

    async def payments(self, feed: Feed, currency: str) -> list[Dated]:
        """Match a provider's payments to orders; those of unknown orders are parked and tried again."""
        rows = await self._waiting(feed.feed_id, "payment")
        good, bad = await read(feed, rows, ProviderPayment)
        events, parked = await self.desk.write(lambda c: match(c, good, currency, bad))
        await self._finish([], bad)
        await self.desk.write(inbox.mark(parked, "parked", self.desk.clock(), "its order is not known yet"))
        self.counts.parked += len(parked)
        return events

    async def refunds(self, feed: Feed, currency: str, now: datetime) -> list[Dated]:
        """Match a provider's refunds to what was asked for, or to the payments they give back; `now` is its own."""
        rows = await self._waiting(feed.feed_id, "refund")
        good, bad = await read(feed, rows, ProviderRefund)
        events, parked, done = await self.desk.write(lambda c: match_refunds(c, good, currency, now, bad))
        await self._finish(done, bad)
        await self.desk.write(inbox.mark(parked, "parked", self.desk.clock(), "its payment is not known yet"))
        self.counts.parked += len(parked)
        return events

    async def carry_out(self, events: Iterable[Dated], contacts: dict[str, Also]) -> None:
        """Carry events out in the order of their keys; a poison one stops only its own order."""
        batch: list[Dated] = []
        orders: set[str] = set()
        for event in await asyncio.to_thread(sorted, events, key=attrgetter("key")):
            # Paced ones stand for themselves: whether an order's next event may follow is asked in between.
            if len(batch) >= (SERIES if self.paced else BATCH) or (self.paced and _order_of(event) in orders):
                await self._step(batch, contacts)
                batch, orders = [], set()
            batch.append(event)
            orders.add(_order_of(event))
        await self._step(batch, contacts)

    async def finish(self) -> None:
        """Mark the rows whose events were carried out, and set aside those that could not be."""
        troubles = [Trouble(seq, reason) for seq, reason in self._rows.items() if reason]
        await self._finish([seq for seq, reason in self._rows.items() if not reason], troubles)
        self._rows.clear()

    async def _step(self, batch: list[Dated], contacts: dict[str, Also]) -> None:
        """Carry out some events; remember which rows are done and which orders are broken."""
        todo = [event for event in batch if _order_of(event) not in self._broken]
        for event in batch:
            self._rows.setdefault(event.row_seq, "")
            self._rows[event.row_seq] = self._rows[event.row_seq] or self._broken.get(_order_of(event), "")
        for event, trouble in zip(todo, await self._outcomes(todo, contacts), strict=True):
            if trouble:
                self._broken[_order_of(event)] = self._rows[event.row_seq] = trouble

    async def _outcomes(self, events: list[Dated], contacts: dict[str, Also]) -> list[str | None]:
        """Why each event could not be carried out, None for those that were."""
        alone = [(event.command, contacts.get(event.command.id)) for event in events]
        if not self.paced and len(alone) > 1:
            try:
                outcomes = await self.desk.run_batch(alone)
            except Exception:  # one poison event rolled the batch back: find it one by one
                log.exception("a batch was rolled back")
            else:
                return [None if isinstance(o, Outcome) else o.message for o in outcomes]
        each = await self.desk.run_each(alone, paced=self.paced) if alone else []
        return [_trouble(command, outcome) for (command, _), outcome in zip(alone, each, strict=True)]

    async def _run_all(self, batch: list[tuple[Command, Also | None]]) -> None:
        for start in range(0, len(batch), BATCH):
            await self.desk.run_batch(batch[start : start + BATCH])

    async def _waiting(self, feed_id: str, kind: str) -> list[InboxRow]:
        return await self.desk.write(lambda connection: inbox.waiting(connection, feed_id, kind))

    async def _finish(self, done: list[int], bad: list[Trouble]) -> None:
        now = self.desk.clock()
        await self.desk.write(inbox.mark(done, "applied", now))
        for trouble in bad:
            await self.desk.write(inbox.mark([trouble.seq], "quarantined", now, trouble.reason))
        self.counts.applied += len(done)
        self.counts.quarantined += len(bad)


def _trouble(command: Command, outcome: Outcome | Exception) -> str | None:
    """Why a command was not carried out; a fault of ours is kept with its event, visible, and the others go on."""
    if isinstance(outcome, Outcome):
        return None
    if isinstance(outcome, Refused):
        return outcome.message
    log.error("%s could not be carried out", type(command).__name__, exc_info=outcome)
    return (
        f"posapp could not follow this: {type(outcome).__name__}. It is kept here; nothing was changed by it."
    )


def _order_of(event: Dated) -> str:
    return str(getattr(event.command, "order_id", ""))
