"""The questions that are asked all the time look things up; none of them walks through the orders."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from posapp.domain.standing import FulfilmentMark
from posapp.queries.attention import arrived_for, attention_count, attention_rows
from posapp.queries.dashboard import awaited_transfers, dashboard, owed_orders
from posapp.queries.details import order_details
from posapp.queries.health import inbox_counts
from posapp.queries.jump import jump
from posapp.queries.movements import movements
from posapp.queries.orders import DateOf, OrderFilter, OrdersSource, Sort, View
from posapp.queries.products import ProductFilter, ProductsSource, waiting_for
from posapp.queries.reader import Reader
from posapp.queries.revisions import revisions
from tests.queries.situations import TOTE, every_situation
from tests.shop import FRIDAY, Shop

# Tables that grow with the years. Walking along an index in order is fine as long as a page stops it.
LARGE = (
    "orders|order_line|payment|part|refund|movement|sales_entry|journal|contact|attention_case|inbox|decision|"
    "o|l|y|m|c|t|a|s"  # as the questions call them
)
SCAN = re.compile(rf"^SCAN ({LARGE})$")


class Watched(Reader):
    """A reader that notes what it was asked."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asked: list[tuple[str, Any]] = []

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        self.asked.append((sql, parameters))
        return super().rows(sql, parameters)

    def row(self, sql: str, parameters: Any = ()) -> tuple[Any, ...] | None:
        self.asked.append((sql, parameters))
        return super().row(sql, parameters)

    def plan(self, about: str = "") -> list[str]:
        """What SQLite does to answer what was asked, or those questions that contain a text."""
        asked, self.asked = self.asked, []
        steps = []
        for sql, parameters in asked:
            if about in sql:
                steps += [row[3] for row in super().rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        return steps


def page(view: View = View.ALL, **chosen: Any) -> Callable[[Reader], Any]:
    def ask(reader: Reader) -> None:
        source = OrdersSource(reader, OrderFilter(view=view, at=FRIDAY, **chosen))
        source.page_after(None, 256)
        source.page_after(("2026-11-20", "x"), 256)
        source.skip(("2026-11-20", "x"), 1024)

    return ask


def page_by_total(reader: Reader) -> None:
    source = OrdersSource(reader, OrderFilter(sort=Sort.LARGEST))
    source.page_after(None, 256)
    source.page_after((5, "2026-11-20", "x"), 256)
    source.skip((5, "2026-11-20", "x"), 1024)


def short(reader: Reader) -> str:
    return attention_rows(reader)[0].id


QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    "all": page(),
    "today": page(View.TODAY),
    "oldest": page(sort=Sort.OLDEST),
    "largest": page_by_total,
    "confirmed today": page(View.TODAY, date_of=DateOf.CONFIRMED),
    "to prepare": page(View.TO_PREPARE),
    "awaiting": page(View.AWAITING),
    "attention": page(status=FulfilmentMark.ATTENTION),
    "cancelled": page(status=FulfilmentMark.CANCELLED),
    "search number": page(search="0001"),
    "search name": page(search="ada obi"),
    "search phone": page(search="0803 555 0142"),
    "search reference": page(search="T6813 0544"),
    "search sku": page(search="TOTE"),
    "search amount": page(search="₦1,000"),
    "badge": attention_count,
    "attention rows": attention_rows,
    "arrived": arrived_for,
    "transfers": awaited_transfers,
    "owed": owed_orders,
    "dashboard": lambda reader: dashboard(reader, FRIDAY),
    "details": lambda reader: order_details(reader, short(reader), FRIDAY),
    "revisions": lambda reader: revisions(reader, short(reader)),
    "movements": lambda reader: movements(reader, TOTE, "x"),
    "waiting": lambda reader: waiting_for(reader, TOTE),
    "inbox": inbox_counts,
    "jump": lambda reader: (jump(reader, "0001"), jump(reader, "ada")),
    "products": lambda reader: ProductsSource(reader, ProductFilter()).page_after(None, 256),
    "products search": lambda reader: ProductsSource(reader, ProductFilter(search="tote")).page_after(
        None, 256
    ),
}


@pytest.fixture
def watched(shop: Shop) -> Watched:
    every_situation(shop)
    return Watched(shop.folder)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_large_table_is_walked_through(watched: Watched, name: str) -> None:
    QUESTIONS[name](watched)
    plan = watched.plan()
    watched.close()
    assert plan
    assert [step for step in plan if SCAN.match(step)] == []


@pytest.mark.parametrize("name", ["all", "today"])
def test_a_page_of_orders_comes_from_an_index_in_its_order(watched: Watched, name: str) -> None:
    QUESTIONS[name](watched)
    plan = watched.plan(about="FROM orders o LEFT JOIN")
    watched.close()
    assert [step for step in plan if "TEMP B-TREE" in step] == []
    assert any("orders_placed_at_id" in step for step in plan)


def test_the_badge_is_read_from_the_open_cases_alone(watched: Watched) -> None:
    attention_count(watched)
    plan = watched.plan()
    watched.close()
    assert plan == ["SCAN attention_case USING COVERING INDEX attention_case_open"]


def test_no_question_matches_in_the_middle_of_a_text(watched: Watched) -> None:
    for ask in QUESTIONS.values():
        ask(watched)
    asked = [sql.upper() for sql, _ in watched.asked]
    watched.close()
    assert [sql for sql in asked if " LIKE " in sql or " GLOB " in sql] == []
    # an offset is counted from a key, and never taken for a page
    assert all("LIMIT 1 OFFSET ?" in sql for sql in asked if "OFFSET" in sql)
