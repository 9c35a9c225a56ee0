"""The folder of a shop: opened for reading beside a window, or for writing with its lock."""

import logging
import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs

from posapp.commands.command import Command, new_command_id
from posapp.commands.shop import OpenShop
from posapp.db import database
from posapp.desk import Also, Desk, Outcome
from posapp.domain.errors import Refused
from posapp.log import logging_into
from posapp.queries.reader import Reader

T = TypeVar("T")
OWNER = "Owner"
CURRENCY = "NGN"  # until a web shop says otherwise
_log = logging.getLogger(__name__)


def folder_of(args: Namespace, *, demo: bool = False) -> Path:
    """The folder that was named, or the person's own one."""
    if args.data_dir is not None:
        return Path(args.data_dir).expanduser().absolute()
    return platformdirs.user_data_path("posapp", appauthor=False) / ("demo" if demo else "shop")


def has_shop(connection: Connection) -> bool:
    """Whether a shop was opened in this database."""
    return connection.execute("SELECT 1 FROM setting WHERE key = 'currency'").fetchone() is not None


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """Read one moment of a shop. Nothing is created. Raises `CannotOpen`."""
    check_remains(folder)
    reader = Reader(folder)
    try:
        with reader.snapshot():
            if not has_shop(reader.connection):
                raise database.NoShopHere(f"There is no shop in {folder} yet.")
            yield reader
    finally:
        reader.close()


def check_remains(folder: Path) -> None:
    """Say what stands in the way of a shop in this folder. Raises `CannotOpen`."""
    if folder.exists() and not folder.is_dir():
        raise database.NotWritable(f"{folder} is not a folder. Nothing was changed.")
    path = database.database_path(folder)
    if not path.exists() and path.with_name(path.name + "-wal").exists():
        raise database.Damaged(
            f"{folder} holds the remains of a database, but the database itself, {path.name}, is gone. Nothing was "
            "made in its place. Put it back, or a backup."
        )


def owner_of(connection: Connection) -> str:
    """Who owns the shop of this database; who will own it where there is none yet."""
    row = connection.execute("SELECT value FROM setting WHERE key = 'owner'").fetchone()
    return OWNER if row is None else str(row[0])


class Till:
    """A shop that is open for writing, and who writes: the owner, unless somebody of the staff is named."""

    def __init__(self, desk: Desk, actor: str) -> None:
        """Write through a desk, under a name."""
        self.desk = desk
        self.actor = actor or self.ask(owner_of)

    def do(self, kind: Callable[..., Command], *, also: Also | None = None, **fields: object) -> Outcome:
        """Have a command of this kind carried out now. Raises `Refused`."""
        at = self.desk.clock()
        command = kind(id=new_command_id(at), actor=self.actor, at=at, **fields)
        return self.desk.do(command, also=also)

    def ask(self, question: Callable[[Connection], T]) -> T:
        """Ask the database something, on the thread that writes it."""
        return self.desk.write_now(question)

    def open_shop(self) -> None:
        """Open a shop where there is none yet."""
        if not self.ask(has_shop):
            self.do(
                OpenShop, name="My shop", owner=self.actor, currency=CURRENCY, time_zone=system_time_zone()
            )


@contextmanager
def writing(args: Namespace, *, open_shop: bool = True) -> Iterator[Till]:
    """Take the folder's lock and open its shop, a new one in an empty folder.

    Raises `FolderInUse` while another posapp has it, and `CannotOpen`.
    """
    folder = folder_of(args)
    check_remains(folder)
    desk = Desk(folder)
    try:
        # What a person must know is told by the verb itself; the log keeps the rest.
        with logging_into(folder, spoken=False):
            till = Till(desk, args.actor)
            if open_shop:
                till.open_shop()
            try:
                yield till
            except Refused:
                raise
            except Exception:  # raised again, when the log of the folder has it
                _log.exception("a command of the command line failed")
                raise
    finally:
        desk.close()


def system_time_zone() -> str:
    """The IANA name of the computer's time zone; "UTC" where it tells none."""
    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"
