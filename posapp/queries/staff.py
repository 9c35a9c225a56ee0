"""Who works here: for the lock page, for whom one may ask to allow something, and for the settings."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db import staff as stored
from posapp.db.rows import from_text
from posapp.domain.rights import Need, Rights, Role, allows
from posapp.queries.reader import Reader

_SECRETS = (
    "SELECT s.name, s.added_at, s.retired_at, coalesce(x.pin_hash, '') <> '', coalesce(x.badge_hash, '') <> '', "
    "coalesce(x.pin_length, 0) FROM staff s LEFT JOIN staff_secret x ON x.name = s.name"
)


AUTO_LOCK_MINUTES = 5


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who works here, or did. No hash leaves the database."""

    name: str
    active: bool
    role: Role
    is_owner: bool
    has_pin: bool
    has_badge: bool
    pin_length: int  # digits
    added_at: datetime
    retired_at: datetime | None

    @property
    def can_sign_in(self) -> bool:
        """Whether this person can prove who they are."""
        return self.active and (self.has_pin or self.has_badge)


def staff_rows(reader: Reader) -> list[StaffRow]:
    """Everybody, those who work here now first, as they came."""
    with reader.snapshot():
        more = {row[0]: row[1:] for row in reader.rows(_SECRETS)}
        people = stored.people(reader.connection)
    rows = []
    for person in people:
        added, retired, pin, badge, length = more[person.name]
        left = from_text(retired) if retired else None
        rows.append(
            StaffRow(
                person.name, person.active, person.role, person.is_owner, bool(pin), bool(badge), length,
                from_text(added), left,
            )
        )  # fmt: skip
    return rows


def staff_row(reader: Reader, name: str) -> StaffRow | None:
    """One of them."""
    return next((row for row in staff_rows(reader) if row.name == name), None)


def roles(reader: Reader) -> list[Role]:
    """The presets, then the shop's own roles."""
    return stored.roles(reader.connection)


def rights_of(reader: Reader, name: str) -> Rights:
    """What somebody may do now; nothing for who does not work here."""
    person = stored.person(reader.connection, name)
    return person.role.rights if person and person.active else {}


def locks(reader: Reader) -> bool:
    """Whether people sign in here at all: an owner has a PIN or a badge.

    Without one nobody could undo a lock-out, and one owner alone needs no lock.
    """
    return any(row.is_owner and row.can_sign_in for row in staff_rows(reader))


def auto_lock_minutes(reader: Reader) -> int:
    """After how many minutes without a touch the till locks itself; 0 is never."""
    kept = reader.value("SELECT value FROM setting WHERE key = 'auto_lock_minutes'")
    return int(kept) if kept and str(kept).isascii() and str(kept).isdigit() else AUTO_LOCK_MINUTES


def approvers(reader: Reader, need: Need, *, other_than: str) -> list[StaffRow]:
    """Who could allow what somebody else may not."""
    return [
        row
        for row in staff_rows(reader)
        if row.can_sign_in and row.name != other_than and allows(row.role.rights, need)
    ]
