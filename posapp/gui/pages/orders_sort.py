"""In which order the orders are listed: a button with a menu, beside the headers that sort."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from posapp.gui.widgets.button import Button, Size
from posapp.queries.orders import Sort

_WORDS = {
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.LARGEST: "Largest total first",
    Sort.SMALLEST: "Smallest total first",
}
_COLUMNS = {  # column of the table, descending
    Sort.NEWEST: ("placed", True),
    Sort.OLDEST: ("placed", False),
    Sort.LARGEST: ("total", True),
    Sort.SMALLEST: ("total", False),
}


class SortButton(Button):
    """`changed` tells that another order was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        name = f"Sort: {_WORDS[Sort.NEWEST]}"
        super().__init__(size=Size.SMALL, icon="arrow-up-narrow-wide", name=name)
        self.value = Sort.NEWEST
        self.clicked.connect(self._open_menu)

    @property
    def words(self) -> str:
        """Name an order other than the usual one: "oldest first"; "" for that."""
        return "" if self.value is Sort.NEWEST else _WORDS[self.value].lower()

    @property
    def column(self) -> tuple[str, bool]:
        """Give the column whose header bears the arrow, and whether it points down."""
        return _COLUMNS[self.value]

    def set_value(self, value: Sort) -> None:
        """Choose, and tell it when that is a change."""
        if value is not self.value:
            self.value = value
            self.setAccessibleName(f"Sort: {_WORDS[value]}")
            self.setText("")  # the tooltip says it too
            self.changed.emit()

    def choose_column(self, column: str, descending: bool) -> None:
        """Take what a header asks for."""
        self.set_value(next(sort for sort, shown in _COLUMNS.items() if shown == (column, descending)))

    def fill_menu(self, menu: QMenu) -> None:
        """Offer every order."""
        for sort, words in _WORDS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(sort is self.value)
            action.triggered.connect(lambda _=False, each=sort: self.set_value(each))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Sort")
        self.fill_menu(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def sort_named(word: str) -> Sort:
    """The order of a saved view; one that is not known is the usual one."""
    return Sort(word) if word in set(Sort) else Sort.NEWEST
