"""A scanner is used everywhere, also where nobody thought of it: it presses no button and spoils no field."""

from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QPlainTextEdit, QSpinBox

from posapp.domain.basket import Basket, added
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import CountDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.gui.dialogs.take_back_unknown import TakeBackUnknownDialog
from posapp.gui.pages.settings import ENTRIES
from posapp.gui.pages.table import pages
from tests.stories.counter import ADA

NOBODYS = "ZZ 99 1"  # a code with spaces that no shop has


def held(widget):
    """What the fields hold, but those that are made for codes."""
    lines = [f for f in widget.findChildren(QLineEdit) if not f.property("takes_scans")]
    return (
        [(f, f.text()) for f in lines],
        [(f, f.toPlainText()) for f in widget.findChildren(QPlainTextEdit)],
        [(f, f.value()) for f in widget.findChildren(QSpinBox)],
    )


async def bears_a_scan(till, widget, name):
    """Scan with the focus on the last button and on the first field."""
    pressed = []
    buttons = [b for b in widget.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    for button in buttons:
        button.clicked.connect(lambda _=False, b=button: pressed.append(b.text() or b.accessibleName()))
    fields = [f for f in widget.findChildren(QLineEdit) if f.isVisible() and f.isEnabled()]
    before = held(widget)
    for focus in (*buttons[-1:], *fields[:1]):
        focus.setFocus()
        await till.scan(NOBODYS)
        assert pressed == [], name
        assert held(widget) == before, name
        assert widget.isVisible(), name


def test_every_page(play):
    async def story(till):
        await till.look()
        till.buys(ADA, ("TOTE-RED", 1))
        await till.look()
        parts = till.front.parts
        for page in [entry.id for entry in pages(parts, till.front.open_page)]:
            till.front.open_page(page)
            await bears_a_scan(till, till.window, page)
        for entry in ENTRIES:
            till.front.open_page("settings").show_section(entry.id)
            await bears_a_scan(till, till.window, entry.id)

    play(story)


def test_every_dialog(play):
    async def story(till):
        short = till.buys(ADA, ("TOTE-RED", 3), ("SHEA-200", 1))
        await till.look()
        await till.badge_is(1)
        parts, over = till.front.parts, till.window
        tote = till.product("TOTE-RED")
        basket, _ = added(
            Basket("sale-1", parts.shop.location_id), till.product("SHEA-200").id, "Shea butter"
        )
        for dialog in (
            NewOrderDialog(parts, parent=over),
            CountDialog(parts, tote, parent=over),
            ProductForm(parts, tote, parent=over),
            OpenShiftDialog(parts, over),
            TakeBackDialog(parts, over),
            TakeBackUnknownDialog(parts, over),
            PayDialog(parts, basket, over),
        ):
            dialog.open()
            await till.until(dialog.isVisible)
            await bears_a_scan(till, dialog, type(dialog).__name__)
            QDialog.reject(dialog)
            await till.goes(dialog)
        order = await till.open_order(till.number_of(short))
        for key in ("refund_excess", "refund_order", "fulfill_order"):
            order.decision.choose(key)
            order.commit.setFocus()
            await till.scan(NOBODYS)
            await bears_a_scan(till, order, key)
        await till.badge_is(1)

    play(story)


def test_a_receipt_opens_its_order_and_a_barcode_its_product(play):
    async def story(till):
        web = till.buys(ADA, ("TOTE-RED", 1))
        await till.look()
        number = till.number_of(web)
        till.front.open_page("dashboard")
        till.front.scans.take(number)
        dialog = await till.top(OrderDialog)
        assert number in dialog.windowTitle()
        await till.key("Esc")
        await till.goes(dialog)
        await till.scan("TOTE-RED")
        await till.until(lambda: till.window.current_id == "products")

    play(story)
