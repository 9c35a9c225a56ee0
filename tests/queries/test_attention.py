from datetime import timedelta

from posapp.commands.orders import CancelOrder
from posapp.commands.payments import FlagDelay
from posapp.commands.shop import ChangeSetting
from posapp.domain.attention import Reason
from posapp.domain.payments import PaymentState
from posapp.queries.attention import (
    AttentionLine,
    AttentionRow,
    Sort,
    arrived_for,
    attention_count,
    attention_rows,
)
from tests.queries.situations import RICE, TOTE, every_situation
from tests.shop import Shop


def test_a_quiet_shop_needs_nobody(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    shop.sold({TOTE: 1})
    assert attention_count(shop.reader) == 0
    assert attention_rows(shop.reader) == ()
    assert arrived_for(shop.reader) == ()


def test_the_badge_counts_orders_not_cases(shop: Shop) -> None:
    shop.product("Tote", stock=0)
    order_id = shop.place({TOTE: 2})
    shop.pay(order_id, 250_000)  # short and paid too much
    assert len([case for case in shop.order(order_id).cases if case.is_open]) == 2
    assert attention_count(shop.reader) == 1
    (row,) = attention_rows(shop.reader)
    assert set(row.reasons) == {Reason.SHORTAGE, Reason.OVERPAYMENT}
    assert row.credit_minor == 50_000


def test_a_payment_that_hangs_is_waited_for_since_it_was_announced(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    order_id = shop.place({TOTE: 1})
    shop.told(order_id, 100_000, PaymentState.PENDING, "T-slow")
    (payment,) = shop.order(order_id).payments
    shop.now += timedelta(minutes=20)
    shop.do(FlagDelay, order_id=order_id, payment_id=payment.id)
    (row,) = attention_rows(shop.reader)
    assert (row.waiting_since, row.paid_minor, row.pending_minor) == (payment.paid_at, 0, 100_000)


def by_situation(shop: Shop) -> dict[str, AttentionRow]:
    made = {order_id: name for name, order_id in every_situation(shop).items()}
    return {made[row.id]: row for row in attention_rows(shop.reader)}


def test_every_order_that_needs_a_person_is_listed_once(shop: Shop) -> None:
    rows = by_situation(shop)
    assert set(rows) == {
        "short", "empty handed", "overpaid", "reversed", "paid late", "cancelled in shop", "edited in shop",
        "dearer in shop",
    }  # fmt: skip
    assert attention_count(shop.reader) == len(rows)


def test_each_row_tells_what_it_is_about(shop: Shop) -> None:
    rows = by_situation(shop)
    short = rows["short"]
    assert (short.customer, short.paid_minor, short.reasons) == ("Halima Sani", 250_000, (Reason.SHORTAGE,))
    assert short.lines == (AttentionLine("Rice", "RICE", 3, 2),)
    assert short.paid_at == shop.order(short.id).confirmed_at
    assert short.waiting_since == shop.order(short.id).cases[0].opened_at
    late = rows["paid late"]
    assert late.lines == (AttentionLine("Tote", "TOTE", 1, 0),)
    assert (late.was_cancelled, late.paid_minor, late.owed_minor) == (True, 100_000, 100_000)
    assert late.paid_at == shop.order(late.id).payments[0].paid_at
    assert rows["overpaid"].credit_minor == 20_000
    assert (rows["reversed"].balance_minor, rows["reversed"].paid_minor) == (100_000, 0)
    assert (rows["cancelled in shop"].shop_change, rows["cancelled in shop"].owed_minor) == (
        "cancelled",
        200_000,
    )
    assert (rows["edited in shop"].shop_change, rows["edited in shop"].credit_minor) == ("edited", 100_000)
    assert rows["dearer in shop"].balance_minor == 100_000
    assert rows["dearer in shop"].remote_id == "8004"


def test_money_that_came_after_cancelling_is_the_payment_that_counts(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    order_id = shop.sold({TOTE: 1})
    shop.do(CancelOrder, order_id=order_id)
    shop.now += timedelta(hours=2)
    late = shop.clock()
    shop.pay(order_id, 100_000, paid_at=late)
    (row,) = attention_rows(shop.reader)
    assert row.paid_at == late > shop.order(order_id).confirmed_at


def test_the_list_is_narrowed_by_reason(shop: Shop) -> None:
    made = every_situation(shop)
    rows = attention_rows(shop.reader, why=[Reason.LATE_PAYMENT, Reason.PAYMENT_REVERSED])
    assert {row.id for row in rows} == {made["paid late"], made["reversed"]}
    assert attention_rows(shop.reader, why=[Reason.PAYMENT_DELAYED]) == ()


def test_the_order_of_the_list(shop: Shop) -> None:
    every_situation(shop)
    oldest = attention_rows(shop.reader)
    times = [row.paid_at or row.waiting_since for row in oldest]
    assert times == sorted(times)
    assert attention_rows(shop.reader, sort=Sort.NEWEST) == oldest[::-1]
    assert [row.number for row in attention_rows(shop.reader, sort=Sort.NUMBER)] == sorted(
        row.number for row in oldest
    )
    amounts = [row.paid_minor for row in attention_rows(shop.reader, sort=Sort.AMOUNT)]
    assert amounts == sorted(amounts, reverse=True)


def test_a_settled_order_leaves_the_list(shop: Shop) -> None:
    made = every_situation(shop)
    before = attention_count(shop.reader)
    shop.resolve(made["short"], "refund_excess")
    assert attention_count(shop.reader) == before - 1
    assert made["short"] not in {row.id for row in attention_rows(shop.reader)}


def test_arrived_stock_is_offered_oldest_place_first_where_nobody_fills_by_himself(shop: Shop) -> None:
    made = every_situation(shop)
    assert arrived_for(shop.reader) == ()
    shop.do(ChangeSetting, key="auto_fill", value="false")
    shop.receive(RICE, 2)
    arrived = arrived_for(shop.reader)
    assert [(a.order_id, a.name, a.short, a.free_now) for a in arrived] == [
        (made["short"], "Rice", 2, 2),
        (made["empty handed"], "Rice", 2, 2),
    ]
    shop.resolve(made["short"], "fulfill_order")
    assert arrived_for(shop.reader) == ()
