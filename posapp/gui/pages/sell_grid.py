"""The shelf to choose from: categories as switches, products as tiles, and what an empty shelf says."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from posapp.gui import metrics, paint, text
from posapp.gui.fonts import Type
from posapp.gui.pages.sell_tile import GAP
from posapp.gui.pages.sell_tiles import BESIDE, Tiles
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.widgets import choosable
from posapp.gui.widgets.base import Themed, column, row
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.word_radio import WordRadio
from posapp.queries.selling import SellRow, categories, sell_rows

_MOST = 24  # categories that are shown; the field finds everything


class CategoryChip(WordRadio):
    """One category; one of them is always chosen, and the arrow keys move among them."""

    def high(self) -> int:
        """As high as a filter's chip."""
        return look().height(metrics.FILTER_CHIP, Type.SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter, t, on = QPainter(self), look().tokens, self.isChecked()
        choosable.frame(painter, self, metrics.RADIUS, chosen=on)
        ink = t.primary if on else t.text
        paint.words(painter, QRectF(self.rect()), self.words, self.word_font(), ink, paint.CENTRE)
        painter.end()


class SellGrid(Themed, QWidget):
    """`taken` brings a product, `create_wanted` that there is none yet."""

    taken = Signal(object)  # SellRow
    create_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.category = ""
        self._known: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._flow = Flow()
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._chips = QWidget()
        self._chips.setAccessibleName("Category")
        self._chips.setLayout(self._flow)
        sign = text.sign_of(parts.shop.currency).strip()
        self._prices = Label(f"Prices in {sign}", Type.SMALL, ink="muted")
        self.tiles = Tiles(parts.shop.currency)
        self.empty = EmptyState(icon="package", action="New product")
        self.empty.hide()
        head = row(self._chips, self._prices, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(self._prices, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(0, 0, GAP + BESIDE, 0)
        box = column(head, 12, self.tiles, self.empty)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        self.setLayout(box)
        self.tiles.taken.connect(self.taken)
        self.empty.acted.connect(self.create_wanted)
        self.look_changed()
        self.show_category("")

    def look_changed(self) -> None:
        """What the prices are in stands beside the first line of categories."""
        if hasattr(self, "_prices"):
            self._prices.setMinimumHeight(look().height(metrics.FILTER_CHIP, Type.SMALL))

    def show_category(self, category: str) -> None:
        """Show the products of one category, all with ""."""
        self._read_categories()
        self.category = category if category in self._known else ""
        for chip in self._group.buttons():
            chip.setChecked(chip.property("category") == self.category)
        self.tiles.tiles.show_pages(self._page)
        self._explain()

    def refresh(self, *, catalogue: bool = True) -> None:
        """Look again: levels changed, and with `catalogue` products and their categories, too."""
        if catalogue:
            self._read_categories()
        if self.category and self.category not in self._known:
            self.show_category("")
            return
        self.tiles.tiles.refresh()
        self._explain()

    def _page(self, after: SellRow | None) -> Sequence[SellRow]:
        here = self._parts.shop.location_id
        key = None if after is None else (after.name, after.id)
        return sell_rows(self._parts.reader, "", self.category, here, key)

    def _read_categories(self) -> None:
        known = tuple(each.name for each in categories(self._parts.reader))[:_MOST]
        if known == self._known and self._group.buttons():
            return
        self._known = known
        for chip in self._group.buttons():
            self._group.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for each in ("", *known):
            chip = CategoryChip(text.outside(each, 24) or "All")
            chip.setProperty("category", each)
            chip.setChecked(each == self.category)
            chip.clicked.connect(partial(self.show_category, each))
            self._group.addButton(chip)
            self._flow.add(chip)
        self._chips.setVisible(bool(known))
        self._flow.invalidate()

    def _explain(self) -> None:
        """Say why there is nothing to choose from."""
        some = bool(self.tiles.tiles.rows)
        self._prices.setVisible(some)
        self.tiles.setVisible(some)
        self.empty.setVisible(not some)
        if not some:
            self.empty.say(
                "No products yet", "What you sell stands here, with its price and what is free.", icon="package",
                action="New product",
            )  # fmt: skip
