"""A terminal says how far the money of a refund is, and scripts read it by name."""

from io import StringIO
from zoneinfo import ZoneInfo

import msgspec

from posapp.cli.order_text import show_order
from posapp.cli.screen import Screen
from posapp.commands.outbox import BeginSending, NoteDeclined
from posapp.queries.facts import order_facts
from tests.outbox.conftest import PRICE, OutShop


def told(shop: OutShop, order_id: str) -> tuple[str, list[dict[str, object]]]:
    facts, out = order_facts(shop.reader.connection, order_id), StringIO()
    show_order(Screen(as_json=False, out=out), facts, ZoneInfo("Africa/Lagos"))
    return out.getvalue(), list(msgspec.to_builtins(facts)["refunds"][0]["parts"])


def test_each_state_has_its_words_and_its_name(shop: OutShop) -> None:
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_excess", route="gateway")
    words, parts = told(shop, order_id)
    assert "by the web shop's gateway, saved on this till" in words
    assert parts == [{"route": "gateway", "state": "QUEUED", "amount_minor": PRICE, "reference": ""}]
    row = shop.row(order_id)
    for kind, more in ((BeginSending, {}), (NoteDeclined, {"words": "no"})):
        shop.do(kind, actor="posapp", order_id=order_id, outgoing_id=row.id, **more)
    words, parts = told(shop, order_id)
    assert "failed, money not moved" in words
    assert "Decide by posapp resolve" in words
    assert "retry-refund, manual-refund, undo-refund" in words
    assert parts[0]["state"] == "FAILED"
