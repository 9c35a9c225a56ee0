"""Every window and every dialog is walked: each control has a name, and nothing opens that has no place."""

from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog

from posapp.gui.dialogs.cannot_start import CannotStartDialog
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.order_deeds import entries
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from posapp.gui.pages.settings import ENTRIES
from posapp.gui.post import SyncLine
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from tests.gui.walker import nameless_controls
from tests.stories.counter import ADA, HALIMA, MUSA

PAGES = ("dashboard", "orders", "attention", "products", "settings", "health", "shift", "close_day")
OF_AN_ORDER = ("record_payment", "hand_over", "cancel", "edit", "new_order")


async def walked(till, dialog, name):
    """Open a dialog, look at every control in it, and close it."""
    dialog.open()
    await till.until(dialog.isVisible)
    assert nameless_controls(dialog) == [], name
    QDialog.reject(dialog)
    await till.goes(dialog)
    if shiboken6.isValid(dialog):
        dialog.deleteLater()
    await till.until(lambda: not shiboken6.isValid(dialog), f"{name} is gone")


@pytest.mark.parametrize("full", [True, False], ids=["a day", "an empty shop"])
def test_every_page(play, full):
    async def story(till):
        if full:
            till.buys(HALIMA, ("WIG-14", 1), minutes_ago=4)
            till.buys(ADA, ("WIG-14", 1), minutes_ago=3)
            till.buys(MUSA, ("RICE-5", 1), paid=False)
            await till.look()
            await till.badge_is(1)
        for phase in ("offline", "sign_in", "fault", "idle"):
            till.post._tell(SyncLine(phase, last_ok=till.clock()))
            for page_id in PAGES:
                till.front.open_page(page_id)
                assert nameless_controls(till.window) == [], (page_id, phase)
        for entry in ENTRIES:
            till.front.open_page("settings").show_section(entry.id)
            assert nameless_controls(till.window) == [], entry.id

    play(story)


def _is_over(till, dialog):
    return till.over is not dialog


def _is_top(till, dialog):
    return till.over is dialog


def test_every_dialog(play):
    async def story(till):
        short = till.buys(ADA, ("TOTE-RED", 3), ("SHEA-200", 1))
        unpaid = till.buys(MUSA, ("RICE-5", 1), paid=False)
        await till.look()
        await till.badge_is(1)
        parts, over = till.front.parts, till.window
        tote = till.product("TOTE-RED")
        made: tuple[Callable[[], QDialog], ...] = (
            lambda: NewOrderDialog(parts, parent=over),
            lambda: ReceiveDialog(parts, None, parent=over),
            lambda: ReceiveDialog(parts, tote, parent=over),
            lambda: AdjustDialog(parts, tote, parent=over),
            lambda: CountDialog(parts, tote, parent=over),
            lambda: ProductForm(parts, tote, parent=over),
            lambda: ProductForm(parts, None, parent=over),
            lambda: OpenShiftDialog(parts, over, without=lambda: None),
            lambda: CashMoveDialog(parts, over),
            lambda: ShortcutsSheet(over),
            lambda: OpenShopDialog(parts.perform, over),
            lambda: CannotStartDialog("The folder is in use.", "folder_in_use", over),
        )
        for make in made:
            dialog = make()
            await walked(till, dialog, type(dialog).__name__)
        for web in (short, unpaid):
            dialog = await till.open_order(till.number_of(web))
            assert nameless_controls(dialog) == []
            for key in ("refund_excess", "refund_order", "fulfill_order", "mixed"):
                dialog.decision.choose(key)
                assert nameless_controls(dialog) == [], key
            can = {entry.deed for entry in entries(dialog.details) if not entry.why_not}
            for deed in [*(deed for deed in OF_AN_ORDER if deed in can), "timeline", "revisions"]:
                dialog.deeds.do(deed)
                await till.until(partial(_is_over, till, dialog), f"{deed} opens")
                assert nameless_controls(till.over) == [], deed
                QDialog.reject(till.over)
                await till.until(partial(_is_top, till, dialog), f"{deed} closes")
            await till.key("Esc")
            await till.goes(dialog)

    play(story)


def test_an_order_that_is_gone_says_so(play):
    async def story(till):
        till.front.open_order("no such order")
        dialog = await till.top(OrderDialog)
        assert dialog.windowTitle() == "Order not found"
        assert nameless_controls(dialog) == []
        await till.key("Esc")
        await till.goes(dialog)

    play(story)
