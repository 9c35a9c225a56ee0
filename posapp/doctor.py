"""A look at everything that can be wrong with a folder, said in words. It mends nothing.

It works on what no other command opens: a damaged file, or one of a newer version. The
file is opened for reading only.
"""

import importlib.metadata
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import cast

import keyring
import msgspec
from sqlcipher3 import dbapi2

from posapp.db import database
from posapp.db.lock import FolderInUse, FolderLock
from posapp.db.migrations import MIGRATIONS
from posapp.db.rows import from_text
from posapp.db.schema import TABLES
from posapp.queries.books import book_troubles
from posapp.replay import check_chain
from posapp.secrets import Place, Secrets

LITTLE_BYTES = 500 * 1024 * 1024
NO_BYTES = 20 * 1024 * 1024
FIRST_RELEASE = datetime(2026, 1, 1, tzinfo=UTC)
SILENT = timedelta(hours=24)
SHOWN = 5


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at; `state` is "ok", "warning" or "failed"."""

    check: str
    state: str
    words: str
    advice: str = ""


def examine(folder: Path, now: datetime) -> Iterator[Finding]:
    """Look at a folder that holds a database. Raises `NoShopHere` where there is none."""
    path = database.database_path(folder)
    if not path.exists():
        raise database.NoShopHere(f"There is no shop in {folder}: there is nothing to examine.")
    yield _program()
    yield _sqlite()
    yield _folder(folder)
    yield _disk(folder)
    yield _in_use(folder)
    try:
        connection = _open(path)
    except (dbapi2.DatabaseError, sqlite3.Error) as error:
        yield _damaged(str(error))
        return
    try:
        yield from _database(connection, path, folder, now)
    finally:
        connection.close()


def _program() -> Finding:
    return Finding("program", "ok", f"posapp {importlib.metadata.version('posapp')}")


def _sqlite() -> Finding:
    if dbapi2.sqlite_version_info < database.SAFE_SQLITE:
        words = f"SQLite {dbapi2.sqlite_version} can damage a database that two programs use."
        return Finding("sqlite", "failed", words, "Install posapp anew: it brings a newer one.")
    return Finding("sqlite", "ok", f"SQLite {dbapi2.sqlite_version}")


def _folder(folder: Path) -> Finding:
    path = database.database_path(folder)
    if os.access(folder, os.W_OK | os.X_OK) and os.access(path, os.W_OK):
        return Finding("folder", "ok", f"{folder} can be written")
    return Finding(
        "folder", "failed", f"{folder} cannot be written", "Change its rights, or start as its owner."
    )


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free // (1024 * 1024):,} MB free"
    if free < NO_BYTES:
        return Finding("disk", "failed", words, "Free some space now: nothing more can be saved.")
    if free < LITTLE_BYTES:
        return Finding("disk", "warning", words, "Free some space soon.")
    return Finding("disk", "ok", words)


def _in_use(folder: Path) -> Finding:
    """Only told: reading beside an open window is fine."""
    if not (folder / "posapp.lock").exists():
        return Finding("in use", "ok", "no posapp has the folder open")
    try:
        FolderLock(folder).close()
    except FolderInUse:
        return Finding("in use", "ok", "a posapp has the folder open for writing")
    except OSError as error:
        return Finding("in use", "warning", f"the lock cannot be tried: {error.strerror}")
    return Finding("in use", "ok", "no posapp has the folder open")


def _open(path: Path) -> Connection:
    """Open whatever lies there for reading, without the checks that would refuse it."""
    made = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)
    connection = cast(Connection, made)
    connection.execute("PRAGMA query_only = 1")
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection


def _damaged(why: str) -> Finding:
    advice = "Keep a copy of the whole folder, then put a backup back."
    return Finding("file", "failed", f"the database is damaged: {why}", advice)


def _database(connection: Connection, path: Path, folder: Path, now: datetime) -> Iterator[Finding]:
    """All that is asked of the file itself; each question stands alone, so that one fault hides no other."""
    formatted = _format(connection)
    yield formatted
    if formatted.state == "failed":
        yield from _guarded("file", lambda: _integrity(connection, path))
        return
    connection.execute("BEGIN")
    questions: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("file", lambda: _integrity(connection, path)),
        ("tables", lambda: _tables(connection)),
        ("journal", lambda: _journal(connection)),
        ("books", lambda: _books(connection)),
        ("clock", lambda: _clock(connection, now)),
        ("inbox", lambda: _inbox(connection)),
        ("connections", lambda: _connections(connection, folder, now)),
    )
    for check, question in questions:
        yield from _guarded(check, question)


def _guarded(check: str, question: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from question()
    except (dbapi2.DatabaseError, sqlite3.Error) as error:
        yield Finding(
            check, "failed", f"this part of the database cannot be read: {error}", _damaged("").advice
        )


def _format(connection: Connection) -> Finding:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    newest = len(MIGRATIONS) + 1
    if application != database.APPLICATION_ID or version < 1:
        return Finding("format", "failed", "the file is not a database of posapp", "Put a backup back.")
    if version > newest:
        words = f"format {version} is of a newer posapp; this one knows {newest}. Nothing was changed."
        return Finding("format", "failed", words, "Install the newer posapp.")
    return Finding("format", "ok", f"format {version}")


def _integrity(connection: Connection, path: Path) -> Iterator[Finding]:
    complaints = [row[0] for row in connection.execute(f"PRAGMA integrity_check({SHOWN})")]
    if complaints == ["ok"]:
        yield Finding("file", "ok", f"{path.stat().st_size // 1024:,} KB, whole")
    else:
        yield _damaged("; ".join(complaints))


def _tables(connection: Connection) -> Iterator[Finding]:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = sorted({table._meta.table_name for table in TABLES} - there)
    if missing:
        yield Finding("tables", "failed", f"missing: {', '.join(missing)}", "Put a backup back.")
    else:
        yield Finding("tables", "ok", f"{len(TABLES)} tables")


def _journal(connection: Connection) -> Iterator[Finding]:
    troubles = list(check_chain(connection))
    count = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    for words in troubles[:SHOWN]:
        yield Finding("journal", "failed", words, "Somebody changed the file behind posapp's back.")
    if not troubles:
        yield Finding("journal", "ok", f"{count:,} entries, the chain holds")


def _books(connection: Connection) -> Iterator[Finding]:
    sound = True
    for words in book_troubles(connection, SHOWN):
        sound = False
        yield Finding("books", "failed", words, "Run posapp replay --check, and put a backup back.")
    if sound:
        orders = connection.execute("SELECT count(*) FROM orders").fetchone()[0]
        yield Finding("books", "ok", f"{orders:,} orders agree with stock, money and sales")


def _clock(connection: Connection, now: datetime) -> Iterator[Finding]:
    last = connection.execute("SELECT max(recorded_at) FROM journal").fetchone()[0]
    advice = "Set the clock of this computer."
    if now < FIRST_RELEASE:
        yield Finding("clock", "failed", f"the computer says {now:%Y-%m-%d}", advice)
    elif last and from_text(last) > now + timedelta(minutes=2):
        words = f"the computer says {now:%Y-%m-%d %H:%M} UTC, but the journal was written until {last[:16]}"
        yield Finding("clock", "warning", words, advice)
    else:
        yield Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def _inbox(connection: Connection) -> Iterator[Finding]:
    counts = dict(connection.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall())
    waiting = counts.get("new", 0) + counts.get("parked", 0)
    bad = counts.get("quarantined", 0)
    words = f"{waiting:,} waiting, {bad:,} in quarantine"
    if bad:
        yield Finding("inbox", "warning", words, "posapp quarantine shows why.")
    else:
        yield Finding("inbox", "ok", words)


def _connections(connection: Connection, folder: Path, now: datetime) -> Iterator[Finding]:
    rows = connection.execute("SELECT id, kind, url, state, last_pull_at FROM connection").fetchall()
    secrets = Secrets(folder, patience_s=3)
    for feed_id, kind, url, state, pulled in rows:
        name = f"{kind} {url}"
        if state == "removed":
            continue
        if state != "active":
            yield Finding("connections", "warning", f"{name}: {state.replace('_', ' ')}", "Connect it again.")
        elif secrets.place(feed_id) is None:
            yield Finding("connections", "warning", f"{name}: its secret is gone", "Connect it again.")
        elif pulled is None or from_text(pulled) < now - SILENT:
            words = f"{name}: last pulled {pulled[:16] if pulled else 'never'}"
            yield Finding("connections", "warning", words, "posapp sync --once")
        else:
            yield Finding("connections", "ok", f"{name}: last pulled {pulled[:16]}")
    if not rows:
        yield Finding("connections", "ok", "none")
    yield _secrets(secrets, [row[0] for row in rows])


def _secrets(secrets: Secrets, accounts: list[str]) -> Finding:
    backend = type(keyring.get_keyring()).__module__
    if any(secrets.place(account) == Place.FILE for account in accounts):
        words = "keys lie in secrets.toml in the data folder, readable by its owner only"
        return Finding("keyring", "warning", words, "Unlock the system's keyring and connect again.")
    return Finding("keyring", "ok", backend)
