"""What the window reads of the outbox."""

from posapp.commands.outbox import BeginSending, DiscardOutgoing, NoteDeclined
from posapp.domain.outbox import OutKind, OutState
from posapp.queries.outbox import OutboxCounts, outbox_counts, outbox_rows
from tests.outbox.conftest import PRICE, OutShop


def refuse(shop: OutShop, order_id: str) -> None:
    row = shop.rows(order_id)[-1].id
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row)
    shop.do(NoteDeclined, actor="posapp", order_id=order_id, outgoing_id=row, words="Invalid refund amount.")


def test_nothing_waits_in_a_new_shop(shop: OutShop) -> None:
    assert outbox_counts(shop.reader) == OutboxCounts(0, 0)
    assert outbox_rows(shop.reader) == ()


def test_what_waits_is_listed_with_its_order_and_amount(shop: OutShop) -> None:
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_excess", route="gateway")
    assert outbox_counts(shop.reader) == OutboxCounts(1, 0)
    (row,) = outbox_rows(shop.reader)
    assert (row.number, row.kind, row.state) == (
        shop.order(order_id).number,
        OutKind.SHOP_REFUND,
        OutState.WAITING,
    )
    assert (row.amount_minor, row.currency, row.tries, row.next_at, row.words) == (PRICE, "NGN", 0, None, "")
    assert row.since == shop.order(order_id).refunds[0].decided_at < row.due_at


def test_what_was_refused_is_counted_apart_until_it_is_discarded(shop: OutShop) -> None:
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_excess", route="cash")
    refuse(shop, order_id)
    assert outbox_counts(shop.reader) == OutboxCounts(0, 1)
    (row,) = outbox_rows(shop.reader)
    assert (row.words, row.amount_minor) == ("Invalid refund amount.", PRICE)
    shop.do(DiscardOutgoing, order_id=order_id, outgoing_id=row.id)
    assert outbox_counts(shop.reader) == OutboxCounts(0, 0)
