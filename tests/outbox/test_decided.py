"""A decision writes what must go out in its own transaction; what is answered moves the order, once."""

import pytest

from posapp.commands.outbox import (
    BeginSending,
    DiscardOutgoing,
    GiveDetails,
    NoteDeclined,
    NoteRefundState,
    NoteSent,
    SendAgain,
)
from posapp.commands.resolutions import UndoDecision
from posapp.commands.shop_orders import ForgetShopRefund, RecordShopRefund
from posapp.domain.errors import Refused
from posapp.domain.outbox import UNDO_FOR, OutKind, OutState
from posapp.domain.payments import PartState, PaymentState
from posapp.replay import check_replay
from tests.outbox.conftest import PRICE, OutShop


def decided(shop: OutShop, route: str = "gateway", key: str = "refund_excess") -> str:
    order_id = shop.web_paid()
    shop.resolve(order_id, key, route=route)
    return order_id


def begin(shop: OutShop, order_id: str) -> str:
    row = shop.rows(order_id)[-1]
    return shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id).answer


def decline(shop: OutShop, order_id: str, words: str = "no") -> None:
    row = shop.rows(order_id)[-1]
    shop.do(NoteDeclined, actor="posapp", order_id=order_id, outgoing_id=row.id, words=words)


def sent(
    shop: OutShop, order_id: str, state: PartState = PartState.PROCESSED, remote_id: str = "501"
) -> None:
    row = shop.rows(order_id)[-1]
    shop.do(NoteSent, actor="posapp", order_id=order_id, outgoing_id=row.id, remote_id=remote_id, state=state)


def test_a_refund_through_the_gateway_waits_eight_seconds(shop: OutShop) -> None:
    order_id = decided(shop)
    row, part = shop.row(order_id), shop.part(order_id)
    assert (row.kind, row.state, row.to) == (OutKind.SHOP_REFUND, OutState.WAITING, "shop")
    refund = shop.order(order_id).refunds[0]
    assert row.due_at - refund.decided_at == UNDO_FOR
    assert (part.state, part.amount_minor) == (PartState.QUEUED, PRICE)
    assert shop.order(order_id).total_minor == 2 * PRICE
    assert shop.cases(order_id) == set()


def test_what_waits_can_be_taken_back_whole(shop: OutShop) -> None:
    order_id = decided(shop)
    shop.do(UndoDecision, order_id=order_id, decision_id=f"command-{shop._made}")
    order = shop.order(order_id)
    assert (order.total_minor, order.parts, order.refunds) == (3 * PRICE, [], [])
    assert shop.row(order_id).state == OutState.WITHDRAWN
    assert shop.cases(order_id) == {"SHORTAGE"}
    assert begin(shop, order_id) == OutState.WITHDRAWN


def test_what_was_begun_cannot_be_taken_back(shop: OutShop) -> None:
    order_id = decided(shop)
    decision_id = f"command-{shop._made}"
    assert begin(shop, order_id) == OutState.SENDING
    assert shop.part(order_id).state == PartState.SUBMITTED
    with pytest.raises(Refused):
        shop.do(UndoDecision, order_id=order_id, decision_id=decision_id)


def test_the_answer_ends_it_and_the_shops_own_news_of_it_changes_nothing(shop: OutShop) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    sent(shop, order_id)
    before = shop.order(order_id)
    told = {"remote_id": "501", "amount_minor": PRICE, "units": {}, "reason": ""}
    shop.do(RecordShopRefund, order_id=order_id, **told, reference=shop.row(order_id).id)
    assert shop.part(order_id).state == PartState.PROCESSED
    assert shop.order(order_id).refunds == before.refunds
    assert shop.row(order_id).state == OutState.DONE


@pytest.mark.parametrize("by_reference", [True, False])
def test_the_pull_acknowledges_what_was_never_answered(shop: OutShop, *, by_reference: bool) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    reference = shop.row(order_id).id if by_reference else ""
    told = {"remote_id": "501", "amount_minor": PRICE, "units": {}, "reason": "", "reference": reference}
    shop.do(RecordShopRefund, order_id=order_id, **told)
    order = shop.order(order_id)
    assert [refund.remote_id for refund in order.refunds] == ["501"]
    assert (shop.row(order_id).state, shop.part(order_id).state) == (OutState.DONE, PartState.PROCESSED)
    assert order.paid_minor == order.total_minor == 2 * PRICE


def test_a_refused_refund_is_a_case_and_the_customer_is_owed(shop: OutShop) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    decline(shop, order_id, "does not support automatic refunds")
    order = shop.order(order_id)
    assert shop.cases(order_id) == {"REFUND_FAILED"}
    assert (order.owed_minor, order.total_minor, order.credit_minor) == (PRICE, 2 * PRICE, 0)
    assert shop.row(order_id).state == OutState.FAILED


def test_retry_has_a_key_of_its_own_and_closes_the_case(shop: OutShop) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    decline(shop, order_id)
    shop.resolve(order_id, "retry_refund")
    first, second = shop.rows(order_id)
    assert first.id.rpartition("/")[0] == second.id.rpartition("/")[0]
    assert first.id != second.id
    assert shop.cases(order_id) == set()
    begin(shop, order_id)
    sent(shop, order_id)
    assert shop.order(order_id).owed_minor == 0


def test_manual_money_closes_the_case_and_is_written_down_in_the_shop(shop: OutShop) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    decline(shop, order_id)
    shop.resolve(order_id, "manual_refund", route="hand", reference="GTB 17")
    assert shop.cases(order_id) == set()
    assert (shop.part(order_id).route, shop.part(order_id).reference) == ("hand", "GTB 17")
    _, record = shop.rows(order_id)
    assert (record.kind, record.part_id, record.id.split("/")[1]) == (OutKind.SHOP_REFUND, "", "shop")


@pytest.mark.parametrize("key", ["refund_excess", "refund_order"])
def test_a_failed_refund_can_be_undone(shop: OutShop, key: str) -> None:
    order_id = decided(shop, key=key)
    begin(shop, order_id)
    decline(shop, order_id)
    shop.resolve(order_id, "undo_refund")
    order = shop.order(order_id)
    assert (order.total_minor, order.paid_minor, order.owed_minor) == (3 * PRICE, 3 * PRICE, 0)
    assert shop.cases(order_id) == {"SHORTAGE"}
    assert order.contribution_minor == 3 * PRICE


def test_cash_for_a_web_order_is_written_down_in_the_shop_at_once(shop: OutShop) -> None:
    order_id = decided(shop, "cash")
    row = shop.row(order_id)
    assert (row.kind, row.part_id, row.due_at) == (
        OutKind.SHOP_REFUND, "", shop.order(order_id).refunds[0].decided_at,
    )  # fmt: skip


def test_a_record_the_shop_refuses_is_parked_and_moves_no_money(shop: OutShop) -> None:
    order_id = decided(shop, "cash")
    begin(shop, order_id)
    decline(shop, order_id, "Invalid refund amount.")
    assert (shop.row(order_id).state, shop.row(order_id).words) == (
        OutState.REFUSED,
        "Invalid refund amount.",
    )
    assert shop.cases(order_id) == set()
    shop.do(SendAgain, order_id=order_id, outgoing_id=shop.row(order_id).id)
    assert shop.row(order_id).state == OutState.WAITING
    begin(shop, order_id)
    decline(shop, order_id)
    shop.do(DiscardOutgoing, order_id=order_id, outgoing_id=shop.row(order_id).id)
    assert shop.row(order_id).state == OutState.DISCARDED


def test_a_provider_pays_a_part_then_the_shop_writes_it_down(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=2)
    order_id = shop.web_order("88", {"mug": (3, PRICE)})
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED)
    shop.resolve(order_id, "refund_excess", route="provider")
    assert (shop.row(order_id).kind, shop.row(order_id).to) == (OutKind.PROVIDER_REFUND, "paystack")
    begin(shop, order_id)
    sent(shop, order_id, PartState.PENDING, "900")
    assert [row.kind for row in shop.rows(order_id)] == [OutKind.PROVIDER_REFUND]
    part = shop.part(order_id)
    values = {"order_id": order_id, "part_id": part.id, "remote_id": "900"}
    shop.do(NoteRefundState, **values, state=PartState.NEEDS_DETAILS)
    assert shop.cases(order_id) == {"NEEDS_DETAILS"}
    key = shop.do(GiveDetails, order_id=order_id, part_id=part.id).answer
    assert shop.cases(order_id) == set()
    shop.do(NoteRefundState, **values, state=PartState.NEEDS_DETAILS)  # from before the account was told
    assert shop.part(order_id).state == PartState.SUBMITTED
    shop.do(NoteSent, order_id=order_id, outgoing_id=key, remote_id="900", state=PartState.PENDING)
    shop.do(NoteRefundState, **values, state=PartState.PROCESSED)
    assert shop.part(order_id).state == PartState.PROCESSED
    assert [row.kind for row in shop.rows(order_id)][-1] == OutKind.SHOP_REFUND


def test_a_failed_refund_that_the_shop_wrote_down_is_deleted_there_before_it_is_undone(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=2)
    order_id = shop.web_order("88", {"mug": (3, PRICE)})
    shop.told(order_id, 3 * PRICE, PaymentState.SUCCEEDED)
    shop.resolve(order_id, "refund_excess", route="provider")
    sent(shop, order_id, PartState.PROCESSED, "900")
    sent(shop, order_id, PartState.PROCESSED, "501")  # the shop's record
    values = {"order_id": order_id, "part_id": shop.part(order_id).id, "remote_id": "900"}
    shop.do(NoteRefundState, **values, state=PartState.FAILED)
    with pytest.raises(Refused) as refused:
        shop.resolve(order_id, "undo_refund")
    assert refused.value.code == "written_there"
    shop.do(ForgetShopRefund, order_id=order_id, remote_id="501")
    shop.resolve(order_id, "undo_refund")
    assert shop.order(order_id).paid_minor == 3 * PRICE


def test_money_taken_at_the_counter_has_no_gateway_and_a_counter_order_no_shop(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=0)
    order_id = shop.sold({"mug": 2})
    shop.resolve(order_id, "refund_order", route="gateway")
    assert [part.route for part in shop.order(order_id).parts] == ["cash"]
    other = shop.place({"mug": 1})
    shop.told(other, PRICE, PaymentState.SUCCEEDED)
    with pytest.raises(Refused) as refused:
        shop.resolve(other, "refund_order", route="gateway")
    assert refused.value.code == "no_gateway"


def test_replay_brings_the_same_rows(shop: OutShop) -> None:
    order_id = decided(shop)
    begin(shop, order_id)
    decline(shop, order_id)
    shop.resolve(order_id, "retry_refund")
    assert shop.desk.write_now(check_replay).differences == []


@pytest.mark.parametrize(
    ("key", "given"), [("retry_refund", 50_000), ("manual_refund", 50_000), ("retry_refund", 3 * PRICE)]
)
def test_what_the_shop_gave_back_meanwhile_is_not_given_again(shop: OutShop, key: str, given: int) -> None:
    order_id = decided(shop, key="refund_order")
    begin(shop, order_id)
    decline(shop, order_id)
    told = {"remote_id": "77", "amount_minor": given - 1, "units": {}, "reason": "", "reference": ""}
    shop.do(RecordShopRefund, order_id=order_id, **told)
    shop.resolve(order_id, key, route="hand", reference="GTB 17")
    order = shop.order(order_id)
    assert sum(part.amount_minor for part in order.parts) == 3 * PRICE
    assert order.owed_minor == 0
    assert sum(refund.amount_minor for refund in order.refunds) == 3 * PRICE
    assert shop.cases(order_id) == set()
