"""Money is taken in a shift: where none is open, the first sale asks to open one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.parts import Parts
from posapp.queries.shifts import open_shift_of


def ensure_shift(parts: Parts, parent: QWidget, then: Callable[[], None]) -> None:
    """Go on with `then`: at once while a shift is open, else when one was opened, or was not wanted.

    With Esc nothing goes on: the sale stays as it is.
    """
    if open_shift_of(parts.reader) is not None:
        then()
        return
    dialog = OpenShiftDialog(parts, parent, without=then)
    dialog.accepted.connect(then)
    dialog.open()
