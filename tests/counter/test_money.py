"""Discounts, taxes by class, rounding, split tenders and accounts, through the whole command."""

import pytest

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.catalogue import SaveProduct
from posapp.commands.orders import CancelOrder
from posapp.commands.shop import ChangeSetting
from posapp.commands.taxes import SaveTaxClass
from posapp.domain.errors import Refused
from posapp.domain.orders import Status
from posapp.queries.accounts import account_of
from posapp.queries.sale_foresight import foresee_sale
from tests.counter.till import SaleLine, card, cash, on_account, transfer


def tax(counter, points: int, *, included: bool) -> None:
    counter.do(ChangeSetting, key="tax_basis_points", value=str(points))
    counter.do(ChangeSetting, key="tax_included", value="true" if included else "false")


def taxed(counter, name: str, price_minor: int, tax_class_id: str, stock: int = 10) -> None:
    product_id = counter.product(name, price_minor, stock=stock)
    counter.do(
        SaveProduct, product_id=product_id, name=name, sku=product_id.upper(), barcode="",
        price_minor=price_minor, track_stock=True, tax_class_id=tax_class_id,
    )  # fmt: skip


def test_discounts_of_a_line_and_of_the_sale_stand_in_the_order(counter):
    counter.product("Mug", 100_000, stock=5)
    counter.product("Wig", 300_000, stock=5)
    lines = (SaleLine("mug", 2, discount_bp=1_000, note="gift"), SaleLine("wig", 1, 280_000))
    order = counter.sell(*lines, discount_minor=46_000, note="for Ada")
    assert (order.total_minor, order.discount_minor, order.note) == (414_000, 66_000, "for Ada")
    assert [(line.discount_minor, line.note, line.unit_price_minor) for line in order.lines] == [
        (20_000, "gift", 100_000),
        (0, "", 280_000),
    ]
    assert sum(line.net_minor for line in order.lines) == 414_000
    counter.take_back(order, 2)
    counter.take_back(order, 1, at=1)
    assert counter.sales == 0
    counter.replayed()


def test_each_class_has_its_own_taxes_inside_or_on_top(counter):
    tax(counter, 750, included=True)
    counter.do(SaveTaxClass, tax_class_id="zero", name="Books", rates=(), included=True)
    counter.do(
        SaveTaxClass, tax_class_id="lux", name="Luxury", rates=(("VAT", 750), ("Levy", 200)), included=False
    )
    counter.product("Mug", 107_500, stock=5)
    taxed(counter, "Book", 100_000, "zero")
    taxed(counter, "Ring", 100_000, "lux")
    order = counter.sell(("mug", 1), ("book", 1), ("ring", 1))
    assert [line.taxes for line in order.lines] == [{"VAT": 7_500}, {}, {"VAT": 7_500, "Levy": 2_000}]
    assert order.total_minor == 107_500 + 100_000 + 109_500
    entries = counter.reader.rows("SELECT taxes FROM sales_entry")
    assert entries == [('{"Levy":2000,"VAT":15000}',)]
    counter.replayed()


def test_an_order_placed_by_hand_is_taxed_by_the_same_classes(counter):
    tax(counter, 750, included=True)
    counter.do(SaveTaxClass, tax_class_id="zero", name="Books", rates=(), included=True)
    taxed(counter, "Book", 100_000, "zero")
    order = counter.order(counter.place({"book": 1}))
    assert order.lines[0].taxes == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " ", "rates": ()},
        {"name": "A", "rates": (("VAT", 10_001),)},
        {"name": "A", "rates": (("VAT", -1),)},
        {"name": "A", "rates": (("", 1),)},
        {"name": "A", "rates": (("VAT", 1), ("VAT", 2))},
        {"name": "Books", "rates": ()},
    ],
)
def test_a_tax_class_without_sense_is_refused(counter, fields):
    counter.do(SaveTaxClass, tax_class_id="zero", name="Books", rates=(), included=True)
    with pytest.raises(Refused):
        counter.do(SaveTaxClass, tax_class_id="a", included=True, **fields)


def test_cash_is_rounded_to_the_smallest_coin_as_a_line_of_its_own(counter):
    counter.do(ChangeSetting, key="cash_step_minor", value="500")
    counter.product("Sweet", 333, stock=10)
    order = counter.sell(("sweet", 1), pay=[cash(500)], rounding_minor=167)
    assert (order.total_minor, order.rounding_minor, counter.sales) == (500, 167, 500)
    with pytest.raises(Refused) as refused:
        counter.sell(("sweet", 1), pay=[card(500)], rounding_minor=167)
    assert refused.value.code == "bad_rounding"
    for wrong in (166, -333, 667):
        with pytest.raises(Refused):
            counter.sell(("sweet", 1), pay=[cash(333 + wrong)], rounding_minor=wrong)
    split = counter.sell(("sweet", 4), pay=[card(700), cash(500)], rounding_minor=-132)
    assert (split.total_minor, split.status) == (1_200, Status.COMPLETED)
    counter.take_back(order)
    assert counter.order(order.id).refunds[0].amount_minor == 500, "what empties an order is what was paid"
    counter.replayed()


def test_a_refund_in_cash_is_rounded_too_and_the_last_one_makes_it_good(counter):
    counter.do(ChangeSetting, key="cash_step_minor", value="500")
    counter.product("Sweet", 333, stock=10)
    order = counter.sell(("sweet", 6), pay=[cash(2_000)], rounding_minor=2)
    for _ in range(6):
        counter.take_back(order)
    amounts = [refund.amount_minor for refund in counter.order(order.id).refunds]
    assert all(amount % 500 == 0 for amount in amounts)
    assert (sum(amounts), counter.sales) == (2_000, 0)
    counter.replayed()


def test_any_mix_of_money_pays(counter):
    counter.product("Wig", 1_000_000, stock=5)
    pay = [cash(300_000, 500_000), transfer(300_000), card(400_000)]
    order = counter.sell(("wig", 1), pay=pay)
    assert order.status == Status.COMPLETED
    assert [(p.method, p.gross_minor, p.given_minor) for p in order.payments] == [
        ("cash", 300_000, 500_000),
        ("transfer", 300_000, 0),
        ("card", 400_000, 0),
    ]


def test_on_account_up_to_the_limit_and_paid_later(counter):
    counter.product("Wig", 1_000_000, stock=5)
    ada = counter.customer("Ada Obi")
    with pytest.raises(Refused) as refused:
        counter.sell(("wig", 1), pay=[on_account(1_000_000)], contact_id=ada)
    assert refused.value.code == "over_limit"
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=1_500_000)
    order = counter.sell(("wig", 1), pay=[on_account(1_000_000)], contact_id=ada)
    assert (order.status, counter.sales) == (Status.COMPLETED, 1_000_000)
    for pay, code in (
        ([on_account(1_000_000)], "over_limit"),
        ([on_account(500_000), cash(499_999)], "not_paid"),
    ):
        with pytest.raises(Refused) as refused:
            counter.sell(("wig", 1), pay=pay, contact_id=ada)
        assert refused.value.code == code
    counter.sell(("wig", 1), pay=[on_account(500_000), cash(500_000)], contact_id=ada)
    account = account_of(counter.reader, ada)
    assert (account.balance_minor, account.free_minor) == (1_500_000, 0)
    with pytest.raises(Refused):
        counter.do(PayAccount, contact_id=ada, amount_minor=1_500_001, method="cash")
    counter.do(PayAccount, contact_id=ada, amount_minor=600_000, method="transfer", reference="NIP")
    assert account_of(counter.reader, ada).free_minor == 600_000
    assert counter.sales == 2_000_000, "paying an account is no sale"
    counter.replayed()


def test_what_was_bought_on_account_lowers_the_account_when_it_comes_back(counter):
    counter.product("Wig", 1_000_000, stock=5)
    ada = counter.customer("Ada Obi")
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=3_000_000)
    order = counter.sell(("wig", 2), pay=[cash(500_000), on_account(1_500_000)], contact_id=ada)
    back = counter.take_back(order, 2, route="cash")
    assert sorted((p.route, p.amount_minor) for p in back.parts) == [
        ("account", 1_500_000),
        ("cash", 500_000),
    ]
    assert account_of(counter.reader, ada).balance_minor == 0
    held = counter.sell(("wig", 1), pay=[on_account(1_000_000)], contact_id=ada, hand_over=False)
    counter.do(CancelOrder, order_id=held.id)
    assert account_of(counter.reader, ada).balance_minor == 0
    counter.replayed()


def test_what_was_paid_on_the_account_since_goes_back_as_money(counter):
    counter.product("Wig", 1_000_000, stock=5)
    ada = counter.customer("Ada Obi")
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=3_000_000)
    order = counter.sell(("wig", 1), pay=[on_account(1_000_000)], contact_id=ada)
    counter.do(PayAccount, contact_id=ada, amount_minor=600_000, method="cash")
    back = counter.take_back(order, route="own")
    assert [(p.route, p.amount_minor) for p in back.parts] == [("account", 400_000), ("cash", 600_000)]
    assert account_of(counter.reader, ada).balance_minor == 0
    counter.replayed()


def test_nobody_without_a_name_buys_on_account(counter):
    counter.product("Wig", 1_000_000, stock=5)
    with pytest.raises(Refused) as refused:
        counter.sell(("wig", 1), pay=[on_account(1_000_000)])
    assert refused.value.code == "customer_missing"


def test_what_is_foreseen_is_what_is_paid(counter):
    tax(counter, 750, included=False)
    counter.product("Mug", 99_999, stock=1)
    command = counter.sale(("mug", 2), pay=[], discount_bp=333)
    seen = foresee_sale(counter.reader, command, counter.now)
    assert [(item.wanted, item.free) for item in seen.shortages] == [(2, 1)]
    counter.receive("mug", 1)
    seen = foresee_sale(counter.reader, command, counter.now)
    assert seen.shortages == ()
    order = counter.sell(("mug", 2), discount_bp=333)
    assert order.total_minor == seen.total_minor


def test_a_card_number_never_reaches_the_journal(counter):
    counter.product("Mug", 100_000, stock=1)
    lines = (SaleLine("mug", 1, note="4111 1111 1111 1111"),)
    order = counter.sell(*lines, pay=[card(100_000)], note="card 4111111111111111")
    assert (order.note, order.lines[0].note) == ("card •••• 1111", "•••• 1111")
    counter.take_back(order, route="hand", reference="to 5555555555554444", reason="4111-1111-1111-1111")
    told = "".join(row[0] for row in counter.reader.rows("SELECT body FROM journal"))
    assert "4111" not in told.replace("-", "").replace(" ", "")
    assert "5555" not in told
    counter.replayed()
