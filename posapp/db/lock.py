"""One writer per folder: a lock that the operating system lets go when the program dies."""

import os
from pathlib import Path
from types import TracebackType
from typing import IO

if os.name == "nt":
    import msvcrt

    def _hold(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # checked elsewhere
else:
    import fcntl

    def _hold(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderInUse(Exception):
    """Another posapp has the folder open for writing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another posapp is using {folder}. Nothing was changed. Close it, or use this one for reading only."
        )
        self.folder = folder


class FolderLock:
    """Holds a folder for writing until it is closed."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises `FolderInUse` if somebody has it."""
        self._stream = (folder / "posapp.lock").open("ab+")
        try:
            _hold(self._stream)
        except OSError as error:
            self._stream.close()
            raise FolderInUse(folder) from error

    def close(self) -> None:
        """Let the folder go."""
        self._stream.close()

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
