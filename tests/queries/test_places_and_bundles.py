"""What screens are told of several locations and of bundles."""

import pytest

from posapp.commands.handlers import DECODER
from posapp.commands.locations import AddLocation
from posapp.commands.orders import HandOver
from posapp.commands.resolutions import Resolve
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.commands.stock import ReceiveStock
from posapp.db.database import open_memory
from posapp.desk import apply
from posapp.domain.attention import Reason
from posapp.queries.attention import arrived_for
from posapp.queries.books import book_troubles
from posapp.queries.counter_facts import holders_of
from posapp.queries.detail_rows import Happening
from posapp.queries.details import order_details
from posapp.queries.effect_rows import StockNote
from posapp.queries.effects import foresee
from posapp.queries.locations import levels_of, location_rows
from posapp.queries.products import ProductFilter, ProductsSource, Stock, product_row, waiting_for
from posapp.queries.selling import sell_row
from posapp.queries.stock_facts import stock_facts
from tests.shop import Shop


@pytest.fixture
def gifts(shop: Shop) -> Shop:
    """A gift is a cup and two soaps: three cups and five soaps are here, another location has two of each."""
    shop.product("Cup", stock=3)
    shop.product("Soap", stock=5)
    shop.product("Card", track_stock=False)
    shop.product("Gift", 500_000, components={"cup": 1, "soap": 2, "card": 1})
    place = shop.do(AddLocation, name="Lekki").answer
    for item in ("cup", "soap"):
        shop.do(ReceiveStock, product_id=item, location_id=place, units=2)
    return shop


def lekki(shop: Shop) -> str:
    return location_rows(shop.reader)[1].id


def test_a_bundle_stands_in_the_list_with_what_its_components_make(gifts: Shop) -> None:
    row = product_row(gifts.reader, "gift")
    assert row is not None
    assert (row.tracked, row.is_bundle, row.on_hand, row.allocated, row.available) == (True, True, 2, 0, 2)
    assert {p.product_id: (p.units, p.free, p.tracked) for p in row.components} == {
        "cup": (1, 3, True),
        "soap": (2, 5, True),
        "card": (1, 0, False),
    }
    there = product_row(gifts.reader, "gift", lekki(gifts))
    assert there is not None
    assert there.available == 1


def test_a_bundle_is_not_low_by_itself(gifts: Shop) -> None:
    gifts.sold({"cup": 3})
    for stock, expected in ((Stock.LOW, {"cup"}), (Stock.NONE, {"cup"})):
        source = ProductsSource(gifts.reader, ProductFilter(stock=stock))
        assert {row.id for row in source.page_after(None, 9)} == expected


def test_who_waits_for_a_component_is_counted_in_its_units(gifts: Shop) -> None:
    gifts.sold({"gift": 4})
    gifts.place({"gift": 1})
    gifts.place({"soap": 3})
    assert [(w.is_paid, w.units) for w in waiting_for(gifts.reader, "soap")] == [
        (True, 4), (False, 2), (False, 3),
    ]  # fmt: skip
    assert [(w.is_paid, w.units) for w in waiting_for(gifts.reader, "cup")] == [(True, 2), (False, 1)]


def test_an_order_says_what_is_free_for_it_here_and_elsewhere(gifts: Shop) -> None:
    order = gifts.sold({"gift": 4, "cup": 1})
    found = order_details(gifts.reader, order, gifts.now)
    assert found is not None
    gift = found.lines[0]
    assert (gift.held, gift.short, gift.free_now, gift.fillable) == (2, 2, 0, 0)
    assert [(place.name, place.units) for place in gift.elsewhere] == [("Lekki", 1)]
    assert found.lines[1].elsewhere == ()
    held = [(m.units, m.of_units) for m in found.timeline if m.what == Happening.HELD]
    assert held == [(3, 5)]
    gifts.do(HandOver, order_id=order, units={gift.line_id: 1})
    found = order_details(gifts.reader, order, gifts.now)
    assert found is not None
    assert [m.units for m in found.timeline if m.what == Happening.HANDED_OVER] == [1]


def test_free_units_are_counted_for_one_line_only(gifts: Shop) -> None:
    gifts.do(ChangeSetting, key="auto_fill", value="false")
    order = gifts.sold({"gift": 3, "soap": 2})
    gifts.receive("soap", 3)
    found = order_details(gifts.reader, order, gifts.now)
    assert found is not None
    assert [(x.short, x.fillable) for x in found.lines] == [(1, 1), (1, 1)]
    assert [(x.name, x.short, x.free_now) for x in arrived_for(gifts.reader)] == [
        ("Gift", 1, 1),
        ("Soap", 1, 3),
    ]


def test_bringing_for_a_bundle_shows_every_shelf_before_and_after(gifts: Shop) -> None:
    order = gifts.sold({"gift": 3})
    line = gifts.order(order).lines[0].id
    fields = {"order_id": order, "key": "fulfill_order", "bring": {line: {lekki(gifts): 1}}}
    effect = foresee(gifts.reader, gifts.command(Resolve, **fields), gifts.now)
    told = {
        (item.name, item.location): (item.on_hand_before, item.on_hand_after, item.note)
        for item in effect.stock
    }
    assert told == {
        ("Cup", "Shop"): (3, 3, StockNote.TAKEN),
        ("Soap", "Shop"): (5, 6, StockNote.BROUGHT),
        ("Soap", "Lekki"): (2, 1, StockNote.CARRIED_OFF),
    }
    gifts.do(Resolve, **fields, seen=effect.seen)
    assert [(x.on_hand, x.allocated) for x in levels_of(gifts.reader, "soap")] == [(6, 6), (1, 0)]
    assert gifts.order(order).open_case(Reason.SHORTAGE) is None


def test_scripts_are_told_the_same(gifts: Shop) -> None:
    facts = [x for x in stock_facts(gifts.reader.connection) if x.sku == "GIFT"]
    assert [(x.location, x.on_hand, x.allocated, x.available) for x in facts] == [
        ("Shop", 2, 0, 2), ("Lekki", 1, 0, 1),
    ]  # fmt: skip
    here = list(stock_facts(gifts.reader.connection, location_id=MAIN_LOCATION))
    assert {x.location for x in here} == {"Shop"}


def test_the_doctor_finds_a_bundle_that_holds_what_no_level_promises(gifts: Shop) -> None:
    gifts.sold({"gift": 2})
    assert list(book_troubles(gifts.reader.connection, 9)) == []
    gifts.desk.write_now(
        lambda c: c.execute("UPDATE order_line SET components = '{\"cup\":1,\"soap\":1}' WHERE sku = 'GIFT'")
    )
    (said,) = book_troubles(gifts.reader.connection, 9)
    assert said == "level of soap: 4 allocated, but orders hold 2"


def test_the_journal_brings_locations_and_bundles_again(gifts: Shop) -> None:
    order = gifts.sold({"gift": 4})
    gifts.resolve(order, "fulfill_order", bring={gifts.order(order).lines[0].id: {lekki(gifts): 1}})
    rows = gifts.reader.rows("SELECT body FROM journal ORDER BY seq")
    assert any('"bring"' in row[0] for row in rows)
    again = open_memory()
    again.execute("BEGIN")
    for (body,) in rows:
        command = DECODER.decode(body)
        apply(again, command, command.at)
    for table in ("level", "location", "product"):
        sql = f"SELECT * FROM {table} ORDER BY id"
        assert again.execute(sql).fetchall() == gifts.reader.rows(sql)
    again.close()


def test_the_counter_is_told_what_a_bundle_s_components_make_and_who_holds_one(gifts: Shop) -> None:
    row = sell_row(gifts.reader, "gift")
    assert row is not None
    assert (row.tracked, row.on_hand, row.available) == (True, 2, 2)
    order = gifts.sold({"gift": 1})
    held = [holder.number for holder in holders_of(gifts.reader, "soap", MAIN_LOCATION)]
    assert held == [gifts.order(order).number]
