"""A WooCommerce shop as a feed: REST v3, read by polling, which is the truth."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import httpx

from posapp.domain.feed import ShopOrder, ShopProduct, Unreadable
from posapp.sync.connectors import (
    woocommerce_compare,
    woocommerce_marker,
    woocommerce_refund,
    woocommerce_stock,
    woocommerce_tell,
)
from posapp.sync.connectors.http import Caller, Sleep
from posapp.sync.connectors.woocommerce_check import check_shop
from posapp.sync.connectors.woocommerce_goods import Goods, is_gone
from posapp.sync.connectors.woocommerce_pull import Pull, cursor_of, with_refunds
from posapp.sync.connectors.woocommerce_read import read_order
from posapp.sync.connectors.woocommerce_read_product import read_product
from posapp.sync.connectors.woocommerce_walk import API, Row, server_time
from posapp.sync.connectors.woocommerce_wire import gone_item, head_of
from posapp.sync.feed import OrderSummary, Page, RawItem, Verdict
from posapp.sync.outgoing import OrderWord, Refunded, ShopRefundAsk, StockNumber


def _till_clock() -> datetime:
    return datetime.now(UTC)


class WooCommerceFeed:
    """Reads one WooCommerce shop.

    `currency` is the shop's, for prices, which name none; also what the till expects
    when the connection is tested. `till_clock` is used to say how far the clocks are
    apart, and for nothing else.
    """

    def __init__(
        self,
        feed_id: str,
        url: str,
        key: str,
        secret: str,
        *,
        currency: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        till_clock: Callable[[], datetime] = _till_clock,
    ) -> None:
        self.feed_id = feed_id
        self._currency, self._till_clock = currency.strip().upper(), till_clock
        auth = httpx.BasicAuth(key.strip(), secret.strip())
        self._caller = Caller(url, auth, who="The web shop", transport=transport, sleep=sleep)
        self._goods = Goods(self._caller)

    def __repr__(self) -> str:
        return f"WooCommerceFeed({self.feed_id!r}, {self.address!r})"

    @property
    def address(self) -> str:
        """The shop's address as it is called, however it was pasted."""
        return self._caller.base

    def pages(self, cursor: str) -> AsyncIterator[Page]:
        """Yield every page from the cursor to the high-water mark; see `Feed`."""
        return Pull(self._caller, self._goods, cursor_of(cursor)).pages()

    def read(self, item: RawItem) -> ShopOrder | ShopProduct:
        """Read one raw item; pure. Raises `Unreadable` with the reason."""
        if item.kind == "order":
            return read_order(item.body)
        if item.kind == "product":
            return read_product(item.body, self._currency)
        raise Unreadable(f"A web shop sends no {item.kind[:20]}.")

    async def test(self) -> Verdict:
        """Try the connection. Reads, and asks to change an order that cannot be: nothing is left behind."""
        return await check_shop(self._caller, self._currency, self._till_clock)

    async def order(self, remote_id: str) -> RawItem:
        """Read one order again with its refunds; one that is deleted is "gone"."""
        answer = await self._caller.get(f"{API}/orders/{_path_id(remote_id)}")
        seen_at = server_time(answer, "")
        if is_gone(answer):
            return gone_item("order", remote_id, seen_at)
        if answer.status != 200 or not answer.is_json:
            raise self._caller.unavailable(answer)
        return await with_refunds(self._caller, Row(head_of(answer.body), answer.body), seen_at)

    def products(self, remote_ids: Iterable[str]) -> AsyncIterator[RawItem]:
        """Read products and variations now; those the shop no longer has are "gone"."""
        return self._goods.fresh(remote_ids)

    def compare(self, since: datetime) -> AsyncIterator[OrderSummary]:
        """Tell every order placed since then, trash included, for the nightly comparison."""
        return woocommerce_compare.compare(self._caller, since)

    async def product_ids(self) -> frozenset[str]:
        """Every product and variation that the shop still has, trash included."""
        return await self._goods.ids()

    async def marker(self) -> str | None:
        """The id of the installation that serves this shop; None where none has left its marker."""
        found = await woocommerce_marker.find(self._caller)
        return found[1] if found else None

    async def leave_marker(self, installation_id: str) -> bool:
        """Mark the shop as ours, in place of anybody else. False where the key may not."""
        return await woocommerce_marker.leave(self._caller, installation_id)

    async def remove_marker(self, installation_id: str) -> None:
        """Take our own marker away; another installation's stays."""
        await woocommerce_marker.remove(self._caller, installation_id)

    async def stock_numbers(self, remote_ids: Sequence[str]) -> list[StockNumber]:
        """The shop's own numbers now; what is gone is left out."""
        return await woocommerce_stock.numbers(self._caller, remote_ids)

    async def put_stock(self, numbers: Sequence[StockNumber]) -> list[StockNumber]:
        """Set numbers of one parent's variations, or of products; gives what the shop then has. See `ShopDoor`."""
        return await woocommerce_stock.put(self._caller, numbers)

    async def gateways(self) -> Mapping[str, bool]:
        """The shop's payment gateways: id, and whether it says that it can refund."""
        return await woocommerce_refund.gateways(self._caller)

    async def make_refund(self, ask: ShopRefundAsk) -> Refunded:
        """Write a refund into the shop; units are never put back on its stock."""
        return await woocommerce_refund.make(self._caller, ask)

    async def find_refund(self, ask: ShopRefundAsk) -> Refunded | None:
        """Look for the refund that an ask would make a second time. See `ShopDoor`."""
        return await woocommerce_refund.find(self._caller, ask)

    async def tell(self, word: OrderWord) -> None:
        """Bring a web order to a status and leave a note for its customer."""
        await woocommerce_tell.tell(self._caller, word)

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._caller.close()


def _path_id(remote_id: str) -> str:
    if not (remote_id.isascii() and remote_id.isdigit()):
        raise ValueError("a WooCommerce id is a number")
    return remote_id
