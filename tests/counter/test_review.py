"""What somebody who looks for a way around the rules tries at the counter."""

import pytest

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.orders import CancelOrder, EditOrder, HandOver, NewLine, PlaceOrder
from posapp.commands.payments import TakePayment
from posapp.commands.returns import TakeBack
from posapp.commands.shifts import CloseShift, OpenShift
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.commands.staff import AddStaff, SaveRole
from posapp.domain.errors import NotFound, Refused
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.rights import Need, NotAllowed, Right
from posapp.domain.sale_line import Returned
from posapp.queries.accounts import account_of
from posapp.queries.effects import foresee_edit
from posapp.queries.receipt import receipt_of
from posapp.queries.returning import foresee_return
from tests.counter.till import Counter, cash, on_account


def _edit(counter, order, units, **fields):
    fields = {"seen_version": order.version, "wanted": {order.lines[0].id: units}} | fields
    counter.do(EditOrder, order_id=order.id, **fields)
    return counter.order(order.id)


def _on_account(counter, limit_minor=1_000_000):
    ada = counter.customer("Ada")
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=limit_minor)
    return ada


@pytest.mark.parametrize("route", ["shop", "account", "exchange", "elsewhere", ""])
def test_money_goes_back_no_way_that_a_person_cannot_send_it(counter, route):
    counter.product("Mug", 100_000, stock=5)
    counter.do(AddStaff, name="Chidi", role_id="cashier")
    order = counter.sell(("mug", 3), hand_over=False)
    with pytest.raises(Refused) as refused:
        _edit(counter, order, 2, route=route, actor="Chidi")
    assert refused.value.code == "bad_route"
    with pytest.raises(Refused) as refused:
        counter.do(CancelOrder, order_id=order.id, route=route)
    assert (refused.value.code, counter.order(order.id).paid_minor) == ("bad_route", 300_000)


def test_an_account_that_was_paid_is_not_paid_again_by_an_edit_or_a_cancel(counter):
    counter.product("Mug", 100_000, stock=5)
    ada = _on_account(counter)
    order = counter.sell(("mug", 3), hand_over=False, contact_id=ada, pay=[on_account(300_000)])
    counter.do(PayAccount, contact_id=ada, amount_minor=150_000, method="cash")
    order = _edit(counter, order, 1)
    assert [(part.route, part.amount_minor) for part in order.parts] == [
        ("account", 150_000),
        ("cash", 50_000),
    ]
    counter.do(CancelOrder, order_id=order.id)
    assert [(p.route, p.amount_minor) for p in counter.order(order.id).parts[2:]] == [("cash", 100_000)]
    assert account_of(counter.reader, ada).balance_minor == 0
    counter.replayed()


def test_an_edit_gives_back_what_can_be_paid_in_cash(tmp_path):
    counter = Counter(tmp_path / "shop", currency="CHF")
    counter.product("Tin", 1_003, stock=3)
    order = counter.sell(("tin", 3), pay=[cash(3_010)], rounding_minor=1, hand_over=False)
    order = _edit(counter, order, 1)
    assert [part.amount_minor for part in order.parts] == [2_005]
    counter.do(CancelOrder, order_id=order.id)
    assert [part.amount_minor for part in counter.order(order.id).parts] == [2_005, 1_005]
    counter.replayed()
    counter.close()


def test_a_return_that_lets_the_money_cover_the_rest_confirms_it(counter):
    counter.product("Mug", 100_000, stock=5)
    counter.product("Cup", 50_000, stock=5)
    order = counter.sell(("mug", 2))
    counter.do(EditOrder, order_id=order.id, seen_version=order.version, added=(NewLine("cup", 1),))
    assert counter.order(order.id).payment_status == PaymentStatus.PARTIALLY_PAID
    order = counter.take_back(order, 2)
    assert [part.amount_minor for part in order.parts] == [150_000]
    assert (order.status, order.payment_status) == (Status.PROCESSING, PaymentStatus.PAID)
    assert (order.ship_status, counter.stock("cup")) == (ShipStatus.DELIVERED, (5, 1, 4))
    assert counter.sales == 50_000
    counter.replayed()


def test_goods_go_to_no_place_that_the_shop_does_not_have(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 2))
    back = Returned(order.id, order.lines[0].id, 1, True)
    with pytest.raises(NotFound):
        counter.do(TakeBack, returned=(back,), location_id="nowhere")
    lines = (NewLine("mug", 1),)
    with pytest.raises(NotFound):
        counter.do(PlaceOrder, order_id="fresh", location_id="nowhere", lines=lines)
    assert counter.stock("mug") == (3, 0, 3)


def test_an_order_is_placed_once(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 2))
    with pytest.raises(Refused) as refused:
        counter.do(PlaceOrder, order_id=order.id, location_id=MAIN_LOCATION, lines=(NewLine("mug", 1),))
    assert refused.value.code == "done_already"


@pytest.mark.parametrize("amount", [10**15 + 1, 2**63, 2**70])
def test_no_amount_is_larger_than_a_till_can_count(counter, amount):
    counter.product("Mug", 100_000, stock=5)
    order_id = counter.place({"mug": 1})
    said = {"method": "cash", "reference": "", "paid_at": counter.now}
    with pytest.raises(Refused):
        counter.do(TakePayment, order_id=order_id, amount_minor=amount, **said)
    fields = {"location_id": MAIN_LOCATION, "lines": (NewLine("mug", 1),), "shipping_minor": amount}
    with pytest.raises(Refused):
        counter.do(PlaceOrder, order_id="fresh", **fields)


@pytest.mark.parametrize("pieces", [{"9" * 30: 1}, {"9" * 5_000: 1}, {"1" + "0" * 15: 10**15}, {"٥٠٠": 1}])
def test_a_count_that_no_drawer_holds_is_refused_in_words(counter, pieces):
    counter.do(OpenShift, float_minor=0)
    with pytest.raises(Refused) as refused:
        counter.do(CloseShift, pieces=pieces, reason="counted")
    assert refused.value.code == "bad_amount"


def test_a_limit_on_refunds_is_not_passed_unit_by_unit(counter):
    counter.product("Mug", 100_000, stock=5)
    rights = {Right.SALE_MAKE: None, Right.REFUNDS_ISSUE: 150_000}
    counter.do(SaveRole, role_id="senior", name="Senior", rights=rights)
    counter.do(AddStaff, name="Bola", role_id="senior")
    order = counter.sell(("mug", 3))
    counter.take_back(order, actor="Bola")
    with pytest.raises(NotAllowed) as refused:
        counter.take_back(order, actor="Bola")
    assert (refused.value.right, refused.value.amount) == (Right.REFUNDS_ISSUE, 200_000)
    counter.take_back(order, actor="Bola", approved_by="Adaeze")
    counter.take_back(counter.sell(("mug", 1)), actor="Bola")  # another customer's is another refund


def test_goods_bought_on_account_become_no_cash_by_an_exchange(counter):
    counter.product("Mug", 100_000, stock=5)
    counter.product("Jug", 150_000, stock=5)
    ada = _on_account(counter, 100_000)
    order = counter.sell(("mug", 1), contact_id=ada, pay=[on_account(100_000)])
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=0)
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    dearer = counter.sell(("jug", 1), pay=[cash(50_000)], returned=back)
    assert [(p.method, p.gross_minor) for p in dearer.payments] == [("account", 100_000), ("cash", 50_000)]
    assert (dearer.contact_id, account_of(counter.reader, ada).balance_minor) == (ada, 100_000)
    (gone,) = receipt_of(counter.reader, dearer.id).returns
    assert (gone.name, gone.quantity, gone.number) == ("Mug", 1, order.number)
    back = (Returned(dearer.id, dearer.lines[0].id, 1, True),)
    cheaper = counter.sell(("mug", 1), pay=[], returned=back)
    assert [(p.method, p.gross_minor) for p in cheaper.payments] == [
        ("account", 50_000),
        ("exchange", 50_000),
    ]
    cheaper = counter.take_back(cheaper)
    assert {part.route: part.amount_minor for part in cheaper.parts} == {"cash": 50_000, "account": 50_000}
    assert account_of(counter.reader, ada).balance_minor == 0
    counter.replayed()


def test_what_was_paid_on_the_account_since_pays_an_exchange_for_good(counter):
    counter.product("Mug", 100_000, stock=5)
    ada = _on_account(counter)
    order = counter.sell(("mug", 2), contact_id=ada, pay=[on_account(200_000)])
    counter.do(PayAccount, contact_id=ada, amount_minor=120_000, method="cash")
    back = (Returned(order.id, order.lines[0].id, 2, True),)
    fresh = counter.sell(("mug", 1), pay=[], returned=back, payout_reference="0002")
    assert [(p.method, p.gross_minor) for p in fresh.payments] == [("account", 80_000), ("exchange", 20_000)]
    assert [p.amount_minor for p in counter.order(order.id).parts if p.route == "cash"] == [100_000]
    assert account_of(counter.reader, ada).balance_minor == 80_000
    counter.replayed()


def test_goods_that_are_owed_for_are_exchanged_on_the_same_account(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 1), contact_id=_on_account(counter), pay=[on_account(100_000)])
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    with pytest.raises(Refused) as refused:
        counter.sell(("mug", 1), contact_id=counter.customer("Bayo"), pay=[], returned=back)
    assert refused.value.code == "other_account"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tax_basis_points", "x"), ("tax_basis_points", "-1"), ("tax_basis_points", "10001"), ("tax_basis_points", ""),
        ("cash_step_minor", "-5"), ("cash_step_minor", "9" * 5_000), ("shift_reason_over_minor", "much"),
    ],
)  # fmt: skip
def test_a_setting_that_is_a_number_is_one(counter, key, value):
    with pytest.raises(Refused) as refused:
        counter.do(ChangeSetting, key=key, value=value)
    assert refused.value.code == "bad_amount"


def test_no_price_is_larger_than_a_till_can_count(counter):
    with pytest.raises(Refused) as refused:
        counter.product("Mug", 2**70)
    assert refused.value.code == "bad_price"


def test_what_a_window_says_beforehand_is_what_the_desk_asks(counter):
    """The hint counts what the same person gave back on the order before, as the limit does."""
    counter.product("Mug", 100_000, stock=5)
    rights = {Right.SALE_MAKE: None, Right.ORDERS_MANAGE: None, Right.REFUNDS_ISSUE: 150_000}
    counter.do(SaveRole, role_id="senior", name="Senior", rights=rights)
    counter.do(AddStaff, name="Bola", role_id="senior")
    order = counter.sell(("mug", 3), hand_over=False)
    order = _edit(counter, order, 2, actor="Bola")
    fields = {"order_id": order.id, "seen_version": order.version, "wanted": {order.lines[0].id: 1}}
    command = counter.command(EditOrder, actor="Bola", **fields)
    assert foresee_edit(counter.reader, command, counter.now).needs == (Need(Right.REFUNDS_ISSUE, 200_000),)
    with pytest.raises(NotAllowed) as refused:
        counter.desk.do(command)
    assert (refused.value.right, refused.value.amount) == (Right.REFUNDS_ISSUE, 200_000)
    counter.do(HandOver, order_id=order.id)
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    for who, asked in (("Bola", 200_000), ("Adaeze", 100_000)):
        command = counter.command(TakeBack, actor=who, returned=back)
        assert foresee_return(counter.reader, command, counter.now).needs == (
            Need(Right.REFUNDS_ISSUE, asked),
        )
