from datetime import timedelta

import pytest

from posapp.commands.orders import CancelOrder, HandOver, MarkShipped
from posapp.commands.resolutions import SwapAllocation, UndoDecision
from posapp.commands.shop import ChangeSetting
from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.orders import Channel, ShipStatus, Status
from posapp.domain.payments import PaymentState, PaymentStatus, RefundKind
from posapp.domain.resolutions import RESOLUTIONS, fingerprint
from posapp.queries.detail_rows import Happening, OrderDetails
from posapp.queries.details import order_details
from posapp.queries.orders import order_row
from tests.queries.situations import RICE, TOTE, every_situation
from tests.shop import Shop


def details(shop: Shop, order_id: str) -> OrderDetails:
    found = order_details(shop.reader, order_id, shop.now)
    assert found is not None
    return found


def offered(found: OrderDetails) -> dict[str, str]:
    """The buttons, with the reason where one cannot be pressed."""
    return {offer.key: "" if offer.can.allowed else offer.can.why_not for offer in found.offers}


def test_there_are_no_details_of_no_order(shop: Shop) -> None:
    assert order_details(shop.reader, "nothing", shop.now) is None


def test_details_of_every_situation_agree_with_its_row_in_the_list(shop: Shop) -> None:
    for order_id in every_situation(shop).values():
        found, row = details(shop, order_id), order_row(shop.reader, order_id)
        assert row is not None
        assert (found.payment, found.fulfilment, found.money.owed_minor, found.money.paid_minor) == (
            row.payment,
            row.fulfilment,
            row.owed_minor,
            row.paid_minor,
        )
        assert tuple(case.reason for case in found.cases) == row.reasons


def test_a_short_order_in_figures(shop: Shop) -> None:
    found = details(shop, every_situation(shop)["short"])
    assert (found.contact.name, found.channel, found.location) == ("Halima Sani", Channel.MANUAL, "Shop")
    assert (found.status, found.payment_status) == (Status.PROCESSING, PaymentStatus.PAID)
    rice, tote = found.lines
    assert (rice.ordered, rice.wanted, rice.held, rice.short, rice.free_now) == (3, 3, 1, 2, 0)
    assert (rice.unit_price_minor, rice.line_total_minor, rice.worth_minor) == (50_000, 150_000, 150_000)
    assert (tote.held, tote.short) == (1, 0)
    assert found.money.can_refund_minor == found.money.paid_minor == 250_000
    (case,) = found.cases
    assert case.reason == Reason.SHORTAGE
    assert [(line.name, line.wanted, line.got, line.short) for line in case.lines] == [("Rice", 3, 1, 2)]
    assert case.taker is None


def test_the_order_that_took_the_units_is_named(shop: Shop) -> None:
    made = every_situation(shop)
    (case,) = details(shop, made["empty handed"]).cases
    assert case.taker is not None
    assert (case.taker.order_id, case.taker.customer) == (made["short"], "Halima Sani")
    assert case.taker.paid_at == shop.order(made["short"]).confirmed_at
    assert not case.taker.paid_later


def test_the_three_buttons_and_why_one_cannot_be_pressed(shop: Shop) -> None:
    made = every_situation(shop)
    assert offered(details(shop, made["short"])) == dict.fromkeys(
        ["refund_excess", "refund_order", "fulfill_order", "mixed"], ""
    )
    assert offered(details(shop, made["empty handed"])) == {
        "refund_excess": "Nothing of this order is there: use Refund Order.",
        "refund_order": "",
        "fulfill_order": "",
        "mixed": "",
    }
    assert offered(details(shop, made["paid"])) == {}
    assert offered(details(shop, made["paid late"])) == {"accept": "", "refund": ""}
    assert set(offered(details(shop, made["reversed"]))) == {"release_cancel", "wait", "write_off"}
    assert (
        offered(details(shop, made["reversed"]))["write_off"]
        == "The goods are still here: release them instead."
    )


def test_an_offer_that_is_allowed_is_accepted_and_one_that_is_not_is_refused(shop: Shop) -> None:
    for order_id in every_situation(shop).values():
        for offer in details(shop, order_id).offers:
            assert offer.label == RESOLUTIONS[offer.key].label
            assert offer.can.allowed != bool(offer.can.why_not)
            assert bool(offer.can.code) != offer.can.allowed


def test_what_can_be_done_with_an_order(shop: Shop) -> None:
    made = every_situation(shop)
    can = {
        name: {offer.key for offer in details(shop, made[name]).actions if offer.can.allowed}
        for name in (
            "unpaid",
            "paid",
            "short",
            "handed over",
            "shipped",
            "dropped",
            "increased",
            "web unpaid",
        )
    }
    assert can == {
        "unpaid": {"edit", "cancel"},
        "paid": {"hand_over", "edit", "cancel"},
        "short": {"hand_over", "edit", "cancel"},
        "handed over": {"ship", "deliver", "edit"},
        "shipped": {"deliver", "edit"},
        "dropped": set(),
        "increased": {"edit", "cancel"},
        "web unpaid": {"cancel"},
    }


def test_the_fingerprint_is_the_one_that_a_decision_is_checked_against(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    seen = details(shop, order_id).fingerprint
    book = Book(shop.reader.source(), command_id="x", actor="", at=shop.now, recorded_at=shop.now)
    assert seen == fingerprint(book, book.order(order_id))
    shop.resolve(order_id, "refund_excess", seen=seen)
    assert details(shop, order_id).fingerprint != seen


def test_the_money_block(shop: Shop) -> None:
    shop.do(ChangeSetting, key="tax_basis_points", value="750")
    shop.do(ChangeSetting, key="tax_included", value="false")
    shop.product("Tote", 500_000, stock=2)
    shop.product("Soap", 200_000, stock=9)
    order_id = shop.place({TOTE: 3, "soap": 1}, discount_minor=100_000, shipping_minor=250_000)
    shop.pay(order_id, 2_000_000)
    money = details(shop, order_id).money
    assert (money.goods_minor, money.discount_minor, money.delivery_minor) == (1_700_000, 100_000, 250_000)
    assert (money.tax_minor, money.total_minor, money.credit_minor) == (120_000, 1_970_000, 30_000)
    shop.resolve(order_id, "refund_excess")
    money = details(shop, order_id).money
    assert (money.refunded_minor, money.total_minor, money.paid_minor) == (505_882, 1_464_118, 1_494_118)
    assert (money.received_minor, money.balance_minor, money.owed_minor) == (2_000_000, 0, 0)


def test_late_money_can_be_refunded_and_is_owed(shop: Shop) -> None:
    found = details(shop, every_situation(shop)["paid late"])
    assert (found.money.paid_minor, found.money.received_minor) == (0, 100_000)
    assert (found.money.can_refund_minor, found.money.owed_minor) == (100_000, 100_000)
    (payment,) = found.payments
    assert (payment.applied, payment.left_minor, payment.state) == (False, 100_000, PaymentState.SUCCEEDED)
    assert found.cases[0].amount_minor == 100_000


@pytest.mark.parametrize(
    ("situation", "amount_minor"),
    [
        ("overpaid", 20_000),
        ("reversed", 100_000),
        ("cancelled in shop", 200_000),
        ("edited in shop", 100_000),
    ],
)
def test_a_case_about_money_tells_how_much(shop: Shop, situation: str, amount_minor: int) -> None:
    assert details(shop, every_situation(shop)[situation]).cases[0].amount_minor == amount_minor


def test_a_transfer_that_can_be_confirmed_is_marked(shop: Shop) -> None:
    made = every_situation(shop)
    assert [payment.is_awaited for payment in details(shop, made["announced"]).payments] == [True]
    assert [payment.is_awaited for payment in details(shop, made["pending"]).payments] == [False]


def test_free_units_are_shown_before_an_order_is_paid(shop: Shop) -> None:
    made = every_situation(shop)
    (line,) = details(shop, made["unpaid"]).lines
    free = shop.reader.value("SELECT on_hand - allocated FROM level WHERE item_id = ?", (TOTE,))
    assert (line.tracked, line.free_now, line.unpaid, line.wanted) == (True, free, 1, 0)
    shop.product("Gift wrap", track_stock=False)
    (wrap,) = details(shop, shop.place({"gift-wrap": 1})).lines
    assert (wrap.tracked, wrap.free_now) == (False, None)


def test_refunds_tell_units_parts_and_who(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    shop.resolve(order_id, "refund_excess", route="hand", reference="GT-77", reason="none left")
    (refund,) = details(shop, order_id).refunds
    assert (refund.kind, refund.amount_minor, refund.actor) == (RefundKind.EXCESS, 100_000, "Adaeze")
    assert (refund.units, refund.reason, refund.in_shop) == ((("Rice", 2),), "none left", False)
    assert [(part.route, part.reference, part.method) for part in refund.parts] == [("hand", "GT-77", "cash")]


def test_a_decision_can_be_undone_until_something_happens(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    assert details(shop, order_id).undo == ()
    shop.resolve(order_id, "fulfill_order")
    (undo,) = details(shop, order_id).undo
    assert (undo.key, undo.can.allowed) == ("fulfill_order", True)
    shop.do(HandOver, order_id=order_id)
    (undo,) = details(shop, order_id).undo
    assert undo.can.code == "too_late"


def test_an_undone_decision_is_no_longer_offered(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    shop.resolve(order_id, "fulfill_order")
    (undo,) = details(shop, order_id).undo
    shop.do(UndoDecision, order_id=order_id, decision_id=undo.decision_id)
    found = details(shop, order_id)
    assert found.undo == ()
    assert [case.reason for case in found.cases] == [Reason.SHORTAGE]


def test_money_that_left_cannot_be_called_back(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    shop.resolve(order_id, "refund_excess")
    (undo,) = details(shop, order_id).undo
    assert undo.can.code == "money_left"


def test_a_swap_is_offered_while_the_other_still_has_the_goods_here(shop: Shop) -> None:
    shop.product("Tote", stock=2)
    first = shop.place({TOTE: 2}, customer="Ada Obi")
    early = shop.clock()
    second = shop.sold({TOTE: 2}, customer="Musa Danjuma")
    shop.pay(first, paid_at=early)
    found = details(shop, first)
    assert found.cases[0].taker is not None
    assert found.cases[0].taker.paid_later
    assert found.swap is not None
    assert (found.swap.order_id, found.swap.customer, found.swap.units) == (second, "Musa Danjuma", 2)
    shop.do(HandOver, order_id=second)
    assert details(shop, first).swap is None


def test_no_swap_with_an_order_that_paid_earlier(shop: Shop) -> None:
    assert details(shop, every_situation(shop)["empty handed"]).swap is None


def test_a_swap_that_was_made_is_not_offered_back(shop: Shop) -> None:
    shop.product("Tote", stock=2)
    first, early = shop.place({TOTE: 2}), shop.clock()
    second = shop.sold({TOTE: 2})
    shop.pay(first, paid_at=early)
    shop.do(SwapAllocation, order_id=first, other_id=second)
    assert details(shop, second).swap is None
    assert details(shop, first).cases == ()


def test_the_same_reference_on_another_order_warns(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    orders = [shop.place({TOTE: 1}) for _ in range(3)]
    for order_id, reference in zip(orders, ("GT-5", "GT-5", ""), strict=True):
        shop.pay(order_id, method="transfer", reference=reference)
    first, second, third = (details(shop, order_id) for order_id in orders)
    assert [(same.reference, same.order_id, same.number) for same in first.same_references] == [
        ("GT-5", second.id, "0002")
    ]
    assert [same.order_id for same in second.same_references] == [first.id]
    assert third.same_references == ()


def story(found: OrderDetails) -> list[tuple[Happening, str, int, int]]:
    return [(m.what, m.word, m.units, m.amount_minor) for m in found.timeline]


def test_the_timeline_of_a_short_order(shop: Shop) -> None:
    order_id = every_situation(shop)["short"]
    shop.resolve(order_id, "refund_excess")
    shop.do(HandOver, order_id=order_id)
    shop.do(MarkShipped, order_id=order_id, ship_status=ShipStatus.SHIPPED)
    found = details(shop, order_id)
    assert story(found) == [
        (Happening.PLACED, "MANUAL", 0, 0),
        (Happening.PAID, "cash", 0, 250_000),
        (Happening.HELD, "", 2, 0),
        (Happening.ATTENTION, "SHORTAGE", 0, 0),
        (Happening.DECIDED, "refund_excess", 0, 100_000),
        (Happening.HANDED_OVER, "", 2, 0),
        (Happening.SHIPPED, "SHIPPED", 0, 0),
    ]
    held = found.timeline[2]
    assert (held.of_units, held.actor) == (4, "Adaeze")
    assert [moment.at for moment in found.timeline] == sorted(moment.at for moment in found.timeline)


def test_the_timeline_of_an_order_that_was_restocked_and_of_one_that_was_cancelled(shop: Shop) -> None:
    made = every_situation(shop)
    shop.receive(RICE, 9)
    ended = [m for m in details(shop, made["empty handed"]).timeline if m.what == Happening.SETTLED]
    assert [(m.word, m.actor) for m in ended] == [("restocked", "posapp")]
    shop.do(CancelOrder, order_id=made["paid"])
    assert [what for what, *_ in story(details(shop, made["paid"]))] == [
        Happening.PLACED, Happening.PAID, Happening.HELD, Happening.REFUNDED, Happening.RELEASED, Happening.CANCELLED,
    ]  # fmt: skip


def test_the_timeline_tells_what_the_bank_and_the_shop_did(shop: Shop) -> None:
    made = every_situation(shop)
    bank = [(m.what, m.amount_minor) for m in details(shop, made["reversed"]).timeline]
    assert (Happening.PAID, 100_000) in bank
    assert (Happening.REVERSED, 100_000) in bank
    there = details(shop, made["cancelled in shop"]).timeline
    assert [m.word for m in there if m.what == Happening.SHOP_CHANGED] == ["cancelled"]


def test_the_moment_of_payment_is_the_one_that_the_case_is_about(shop: Shop) -> None:
    made = every_situation(shop)
    assert details(shop, made["short"]).paid_at == shop.order(made["short"]).confirmed_at
    late = details(shop, made["paid late"])
    assert late.paid_at == late.payments[0].paid_at
    assert late.paid_at > late.placed_at + timedelta(seconds=1)
    assert details(shop, made["unpaid"]).paid_at is None
