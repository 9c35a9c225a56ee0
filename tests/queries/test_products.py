from posapp.commands.catalogue import ImportProduct
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import AdjustStock, CountStock
from posapp.domain.stock import MovementKind
from posapp.queries.movements import movements
from posapp.queries.products import ProductFilter, ProductRow, ProductsSource, Stock, product_row, waiting_for
from tests.queries.paging import paged
from tests.queries.situations import TOTE
from tests.shop import Shop


def listed(shop: Shop, **chosen: object) -> list[ProductRow]:
    return list(ProductsSource(shop.reader, ProductFilter(**chosen)).page_after(None, 256))


def names(shop: Shop, **chosen: object) -> list[str]:
    source = ProductsSource(shop.reader, ProductFilter(**chosen))
    found = [row.name for row in source.page_after(None, 256)]
    assert source.count() == len(found)
    return found


def catalogue(shop: Shop) -> None:
    shop.product(
        "Ankara tote (red)", 1_250_000, stock=4, product_id="red", sku="ANK-TOTE-RED", barcode="6150142"
    )
    shop.product("Ankara tote (blue)", 1_250_000, stock=9, product_id="blue", sku="ANK-TOTE-BLU")
    shop.product("zobo", 5_000, stock=3, product_id="zobo", sku="ZOBO")
    shop.product("Èbà flour", 5_000, product_id="eba", sku="EBA")
    shop.product("Gift wrap", 500, product_id="wrap", sku="WRAP", track_stock=False)
    shop.product("Old cap", 500, product_id="cap", sku="CAP", archived=True)


def test_products_by_name_in_any_case_with_their_stock(shop: Shop) -> None:
    catalogue(shop)
    shop.sold({"red": 3})
    rows = listed(shop)
    assert [row.name for row in rows] == [
        "Ankara tote (blue)",
        "Ankara tote (red)",
        "Gift wrap",
        "zobo",
        "Èbà flour",
    ]
    red = rows[1]
    assert (red.on_hand, red.allocated, red.available, red.is_low) == (4, 3, 1, True)
    assert (red.price_minor, red.sku, red.barcode) == (1_250_000, "ANK-TOTE-RED", "6150142")
    assert (rows[2].tracked, rows[2].is_low) == (False, False)


def test_products_are_found_by_any_part_of_name_code_or_barcode(shop: Shop) -> None:
    catalogue(shop)
    both = ["Ankara tote (blue)", "Ankara tote (red)"]
    assert names(shop, search="ankara") == both
    assert names(shop, search="TOTE") == both
    assert names(shop, search="ank-tote") == both
    assert names(shop, search="red tote") == ["Ankara tote (red)"]
    assert names(shop, search="6150142") == ["Ankara tote (red)"]
    assert names(shop, search="zo") == ["zobo"]
    assert names(shop, search="Z") == ["zobo"]
    assert names(shop, search="èbà") == ["Èbà flour"]
    assert names(shop, search="cap") == []
    assert names(shop, search="cap", archived=True) == ["Old cap"]
    for nothing in ("nothing", "%", '"', "*", "'; DROP TABLE product", "tote OR zobo", "\x00", "\udcff"):
        assert names(shop, search=nothing) in ([], names(shop))


def test_a_renamed_product_is_found_by_its_new_name_only(shop: Shop) -> None:
    catalogue(shop)
    shop.product("Hibiscus drink", 5_000, product_id="zobo", sku="ZOBO-2")
    assert names(shop, search="hibiscus") == ["Hibiscus drink"]
    assert names(shop, search="zobo") == ["Hibiscus drink"]  # by its code
    shop.product("Hibiscus drink", 5_000, product_id="zobo", sku="HIB")
    assert names(shop, search="zobo") == []


def test_names_survive_a_rewriting_of_the_file(shop: Shop) -> None:
    catalogue(shop)
    shop.product("Temporary", product_id="temporary")
    shop.desk.write_now(
        lambda connection: connection.execute("DELETE FROM product WHERE id = 'blue'").fetchall()
    )
    shop.reader.close()
    shop.desk._writer.submit(lambda: shop.desk._connection.execute("VACUUM")).result()
    assert names(shop, search="zobo") == ["zobo"]
    assert names(shop, search="ankara") == ["Ankara tote (red)"]


def test_the_stock_chips(shop: Shop) -> None:
    catalogue(shop)
    shop.sold({"red": 4})
    assert names(shop, stock=Stock.LOW) == ["Ankara tote (red)", "zobo", "Èbà flour"]
    assert names(shop, stock=Stock.NONE) == ["Ankara tote (red)", "Èbà flour"]
    assert names(shop, stock=Stock.RECOUNT) == []
    shop.do(CountStock, product_id="zobo", location_id=MAIN_LOCATION, counted=0, seen=9)
    assert names(shop, stock=Stock.RECOUNT) == ["zobo"]


def test_a_variation_shows_the_stock_that_its_parent_keeps(shop: Shop) -> None:
    common = {
        "sku": "", "barcode": "", "price_minor": 100, "item_id": "shirt", "track_stock": True, "archived": False,
        "shop_id": "shop", "digest": "",
    }  # fmt: skip
    shop.do(
        ImportProduct, product_id="shirt", parent_id="", name="Shirt", sellable=False, remote_id="1", **common
    )
    shop.do(
        ImportProduct,
        product_id="shirt-l",
        parent_id="shirt",
        name="Shirt L",
        sellable=True,
        remote_id="2",
        **common,
    )
    shop.receive("shirt", 2)
    parent, large = listed(shop)
    assert (large.item_id, large.on_hand, large.linked, large.sellable, parent.sellable) == (
        "shirt",
        2,
        True,
        True,
        False,
    )
    assert names(shop, stock=Stock.LOW) == ["Shirt"]  # once, not once for each variation


def test_pages_of_products_by_key(shop: Shop) -> None:
    for n in range(7):
        shop.product("Same name", product_id=f"same-{n}", sku=f"S{n}")
    catalogue(shop)
    source = ProductsSource(shop.reader, ProductFilter())
    whole = [row.id for row in source.page_after(None, 256)]
    assert [row.id for row in paged(source, 2)] == whole
    assert len(set(whole)) == len(whole) == source.count() == 12
    assert source.skip(None, 3) == source.key_of(source.page_after(None, 3)[-1])
    assert source.skip(None, 13) is None


def test_one_product(shop: Shop) -> None:
    catalogue(shop)
    assert product_row(shop.reader, "cap") == listed(shop, archived=True, search="cap")[0]
    assert product_row(shop.reader, "nothing") is None


def test_who_waits_for_an_item(shop: Shop) -> None:
    shop.product("Tote", stock=2)
    unpaid = shop.place({TOTE: 4}, customer="Bisi Alabi")
    first, second = shop.sold({TOTE: 3}, customer="Ada Obi"), shop.sold({TOTE: 1})
    waiting = waiting_for(shop.reader, TOTE)
    assert [(w.order_id, w.customer, w.is_paid, w.units) for w in waiting] == [
        (first, "Ada Obi", True, 1),
        (second, "", True, 1),
        (unpaid, "Bisi Alabi", False, 4),
    ]
    shop.receive(TOTE, 2)
    assert [w.order_id for w in waiting_for(shop.reader, TOTE)] == [unpaid]
    assert waiting_for(shop.reader, "nothing") == ()


def test_movements_newest_first_with_the_numbers_after_each(shop: Shop) -> None:
    shop.product("Tote", stock=5)
    order_id = shop.sold({TOTE: 7}, customer="Ada Obi")
    shop.do(AdjustStock, product_id=TOTE, location_id=MAIN_LOCATION, units=-2, reason="torn")
    rows = movements(shop.reader, TOTE, MAIN_LOCATION)
    assert [
        (row.kind, row.on_hand_delta, row.allocated_delta, row.on_hand, row.allocated) for row in rows
    ] == [
        (MovementKind.ADJUST, -2, 0, 3, 3),
        (MovementKind.RELEASE, 0, -2, 5, 3),
        (MovementKind.ALLOCATE, 0, 5, 5, 5),
        (MovementKind.RECEIVE, 5, 0, 5, 0),
    ]
    torn, _, promised, received = rows
    assert (torn.reason, torn.actor, torn.order_id, torn.available) == ("torn", "Adaeze", "", 0)
    assert (promised.order_id, promised.order_number, promised.customer) == (order_id, "0001", "Ada Obi")
    assert promised.short_now == 4
    assert received.order_number == ""


def test_movements_in_pages_are_the_same_movements(shop: Shop) -> None:
    shop.product("Tote", stock=5)
    for _ in range(6):
        shop.sold({TOTE: 1})
    whole = movements(shop.reader, TOTE, MAIN_LOCATION)
    first = movements(shop.reader, TOTE, MAIN_LOCATION, None, 2)
    second = movements(shop.reader, TOTE, MAIN_LOCATION, first[-1].key, 3)
    third = movements(shop.reader, TOTE, MAIN_LOCATION, second[-1].key, 256)
    assert first + second + third == whole
    assert movements(shop.reader, "nothing", MAIN_LOCATION) == ()
