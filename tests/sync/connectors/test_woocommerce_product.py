"""Products and variations as a running shop told them."""

import json
from typing import Any

import pytest

from posapp.domain.feed import ShopProduct, Tracking, Unreadable
from posapp.sync.connectors.woocommerce_read_product import read_product
from tests.sync.connectors.recordings import body, packed_product


def read(name: str, parent_name: str = "", **changes: Any) -> ShopProduct:
    told = body(name)
    told = (told[0] if isinstance(told, list) else told) | changes
    return read_product(packed_product(told, parent_name), "NGN")


def test_a_simple_product_keeps_its_own_number() -> None:
    water = read("02-product-create-simple")
    assert (water.name, water.sku, water.barcode) == ("Bottled Water 75cl", "WTR-75", "6151100030115")
    assert (water.price_minor, water.tracking) == (25000, Tracking("self", 100))
    assert (water.sellable, water.archived, water.parent_id) == (True, False, "")


def test_the_first_category_counts_and_the_shops_default_is_none() -> None:
    assert read("02-product-create-simple").category == "Drinks"
    assert read("02-product-create-decimal").category == ""
    for spoilt in (None, "Drinks", [7], [{"name": 7}], [{}]):
        assert read("02-product-create-simple", categories=spoilt).category == ""


def test_the_price_is_the_one_of_today() -> None:
    assert read("02-product-create-decimal").price_minor == 119999  # on sale


def test_an_untracked_product_has_no_number() -> None:
    assert read("02-product-create-untracked").tracking == Tracking("nobody")


def test_no_price_is_none() -> None:
    assert read("12-products-nosku").price_minor is None


def test_a_variable_parent_is_not_sold_but_may_carry_the_number() -> None:
    assert read("10-product-variable").sellable is False
    assert read("02-product-create-varparent").tracking == Tracking("self", 10)


def test_a_variation_is_told_by_its_parents_name_and_its_options() -> None:
    by_list = read("11-variations", "Ankara Shirt")
    assert by_list.name == "Ankara Shirt – L, Blue"
    assert by_list.parent_id == "19"
    assert read("11-variation-as-product", "Ankara Shirt").name == "Ankara Shirt – S, Red"


def test_the_same_variation_read_from_either_place_is_one_state() -> None:
    by_list = next(one for one in body("11-variations") if one["id"] == 20)
    listed = read_product(packed_product(by_list, "Ankara Shirt"), "NGN")
    assert read("11-variation-as-product", "Ankara Shirt").digest == listed.digest


def test_a_variation_may_leave_the_number_to_its_parent() -> None:
    assert read("11-variation-parent-managed").tracking == Tracking("parent", 10)


def test_what_lies_in_the_trash_is_archived() -> None:
    assert read("15-product-trashed-get").archived is True
    gone = read_product(json.dumps({"seen_at": "2026-11-23T04:00:00Z", "gone": {"id": "16"}}).encode(), "NGN")
    assert (gone.remote_id, gone.archived, gone.sellable, gone.name) == ("16", True, False, "")


@pytest.mark.parametrize("kind", ["grouped", "external", "variable", "variable-subscription"])
def test_what_only_groups_others_is_not_sold(kind: str) -> None:
    assert read("02-product-create-simple", type=kind).sellable is False


@pytest.mark.parametrize(
    ("price", "minor"),
    [
        ("250.50", 25050),
        ("250.555", 25056),
        ("", None),
        ("abc", None),
        ("-5", None),
        ("1e3", None),
        (250.5, None),
    ],
)
def test_a_bad_price_is_no_price(price: Any, minor: int | None) -> None:
    assert read("02-product-create-simple", price=price).price_minor == minor


@pytest.mark.parametrize(("number", "quantity"), [(-1, -1), (2.5, 2), (None, 0), ("7", 7)])
def test_a_stock_number_is_whole_and_may_be_negative(number: Any, quantity: int) -> None:
    assert read("02-product-create-simple", stock_quantity=number).tracking == Tracking("self", quantity)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 0},
        {"stock_quantity": 1_000_001},
        {"stock_quantity": -1_000_001},
        {"date_created_gmt": "2099-01-01T00:00:00"},
        {"type": "variation", "parent_id": 0},
        {"attributes": "Red"},
    ],
)
def test_a_product_that_cannot_be_believed_is_unreadable(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read("02-product-create-simple", **changes)


def test_page_views_and_sales_make_no_news_but_who_counts_does() -> None:
    first = read("02-product-create-simple")
    assert read("02-product-create-simple", price_html="<b>1</b>", total_sales=9).digest == first.digest
    sold = read("02-product-create-simple", stock_quantity=99)
    assert (sold.digest, sold.tracking.quantity) == (first.digest, 99)
    assert read("02-product-create-simple", manage_stock=False).digest != first.digest
