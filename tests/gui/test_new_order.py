import pytest
from PySide6.QtCore import Qt

from posapp.commands.catalogue import SaveProduct
from posapp.commands.shop import ChangeSetting
from posapp.domain.orders import Channel, Status
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.theme import Scheme
from posapp.gui.typed import MAX_UNITS
from posapp.gui.widgets.abreast import Abreast
from posapp.queries.details import order_details
from tests.gui.adaeze import is_closed
from tests.gui.showing import opened
from tests.gui.walker import nameless_controls


@pytest.fixture
def dialog(qtbot, counter, desktop):
    return opened(qtbot, NewOrderDialog(counter.parts, parent=desktop))


def add(qtbot, dialog, typed, times=1):
    for _ in range(times):
        dialog.items.edit.setFocus()
        qtbot.keyClicks(dialog.items.edit, typed)
        qtbot.keyClick(dialog.items.edit, Qt.Key.Key_Return)


def placed(qtbot, dialog, counter):
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()
    return counter.shop.order(dialog._order_id)


def test_an_order_is_made_by_keyboard_alone(qtbot, dialog, counter):
    assert dialog.items.edit.hasFocus()
    add(qtbot, dialog, "ANK-FAB-6")
    add(qtbot, dialog, "shea", times=2)
    assert dialog.items.edit.hasFocus()
    dialog.customer.name.edit.setFocus()
    qtbot.keyClicks(dialog.customer.name.edit, "Bola Ige")
    dialog.customer.phone.edit.setFocus()
    qtbot.keyClicks(dialog.customer.phone.edit, "+234 802 555 0199")
    dialog.discount.edit.setFocus()
    qtbot.keyClicks(dialog.discount.edit, "1,000")
    dialog.delivery.edit.setFocus()
    qtbot.keyClicks(dialog.delivery.edit, "1500.50")
    dialog.note.edit.setFocus()
    qtbot.keyClicks(dialog.note.edit, "Instagram; card 4111 1111 1111 1111")
    assert dialog.commit.word == "Place order for Bola: ₦21,500.50"
    dialog.commit.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.commit, Qt.Key.Key_Space)
    order = counter.shop.order(dialog._order_id)
    assert (order.channel, order.status) == (Channel.MANUAL, Status.OPEN)
    assert order.total_minor == 2_150_050
    assert [(line.variant_id, line.qty) for line in order.lines] == [("fabric", 1), ("shea", 2)]
    details = order_details(counter.shop.reader, order.id, counter.shop.now)
    assert (details.contact.name, details.contact.phone) == ("Bola Ige", "+234 802 555 0199")
    assert details.money.paid_minor == 0
    assert details.note == "Instagram; card •••• 1111"
    words, more = counter.toasts[0]
    assert words == f"Order {order.number} is placed, ₦21,500.50 to pay"
    more["on_action"]()
    assert counter.opened == [order.id]


def test_what_the_dialog_adds_up_is_what_the_order_costs_with_tax_on_top(qtbot, counter, desktop):
    for key, value in (("tax_basis_points", "750"), ("tax_included", "false")):
        counter.shop.do(ChangeSetting, key=key, value=value)
    dialog = opened(qtbot, NewOrderDialog(counter.parts, parent=desktop))
    add(qtbot, dialog, "ANK-FAB-6", times=3)
    add(qtbot, dialog, "CHIN-300")
    dialog.discount.set_text("333.33")
    shown = dialog.sum.total.figure.text()
    assert dialog.sum._tax.words.text() == "VAT 7.5 %"
    order = placed(qtbot, dialog, counter)
    assert shown == "₦49,629.17"
    assert order.total_minor == 4_962_917


def test_it_needs_no_scrolling_with_every_figure_there_is(qtbot, counter, desktop):
    for key, value in (("tax_basis_points", "750"), ("tax_included", "false")):
        counter.shop.do(ChangeSetting, key=key, value=value)
    dialog = opened(qtbot, NewOrderDialog(counter.parts, parent=desktop))
    add(qtbot, dialog, "CHIN-300")
    dialog.delivery.set_text("1500")
    dialog.discount.set_text("100")
    totals = dialog.sum
    shown = (totals._goods, totals._discount, totals._tax, totals._delivery, totals.total)
    assert not any(figure.isHidden() for figure in shown)
    side = dialog.findChild(Abreast).layout().itemAt(1).widget()
    others = sum(dialog.body.itemAt(at).sizeHint().height() for at in (0, 3))
    assert dialog.height() <= 680  # what a taskbar leaves of 768 lines
    assert side.sizeHint().height() + others <= dialog.middle.viewport().height()


def test_nothing_moves_until_it_is_paid(qtbot, dialog, counter):
    add(qtbot, dialog, "COCO-250", times=2)
    before = counter.shop.reader.rows("SELECT * FROM level ORDER BY id")
    placed(qtbot, dialog, counter)
    assert counter.shop.reader.rows("SELECT * FROM level ORDER BY id") == before


def test_an_order_without_items_is_not_placed(qtbot, dialog, counter):
    orders = counter.shop.reader.value("SELECT COUNT(*) FROM orders")
    dialog.customer.name.set_text("Ada")
    dialog.commit.click()
    assert dialog.problem.text() == "Add at least one item."
    assert dialog.isVisible()
    assert counter.shop.reader.value("SELECT COUNT(*) FROM orders") == orders
    assert dialog.customer.name.text == "Ada"


@pytest.mark.parametrize("typed", ["abc", "12,50", "1.005", "-5"])
def test_an_amount_that_cannot_be_read_is_said_beside_its_field(qtbot, dialog, typed):
    add(qtbot, dialog, "COCO-250")
    dialog.delivery.set_text(typed)
    dialog.commit.click()
    assert dialog.delivery._error.isVisible()
    assert dialog.delivery.edit.hasFocus()
    assert dialog.isVisible()
    dialog.delivery.set_text("5")
    assert not dialog.delivery._error.isVisible()


def test_a_discount_above_the_goods_is_said_beside_its_field(qtbot, dialog, counter):
    add(qtbot, dialog, "COCO-250")
    dialog.discount.set_text("2,800.01")
    dialog.commit.click()
    assert dialog.discount._error.text() == "More than the goods cost."
    assert dialog.isVisible()
    dialog.discount.set_text("2,800")
    assert placed(qtbot, dialog, counter).total_minor == 0


def test_a_refusal_is_said_and_everything_typed_stays(qtbot, dialog, counter):
    add(qtbot, dialog, "COCO-250")
    dialog.customer.name.set_text("Bola")
    counter.shop.do(
        SaveProduct, product_id="coco", name="Coconut oil", sku="COCO-250", barcode="", price_minor=280_000,
        track_stock=True, archived=True,
    )  # fmt: skip
    dialog.commit.click()
    qtbot.waitUntil(lambda: dialog.problem.text() == "Coconut oil is no longer sold.")
    assert dialog.commit.isEnabled()
    assert dialog.customer.name.text == "Bola"
    assert len(dialog.lines.lines) == 1
    dialog.lines.rows[0].drop_button.click()
    add(qtbot, dialog, "CHIN-300")
    assert placed(qtbot, dialog, counter).total_minor == 150_000


def test_the_price_that_was_shown_is_the_price(qtbot, dialog, counter):
    add(qtbot, dialog, "COCO-250")
    counter.shop.product("Coconut oil 250 ml", 999_900, product_id="coco", sku="COCO-250")
    assert placed(qtbot, dialog, counter).total_minor == 280_000


def test_a_code_typed_whole_comes_before_names_that_hold_it(qtbot, counter, desktop):
    counter.shop.product("A book about RICE-5", 100_00, product_id="book", sku="RICE-5-BOOK")
    dialog = opened(qtbot, NewOrderDialog(counter.parts, parent=desktop))
    add(qtbot, dialog, "RICE-5")
    assert dialog.lines.lines[0].product.id == "rice"


def test_the_arrows_choose_and_escape_closes_the_list_first(qtbot, dialog):
    qtbot.keyClicks(dialog.items.edit, "ankara")
    qtbot.waitUntil(lambda: dialog.items.is_listing)
    assert dialog.items.list.window_model.rowCount() == 3
    qtbot.keyClick(dialog.items.edit, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.items.edit, Qt.Key.Key_Escape)
    assert not dialog.items.is_listing
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.items.edit, "ankara")
    qtbot.waitUntil(lambda: dialog.items.is_listing)
    qtbot.keyClick(dialog.items.edit, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.items.edit, Qt.Key.Key_Return)
    assert dialog.lines.lines[0].product.id == "blue"


def test_an_item_nobody_knows_adds_nothing(qtbot, dialog):
    add(qtbot, dialog, "no such thing")
    assert dialog.lines.lines == ()
    assert dialog.items.edit.text() == "no such thing"


def test_units_that_are_not_free_are_said(qtbot, dialog):
    add(qtbot, dialog, "ANK-TOTE-RED")
    row = dialog.lines.rows[0]
    assert row._facts.text() == "0 free, 4 promised: 1 may be short when it is paid"
    add(qtbot, dialog, "FILA-CAP")
    assert dialog.lines.rows[1]._facts.text() == "FILA-CAP · 6 free"


def test_quantities_are_bounded(qtbot, dialog, counter):
    add(qtbot, dialog, "CHIN-300")
    stepper = dialog.lines.rows[0].stepper
    assert (stepper.minimum(), stepper.maximum()) == (1, MAX_UNITS)
    stepper.setValue(12)
    assert dialog.lines.lines[0].quantity == 12
    assert dialog.sum.total.figure.text() == "₦18,000"


def test_a_known_customer_is_found_by_phone_and_kept(qtbot, dialog, counter):
    contacts = counter.shop.reader.value("SELECT COUNT(*) FROM contact")
    dialog.customer.finder.edit.setFocus()
    qtbot.keyClicks(dialog.customer.finder.edit, "0803 555 0142")
    qtbot.keyClick(dialog.customer.finder.edit, Qt.Key.Key_Return)
    assert dialog.customer.name.text == "Ada Obi"
    assert dialog.customer.address.text == "8 Mango Lane, Ikeja"
    add(qtbot, dialog, "CHIN-300")
    order = placed(qtbot, dialog, counter)
    assert order.contact_id == counter.shop.order(counter.orders["Ada"]).contact_id
    assert counter.shop.reader.value("SELECT COUNT(*) FROM contact") == contacts


def test_changing_a_known_customers_field_changes_no_other_order(qtbot, dialog, counter):
    ada = counter.shop.order(counter.orders["Ada"]).contact_id
    dialog.customer.finder.edit.setFocus()
    qtbot.keyClicks(dialog.customer.finder.edit, "Ada Obi")
    qtbot.keyClick(dialog.customer.finder.edit, Qt.Key.Key_Return)
    dialog.customer.address.set_text("1 New Road")
    add(qtbot, dialog, "CHIN-300")
    order = placed(qtbot, dialog, counter)
    assert order.contact_id != ada
    assert (
        counter.shop.reader.value("SELECT address FROM contact WHERE id = ?", (ada,)) == "8 Mango Lane, Ikeja"
    )
    assert (
        counter.shop.reader.value("SELECT address FROM contact WHERE id = ?", (order.contact_id,))
        == "1 New Road"
    )


def test_a_walk_in_needs_no_name(qtbot, dialog, counter):
    add(qtbot, dialog, "CHIN-300")
    assert dialog.commit.word == "Place order for walk-in: ₦1,500"
    assert placed(qtbot, dialog, counter).contact_id == ""


def test_no_name_reaches_the_journal(qtbot, dialog, counter):
    add(qtbot, dialog, "CHIN-300")
    dialog.customer.name.set_text("Secret Person")
    placed(qtbot, dialog, counter)
    bodies = [row[0] for row in counter.shop.reader.rows("SELECT body FROM journal")]
    assert not any("Secret Person" in str(body) for body in bodies)


def test_an_order_like_another_takes_over_what_is_still_sold(qtbot, counter, desktop):
    counter.shop.do(
        SaveProduct, product_id="necklace", name="Beaded necklace", sku="BEAD-NECK", barcode="", price_minor=650_000,
        track_stock=True, archived=True,
    )  # fmt: skip
    gone = order_details(counter.shop.reader, counter.orders["part"], counter.shop.now)
    dialog = opened(qtbot, NewOrderDialog(counter.parts, like=gone, parent=desktop))
    assert dialog.lines.lines == ()
    assert dialog.left_out.accessibleName() == "No longer sold and left out: Beaded necklace"
    dialog.lines.show_lines(())
    dialog.customer.show_contact(type(gone.contact)("", "", "", "", "", ""))
    dialog.reject()
    ada = order_details(counter.shop.reader, counter.orders["Ada"], counter.shop.now)
    dialog = opened(qtbot, NewOrderDialog(counter.parts, like=ada, parent=desktop))
    assert dialog.customer.name.text == "Ada Obi"
    assert dialog.delivery.text == "1,500"
    order = placed(qtbot, dialog, counter)
    assert order.total_minor == 4_500_000
    assert order.contact_id == ada.contact.id


def test_escape_asks_before_work_is_thrown_away(qtbot, dialog):
    add(qtbot, dialog, "CHIN-300")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.question.isVisible()
    dialog.question.reject()
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.question.deed.click()
    assert is_closed(dialog)


def test_escape_leaves_an_empty_form_at_once(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert is_closed(dialog)


def test_it_is_placed_once_however_often_it_is_pressed(qtbot, dialog, counter):
    orders = counter.shop.reader.value("SELECT COUNT(*) FROM orders")
    add(qtbot, dialog, "CHIN-300")
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()
        dialog.commit.click()
        dialog.reject()
    assert counter.shop.reader.value("SELECT COUNT(*) FROM orders") == orders + 1


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name_and_nothing_is_cut(qtbot, counter, desktop, theme, percent):
    theme.choose(Scheme.LIGHT, percent)
    dialog = opened(qtbot, NewOrderDialog(counter.parts, parent=desktop))
    add(qtbot, dialog, "ANK-TOTE-RED", times=2)
    assert nameless_controls(dialog) == []
