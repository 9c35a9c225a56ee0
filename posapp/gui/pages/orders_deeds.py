"""What can be done from the list of orders without opening one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from posapp.commands.orders import MarkShipped
from posapp.domain.errors import Refused
from posapp.domain.orders import ShipStatus
from posapp.gui import text
from posapp.gui.ask_where import ask_where
from posapp.gui.background import Background
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.pages.orders_export import export_orders
from posapp.gui.parts import Parts
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.orders import OrderFilter

_SHIP = {"ship": ShipStatus.SHIPPED, "deliver": ShipStatus.DELIVERED}


class OrderDeeds:
    """Joins the page's buttons to commands and dialogs."""

    def __init__(self, parts: Parts, page: QWidget, background: Background) -> None:
        self._parts, self._page, self._background = parts, page, background

    def do(self, what: str, details: OrderDetails) -> None:
        """Do what a button of the panel asks for: open, edit, again, ship or deliver."""
        if what == "open":
            self._parts.open_order(details.id)
        elif what == "edit":
            EditOrderDialog(self._parts, details, parent=self._page.window()).open()
        elif what == "again":
            NewOrderDialog(self._parts, like=details, parent=self._page.window()).open()
        else:
            self._mark(details, _SHIP[what])

    def _mark(self, details: OrderDetails, status: ShipStatus) -> None:
        def done(_: object) -> None:
            self._parts.toast(f"Order {details.number} is marked {status.lower()}", icon="truck")

        def failed(refusal: Refused) -> None:
            self._parts.toast(refusal.message, icon="circle-alert")

        self._parts.perform(MarkShipped, done=done, failed=failed, order_id=details.id, ship_status=status)

    def new_order(self) -> None:
        """Open the form of a new order."""
        NewOrderDialog(self._parts, parent=self._page.window()).open()

    def export(self, chosen: OrderFilter) -> None:
        """Ask for a place and write the listed orders there."""
        today = self._parts.clock().astimezone(self._parts.shop.zone).date()
        ask_where(
            self._page, "Export", f"orders-{today.isoformat()}.csv", lambda path: self.export_to(path, chosen)
        )

    def export_to(self, path: Path, chosen: OrderFilter) -> None:
        """Write the orders of a filter to a CSV file, on the reader's own thread, and say so."""
        zone = self._parts.shop.zone

        def done(orders: int) -> None:
            self._parts.toast(f"{text.plural(orders, 'order')} written to {path.name}", icon="download")

        def failed(error: BaseException) -> None:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "see the log"
            self._parts.toast(f"{path.name} could not be written: {why}", icon="circle-alert")

        self._background.ask("export", lambda reader: export_orders(reader, chosen, zone, path), done, failed)
