"""What every way to a printer is: opened, written to, listened to, closed; and patient only so long."""

from typing import Protocol

CONNECT_S = 4.0
SEND_S = 8.0  # the longest a printer may take nothing: its buffer is full while it prints
CHUNK = 2048  # bytes


class Unreachable(OSError):
    """No byte could be brought to the printer. `code` says why, for `Trouble`."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(words or code)
        self.code = code


class Port(Protocol):
    """A way to a printer. Every method may raise `OSError`; after that the port is closed and opened anew."""

    answers: bool  # whether anything can come back this way

    def open(self) -> None:
        """Connect. Raises `Unreachable`."""

    def send(self, content: bytes) -> None:
        """Bring bytes there."""

    def receive(self, wait_s: float) -> bytes:
        """What the printer says within a time, b"" when it says nothing or cannot."""

    def finish(self) -> None:
        """Everything of a job was sent."""

    def close(self) -> None:
        """Let go; also from another thread, to end a wait."""
