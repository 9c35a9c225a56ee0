"""Hashes of PINs and badges, and how often somebody was wrong: outside the journal, never shown."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from sqlite3 import Connection

from posapp.db.rows import from_text, to_text
from posapp.domain.errors import Refused

NOBODY = ""  # the row that counts badges that nobody has
_ONE = "SELECT pin_hash, badge_hash, failures, failed_at FROM staff_secret WHERE name = ?"
_MAKE = "INSERT INTO staff_secret (name) VALUES (?) ON CONFLICT (name) DO NOTHING"
_PIN = "UPDATE staff_secret SET pin_hash = ?, pin_length = ?, failures = 0, failed_at = NULL WHERE name = ?"
_BADGE = "UPDATE staff_secret SET badge_hash = ?, failures = 0, failed_at = NULL WHERE name = ?"
_WRONG = "UPDATE staff_secret SET failures = failures + 1, failed_at = ? WHERE name = ?"
_RIGHT = "UPDATE staff_secret SET failures = 0, failed_at = NULL WHERE name IN (?, ?)"
_HAS_BADGE = "SELECT name FROM staff_secret WHERE badge_hash = ? AND name <> ''"
_FIRST = "SELECT hash FROM journal ORDER BY seq LIMIT 1"


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept of one person."""

    pin_hash: str = field(default="", repr=False)
    badge_hash: str = field(default="", repr=False)
    failures: int = 0
    failed_at: datetime | None = None


def secret(connection: Connection, name: str) -> Secret:
    """What is kept of a person; of somebody unknown as much as of somebody without PIN and badge."""
    row = connection.execute(_ONE, (name,)).fetchone()
    if row is None:
        return Secret()
    return Secret(row[0], row[1], row[2], from_text(row[3]) if row[3] else None)


def put_pin(connection: Connection, name: str, pin_hash: str, length: int) -> None:
    """Keep a PIN's hash, "" for none; what went wrong before is forgotten."""
    connection.execute(_MAKE, (name,))
    connection.execute(_PIN, (pin_hash, length, name))


def put_badge(connection: Connection, name: str, badge_hash: str) -> None:
    """Keep a badge's hash, "" for none. Raises `Refused` where somebody else has it."""
    taken = connection.execute(_HAS_BADGE, (badge_hash,)).fetchone() if badge_hash else None
    if taken and taken[0] != name:
        raise Refused("That badge belongs to somebody else.", code="badge_taken")
    connection.execute(_MAKE, (name,))
    connection.execute(_BADGE, (badge_hash, name))


def forget(connection: Connection, name: str) -> None:
    """Drop PIN, badge and failures of a person."""
    connection.execute("DELETE FROM staff_secret WHERE name = ?", (name,))


def note_wrong(connection: Connection, name: str, at: datetime) -> None:
    """Count an attempt as wrong. It is counted before it is looked at: a kill in between helps nobody."""
    connection.execute(_MAKE, (name,))
    connection.execute(_WRONG, (to_text(at), name))


def set_failed_at(connection: Connection, name: str, at: datetime) -> None:
    """Let a wait begin at another time: the till's clock was put back."""
    connection.execute("UPDATE staff_secret SET failed_at = ? WHERE name = ?", (to_text(at), name))


def note_right(connection: Connection, name: str) -> None:
    """Somebody proved who they are."""
    connection.execute(_RIGHT, (name, NOBODY))


def badge_holder(connection: Connection, badge_hash: str) -> str:
    """Whose badge it is, "" for nobody's."""
    row = connection.execute(_HAS_BADGE, (badge_hash,)).fetchone() if badge_hash else None
    return str(row[0]) if row else ""


def shop_salt(connection: Connection) -> bytes:
    """What makes the badge hashes of this shop unlike those of any other: its first entry never changes."""
    row = connection.execute(_FIRST).fetchone()
    return sha256(f"badge {row[0] if row else ''}".encode()).digest()[:16]
