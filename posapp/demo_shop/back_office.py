"""What people do behind the counter of the web shop: stock, statuses, edits, refunds, the trash."""

from collections.abc import Sequence
from datetime import datetime

from posapp.demo_shop import orders, refunds
from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.records import Order, Product, Refund
from posapp.demo_shop.refunds import RefundAsked, RefundedLine


class BackOffice(Book):
    """The shop's memory with the verbs of WooCommerce's own back office."""

    def find(self, sku: str) -> Product:
        """The product or variation with that sku. Raises `NotThere`."""
        product = self.product_by_sku(sku)
        if product is None:
            raise NotThere(f"no product {sku}")
        return product

    def set_stock(self, sku: str, units: int, at: datetime | None = None) -> None:
        """Say how many units there are, as somebody in the shop's back office does."""
        with self.at(at):
            product = self.find(sku)
            keeper = self.stock_keeper(product) or product
            keeper.manage_stock, keeper.stock = True, units
            self.touch(keeper)

    def set_status(self, order_id: int, status: str, at: datetime | None = None) -> Order:
        """Move an order to another status, as somebody in the back office does: cancelled, completed …"""
        with self.at(at):
            order = self.order(order_id)
            orders.set_status(self, order, status)
            return order

    def edit_quantity(self, order_id: int, sku: str, quantity: int, at: datetime | None = None) -> Order:
        """Change a line in the back office; 0 takes it out. The units move, a kept line's money does not."""
        with self.at(at):
            order = self.order(order_id)
            line = next((line for line in order.lines if line.sku == sku), None)
            if line is None:
                raise NotThere(f"no line {sku} in order {order_id}")
            if quantity == 0:
                orders.remove_line(self, order, line)
                orders.number_tax_line(self, order)
            else:
                orders.change_quantity(self, order, line, quantity)
            self.touch(order)
            return order

    def refund(
        self,
        order_id: int,
        amount_minor: int | None = None,
        *,
        lines: Sequence[RefundedLine] = (),
        reason: str = "",
        restock: bool = True,
        at: datetime | None = None,
    ) -> Refund:
        """Give back in the back office, by hand. Raises `RefundRefused`."""
        with self.at(at):
            asked = RefundAsked(amount_minor, reason, lines, restock)
            return refunds.make_refund(self, self.order(order_id), asked)

    def trash(self, order_id: int, at: datetime | None = None) -> Order:
        """Throw an order away; it can still be read."""
        with self.at(at):
            order = self.order(order_id)
            orders.trash(self, order)
            return order

    def delete(self, order_id: int) -> None:
        """Remove an order for good: afterwards it is a 404."""
        self.order(order_id)
        del self.state.orders[order_id]
        self.changes += 1
