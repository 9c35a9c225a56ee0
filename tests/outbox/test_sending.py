"""What the sender does in a network as it is: each thing arrives once, in its order, and is shown honestly."""

import pytest

from posapp.commands.orders import HandOver
from posapp.commands.outbox import DiscardOutgoing, SendAgain
from posapp.commands.resolutions import UndoDecision
from posapp.commands.shop import ChangeSetting
from posapp.demo_shop.faults import Kind
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.payments import PartState
from posapp.sync.connections import links, set_state
from posapp.sync.sender import ELSEWHERE, NOT_CONNECTED
from tests.outbox.till import TOTE, Till


async def settled(till: Till, *, after_s: float = 9, looks: int = 1) -> None:
    till.clock.pass_time(after_s)
    for _ in range(looks):
        await till.look()


async def test_a_refund_is_written_line_by_line_and_paid_by_the_gateway(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess", reason="only two left")
    await settled(till)
    (refund,) = till.written(web)
    (line,) = refund.lines
    assert (refund.amount_minor, refund.reason, refund.paid_by_gateway) == (TOTE, "only two left", True)
    assert (line.quantity, line.total_micro // 10_000 + line.total_tax_minor) == (-1, -TOTE)
    assert ("_posapp_ref", till.row(order_id).id) in [(meta.key, meta.value) for meta in refund.meta]
    assert till.order(order_id).refunds[0].remote_id == str(refund.id)


async def test_within_eight_seconds_nothing_leaves_and_all_can_be_undone(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    await settled(till, after_s=7)
    assert till.row(order_id).state == OutState.WAITING
    decision = "SELECT id FROM decision WHERE order_id = ?"
    (found,) = till.desk.write_now(lambda c: c.execute(decision, (order_id,)).fetchone())
    till.do(UndoDecision, order_id=order_id, decision_id=found)
    await settled(till, after_s=600)
    assert (till.written(web), till.paid_out(), till.row(order_id).state) == ([], [], OutState.WITHDRAWN)


@pytest.mark.parametrize(
    "kind",
    [Kind.LOST_ANSWER, Kind.DROP, Kind.BAD_GATEWAY, Kind.DATABASE_DOWN, Kind.MAINTENANCE, Kind.TRUNCATED],
)
async def test_an_answer_that_tells_nothing_is_no_second_payout(till: Till, kind: Kind) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.store.faults.add(kind, method="POST", path="/refunds")
    await settled(till)
    assert till.row(order_id).state == OutState.SENDING
    assert till.tries()[0][1] != ""
    await settled(till, after_s=20)
    await settled(till, after_s=700)
    assert [refund.amount_minor for refund in till.written(web)] == [TOTE]
    assert len(till.paid_out()) == 1
    assert till.row(order_id).state == OutState.DONE


async def test_a_request_that_is_carried_out_late_is_not_made_twice(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.wire.holds = "/refunds"
    await settled(till)
    for _ in range(4):
        await settled(till, after_s=20)
    assert (till.row(order_id).state, till.written(web)) == (OutState.SENDING, [])
    await till.wire.let_through()
    till.clock.pass_time(15)
    await till.send()
    assert [refund.amount_minor for refund in till.written(web)] == [TOTE]
    assert till.row(order_id).state == OutState.DONE


async def test_offline_for_hours_everything_waits_and_can_still_be_undone(till: Till) -> None:
    made = [await till.short_order() for _ in range(3)]
    till.wire.is_down = True
    for _, order_id in made:
        till.resolve(order_id, "refund_order")
        till.clock.pass_time(1_800)
        await till.send()
    assert {till.row(order_id).state for _, order_id in made} == {OutState.WAITING}
    assert {till.part(order_id).state for _, order_id in made} == {PartState.QUEUED}
    till.wire.is_down = False
    await till.look()  # the network is back: no pause is sat out
    for web, order_id in made:
        assert [r.amount_minor for r in till.written(web)] == [3 * TOTE], till.tries()
        assert till.row(order_id).state == OutState.DONE
    assert len(till.paid_out()) == 3
    await till.look()
    assert [(till.order(one).status, till.cases(one)) for _, one in made] == [("CANCELLED", set())] * 3


async def test_a_gateway_that_cannot_refund_leaves_it_to_a_person(till: Till) -> None:
    web, order_id = await till.short_order(method="bacs")
    till.resolve(order_id, "refund_excess")
    await settled(till)
    assert till.cases(order_id) == {"REFUND_FAILED"}
    assert "automatic refunds" in till.row(order_id).words
    (link,) = [link for link in till.desk.write_now(links) if link.is_shop]
    assert link.about.gateways["bacs"] is False
    till.resolve(order_id, "manual_refund", route="hand", reference="GTB 17")
    await settled(till)
    (refund,) = till.written(web)
    assert (refund.amount_minor, refund.paid_by_gateway) == (TOTE, False)
    assert (till.cases(order_id), till.row(order_id).state) == (set(), OutState.DONE)


async def test_a_refusal_is_parked_and_holds_up_what_comes_behind_it(till: Till) -> None:
    web, order_id = await till.short_order()
    till.do(ChangeSetting, key="tell_shop", value="note")
    till.store.refund(web.id, 3 * TOTE)  # by hand over there, and not looked at yet
    till.resolve(order_id, "refund_excess", route="cash")
    await settled(till, after_s=0)
    record, word = till.rows(order_id)
    assert (record.state, word.state) == (OutState.REFUSED, OutState.WAITING)
    assert "0.00 NGN" in record.words
    await settled(till, after_s=1_000)
    assert till.rows(order_id)[1].state == OutState.WAITING
    till.do(SendAgain, order_id=order_id, outgoing_id=record.id)
    await settled(till)
    assert till.rows(order_id)[0].state == OutState.REFUSED
    till.do(DiscardOutgoing, order_id=order_id, outgoing_id=record.id)
    await settled(till)
    assert [row.state for row in till.rows(order_id)] == [OutState.DISCARDED, OutState.DONE]


async def test_two_rows_of_one_order_never_overlap(till: Till) -> None:
    web, order_id = await till.short_order()
    till.do(ChangeSetting, key="tell_shop", value="note")
    till.resolve(order_id, "refund_excess")
    till.store.faults.add(Kind.LOST_ANSWER, method="POST", path="/refunds")
    await settled(till)
    assert [row.state for row in till.rows(order_id)] == [OutState.SENDING, OutState.WAITING]
    assert not [note for note in till.store.order(web.id).notes if note.for_customer]
    await settled(till, after_s=700)
    assert [row.state for row in till.rows(order_id)] == [OutState.DONE, OutState.DONE]
    (note,) = [note for note in till.store.order(web.id).notes if note.for_customer]
    assert "NGN 12,500.00" in note.text


async def test_a_note_is_left_once_and_says_nothing_of_money_that_did_not_go(till: Till) -> None:
    web, order_id = await till.short_order(method="bacs")
    till.do(ChangeSetting, key="tell_shop", value="note")
    till.resolve(order_id, "refund_excess")
    await settled(till, after_s=60)
    assert [row.state for row in till.rows(order_id)] == [OutState.FAILED, OutState.WAITING]
    till.resolve(order_id, "manual_refund", route="hand")
    till.store.faults.add(Kind.LOST_ANSWER, method="POST", path="/notes")
    for _ in range(3):
        await settled(till, after_s=700)
    assert len([note for note in till.store.order(web.id).notes if note.for_customer]) == 1
    assert {row.state for row in till.rows(order_id)} == {OutState.FAILED, OutState.DONE}


async def test_a_refund_made_by_hand_over_there_is_the_one_that_waits_here(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.store.refund(web.id, TOTE)
    till.clock.pass_time(9)
    await till.send()
    assert len(till.written(web)) == 1
    assert (till.row(order_id).state, till.paid_out()) == (OutState.DONE, [])
    await till.look()
    assert len(till.order(order_id).refunds) == 1


async def test_a_backup_of_before_does_not_pay_again(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    backup = till.folder.with_name("backup")
    till.again(copy_to=backup)
    await settled(till)
    assert till.row(order_id).state == OutState.DONE
    till.folder = backup
    till.again()
    assert till.row(order_id).state == OutState.WAITING
    await till.send()
    assert till.row(order_id).state == OutState.DONE
    assert (len(till.written(web)), len(till.paid_out())) == (1, 1)


async def test_a_clock_that_is_set_back_parks_nothing(till: Till) -> None:
    web, order_id = await till.short_order()
    till.store.faults.add(Kind.LOST_ANSWER, method="POST", path="/refunds")
    till.resolve(order_id, "refund_excess")
    await settled(till)
    other, _ = await till.short_order()
    till.resolve(till.our_id(other), "refund_order")
    till.clock.pass_time(-86_400)
    await till.send()
    await settled(till, after_s=100)
    await settled(till, after_s=100)
    assert [len(till.written(one)) for one in (web, other)] == [1, 1]
    assert till.row(order_id).state == till.row(till.our_id(other)).state == OutState.DONE


async def test_without_its_connection_a_row_waits_in_words(till: Till) -> None:
    web, order_id = await till.short_order()
    (link,) = till.desk.write_now(links)
    till.resolve(order_id, "refund_excess")
    till.desk.write_now(lambda c: set_state(c, link.id, "removed"))
    await settled(till)
    assert till.tries() == [(OutState.WAITING, NOT_CONNECTED, None)]
    till.desk.write_now(lambda c: set_state(c, link.id, "active"))
    till.again()
    await settled(till)
    assert (till.row(order_id).state, len(till.written(web))) == (OutState.DONE, 1)


async def test_a_shop_that_another_till_serves_is_told_nothing(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    for marker in till.store.state.webhooks.values():
        marker.delivery_url = "https://till.example.test/posapp/another"
    till.clock.pass_time(9)
    await till.send()
    assert till.tries() == [(OutState.WAITING, ELSEWHERE, None)]
    assert till.written(web) == []


async def test_a_handed_over_order_is_completed_there_once(till: Till) -> None:
    web, order_id = await till.short_order(units=2)
    till.do(HandOver, order_id=order_id)
    till.store.faults.add(Kind.LOST_ANSWER, method="PUT", path="/orders/")
    for _ in range(3):
        await settled(till, after_s=700)
    assert till.store.order(web.id).status == "completed"
    assert (
        len([asked for asked in till.wire.asked if asked.startswith("PUT") and asked.endswith(str(web.id))])
        == 1
    )
    assert [row.state for row in till.rows(order_id)] == [OutState.DONE]
    assert till.rows(order_id)[0].kind == OutKind.SHOP_ORDER
