from datetime import timedelta
from typing import Any

import pytest

from posapp.commands.command import Command
from posapp.commands.orders import CancelOrder, EditOrder, HandOver, NewLine
from posapp.commands.payments import TakePayment
from posapp.commands.resolutions import Resolve, SwapAllocation, UndoDecision
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.commands.stock import AdjustStock, CountStock
from posapp.domain.attention import Reason
from posapp.domain.errors import FactsChanged, NotFound, Refused
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.details import order_details
from posapp.queries.effect_rows import Effect, StockNote
from posapp.queries.effects import (
    foresee,
    foresee_any,
    foresee_edit,
)
from posapp.queries.rehearsal import rehearse
from posapp.queries.sales import total_sales
from tests.queries.situations import RICE, TOTE, every_situation
from tests.shop import Shop

DECISIONS = [
    ("short", "refund_excess"), ("short", "refund_order"), ("short", "fulfill_order"),
    ("empty handed", "refund_order"), ("empty handed", "fulfill_order"),
    ("overpaid", "refund_difference"), ("overpaid", "keep_credit"),
    ("reversed", "release_cancel"), ("reversed", "wait"),
    ("paid late", "accept"), ("paid late", "refund"),
    ("cancelled in shop", "shop_refund"), ("cancelled in shop", "already_refunded"), ("cancelled in shop", "reopen"),
    ("edited in shop", "shop_refund"), ("dearer in shop", "accept_as_paid"),
]  # fmt: skip


def contents(shop: Shop) -> dict[str, list[Any]]:
    """Everything that the database holds."""
    tables = [name for (name,) in shop.reader.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: shop.reader.rows(f'SELECT * FROM "{name}"') for name in tables}


def decide(shop: Shop, order_id: str, key: str, **fields: Any) -> Any:
    return shop.command(Resolve, order_id=order_id, key=key, **fields)


def held(shop: Shop, order_id: str) -> int:
    return sum(line.allocated_qty for line in shop.order(order_id).lines)


@pytest.mark.parametrize(("situation", "key"), DECISIONS)
def test_what_is_foreseen_is_what_happens_row_for_row(shop: Shop, situation: str, key: str) -> None:
    order_id = every_situation(shop)[situation]
    command = decide(shop, order_id, key)
    check_foreseen(shop, command, order_id)


def check_foreseen(shop: Shop, command: Command, order_id: str) -> Effect:
    """Foresee, compare what was written: nothing; carry it out, compare what was foreseen: all of it."""
    before = contents(shop)
    sales_before, order_before = total_sales(shop.reader), shop.order(order_id)
    effect = foresee_any(shop.reader, command, order_id, command.at)
    book = rehearse(shop.reader, command, command.at)
    changed = [order.id for order in book.changed_orders()]
    held_before = {other: held(shop, other) for other in changed}
    assert contents(shop) == before
    shop.desk.do(command)
    for changed_id in changed:
        assert shop.order(changed_id) == book.orders[changed_id]
    for level in book.levels.values():
        stored = shop.reader.source().level(level.item_id, level.location_id)
        assert (stored or level) == level
    after = shop.order(order_id)
    assert effect.money.amount_minor == after.refunded_minor - order_before.refunded_minor
    assert sum(part.amount_minor for part in effect.money.parts) == effect.money.amount_minor
    assert effect.money.paid_after_minor == after.paid_minor
    assert effect.money.total_after_minor == after.total_minor
    assert effect.sales.change_minor == total_sales(shop.reader).total_minor - sales_before.total_minor
    assert effect.order.status_after == after.status
    assert effect.order.payment_status_after == after.payment_status
    assert effect.order.still_open == tuple(case.reason for case in after.cases if case.is_open)
    for other in effect.others:
        assert other.units == held(shop, other.order_id) - held_before[other.order_id]
    return effect


def test_refund_excess_in_numbers(shop: Shop) -> None:
    made = every_situation(shop)
    effect = foresee(shop.reader, decide(shop, made["short"], "refund_excess"), shop.now)
    assert effect.money.customer == "Halima Sani"
    assert effect.money.amount_minor == 100_000
    (line,) = effect.money.lines
    assert (line.name, line.units, line.unit_price_minor, line.worth_minor) == ("Rice", 2, 50_000, 100_000)
    (part,) = effect.money.parts
    assert (part.method, part.route, part.amount_minor) == ("cash", "cash", 100_000)
    rice, tote = effect.stock
    assert (rice.name, rice.free_before, rice.free_after, rice.note) == ("Rice", 0, 0, StockNote.NEVER_LEFT)
    assert (tote.name, tote.note) == ("Tote", StockNote.NO_CHANGE)
    assert (tote.on_hand_before, tote.free_before) == (tote.on_hand_after, tote.free_after)
    assert effect.order.leaves_attention
    assert effect.order.ready_to_prepare
    assert effect.order.payment_status_after == PaymentStatus.PAID
    assert effect.sales.change_minor == -100_000
    assert effect.sales.today_after_minor == effect.sales.today_before_minor - 100_000
    assert effect.others == ()


def test_refund_order_tells_who_gets_the_freed_units(shop: Shop) -> None:
    made = every_situation(shop)
    effect = foresee(shop.reader, decide(shop, made["short"], "refund_order"), shop.now)
    rice, tote = effect.stock
    assert (rice.free_before, rice.free_after, rice.note) == (0, 0, StockNote.TO_OTHERS)
    assert (tote.free_after - tote.free_before, tote.note) == (1, StockNote.FREED)
    (other,) = effect.others
    assert (other.order_id, other.customer, other.units) == (made["empty handed"], "Uche Nnamdi", 1)
    assert other.items == (("Rice", 1),)
    assert not other.leaves_attention
    assert effect.order.status_after == Status.CANCELLED
    assert effect.order.payment_after == PaymentMark.REFUNDED
    assert effect.order.fulfilment_after == FulfilmentMark.CANCELLED
    assert effect.money.amount_minor == 250_000


def test_fulfill_order_tells_found_units(shop: Shop) -> None:
    made = every_situation(shop)
    effect = foresee(shop.reader, decide(shop, made["short"], "fulfill_order"), shop.now)
    rice, _ = effect.stock
    assert (rice.found, rice.note) == (2, StockNote.FOUND)
    assert (rice.on_hand_before, rice.on_hand_after) == (1, 3)
    assert (rice.allocated_before, rice.allocated_after) == (1, 3)
    assert effect.money.amount_minor == 0
    assert [(line.held_before, line.held_after, line.short_after) for line in effect.order.lines] == [
        (1, 3, 0),
        (1, 1, 0),
    ]


def test_fulfill_order_takes_free_units_where_nobody_fills_by_himself(shop: Shop) -> None:
    made = every_situation(shop)
    shop.do(ChangeSetting, key="auto_fill", value="false")
    shop.receive(RICE, 5)
    effect = foresee(shop.reader, decide(shop, made["short"], "fulfill_order"), shop.now)
    rice, _ = effect.stock
    assert (rice.found, rice.note, rice.free_before, rice.free_after) == (0, StockNote.TAKEN, 5, 3)


def test_mixed_per_line(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    line_id = shop.order(order_id).lines[0].id
    command = decide(shop, order_id, "mixed", fulfill={line_id: 1}, refund={line_id: 1})
    effect = check_foreseen(shop, command, order_id)
    assert effect.money.amount_minor == 50_000
    assert effect.stock[0].found == 1
    assert effect.order.leaves_attention


def test_a_discount_share_is_told(shop: Shop) -> None:
    shop.product("Wig", 1_250_000, stock=2)
    shop.product("Shea", 300_000, stock=9)
    order_id = shop.sold({"wig": 3, "shea": 2}, discount_minor=217_500, shipping_minor=150_000)
    money = foresee(shop.reader, decide(shop, order_id, "refund_excess"), shop.now).money
    (line,) = money.lines
    assert (line.list_minor, line.discount_share_minor, line.worth_minor) == (1_250_000, 62_500, 1_187_500)
    assert line.tax_on_top_minor == 0
    assert (money.amount_minor, money.shipping_minor, money.shipping_stays_minor) == (1_187_500, 0, 150_000)


@pytest.mark.parametrize(("included", "on_top"), [("true", 0), ("false", 75_000)])
def test_tax_is_told_where_it_comes_on_top(shop: Shop, included: str, on_top: int) -> None:
    shop.do(ChangeSetting, key="tax_basis_points", value="750")
    shop.do(ChangeSetting, key="tax_included", value=included)
    shop.product("Wig", 1_000_000, stock=2)
    order_id = shop.sold({"wig": 3})
    (line,) = foresee(shop.reader, decide(shop, order_id, "refund_excess"), shop.now).money.lines
    assert (line.list_minor, line.discount_share_minor, line.tax_on_top_minor) == (1_000_000, 0, on_top)
    assert line.worth_minor == 1_000_000 + on_top


def test_what_a_person_types_counts(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    with pytest.raises(Refused, match="Say why"):
        foresee(shop.reader, decide(shop, order_id, "refund_excess", amount_minor=70_000), shop.now)
    command = decide(shop, order_id, "refund_excess", amount_minor=70_000, reason="opened box", route="hand")
    effect = check_foreseen(shop, command, order_id)
    assert (effect.money.amount_minor, effect.money.kept_minor) == (70_000, 30_000)
    assert effect.money.parts[0].route == "hand"
    assert effect.sales.change_minor == -70_000


def test_money_goes_back_newest_payment_first(shop: Shop) -> None:
    shop.product("Tote", 250_000, stock=0)
    order_id = shop.place({TOTE: 2})
    shop.pay(order_id, 200_000)
    shop.pay(order_id, 300_000, method="transfer", reference="T9")
    money = foresee(shop.reader, decide(shop, order_id, "refund_order"), shop.now).money
    assert [(part.method, part.reference, part.amount_minor) for part in money.parts] == [
        ("transfer", "T9", 300_000),
        ("cash", "", 200_000),
    ]


def test_refunding_while_a_balance_is_due_lowers_it(shop: Shop) -> None:
    shop.product("Tote", 100_000, stock=2)
    order_id = shop.sold({TOTE: 3})
    version = shop.order(order_id).version
    shop.do(EditOrder, order_id=order_id, seen_version=version, added=(NewLine(TOTE, 1),))
    money = foresee(shop.reader, decide(shop, order_id, "refund_excess"), shop.now).money
    assert (money.amount_minor, money.lowers_balance_minor) == (0, 100_000)
    assert (money.total_before_minor, money.total_after_minor) == (400_000, 300_000)


def test_an_empty_handed_order_cannot_give_back_the_missing_part_only(shop: Shop) -> None:
    order_id = every_situation(shop)["empty handed"]
    with pytest.raises(Refused, match="use Refund Order"):
        foresee(shop.reader, decide(shop, order_id, "refund_excess"), shop.now)


def test_a_decision_on_old_figures_is_refused_and_the_new_ones_are_shown(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    details = order_details(shop.reader, order_id, shop.now)
    assert details is not None
    seen = details.fingerprint
    command = decide(shop, order_id, "refund_excess", seen=seen)
    assert foresee(shop.reader, command, shop.now).seen == seen
    shop.do(ChangeSetting, key="auto_fill", value="false")
    shop.receive(RICE, 1)
    with pytest.raises(FactsChanged):
        foresee(shop.reader, command, shop.now)
    now = foresee(shop.reader, decide(shop, order_id, "refund_excess"), shop.now)
    assert now.seen != seen
    assert now.stock[0].free_before == 1


def test_there_is_nothing_to_foresee_of_an_order_that_is_not_there(shop: Shop) -> None:
    with pytest.raises(NotFound):
        foresee(shop.reader, decide(shop, "nothing", "refund_order"), shop.now)


def test_cancelling_is_foreseen(shop: Shop) -> None:
    made = every_situation(shop)
    effect = check_foreseen(shop, shop.command(CancelOrder, order_id=made["paid"]), made["paid"])
    assert effect.money.amount_minor == 200_000
    assert (effect.stock[0].free_after - effect.stock[0].free_before, effect.stock[0].note) == (
        2,
        StockNote.FREED,
    )
    deposit = shop.command(CancelOrder, order_id=made["partly paid"])
    assert foresee_any(shop.reader, deposit, deposit.order_id, shop.now).money.amount_minor == 40_000
    with pytest.raises(Refused, match="that is a return"):
        check_foreseen(shop, shop.command(CancelOrder, order_id=made["delivered"]), made["delivered"])


def test_a_swap_is_foreseen(shop: Shop) -> None:
    first, second = overtaken(shop)
    command = shop.command(SwapAllocation, order_id=first, other_id=second)
    effect = check_foreseen(shop, command, first)
    assert (effect.stock[0].free_before, effect.stock[0].free_after, effect.stock[0].note) == (
        0,
        0,
        StockNote.SWAPPED,
    )
    (other,) = effect.others
    assert (other.units, other.enters_attention) == (-2, True)
    assert effect.order.leaves_attention
    with pytest.raises(Refused, match="did not overtake"):
        check_foreseen(shop, shop.command(SwapAllocation, order_id=second, other_id=first), second)


def overtaken(shop: Shop) -> tuple[str, str]:
    """An order that paid first and was told of late, and the one that took its two units meanwhile."""
    shop.product("Tote", 100_000, stock=2)
    first = shop.place({TOTE: 2}, customer="Ada Obi")
    early = shop.clock()
    second = shop.sold({TOTE: 2}, customer="Musa Danjuma")
    shop.do(TakePayment, order_id=first, amount_minor=200_000, method="cash", reference="", paid_at=early)
    return first, second


def test_an_edit_is_foreseen(shop: Shop) -> None:
    order_id = every_situation(shop)["paid"]
    order = shop.order(order_id)
    command = shop.command(
        EditOrder,
        order_id=order_id,
        seen_version=order.version,
        wanted={order.lines[0].id: 1},
        added=(NewLine(RICE, 1),),
    )
    effect = check_foreseen(shop, command, order_id)
    assert effect.money.amount_minor == 50_000  # one tote less, one rice more
    assert [(line.name, line.wanted_after, line.short_after) for line in effect.order.lines] == [
        ("Tote", 1, 0),
        ("Rice", 1, 1),
    ]
    assert effect.order.still_open == (Reason.SHORTAGE,)
    with pytest.raises(Refused, match="changed by someone else"):
        foresee_edit(shop.reader, command, shop.now)


def test_an_undo_is_foreseen(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    decided = decide(shop, order_id, "fulfill_order")
    shop.desk.do(decided)
    effect = check_foreseen(
        shop, shop.command(UndoDecision, order_id=order_id, decision_id=decided.id), order_id
    )
    assert (effect.stock[0].on_hand_before, effect.stock[0].on_hand_after) == (3, 1)
    assert effect.order.still_open == (Reason.SHORTAGE,)
    with pytest.raises(Refused, match="undone already"):
        check_foreseen(shop, shop.command(UndoDecision, order_id=order_id, decision_id=decided.id), order_id)


def test_handing_over_is_foreseen(shop: Shop) -> None:
    order_id = every_situation(shop)["paid"]
    effect = check_foreseen(shop, shop.command(HandOver, order_id=order_id), order_id)
    (tote,) = effect.stock
    assert (tote.on_hand_before - tote.on_hand_after, tote.note) == (2, StockNote.HANDED_OVER)
    assert tote.free_before == tote.free_after
    assert effect.order.fulfilment_after == FulfilmentMark.HANDED_OVER


def test_total_sales_of_today_leave_other_days_alone(shop: Shop) -> None:
    made = every_situation(shop)  # the shop is on its second day now
    effect = foresee(shop.reader, decide(shop, made["short"], "refund_excess"), shop.now)
    assert effect.sales.today_before_minor == 100_000  # what was sold on the second day
    assert effect.sales.today_after_minor == 0


def test_money_that_came_yesterday_enters_the_sales_of_yesterday(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    order_id, yesterday = shop.place({TOTE: 1}), shop.clock()
    shop.now += timedelta(days=1)
    payment = shop.command(
        TakePayment, order_id=order_id, amount_minor=100_000, method="cash", reference="", paid_at=yesterday
    )
    effect = check_foreseen(shop, payment, order_id)
    assert (effect.sales.change_minor, effect.sales.today_after_minor) == (100_000, 0)
    assert effect.stock[0].note == StockNote.TAKEN


def test_losing_stock_meanwhile_is_seen(shop: Shop) -> None:
    made = every_situation(shop)
    shop.do(CountStock, product_id=RICE, location_id=MAIN_LOCATION, counted=0, seen=1)
    shop.do(AdjustStock, product_id=TOTE, location_id=MAIN_LOCATION, units=1, reason="behind the shelf")
    effect = foresee(shop.reader, decide(shop, made["short"], "refund_excess"), shop.now)
    assert effect.money.amount_minor == 150_000
