"""Opening the one file that holds the truth, and refusing whatever is not it."""

import os
from pathlib import Path
from sqlite3 import Connection  # the type only: sqlcipher3 has the same interface and no types
from typing import cast

from sqlcipher3 import dbapi2

from posapp.db.migrations import MIGRATIONS
from posapp.db.schema import schema_sql

SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a WAL file that two connections use
APPLICATION_ID = 0x504F5341
QUICK_CHECK_BYTES = 64 * 1024 * 1024  # a larger file is checked by `posapp doctor`, not at every start
FILE_NAME = "posapp.db"

DatabaseError = dbapi2.DatabaseError


class CannotOpen(Exception):
    """The database cannot be used; the text says why, that nothing was changed, and what to do."""

    code = "cannot_open"


class NoShopHere(CannotOpen):
    """The folder holds no shop yet."""

    code = "no_shop"


class TooNew(CannotOpen):
    """A later release wrote it."""

    code = "too_new"


class Damaged(CannotOpen):
    """The file is no sound database of ours."""

    code = "damaged"


class NotWritable(CannotOpen):
    """The folder or the file cannot be written."""

    code = "not_writable"


def database_path(folder: Path) -> Path:
    """Where a folder's database lies."""
    return folder / FILE_NAME


def exists(folder: Path) -> bool:
    """Whether the folder holds a shop."""
    return database_path(folder).exists()


def create(folder: Path) -> None:
    """Make an empty database in a folder that has none. Raises `CannotOpen`."""
    path = database_path(folder)
    if path.exists() or path.with_name(FILE_NAME + "-wal").exists():
        raise Damaged(f"{folder} already holds a database or its remains. Nothing was made in its place.")
    check_writable(folder)
    # Made under another name: a power cut in between leaves nothing that could be taken for a shop.
    unfinished = path.with_name(FILE_NAME + ".new")
    unfinished.unlink(missing_ok=True)
    connection = _connect(unfinished, read_only=False)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema_sql():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.execute("COMMIT")
    finally:
        connection.close()
    unfinished.replace(path)


def check_writable(folder: Path) -> None:
    """See that files can be made in a folder, making it if need be. Raises `NotWritable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".posapp-{os.getpid()}.probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise NotWritable(
            f"Nothing can be written in {folder} ({error.strerror}). Free some space or change the rights, or choose "
            "another folder with --data-dir. What is there was not touched."
        ) from error


def open_writer(folder: Path) -> Connection:
    """Open for writing: checked, brought up to date, durable. The caller holds the folder's lock."""
    check_writable(folder)
    connection = _open(folder, read_only=False)
    # Only now, for a file that turned out not to be ours must stay as it is.
    connection.execute("PRAGMA journal_mode = WAL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, migrate in enumerate(MIGRATIONS[version - 1 :], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    return connection


def open_reader(folder: Path, *, checked: bool = False) -> Connection:
    """Open for reading only, beside a writer or without one; `checked` if its pages just were."""
    connection = _open(folder, read_only=True, checked=checked)
    connection.execute("PRAGMA query_only = 1")
    return connection


def open_memory() -> Connection:
    """An empty database in memory, as a replay needs it."""
    connection = cast(Connection, dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False))
    for statement in schema_sql():
        connection.execute(statement)
    return connection


def _connect(path: Path, *, read_only: bool) -> Connection:
    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise CannotOpen(
            f"SQLite {dbapi2.sqlite_version} can damage a database that two programs use; 3.51.3 is the first that "
            "does not. Install posapp anew."
        )
    mode = "rw" if path.exists() else "rwc"
    if read_only and not os.access(path, os.W_OK):
        mode = "ro"
    made = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
        timeout=10,
    )
    connection = cast(Connection, made)
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def _open(folder: Path, *, read_only: bool, checked: bool = False) -> Connection:
    path = database_path(folder)
    if not path.exists():
        raise NoShopHere(
            f"There is no shop in {folder} yet. Open one by `posapp connect`, by any writing command, or in the window."
        )
    try:
        connection = _connect(path, read_only=read_only)
        _check(connection, path, pages=not checked)
    except dbapi2.OperationalError as error:
        raise NotWritable(f"{path} cannot be opened: {error}. Nothing was changed.") from error
    except dbapi2.DatabaseError as error:
        raise _damaged(path, str(error)) from error
    return connection


def _check(connection: Connection, path: Path, *, pages: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    newest = len(MIGRATIONS) + 1
    if application != APPLICATION_ID or version < 1:
        connection.close()
        raise _damaged(path, "it is not a database of posapp")
    if version > newest:
        connection.close()
        raise TooNew(
            f"{path} was written by a newer posapp (format {version}; this one knows {newest}). Nothing was changed. "
            "Install the newer posapp to open it."
        )
    if pages and path.stat().st_size <= QUICK_CHECK_BYTES:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            connection.close()
            raise _damaged(path, str(verdict))


def _damaged(path: Path, why: str) -> Damaged:
    return Damaged(
        f"{path} is damaged: {why}. It was not changed and nothing was made in its place. Keep a copy of the whole "
        "folder, then put a backup back."
    )
