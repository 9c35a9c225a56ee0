"""The dialogs over their window: every standing of an order, and every form."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from posapp.commands.payments import RecordPayment
from posapp.domain.payments import PaymentState
from posapp.gui.dialogs.cannot_start import CannotStartDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog, StockDialog
from posapp.gui.post import LinkMade
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from scripts.shots.money_scenes import MONEY
from scripts.shots.pictures import ALL, LIGHT, Missing, Scene
from scripts.shots.stage import FRIDAY, Stage, settle
from scripts.shots.stock_scenes import STOCK

Dialog = TypeVar("Dialog", bound=QDialog)
Draw = Callable[[Stage], object]


def _order(stage: Stage, customer: str, page: str = "orders") -> OrderDialog:
    stage.front.open_page(page)
    stage.front.open_order(stage.order(customer))
    settle()
    return _top(OrderDialog)


def _top(kind: type[Dialog]) -> Dialog:
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, kind):
        raise Missing(f"no {kind.__name__} opened, but {type(dialog).__name__}")
    return dialog


def _decided(customer: str, key: str) -> Draw:
    """The order dialog with one decision chosen."""

    def draw(stage: Stage) -> None:
        dialog = _order(stage, customer, _list_page(stage))
        dialog.decision.choose(key)
        if key not in (dialog.decision.key, ""):
            raise Missing(f"{key} is not offered for {customer}")
        settle(600)  # the commit is guarded for a moment after its words changed

    return draw


def _list_page(stage: Stage) -> str:
    try:
        stage.front.open_page("attention")
    except KeyError:
        return "orders"
    return "attention"


def _shown(customer: str) -> Draw:
    return lambda stage: _order(stage, customer)


def _deed(customer: str, deed: str) -> Draw:
    """What an entry of the order's menu opens."""

    def draw(stage: Stage) -> None:
        dialog = _order(stage, customer)
        dialog.deeds.do(deed)
        settle(300)
        if QApplication.activeModalWidget() is dialog:
            raise Missing(f"{deed} opened nothing for {customer}")

    return draw


def _payment_link(stage: Stage) -> None:
    """The page that the provider made, as its answer shows it."""
    dialog = _order(stage, "Bisi Alabi")
    dialog.deeds.do("payment_link")
    settle(300)
    link = QApplication.activeModalWidget()
    if not isinstance(link, PaymentLinkDialog):
        raise Missing("payment_link opened nothing for Bisi Alabi")
    link._answered(
        LinkMade("https://checkout.example.test/0peioxfhpn", link.amount.amount_minor or 0, 22_900)
    )
    settle()


def _confirm(stage: Stage) -> None:
    dialog = _order(stage, "Emeka Nwankwo")
    assert dialog.details is not None
    awaited = next(p.payment_id for p in dialog.details.payments if p.is_awaited)
    dialog.deeds.do(f"confirm:{awaited}")
    settle()


def _swap(stage: Stage) -> None:
    """Bola paid first, but the news of it came after Kunle had taken the last shirt."""
    if not stage.marks("swap"):
        stage.clock.now = FRIDAY - timedelta(minutes=20)
        ids = [stage.place(name, "ADIRE-L") for name in ("Bola Ade", "Kunle Ojo")]
        stage.clock.now = FRIDAY + timedelta(minutes=1)
        for order_id, minutes in ((ids[1], 5), (ids[0], 12)):
            stage.hear(
                RecordPayment, order_id=order_id, provider="paystack", provider_ref=order_id, reference="T68",
                method="card", gross_minor=1_950_000, customer_fee_minor=0, state=PaymentState.SUCCEEDED,
                paid_at=FRIDAY - timedelta(minutes=minutes),
            )  # fmt: skip
        settle()
    dialog = _order(stage, "Bola Ade")
    dialog.deeds.do("swap")
    settle()


def _menu(stage: Stage) -> None:
    _order(stage, "Ngozi Okeke").actions_row.more.click()
    settle()


def _new_order(stage: Stage) -> None:
    stage.front.open_page("orders")
    dialog = NewOrderDialog(stage.parts, parent=stage.window)
    dialog.open()
    settle(80)
    for sku in ("ADIRE-M", "ADIRE-M", "RICE-5"):
        QTest.keyClicks(dialog.items.edit, sku)
        QTest.keyClick(dialog.items.edit, Qt.Key.Key_Return)
    dialog.customer.name.set_text("Blessing Okafor")
    dialog.customer.phone.set_text("+234 809 555 0151")
    settle()


def _stock(kind: type[StockDialog], units: str, reason: str = "") -> Draw:
    def draw(stage: Stage) -> None:
        _products(stage)
        dialog = kind(stage.parts, stage.product("TOTE-RED"), parent=stage.window)
        dialog.open()
        dialog.units.edit.setText(units)
        dialog.reason.edit.setText(reason)
        settle(500)

    return draw


def _products(stage: Stage) -> None:
    page = stage.front.open_page("products")
    page.table.select_id(stage.product("TOTE-RED").id)
    settle()


def _product(stage: Stage) -> None:
    _products(stage)
    ProductForm(stage.parts, stage.product("TOTE-RED"), parent=stage.window).open()
    settle()


def _new_product(stage: Stage) -> None:
    _products(stage)
    ProductForm(stage.parts, None, parent=stage.window).open()
    settle()


def _toast(stage: Stage) -> None:
    """The list after a decision, with its way back."""
    if not stage.marks("toast"):
        dialog = _order(stage, "Musa Danjuma", _list_page(stage))
        dialog.decision.choose("fulfill_order")
        settle(600)
        dialog.commit.click()
        settle(600)


def _first_start(stage: Stage) -> QDialog:
    dialog = OpenShopDialog(stage.parts.perform)
    dialog.name.set_text("Adaeze Stores")
    dialog.owner.set_text("Adaeze Nwosu")
    dialog.zone.set_value("Africa/Lagos")
    return dialog


def _cannot_start(_stage: Stage) -> QDialog:
    words = (
        "Another posapp has this folder open (/home/adaeze/posapp). Close it first, or choose another folder."
    )
    return CannotStartDialog(words, "folder_in_use")


def _damaged(_stage: Stage) -> QDialog:
    words = "The database of this shop is damaged (/home/adaeze/posapp/posapp.db) and cannot be opened."
    return CannotStartDialog(words, "damaged")


DIALOGS = (
    Scene("order_dialog", _decided("Ada Obi", "refund_excess"), ALL),
    Scene("order_dialog_undecided", lambda stage: _order(stage, "Ada Obi", _list_page(stage))),
    Scene("order_dialog_refund_order", _decided("Ada Obi", "refund_order"), ALL),
    Scene("order_dialog_fulfill", _decided("Ada Obi", "fulfill_order"), ALL),
    Scene("order_dialog_per_line", _decided("Musa Danjuma", "mixed")),
    Scene("order_dialog_nothing_held", _decided("Musa Danjuma", "fulfill_order")),
    Scene("order_dialog_late", _decided("Uche Nnamdi", "accept")),
    Scene("order_dialog_late_refund", _decided("Uche Nnamdi", "refund")),
    Scene("order_dialog_paid", _shown("Ngozi Okeke")),
    Scene("order_dialog_unpaid", _shown("Bisi Alabi")),
    Scene("order_dialog_part_paid", _shown("Chioma Eze")),
    Scene("order_dialog_awaited", _shown("Emeka Nwankwo")),
    Scene("order_dialog_done", _shown("Kemi Ade")),
    Scene("order_dialog_refunded", _shown("Grace Udo")),
    Scene("order_menu", _menu),
    Scene("record_payment", _deed("Bisi Alabi", "record_payment"), ALL),
    Scene("collect", _deed("Bisi Alabi", "collect"), ALL),
    Scene("payment_link", _deed("Bisi Alabi", "payment_link")),
    Scene("payment_link_made", _payment_link, ALL),
    Scene("confirm_transfer", _confirm),
    Scene("hand_over", _deed("Ngozi Okeke", "hand_over"), ALL),
    Scene("swap", _swap),
    Scene("cancel_order", _deed("Ngozi Okeke", "cancel")),
    Scene("mark_shipped", _deed("Kemi Ade", "ship")),
    Scene("edit_order", _deed("Ngozi Okeke", "edit"), ALL),
    Scene("timeline", _deed("Ada Obi", "timeline")),
    Scene("revisions", _deed("Grace Udo", "revisions")),
    Scene("new_order", _new_order, ALL),
    Scene("receive", _stock(ReceiveDialog, "3", "Workshop Yaba"), ALL),
    Scene("adjust", _stock(AdjustDialog, "-1", "Torn seam")),
    Scene("count", _stock(CountDialog, "3")),
    Scene("product_form", _product),
    Scene("product_new", _new_product),
    Scene("shortcuts", lambda stage: ShortcutsSheet(stage.window).open()),
    Scene("toast", _toast, (LIGHT,)),
    *STOCK,
    *MONEY,
)

ALONE: dict[str, Callable[[Stage], QDialog]] = {
    "first_run": _first_start,
    "cannot_start": _cannot_start,
    "cannot_start_damaged": _damaged,
}
