"""The one button of a section of Settings: what was changed goes to the desk, and it is said once when all is saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.parts import Parts
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input


class SaveButton(Button):
    """Saves what `changed` says, setting by setting, unless a field is not `readable`; Enter in a field saves too.

    `refused` is emitted once a refusal was said: the section shows how it stands.
    """

    refused = Signal()

    def __init__(
        self,
        parts: Parts,
        fields: Sequence[Input],
        changed: Callable[[], dict[str, str]],
        readable: Callable[[], bool],
    ) -> None:
        super().__init__("Save", Variant.PRIMARY)
        self._parts, self._changed, self._readable = parts, changed, readable
        self._waiting = 0
        for field in fields:
            field.changed.connect(lambda _: self.offer())
            field.entered.connect(lambda _: self._save())
        self.clicked.connect(self._save)

    def offer(self) -> None:
        """Be there for what was changed."""
        if self._changed():
            self.enable()
        else:
            self.disable("Nothing was changed")

    def _save(self) -> None:
        changed = self._changed()
        if not self._readable() or not changed:
            return
        self._waiting = len(changed)
        self.disable("Saving")
        for key, value in changed.items():
            self._parts.perform(
                ChangeSetting, key=key, value=value, done=lambda _: self._saved(), failed=self._refused
            )

    def _saved(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._parts.toast("Saved")
            self.offer()

    def _refused(self, why: Refused) -> None:
        self._parts.toast(text.outside(why.message), icon="circle-alert")
        self.refused.emit()
