"""The shop's memory: what every other part of the demo shop looks things up in."""

import secrets

from posapp.demo_shop.counters import Counters
from posapp.demo_shop.records import Key, Note, Order, Product, Refund


class NotThere(LookupError):
    """No such product, order or transaction in the demo shop."""


class Book(Counters):
    """Products, orders and refunds by their ids."""

    def note(self, order: Order, text: str, *, for_customer: bool = False) -> Note:
        """Write into the order's history. WooCommerce does not move `date_modified` for it."""
        note = Note(self.state.next_note, self.now(), text, for_customer)
        self.state.next_note += 1
        order.notes.append(note)
        self.changes += 1
        return note

    def touch(self, thing: Order | Product) -> None:
        """Mark as changed now."""
        thing.modified_at = self.now()
        self.changes += 1

    def product(self, product_id: int) -> Product:
        """A product or a variation. Raises `NotThere`."""
        try:
            return self.state.products[product_id]
        except KeyError:
            raise NotThere(f"no product {product_id}") from None

    def product_by_sku(self, sku: str) -> Product | None:
        """The product or variation with that sku, unless it is in the trash."""
        found = (p for p in self.state.products.values() if sku and p.sku == sku and p.status != "trash")
        return next(found, None)

    def variations_of(self, parent_id: int) -> list[Product]:
        """A variable product's variations, oldest first."""
        return [p for p in self.state.products.values() if p.parent_id == parent_id]

    def stock_keeper(self, product: Product) -> Product | None:
        """Who counts this product's units: itself, its parent, or nobody."""
        if product.manage_stock:
            return product
        if product.parent_id:
            parent = self.state.products.get(product.parent_id)
            return parent if parent is not None and parent.manage_stock else None
        return None

    def order(self, order_id: int) -> Order:
        """Raises `NotThere`."""
        try:
            return self.state.orders[order_id]
        except KeyError:
            raise NotThere(f"no order {order_id}") from None

    def refund_of(self, order: Order, refund_id: int) -> Refund:
        """Raises `NotThere`."""
        for refund in order.refunds:
            if refund.id == refund_id:
                return refund
        raise NotThere(f"no refund {refund_id}")

    def add_key(self, permissions: str = "read_write") -> Key:
        """Make a REST key; `permissions` is read, write or read_write."""
        key = Key(f"ck_{secrets.token_hex(20)}", f"cs_{secrets.token_hex(20)}", permissions)
        self.state.keys.append(key)
        self.changes += 1
        return key
