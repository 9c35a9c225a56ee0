"""The shop's memory with its clock and its counters: what every other part of the demo shop stands on."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from posapp.demo_shop.records import Key, Meta, Note, Order, Product, Refund, State


class NotThere(LookupError):
    """No such product, order or transaction in the demo shop."""


class Book:
    """State, clock and counters. Nothing here waits, so one event loop never sees a half-made change."""

    def __init__(self, state: State, clock: Callable[[], datetime]) -> None:
        self.state = state
        self.random = random.Random(state.seed)
        self.changes = 0  # rises with every change, so that somebody may write the state to a file
        self._clock = clock
        self._shift = timedelta()
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The shop's time: aware UTC, whole seconds."""
        moment = self._held or self._clock() + self._shift
        return moment.astimezone(UTC).replace(microsecond=0)

    @contextmanager
    def at(self, when: datetime | None) -> Iterator[None]:
        """Let what is done inside happen at `when`; None is now. Raises `ValueError` for a naive time."""
        if when is not None and when.tzinfo is None:
            raise ValueError("a time in the demo shop is aware")
        before, self._held = self._held, when or self._held
        try:
            yield
        finally:
            self._held = before

    def advance(self, seconds: float) -> datetime:
        """Move the shop's time forward of the clock that was passed in, and say what it is now."""
        self._shift += timedelta(seconds=seconds)
        return self.now()

    def post_id(self) -> int:
        """The next id of a product, an order or a refund: WordPress has one sequence for them."""
        self.state.next_post += 1
        return self.state.next_post - 1

    def line_id(self) -> int:
        """The next id of a line of any kind."""
        self.state.next_line += 1
        return self.state.next_line - 1

    def meta(self, key: str, value: object) -> Meta:
        """A new row of meta."""
        self.state.next_meta += 1
        return Meta(self.state.next_meta - 1, key, value)

    def put_meta(self, rows: list[Meta], key: str, value: object) -> None:
        """Set the value of a key: the row that is there, or a new one."""
        for row in rows:
            if row.key == key:
                row.value = value
                return
        rows.append(self.meta(key, value))

    def note(self, order: Order, text: str, *, for_customer: bool = False) -> Note:
        """Write into the order's history. WooCommerce does not move `date_modified` for it."""
        note = Note(self.state.next_note, self.now(), text, for_customer)
        self.state.next_note += 1
        order.notes.append(note)
        self.changes += 1
        return note

    def touch(self, thing: Order | Product) -> None:
        """Mark as changed now."""
        thing.modified_at = self.now()
        self.changes += 1

    def product(self, product_id: int) -> Product:
        """A product or a variation. Raises `NotThere`."""
        try:
            return self.state.products[product_id]
        except KeyError:
            raise NotThere(f"no product {product_id}") from None

    def product_by_sku(self, sku: str) -> Product | None:
        """The product or variation with that sku, unless it is in the trash."""
        found = (p for p in self.state.products.values() if sku and p.sku == sku and p.status != "trash")
        return next(found, None)

    def variations_of(self, parent_id: int) -> list[Product]:
        """A variable product's variations, oldest first."""
        return [p for p in self.state.products.values() if p.parent_id == parent_id]

    def stock_keeper(self, product: Product) -> Product | None:
        """Who counts this product's units: itself, its parent, or nobody."""
        if product.manage_stock:
            return product
        if product.parent_id:
            parent = self.state.products.get(product.parent_id)
            return parent if parent is not None and parent.manage_stock else None
        return None

    def order(self, order_id: int) -> Order:
        """Raises `NotThere`."""
        try:
            return self.state.orders[order_id]
        except KeyError:
            raise NotThere(f"no order {order_id}") from None

    def refund_of(self, order: Order, refund_id: int) -> Refund:
        """Raises `NotThere`."""
        for refund in order.refunds:
            if refund.id == refund_id:
                return refund
        raise NotThere(f"no refund {refund_id}")

    def add_key(self, permissions: str = "read_write") -> Key:
        """Make a REST key; `permissions` is read, write or read_write."""
        key = Key(f"ck_{secrets.token_hex(20)}", f"cs_{secrets.token_hex(20)}", permissions)
        self.state.keys.append(key)
        self.changes += 1
        return key


def meta_value(rows: list[Meta], key: str) -> object:
    """The value of a key, or None."""
    return next((row.value for row in rows if row.key == key), None)
