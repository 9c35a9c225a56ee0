"""Opening, cash in and out, closing and opening again: what is refused, what is frozen, what carries over."""

import pytest

from posapp.commands.orders import CancelOrder
from posapp.commands.payments import ConfirmTransfer
from posapp.commands.resolutions import Resolve
from posapp.commands.shifts import CloseShift, MoveCash, OpenShift, ReopenShift
from posapp.commands.shop import ChangeSetting
from posapp.commands.staff import AddStaff
from posapp.domain.errors import Refused
from posapp.domain.payments import PaymentState
from posapp.domain.rights import NotAllowed, Right
from posapp.queries.books import book_troubles
from posapp.queries.details import order_details
from posapp.queries.effects import foresee
from posapp.queries.shift_figures import figure_rows
from posapp.queries.shifts import (
    added_after_close,
    closed_shifts,
    last_closed,
    open_shift_of,
    x_report,
    z_report,
)
from posapp.replay import check_replay
from tests.counter.till import Counter, cash
from tests.shop import Shop

MUG = 100_000


@pytest.fixture
def shop(tmp_path):
    made = Shop(tmp_path / "shop")
    made.product("Mug", MUG, stock=20)
    yield made
    made.close()


@pytest.fixture
def counter(tmp_path):
    made = Counter(tmp_path / "shop")
    yield made
    made.close()


def opened(shop, float_minor=2_000_000):
    shop.do(OpenShift, float_minor=float_minor)
    return open_shift_of(shop.reader).id


def close(shop, cash, **fields):
    return shop.do(CloseShift, loose_minor=cash, **fields).answer


def refused(shop, kind, **fields):
    with pytest.raises(Refused) as told:
        shop.do(kind, **fields)
    return told.value.code


def test_one_shift_is_open_at_a_till(shop):
    opened(shop)
    assert refused(shop, OpenShift, float_minor=0) == "shift_open"


def test_cash_goes_out_only_as_far_as_the_drawer_reaches(shop):
    assert refused(shop, MoveCash, amount_minor=1, reason="change") == "no_shift"
    opened(shop, 1_000)
    assert refused(shop, MoveCash, amount_minor=-1_001, reason="diesel") == "drawer_short"
    assert refused(shop, MoveCash, amount_minor=-1_000, reason="  ") == "reason_missing"
    shop.do(MoveCash, amount_minor=-1_000, reason="diesel")
    assert x_report(shop.reader, shop.now).expected_minor == 0


def test_a_refund_in_cash_needs_that_much_cash_in_the_drawer(shop):
    order = shop.sold({"mug": 2})  # paid before the shift: its cash is not in this drawer
    opened(shop, 2 * MUG - 1)
    assert refused(shop, CancelOrder, order_id=order) == "drawer_short"
    shop.do(CancelOrder, order_id=order, route="hand", reference="T1")
    report = x_report(shop.reader, shop.now)
    assert report.expected_minor == 2 * MUG - 1
    assert report.of("transfer").returned_minor == 2 * MUG


def test_what_cash_cannot_pay_can_be_foreseen_and_go_back_by_hand(shop):
    order = shop.place({"mug": 22})
    shop.pay(order, method="card")
    opened(shop, 0)
    seen = order_details(shop.reader, order, shop.now)
    offers = {offer.key: offer.can for offer in seen.offers}
    assert offers["refund_excess"].allowed, offers["refund_excess"].why_not
    assert foresee(
        shop.reader, shop.command(Resolve, order_id=order, key="refund_excess"), shop.now
    ).money.amount_minor
    assert refused(shop, Resolve, order_id=order, key="refund_excess") == "drawer_short"
    shop.do(Resolve, order_id=order, key="refund_excess", route="hand", reference="T1")
    assert x_report(shop.reader, shop.now).of("card").returned_minor == 2 * MUG


def test_a_sale_belongs_to_its_shift_by_id_whatever_its_date(shop):
    yesterday = shop.now
    shop.now = shop.now.replace(day=21)
    shift = opened(shop)
    order = shop.place({"mug": 1})
    shop.pay(order, paid_at=yesterday)
    report = x_report(shop.reader, shop.now)
    assert (report.sales_minor, report.of("cash").taken_minor) == (MUG, MUG)
    assert [row.order_id for row in figure_rows(shop.reader, shift, "method:cash")] == [order]


def test_money_of_the_web_belongs_to_no_shift(shop):
    opened(shop)
    web = shop.web_order("7", {"mug": (1, MUG)})
    shop.told(web, MUG, PaymentState.SUCCEEDED)
    report = x_report(shop.reader, shop.now)
    assert (report.sales_minor, report.methods, report.other_sales_minor) == (0, (), MUG)


def test_an_awaited_transfer_counts_in_the_shift_that_sees_it(shop):
    opened(shop)
    order = shop.place({"mug": 1})
    shop.pay(order, method="transfer", awaiting=True)
    close(shop, 2_000_000)
    first = z_report(shop.reader, last_closed(shop.reader).id)
    assert [(a.number, a.amount_minor) for a in first.awaiting] == [("0001", MUG)]
    assert first.of("transfer").taken_minor == 0
    opened(shop)
    shop.do(ConfirmTransfer, order_id=order, payment_id=shop.order(order).payments[0].id, seen=True)
    assert x_report(shop.reader, shop.now).of("transfer").taken_minor == MUG


def test_a_close_says_expected_counted_and_the_difference(shop):
    opened(shop)
    shop.sold({"mug": 3})
    card = shop.place({"mug": 1})
    shop.pay(card, method="card")
    shift = close(shop, 2_000_000 + 3 * MUG - 50_000, counted={"card": MUG}, reason="Wrong change")
    counts = {
        c.method: (c.expected_minor, c.counted_minor, c.difference_minor)
        for c in z_report(shop.reader, shift).counts
    }
    assert counts == {"cash": (2_300_000, 2_250_000, -50_000), "card": (MUG, MUG, 0)}
    assert last_closed(shop.reader).difference_minor == -50_000


def test_a_difference_over_the_limit_needs_a_reason(shop):
    opened(shop)
    assert refused(shop, CloseShift, loose_minor=2_000_000 - 30_001) == "reason_missing"
    shop.do(ChangeSetting, key="shift_reason_over_minor", value="40000")
    close(shop, 2_000_000 - 30_001)


def test_two_differences_that_cancel_out_are_still_two(shop):
    opened(shop)
    card = shop.place({"mug": 1})
    shop.pay(card, method="card")
    wrong = {"loose_minor": 2_000_000 + 50_000, "counted": {"card": MUG - 50_000}}
    assert refused(shop, CloseShift, **wrong) == "reason_missing"


def test_a_difference_over_the_second_limit_needs_who_may_manage_shifts(shop):
    shop.do(AddStaff, name="Chidi", role_id="cashier")
    shop.do(AddStaff, name="Ify", role_id="manager")
    opened(shop)
    far = {"loose_minor": 2_000_000 - 500_001, "reason": "?"}
    with pytest.raises(NotAllowed) as told:
        shop.do(CloseShift, actor="Chidi", **far)
    assert told.value.right == Right.SHIFT_MANAGE
    shift = shop.do(CloseShift, actor="Chidi", approved_by="Ify", **far).answer
    report = z_report(shop.reader, shift)
    assert (report.closed_by, report.approved_by) == ("Chidi", "Ify")


def test_z_numbers_have_no_gaps_and_a_refused_close_takes_none(shop):
    for _ in range(3):
        opened(shop)
        assert refused(shop, CloseShift, loose_minor=0) == "reason_missing"
        close(shop, 2_000_000)
    assert [x.z_number for x in closed_shifts(shop.reader)] == [3, 2, 1]


def test_nothing_that_happens_later_changes_a_z(shop):
    opened(shop)
    order = shop.sold({"mug": 2})
    shift = close(shop, 2_000_000 + 2 * MUG)
    frozen = shop.reader.value("SELECT report FROM shift WHERE id = ?", (shift,))
    opened(shop)
    shop.do(CancelOrder, order_id=order)
    shop.do(ChangeSetting, key="name", value="Another name")
    assert shop.reader.value("SELECT report FROM shift WHERE id = ?", (shift,)) == frozen
    assert x_report(shop.reader, shop.now).refunds_minor == 2 * MUG


def test_late_news_for_a_closed_day_shows_as_added_after_close(shop):
    opened(shop)
    order = shop.place({"mug": 1})
    during = shop.clock()
    shift = close(shop, 2_000_000)
    assert added_after_close(shop.reader, z_report(shop.reader, shift)) == ()
    opened(shop)
    shop.pay(order, paid_at=during)
    late = added_after_close(shop.reader, z_report(shop.reader, shift))
    assert [(entry.order_id, entry.amount_minor) for entry in late] == [(order, MUG)]
    assert z_report(shop.reader, shift).sales_minor == 0


def test_opening_again_is_a_new_record(shop):
    opened(shop)
    first = close(shop, 1_990_000)
    assert refused(shop, ReopenShift, shift_id=first, reason="") == "reason_missing"
    shop.do(ReopenShift, shift_id=first, reason="a note was found")
    again = open_shift_of(shop.reader)
    assert (again.reopens, again.float_minor, again.id != first) == (first, 1_990_000, True)
    second = close(shop, 2_000_000)
    assert z_report(shop.reader, second).goes_on_from_z == 1
    assert z_report(shop.reader, second).z_number == 2
    assert refused(shop, ReopenShift, shift_id=first, reason="older") == "not_last"


def test_a_cashier_may_not_open_a_closed_shift_again(shop):
    shop.do(AddStaff, name="Chidi", role_id="cashier")
    opened(shop)
    first = close(shop, 2_000_000)
    with pytest.raises(NotAllowed):
        shop.do(ReopenShift, shift_id=first, reason="again", actor="Chidi")


def test_the_rows_behind_each_figure_add_up_to_it(shop):
    shift = opened(shop)
    shop.do(ChangeSetting, key="tax_basis_points", value="750")
    order = shop.sold({"mug": 2})
    shop.sold({"mug": 1}, discount_minor=5_000)
    deposit = shop.place({"mug": 1})
    shop.pay(deposit, 30_000)
    shop.do(CancelOrder, order_id=order)
    shop.do(MoveCash, amount_minor=-5_000, reason="diesel")
    found = x_report(shop.reader, shop.now)

    def behind(figure):
        return sum(row.amount_minor for row in figure_rows(shop.reader, shift, figure))

    assert behind("sales") == found.sales_minor
    assert behind("refunds") == -found.refunds_minor
    assert behind("total") == found.total_sales_minor
    assert {name: behind(f"tax:{name}") for name in found.taxes} == found.taxes
    assert behind("discounts") == found.discounts_minor == 5_000
    assert behind("method:cash") == found.of("cash").net_minor
    assert behind("cash_moves:out") == -found.cash_out_minor
    assert behind("deposits") == found.deposits_minor == 30_000
    assert behind("elsewhere") == found.paid_elsewhere_minor == 0
    assert len(figure_rows(shop.reader, shift, "receipts")) == found.receipts == 2


def test_a_replay_makes_the_same_shifts_and_finds_a_touched_z(shop):
    opened(shop)
    shop.sold({"mug": 1})
    close(shop, 2_000_000 + MUG)

    def replayed(connection):
        return check_replay(connection)

    assert shop.desk.write_now(replayed).differences == []
    shop.desk.write_now(lambda c: c.execute("UPDATE shift SET report = replace(report, '100000', '100001')"))
    assert any("shift" in words for words in shop.desk.write_now(replayed).differences)


def test_the_doctor_finds_a_gap_among_the_numbers(shop):
    for _ in range(2):
        opened(shop)
        close(shop, 2_000_000)
    assert list(book_troubles(shop.reader.connection, 5)) == []
    shop.desk.write_now(lambda c: c.execute("UPDATE shift SET z_number = 3 WHERE z_number = 2"))
    assert any("Z 3" in words for words in book_troubles(shop.reader.connection, 5))


def test_rounding_stands_in_the_z_of_the_sale_and_leaves_with_the_goods(counter):
    """However the order's own rounding changes later, what a Z said of it can be opened."""
    counter.do(ChangeSetting, key="cash_step_minor", value="500")
    counter.product("Oil", 10_130, stock=5)
    shift = opened(counter)
    command = counter.sale(("oil", 1), pay=[cash(10_000)], rounding_minor=-130)
    counter.desk.do(command)
    order = counter.order(command.order_id)
    assert (order.total_minor, order.rounding_minor) == (10_000, -130)
    sold = x_report(counter.reader, counter.now)
    assert (sold.sales_minor, sold.rounding_minor, sold.expected_minor) == (10_000, -130, 2_010_000)
    close(counter, 2_010_000)
    again = opened(counter)
    counter.take_back(order, 1)
    assert x_report(counter.reader, counter.now).rounding_minor == 130
    for shift_id, rounding in ((shift, -130), (again, 130)):
        rows = figure_rows(counter.reader, shift_id, "rounding")
        assert sum(row.amount_minor for row in rows) == rounding
    assert z_report(counter.reader, shift).rounding_minor == -130
