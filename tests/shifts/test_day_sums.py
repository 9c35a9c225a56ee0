"""The sum of a day: sales, refunds, taxes, tenders, drawer and Total Sales agree to the kobo."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posapp.commands.orders import CancelOrder, EditOrder, HandOver, NewLine, PlaceOrder
from posapp.commands.payments import RecordPayment, TakePayment
from posapp.commands.resolutions import Resolve
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.shop_orders import PlaceShopOrder, RecordShopRefund, WebLine, WebTerms
from posapp.commands.stock import AdjustStock
from posapp.domain.payments import PaymentState
from tests.shifts.day import PRODUCTS, Day

Step = Callable[[Day], None]
picks = st.integers(0, 50)
methods = st.sampled_from(("cash", "card", "transfer", "other"))
routes = st.sampled_from(("cash", "hand"))
goods = st.sampled_from(sorted(PRODUCTS))
few = st.integers(1, 4)


def place(day: Day, what: list[tuple[str, int]], discount: int) -> str:
    order_id = f"o{day.given}"
    lines = tuple(NewLine(product_id, units) for product_id, units in what)
    day.do(PlaceOrder, order_id=order_id, location_id=MAIN_LOCATION, lines=lines, discount_minor=discount)
    return order_id


def pay(day: Day, order_id: str, share: int, method: str, *, awaiting: bool = False, back_h: int = 0) -> None:
    """Pay so many per cent of what is missing."""
    order = next((o for o in day.orders() if o.id == order_id), None)
    if order is None:
        return
    amount = max(1, (order.total_minor - order.paid_minor) * share // 100)
    at = day.now - timedelta(hours=back_h)
    fields = {
        "method": "transfer" if awaiting else method,
        "reference": "",
        "paid_at": at,
        "awaiting": awaiting,
    }
    day.do(TakePayment, order_id=order_id, amount_minor=amount, **fields)


@st.composite
def sales(draw: st.DrawFn) -> Step:
    """A sale: placed, paid in one or two ways, perhaps handed over."""
    what = draw(st.lists(st.tuples(goods, few), min_size=1, max_size=2))
    discount, first, leave = draw(st.integers(0, 30_000)), draw(methods), draw(st.booleans())
    second, share, late = (
        draw(methods),
        draw(st.sampled_from((100, 100, 60, 130))),
        draw(st.sampled_from((0, 0, 30))),
    )

    def step(day: Day) -> None:
        order_id = place(day, what, discount)
        pay(day, order_id, share, first, back_h=late)
        if share < 100 and leave:
            pay(day, order_id, 100, second)
        if leave:
            day.do(HandOver, order_id=order_id)

    return step


@st.composite
def later(draw: st.DrawFn) -> Step:
    """Something happens to an order that is there."""
    pick, what = (
        draw(picks),
        draw(st.sampled_from(("pay", "announce", "cancel", "edit", "refund", "excess", "over"))),
    )
    route, method, less = draw(routes), draw(methods), draw(st.integers(0, 3))

    def step(day: Day) -> None:
        orders = day.orders()
        if not orders:
            return
        order = orders[pick % len(orders)]
        back = {"route": route, "reference": "", "reason": "asked"}
        match what:
            case "pay":
                pay(day, order.id, 100, method)
            case "announce":
                pay(day, order.id, 100, method, awaiting=True)
            case "cancel":
                day.do(CancelOrder, order_id=order.id, **back)
            case "edit":
                wanted = {line.id: max(0, line.qty - less) for line in order.lines[:1]}
                day.do(EditOrder, order_id=order.id, seen_version=order.version, wanted=wanted, **back)
            case "refund":
                day.do(Resolve, order_id=order.id, key="refund_order", **back)
            case "excess":
                day.do(Resolve, order_id=order.id, key="refund_excess", **back)
            case "over":
                day.do(Resolve, order_id=order.id, key="refund_difference", **back)

    return step


@st.composite
def web(draw: st.DrawFn) -> Step:
    """The web shop: an order with its own figures, paid by the provider, perhaps refunded there."""
    product, units, tax, refund = draw(goods), draw(few), draw(st.integers(0, 5_000)), draw(st.booleans())
    early = draw(st.sampled_from((0, 0, 26)))

    def step(day: Day) -> None:
        price = PRODUCTS[product]
        order_id, at = str(day.given), day.now - timedelta(hours=early)
        line = WebLine("1", product, product, product, units, price, units * price, {"GST": tax}, 0)
        terms = WebTerms((line,), 0, {}, 0, {}, 0, order_id)
        common = {"order_id": order_id, "actor": "web shop", "at": at}
        day.do(
            PlaceShopOrder, **common, shop_id="s", remote_id=order_id, remote_key=order_id,
            location_id=MAIN_LOCATION, contact_id="", currency="NGN", placed_at=at, terms=terms,
            shop_status="pending", payment_method="paystack", transaction_id="", history=False,
        )  # fmt: skip
        day.do(
            RecordPayment, **common, provider="paystack", provider_ref=order_id, reference=order_id,
            method="card", gross_minor=units * price + tax, customer_fee_minor=0,
            state=PaymentState.SUCCEEDED, paid_at=at,
        )  # fmt: skip
        if refund:
            day.do(RecordShopRefund, **common, remote_id="r1", amount_minor=price, units={"1": 1}, reason="")

    return step


@st.composite
def drawer(draw: st.DrawFn) -> Step:
    """Cash in and out, transfers seen or not, a shelf that shrinks, the end of a shift and the next one."""
    what = draw(st.sampled_from(("in", "out", "seen", "never", "torn", "close", "close", "without", "again")))
    amount, pick = draw(st.integers(1, 400_000)), draw(picks)

    def step(day: Day) -> None:
        match what:
            case "in":
                day.move(amount)
            case "out":
                day.move(-amount)
            case "seen" | "never":
                day.confirm_one(pick, seen=what == "seen")
            case "torn":
                day.do(
                    AdjustStock, product_id="mug", location_id=MAIN_LOCATION, units=-(pick % 9), reason="torn"
                )
            case "close" if day.shift_id:
                day.close(off_by=amount % 700 - 350)
                day.open(amount)
            case "without" if day.shift_id:
                day.close()
            case "again" if not day.shift_id and day.closed:
                day.reopen()
            case _ if not day.shift_id:
                day.open(amount)

    return step


steps = st.lists(st.one_of(sales(), sales(), later(), web(), drawer()), min_size=4, max_size=25)


def live(days: list[Step], float_minor: int) -> None:
    """Live through the steps and look at the books after each."""
    day = Day()
    day.open(float_minor)
    try:
        for step in days:
            step(day)
            day.check()
        if day.shift_id:
            day.close()
        day.check_whole()
    finally:
        day.connection.close()


@settings(max_examples=50)
@given(steps, st.integers(0, 1_000_000))
def test_every_figure_of_random_days_agrees(days: list[Step], float_minor: int) -> None:
    live(days, float_minor)


@pytest.mark.slow
@settings(max_examples=1_000)
@given(steps, st.integers(0, 1_000_000))
def test_every_figure_of_many_random_days_agrees(days: list[Step], float_minor: int) -> None:
    live(days, float_minor)
