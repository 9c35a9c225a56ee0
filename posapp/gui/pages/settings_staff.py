"""Settings, Staff: who works here and what they may do, and when the till locks itself."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.commands.command import new_command_id
from posapp.commands.shop import ChangeSetting
from posapp.commands.staff import ReturnStaff
from posapp.domain.errors import Refused
from posapp.domain.rights import Right, Role
from posapp.gui import metrics, text
from posapp.gui.dialogs.staff_person import PersonDialog
from posapp.gui.dialogs.staff_role import RoleDialog, can_edit
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.badge import Avatar
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.strip import Strip
from posapp.queries.staff import StaffRow, auto_lock_minutes, roles, staff_rows

_MINUTES = (
    ("0", "Never"),
    *((str(n), f"After {text.plural(n, 'minute')}") for n in (1, 2, 5, 10, 15, 30, 60)),
)
_NO_LOCK = "Nobody signs in here yet. As soon as an owner has a PIN, the till asks who is selling."
_LOCK = "Ctrl+L locks at once. A sale that was begun stays as it is, and so does an open dialog."
_ROLES = "An owner may do everything. The other roles can be edited; limits hold for one sale and one refund."


class StaffSection(Section):
    """Read anew at every change; whoever may not manage staff finds their own PIN here."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Staff")
        self._parts = parts
        self._cards_shown: list[QWidget] = []
        self.activity_button = Button("Activity", size=Size.SMALL, icon="history")
        self.add_beside_title(self.activity_button)
        self.hint = Strip(Tone.MOVED, _NO_LOCK, wrap=True)
        self.add(self.hint)
        parts.changes.changed.connect(self._news)
        parts.who.changed.connect(self.opened)
        self.opened()

    def opened(self) -> None:
        """Read who works here."""
        with self.keeping_focus():
            self._fill()

    def _fill(self) -> None:
        for card in self._cards_shown:
            card.hide()
            card.deleteLater()
        manages = self._parts.who.may(Right.STAFF_MANAGE)
        self.hint.setVisible(not self._parts.who.locks)
        made = [self._people(manages)]
        if manages:
            made += [self._roles(), self._lock()]
        self._cards_shown = list(made)
        self.add(*made)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"StaffChanged", "SettingsChanged"} and self.isVisible():
            self.opened()

    def _people(self, manages: bool) -> Card:
        card = Card(padding=0)
        rows = staff_rows(self._parts.reader)
        shown = rows if manages else [one for one in rows if one.name == self._parts.who.name]
        if manages:
            add = Button("Add somebody", size=Size.SMALL, icon="plus")
            add.clicked.connect(lambda: self._person(None))
            card.add_head("People", STRETCH, add, height=_head())
        else:
            card.add_head("You")
        for at, one in enumerate(shown):
            card.add(*(() if at == 0 else (Divider(),)), self._line(one))
        return card

    def _line(self, one: StaffRow) -> QWidget:
        name = Label(text.outside(one.name, 40), weight=MEDIUM)
        facts = Label(self._facts(one), Type.SMALL, ink="muted", wrap=True)
        words = QWidget()
        words.setLayout(column(name, facts))
        if one.active:
            button = Button("Edit", size=Size.SMALL, name=f"Edit {text.outside(one.name, 40)}")
            button.clicked.connect(lambda: self._person(one))
        else:
            name.set_ink("muted")
            button = Button("Take on again", size=Size.SMALL)
            button.clicked.connect(partial(self._return, one.name))
        line = QWidget()
        box = row(Avatar(one.name, 32), words, button, spacing=12, margins=(16, 10, 16, 10))
        box.setStretch(1, 1)
        line.setLayout(box)
        return line

    def _facts(self, one: StaffRow) -> str:
        if not one.active:
            left = text.date(one.retired_at, self._parts.shop.zone) if one.retired_at else ""
            return f"{text.outside(one.role.name, 40)}, left {left}"
        known = " and ".join(word for word, has in (("PIN", one.has_pin), ("badge", one.has_badge)) if has)
        return f"{text.outside(one.role.name, 40)} · {known or 'no PIN or badge yet'}"

    def _roles(self) -> Card:
        card = Card(padding=0)
        new = Button("New role", size=Size.SMALL, icon="plus")
        new.clicked.connect(lambda: self._role(None))
        card.add_head("Roles", STRETCH, new, height=_head())
        note = QWidget()
        note.setLayout(column(Label(_ROLES, Type.SMALL, ink="muted", wrap=True), margins=(16, 10, 16, 10)))
        card.add(note)
        for role in roles(self._parts.reader):
            card.add(Divider(), self._role_line(role))
        return card

    def _role_line(self, role: Role) -> QWidget:
        words = QWidget()
        name = Label(text.outside(role.name, 40), weight=MEDIUM)
        words.setLayout(column(name, Label(_reach(role), Type.SMALL, ink="muted", wrap=True)))
        line = QWidget()
        parts: list[QWidget] = [words]
        if can_edit(role):
            edit = Button("Edit", size=Size.SMALL, name=f"Edit {text.outside(role.name, 40)}")
            edit.clicked.connect(lambda: self._role(role))
            parts.append(edit)
        box = row(*parts, spacing=12, margins=(16, 10, 16, 10))
        box.setStretch(0, 1)
        line.setLayout(box)
        return line

    def _lock(self) -> Card:
        card = Card()
        self.minutes = Select("Lock by itself", _MINUTES)
        known = str(auto_lock_minutes(self._parts.reader))
        if known in dict(_MINUTES):
            self.minutes.set_value(known)
        self.minutes.changed.connect(self._keep_minutes)
        self.minutes.setMaximumWidth(280)
        card.add(
            Label("Lock", Type.SECTION), 4, Label(_LOCK, Type.SMALL, ink="muted", wrap=True), 12, self.minutes
        )
        return card

    def _person(self, one: StaffRow | None) -> None:
        PersonDialog(self._parts, one, self.window()).open()

    def _role(self, role: Role | None) -> None:
        RoleDialog(self._parts, role, new_command_id(self._parts.clock()), self.window()).open()

    def _return(self, name: str) -> None:
        self._parts.perform(ReturnStaff, name=name, failed=self._refused)

    def _keep_minutes(self, value: str) -> None:
        self._parts.perform(ChangeSetting, key="auto_lock_minutes", value=value, failed=self._refused)

    def _refused(self, why: Refused) -> None:
        self._parts.toast(text.outside(why.message), icon="circle-alert")
        self.opened()


def _head() -> int:
    """The height of a card's head that holds a small button, also with large text."""
    return max(52, look().height(metrics.CONTROL_SMALL) + 20)


def _reach(role: Role) -> str:
    """What a role may do, in a line."""
    if not can_edit(role):
        return "May do everything"
    count = len(role.rights)
    return f"{count} of {len(Right)} rights" if count else "No rights"
