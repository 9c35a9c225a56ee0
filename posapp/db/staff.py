"""Who works here and what they may do, read through a connection: one question a person."""

from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection

import msgspec

from posapp.domain.rights import OWNER_ROLE, PRESETS, Right, Rights, Role

_PERSON = "SELECT s.name, s.active, s.role_id, r.name, r.rights FROM staff s LEFT JOIN staff_role r ON r.id = s.role_id"
_ONE = f"{_PERSON} WHERE s.name = ?"
_ALL = f"{_PERSON} ORDER BY s.active DESC, s.added_at, s.name"
_ROLES = "SELECT id, name, rights FROM staff_role ORDER BY name"
_ROLE = "SELECT id, name, rights FROM staff_role WHERE id = ?"
_RIGHTS = msgspec.json.Decoder(dict[str, int | None])
_KNOWN = {right.value: right for right in Right}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here, or did."""

    name: str
    active: bool
    role: Role

    @property
    def is_owner(self) -> bool:
        """Whether everything is allowed to this person."""
        return self.role.id == OWNER_ROLE


def person(connection: Connection, name: str) -> Person | None:
    """The person of a name, None where nobody has it."""
    row = connection.execute(_ONE, (name,)).fetchone()
    return None if row is None else _person(*row)


def people(connection: Connection) -> list[Person]:
    """Everybody, those who work here now first, as they came."""
    return [_person(*row) for row in connection.execute(_ALL)]


def role(connection: Connection, role_id: str) -> Role | None:
    """A role as it is now: a preset holds as delivered until it is edited."""
    row = connection.execute(_ROLE, (role_id,)).fetchone()
    return PRESETS.get(role_id) if row is None else Role(row[0], row[1], read_rights(row[2]))


def roles(connection: Connection) -> list[Role]:
    """The presets, then the shop's own roles by name."""
    stored = {row[0]: Role(row[0], row[1], read_rights(row[2])) for row in connection.execute(_ROLES)}
    return [stored.pop(preset.id, preset) for preset in PRESETS.values()] + list(stored.values())


def read_rights(text: str) -> Rights:
    """Rights as they are stored; what a later release wrote and this one does not know gives no right."""
    return {_KNOWN[word]: limit for word, limit in _RIGHTS.decode(text).items() if word in _KNOWN}


@lru_cache(64)  # the same few people stand behind every command
def _person(name: str, active: int, role_id: str, role_name: str | None, rights: str | None) -> Person:
    if rights is None:
        return Person(name, bool(active), PRESETS.get(role_id, Role(role_id, "", {})))
    return Person(name, bool(active), Role(role_id, role_name or "", read_rights(rights)))
