"""One person of the staff: name, role, PIN and badge."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.staff import AddStaff, ChangeRole, NoteSecret, RetireStaff
from posapp.domain.errors import Refused
from posapp.domain.pins import LONGEST, check_badge, check_pin
from posapp.domain.rights import MOST_NAME, Right
from posapp.gui import text
from posapp.gui.answers import Answers
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.scanner import take_scans
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.pins import Verdict, forgotten, without_badge
from posapp.queries.staff import StaffRow, roles

_NAME = "The name stands in the journal for good; it cannot be changed, nor given to anybody else later."
_PIN = "4 to 6 digits. Nobody can read it again, not even you."
_SIZE = QSize(560, 540)


class PersonDialog(FormDialog):
    """Adds somebody, or changes somebody's role, PIN and badge. Each is a command of its own, in turn."""

    def __init__(self, parts: Parts, row: StaffRow | None, parent: QWidget) -> None:
        super().__init__(
            text.outside(row.name, MOST_NAME) if row else "Add somebody", parent, size=grown(_SIZE)
        )
        self._parts, self._row = parts, row
        self._answers = Answers(self)
        self._todo: list[Callable[[], None]] = []
        known = [(role.id, text.outside(role.name, 40)) for role in roles(parts.reader)]
        self.name = Input("Name")
        self.name.edit.setMaxLength(MOST_NAME)
        self.role = Select("Role", known, row.role.id if row else "cashier")
        self.now = Input("Your PIN now", secret=True)
        self.pin = Input("New PIN" if row and row.has_pin else "PIN", secret=True)
        self.again = Input("The same again", secret=True)
        for field in (self.now, self.pin, self.again):
            field.edit.setMaxLength(LONGEST)
        self.badge = Input("Badge", placeholder="Scan it here", icon="id-card")
        take_scans(self.badge.edit, enter=False)
        self._lay_out()

    def _lay_out(self) -> None:
        row, manages = self._row, self._parts.who.may(Right.STAFF_MANAGE)
        if row is None:
            self.add(self.name, 4, Label(_NAME, Type.CAPTION, ink="muted", wrap=True), 16)
        self.add(self.role, 20)
        self.role.setVisible(manages)
        if self._asks_now:
            self.add(self.now, 12)
        pins = FieldRow((self.pin, 1), (self.again, 1), wide=360)
        keep = " Left empty, the one there is stays." if row and row.has_pin else ""
        self.add(pins, 4, Label(_PIN + keep, Type.CAPTION, ink="muted", wrap=True), 16, self.badge)
        if row and row.has_badge:
            away = Button("Take the badge away", Variant.QUIET, icon="x", flush=True)
            away.clicked.connect(self._take_badge)
            self.add(
                4, Label("There is one. Scan another to replace it.", Type.CAPTION, ink="muted"), 4, away
            )
        self.add(16, self.problem, STRETCH)
        self.commit = Button("Save" if row else "Add", Variant.PRIMARY)
        self.commit.clicked.connect(self._save)
        if row and manages:
            leaves = Button("Leaves the shop…", icon="trash-2", warns=True)
            leaves.clicked.connect(self._ask_retire)
            self.set_footer(Button("Close", shortcut="Esc"), leaves, STRETCH, self.commit)
        else:
            self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        first = (
            self.name if row is None else self.role if manages else self.now if self._asks_now else self.pin
        )
        first.setFocus()

    @property
    def _asks_now(self) -> bool:
        """Whoever sits at a till that was left open must not be able to set its person's PIN."""
        return bool(self._row and self._row.has_pin and self._row.name == self._parts.who.name)

    def is_dirty(self) -> bool:
        """Whether something was typed that closing would lose."""
        fields = (self.name, self.pin, self.again, self.badge)
        return any(field.text for field in fields) or bool(self._row and self.role.value != self._row.role.id)

    def scan(self, code: str) -> bool:
        """A badge was scanned: it goes to its field, wherever the focus is."""
        self.badge.set_text(code)
        return True

    @property
    def who(self) -> str:
        """Whom it is about."""
        return self._row.name if self._row else " ".join(self.name.text.split())

    def _save(self) -> None:
        if self.is_busy or not self._check():
            return
        self.begin(self.commit)
        self._todo = self._steps()
        if self._asks_now and self.pin.text:
            checking = self._parts.who.pins.check_pin(self.who, self.now.text)
            self._answers.wait(checking, self._proved)
        else:
            self._go_on()

    def _check(self) -> bool:
        """Say beside each field what is wrong with it."""
        self.name.set_error("" if self.who else "Give a name.")
        self.again.set_error("" if self.pin.text == self.again.text else "The two are not the same.")
        self.pin.set_error(_wrong(check_pin, self.pin.text))
        self.badge.set_error(_wrong(check_badge, self.badge.text))
        if self._row is None and not (self.pin.text or self.badge.text):
            self.pin.set_error("Give a PIN or a badge: nobody signs in without.")
        fields = (self.name, self.again, self.pin, self.badge)
        return not any(field.edit.accessibleDescription() for field in fields)

    def _steps(self) -> list[Callable[[], None]]:
        steps: list[Callable[[], None]] = []
        if self._row is None:
            steps.append(lambda: self._do(AddStaff, name=self.who, role_id=self.role.value))
        elif self.role.value != self._row.role.id:
            steps.append(lambda: self._do(ChangeRole, name=self.who, role_id=self.role.value))
        if self.pin.text:
            steps.append(lambda: self._keep("pin", self._parts.who.pins.keep_pin(self.who, self.pin.text)))
        if self.badge.text:
            pins, code = self._parts.who.pins, self.badge.text
            steps.append(lambda: self._keep("badge", pins.keep_badge(self.who, code)))
        return steps

    def _proved(self, verdict: Verdict) -> None:
        if verdict.name:
            self._go_on()
            return
        self.done_waiting()
        self.now.set_error(verdict.words)

    def _go_on(self) -> None:
        """Do the next step; one that is refused leaves the rest undone, and what was done stays done."""
        if self._todo:
            self._todo.pop(0)()
            return
        self.done_waiting()
        name = text.outside(self.who, MOST_NAME)
        self._parts.toast(f"{name} was added" if self._row is None else f"Saved for {name}")
        self._leave()

    def _do(self, kind: Any, **fields: Any) -> None:
        self._parts.perform(kind, done=lambda _: self._go_on(), failed=self.refused, **fields)

    def _keep(self, what: str, hashing: "Future[Any]") -> None:
        def note(also: Any) -> None:
            self._do(NoteSecret, name=self.who, what=what, given=True, also=also)

        self._answers.wait(hashing, note)

    def _take_badge(self) -> None:
        if not self.is_busy:
            self.begin(self.commit)
            self._do(NoteSecret, name=self.who, what="badge", given=False, also=without_badge(self.who))

    def _ask_retire(self) -> None:
        name = text.outside(self.who, MOST_NAME)
        words = (
            "What they did stays in the journal. PIN and badge are forgotten; they can be taken back later."
        )
        self.question = Question(f"{name} leaves the shop?", words, f"{name} leaves", self, danger=True)
        self.question.accepted.connect(self._retire)
        self.question.open()

    def _retire(self) -> None:
        self.begin(self.commit)
        self._do(RetireStaff, name=self.who, also=forgotten(self.who))


def _wrong(check: Callable[[str], None], typed: str) -> str:
    """What is wrong with what was typed; nothing where nothing was."""
    try:
        if typed:
            check(typed)
    except Refused as why:
        return why.message
    return ""
