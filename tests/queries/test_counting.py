"""How many orders there are is known without counting them, for none is ever deleted."""

import pytest

from posapp.commands.orders import CancelOrder, NewLine, PlaceOrder
from posapp.commands.shop import MAIN_LOCATION
from posapp.domain.errors import Refused
from posapp.queries.orders import OrderFilter, OrdersSource, View
from tests.shop import Shop


def counted(shop: Shop) -> tuple[int, int, int]:
    listed = OrdersSource(shop.reader, OrderFilter(view=View.ALL))
    rows = listed.page_after(None, 256)
    return listed.count(), len(rows), int(shop.reader.value("SELECT COUNT(*) FROM orders"))


def test_all_orders_are_counted_by_the_last_one_s_place(shop: Shop) -> None:
    assert counted(shop) == (0, 0, 0)
    shop.product("Mug", 100_000, stock=5)
    made = [shop.place({"mug": 1}) for _ in range(3)]
    with pytest.raises(Refused):
        shop.place({"nothing": 1})
    fields = {"order_id": "never", "location_id": MAIN_LOCATION, "lines": (NewLine("mug", 1),)}
    with pytest.raises(ZeroDivisionError):  # what fails at the very end of its transaction leaves no gap
        shop.desk.do(shop.command(PlaceOrder, **fields), also=lambda connection: 1 // 0)
    shop.do(CancelOrder, order_id=made[1])
    shop.place({"mug": 1})
    assert counted(shop) == (4, 4, 4)
