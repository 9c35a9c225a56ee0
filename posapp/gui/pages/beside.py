"""A list with the panel at its side; where there is no room for both, the panel stands in the list's place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from posapp.gui.theme import look
from posapp.gui.widgets.base import row
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.panel import SidePanel
from posapp.gui.widgets.table_view import TableView

LIST_LEAST = 640  # what a list needs to stand beside its panel, at 100 % text
_ANY_WIDTH = 16_777_215  # Qt's own "no limit"


class ReadingPanel(SidePanel):
    """A side panel that grows with the text up to `most` pixels, and takes the whole width where it stands alone."""

    def __init__(self, title: str, *, width: int, most: int) -> None:
        super().__init__(title, width=width)
        self._base, self._most, self._alone = width, most, False
        self.look_changed()

    @property
    def wide(self) -> int:
        """How wide it is beside a list."""
        return min(look().px(self._base), self._most)

    def stand_alone(self, alone: bool) -> None:
        """Take the whole width, or stand beside the list again."""
        self._alone = alone
        self.look_changed()

    def look_changed(self) -> None:
        """Grow with the text."""
        super().look_changed()
        if hasattr(self, "_alone"):
            self.setMinimumWidth(0 if self._alone else self.wide)
            self.setMaximumWidth(_ANY_WIDTH if self._alone else self.wide)


class Beside(QWidget):
    """Space shows and hides the panel, Esc leaves it where it covers the list. `panel_shown` tells it to be filled.

    The wish to see the panel is remembered while the window is too narrow for it.
    """

    panel_shown = Signal()

    def __init__(self, table: TableView, empty: EmptyState, panel: ReadingPanel) -> None:
        super().__init__()
        self._table, self._empty, self.panel = table, empty, panel
        self._wanted, self._over = True, False
        self.stack = QStackedWidget()
        self.stack.addWidget(table)
        self.stack.addWidget(empty)
        self.setLayout(row(self.stack, panel, spacing=0))
        panel.closed.connect(self.toggle)
        table.previewed.connect(lambda _: self.toggle())

    def show_some(self, some: bool) -> None:
        """Show the list, or why it is empty."""
        self.stack.setCurrentWidget(self._table if some else self._empty)
        self._settle()

    @property
    def _some(self) -> bool:
        return self.stack.currentWidget() is self._table

    def _is_narrow(self) -> bool:
        return self.width() - self.panel.wide < look().px(LIST_LEAST)

    def toggle(self) -> None:
        """Show or hide the panel."""
        if self._is_narrow():
            self._over = not self._over and self._some
        else:
            self._wanted = not self._wanted
        focus = QApplication.focusWidget()
        in_panel = focus is not None and self.panel.isAncestorOf(focus)
        self._settle()
        if not self.panel.isHidden():
            self.panel_shown.emit()
        if self.stack.isHidden():
            self.panel.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif in_panel and self.panel.isHidden():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Go back from a panel that covers the list; False when it does not."""
        if not self.stack.isHidden():
            return False
        self._over = False
        self._settle()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _settle(self) -> None:
        if not self._is_narrow():
            self._over = False
            self.panel.stand_alone(False)
            self.stack.show()
            self.panel.setVisible(self._wanted and self._some)
            return
        over = self._over and self._some
        self.panel.stand_alone(over)
        self.stack.setVisible(not over)
        self.panel.setVisible(over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look whether there is room for both."""
        super().resizeEvent(event)
        was_hidden = self.panel.isHidden()
        self._settle()
        if was_hidden and not self.panel.isHidden():
            self.panel_shown.emit()
