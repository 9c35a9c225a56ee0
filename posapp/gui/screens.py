"""Whether there is a screen. Qt ends the process where there is none; a person deserves a sentence instead."""

import os
import socket
import sys
from pathlib import Path

NO_SCREEN = (
    "There is no screen here, so the window cannot open. On a server or over SSH, run it under a virtual one:\n"
    "  xvfb-run -a posapp\n"
    "or use the command line, which needs none: posapp --help"
)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers() or _x_answers(os.environ.get("DISPLAY", ""))


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / name))


def _x_answers(display: str) -> bool:
    """Whether the X server of ":0" answers; one on another computer is believed to."""
    host, colon, number = display.rpartition(":")
    if not colon:
        return False
    if host not in ("", "unix"):
        return True
    path = f"/tmp/.X11-unix/X{number.split('.')[0]}"  # noqa: S108 - where every X server listens
    return _answers(path) or _answers(f"\0{path}")


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as ear:
        try:
            ear.connect(path)
        except OSError:
            return False
    return True
