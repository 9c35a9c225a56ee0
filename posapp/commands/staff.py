"""The people of the shop and their roles. PINs and badges are written beside the command, never in it."""

import msgspec

from posapp.commands.command import Command, Work
from posapp.db import staff as stored
from posapp.db.rows import to_text
from posapp.db.staff import Person
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import StaffChanged
from posapp.domain.rights import OWNER_ROLE, PRESETS, Right, name_key, tidy_name

_ADD = "INSERT INTO staff (name, name_key, role_id, active, added_at, retired_at) VALUES (?, ?, ?, 1, ?, '')"
_CHANGE = "UPDATE staff SET role_id = ? WHERE name = ?"
_RETIRE = "UPDATE staff SET active = 0, retired_at = ? WHERE name = ?"
_RETURN = "UPDATE staff SET active = 1, retired_at = '' WHERE name = ?"
_OTHER_OWNER = "SELECT 1 FROM staff WHERE role_id = ? AND active = 1 AND name <> ?"
_SAVE_ROLE = (
    "INSERT INTO staff_role (id, name, rights) VALUES (?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, rights = excluded.rights"
)
_HOLDER = "SELECT name FROM staff WHERE role_id = ? ORDER BY active DESC, name"
_ENCODER = msgspec.json.Encoder(order="sorted")


class AddStaff(Command, frozen=True, kw_only=True, tag="add_staff"):
    """Somebody new. The name stands in the journal for good and is never given to another person."""

    name: str
    role_id: str


class ChangeRole(Command, frozen=True, kw_only=True, tag="change_role"):
    """Give a person another role."""

    name: str
    role_id: str


class RetireStaff(Command, frozen=True, kw_only=True, tag="retire_staff"):
    """Somebody leaves: may do nothing any more, and stays readable in what was done."""

    name: str


class ReturnStaff(Command, frozen=True, kw_only=True, tag="return_staff"):
    """Somebody who had left works here again."""

    name: str


class SaveRole(Command, frozen=True, kw_only=True, tag="save_role"):
    """A role that was made or edited: its rights, each with a limit or none."""

    role_id: str
    name: str
    rights: dict[Right, int | None]


class RemoveRole(Command, frozen=True, kw_only=True, tag="remove_role"):
    """Drop a role that nobody has; a preset becomes again what it was when delivered."""

    role_id: str


class NoteSecret(Command, frozen=True, kw_only=True, tag="note_secret"):
    """A person's PIN or badge was set or taken away. The journal says that it was, never what it is."""

    name: str
    what: str  # pin, badge
    given: bool


def add_staff(command: AddStaff, work: Work) -> str:
    """Add a person under a name that nobody has or had."""
    name = tidy_name(command.name)
    _role(work, command.role_id)
    taken = work.row("SELECT name, active FROM staff WHERE name_key = ?", (name_key(name),))
    if taken:
        left = "" if taken[1] else " and has left; bring them back, or choose another name"
        raise Refused(f"{taken[0]} is in your staff already{left}.", code="name_taken")
    work.connection.execute(_ADD, (name, name_key(name), command.role_id, to_text(command.at)))
    work.book.tell(StaffChanged(name))
    return name


def add_owner(work: Work, name: str, at: str) -> None:
    """The first person of a shop: its owner."""
    work.connection.execute(_ADD, (name, name_key(name), OWNER_ROLE, at))
    work.book.tell(StaffChanged(name))


def change_role(command: ChangeRole, work: Work) -> str:
    """Give another role; one owner always remains."""
    _active(work, command.name)
    _role(work, command.role_id)
    if command.role_id != OWNER_ROLE:
        _keep_an_owner(work, command.name)
    work.connection.execute(_CHANGE, (command.role_id, command.name))
    work.book.tell(StaffChanged(command.name))
    return command.name


def retire_staff(command: RetireStaff, work: Work) -> str:
    """Let somebody go; one owner always remains."""
    _active(work, command.name)
    _keep_an_owner(work, command.name)
    work.connection.execute(_RETIRE, (to_text(command.at), command.name))
    work.book.tell(StaffChanged(command.name))
    return command.name


def return_staff(command: ReturnStaff, work: Work) -> str:
    """Take somebody on again, in the role they had."""
    if person_named(work, command.name).active:
        raise Refused(f"{command.name} works here already.", code="not_retired")
    work.connection.execute(_RETURN, (command.name,))
    work.book.tell(StaffChanged(command.name))
    return command.name


def save_role(command: SaveRole, work: Work) -> str:
    """Keep a role. The owner's cannot be cut down: somebody must be able to do everything."""
    if command.role_id == OWNER_ROLE:
        raise Refused("An owner may do everything. That role cannot be changed.", code="owner_role")
    name = tidy_name(command.name)
    same = [role for role in stored.roles(work.connection) if name_key(role.name) == name_key(name)]
    if any(role.id != command.role_id for role in same):
        raise Refused(f"There is a role called {name} already.", code="name_taken")
    if any(limit is not None and limit < 0 for limit in command.rights.values()):
        raise Refused("A limit cannot be below 0.", code="bad_amount")
    rights = {right.value: limit if right.is_limited else None for right, limit in command.rights.items()}
    work.connection.execute(_SAVE_ROLE, (command.role_id, name, _ENCODER.encode(rights).decode()))
    work.book.tell(StaffChanged(""))
    return command.role_id


def remove_role(command: RemoveRole, work: Work) -> str:
    """Drop an own role, or an edit of a preset."""
    held = work.row(_HOLDER, (command.role_id,))
    if held and command.role_id not in PRESETS:
        raise Refused(f"{held[0]} has this role. Give them another one first.", code="role_in_use")
    work.connection.execute("DELETE FROM staff_role WHERE id = ?", (command.role_id,))
    work.book.tell(StaffChanged(""))
    return command.role_id


def note_secret(command: NoteSecret, work: Work) -> str:
    """Write down that a PIN or a badge was set or taken away; the hash is the desk's `also`."""
    _active(work, command.name)
    if command.what not in ("pin", "badge"):
        raise Refused("A person is known by a PIN or by a badge.", code="bad_secret")
    work.book.tell(StaffChanged(command.name))
    return command.name


def person_named(work: Work, name: str) -> Person:
    """Somebody of the staff. Raises `NotFound`."""
    found = stored.person(work.connection, name)
    if found is None:
        raise NotFound(f"There is nobody called {name} in your staff.", code="staff_not_found")
    return found


def _active(work: Work, name: str) -> None:
    if not person_named(work, name).active:
        raise Refused(f"{name} has left.", code="retired")


def _role(work: Work, role_id: str) -> None:
    if stored.role(work.connection, role_id) is None:
        raise NotFound("There is no such role.", code="role_not_found")


def _keep_an_owner(work: Work, name: str) -> None:
    if person_named(work, name).is_owner and not work.row(_OTHER_OWNER, (OWNER_ROLE, name)):
        raise Refused(f"{name} is the only owner. Make somebody else an owner first.", code="last_owner")
