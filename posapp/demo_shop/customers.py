"""Invented customers who compete for stock, through the same checkout as everybody."""

import asyncio
import random

from posapp.demo_shop.checkout import Customer, Delivery, Payment, Purchase, place, settle_choice
from posapp.demo_shop.names import person
from posapp.demo_shop.orders import NEEDS_PAYMENT, set_status
from posapp.demo_shop.provider import Attempt, pay, settle
from posapp.demo_shop.records import Order, Product
from posapp.demo_shop.stock import on_hand
from posapp.demo_shop.store import Store

ORDER_EVERY_S = 60.0  # one customer's pace; twenty make an order every three seconds
SHORTEST_PAUSE_S = 1.0
MOST_WAITING = 12  # unpaid orders one crowd leaves lying about
MANNERS = (
    (Payment.NOW, 50),
    (Payment.LATER, 22),
    (Payment.SLOW, 8),
    (Payment.ON_DELIVERY, 6),
    (Payment.TOO_MUCH, 3),
    (Payment.TWICE, 3),
    (Payment.PART, 3),
    (Payment.TRANSFER, 3),
    (Payment.AFTER_CANCELLING, 1),
    (Payment.REVERSED, 1),
)


class Crowd:
    """Customers with a seeded will of their own. One `step` is one deed of one of them."""

    def __init__(self, store: Store, seed: int | None = None) -> None:
        self._store = store
        self._random = random.Random(store.state.seed if seed is None else seed)
        self._waiting: list[Order] = []

    def step(self) -> Order | None:
        """Buy something, or come back to an order that waits. None when there is nothing to want."""
        if self._waiting and (len(self._waiting) >= MOST_WAITING or self._random.random() < 0.3):
            return self._come_back()
        return self._buy()

    def _buy(self) -> Order | None:
        wanted = [p for p in self._store.state.products.values() if self._wants(p)]
        if not wanted:
            return None
        scarce_first = [1 / (1 + max(0, on_hand(self._store, p) or 5)) + 0.2 for p in wanted]
        picked = self._random.choices(wanted, scarce_first, k=self._random.choice((1, 1, 1, 2)))
        units = {product.id: self._random.choice((1, 1, 1, 2)) for product in picked}
        delivery = self._random.choice(tuple(Delivery))
        who = Customer(*person(self._random))
        order = place(self._store, Purchase(tuple(units.items()), who, delivery))
        choices, weights = zip(*MANNERS, strict=True)
        payment = self._random.choices(choices, weights)[0]
        settle_choice(self._store, order, payment)
        if payment in {Payment.LATER, Payment.SLOW}:
            self._waiting.append(order)
        return order

    def _wants(self, product: Product) -> bool:
        if product.status != "publish" or product.kind == "variable" or not product.price:
            return False
        units = on_hand(self._store, product)
        return units is None or units > 0

    def _come_back(self) -> Order:
        """Pay what waits, whether or not the goods are still there; or change one's mind."""
        order = self._waiting.pop(self._random.randrange(len(self._waiting)))
        if order.status not in NEEDS_PAYMENT or order.id not in self._store.state.orders:
            return order
        asked = [t for t in self._store.state.transactions.values() if t.order_id == order.id]
        if asked:
            settle(self._store, asked[0])
        elif self._random.random() < 0.15:
            set_status(self._store, order, "cancelled")
        else:
            pay(self._store, order, Attempt())
        return order


async def shop_forever(store: Store, customers: int, *, seed: int | None = None) -> None:
    """Let customers shop until cancelled, about one order a minute each, never more than one a second."""
    crowd = Crowd(store, seed)
    pace = random.Random(store.state.seed)
    while True:
        pause = max(SHORTEST_PAUSE_S, ORDER_EVERY_S / max(1, customers))
        await asyncio.sleep(pause * pace.uniform(0.6, 1.4))
        crowd.step()
