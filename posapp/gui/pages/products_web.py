"""On a product whose number somebody changed in the web shop: what stands there, and two ways to settle it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.commands.stock import CountStock
from posapp.gui import text
from posapp.gui.dialogs.stock import CountDialog
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.strip import Strip
from posapp.queries.products import ProductRow
from posapp.queries.publication import ChangedThere, change_of

KEPT = "The number was changed in the web shop; ours is kept"


class WebChange(QWidget):
    """Shown while a change waits. `count_wanted` and `keep_wanted` tell which change the person settles, and how."""

    count_wanted = Signal(object)  # ChangedThere
    keep_wanted = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._change: ChangedThere | None = None
        self.strip = Strip(Tone.ATTENTION, "", icon="globe", wrap=True)
        self.count_button = Button("Count…", size=Size.SMALL, icon="clipboard-check")
        self.keep_button = Button("Keep ours", size=Size.SMALL)
        buttons = Flow(self.count_button, self.keep_button, spacing=6)
        buttons.setContentsMargins(0, 8, 0, 12)
        box = column(self.strip, spacing=0)
        box.addLayout(buttons)
        self.setLayout(box)
        self.count_button.clicked.connect(lambda: self.count_wanted.emit(self._change))
        self.keep_button.clicked.connect(lambda: self.keep_wanted.emit(self._change))
        self.hide()

    def show_product(self, product: ProductRow | None, location_id: str) -> None:
        """Say what was changed of this product, or nothing."""
        self._change = None
        if product is not None and product.tracked and not product.is_bundle:
            self._change = change_of(self._parts.reader, product.item_id, location_id)
        if self._change is not None:
            there, ours = text.number(self._change.there), text.number(self._change.ours)
            self.strip.say(f"Changed in the web shop: it says {there} free, we have {ours}.")
            self.keep_button.setAccessibleName(f"Keep ours: the web shop is told {ours} again")
        self.setVisible(self._change is not None)


def count_change(parts: Parts, product: ProductRow, change: ChangedThere, parent: QWidget) -> None:
    """Open the count with the shop's number filled in, promised units among it: the person counts and says."""
    dialog = CountDialog(parts, product, location=change.location_id, parent=parent)
    dialog.units.edit.setText(str(change.shelf))
    dialog.units.edit.selectAll()
    dialog.reason.edit.setText("Changed in the web shop")
    dialog.open()


def keep_ours(parts: Parts, product: ProductRow, change: ChangedThere) -> None:
    """Say under the person's name that our number is right; the web shop is told it again at the next look."""
    name = text.isolated(product.name, 40)

    def done(_: object) -> None:
        parts.toast(f"{name}: the web shop is told {text.number(change.ours)} again", icon="globe")
        parts.post.look_now()

    parts.perform(
        CountStock, done=done, product_id=product.id, location_id=change.location_id, counted=product.on_hand,
        seen=product.on_hand, reason=KEPT,
    )  # fmt: skip
