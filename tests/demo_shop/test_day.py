"""The day the demo profile opens on."""

from datetime import UTC, datetime, timedelta

import pytest

from posapp.demo_shop.day import SHOP_ZONE, live_a_day
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import Clock

AFTERNOON = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)


def test_a_dozen_orders_are_in_every_state(store: Store) -> None:
    orders = live_a_day(store, AFTERNOON)
    assert len(orders) >= 12
    assert {order.status for order in orders} == {
        "pending",
        "processing",
        "on-hold",
        "completed",
        "cancelled",
        "refunded",
    }
    assert store.find("WIG-14").stock == -1
    held = [t for t in store.state.transactions.values() if t.status == "success"]
    assert len({t.order_id for t in held}) == len(held) - 1, "one order was paid twice"
    assert any(store.order(t.order_id or 0).status == "cancelled" for t in held)


@pytest.mark.parametrize("hour", [0, 1, 6, 12, 23])
def test_all_of_it_is_today_and_in_the_past(clock: Clock, hour: int) -> None:
    until = datetime(2026, 11, 20, hour, 0, 30, tzinfo=SHOP_ZONE)
    clock.now = until
    orders = live_a_day(Store(clock=clock), until)
    times = [moment for order in orders for moment in (order.created_at, order.modified_at)]
    assert max(times) <= until
    assert {moment.astimezone(SHOP_ZONE).date() for moment in times} == {until.date()}
    assert [order.created_at for order in orders] == sorted(order.created_at for order in orders)


def test_time_in_the_shop_can_be_held_moved_and_is_never_naive(store: Store, clock: Clock) -> None:
    order = store.place([("RICE-5", 1)], at=AFTERNOON)
    assert (order.created_at, store.now()) == (AFTERNOON, clock.now)
    assert store.advance(90) == clock.now + timedelta(seconds=90)
    assert store.place([("RICE-5", 1)]).created_at == clock.now + timedelta(seconds=90)
    with pytest.raises(ValueError, match="aware"):
        store.pay(order.id, at=AFTERNOON.replace(tzinfo=None))
