"""Who works at this till just now: whose name commands bear, and what the window shows to them."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from posapp.domain.rights import Need, Right, Rights, allows
from posapp.gui.changes import Changes
from posapp.gui.perform import Perform
from posapp.pins import Pins
from posapp.queries.reader import Reader
from posapp.queries.staff import locks, rights_of, staff_row, staff_rows


class Who(QObject):
    """The person who is signed in. `changed` is told when it is another one, nobody, or may do other things.

    In a shop whose owner has no PIN the owner is always signed in and nothing is ever locked.
    """

    changed = Signal()

    def __init__(self, reader: Reader, perform: Perform, pins: Pins, changes: Changes) -> None:
        super().__init__()
        self.reader, self.perform, self.pins = reader, perform, pins
        self.role, self.locks = "", False
        self._rights: Rights = {}
        self._told: object = None
        changes.changed.connect(self._news)
        self._look()
        if not self.locks:
            self.sign_in(self._owner())

    @property
    def name(self) -> str:
        """Whose name commands bear; "" while nobody is signed in."""
        return self.perform.actor

    def may(self, right: Right, amount: int = 0) -> bool:
        """Whether this person may do something. The desk asks again; this only chooses what is shown."""
        return allows(self._rights, Need(right, amount))

    def lacks(self, needs: Iterable[Need]) -> Need | None:
        """The first of some needs that this person cannot cover: somebody else's PIN will be asked for."""
        return next((need for need in needs if not allows(self._rights, need)), None)

    def sign_in(self, name: str) -> None:
        """Let somebody who has proved it work here."""
        self.perform.actor = name
        self._look()
        self._tell()

    def sign_out(self) -> None:
        """Nobody works here; commands would be refused."""
        self.sign_in("")

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if "StaffChanged" not in names:
            return
        self._look()
        if self.name and not self.role:  # this person has just left
            self.perform.actor = ""
        if not self.name and not self.locks:
            self.perform.actor = self._owner()
        self._look()
        self._tell()

    def _tell(self) -> None:
        now = (self.name, self.role, dict(self._rights), self.locks)
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _look(self) -> None:
        self.locks = locks(self.reader)
        found = staff_row(self.reader, self.name) if self.name else None
        self.role = found.role.name if found and found.active else ""
        self._rights = rights_of(self.reader, self.name) if self.name else {}

    def _owner(self) -> str:
        """The owner whose till it is, or another one who works here, where nobody signs in."""
        owners = [row.name for row in staff_rows(self.reader) if row.is_owner and row.active]
        known = self.reader.settings().owner
        return known if known in owners else next(iter(owners), "")
