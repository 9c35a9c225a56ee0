"""Opening the cash drawer without a sale: why, and by whom, is written down before it opens."""

from PySide6.QtWidgets import QWidget

from posapp.commands.no_sale import OpenDrawer
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl

_WIDE = 520
_LONGEST = 100
_OTHER = "other"
REASONS = (("Change for a customer", "Change"), ("Count the cash", "Count"), (_OTHER, "Something else"))


class OpenDrawerDialog(FormDialog):
    """The drawer opens once the reason lies in the journal; who may not open it is helped by a manager's PIN."""

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__("Open the drawer", parent)
        self._parts = parts
        self.why = SegmentedControl(REASONS, name="What for")
        self.reason = Input("What for", placeholder="Diesel receipt, keys, …")
        self.reason.edit.setMaxLength(_LONGEST)
        self.commit = Button("Open the drawer", Variant.PRIMARY, icon="wallet-cards")
        told = "Without a sale. Your name and the reason are written down."
        self.add(Label(told, Type.SMALL, ink="muted", wrap=True), 12, self.why, 12, self.reason)
        self.add(8, self.problem, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        self.why.changed.connect(self._choose)
        self.reason.changed.connect(lambda _: self.reason.set_error(""))
        self.reason.entered.connect(lambda _: self._press())
        self.commit.clicked.connect(self._press)
        self.fit_fields(_WIDE)  # with the reason, so that nothing moves when it is asked for
        self._choose(self.why.value)
        self.commit.setFocus()

    def is_dirty(self) -> bool:
        """Nothing is lost but a reason that is quickly typed."""
        return False

    def _choose(self, why: str) -> None:
        self.reason.setVisible(why == _OTHER)
        if why == _OTHER:
            self.reason.edit.setFocus()

    def _press(self) -> None:
        reason = self.reason.text if self.why.value == _OTHER else self.why.value
        self.reason.set_error("" if reason else "Say what it is opened for.")
        if self.is_busy or not reason:
            return
        self.begin(self.commit)
        self._parts.perform(OpenDrawer, reason=reason, done=self._opened, failed=self.refused)

    def _opened(self, _outcome: object) -> None:
        self.done_waiting()
        self._parts.paper.kick_drawer()
        self.accept()
