"""The frames of a page: its header, a bar of actions, the panel at its side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from posapp.gui import metrics
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.badge import Badge
from posapp.gui.widgets.base import STRETCH, Item, Surface, Themed, column, fill, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.overlay_bar import OverlayBar


class PageHeader(Themed, QWidget):
    """60 high: title, badge, a muted second fact, then at the right what `add` is given.

    `back` puts an arrow before the title. What does not fit on one line wraps.
    """

    back_pressed = Signal()

    def __init__(self, title: str, *, back: bool = False, badge_noun: str = "order") -> None:
        super().__init__()
        self.title = Label(title, Type.TITLE, figures=True)
        self.badge = Badge(noun=badge_noun, large=True)
        self.fact = Label("", Type.SMALL, ink="muted", figures=True)
        self._flow = Flow(spacing=metrics.S12)
        side = metrics.PAGE_MARGIN
        self._flow.setContentsMargins(side - (8 if back else 0), 12, side, 12)
        if back:
            arrow = Button("", Variant.QUIET, Size.SMALL, icon="chevron-left", name="Back")
            arrow.clicked.connect(self.back_pressed)
            self._flow.add(arrow)
        self._flow.add(self.title, self.badge, self.fact)
        self._beside = self._flow.count()
        self._flow.add(STRETCH)
        self.setLayout(self._flow)
        self.fact.hide()
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the height of one line."""
        self.setMinimumHeight(look().height(metrics.CONTROL) + 24)

    def add(self, *items: Item) -> None:
        """Add fields and buttons at the right end, 12 apart."""
        self._flow.add(*items)

    def add_beside_title(self, *items: QWidget) -> None:
        """Add a segmented control or a chip right after the title."""
        for item in items:
            self._flow.insert(self._beside, item)
            self._beside += 1

    def set_title(self, title: str) -> None:
        """Name the page anew."""
        self.title.setText(title)

    def set_fact(self, words: str, *, ink: str = "muted", icon: str | None = None) -> None:
        """Say the second fact; one that warns has an ink and an icon."""
        self.fact.setText(words)
        self.fact.setVisible(bool(words))
        self.fact.set_ink(ink)
        self.fact.set_icon(icon)


class Bar(Surface):
    """A row of controls with page margins: filters (44), actions (64), a footer (60). `fill` is a token."""

    def __init__(
        self, *items: Item, height: int = metrics.ACTION_BAR, fill: str = "bg", lines: str = "top"
    ) -> None:
        super().__init__(fill, lines)
        self._base = height
        self.row = row(*items, margins=(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 0))
        self.setLayout(self.row)
        self.look_changed()

    def look_changed(self) -> None:
        """Keep room above and below controls that are as high as the bar itself."""
        super().look_changed()
        if hasattr(self, "row"):  # Surface asks for it while this is still being made
            beside, room = self.row.contentsMargins(), 0 if look().scale == 1 else 8
            self.row.setContentsMargins(beside.left(), room, beside.right(), room)
            self.setMinimumHeight(max(self._base, look().height(metrics.COMMIT) + 2 * room))

    def add(self, *items: Item) -> None:
        """Add more at the right end."""
        fill(self.row, items)


class Scroll(QScrollArea):
    """A page or panel that scrolls when room is short."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        OverlayBar(self)
        self.setWidget(inner)
        # Qt has just switched these on; what lies behind shall show through.
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)


class SidePanel(Surface):
    """Reading beside a table: title with x, a scrolling middle, a footer of actions. `closed`: x was pressed."""

    closed = Signal()

    def __init__(self, title: str = "", *, width: int = metrics.SIDE_PANEL, closable: bool = True) -> None:
        super().__init__("raised", "left")
        self.setFixedWidth(width)
        self.setAccessibleName(title)
        self.title = Label(title, Type.SECTION)
        self.close_button = Button("", Variant.QUIET, Size.SMALL, icon="x", name="Close panel")
        self.close_button.clicked.connect(self.closed)
        if not closable:
            self.close_button.hide()
        head = row(self.title, STRETCH, self.close_button, margins=(20, 14, 14, 6))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(20, 0, 20, 16)
        self.body.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self.body)
        self.footer = Bar(height=metrics.DIALOG_FOOTER, fill="raised")
        self.footer.row.setContentsMargins(20, 0, 19, 0)
        self.footer.hide()
        box = column(head, Scroll(inner), self.footer, margins=(1, 0, 0, 0))
        self.setLayout(box)

    def set_title(self, title: str) -> None:
        """Name what it shows."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def add(self, *items: Item) -> None:
        """Add parts beneath what is there; end with `STRETCH` to keep them at the top."""
        fill(self.body, items)

    def clear(self) -> None:
        """Take the parts of the middle away, to fill it for another row."""
        clear_layout(self.body)


def clear_layout(box: QLayout) -> None:
    """Empty a layout and delete what stood in it."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)
