"""The left side of the Sell page: the field, what a code was that nothing has, and the tiles, or the basket's lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.pages.sell_basket import BasketPanel
from posapp.gui.pages.sell_field import SellField
from posapp.gui.pages.sell_grid import SellGrid
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import Surface, Themed, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.strip import Strip


class SellShelf(Themed, QWidget):
    """With the tiles hidden, the lines of `panel` take their place: there they have more room.

    `create_wanted` brings the code a product is to be made for, "" for none.
    """

    create_wanted = Signal(str)

    def __init__(self, parts: Parts, panel: BasketPanel) -> None:
        super().__init__()
        self._parts, self._panel = parts, panel
        self.code = ""  # the last one that nothing has
        self.field = SellField(parts)
        self.hide_button = Button("Hide products", icon="panel-right-close")
        self.strip = Strip(Tone.WAITING, "", icon="scan-barcode", wrap=True)
        self.strip.hide()
        self.create_button = self.strip.add_button("Create product", icon="plus")
        self.search_button = self.strip.add_button("Search", icon="search")
        self.close_button = self.strip.add_button("Close")
        self.grid = SellGrid(parts)
        self._lay_out()
        self.hide_button.clicked.connect(self._toggle)
        self.create_button.clicked.connect(lambda: self.create_wanted.emit(self.code))
        self.search_button.clicked.connect(self._search_code)
        self.close_button.clicked.connect(self.close_strip)
        self.grid.create_wanted.connect(lambda: self.create_wanted.emit(""))
        self.look_changed()
        if parts.preferences.known.hide_products:
            self.show_tiles(False)

    def _lay_out(self) -> None:
        top = row(self.field, self.hide_button, spacing=12)
        head = column(top, self.strip, spacing=12, margins=(24, 12, 16, 12))
        self._tiles = QWidget()
        self._tiles.setLayout(column(self.grid, margins=(24, 0, 4, 12)))
        self._wide = Surface("raised", "top")
        self._wide_box = column(margins=(0, 1, 0, 0))
        self._wide.setLayout(self._wide_box)
        self._wide.hide()
        box = column(head, self._tiles, self._wide)
        box.setStretch(1, 1)
        box.setStretch(2, 1)
        self.setLayout(box)

    def look_changed(self) -> None:
        """The button beside the field is as high as it."""
        if hasattr(self, "hide_button"):
            self.hide_button.setFixedHeight(look().height(metrics.CONTROL_LARGE))

    # --- the tiles ------------------------------------------------------------------------------------

    @property
    def shows_tiles(self) -> bool:
        """Say whether products can be chosen by tiles."""
        return not self._tiles.isHidden()

    def _toggle(self) -> None:
        self.show_tiles(not self.shows_tiles)
        self._parts.preferences.change(hide_products=not self.shows_tiles)
        self.search()

    def show_tiles(self, show: bool) -> None:
        """Show the tiles, or the basket's lines in their place."""
        if show == self.shows_tiles:
            return
        self._tiles.setVisible(show)
        self._wide.setVisible(not show)
        if show:
            self._wide_box.removeWidget(self._panel.lines)
            self._panel.take_lines()
        else:
            self._wide_box.addWidget(self._panel.give_lines())
        self._panel.lines.show()
        self.hide_button.setText("Hide products" if show else "Show products")

    # --- the field and codes that nothing has -----------------------------------------------------------

    def search(self) -> None:
        """Give the field the keys."""
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def say_unknown(self, code: str) -> None:
        """Say that nothing has this code, and offer what can be done about it."""
        self.code = code
        self.strip.say(f"Nothing here has the code {text.isolated(code, 40)}")
        self.strip.show()

    def close_strip(self) -> bool:
        """Take it away; False where there was none."""
        if self.strip.isHidden():
            return False
        self.strip.hide()
        self.search()
        return True

    def _search_code(self) -> None:
        self.close_strip()
        self.field.edit.setText(self.code)
        self.search()
