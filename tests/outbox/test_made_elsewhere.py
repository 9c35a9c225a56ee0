"""Money given back without asking the till: in the provider's dashboard, by a plugin, or after a false "failed"."""

import pytest

from posapp.commands.outbox import (
    BeginSending,
    GiveDetails,
    NoteDeclined,
    NoteRefundState,
    NoteSent,
    RecordProviderRefund,
)
from posapp.commands.shop_orders import RecordShopRefund
from posapp.domain.orders import CloseReason, Status
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.payments import PartState, PaymentState
from posapp.replay import check_replay
from tests.outbox.conftest import PRICE, OutShop


def paid_through_provider(shop: OutShop, units: int = 3, stock: int = 2) -> str:
    shop.product("Mug", PRICE, stock=stock)
    order_id = shop.web_order("88", {"mug": (units, PRICE)})
    shop.told(order_id, units * PRICE, PaymentState.SUCCEEDED)
    return order_id


def dashboard(shop: OutShop, order_id: str, amount: int, state: PartState = PartState.PROCESSED) -> None:
    news = {"provider": "paystack", "remote_id": "900", "payment_ref": "T1", "amount_minor": amount}
    shop.do(RecordProviderRefund, order_id=order_id, **news, state=state)


def test_money_of_the_dashboard_is_given_back_once(shop: OutShop) -> None:
    order_id = paid_through_provider(shop, stock=3)
    dashboard(shop, order_id, PRICE)
    dashboard(shop, order_id, PRICE)
    order = shop.order(order_id)
    assert (order.paid_minor, order.total_minor, order.unassigned_minor) == (2 * PRICE, 2 * PRICE, PRICE)
    assert order.contribution_minor == 2 * PRICE
    assert (shop.part(order_id).route, shop.part(order_id).remote_id) == ("provider", "900")
    (row,) = shop.rows(order_id)  # the shop is to note it too
    assert (row.kind, row.part_id) == (OutKind.SHOP_REFUND, "")
    assert shop.desk.write_now(check_replay).differences == []


def test_all_of_it_given_back_in_the_dashboard_is_refund_order(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    dashboard(shop, order_id, 3 * PRICE)
    order = shop.order(order_id)
    assert (order.status, order.close_reason) == (Status.CANCELLED, CloseReason.REFUNDED)
    assert (order.contribution_minor, order.owed_minor, shop.cases(order_id)) == (0, 0, set())


def test_more_than_was_paid_is_looked_at_by_a_person(shop: OutShop) -> None:
    order_id = paid_through_provider(shop, stock=3)
    dashboard(shop, order_id, 4 * PRICE)
    assert shop.order(order_id).paid_minor == 0
    assert "SHOP_CHANGED" in shop.cases(order_id)


def test_the_same_amount_settles_what_waits_here(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    dashboard(shop, order_id, PRICE)
    order = shop.order(order_id)
    assert (len(order.refunds), order.total_minor) == (1, 2 * PRICE)
    assert shop.part(order_id).state == PartState.PROCESSED
    assert shop.rows(order_id)[0].state == OutState.DONE


@pytest.mark.parametrize("route", ["gateway", "hand"])
def test_what_the_shops_plugin_or_a_person_asked_for_is_no_second_refund(shop: OutShop, route: str) -> None:
    order_id = paid_through_provider(shop)
    shop.resolve(order_id, "refund_excess", route=route)
    dashboard(shop, order_id, PRICE)
    order = shop.order(order_id)
    assert (len(order.refunds), order.paid_minor) == (1, 2 * PRICE)
    assert shop.part(order_id).remote_id == "900"


def test_a_refund_that_fails_over_there_is_owed(shop: OutShop) -> None:
    order_id = paid_through_provider(shop, stock=3)
    dashboard(shop, order_id, PRICE, PartState.PENDING)
    dashboard(shop, order_id, PRICE, PartState.FAILED)
    assert shop.order(order_id).owed_minor == PRICE
    assert shop.cases(order_id) == {"REFUND_FAILED"}


def begin_and_fail(shop: OutShop, order_id: str) -> str:
    row = shop.rows(order_id)[0]
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id)
    shop.do(NoteDeclined, actor="posapp", order_id=order_id, outgoing_id=row.id, words="no")
    return row.id


def test_what_had_failed_and_is_there_after_all_is_not_sent_again(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    first = begin_and_fail(shop, order_id)
    shop.resolve(order_id, "retry_refund")
    shop.do(NoteSent, order_id=order_id, outgoing_id=first, remote_id="900", state=PartState.PROCESSED)
    assert [row.state for row in shop.rows(order_id)][:2] == [OutState.DONE, OutState.WITHDRAWN]
    assert shop.part(order_id).state == PartState.PROCESSED
    assert shop.cases(order_id) == set()


def test_the_shop_naming_one_part_settles_no_other(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=0)
    order_id = shop.web_order("88", {"mug": (2, PRICE)})
    for reference in ("T1", "T2"):
        shop.told(order_id, PRICE, PaymentState.SUCCEEDED, reference)
    shop.resolve(order_id, "refund_order", route="gateway")
    first, _ = shop.rows(order_id)
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=first.id)
    told = {"remote_id": "501", "amount_minor": PRICE, "units": {}, "reason": "", "reference": first.id}
    shop.do(RecordShopRefund, order_id=order_id, **told)
    assert [row.state for row in shop.rows(order_id)] == [OutState.DONE, OutState.WAITING]
    assert [part.state for part in shop.order(order_id).parts] == [PartState.PROCESSED, PartState.QUEUED]


def test_a_bank_account_that_is_refused_is_asked_for_again(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    row = shop.rows(order_id)[0]
    sent = {"order_id": order_id, "outgoing_id": row.id, "remote_id": "900"}
    shop.do(NoteSent, **sent, state=PartState.PENDING)
    part = shop.part(order_id)
    shop.do(
        NoteRefundState, order_id=order_id, part_id=part.id, remote_id="900", state=PartState.NEEDS_DETAILS
    )
    key = shop.do(GiveDetails, order_id=order_id, part_id=part.id).answer
    shop.do(NoteDeclined, order_id=order_id, outgoing_id=key, words="Could not resolve account")
    assert shop.part(order_id).state == PartState.NEEDS_DETAILS
    assert shop.cases(order_id) == {"NEEDS_DETAILS"}


def test_the_gateway_chooses_which_of_two_payments_it_gives_back(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED, "T2")
    shop.resolve(order_id, "refund_excess", route="gateway")
    row = shop.rows(order_id)[0]
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id)
    shop.do(NoteSent, actor="posapp", order_id=order_id, outgoing_id=row.id, remote_id="501")
    dashboard(shop, order_id, PRICE)  # of T1, while the newest payment is T2
    order = shop.order(order_id)
    assert (order.refunded_minor, len(order.refunds), order.total_minor) == (PRICE, 1, 2 * PRICE)


def test_money_that_went_twice_is_looked_at_by_a_person(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    first = begin_and_fail(shop, order_id)
    shop.resolve(order_id, "manual_refund", route="hand")
    assert shop.cases(order_id) == set()
    shop.do(NoteSent, order_id=order_id, outgoing_id=first, remote_id="900", state=PartState.PROCESSED)
    assert shop.cases(order_id) == {"SHOP_CHANGED"}


def test_the_shops_record_of_what_was_given_by_hand_says_nothing_of_the_gateway_that_had_failed(
    shop: OutShop,
) -> None:
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_excess", route="gateway")
    begin_and_fail(shop, order_id)
    shop.resolve(order_id, "manual_refund", route="hand")
    record = shop.rows(order_id)[-1]
    told = {"remote_id": "501", "amount_minor": PRICE, "units": {}, "reason": "", "reference": record.id}
    shop.do(RecordShopRefund, order_id=order_id, **told)
    assert [row.state for row in shop.rows(order_id)] == [OutState.FAILED, OutState.DONE]
    assert shop.cases(order_id) == set()


def test_what_failed_is_owed_also_where_the_gateway_gave_back_the_other_payment(shop: OutShop) -> None:
    order_id = paid_through_provider(shop)
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED, "T2")
    shop.resolve(order_id, "refund_order", route="gateway")
    first, second = shop.rows(order_id)
    for row in (first, second):
        shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id)
    shop.do(NoteSent, actor="posapp", order_id=order_id, outgoing_id=first.id, remote_id="501")
    shop.do(NoteDeclined, actor="posapp", order_id=order_id, outgoing_id=second.id, words="no")
    shop.told(order_id, 3 * PRICE, PaymentState.REVERSED, "T1")  # the older one, given back whole
    dashboard(shop, order_id, 3 * PRICE)
    assert shop.cases(order_id) == {"REFUND_FAILED"}
    assert shop.order(order_id).owed_minor == 3 * PRICE
    shop.resolve(order_id, "manual_refund", route="hand", reference="GTB 9")
    assert (shop.order(order_id).owed_minor, shop.order(order_id).paid_minor, shop.cases(order_id)) == (
        0,
        0,
        set(),
    )
