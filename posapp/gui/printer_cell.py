"""The printer in the status line: how it stands, in words, and where to see what waits."""

from PySide6.QtCore import QObject

from posapp.gui import paper_words
from posapp.gui.main_window import MainWindow
from posapp.gui.pages.settings import PRINTING, SettingsPage
from posapp.gui.paper import PaperState
from posapp.gui.parts import Parts

CELL = "printer"


class PrinterCell(QObject):
    """No cell where no printer is set up. A new trouble is also said once where everybody looks."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self._said = ""
        parts.paper.state_changed.connect(self.show_state)
        self.show_state(parts.paper.state)

    def show_state(self, state: PaperState) -> None:
        """Bring the cell up to date."""
        if state.phase == "none":
            self._window.status.drop_cell(CELL)
            return
        trouble = state.phase == "trouble"
        self._window.status.set_cell(
            CELL,
            paper_words.status(state),
            icon="printer",
            ink="attention" if trouble else "muted",
            action="Review" if trouble else "",
        )
        if trouble and state.trouble != self._said:
            words = f"Printer: {paper_words.wrong(state.trouble)}"
            self._parts.toast(words, icon="printer", action="What to do", on_action=self.open)
        if trouble or state.phase == "ready":
            self._said = state.trouble

    def open(self) -> None:
        """Show what waits and what to do."""
        page = self._window.open_page("settings")
        assert isinstance(page, SettingsPage)
        page.show_section(PRINTING)
