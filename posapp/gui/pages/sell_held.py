"""Sales that are put by and taken up again, and the basket that comes back after the program ended."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from posapp.domain.basket import Basket
from posapp.drafts import Draft
from posapp.gui import text
from posapp.gui.dialogs.held_sales import HoldDialog, RecallDialog
from posapp.gui.pages.sell_sale import CounterSale
from posapp.gui.parts import Parts


class SellHeld(QObject):
    """`done` tells that a dialog closed, or that other sales are held."""

    done = Signal()

    def __init__(self, parts: Parts, sale: CounterSale, page: QWidget) -> None:
        super().__init__(page)
        self._parts, self._sale, self._page = parts, sale, page

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self.done.emit())
        dialog.open()

    def restore(self) -> None:
        """Come back with the basket that was there when the program ended."""
        found = self._parts.drafts.found.basket
        here = found is not None and found.location_id == self._sale.basket.location_id
        self._sale.begin(found if here else None)

    def _proposed(self) -> str:
        return f"Sale of {text.clock(self._parts.clock(), self._parts.shop.zone)}"

    def hold(self) -> None:
        """F4."""
        if not (self._sale.basket.lines or self._sale.basket.returned):
            return
        dialog = HoldDialog(self._sale.basket, self._proposed(), self._page)
        dialog.held.connect(self._hold)
        self._open(dialog)

    def _hold(self, label: str) -> Basket:
        held = self._sale.hold(label)
        self._parts.toast(f"{text.isolated(label, 60)} is held", icon="pause")
        return held

    def recall(self) -> None:
        """F5."""
        held = self._parts.drafts.held()
        if not held:
            return
        instead = not self._sale.basket.is_empty
        dialog = RecallDialog(self._parts, held, self._sale.prices.worth, self._page, instead=instead)
        dialog.recalled.connect(self._recall)
        dialog.discarded.connect(self._discard)
        self._open(dialog)

    def _recall(self, order_id: str) -> None:
        if not self._sale.basket.is_empty:
            now = self._sale.basket
            self._hold(now.label or now.customer or self._proposed())
        self._sale.recall(order_id)

    def _discard(self, order_id: str) -> None:
        draft = self._parts.drafts.discard(order_id)
        if draft is not None:
            self._parts.toast(
                f"{text.isolated(draft.basket.label, 60)} is thrown away", icon="trash-2", action="Undo",
                on_action=lambda: self._put_back(draft),
            )  # fmt: skip

    def _put_back(self, draft: Draft) -> None:
        self._parts.drafts.put_back(draft)
        self.done.emit()
