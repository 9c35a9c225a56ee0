"""The top line: whose shop and till this is, the field that finds anything, and who works here."""

from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD
from posapp.gui.theme import look
from posapp.gui.widgets.badge import Avatar
from posapp.gui.widgets.base import STRETCH, Surface, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.jump_box import JumpBox
from posapp.gui.widgets.label import Label


class TopBar(Surface):
    """52 high. The brand is as wide as the rail, so that the jump box stands over the page's left edge."""

    def __init__(self, jump: JumpBox) -> None:
        super().__init__("surface", "bottom")
        self.setAccessibleName("Top bar")
        self._shop = Label(weight=SEMIBOLD, icon="store")
        self._shop.set_icon_ink("primary")
        self._till = Label(ink="muted")
        self._avatar = Avatar("")
        self._person = Label(weight=MEDIUM)
        self._role = Label(ink="muted")
        self.lock = Button("Lock", icon="lock")
        self.lock.setToolTip("Lock the till, or let somebody else work here")
        self.lock.hide()
        self._brand = QWidget()
        self._brand.setLayout(row(self._shop, self._till, STRETCH))
        self.setLayout(
            row(
                self._brand,
                jump,
                STRETCH,
                self._avatar,
                self._person,
                self._role,
                self.lock,
                margins=(20, 1, 20, 1),
            )
        )
        self.look_changed()

    def look_changed(self) -> None:
        """Keep height and place."""
        super().look_changed()
        self.setFixedHeight(look().height(metrics.CONTROL) + 16)
        if hasattr(self, "_brand"):
            self._brand.setMinimumWidth(look().px(metrics.RAIL) + 16 - 20 - 8)

    def set_shop(self, shop: str, till: str) -> None:
        """Name shop and till."""
        self._shop.setText(text.outside(shop, 40))
        self._till.setText(f"· {text.outside(till, 24)}" if till else "")

    def set_person(self, name: str, role: str) -> None:
        """Name who works at this till."""
        self._avatar.set_name(name)
        self._person.setText(text.outside(name, 40))
        self._role.setText(role)
        self._avatar.setVisible(bool(name) and self._avatar.parent() is not None)
