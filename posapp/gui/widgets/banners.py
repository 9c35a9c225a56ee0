"""The banners above the page: one per condition, only while it is true, pushing the page, never covering it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import announce, column, follow
from posapp.gui.widgets.strip import Banner

Deed = tuple[str, str | None, Callable[[], object]]  # word, icon, what it does


class Banners(QWidget):
    """Shows and drops banners by the id of their condition."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = column()
        self.setLayout(self._stack)
        self._shown: dict[str, Banner] = {}

    def show_banner(
        self,
        condition: str,
        tone: Tone,
        first: str,
        rest: str = "",
        *,
        icon: str | None = None,
        deeds: Sequence[Deed] = (),
    ) -> Banner:
        """Show the condition, or bring its words up to date; buttons stay as they were at first."""
        banner = self._shown.get(condition)
        if banner is not None:
            banner.say(first, rest)
            return banner
        banner = self._shown[condition] = Banner(tone, first, rest, icon=icon)
        for word, deed_icon, deed in deeds:
            banner.add_button(word, icon=deed_icon).clicked.connect(deed)
        self._stack.addWidget(banner)
        follow(self, banner)
        announce(self, banner.accessibleName())
        return banner

    def drop(self, condition: str) -> None:
        """Take the banner away; nothing happens when there is none."""
        banner = self._shown.pop(condition, None)
        if banner is not None:
            self._stack.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def shown(self) -> tuple[str, ...]:
        """Give the conditions that have a banner."""
        return tuple(self._shown)
