"""A printer on loopback: it records what it is sent, and can jam, run out of paper, vanish and come back."""

import contextlib
import queue
import socket
import struct
import threading
from collections.abc import Iterator

from tests.devices.interpreter import Interpreter, Token, Tokens

OPEN_COVER, NO_PAPER = "cover", "paper"
PATIENCE_S = 20.0  # only a broken program is waited for so long


class LoopbackPrinter:
    """Listens on 127.0.0.1. `answers` False: it never says anything, as many cheap ones.

    What it has in its buffer while it cannot print waits there, as in a real one.
    """

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.paper = Interpreter()
        self.received = b""
        self.trouble = ""
        self.vanish_after: int | None = None  # bytes of the next connection
        self.connections = 0
        self.printed: queue.Queue[str] = queue.Queue()  # the text of each sheet as it is cut
        self.opened: queue.Queue[str] = queue.Queue()  # "pulse" or "pulse_now", as the drawer opens
        self._lock = threading.RLock()
        self._waiting: list[tuple[socket.socket, Token]] = []
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.port = 0
        self.appear()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def appear(self) -> None:
        """Be switched on, at the same address as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(4)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def vanish(self) -> None:
        """Be switched off: connections break, what was in the buffer is lost."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            self._waiting.clear()
            for each in self._open:
                _break(each)
            self._open.clear()

    def stumble(self, trouble: str) -> None:
        """Stop printing: the cover is open, or there is no paper."""
        with self._lock:
            self.trouble = trouble

    def mend(self) -> None:
        """Go on with what is in the buffer."""
        with self._lock:
            self.trouble = ""
            waiting, self._waiting = self._waiting, []
            for there, token in waiting:
                self._do(there, token)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                there, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.append(there)
            threading.Thread(target=self._serve, args=(there,), daemon=True).start()

    def _serve(self, there: socket.socket) -> None:
        tokens, left = Tokens(), self.vanish_after
        self.vanish_after = None
        while True:
            try:
                content = there.recv(4096 if left is None else min(4096, max(left, 1)))
            except OSError:
                return
            if not content:
                return
            with self._lock:
                self.received += content
                for token in tokens.feed(content):
                    self._take(there, token)
            if left is not None:
                left -= len(content)
                if left <= 0:
                    self.vanish()
                    return

    def _take(self, there: socket.socket, token: Token) -> None:
        if token.what == "ask":
            self._say(there, self._state(token.number))
        elif token.what == "pulse_now":
            self._do(there, token)
        elif self.trouble:
            self._waiting.append((there, token))
        else:
            self._do(there, token)

    def _do(self, there: socket.socket, token: Token) -> None:
        if token.what == "confirm":
            self._say(there, 0x00)
            return
        self.paper.do(token)
        if token.what == "cut":
            self.printed.put(self.paper.sheets[-1].text)
        if token.what in ("pulse", "pulse_now"):
            self.opened.put(token.what)

    def _state(self, about: int) -> int:
        state = 0x12
        if about == 1 and self.trouble:
            state |= 0x08
        if about == 2:
            state |= {NO_PAPER: 0x20, OPEN_COVER: 0x04}.get(self.trouble, 0)
        if about == 4 and self.trouble == NO_PAPER:
            state |= 0x60
        return state

    def _say(self, there: socket.socket, byte: int) -> None:
        if self.answers:
            with contextlib.suppress(OSError):
                there.sendall(bytes((byte,)))


def _break(there: socket.socket) -> None:
    """Hang up with a reset, as a printer whose plug was pulled."""
    with contextlib.suppress(OSError):
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        there.shutdown(socket.SHUT_RD)
    there.close()


@contextlib.contextmanager
def printer(*, answers: bool = True) -> Iterator[LoopbackPrinter]:
    made = LoopbackPrinter(answers=answers)
    try:
        yield made
    finally:
        made.vanish()
