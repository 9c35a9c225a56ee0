"""The footer of the order dialog: the way out, what else can be done, and the commit."""

from PySide6.QtWidgets import QWidget

from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, CommitButton, Variant
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.toggles import Check
from posapp.queries.detail_rows import OrderDetails


class OrderFooter(QWidget):
    """With large text the commit goes on beneath instead of being squeezed."""

    def __init__(self) -> None:
        super().__init__()
        self.close_button = Button("Close", shortcut="Esc")
        self.more = Button("More", icon="chevron-up")
        self.through = Check("Work through the list", muted=True)
        self.next = Button("Next", Variant.PRIMARY)
        self.commit = CommitButton("")
        for widget, name in (
            (self.more, "more"),
            (self.through, "work_through"),
            (self.next, "next_deed"),
            (self.commit, "commit_resolution"),
        ):
            widget.setObjectName(name)
        left, right = QWidget(), QWidget()
        left.setLayout(row(self.close_button, self.more, 8, self.through))
        right.setLayout(row(self.next, self.commit))
        flow = Flow(left, STRETCH, right)
        flow.setContentsMargins(0, 10, 0, 10)
        self.setLayout(flow)
        for deciding in (self.through, self.next, self.commit):  # until an order is shown
            deciding.hide()

    def show_order(self, details: OrderDetails, *, deed: str) -> None:
        """Show the commit where there is something to decide, else the one next deed in words, if any."""
        self.through.setVisible(bool(details.cases))
        self.commit.setVisible(bool(details.offers))
        self.next.setVisible(bool(deed))
        self.next.setText(deed)
