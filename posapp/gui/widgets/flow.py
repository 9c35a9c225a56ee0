"""A row that wraps: with large text or a narrow window its items go on beneath, instead of being squeezed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget, QWidgetItem

from posapp.gui.widgets.base import STRETCH, Item


class Flow(QLayout):
    """Lays items side by side. While they fit on one line, a `STRETCH` among them pushes the rest to the right."""

    def __init__(self, *items: Item, spacing: int = 8, line_spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._sizes: dict[QLayoutItem, QSize] = {}  # Qt asks for all of these many times over
        self._heights: dict[int, int] = {}  # by width
        self._hint: QSize | None = None
        self._least: QSize | None = None
        self._line_spacing = line_spacing
        self.setSpacing(spacing)
        self.add(*items)

    def add(self, *items: Item) -> None:
        """Add widgets, spaces and at most one `STRETCH` at the end."""
        for item in items:
            self.insert(len(self._items), item)

    def insert(self, at: int, item: Item) -> None:
        """Add one item before the one at a place."""
        if isinstance(item, QWidget):
            self.addChildWidget(item)
            self._items.insert(at, QWidgetItem(item))
        elif isinstance(item, int):
            grows = QSizePolicy.Policy.Expanding if item == STRETCH else QSizePolicy.Policy.Fixed
            self._items.insert(at, QSpacerItem(max(0, item), 0, grows, QSizePolicy.Policy.Fixed))
        else:
            raise TypeError("a flow holds widgets and spaces, no layouts")
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Qt adds through this."""
        self._items.append(item)

    def count(self) -> int:
        """Say how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item, none beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the width it gets."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def invalidate(self) -> None:
        """Measure anew: an item came, went, or asks for another size."""
        self._sizes.clear()
        self._heights.clear()
        self._hint = self._least = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Say how high the lines are in this width."""
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All on one line."""
        if self._hint is None:
            margins = self.contentsMargins()
            wide = self._width_of(self._shown()) + margins.left() + margins.right()
            self._hint = QSize(wide, self.heightForWidth(wide))
        return self._hint

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        if self._least is None:
            margins = self.contentsMargins()
            shown = self._shown()
            wide = max((item.minimumSize().width() for item in shown), default=0)
            high = max((self._size(item).height() for item in shown), default=0)
            self._least = QSize(
                wide + margins.left() + margins.right(), high + margins.top() + margins.bottom()
            )
        return self._least

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item.spacerItem() is not None or not item.isEmpty()]

    def _size(self, item: QLayoutItem) -> QSize:
        if item not in self._sizes:
            self._sizes[item] = item.sizeHint()
        return self._sizes[item]

    def _width_of(self, items: Sequence[QLayoutItem]) -> int:
        widgets = [item for item in items if item.widget() is not None]
        return sum(self._size(item).width() for item in items) + self.spacing() * max(0, len(widgets) - 1)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        if self._width_of(shown) <= width:
            return [shown]
        lines: list[list[QLayoutItem]] = [[]]
        for item in shown:
            if item.widget() is None:
                continue
            if lines[-1] and self._width_of([*lines[-1], item]) > width:
                lines.append([])
            lines[-1].append(item)
        return lines

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the items, or only measure; give the height with its margins."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        top = inner.top()
        lines = self._lines(inner.width())
        for line in lines:
            high = max((self._size(item).height() for item in line), default=0)
            if move:
                high_here = max(high, inner.height()) if len(lines) == 1 else high
                self._place(line, QRect(inner.left(), top, inner.width(), high_here))
            top += high + self._line_spacing
        return top - self._line_spacing - rect.top() + margins.bottom()

    def _place(self, line: Sequence[QLayoutItem], rect: QRect) -> None:
        spare = max(0, rect.width() - self._width_of(line))
        x = rect.left()
        for item in line:
            size = self._size(item)
            wide = min(size.width(), rect.width())
            if item.widget() is None:
                x += size.width() + (spare if item.expandingDirections() & Qt.Orientation.Horizontal else 0)
                continue
            self._put(
                item, QRect(x, rect.top() + (rect.height() - size.height()) // 2, wide, size.height()), rect
            )
            x += wide + self.spacing()

    def _put(self, item: QLayoutItem, box: QRect, rect: QRect) -> None:
        """Mirror the place in a window that reads from the right."""
        parent = self.parentWidget()
        if parent is not None and parent.isRightToLeft():
            box.moveRight(rect.left() + rect.right() - box.left())
        item.setGeometry(box)
