"""The one field of the Sell page: scanned into, typed into, searched with."""

from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from posapp.domain.basket import MAX_UNITS
from posapp.gui import keys, metrics, text
from posapp.gui.dialogs.pick_field import Pick, PickField
from posapp.gui.fonts import Type
from posapp.gui.pages.sell_words import (
    Typed,
    free_words,
    looks_like_code,
    names_order,
    read_typed,
    to_pay_words,
)
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.queries.collecting import Collectable, ToPay, collectable, to_pay
from posapp.queries.payment_ways import rest_of
from posapp.queries.selling import SellRow, by_code, sell_rows

PLACEHOLDER = "Scan, or type a name or code"
_ORDERS, _GOODS = 2, 6  # at most so many of each in the list
_BASKET_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class SellField(PickField):
    """Enter adds what has exactly this code; else it takes from the list beneath. `3*` before it means three.

    While the field is empty its keys are the basket's: Up and Down choose a line, Del removes it.
    """

    added = Signal(object, int)  # SellRow, units
    order_wanted = Signal(str)  # order id
    collect_wanted = Signal(str)  # id of an order that is to be paid and handed over
    unknown = Signal(str)  # the code that nothing has
    moved = Signal(int)  # Up or Down in the empty field
    removed = Signal()  # Del in the empty field

    def __init__(self, parts: Parts) -> None:
        super().__init__(PLACEHOLDER, self._hits, for_scans=False)
        self._parts = parts
        self._keycap, self._icon, self._base = keys.caption("find"), "scan-barcode", metrics.CONTROL_LARGE
        self.icon_size, self.icon_ink = 22, "primary"
        self._went = False  # somebody chose with the arrows
        self.edit.setMaxLength(200)
        self.edit.textEdited.connect(self._typed)
        self.picked.connect(self._pick)
        self.look_changed()

    def look_changed(self) -> None:
        """Larger than other fields: it is looked at from arm's length."""
        super().look_changed()
        if hasattr(self, "_parts"):
            self.edit.setFont(look().font(Type.SECTION, 400, figures=True))

    # --- finding --------------------------------------------------------------------------------------

    def _hits(self, words: str) -> Sequence[Pick]:
        typed = read_typed(words)
        if not typed.words:
            return ()
        reader, here = self._parts.reader, self._parts.shop.location_id
        goods = sell_rows(reader, typed.words, "", here)[:_GOODS]
        exact = by_code(reader, typed.words, here)
        if exact is not None:
            goods = [exact, *(row for row in goods if row.id != exact.id)]
        return [*(self._product(row) for row in goods), *(self._orders(typed) if typed.units is None else ())]

    def _orders(self, typed: Typed) -> Iterator[Pick]:
        """What somebody comes for: what is paid first, then what is paid now."""
        reader, words = self._parts.reader, typed.words
        paid = (order for order in collectable(reader, words) if names_order(order, words))
        unpaid = (order for order in to_pay(reader, words) if names_order(order, words))
        yield from map(self._order, islice(paid, _ORDERS))
        yield from map(self._unpaid, islice(unpaid, _ORDERS))

    def _show_found(self, words: str) -> None:
        """A number alone ("3*") looks for nothing yet: no list says that nothing was found."""
        super()._show_found(words if read_typed(words).words else "")

    def _product(self, row: SellRow) -> Pick:
        second = " · ".join(part for part in (text.outside(row.sku, 32), free_words(row)) if part)
        price = "" if row.price_minor is None else text.money(row.price_minor, self._parts.shop.currency)
        return Pick(row.id, row.name, second or "Stock not counted", price, row)

    def _order(self, order: Collectable) -> Pick:
        who = text.isolated(order.customer, 60) if order.customer else "a walk-in"
        units = text.plural(order.units, "item")
        return Pick(order.order_id, f"#{order.number} waits to be collected", f"Paid by {who}", units, order)

    def _unpaid(self, order: ToPay) -> Pick:
        due = text.amount(rest_of(self._parts.reader, order.order_id).due_minor, self._parts.shop.currency)
        words = f"#{order.number} is to be paid and collected"
        return Pick(order.order_id, words, to_pay_words(order), f"{due} to pay", order)

    # --- taking ---------------------------------------------------------------------------------------

    def _typed(self, _words: str) -> None:
        self._went = False

    def _units(self, typed: Typed) -> int:
        return 1 if typed.units is None else typed.units

    def _enter(self) -> None:
        """A code that something has exactly is added at once; of what is only similar a person must see the list."""
        typed = read_typed(self.text)
        if not typed.words:
            return
        seen = self.is_listing and not self.is_waiting()
        if not (seen and self._went):
            row = by_code(self._parts.reader, typed.words, self._parts.shop.location_id)
            if row is not None:
                self._leave(row, self._units(typed))
                return
        if not seen:
            self._now()
        if not self._picks:
            if looks_like_code(typed.words):
                self.clear()
                self.unknown.emit(typed.words)
        elif seen or (len(self._picks) == 1 and not looks_like_code(typed.words)):
            self._take(self.list.selected_id())

    def _leave(self, row: SellRow, units: int) -> None:
        self.edit.clear()
        self._pause.stop()
        self.hide_list()
        self.added.emit(row, units)

    def _take(self, pick_id: str | None) -> None:
        self._wanted = self._units(read_typed(self.text))
        super()._take(pick_id)

    def _pick(self, pick: Pick) -> None:
        if isinstance(pick.value, SellRow):
            self.added.emit(pick.value, self._wanted)
        elif isinstance(pick.value, ToPay):
            self.collect_wanted.emit(pick.id)
        else:
            self.order_wanted.emit(pick.id)

    def pending_units(self) -> int | None:
        """Give the number that was typed before a scan ("3*"), and forget it; None where there is none."""
        typed = read_typed(self.text)
        if typed.units is None or typed.words:
            return None
        self.edit.clear()
        self._pause.stop()
        self.hide_list()
        return min(typed.units, MAX_UNITS + 1)

    # --- keys -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The empty field leaves its keys to the basket."""
        if isinstance(event, QKeyEvent) and not self.edit.text():
            if event.type() == QEvent.Type.ShortcutOverride and any(event.matches(key) for key in _UNDO):
                event.ignore()
                return True
            if event.type() == QEvent.Type.KeyPress and self._basket_key(event):
                return True
        if isinstance(event, QKeyEvent) and event.key() in _BASKET_KEYS and self.is_listing:
            self._went = True
        return super().eventFilter(watched, event)

    def _basket_key(self, event: QKeyEvent) -> bool:
        step = _BASKET_KEYS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            return False
        return True
