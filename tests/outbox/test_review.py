"""What other decisions and other news do to money that is on its way back, or did not get there."""

import pytest

from posapp.commands.orders import CancelOrder, EditOrder, NewLine
from posapp.commands.outbox import (
    BeginSending,
    GiveDetails,
    NoteDeclined,
    NoteRefundState,
    NoteSent,
    RecordProviderRefund,
)
from posapp.commands.shop import ChangeSetting
from posapp.commands.shop_orders import CancelShopOrder
from posapp.commands.staff import AddStaff, SaveRole
from posapp.db.outgoing_tries import turns
from posapp.domain.errors import Refused
from posapp.domain.orders import CloseReason, Status
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.payments import PartState, PaymentState
from posapp.domain.rights import NotAllowed, Right
from posapp.replay import check_replay
from tests.outbox.conftest import PRICE, OutShop


def two_payments(shop: OutShop, *, units: int = 2, stock: int = 0) -> str:
    """A web order that was paid through the provider, its mugs one by one."""
    shop.product("Mug", PRICE, stock=stock)
    order_id = shop.web_order("88", {"mug": (units, PRICE)})
    for at in range(units):
        shop.told(order_id, PRICE, PaymentState.SUCCEEDED, f"T{at + 1}")
    return order_id


def one_payment(shop: OutShop, *, units: int = 3, stock: int = 2) -> str:
    shop.product("Mug", PRICE, stock=stock)
    order_id = shop.web_order("88", {"mug": (units, PRICE)})
    shop.told(order_id, units * PRICE, PaymentState.SUCCEEDED)
    return order_id


def begin(shop: OutShop, order_id: str, row_id: str) -> None:
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row_id)


def fail(shop: OutShop, order_id: str, *row_ids: str) -> None:
    for row_id in row_ids:
        begin(shop, order_id, row_id)
        shop.do(NoteDeclined, actor="posapp", order_id=order_id, outgoing_id=row_id, words="no")


def done(shop: OutShop, order_id: str, row_id: str, remote_id: str = "501") -> None:
    begin(shop, order_id, row_id)
    shop.do(NoteSent, actor="posapp", order_id=order_id, outgoing_id=row_id, remote_id=remote_id)


def waiting(shop: OutShop, order_id: str) -> list[str]:
    return [row.id for row in shop.rows(order_id) if row.state == OutState.WAITING and row.part_id]


def given_back(shop: OutShop, order_id: str) -> list[int]:
    """By payment, what counts as given back of it."""
    order = shop.order(order_id)
    return [payment.credited_minor - order.left_of(payment) for payment in order.payments]


def test_a_failed_share_that_refund_order_gave_back_is_not_asked_for_again(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    shop.do(CancelOrder, order_id=order_id, route="hand", reference="GTB 17")
    assert given_back(shop, order_id) == [3 * PRICE]
    assert shop.cases(order_id) == set()
    for key in ("retry_refund", "manual_refund", "undo_refund"):
        with pytest.raises(Refused):
            shop.resolve(order_id, key, route="hand")
    assert given_back(shop, order_id) == [3 * PRICE]
    assert shop.order(order_id).contribution_minor == 0
    assert shop.desk.write_now(check_replay).differences == []


def test_a_failed_share_of_a_payment_that_the_bank_took_back_is_not_asked_for_again(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    shop.told(order_id, 3 * PRICE, PaymentState.REVERSED)
    assert shop.cases(order_id) == {"PAYMENT_REVERSED"}
    with pytest.raises(Refused):
        shop.resolve(order_id, "retry_refund")


def test_a_deposit_whose_refund_failed_is_an_open_order_again(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=3)
    order_id = shop.web_order("88", {"mug": (3, PRICE)})
    shop.told(order_id, PRICE, PaymentState.SUCCEEDED)
    shop.do(CancelOrder, order_id=order_id, route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    shop.resolve(order_id, "undo_refund")
    order = shop.order(order_id)
    assert (order.status, order.confirmed_at, order.paid_minor) == (Status.OPEN, None, PRICE)
    assert order.contribution_minor == 0
    shop.told(order_id, 2 * PRICE, PaymentState.SUCCEEDED, "T2")
    order = shop.order(order_id)
    assert (order.status, order.contribution_minor) == (Status.PROCESSING, 3 * PRICE)
    assert order.confirmed_at is not None


def test_undone_a_refund_of_what_the_shop_cancelled_leaves_it_cancelled(shop: OutShop) -> None:
    order_id = one_payment(shop, stock=3)
    shop.do(CancelShopOrder, order_id=order_id, detail="cancelled")
    assert shop.cases(order_id) == {"SHOP_CHANGED"}
    shop.resolve(order_id, "shop_refund", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    assert shop.cases(order_id) == {"REFUND_FAILED"}
    shop.resolve(order_id, "undo_refund")
    order = shop.order(order_id)
    assert (order.status, order.close_reason, order.owed_minor) == (
        Status.CANCELLED,
        CloseReason.SHOP,
        3 * PRICE,
    )
    assert shop.cases(order_id) == {"SHOP_CHANGED"}
    assert order.contribution_minor == 3 * PRICE
    shop.resolve(order_id, "shop_refund", route="hand")
    assert shop.order(order_id).contribution_minor == 0


def test_a_part_keeps_its_key_when_another_is_given_by_hand(shop: OutShop) -> None:
    order_id = two_payments(shop)
    shop.resolve(order_id, "refund_order", route="provider")
    first, second = waiting(shop, order_id)
    fail(shop, order_id, first)
    shop.resolve(order_id, "retry_refund")
    again = waiting(shop, order_id)[-1]
    fail(shop, order_id, again)
    shop.resolve(order_id, "manual_refund", route="hand")
    fail(shop, order_id, second)
    shop.resolve(order_id, "retry_refund")
    (third,) = waiting(shop, order_id)
    assert third == second[:-1] + "2"
    queued = [part for part in shop.order(order_id).parts if part.state == PartState.QUEUED]
    assert [row.part_id for row in shop.rows(order_id) if row.id == third] == [part.id for part in queued]


def told(
    shop: OutShop, order_id: str, state: PartState = PartState.PROCESSED, remote_id: str = "900"
) -> None:
    shop.do(
        RecordProviderRefund, order_id=order_id, provider="paystack", remote_id=remote_id, payment_ref="T1",
        amount_minor=PRICE, state=state,
    )  # fmt: skip


def test_what_the_gateway_paid_settles_no_other_refund_as_high(shop: OutShop) -> None:
    order_id = one_payment(shop, units=4)
    lines = shop.order(order_id).lines
    shop.resolve(order_id, "mixed", refund={lines[0].id: 1}, route="gateway")
    (first,) = waiting(shop, order_id)
    done(shop, order_id, first)
    shop.resolve(order_id, "refund_excess", route="provider")
    (second,) = waiting(shop, order_id)
    told(shop, order_id)  # of the first one
    assert waiting(shop, order_id) == [second]
    assert [part.remote_id for part in shop.order(order_id).parts] == ["900", ""]


def test_later_news_of_what_the_gateway_paid_of_another_payment_is_no_second_refund(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED, "T2")
    shop.resolve(order_id, "refund_excess", route="gateway")
    done(shop, order_id, waiting(shop, order_id)[0])
    told(shop, order_id, PartState.PENDING)
    told(shop, order_id, PartState.PROCESSED)
    order = shop.order(order_id)
    assert (len(order.refunds), order.refunded_minor) == (1, PRICE)


def test_paid_in_the_dashboard_it_is_not_asked_of_the_gateway_any_more(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="gateway")
    told(shop, order_id)
    assert waiting(shop, order_id) == []
    part = shop.part(order_id)
    assert (part.route, part.state, part.remote_id) == ("provider", PartState.PROCESSED, "900")
    assert [row.state for row in shop.rows(order_id)] == [OutState.WITHDRAWN, OutState.WAITING]
    record = shop.rows(order_id)[-1]
    assert (record.kind, record.part_id) == (OutKind.SHOP_REFUND, "")
    assert shop.desk.write_now(check_replay).differences == []


def test_money_that_the_order_needs_itself_is_not_given_back(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=2)
    order_id = shop.place({"mug": 3})
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED)
    shop.resolve(order_id, "refund_excess", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    shop.receive("mug", 5)
    order = shop.order(order_id)
    shop.do(
        EditOrder, order_id=order_id, seen_version=order.version, added=(NewLine("mug", 1),)
    )  # fmt: skip
    order = shop.order(order_id)
    assert (order.paid_minor, order.total_minor, order.owed_minor) == (3 * PRICE, 3 * PRICE, 0)
    assert shop.cases(order_id) == set()


def test_who_may_give_nothing_back_may_not_ask_for_it_again(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    rights = {Right.ATTENTION_RESOLVE: None, Right.REFUNDS_ISSUE: PRICE - 1}
    shop.do(SaveRole, role_id="clerk", name="Clerk", rights=rights)
    shop.do(AddStaff, name="Ify", role_id="clerk")
    with pytest.raises(NotAllowed):
        shop.resolve(order_id, "retry_refund", actor="Ify")
    assert waiting(shop, order_id) == []
    shop.resolve(order_id, "undo_refund", actor="Ify")  # gives nothing
    assert shop.order(order_id).refunded_minor == 0


def test_who_may_give_nothing_back_may_not_say_on_which_account(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    row_id = waiting(shop, order_id)[0]
    begin(shop, order_id, row_id)
    sent = {"order_id": order_id, "outgoing_id": row_id, "remote_id": "900"}
    shop.do(NoteSent, actor="posapp", **sent, state=PartState.NEEDS_DETAILS)
    rights = {Right.ATTENTION_RESOLVE: None}
    shop.do(SaveRole, role_id="clerk", name="Clerk", rights=rights)
    shop.do(AddStaff, name="Ify", role_id="clerk")
    part = shop.part(order_id)
    with pytest.raises(NotAllowed):
        shop.do(GiveDetails, actor="Ify", order_id=order_id, part_id=part.id)
    shop.do(GiveDetails, order_id=order_id, part_id=part.id)


def test_a_word_about_money_does_not_wait_for_money_that_is_owed_no_more(shop: OutShop) -> None:
    shop.do(ChangeSetting, key="tell_shop", value="note")
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    fail(shop, order_id, *waiting(shop, order_id))
    shop.do(CancelOrder, order_id=order_id, route="hand", reference="GTB 17")
    for row in shop.rows(order_id):
        if row.kind == OutKind.SHOP_REFUND:
            done(shop, order_id, row.id)
    first, second = (row for row in shop.rows(order_id) if row.message.startswith("refunded"))
    assert (first.state, second.refund_id) == (OutState.WITHDRAWN, shop.order(order_id).refunds[-1].id)
    due = shop.desk.write_now(lambda c: [one.row.id for one in turns(c, shop.clock())])
    assert due == [second.id]


def paid_then_failed(shop: OutShop, *, begun: bool) -> str:
    """A refund that the provider said was paid, and then that it was not; the shop's record of it waits or is begun."""
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    done(shop, order_id, waiting(shop, order_id)[0], "900")
    record = shop.rows(order_id)[-1]
    assert (record.kind, record.state) == (OutKind.SHOP_REFUND, OutState.WAITING)
    if begun:
        begin(shop, order_id, record.id)
    part_id = shop.part(order_id).id
    shop.do(NoteRefundState, order_id=order_id, part_id=part_id, remote_id="900", state=PartState.FAILED)
    assert shop.cases(order_id) == {"REFUND_FAILED"}
    return order_id


def test_what_the_shop_may_have_in_its_books_is_not_undone_before_that_is_known(shop: OutShop) -> None:
    order_id = paid_then_failed(shop, begun=True)
    with pytest.raises(Refused):
        shop.resolve(order_id, "undo_refund")
    assert len(shop.order(order_id).refunds) == 1


def test_what_the_shop_was_not_told_yet_is_undone_and_never_told(shop: OutShop) -> None:
    order_id = paid_then_failed(shop, begun=False)
    shop.resolve(order_id, "undo_refund")
    assert [row for row in shop.rows(order_id) if row.state.is_open] == []
    assert shop.order(order_id).paid_minor == 3 * PRICE


@pytest.mark.parametrize("key", ["manual_refund", "retry_refund", "undo_refund"])
def test_an_account_is_not_told_for_a_refund_that_has_failed(shop: OutShop, key: str) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    row_id = waiting(shop, order_id)[0]
    begin(shop, order_id, row_id)
    asks = {"outgoing_id": row_id, "remote_id": "900", "state": PartState.NEEDS_DETAILS}
    shop.do(NoteSent, actor="posapp", order_id=order_id, **asks)
    part_id = shop.part(order_id).id
    told_row = shop.do(GiveDetails, order_id=order_id, part_id=part_id).answer
    shop.do(NoteRefundState, order_id=order_id, part_id=part_id, remote_id="900", state=PartState.FAILED)
    shop.resolve(order_id, key, route="hand")
    (details,) = [row for row in shop.rows(order_id) if row.id == told_row]
    assert details.state == OutState.WITHDRAWN


@pytest.mark.parametrize("key", ["refund_excess", "refund_order"])
@pytest.mark.parametrize("route", ["provider", "gateway"])
def test_what_the_bank_took_back_before_it_was_sent_is_not_sent(shop: OutShop, key: str, route: str) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, key, route=route)
    shop.told(order_id, 3 * PRICE, PaymentState.REVERSED)
    assert waiting(shop, order_id) == []
    assert [row.state for row in shop.rows(order_id) if row.part_id] == [OutState.WITHDRAWN]
    assert shop.cases(order_id) == ({"PAYMENT_REVERSED"} if key == "refund_excess" else set())
    assert shop.desk.write_now(check_replay).differences == []


def test_what_is_on_its_way_when_the_bank_takes_it_back_is_followed(shop: OutShop) -> None:
    order_id = one_payment(shop)
    shop.resolve(order_id, "refund_excess", route="provider")
    row_id = waiting(shop, order_id)[0]
    begin(shop, order_id, row_id)
    shop.told(order_id, 3 * PRICE, PaymentState.REVERSED)
    assert shop.rows(order_id)[0].state == OutState.SENDING
