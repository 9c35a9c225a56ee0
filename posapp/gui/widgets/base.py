"""What every widget of ours shares: it measures itself anew when the look changes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from posapp.gui.theme import look

STRETCH = -1  # in `row` and `column`: the place that takes what room is left

_Box = TypeVar("_Box", bound=QBoxLayout)
Item = QWidget | QLayout | int


class Themed:
    """Put before the Qt class: `class Button(Themed, QPushButton)`."""

    def look_changed(self) -> None:
        """Take fonts and sizes from `look()`; called once by the constructor and upon every switch."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells a new look as a StyleChange, because the style sheet changes with it."""
        super().changeEvent(event)  # type: ignore[misc]  # the Qt class comes after this one
        if event.type() == QEvent.Type.StyleChange:
            self.look_changed()


class Surface(Themed, QWidget):
    """A plain area filled with one token of the look, with lines at the edges it names.

    `fill` names a token such as "surface"; `lines` says which edges have a 1 px line, as in "top bottom".
    """

    def __init__(self, fill: str = "bg", lines: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self._edges = [getattr(Qt.Edge, f"{edge.capitalize()}Edge") for edge in lines.split()]
        self.look_changed()

    def look_changed(self) -> None:
        """Fill through the palette, which costs no painting in Python."""
        colour: QColor = getattr(look().tokens, self._fill)
        made = self.palette()
        made.setColor(self.backgroundRole(), colour)
        self.setPalette(made)
        self.setAutoFillBackground(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edges' lines."""
        if self._edges:
            draw_edges(self, self._edges)


def draw_edges(widget: QWidget, edges: Sequence[Qt.Edge]) -> None:
    """Draw 1 px lines along the named edges of a widget, from within its paintEvent."""
    painter = QPainter(widget)
    line = look().tokens.line
    wide, high = widget.width(), widget.height()
    rects = {
        Qt.Edge.TopEdge: (0, 0, wide, 1),
        Qt.Edge.BottomEdge: (0, high - 1, wide, 1),
        Qt.Edge.LeftEdge: (0, 0, 1, high),
        Qt.Edge.RightEdge: (wide - 1, 0, 1, high),
    }
    for edge in edges:
        painter.fillRect(*rects[edge], line)
    painter.end()


def fill(box: _Box, items: Sequence[Item]) -> _Box:
    """Add widgets, layouts, spaces (pixels) and `STRETCH` to a box, in order."""
    for item in items:
        if isinstance(item, int):
            box.addStretch(1) if item == STRETCH else box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


def row(*items: Item, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay widgets side by side; an int is a space in pixels, `STRETCH` takes the rest."""
    box = QHBoxLayout()
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    return fill(box, items)


def column(*items: Item, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay widgets beneath each other; an int is a space in pixels, `STRETCH` takes the rest."""
    box = QVBoxLayout()
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    return fill(box, items)


def add_to_stack(stack: QStackedWidget, page: QWidget) -> None:
    """Add a page to a stack and have Tab come to it where the stack stands; Qt would put it behind everything."""
    stack.addWidget(page)
    follow(stack, page)


def follow(before: QWidget, newcomer: QWidget) -> None:
    """Have Tab come to what lies in a widget right after another one, in the order in which it was laid out.

    Qt orders only what takes the focus, so places that hold others (stacks) take it for this moment.
    Its own chain is not asked: `nextInFocusChain` tells Python that each widget belongs to the one before.
    """
    tab, none = Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus
    window = before.window()  # the list of a select lies in another one
    inside = [w for w in (newcomer, *newcomer.findChildren(QWidget)) if w.window() is window]
    chain = (before, *(w for w in inside if w.focusPolicy() & tab or isinstance(w, QStackedWidget)))
    places = [w for w in chain if w.focusPolicy() == none]
    for place in places:
        place.setFocusPolicy(tab)
    for first, second in pairwise(chain):
        QWidget.setTabOrder(first, second)
    for place in places:
        place.setFocusPolicy(none)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something that no focus change would tell."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
