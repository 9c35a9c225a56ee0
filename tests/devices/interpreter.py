"""A small ESC/POS interpreter: what a printer would do with bytes, for tests and for pictures.

It knows what our own jobs hold and nothing else: any other command is an error, for a printer would do something
that nobody wanted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from posapp.domain.paper import Bitmap

_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}


class NotOurs(AssertionError):
    """A command that no job of ours holds."""


@dataclass(frozen=True)
class Token:
    """One thing to do: `what` is text, line, picture, init, page, face, feed, cut, pulse, ask, confirm."""

    what: str
    raw: bytes
    words: bytes = b""
    bitmap: Bitmap | None = None
    number: int = 0


class Tokens:
    """Cuts a stream into tokens; what is not whole yet stays."""

    def __init__(self) -> None:
        self.rest = b""

    def feed(self, content: bytes) -> Iterator[Token]:
        self.rest += content
        while self.rest:
            token = _token(self.rest)
            if token is None:
                return
            self.rest = self.rest[len(token.raw) :]
            yield token


_FIXED = {  # first bytes: what it is, how long it is
    b"\x1b@": ("init", 2),
    b"\x1c.": ("western", 2),
    b"\x1bt": ("page", 3),
    b"\x1b!": ("face", 3),
    b"\x1bE": ("bold", 3),
    b"\x1bd": ("feed", 3),
    b"\x1bp": ("pulse", 5),
    b"\x1dV": ("cut", 3),
    b"\x1dr": ("confirm", 3),
    b"\x10\x04": ("ask", 3),
    b"\x10\x14": ("pulse_now", 5),
}


def _token(stream: bytes) -> Token | None:
    if stream[0] == 0x0A:
        return Token("line", stream[:1])
    if stream[0] >= 0x20 and stream[0] != 0x7F:
        end = next((i for i, b in enumerate(stream) if b < 0x20 or b == 0x7F), len(stream))
        return Token("text", stream[:end], words=stream[:end])
    if len(stream) < 3:
        return None
    if stream[:3] == b"\x1dv0":
        return _raster(stream)
    if stream[:2] not in _FIXED:
        raise NotOurs(f"no command of ours: {stream[:6]!r}")
    what, length = _FIXED[stream[:2]]
    if len(stream) < length:
        return None
    return Token(what, stream[:length], number=stream[2] if length > 2 else 0)


def _raster(stream: bytes) -> Token | None:
    if len(stream) < 8:
        return None
    wide, high = stream[4] + 256 * stream[5], stream[6] + 256 * stream[7]
    end = 8 + wide * high
    if len(stream) < end:
        return None
    return Token("picture", stream[:end], bitmap=Bitmap(wide * 8, high, stream[8:end]))


@dataclass
class Printed:
    """One line of text on paper."""

    words: str
    bold: bool = False
    double: bool = False


@dataclass
class Sheet:
    """What came out of the printer up to a cut."""

    things: list[Printed | Bitmap | int] = field(default_factory=list)  # int: so many empty lines

    @property
    def text(self) -> str:
        """Its lines of text; a picture shows as [picture]."""
        said = [
            thing.words if isinstance(thing, Printed) else "[picture]"
            for thing in self.things
            if not isinstance(thing, int)
        ]
        return "\n".join(said)


class Interpreter:
    """Prints into memory: finished sheets, the one being printed, and how often the drawer opened."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.pulses: list[int] = []
        self._tokens = Tokens()
        self._begin()

    def _begin(self) -> None:
        self.sheet = Sheet()
        self._page, self._bold, self._double, self._words = "cp437", False, False, ""

    def read(self, content: bytes) -> "Interpreter":
        for token in self._tokens.feed(content):
            self.do(token)
        return self

    def do(self, token: Token) -> None:
        match token.what:
            case "text":
                self._words += token.words.decode(self._page)
            case "line":
                self.sheet.things.append(Printed(self._words, self._bold, self._double) if self._words else 1)
                self._words = ""
            case "picture":
                assert token.bitmap is not None
                self.sheet.things.append(token.bitmap)
            case "feed":
                self.sheet.things.append(token.number)
            case "cut":
                self.sheets.append(self.sheet)
                self._begin()
            case "pulse" | "pulse_now":
                self.pulses.append(token.raw[2] if token.what == "pulse" else token.raw[3])
            case _:
                self._turn(token)

    def _turn(self, token: Token) -> None:
        """What changes how the next words look."""
        match token.what:
            case "init":
                self._page, self._bold, self._double, self._words = "cp437", False, False, ""
            case "page":
                self._page = _PAGES[token.number]
            case "face":
                self._double = bool(token.number & 0x30)
            case "bold":
                self._bold = bool(token.number & 1)
