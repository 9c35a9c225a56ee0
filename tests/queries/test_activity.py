"""Who did what, when, at which till: found by every filter, in words, and without reading the whole journal."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from posapp.commands.counter import Sell, Tender
from posapp.commands.handlers import HANDLERS
from posapp.commands.lines import SaleLine
from posapp.commands.orders import CancelOrder
from posapp.commands.returns import Returned, TakeBack
from posapp.commands.rights import FEED_COMMANDS
from posapp.commands.staff import AddStaff
from posapp.commands.stock import AdjustStock, ReceiveStock
from posapp.db.schema import TABLES
from posapp.domain.payments import PaymentState
from posapp.queries.activity import (
    EVERYBODY,
    FEEDS,
    ActivityFilter,
    ActivityRow,
    ActivitySource,
    streams,
)
from posapp.queries.activity_kinds import KINDS
from posapp.queries.activity_words import activity_words
from tests.shop import MAIN_LOCATION, Shop

TAGS = {kind.__struct_config__.tag for kind in HANDLERS}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop")
    opened.do(AddStaff, name="Ify", role_id="manager")
    opened.do(AddStaff, name="Chidi", role_id="cashier")
    opened.product("Mug", 100_000, stock=5)
    yield opened
    opened.close()


def rows(shop: Shop, **fields: object) -> list[ActivityRow]:
    """All rows of a filter, read two at a time as a window would read them by 256."""
    source = ActivitySource(shop.reader, ActivityFilter(**fields))
    found: list[ActivityRow] = []
    while page := source.page_after(source.key_of(found[-1]) if found else None, 2):
        found.extend(page)
    assert source.count() == len(found)
    for n in range(1, len(found) + 1):
        assert source.skip(None, n) == source.key_of(found[n - 1])
    assert source.skip(None, len(found) + 1) is None
    return found


def said(shop: Shop, **fields: object) -> list[str]:
    return [
        f"{row.actor}: {activity_words(row.tag, row.facts, row.names, lambda minor: f'N{minor}')}"
        for row in rows(shop, **fields)
    ]


def adjust(shop: Shop, who: str, units: int, **fields: str) -> None:
    shop.do(
        AdjustStock,
        actor=who,
        product_id="mug",
        location_id=MAIN_LOCATION,
        units=units,
        reason="torn",
        **fields,
    )


def test_every_command_has_words_and_one_kind() -> None:
    assert {tag for tag in TAGS if activity_words(tag, {}, {}, str) == tag.replace("_", " ")} == set()
    listed = [tag for _, tags in KINDS.values() for tag in tags]
    assert sorted(listed) == sorted(TAGS)
    assert set(KINDS["web"][1]) == {kind.__struct_config__.tag for kind in FEED_COMMANDS}


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_words_are_found_for_whatever_an_entry_says_or_does_not_say(tag: str) -> None:
    odd = {"order_id": 7, "tenders": [{}], "returned": [{}], "reason": None, "amount_minor": "x", "key": None}
    for facts in ({}, odd):
        words = activity_words(tag, facts, {}, lambda minor: f"N{minor}")
        assert words.strip()
        assert not set("{}") & set(words)


def test_it_reads_like_a_diary(shop: Shop) -> None:
    order = shop.sold({"mug": 2})
    adjust(shop, "Ify", -1)
    shop.do(CancelOrder, actor="Chidi", approved_by="Ify", order_id=order, reason="wrong colour")
    assert said(shop) == [
        "Chidi: Cancelled order 0001: wrong colour",
        "Ify: Adjusted Mug by −1: torn",
        "Adaeze: Took N200000 in cash for order 0001",
        "Adaeze: Made order 0001",
        "Adaeze: Received 5 × Mug",
        "Adaeze: Saved the product Mug",
        "Adaeze: Added Chidi to the staff as Cashier",
        "Adaeze: Added Ify to the staff as Manager",
        "Adaeze: Opened the shop Adaeze Stores",
    ]
    assert rows(shop)[0].approved_by == "Ify"


def test_each_filter_narrows_and_they_narrow_together(shop: Shop) -> None:
    order = shop.web_order("7", {"mug": (1, 100_000)})
    shop.told(order, 100_000, PaymentState.SUCCEEDED)
    for who in ("Ify", "Adaeze", "Ify"):
        adjust(shop, who, 1)
    since = shop.clock()
    shop.now += timedelta(days=1)
    adjust(shop, "Ify", 2)
    shop.pay(shop.place({"mug": 1}))
    assert {row.actor for row in rows(shop, who="Ify")} == {"Ify"}
    assert len(rows(shop, who="Ify")) == 3
    assert len(rows(shop, kind="stock")) == 5
    assert len(rows(shop, kind="stock", who="Adaeze")) == 2
    assert [row.facts["units"] for row in rows(shop, who="Ify", from_at=since)] == [2]
    assert [row.facts["units"] for row in rows(shop, who="Ify", to_at=since)] == [1, 1]
    assert {row.tag for row in rows(shop, who=FEEDS)} == {"place_shop_order", "record_payment"}
    assert len(rows(shop, who=EVERYBODY)) == len(rows(shop)) + 2
    assert len(rows(shop, till="A")) == len(rows(shop))
    assert rows(shop, till="B") == rows(shop, who="Nobody") == rows(shop, kind="nothing") == []
    assert said(shop, who=FEEDS)[0] == "web shop: N100000 for order 0001: paid"


@pytest.mark.parametrize("typed", ["1", "0001", "#0001", "A-0001", "a-0001"])
def test_an_order_s_own_history_is_found_by_its_number(shop: Shop, typed: str) -> None:
    shop.sold({"mug": 1})
    shop.sold({"mug": 2})
    assert said(shop, order=typed) == [
        "Adaeze: Took N100000 in cash for order 0001",
        "Adaeze: Made order 0001",
    ]
    assert len(rows(shop, order=typed, kind="money")) == 1
    assert rows(shop, order="0009") == rows(shop, order=typed, who="Ify") == []


def test_a_sale_and_its_return_are_one_order_s_history(shop: Shop) -> None:
    """A return names its orders in a list, and is found all the same."""
    split = (Tender("cash", 60_000), Tender("card", 40_000))
    place = {"location_id": MAIN_LOCATION, "lines": (SaleLine("mug", 1),)}
    shop.do(Sell, order_id="s1", tenders=split, **place)
    shop.do(Sell, order_id="s2", tenders=(Tender("cash", 100_000),), **place)
    line = shop.order("s1").lines[0].id
    shop.do(TakeBack, returned=(Returned("s1", line, 1, True, "torn"),), reason="torn")
    assert said(shop, order="0001") == [
        "Adaeze: Took goods of order 0001 back: torn",
        "Adaeze: Sold 0001: N100000 by card and in cash",
    ]
    assert said(shop, order="0002") == ["Adaeze: Sold 0002: N100000 in cash"]


def test_a_clock_that_was_put_back_hides_nothing(shop: Shop) -> None:
    adjust(shop, "Ify", 1)
    shop.now -= timedelta(days=3)
    adjust(shop, "Ify", 2)
    shop.now += timedelta(days=3)
    adjust(shop, "Ify", 3)
    assert [row.facts["units"] for row in rows(shop, who="Ify")] == [3, 1, 2]
    day = shop.now - timedelta(days=3, hours=1)
    assert [row.facts["units"] for row in rows(shop, from_at=day, to_at=day + timedelta(hours=3))] == [2]


def test_what_was_altered_until_it_says_nothing_is_still_listed(shop: Shop) -> None:
    adjust(shop, "Ify", 1)
    shop.desk.write_now(
        lambda c: c.execute("UPDATE journal SET body = 'x' WHERE seq = (SELECT max(seq) FROM journal)")
    )
    last = rows(shop)[0]
    assert (last.actor, last.tag, last.facts) == ("Ify", "", {})


def test_a_page_reads_no_more_than_it_shows(shop: Shop) -> None:
    """What is asked of the database is found by an index, and never sorted."""
    for _ in range(3):
        shop.do(ReceiveStock, product_id="mug", location_id=MAIN_LOCATION, units=1)
    asked: list[str] = []
    shop.reader.connection.set_trace_callback(asked.append)
    for fields in (
        {},
        {"who": EVERYBODY},
        {"kind": "stock"},
        {"who": "Ify", "from_at": shop.now},
        {"order": "1"},
    ):
        source = ActivitySource(shop.reader, ActivityFilter(**fields))
        source.page_after(None, 100)
        source.skip(None, 2)
    shop.reader.connection.set_trace_callback(None)
    questions = {one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))}
    assert len(questions) >= 5, "every filter asks the journal"
    for sql in questions:
        plan = "\n".join(row[3] for row in shop.reader.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "SCAN journal" not in plan.replace("SCAN journal USING COVERING INDEX", ""), f"{sql}\n{plan}"
        assert "SCAN j" not in plan, f"{sql}\n{plan}"
        assert "TEMP B-TREE" not in plan or "journal" not in plan, f"{sql}\n{plan}"


def test_the_streams_are_what_stands_in_the_journal(shop: Shop) -> None:
    adjust(shop, "Ify", 1)
    sql = "SELECT DISTINCT till, actor, json_extract(body, '$.do') FROM journal ORDER BY 1, 2, 3"
    assert streams(shop.reader) == shop.reader.rows(sql)
    assert any(table._meta.table_name == "journal" for table in TABLES)
