"""What the shell asks of a page; a page overrides what it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the window. The shell calls these; it knows nothing else of a page."""

    def search(self) -> None:
        """F2: put the focus into the page's search field."""

    def print_page(self) -> None:
        """Ctrl+P: print what the page shows."""

    def back(self) -> bool:
        """Esc: go one level back within the page; False when there is none."""
        return False

    def opened(self) -> None:
        """The page has just been shown: read what it shows, place the focus."""
        self.setFocus()

    def toast_inset(self) -> int:
        """How many pixels at its right a toast must not cover: what is pressed next."""
        return 0

    def regions(self) -> Sequence[QWidget]:
        """Ctrl+F6: the parts of the page that take the focus in turn."""
        return ()


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One line of the table of pages. `key` is its shortcut's id; a page without `icon` is not in the rail.

    `under` names the page that the rail marks while this one is shown.
    """

    id: str
    words: str
    make: Callable[[], Page]
    icon: str = ""
    key: str = ""
    under: str = ""
