"""Files that are whole or not there: a power cut leaves the old one or the new one, never half of one."""

import os
import tempfile
from pathlib import Path


def write_durably(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Put `text` in the place of the file, in one step that is on the disk on return.

    Makes the folder where it is missing, for its owner only. A link is followed, so
    that it stays one. Raises `OSError`; the old file is then untouched.
    """
    target = path.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            # A new file of mkstemp is 0600, so that what is secret was never open to others.
            Path(name).chmod(mode)
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:  # raised again, and nothing half-written lies there
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to the disk, where the system can open a folder for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
