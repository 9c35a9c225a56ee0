"""The Sell page, by keyboard and scanner: what a cashier types is what stands in the basket."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from posapp.commands.catalogue import SaveProduct
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.commands.stock import ReceiveStock
from posapp.domain.orders import Status
from posapp.gui import text
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.pages.sell_words import Typed, looks_like_code, read_typed, stock_hint
from posapp.queries.selling import SellRow, by_code
from tests.gui.adaeze import Counter, is_closed
from tests.gui.selling_hands import Cashier, Key, Mod
from tests.gui.walker import nameless_controls

CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier


@pytest.fixture
def cashier(qtbot: QtBot, counter: Counter) -> Cashier:
    return Cashier(qtbot, counter)


# --- finding and adding -----------------------------------------------------------------------------------


def test_a_code_is_added_at_once_and_again_is_one_more(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.enter("SAND-42")
    cashier.enter("SHEA-200")
    assert cashier.lines == [("Shea butter 200 g", 2, "6,000"), ("Leather sandals 42", 1, "18,000")]
    assert cashier.page.lines.selected is cashier.page.lines.rows[0], "the line that changed is selected"
    assert cashier.total == "₦24,000"
    assert cashier.focus is cashier.page.field.edit
    assert cashier.page.field.edit.text() == ""


def test_a_number_before_the_code_is_how_many(cashier: Cashier) -> None:
    cashier.enter("3*SHEA-200")
    cashier.enter("12 * SAND-42")
    assert [(name, units) for name, units, _ in cashier.lines] == [
        ("Shea butter 200 g", 3),
        ("Leather sandals 42", 12),
    ]


def test_a_barcode_that_is_scanned_adds_as_many_as_were_typed_before_it(cashier: Cashier) -> None:
    values = {"sku": "MAT-1", "barcode": "6150000000014", "price_minor": 100_000, "track_stock": False}
    cashier.counter.shop.do(SaveProduct, product_id="mat", name="Prayer mat", **values)
    assert cashier.page.scan("6150000000014")
    cashier.type("4*")
    assert cashier.page.scan("6150000000014")
    assert cashier.lines == [("Prayer mat", 5, "5,000")]
    assert cashier.page.field.edit.text() == ""


def test_a_number_alone_finds_nothing_and_says_nothing(cashier: Cashier) -> None:
    assert cashier.search("3*") == []
    assert not cashier.page.field.is_listing, "no list says that nothing was found"
    assert cashier.search("shea")
    assert cashier.page.field.is_listing


@pytest.mark.parametrize("typed", ["0*SHEA-200", "9999999*SHEA-200"])
def test_units_that_nobody_sells_are_refused_in_words(cashier: Cashier, typed: str) -> None:
    cashier.enter(typed)
    assert cashier.lines == []
    assert "between 1 and 1,000,000 units" in cashier.toast


def test_typing_lists_what_matches_and_enter_takes_it(cashier: Cashier) -> None:
    assert cashier.search("tote") == ["Ankara tote (blue)", "Ankara tote (red)"]
    cashier.key(Key.Key_Down)
    cashier.key(Key.Key_Return)
    assert cashier.lines == [("Ankara tote (red)", 1, "12,500")]
    assert not cashier.page.field.is_listing
    assert cashier.search("2*shea") == ["Shea butter 200 g"]
    cashier.key(Key.Key_Return)
    assert cashier.lines[1] == ("Shea butter 200 g", 2, "6,000")


def test_of_several_a_hurried_enter_takes_none(cashier: Cashier) -> None:
    cashier.enter("tote")
    assert cashier.lines == []
    assert len(cashier.offered) == 2
    cashier.key(Key.Key_Return)
    assert [name for name, _, _ in cashier.lines] == ["Ankara tote (blue)"]


def test_a_code_that_is_only_similar_adds_nothing_unseen(cashier: Cashier) -> None:
    cashier.enter("SHEA-20")
    assert cashier.lines == []
    assert cashier.offered == ["Shea butter 200 g"]


def test_an_unknown_code_offers_to_search_and_to_create(cashier: Cashier, qtbot: QtBot) -> None:
    assert not cashier.page.scan("6151234567890")
    assert "6151234567890" in cashier.page.shelf.strip.accessibleName()
    cashier.page.shelf.search_button.click()
    assert cashier.page.field.edit.text() == "6151234567890"
    assert cashier.page.shelf.strip.isHidden()
    cashier.key(Key.Key_Return)
    assert not cashier.page.shelf.strip.isHidden()
    cashier.page.shelf.create_button.click()
    form = cashier.dialog
    assert form.barcode.text == "6151234567890"
    cashier.type("Plantain chips")
    cashier.key(Key.Key_Tab)
    cashier.type("700")
    with qtbot.waitSignal(form.accepted):
        cashier.key(Key.Key_Return)
    assert cashier.lines == [("Plantain chips", 1, "700")]
    assert cashier.page.shelf.strip.isHidden()


def test_esc_takes_the_strip_away(cashier: Cashier) -> None:
    cashier.page.scan("6151234567890")
    assert cashier.page.back()
    assert not cashier.page.back()


def test_an_order_to_collect_is_found_by_its_number_and_by_name(cashier: Cashier) -> None:
    ngozi = cashier.counter.orders["Ngozi"]
    number = cashier.counter.shop.order(ngozi).number
    assert f"#{number} waits to be collected" in cashier.search("ngozi")
    cashier.key(Key.Key_Return)
    assert cashier.counter.opened == [ngozi]
    assert cashier.search(f"#{number}") == [f"#{number} waits to be collected"]
    cashier.key(Key.Key_Escape)
    assert cashier.page.scan(number)
    assert cashier.counter.opened == [ngozi, ngozi]
    assert cashier.search("shea") == ["Shea butter 200 g"], "an order is not named by what is in it"


def test_an_unpaid_order_is_found_by_who_comes_for_it_paid_and_handed_over(cashier: Cashier) -> None:
    shop = cashier.counter.shop
    cashier.open_shift()
    order = shop.place({"fila": 1, "egusi": 1}, customer="Tunde Bello")
    number = shop.order(order).number
    assert cashier.search("tunde") == [f"#{number} is to be paid and collected"]
    pick = next(iter(cashier.page.field._picks.values()))
    assert (pick.right, pick.second) == ("10,200 to pay", f"Ordered by {text.isolated('Tunde Bello')}")
    cashier.key(Key.Key_Return)
    dialog = cashier.dialog
    assert dialog.finish.isEnabled()
    cashier.key(Key.Key_F9)
    cashier.qtbot.waitUntil(lambda: shop.order(order).status == Status.COMPLETED)
    cashier.qtbot.waitUntil(lambda: is_closed(dialog))
    assert cashier.search("tunde") == []


def test_a_web_order_is_paid_here_only_where_it_is_to_be_paid_on_delivery(cashier: Cashier) -> None:
    shop = cashier.counter.shop
    assert cashier.search("funke") == [], "it is paid in the web shop"
    cashier.key(Key.Key_Escape)
    shop.desk.write_now(
        lambda c: c.execute(
            "UPDATE orders SET payment_method = 'cod' WHERE id = ?", (cashier.counter.orders["Funke"],)
        )
    )
    order = shop.order(cashier.counter.orders["Funke"])
    assert cashier.search("88217") == [f"#{order.number} is to be paid and collected"], "the shop's number"
    assert "to pay on delivery" in next(iter(cashier.page.field._picks.values())).second


def test_what_is_not_there_is_said_before_money_is_taken(cashier: Cashier) -> None:
    shop = cashier.counter.shop
    cashier.open_shift()
    order = shop.place({"rice": 3}, customer="Tunde Bello")
    cashier.search("tunde")
    cashier.key(Key.Key_Return)
    dialog = cashier.dialog
    assert "Rice 5 kg" in dialog.problem.text()
    assert dialog.problem.isVisible()
    assert not dialog.finish.isEnabled()
    dialog.part.choose("card")
    assert not dialog.finish.isEnabled()
    assert dialog.problem.isVisible(), "it does not go away with another way to pay"
    dialog.order_button.click()
    assert cashier.counter.opened == [order]
    cashier.qtbot.waitUntil(lambda: is_closed(dialog))


def test_a_transfer_that_was_announced_is_said_of_an_order_to_be_paid(cashier: Cashier) -> None:
    cashier.search("emeka")
    assert next(iter(cashier.page.field._picks.values())).second.endswith("a transfer is announced")


def test_the_tiles_add_too(cashier: Cashier) -> None:
    tiles = cashier.page.shelf.grid.tiles
    names = [row.name for row in tiles.tiles.rows]
    assert names == sorted(names, key=str.casefold)
    tiles.setFocus()
    tiles.setCurrentIndex(tiles.tiles.index(names.index("Fila cap")))
    cashier.key(Key.Key_Return)
    assert [name for name, _, _ in cashier.lines] == ["Fila cap"]
    rect = tiles.visualRect(tiles.tiles.index(0))
    QTest.mouseClick(
        tiles.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rect.center()
    )
    assert len(cashier.lines) == 2


def test_categories_narrow_the_tiles(cashier: Cashier) -> None:
    values = {"sku": "MAT-1", "barcode": "", "price_minor": 100, "track_stock": False, "category": "Mats"}
    cashier.counter.shop.do(SaveProduct, product_id="mat", name="Prayer mat", **values)
    cashier.news()
    grid = cashier.page.shelf.grid
    grid.show_category("Mats")
    assert [row.name for row in grid.tiles.tiles.rows] == ["Prayer mat"]
    cashier.counter.shop.do(SaveProduct, product_id="mat", name="Prayer mat", **(values | {"category": ""}))
    cashier.news()
    assert grid.category == ""
    assert len(grid.tiles.tiles.rows) > 1


def test_hiding_the_tiles_is_remembered(cashier: Cashier, qtbot: QtBot) -> None:
    cashier.enter("SHEA-200")
    cashier.page.shelf.hide_button.click()
    assert not cashier.page.shelf.shows_tiles
    assert cashier.page.lines.isVisible()
    assert cashier.counter.parts.preferences.known.hide_products
    other = Cashier(qtbot, cashier.counter)
    assert not other.page.shelf.shows_tiles
    other.page.shelf.hide_button.click()
    assert other.page.shelf.grid.isVisible()
    other.enter("SHEA-200")
    assert other.page.lines.isVisible()


# --- the basket -------------------------------------------------------------------------------------------


def test_lines_are_chosen_removed_and_brought_back_by_keys(cashier: Cashier) -> None:
    for code in ("SHEA-200", "SAND-42", "FILA-CAP"):
        cashier.enter(code)
    cashier.key(Key.Key_Up)
    cashier.key(Key.Key_Delete)
    assert [name for name, _, _ in cashier.lines] == ["Shea butter 200 g", "Fila cap"]
    assert cashier.toast == "Leather sandals 42 is removed"
    cashier.key(Key.Key_Z, CTRL)
    assert [name for name, _, _ in cashier.lines] == ["Shea butter 200 g", "Leather sandals 42", "Fila cap"]
    cashier.key(Key.Key_Z, CTRL | SHIFT)
    assert len(cashier.lines) == 2
    cashier.counter.toasts[-1][1]["on_action"]()
    assert len(cashier.lines) == 3


def test_the_toasts_undo_takes_back_nothing_that_came_later(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_Delete)
    undo = cashier.counter.toasts[-1][1]["on_action"]
    cashier.enter("SAND-42")
    undo()
    assert [name for name, _, _ in cashier.lines] == ["Leather sandals 42"]


def test_undo_of_typed_words_is_the_fields_own(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.type("sand")
    cashier.key(Key.Key_Z, CTRL)
    assert len(cashier.lines) == 1


def test_a_quantity_is_typed_with_f6_and_enter_goes_back_to_scanning(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F6)
    cashier.type("7")
    cashier.key(Key.Key_Return)
    assert cashier.lines == [("Shea butter 200 g", 7, "21,000")]
    assert cashier.focus is cashier.page.field.edit


def test_price_and_notes_of_a_line(cashier: Cashier) -> None:
    cashier.enter("2*SHEA-200")
    cashier.key(Key.Key_F7)
    cashier.type("2,500")
    cashier.key(Key.Key_Tab)
    cashier.type("gift")
    cashier.key(Key.Key_Return)
    assert cashier.lines == [("Shea butter 200 g", 2, "5,000")]
    [row] = cashier.page.lines.rows
    assert row.price == "× 2,500, usually 3,000"
    assert row.facts.words == "gift"
    cashier.enter("SHEA-200")
    assert len(cashier.lines) == 2, "one at the usual price is another line"
    cashier.key(Key.Key_F7)
    cashier.type("12,5")
    cashier.key(Key.Key_Return)
    assert "figures" in cashier.dialog.price.edit.accessibleDescription()


def test_a_discount_on_the_sale_and_with_f8_again_on_the_line(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.enter("SAND-42")
    cashier.key(Key.Key_F8)
    cashier.type("10")
    assert cashier.dialog.effect.text() == "Total ₦21,000 → ₦18,900"
    cashier.key(Key.Key_Return)
    assert cashier.total == "₦18,900"
    assert ("Discount 10 %", "−2,100") in cashier.sums
    cashier.key(Key.Key_F8)
    cashier.key(Key.Key_F8)
    cashier.type("50%")
    cashier.key(Key.Key_Return)
    assert cashier.page.lines.rows[1].facts.words == "50 % off"
    assert cashier.total == "₦10,800"


def test_an_order_by_phone_leaves_the_basket_as_it_is(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_N, Mod.ControlModifier | Mod.ShiftModifier)
    assert isinstance(cashier.dialog, NewOrderDialog)
    cashier.key(Key.Key_Escape)
    assert [name for name, _, _ in cashier.lines] == ["Shea butter 200 g"]
    assert cashier.focus is cashier.page.field.edit


def test_more_than_all_of_it_is_meant_as_an_amount(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F8)
    cashier.type("500")
    assert cashier.dialog.kind.value == "amount"
    cashier.key(Key.Key_Return)
    assert cashier.total == "₦2,500"


def test_a_discount_above_the_price_is_refused_in_the_dialog(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F8)
    cashier.dialog.kind.set_value("amount")
    cashier.type("4,000")
    cashier.key(Key.Key_Return)
    assert "between 0 and the price" in cashier.dialog.problem.text()
    cashier.key(Key.Key_Escape)
    assert cashier.total == "₦3,000"


def test_fewer_units_than_the_discount_needs_are_refused_and_the_line_stays(cashier: Cashier) -> None:
    cashier.enter("3*SHEA-200")
    cashier.key(Key.Key_F8)
    cashier.key(Key.Key_F8)
    cashier.dialog.kind.set_value("amount")
    cashier.type("5000")
    cashier.key(Key.Key_Return)
    cashier.key(Key.Key_F6)
    cashier.type("1")
    cashier.key(Key.Key_Return)
    assert cashier.lines == [("Shea butter 200 g", 3, "4,000")]
    assert "between 0 and the price" in cashier.toast


def test_emptying_has_a_way_back(cashier: Cashier) -> None:
    cashier.enter("3*SHEA-200")
    cashier.key(Key.Key_N, CTRL)
    assert cashier.lines == []
    assert cashier.toast == "The basket is emptied, 3 items"
    cashier.key(Key.Key_Z, CTRL)
    assert len(cashier.lines) == 1


def test_a_product_without_a_price_is_asked_for_it(cashier: Cashier) -> None:
    values = {"sku": "REPAIR", "barcode": "", "price_minor": None, "track_stock": False}
    cashier.counter.shop.do(SaveProduct, product_id="repair", name="Repair", **values)
    cashier.enter("REPAIR")
    cashier.key(Key.Key_Return)
    assert cashier.lines == [], "it must be typed"
    cashier.type("2500")
    cashier.key(Key.Key_Return)
    assert cashier.lines == [("Repair", 1, "2,500")]


# --- sums and shelves -------------------------------------------------------------------------------------


def test_taxes_inside_and_on_top_and_cash_that_is_rounded(cashier: Cashier) -> None:
    shop = cashier.counter.shop
    for key, value in (("tax_basis_points", "750"), ("tax_included", "true"), ("cash_step_minor", "500")):
        shop.do(ChangeSetting, key=key, value=value)
    cashier.news()
    cashier.enter("COCO-250")
    assert ("VAT, included", "195.35") in cashier.sums
    assert cashier.total == "₦2,800"
    shop.do(ChangeSetting, key="tax_included", value="false")
    shop.do(
        SaveProduct, product_id="odd", name="Odd", sku="ODD", barcode="", price_minor=101, track_stock=False
    )
    cashier.news()
    cashier.enter("ODD")
    assert cashier.sums == [("Subtotal", "2,801.01"), ("VAT", "210.08"), ("In cash, rounded", "3,010.00")]
    assert cashier.total == "₦3,011.09"


def test_a_cashier_reads_that_a_manager_must_allow_it(cashier: Cashier) -> None:
    cashier.counter.who.sign_in("Chidi")
    cashier.enter("SHEA-200")
    manager = cashier.page.panel.sum.manager
    assert manager.isHidden()
    cashier.key(Key.Key_F8)
    cashier.type("50")
    cashier.key(Key.Key_Return)
    assert manager.text() == "50 % off is more than you may give: a manager's PIN is asked for at Pay."
    cashier.counter.who.sign_in("Ify")
    assert manager.isHidden()


def test_in_a_short_window_the_sums_give_way_to_the_lines(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F8)
    cashier.type("10")
    cashier.key(Key.Key_Return)
    assert len(cashier.sums) == 2
    cashier.window.resize(1158, 420)
    cashier.qtbot.waitUntil(lambda: not cashier.sums)
    assert cashier.total == "₦2,700"
    cashier.window.resize(1158, 688)
    cashier.qtbot.waitUntil(lambda: len(cashier.sums) == 2)


def test_what_is_promised_is_said_on_the_line(cashier: Cashier) -> None:
    zainab = cashier.counter.shop.order(cashier.counter.orders["Zainab"]).number
    free = by_code(cashier.counter.parts.reader, "GELE-HT")
    assert free is not None
    assert free.promised == 2
    cashier.enter(f"{free.available - 1}*GELE-HT")
    assert cashier.hints == [""]
    cashier.enter("GELE-HT")
    assert cashier.hints == [f"Only {free.on_hand} left, 2 promised to web order {zainab}"]


def test_what_is_not_there_is_said_until_it_arrives(cashier: Cashier) -> None:
    cashier.enter("3*WIG-BW-14")
    assert cashier.hints == ["Only 2 left"]
    stock = {"location_id": MAIN_LOCATION, "units": 1}
    cashier.counter.shop.do(ReceiveStock, product_id="wig", **stock)
    cashier.news()
    assert cashier.hints == [""]


def test_a_price_that_changes_is_followed_and_what_is_archived_stands_in_the_way(cashier: Cashier) -> None:
    cashier.enter("SAND-42")
    cashier.enter("FILA-CAP")
    values = {"product_id": "sandals", "name": "Leather sandals 42", "sku": "SAND-42", "barcode": ""}
    cashier.counter.shop.do(SaveProduct, **values, price_minor=1_900_000, track_stock=True)
    cashier.news()
    assert cashier.total == "₦26,000"
    cashier.counter.shop.do(SaveProduct, **values, price_minor=1_900_000, track_stock=True, archived=True)
    cashier.news()
    assert cashier.total == "₦7,000"
    assert cashier.hints == ["No longer sold: remove it", ""]
    assert "can no longer be sold" in cashier.page.panel.sum.trouble.text()
    assert not cashier.page.panel.sum.pay_button.isEnabled()
    cashier.key(Key.Key_Up)
    cashier.key(Key.Key_Delete)
    assert cashier.page.panel.sum.pay_button.isEnabled()


def test_every_control_has_a_name(cashier: Cashier) -> None:
    cashier.enter("3*WIG-BW-14")
    cashier.page.scan("6151234567890")
    assert nameless_controls(cashier.page) == []


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3*615", Typed("615", 3)),
        ("3 * shea butter", Typed("shea butter", 3)),
        ("3*", Typed("", 3)),
        ("shea * 3", Typed("shea * 3")),
        ("  shea ", Typed("shea")),
        ("12345678*x", Typed("12345678*x")),
    ],
)
def test_what_was_typed(typed: str, read: Typed) -> None:
    assert read_typed(typed) == read


def test_what_looks_like_a_code() -> None:
    assert all(map(looks_like_code, ("6150000000144", "SHEA-200", "A-0007")))
    assert not any(map(looks_like_code, ("shea", "rice 5 kg", "12", "")))


def row(on_hand: int, promised: int, *, tracked: bool = True) -> SellRow:
    return SellRow("p", "P", "", "", 100, "", "", tracked, on_hand, promised, "p", True)


@pytest.mark.parametrize(
    ("shelf", "wanted", "words"),
    [
        (row(5, 0), 5, ""),
        (row(5, 0), 6, "Only 5 left"),
        (row(0, 0), 1, "None left"),
        (row(2, 1), 1, "Only 2 left, 1 promised to web order 0134"),
        (row(9, 1), 7, ""),
        (row(1, 1), 1, "Only 1 left, 1 promised to web order 0134"),
        (row(0, 0, tracked=False), 9, ""),
    ],
)
def test_what_is_said_of_the_shelf(shelf: SellRow, wanted: int, words: str) -> None:
    assert stock_hint(shelf, wanted, "web order 0134") == words
