"""How every dialog is opened, and which there are: whatever looks at all of them looks through this table."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

import posapp.gui
from posapp.commands.command import new_command_id
from posapp.commands.no_sale import OpenDrawer
from posapp.domain.basket import Basket, added
from posapp.domain.rights import Need, NotAllowed, Right
from posapp.domain.sales import ShortItem
from posapp.drafts import Draft
from posapp.gui import keys
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.accounts import AccountsDialog
from posapp.gui.dialogs.approve import ApproveDialog
from posapp.gui.dialogs.bank_details import BankDetailsDialog
from posapp.gui.dialogs.cannot_start import CannotStartDialog
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.confirm_transfer import ConfirmTransferDialog
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.dialogs.foreseen import CancelOrderDialog, HandOverDialog, SwapDialog
from posapp.gui.dialogs.held_sales import HoldDialog, RecallDialog
from posapp.gui.dialogs.message_preview import MessageDialog
from posapp.gui.dialogs.move_stock import MoveDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.open_drawer import OpenDrawerDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.order_history import timeline_dialog
from posapp.gui.dialogs.order_messages import messages_of
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.dialogs.press_key import PressKeyDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.raw_text import RawTextDialog
from posapp.gui.dialogs.record_payment import RecordPaymentDialog
from posapp.gui.dialogs.reopen_shift import ReopenShiftDialog
from posapp.gui.dialogs.sale_customer import SaleCustomerDialog
from posapp.gui.dialogs.sale_edit import DiscountDialog, PriceDialog
from posapp.gui.dialogs.shift_report import ShiftReportDialog
from posapp.gui.dialogs.short import ShortDialog
from posapp.gui.dialogs.staff_person import PersonDialog
from posapp.gui.dialogs.staff_role import RoleDialog
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.gui.dialogs.take_back_unknown import TakeBackUnknownDialog
from posapp.gui.dialogs.without_shift import WithoutShiftDialog
from posapp.gui.front import Front
from posapp.gui.pages.lock import LockPage
from posapp.gui.pages.orders_views import NameView
from posapp.gui.perform import Asking
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from posapp.queries.details import order_details
from posapp.queries.health import SetAside
from posapp.queries.products import ProductFilter, ProductsSource
from posapp.queries.shift_figures import FigureRow
from posapp.queries.shifts import x_report
from posapp.queries.staff import approvers, roles, staff_row
from tests.gui.adaeze import Counter


def dialog_classes() -> tuple[set[type[QDialog]], set[type[QDialog]]]:
    """Every class of dialog that the program has: the frames that others are made of, and those that are opened."""
    for module in pkgutil.walk_packages(posapp.gui.__path__, "posapp.gui."):
        importlib.import_module(module.name)
    found: set[type[QDialog]] = set()
    below = [QDialog]
    while below:
        for kind in below.pop().__subclasses__():
            if kind.__module__.startswith("posapp.") and kind not in found:
                found.add(kind)
                below.append(kind)
    frames = {kind for kind in found if any(issubclass(each, kind) for each in found if each is not kind)}
    return frames, found - frames


def calls_of(names: set[str]) -> list[str]:
    """Where the program itself makes one of these classes."""
    made = []
    for path in sorted(Path(inspect.getfile(posapp.gui)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                made.append(f"{path.name}:{node.lineno} {node.func.id}")
    return made


class Opener:
    """Opens dialogs over a window on that Friday."""

    def __init__(self, front: Front, counter: Counter) -> None:
        self.front, self.parts, self.window = front, front.parts, front.window
        self.counter, self.reader = counter, counter.shop.reader
        self._at = counter.shop.now

    def product(self):
        return ProductsSource(self.reader, ProductFilter(search="SHEA-200")).page_after(None, 32)[0]

    def basket(self) -> Basket:
        basket = Basket(new_command_id(self._at), self.parts.shop.location_id)
        return added(basket, self.product().id, "Shea butter")[0]

    def details(self, who: str):
        return order_details(self.reader, self.counter.orders[who], self._at)

    def report(self):
        return x_report(self.reader, self._at)

    def approval(self) -> ApproveDialog:
        need = Need(Right.STOCK_ADJUST)
        refusal = NotAllowed("Chidi", need)
        people = approvers(self.reader, need, other_than="Chidi")
        command = OpenDrawer(id="c-1", actor="Chidi", at=self._at, reason="change")
        asking = Asking(refusal, command, lambda _name: None, lambda: None)
        return ApproveDialog(self.parts, asking, people, self.window)

    def short(self) -> ShortDialog:
        item = ShortItem("red", ("red",), 1, 0, 4, 4, "Ankara tote (red)")
        return ShortDialog(self.parts, (item,), self.window)

    def set_aside(self) -> RawTextDialog:
        item = SetAside(
            1, "shop", "order", "431", "order 431", self._at, "it is too large", "{}", "quarantined"
        )
        return RawTextDialog(item, "today", self.window)

    def confirmation(self) -> ConfirmTransferDialog:
        awaited = next(each.payment_id for each in self.details("Emeka").payments if each.is_awaited)
        return ConfirmTransferDialog(self.parts, self.counter.orders["Emeka"], awaited, self.window)

    def apart(self) -> WithoutShiftDialog:
        row = FigureRow("1", "", "0042", self._at, "payment", "cash", 100)
        return WithoutShiftDialog(self.parts, [row], self.window)

    def lock(self) -> LockPage:
        self.front.locker.lock()
        page = self.front.locker.page
        assert page is not None, "an owner has a PIN"
        return page

    def recall(self) -> RecallDialog:
        held = [Draft(self.basket(), self._at, "Adaeze")]
        return RecallDialog(self.parts, held, lambda _basket: 100, self.window, instead=False)

    def edit(self, kind):
        basket = self.basket()
        line = basket.lines[0]
        if kind is PriceDialog:
            return PriceDialog(basket, line, 300_000, "NGN", lambda _: "", self.window)
        return DiscountDialog(basket, line, "NGN", lambda _: "", lambda _: 100, self.window)

    def of_order(self, kind, who: str):
        return kind(self.parts, self.counter.orders[who], self.window)

    def message(self) -> MessageDialog:
        details = self.details("Ada")
        return MessageDialog(messages_of(self.parts, details), details.contact, "NGN", self.window)

    def all(self) -> dict[type[QDialog], Callable[[], QDialog]]:
        """Each kind of dialog and how it is made; the lock opens by itself."""
        parts, window, orders = self.parts, self.window, self.counter.orders
        stock = {
            kind: lambda kind=kind: kind(parts, self.product(), parent=window)
            for kind in (ReceiveDialog, AdjustDialog, CountDialog, MoveDialog, ProductForm)
        }
        plain = {
            kind: lambda kind=kind: kind(parts, window)
            for kind in (
                AccountsDialog, CashMoveDialog, OpenDrawerDialog, OpenShiftDialog, TakeBackDialog,
                TakeBackUnknownDialog,
            )
        }  # fmt: skip
        return stock | plain | {
            AccountDialog: lambda: AccountDialog(parts, self.details("Emeka").contact.id, window),
            ApproveDialog: self.approval,
            BankDetailsDialog: lambda: BankDetailsDialog(parts, orders["Ada"], "", window),
            CollectDialog: lambda: CollectDialog(parts, self.details("Bisi"), window),
            PaymentLinkDialog: lambda: self.of_order(PaymentLinkDialog, "Bisi"),
            CancelOrderDialog: lambda: self.of_order(CancelOrderDialog, "Ngozi"),
            CannotStartDialog: lambda: CannotStartDialog("The folder is in use.", "folder_in_use", window),
            ConfirmTransferDialog: self.confirmation,
            DiscountDialog: lambda: self.edit(DiscountDialog),
            EditOrderDialog: lambda: EditOrderDialog(parts, self.details("Ngozi"), parent=window),
            HandOverDialog: lambda: self.of_order(HandOverDialog, "Ngozi"),
            HoldDialog: lambda: HoldDialog(self.basket(), "14:32", window),
            LockPage: self.lock,
            MessageDialog: self.message,
            NameView: lambda: NameView("Save view", "All orders", "", (), "Save", window),
            NewOrderDialog: lambda: NewOrderDialog(parts, parent=window),
            OpenShopDialog: lambda: OpenShopDialog(parts.perform, window),
            OrderDialog: lambda: OrderDialog(parts, orders["Ada"], parent=window),
            PayDialog: lambda: PayDialog(parts, self.basket(), window),
            PersonDialog: lambda: PersonDialog(parts, staff_row(self.reader, "Ify"), window),
            PressKeyDialog: lambda: PressKeyDialog(keys.KEYS[0], window),
            PriceDialog: lambda: self.edit(PriceDialog),
            Question: lambda: Question("Leave?", "What was typed is lost.", "Leave", window, danger=True),
            RawTextDialog: self.set_aside,
            RecallDialog: self.recall,
            RecordPaymentDialog: lambda: self.of_order(RecordPaymentDialog, "Bisi"),
            ReopenShiftDialog: lambda: ReopenShiftDialog(parts, self.report(), window),
            RoleDialog: lambda: RoleDialog(parts, roles(self.reader)[0], "new", window),
            SaleCustomerDialog: lambda: SaleCustomerDialog(parts, self.basket(), lambda _: "", window),
            ShiftReportDialog: lambda: ShiftReportDialog(
                parts, self.report(), window, save=lambda _: None, reopen=lambda _: None
            ),
            ShortDialog: self.short,
            ShortcutsSheet: lambda: ShortcutsSheet(window),
            SwapDialog: lambda: SwapDialog(parts, orders["Ada"], orders["Halima"], window),
            WithoutShiftDialog: self.apart,
            _list_dialog(): lambda: timeline_dialog(self.details("Ada"), parts, window),
        }  # fmt: skip


def _list_dialog() -> type[QDialog]:
    return timeline_dialog.__globals__["_ListDialog"]


def close_all(window) -> None:
    """Close what stands over a window, the topmost first."""
    while isinstance(over := QApplication.activeModalWidget(), QDialog):
        QDialog.reject(over)
        over.hide()
        over.deleteLater()


def visible(widget, *kinds: type) -> Iterator:
    """What a person can see and use of these kinds."""
    return (
        each for kind in kinds for each in widget.findChildren(kind) if each.isVisible() and each.isEnabled()
    )
