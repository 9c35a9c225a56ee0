"""Where keys to other people's shops are kept: the system's keyring, or a file for the owner's eyes only.

Reading or writing may wait for a person who unlocks the keyring: call it from a thread
that may wait, never from the one that draws.
"""

import logging
import os
import threading
import tomllib
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

import keyring
import msgspec
import tomli_w
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import PasswordDeleteError

from posapp.domain.errors import Refused
from posapp.files import write_durably

SERVICE = "posapp"
FILE_NAME = "secrets.toml"
OWNER_ONLY = 0o600

_log = logging.getLogger(__name__)


T = TypeVar("T")


class Place(StrEnum):
    """Where a secret lies. The file deserves a warning: who can read the folder can read the secret."""

    KEYRING = "keyring"
    FILE = "file"


class _NoKeyring(Exception):
    """There is none, it does not answer, or it forgets; the file takes over."""


class Secrets:
    """The secrets of one data folder, by account; a feed's account is its id.

    `POSAPP_KEYRING=file` in the environment leaves the keyring alone, for servers and
    tests. A keyring that has failed once, or has not answered within `patience_s`
    seconds, is not asked again by this object.
    """

    def __init__(self, folder: Path, *, patience_s: float = 20) -> None:
        self._path = folder / FILE_NAME
        self._patience_s = patience_s
        self._keyring_works = os.environ.get("POSAPP_KEYRING") != "file"

    def put(self, account: str, secret: str) -> Place:
        """Keep a secret in place of an older one, and say where it lies now.

        Raises `Refused` where neither the keyring nor the folder takes it.
        """
        try:
            self._ask(lambda backend: _put_and_look(backend, account, secret))
        except _NoKeyring:
            self._write(self._read() | {account: secret})
            return Place.FILE
        # What lies in the file is always the newer one, see `get`.
        self._drop_from_file(account)
        return Place.KEYRING

    def get(self, account: str) -> str | None:
        """Give back a secret; None where there is none. Raises `Refused` for a damaged file.

        The file is asked first: it holds an account only while the keyring did not
        take it, so an older value in the keyring does not come back.
        """
        if (filed := self._read().get(account)) is not None:
            return filed
        try:
            return self._ask(lambda backend: backend.get_password(SERVICE, account))
        except _NoKeyring:
            return None

    def remove(self, account: str) -> None:
        """Forget a secret wherever it lies; one that is not there is no error."""
        self._drop_from_file(account)
        try:
            self._ask(lambda backend: _delete(backend, account))
        except _NoKeyring:
            return

    def place(self, account: str) -> Place | None:
        """Say where a secret lies, None where there is none."""
        if account in self._read():
            return Place.FILE
        return Place.KEYRING if self.get(account) is not None else None

    def _ask(self, question: Callable[[KeyringBackend], T]) -> T:
        """Put a question to the keyring in a thread that may be left behind when it never answers."""
        if not self._keyring_works:
            raise _NoKeyring
        answers: SimpleQueue[T | Exception] = SimpleQueue()

        def wait_for_answer() -> None:
            try:
                answers.put(question(_usable_backend()))
            except Exception as error:  # noqa: BLE001 - backends raise whatever their system does
                answers.put(error)

        threading.Thread(target=wait_for_answer, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience_s)
        except Empty:
            answer = _NoKeyring(f"no answer in {self._patience_s:g} s")
        if isinstance(answer, Exception):
            self._keyring_works = False
            # Its kind only: the words of a backend may quote what it was given.
            _log.warning("The keyring is not used, %s: %s", FILE_NAME, type(answer).__name__)
            raise _NoKeyring from None
        return answer

    def _drop_from_file(self, account: str) -> None:
        filed = self._read()
        if filed.pop(account, None) is not None:
            self._write(filed)

    def _read(self) -> dict[str, str]:
        try:
            if os.name == "posix" and self._path.stat().st_mode & 0o077:
                _log.warning("%s was open to others; it is now for its owner only", self._path)
                self._path.chmod(OWNER_ONLY)
            return msgspec.convert(tomllib.loads(self._path.read_text(encoding="utf-8")), dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError):
            # Without the cause: its words may quote the file.
            raise Refused(
                f"The file {self._path} cannot be read. Mend it, or delete it and enter the keys again.",
                code="secrets_unreadable",
            ) from None

    def _write(self, filed: dict[str, str]) -> None:
        try:
            write_durably(self._path, tomli_w.dumps(filed), mode=OWNER_ONLY)
        except OSError as error:
            raise Refused(
                f"The key could not be saved in {self._path}: {error.strerror}.", code="secrets_not_saved"
            ) from None


def _usable_backend() -> KeyringBackend:
    """Find one that keeps secrets: not the null and fail ones, not a plain file of another package."""
    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for backend in candidates:
        plain = type(backend).__module__.partition(".")[0] == "keyrings"
        if not plain and not isinstance(backend, (fail.Keyring, null.Keyring)):
            return backend
    raise _NoKeyring


def _put_and_look(backend: KeyringBackend, account: str, secret: str) -> None:
    backend.set_password(SERVICE, account, secret)
    if backend.get_password(SERVICE, account) != secret:
        raise _NoKeyring


def _delete(backend: KeyringBackend, account: str) -> None:
    # Some backends say nothing, some raise, when there was nothing to delete.
    with suppress(PasswordDeleteError):
        backend.delete_password(SERVICE, account)
