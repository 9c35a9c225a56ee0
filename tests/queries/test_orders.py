from datetime import UTC, date, datetime, timedelta

import pytest

from posapp.commands.orders import CancelOrder
from posapp.domain.attention import Reason
from posapp.domain.orders import Channel
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.days import day_of, days_between
from posapp.queries.heads import OrderRow
from posapp.queries.orders import (
    DateOf,
    OrderFilter,
    OrdersSource,
    OrdersSummary,
    Sort,
    View,
    newest_placed_at,
    order_row,
    orders_summary,
)
from posapp.queries.sales import total_sales
from tests.queries.paging import paged
from tests.queries.situations import TOTE, every_situation
from tests.shop import FRIDAY, Shop

CHIPS = {
    "unpaid": ("unpaid", "not_started"),
    "paid": ("paid", "to_prepare"),
    "short": ("paid", "attention"),
    "empty handed": ("paid", "attention"),
    "free of charge": ("paid", "to_prepare"),
    "partly paid": ("partly", "not_started"),
    "announced": ("awaiting", "not_started"),
    "never came": ("unpaid", "not_started"),
    "overpaid": ("paid", "attention"),
    "credit kept": ("paid", "to_prepare"),
    "reversed": ("unpaid", "attention"),
    "pending": ("awaiting", "not_started"),
    "increased": ("partly", "not_started"),
    "handed over": ("paid", "handed_over"),
    "shipped": ("paid", "shipped"),
    "delivered": ("paid", "delivered"),
    "part handed": ("paid", "to_prepare"),
    "dropped": ("unpaid", "cancelled"),
    "refunded": ("refunded", "cancelled"),
    "paid late": ("owed", "attention"),
    "web unpaid": ("unpaid", "not_started"),
    "cancelled in shop": ("owed", "attention"),
    "edited in shop": ("paid", "attention"),
    "dearer in shop": ("partly", "attention"),
    "next day": ("paid", "to_prepare"),
}


def listed(shop: Shop, **chosen: object) -> list[OrderRow]:
    return list(OrdersSource(shop.reader, OrderFilter(**chosen)).page_after(None, 256))


def test_every_order_wears_the_two_chips_of_its_situation(shop: Shop) -> None:
    made = every_situation(shop)
    rows = {row.id: row for row in listed(shop)}
    shown = {name: (str(rows[i].payment), str(rows[i].fulfilment)) for name, i in made.items()}
    assert shown == CHIPS


@pytest.mark.parametrize("what", ["payment", "status"])
def test_a_filter_lists_exactly_the_orders_that_wear_its_chip(shop: Shop, what: str) -> None:
    every_situation(shop)
    everything = listed(shop)
    for mark in PaymentMark if what == "payment" else FulfilmentMark:
        worn = [row for row in everything if mark in (row.payment, row.fulfilment)]
        source = OrdersSource(shop.reader, OrderFilter(**{what: mark}))
        assert list(source.page_after(None, 256)) == worn
        assert source.count() == len(worn)


def test_filters_narrow_each_other(shop: Shop) -> None:
    made = every_situation(shop)
    both = listed(shop, payment=PaymentMark.OWED, status=FulfilmentMark.ATTENTION, channel=Channel.WEB)
    assert [row.id for row in both] == [made["cancelled in shop"]]
    assert listed(shop, view=View.TO_PREPARE, channel=Channel.WEB) == []
    searched = listed(shop, search="halima", status=FulfilmentMark.ATTENTION)
    assert [row.id for row in searched] == [made["short"]]
    assert listed(shop, search="halima", status=FulfilmentMark.SHIPPED) == []


def test_the_saved_views(shop: Shop) -> None:
    made = every_situation(shop)
    to_prepare = {name for name, (_, fulfilment) in CHIPS.items() if fulfilment == "to_prepare"}
    assert {row.id for row in listed(shop, view=View.TO_PREPARE)} == {made[name] for name in to_prepare}
    assert [row.id for row in listed(shop, view=View.AWAITING)] == [made["announced"]]
    assert [row.id for row in listed(shop, view=View.TODAY, at=shop.now)] == [made["next day"]]
    assert len(listed(shop, view=View.TODAY, at=FRIDAY)) == len(made) - 1
    assert len(listed(shop)) == len(made)


def test_today_must_be_told_the_time(shop: Shop) -> None:
    with pytest.raises(ValueError, match="told the time"):
        OrdersSource(shop.reader, OrderFilter(view=View.TODAY))


def test_the_day_is_that_of_the_shop(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    shop.now = datetime(2026, 11, 20, 22, 59, 50, tzinfo=UTC)
    before = shop.place({TOTE: 1})
    shop.now = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # midnight in Lagos
    after = shop.place({TOTE: 1})
    assert [row.id for row in listed(shop, view=View.TODAY, at=shop.now)] == [after]
    assert [row.id for row in listed(shop, view=View.TODAY, at=shop.now - timedelta(hours=2))] == [before]


def test_a_date_range_takes_its_first_moment_and_leaves_its_last(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    first, second, third = (shop.place({TOTE: 1}) for _ in range(3))
    times = {row.id: row.placed_at for row in listed(shop)}
    between = listed(shop, from_at=times[first], to_at=times[third])
    assert [row.id for row in between] == [second, first]


def test_pages_by_key_are_the_whole_list_once_and_newest_first(shop: Shop) -> None:
    every_situation(shop)
    for chosen in (OrderFilter(), OrderFilter(status=FulfilmentMark.ATTENTION), OrderFilter(search="00")):
        source = OrdersSource(shop.reader, chosen)
        whole = list(source.page_after(None, 256))
        assert whole == sorted(whole, key=lambda row: (row.placed_at, row.id), reverse=True)
        assert paged(source, 3) == whole
        assert source.count() == len(whole) > 3
        for rows in (1, 3, len(whole)):
            assert source.skip(None, rows) == source.key_of(whole[rows - 1])
        assert source.skip(source.key_of(whole[0]), 2) == source.key_of(whole[2])
        assert source.skip(None, len(whole) + 1) is None


def test_orders_of_one_moment_are_not_lost_between_pages(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    at = shop.clock()
    for remote in range(9001, 9008):
        shop.web_order(str(remote), {TOTE: (1, 100_000)}, placed_at=at)
    assert len(paged(OrdersSource(shop.reader, OrderFilter()), 2)) == 7


def test_a_page_never_holds_more_than_256_rows(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    for _ in range(260):
        shop.place({TOTE: 1})
    assert len(OrdersSource(shop.reader, OrderFilter()).page_after(None, 10_000)) == 256


def test_the_summary_counts_what_is_listed(shop: Shop) -> None:
    every_situation(shop)
    rows = listed(shop)
    paid = [row for row in rows if row.payment == PaymentMark.PAID]
    assert orders_summary(shop.reader, OrderFilter()) == OrdersSummary(
        orders=len(rows),
        paid=len(paid),
        paid_minor=sum(row.paid_minor for row in paid),
        total_minor=sum(row.total_minor for row in rows),
    )
    assert orders_summary(shop.reader, OrderFilter(search="no such thing")) == OrdersSummary(0, 0, 0, 0)


def test_a_row_carries_figures_and_reasons(shop: Shop) -> None:
    made = every_situation(shop)
    row = order_row(shop.reader, made["short"])
    assert row is not None
    assert (row.customer, row.total_minor, row.paid_minor) == ("Halima Sani", 250_000, 250_000)
    assert row.reasons == (Reason.SHORTAGE,)
    late = order_row(shop.reader, made["paid late"])
    assert late is not None
    assert (late.paid_minor, late.owed_minor, late.reasons) == (0, 100_000, (Reason.LATE_PAYMENT,))
    assert order_row(shop.reader, "no such order") is None


def test_the_newest_order(shop: Shop) -> None:
    assert newest_placed_at(shop.reader) is None
    shop.product("Tote", stock=9)
    shop.place({TOTE: 1})
    assert newest_placed_at(shop.reader) == listed(shop)[0].placed_at


def test_by_the_day_of_confirmation_the_list_adds_up_to_the_sales_of_that_day(shop: Shop) -> None:
    made = every_situation(shop)
    shop.now += timedelta(days=1)
    shop.pay(made["unpaid"])  # placed on Friday, a sale of Saturday
    shop.pay(made["increased"])  # confirmed on Friday, the increase paid on Saturday
    shop.do(
        CancelOrder, order_id=made["paid"], reason="not wanted"
    )  # what leaves the sales is not of the list
    saturday = OrderFilter(view=View.TODAY, at=shop.now, date_of=DateOf.CONFIRMED)
    rows = OrdersSource(shop.reader, saturday).page_after(None, 256)
    assert {row.id for row in rows} == {made["unpaid"], made["increased"]}
    day = day_of(shop.now, "Africa/Lagos")
    sales = total_sales(shop.reader, day.from_at, day.to_at)
    assert sales.refunds_minor > 0
    assert orders_summary(shop.reader, saturday).sales_minor == sales.sales_minor
    for at in (FRIDAY, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)):
        that_day = OrderFilter(view=View.TODAY, at=at, date_of=DateOf.CONFIRMED)
        day = day_of(at, "Africa/Lagos")
        sales = total_sales(shop.reader, day.from_at, day.to_at)
        assert orders_summary(shop.reader, that_day).sales_minor == sales.sales_minor
    by_placing = OrderFilter(view=View.TODAY, at=shop.now)
    assert orders_summary(shop.reader, by_placing).sales_minor is None


def test_by_the_day_of_confirmation_an_order_for_nothing_is_listed_too(shop: Shop) -> None:
    made = every_situation(shop)
    rows = listed(shop, view=View.TODAY, at=FRIDAY, date_of=DateOf.CONFIRMED)
    assert made["free of charge"] in {row.id for row in rows}
    assert made["unpaid"] not in {row.id for row in rows}


def test_a_day_of_confirmation_goes_together_with_search_and_state(shop: Shop) -> None:
    made = every_situation(shop)
    asked = {"view": View.TODAY, "at": FRIDAY, "date_of": DateOf.CONFIRMED}
    number = shop.order(made["short"]).number
    assert [row.id for row in listed(shop, **asked, search=number)] == [made["short"]]
    short = listed(shop, **asked, status=FulfilmentMark.ATTENTION)
    assert made["short"] in {row.id for row in short}
    assert all(row.reasons for row in short)
    assert listed(shop, date_of=DateOf.CONFIRMED) == listed(
        shop
    )  # without a date there is nothing to date by


def test_days_are_whole_and_the_last_is_taken_in() -> None:
    span = days_between(date(2026, 11, 19), date(2026, 11, 20), "Africa/Lagos")
    assert (span.from_at, span.to_at) == (
        datetime(2026, 11, 18, 23, tzinfo=UTC),
        datetime(2026, 11, 20, 23, tzinfo=UTC),
    )
    with pytest.raises(ValueError, match="before the first"):
        days_between(date(2026, 11, 20), date(2026, 11, 19), "Africa/Lagos")


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("search", ["", "o"])
def test_every_order_of_listing_is_read_by_key_without_gap_or_repeat(
    shop: Shop, sort: Sort, search: str
) -> None:
    every_situation(shop)
    chosen = OrderFilter(sort=sort, search=search and "TOTE")
    rows = OrdersSource(shop.reader, chosen).page_after(None, 256)

    def key(row: OrderRow) -> tuple[object, ...]:
        by_age = (row.placed_at, row.id)
        return by_age if sort in (Sort.NEWEST, Sort.OLDEST) else (row.total_minor, *by_age)

    assert list(rows) == sorted(rows, key=key, reverse=sort in (Sort.NEWEST, Sort.LARGEST))
    assert len({row.total_minor for row in rows}) < len(rows), "ties are there to be broken"
    source = OrdersSource(shop.reader, chosen)
    assert paged(source, 3) == list(rows)
    third = source.skip(None, 3)
    assert third == source.key_of(rows[2])
    assert list(source.page_after(third, 256)) == list(rows[3:])
    assert source.skip(None, len(rows) + 1) is None
