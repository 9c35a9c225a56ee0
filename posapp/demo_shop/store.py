"""The demo shop as one object: its memory, and the things people and tests do with it.

Every verb takes `at`, a time in the past (or none, for now), so that a demo profile can open on a day
that has already happened.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from posapp.demo_shop import provider, provider_links, provider_refunds
from posapp.demo_shop.back_office import BackOffice
from posapp.demo_shop.catalogue import FIRST_PRODUCT, fill
from posapp.demo_shop.checkout import Customer, Delivery, Payment, Purchase, place, settle_choice
from posapp.demo_shop.faults import Faults
from posapp.demo_shop.names import person
from posapp.demo_shop.provider import METHOD, Attempt
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.records import Key, Order, State, Transaction


class Unreadable(ValueError):
    """The file the demo shop was saved in is not one."""


class Store(BackOffice):
    """An invented web shop in memory. Everything happens at once and in order: one event loop, no threads.

    `clock` gives aware times. Keys are fresh unless `keys` brings those of an earlier run: the
    shopkeeper's REST key and the provider's secret.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        clock: Callable[[], datetime],
        state: State | None = None,
        keys: tuple[Key, str] | None = None,
        empty: bool = False,
    ) -> None:
        super().__init__(state or State(seed=seed, next_post=FIRST_PRODUCT), clock)
        self.faults = Faults()
        if state is None and not empty:
            fill(self)
        if keys is not None:
            self.state.keys[:0] = [keys[0]]
            self.state.provider_key = keys[1]
        if not self.state.keys:
            self.add_key()
        if not self.state.provider_key:
            self.state.provider_key = f"sk_test_{secrets.token_hex(20)}"

    @property
    def key(self) -> Key:
        """The shopkeeper's key, which may read and write."""
        return self.state.keys[0]

    @property
    def provider_key(self) -> str:
        """The provider's secret key."""
        return self.state.provider_key

    def save(self, path: Path) -> None:
        """Write everything to a file that only its owner may read: it holds the keys."""
        part = path.with_name(path.name + ".part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_bytes(msgspec.json.encode(self.state))
        part.replace(path)

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime]) -> "Store":
        """Go on where a saved shop stopped, with its keys. Raises `Unreadable`, `FileNotFoundError`."""
        try:
            state = msgspec.json.decode(path.read_bytes(), type=State)
        except msgspec.MsgspecError:
            raise Unreadable(f"{path} is not a saved demo shop") from None
        return cls(clock=clock, state=state)

    def place(
        self,
        items: Sequence[tuple[str, int]],
        *,
        customer: Customer | None = None,
        delivery: Delivery = Delivery.PICKUP,
        method: str = METHOD,
        payment: Payment | None = None,
        note: str = "",
        at: datetime | None = None,
    ) -> Order:
        """Order by sku, pending until somebody pays; with `payment`, paid as a customer would on the page.

        Nothing asks whether the units are there. Raises `NotThere`, `NotForSale`.
        """
        with self.at(at):
            basket = [(self.find(sku).id, units) for sku, units in items]
            who = customer or Customer(*person(self.random))
            order = place(self, Purchase(basket, who, delivery, method, note))
            if payment is not None:
                settle_choice(self, order, payment)
            return order

    def pay(
        self,
        order_id: int,
        amount_minor: int | None = None,
        *,
        status: str = "success",
        channel: str = "card",
        reference: str | None = None,
        customer_fee_minor: int = 0,
        at: datetime | None = None,
    ) -> Transaction:
        """Pay through the provider, the whole total unless an amount is given; the shop is told."""
        with self.at(at):
            attempt = Attempt(amount_minor, status, channel, reference, customer_fee_minor)
            return provider.pay(self, self.order(order_id), attempt)

    def transaction(
        self,
        order_id: int | None,
        amount_minor: int | None = None,
        *,
        status: str = "success",
        channel: str = "card",
        reference: str | None = None,
        customer_fee_minor: int = 0,
        at: datetime | None = None,
    ) -> Transaction:
        """Money at the provider that the shop hears nothing of; without an order, nobody's money."""
        with self.at(at):
            order = None if order_id is None else self.order(order_id)
            attempt = Attempt(amount_minor, status, channel, reference, customer_fee_minor)
            return provider.charge(self, order, attempt)

    def settle(self, reference: str, status: str = "success", at: datetime | None = None) -> Transaction:
        """The bank answers an awaited payment."""
        with self.at(at):
            made = provider.transaction(self, reference)
            provider.settle(self, made, status)
            return made

    def reverse(self, reference: str, at: datetime | None = None) -> Transaction:
        """The bank takes a payment back."""
        with self.at(at):
            made = provider.transaction(self, reference)
            provider.reverse(self, made)
            return made

    def pay_link(
        self, reference: str, amount_minor: int | None = None, *, at: datetime | None = None
    ) -> Transaction:
        """A customer pays a payment link, what it asks for unless an amount is given."""
        with self.at(at):
            made = provider.transaction(self, reference)
            provider_links.pay_link(self, made, amount_minor)
            return made

    def plan_refunds(self, *outcomes: str) -> None:
        """Say what becomes of the provider's next refunds, one outcome each; see `provider_refunds.plan`."""
        provider_refunds.plan(self, *outcomes)

    def settle_refund(self, number: int, status: str, at: datetime | None = None) -> ProviderRefund:
        """The provider brings a refund to a status, any after any."""
        with self.at(at):
            refund = provider_refunds.refund_of(self, number)
            provider_refunds.settle_refund(self, refund, status)
            return refund
