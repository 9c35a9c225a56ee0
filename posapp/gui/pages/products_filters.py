"""Above the list of products: the chips, and whose stock it is as of when."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.queries.products import ProductFilter, ProductsSource, Stock

STOCK = (
    (Stock.LOW, "low"),
    (Stock.NONE, "none free"),
    (Stock.RECOUNT, "to be counted again"),
    (Stock.SHOP, "changed in the web shop"),
)


class ProductFilters(QWidget):
    """`changed` comes once for one act of a person. The switch *Low* is the stock chip's value low."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._settling, self._search = parts, False, ""
        self._places: dict[str, str] = {}
        self.stock = FilterChip("Stock", STOCK)
        self.low = FilterChip("Low", icon="triangle-alert")
        self.web = FilterChip("Changed in the web shop", icon="globe")
        self.web.hide()
        self.place = FilterChip("Location", any_word="this till's")
        self.archived = FilterChip("Archived", [("shown", "Archived: shown")], any_word="hidden")
        self.clear_button = Button("Clear filters", Variant.QUIET, Size.SMALL)
        self.clear_button.hide()
        self._since = Label("", Type.SMALL, ink="muted", figures=True)
        flow = Flow(
            self.place, self.stock, self.low, self.web, self.archived, self.clear_button, STRETCH, self._since
        )
        flow.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 12)
        self.setLayout(flow)
        self.stock.changed.connect(self._stock_changed)
        self.low.changed.connect(self._low_changed)
        self.web.changed.connect(self._web_changed)
        self.archived.changed.connect(lambda _: self._tell())
        self.place.changed.connect(lambda _: self._place_changed())
        self.clear_button.clicked.connect(self.clear)
        self.read_places()

    @property
    def location_id(self) -> str:
        """The location whose stock is shown."""
        return self.place.value or self._parts.shop.location_id

    def read_places(self) -> None:
        """Offer the other locations; with only one there is nothing to choose."""
        own = self._parts.shop.location_id
        self._places = {place.id: place.name for place in self._parts.reader.settings().locations}
        others = [(place, text.outside(name, 40)) for place, name in self._places.items() if place != own]
        self.place.set_choices(others)
        self.place.setVisible(bool(others))
        self.say_since()

    def _place_changed(self) -> None:
        self.say_since()
        self._tell()

    def chosen(self) -> ProductFilter:
        """Give the question that is set now."""
        return ProductFilter(
            search=self._search,
            stock=Stock(self.stock.value) if self.stock.value else Stock.ANY,
            archived=self.archived.value is not None,
            location_id=self.location_id,
        )

    def search(self, words: str) -> None:
        """Search for something else."""
        if words != self._search:
            self._search = words
            self._tell()

    def show_filter(self, wanted: ProductFilter) -> None:
        """Set everything as a filter says."""
        self._settling = True
        self._search = wanted.search
        self.stock.set_value(None if wanted.stock == Stock.ANY else wanted.stock)
        self.low.set_value("on" if wanted.stock == Stock.LOW else None)
        self.web.set_value("on" if wanted.stock == Stock.SHOP else None)
        self.archived.set_value("shown" if wanted.archived else None)
        self._settling = False
        self._tell()

    def clear(self) -> None:
        """Show all products that are sold."""
        self.show_filter(ProductFilter())

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self._search or self.stock.value)

    def words(self) -> str:
        """Name what narrows the list."""
        named = [f"stock {dict(STOCK)[Stock(self.stock.value)]}"] if self.stock.value else []
        if self._search:
            named.append(f"“{text.isolated(self._search, 40)}”")
        return ", ".join(named)

    def count_low(self) -> None:
        """Say on the switch how many products run low."""
        low = ProductFilter(stock=Stock.LOW, location_id=self.location_id)
        self.low.set_label(f"Low {text.number(ProductsSource(self._parts.reader, low).count())}")
        self.count_changed()

    def count_changed(self) -> None:
        """Offer what somebody changed in the web shop, while there is such a thing."""
        chosen = ProductFilter(stock=Stock.SHOP, location_id=self.location_id)
        changed = ProductsSource(self._parts.reader, chosen).count()
        self.web.set_label(f"Changed in the web shop {text.number(changed)}")
        self.web.setVisible(changed > 0 or self.web.value is not None)

    def say_since(self) -> None:
        """Say whose stock it is, and as of which look at the web shop."""
        name = text.outside(self._places.get(self.location_id, ""), 40)
        at = self._parts.post.line.last_ok
        since = f"stock as of {text.clock(at, self._parts.shop.zone)}" if at else ""
        self._since.setText(" · ".join(part for part in (name, since) if part))

    def _stock_changed(self, value: str | None) -> None:
        self._settle(
            (self.low, "on" if value == Stock.LOW else None),
            (self.web, "on" if value == Stock.SHOP else None),
        )

    def _low_changed(self, value: str | None) -> None:
        self._settle((self.stock, Stock.LOW if value else None), (self.web, None))

    def _web_changed(self, value: str | None) -> None:
        self._settle((self.stock, Stock.SHOP if value else None), (self.low, None))

    def _settle(self, *others: tuple[FilterChip, str | None]) -> None:
        if self._settling:
            return
        self._settling = True
        for chip, value in others:
            chip.set_value(value)
        self._settling = False
        self._tell()

    def _tell(self) -> None:
        if not self._settling:
            self.clear_button.setVisible(self.is_set)
            self.changed.emit()
