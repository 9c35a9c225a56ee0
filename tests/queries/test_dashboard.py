from datetime import timedelta

from posapp.queries.attention import attention_rows
from posapp.queries.dashboard import dashboard
from posapp.queries.days import day_of
from posapp.queries.products import LOW_STOCK, LowItem
from posapp.queries.sales import (
    ChannelShares,
    HourSales,
    TotalSales,
    channel_shares,
    sales_by_hour,
    total_sales,
)
from tests.queries.situations import TOTE, every_situation
from tests.shop import FRIDAY, Shop


def test_an_empty_shop_has_an_empty_first_page(shop: Shop) -> None:
    page = dashboard(shop.reader, shop.now)
    assert (page.attention, page.oldest, page.transfers, page.owed) == (0, None, (), ())
    assert page.today == TotalSales(0, 0, 0, 0)
    assert page.shares == ChannelShares(0, 0)
    assert (page.hours, page.to_prepare, page.prepare_first, page.low) == ((), 0, (), ())
    assert (page.currency, page.time_zone, page.low_threshold) == ("NGN", "Africa/Lagos", LOW_STOCK)


def test_what_needs_a_person(shop: Shop) -> None:
    made = every_situation(shop)
    page = dashboard(shop.reader, shop.now)
    rows = attention_rows(shop.reader)
    assert page.attention == len(rows)
    assert page.oldest is not None
    assert (
        (page.oldest.order_id, page.oldest.customer)
        == (made["short"], "Halima Sani")
        == (rows[0].id, rows[0].customer)
    )
    (transfer,) = page.transfers
    assert (transfer.order_id, transfer.amount_minor) == (made["announced"], 100_000)
    assert transfer.payment_id == shop.order(made["announced"]).payments[0].id
    assert {(owed.order_id, owed.owed_minor) for owed in page.owed} == {
        (made["paid late"], 100_000),
        (made["cancelled in shop"], 200_000),
    }


def test_what_is_to_prepare(shop: Shop) -> None:
    made = every_situation(shop)
    page = dashboard(shop.reader, shop.now)
    assert page.to_prepare == 5
    assert [order.order_id for order in page.prepare_first] == [
        made[name] for name in ("paid", "free of charge", "credit kept", "part handed")
    ]
    assert page.prepare_first[0].customer == "Musa Danjuma"


def test_what_runs_out_fewest_free_first(shop: Shop) -> None:
    shop.product("Wig", stock=LOW_STOCK)
    shop.product("Oil", stock=LOW_STOCK + 1)
    shop.product("Cap")  # never stocked
    shop.product("Wrap", track_stock=False)
    shop.product("Old cap", archived=True)
    page = dashboard(shop.reader, shop.now)
    assert page.low == (LowItem("cap", "Cap", 0), LowItem("wig", "Wig", LOW_STOCK))


def test_the_money_of_the_day_sales_refunds_and_shares(shop: Shop) -> None:
    shop.product("Tote", 100_000, stock=2)
    web = shop.web_order("8001", {TOTE: (1, 100_000)})
    shop.pay(web)
    short = shop.sold({TOTE: 3})
    yesterday = day_of(shop.now, "Africa/Lagos")
    shop.now += timedelta(days=1)
    shop.resolve(short, "refund_excess")
    shop.sold({TOTE: 1})
    page = dashboard(shop.reader, shop.now)
    assert page.today == TotalSales(
        total_minor=-100_000, sales_minor=100_000, refunds_minor=200_000, orders=1
    )
    assert page.shares == ChannelShares(web_minor=0, counter_minor=-100_000)
    assert total_sales(shop.reader, yesterday.from_at, yesterday.to_at) == TotalSales(400_000, 400_000, 0, 2)
    assert channel_shares(shop.reader, yesterday) == ChannelShares(web_minor=100_000, counter_minor=300_000)
    assert total_sales(shop.reader) == TotalSales(300_000, 500_000, 200_000, 3)


def test_sales_by_hour_are_those_of_the_shops_clock(shop: Shop) -> None:
    shop.product("Tote", 100_000, stock=9)
    shop.sold({TOTE: 1})  # 10 o'clock in Lagos
    shop.now = FRIDAY + timedelta(hours=4, minutes=30)
    web = shop.web_order("8001", {TOTE: (2, 100_000)})
    shop.pay(web)
    shop.resolve(shop.sold({TOTE: 9}), "refund_excess")  # sales of the hour are before refunds
    day = day_of(shop.now, "Africa/Lagos")
    assert sales_by_hour(shop.reader, day, "Africa/Lagos") == (
        HourSales(hour=10, counter_minor=100_000, web_minor=0),
        HourSales(hour=14, counter_minor=900_000, web_minor=200_000),
    )
    kathmandu = sales_by_hour(shop.reader, day, "Asia/Kathmandu")  # 5:45 ahead
    assert [hour.hour for hour in kathmandu] == [14, 19]


def test_the_hours_add_up_to_the_sales_of_the_day(shop: Shop) -> None:
    every_situation(shop)
    page = dashboard(shop.reader, FRIDAY)
    assert sum(hour.counter_minor + hour.web_minor for hour in page.hours) == page.today.sales_minor
    assert page.shares.counter_minor + page.shares.web_minor == page.today.total_minor
