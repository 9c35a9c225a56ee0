"""A role: which rights it has, and how far two of them reach."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.staff import RemoveRole, SaveRole
from posapp.domain.rights import MOST_NAME, OWNER_ROLE, PRESETS, Right, Role
from posapp.gui import text
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.typed import Unreadable, read_amount, read_percent, shown_amount, shown_percent
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Check

_SIZE = QSize(640, 660)
_INDENT = 24


class RoleDialog(FormDialog):
    """Makes a role, or changes one. Nobody can give a right that they have not: the desk says so."""

    def __init__(self, parts: Parts, role: Role | None, new_id: str, parent: QWidget) -> None:
        title = text.outside(role.name, MOST_NAME) if role else "New role"
        super().__init__(title, parent, size=grown(_SIZE))
        self._parts, self._role = parts, role
        self._id = role.id if role else new_id
        self.name = Input("Name of the role", role.name if role else "")
        self.name.edit.setMaxLength(MOST_NAME)
        self.checks: dict[Right, Check] = {}
        self.limits: dict[Right, Input] = {}
        self.add(self.name, 16, Label("May", Type.SMALL, ink="muted"), 4)
        for right in Right:
            self.add(*self._line(right), 4)
        self.add(12, self.problem, 12)
        self._foot()
        self._before = self._now()

    def _line(self, right: Right) -> tuple[QWidget, ...]:
        has = self._role.rights if self._role else {}
        check = Check(right.words[0].upper() + right.words[1:], checked=right in has)
        self.checks[right] = check
        if not right.is_limited:
            return (check,)
        percent = right is Right.DISCOUNT
        limit = has.get(right)
        shown = "" if limit is None else self._shown(right, limit)
        field = Input(
            "At most; left empty, any",
            shown,
            trailing="%" if percent else self._parts.shop.currency,
            name=f"At most, {right.words}",
        )
        field.setMaximumWidth(260)
        self.limits[right] = field
        field.setVisible(check.isChecked() and field.parent() is not None)
        field.setHidden(not check.isChecked())
        check.toggled.connect(field.setVisible)
        under = QWidget()
        under.setLayout(row(_INDENT, field, STRETCH, spacing=0))
        return check, under

    def _shown(self, right: Right, limit: int) -> str:
        if right is Right.DISCOUNT:
            return shown_percent(limit)
        return shown_amount(limit, self._parts.shop.currency)

    def _foot(self) -> None:
        self.commit = Button("Save", Variant.PRIMARY)
        self.commit.clicked.connect(self._save)
        out = Button("Cancel", shortcut="Esc")
        preset = PRESETS.get(self._id)
        if preset is not None and self._role is not None and self._role != preset:
            back = Button("As delivered")
        elif preset is None and self._role is not None:
            back = Button("Remove role", icon="trash-2", warns=True)
        else:
            self.set_footer(out, STRETCH, self.commit)
            return
        back.clicked.connect(self._remove)
        self.set_footer(out, back, STRETCH, self.commit)

    def _now(self) -> tuple[str, tuple[tuple[bool, str], ...]]:
        typed = {right: field.text for right, field in self.limits.items()}
        return self.name.text, tuple((self.checks[r].isChecked(), typed.get(r, "")) for r in Right)

    def is_dirty(self) -> bool:
        """Whether something was changed that closing would lose."""
        return self._now() != self._before

    def rights(self) -> dict[Right, int | None] | None:
        """What is ticked, with its limits; None where a limit cannot be read, which is said beside it."""
        found: dict[Right, int | None] = {}
        fine = True
        for right, check in self.checks.items():
            if not check.isChecked():
                continue
            field = self.limits.get(right)
            try:
                found[right] = self._limit(right, field.text) if field and field.text else None
            except Unreadable as why:
                assert field is not None
                field.set_error(str(why))
                fine = False
        return found if fine else None

    def _limit(self, right: Right, typed: str) -> int:
        if right is Right.DISCOUNT:
            return read_percent(typed)
        return read_amount(typed, self._parts.shop.currency)

    def _save(self) -> None:
        self.name.set_error("" if self.name.text else "Give the role a name.")
        for field in self.limits.values():
            field.set_error("")
        rights = self.rights()
        if rights is None or not self.name.text or self.is_busy:
            return
        self.begin(self.commit)
        self._parts.perform(
            SaveRole, role_id=self._id, name=self.name.text, rights=rights,
            done=lambda _: self._done("Saved"), failed=self.refused,
        )  # fmt: skip

    def _remove(self) -> None:
        if not self.is_busy:
            self.begin(self.commit)
            self._parts.perform(
                RemoveRole, role_id=self._id, done=lambda _: self._done("Done"), failed=self.refused
            )

    def _done(self, words: str) -> None:
        self.done_waiting()
        self._parts.toast(words)
        self._leave()


def can_edit(role: Role) -> bool:
    """Whether a role can be changed: an owner may always do everything."""
    return role.id != OWNER_ROLE
