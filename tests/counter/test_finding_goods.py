"""Finding what is sold: by what is scanned, by what is typed, by category."""

import pytest

from posapp.commands.catalogue import ImportProduct, SaveProduct
from posapp.queries.selling import PAGE_ROWS, by_code, categories, sell_rows


@pytest.fixture
def shelf(counter):
    counter.product(
        "Ankara Wig 24 inch", 2_500_000, stock=4, sku="WIG-24", barcode="6151100030115", product_id="wig24"
    )
    counter.product("Ankara Wig 18 inch", 2_000_000, sku="WIG-18", product_id="wig18")
    counter.product("Mug 100% clay", 150_000, sku="6151100030115", product_id="mug")
    counter.product("Old mug", 1, sku="OLD", product_id="old")
    counter.do(SaveProduct, product_id="old", name="Old mug", sku="OLD", barcode="", price_minor=1, track_stock=True,
               archived=True)  # fmt: skip
    for product_id, name, category in (
        ("wig24", "Ankara Wig 24 inch", "Hair"),
        ("mug", "Mug 100% clay", "Kitchen"),
    ):
        row = counter.reader.row("SELECT sku, barcode, price_minor FROM product WHERE id = ?", (product_id,))
        counter.do(SaveProduct, product_id=product_id, name=name, sku=row[0], barcode=row[1], price_minor=row[2],
                   track_stock=True, category=category)  # fmt: skip
    return counter


def names(rows):
    return [row.name for row in rows]


def test_a_barcode_goes_before_a_sku_and_both_are_exact(shelf):
    found = by_code(shelf.reader, " 6151100030115\n")
    assert (found.id, found.available, found.promised, found.category) == ("wig24", 4, 0, "Hair")
    assert by_code(shelf.reader, "WIG-18").id == "wig18"
    for unknown in ("615110003011", "wig-1", "OLD", "", "%", "'"):
        assert by_code(shelf.reader, unknown) is None, unknown


def test_what_is_promised_is_told(shelf):
    shelf.sold({"wig24": 3})
    found = by_code(shelf.reader, "WIG-24")
    assert (found.on_hand, found.promised, found.available) == (4, 3, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Ankara Wig 18 inch", "Ankara Wig 24 inch", "Mug 100% clay"]),
        ("wig", ["Ankara Wig 18 inch", "Ankara Wig 24 inch"]),
        ("wig 24", ["Ankara Wig 24 inch"]),
        ("24 wig", ["Ankara Wig 24 inch"]),
        ("wig-2", ["Ankara Wig 24 inch"]),
        ("mu", ["Mug 100% clay"]),
        ("mug %", ["Mug 100% clay"]),
        ("wig %", []),
        ("wig _", []),
        ('mug "', []),
        ("old", []),
        ("030115", ["Ankara Wig 24 inch", "Mug 100% clay"]),
    ],
)
def test_every_word_that_is_typed_must_fit(shelf, typed, found):
    assert names(sell_rows(shelf.reader, typed, "")) == found


def test_categories_hold_what_is_sold(shelf):
    assert [(c.name, c.products) for c in categories(shelf.reader)] == [("Hair", 1), ("Kitchen", 1)]
    assert names(sell_rows(shelf.reader, "", "Hair")) == ["Ankara Wig 24 inch"]
    assert names(sell_rows(shelf.reader, "wig", "Kitchen")) == []


def test_pages_follow_one_another_without_a_gap(counter):
    for n in range(PAGE_ROWS + 3):
        counter.desk.do(
            counter.command(
                SaveProduct, product_id=f"p{n:03}", name=f"Thing {n % 7}", sku="", barcode="", price_minor=1,
                track_stock=False,
            )
        )  # fmt: skip
    first = sell_rows(counter.reader, "", "")
    rest = sell_rows(counter.reader, "", "", after=(first[-1].name, first[-1].id))
    assert (len(first), len(rest)) == (PAGE_ROWS, 3)
    assert len({row.id for row in (*first, *rest)}) == PAGE_ROWS + 3


def test_a_variation_stands_in_its_parents_category_whichever_is_told_first(counter):
    def tell(product_id, parent_id, category, *, sellable):
        command = ImportProduct(
            id=counter.new_id("c"), actor="web shop", at=counter.clock(), product_id=product_id, parent_id=parent_id,
            name=product_id, sku="", barcode="", price_minor=1, item_id=product_id, track_stock=False,
            sellable=sellable, archived=False, shop_id="shop", remote_id=product_id, digest="d", category=category,
        )  # fmt: skip
        counter.desk.do(command)

    tell("red", "shirt", "", sellable=True)
    tell("shirt", "", "Clothes", sellable=False)
    tell("blue", "shirt", "", sellable=True)
    assert names(sell_rows(counter.reader, "", "Clothes")) == ["blue", "red"]
    tell("shirt", "", "Men", sellable=False)
    assert [(c.name, c.products) for c in categories(counter.reader)] == [("Men", 2)]


def test_no_question_of_the_counter_scans_the_catalogue(counter):
    counter.product("Mug", 1)
    plans = {}
    connection = counter.reader.connection
    asked = []
    connection.set_trace_callback(asked.append)
    by_code(counter.reader, "X1")
    sell_rows(counter.reader, "mug cup", "Kitchen")
    sell_rows(counter.reader, "mu", "")
    sell_rows(counter.reader, "", "Kitchen")
    sell_rows(counter.reader, "", "", after=("Mug", "mug"))
    connection.set_trace_callback(None)
    for sql in asked:
        if "FROM product" in sql and sql.startswith("SELECT"):
            plans[sql] = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(plans) >= 6
    for sql, plan in plans.items():
        scans = [
            step
            for step in plan
            if step.startswith("SCAN p") and "USING INDEX" not in step and "product_names" not in step
        ]
        assert not scans, (sql, plan)
