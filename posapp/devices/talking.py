"""Talking with a printer: is it well, did it print what it was given?

A printer that answers (DLE EOT, real time) is asked before a job, and after it (GS r, in turn): its answer says that
everything before it is on paper. One that never answers is believed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from posapp.devices.port import Port, Unreachable

_ASK = b"\x10\x04"  # DLE EOT n: answered at once, whatever the printer is doing
_CONFIRM = b"\x1dr\x01"  # GS r 1: answered in its turn
_PULSE_NOW = b"\x10\x14\x01"  # DLE DC4 1, pin, time: opens the drawer even while the printer cannot print


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient one is, in seconds."""

    answer_s: float = 0.7  # for the first answer; then it is known whether this printer answers at all
    look_s: float = 1.0  # between two questions while it prints
    silent_s: float = 6.0  # a printer that answered and says nothing so long is gone
    unsaid_s: float = 10.0  # it is well and never confirms: it does not know the question


class Trouble(Exception):
    """The printer does not print. `torn`: a part of the job may be on paper already."""

    def __init__(self, code: str, *, torn: bool, words: str = "") -> None:
        super().__init__(words or code)
        self.code, self.torn = code, torn


def print_out(
    port: Port, content: bytes, *, begin: Callable[[], None], told: Callable[[str], None], pace: Pace
) -> None:
    """Print a job on an open port. `begin` is called before its first byte leaves, `told` with what delays it.

    Raises `Trouble`. When it returns, the job is on paper as far as this printer can say.
    """
    answers = see(port, pace)
    begin()
    try:
        port.send(content)
        if answers:
            port.send(_CONFIRM)
        port.finish()
    except Unreachable as error:
        raise Trouble(error.code, torn=error.code == "vanished", words=str(error)) from error
    except OSError as error:
        raise Trouble(_code_of(error), torn=True, words=str(error)) from error
    if answers:
        _await(port, told, pace)


def see(port: Port, pace: Pace) -> bool:
    """See on an open port that the printer could print; gives whether it answers at all. Raises `Trouble`."""
    if not port.answers:
        return False
    try:
        if _ask(port, 1, pace.answer_s) is None:
            return False
        trouble = _trouble(port, pace)
    except OSError as error:
        raise Trouble(_code_of(error), torn=False, words=str(error)) from error
    if trouble:
        raise Trouble(trouble, torn=False)
    return True


def open_drawer(port: Port, pin: int, pace: Pace, *, in_trouble: bool = False) -> None:
    """Open the drawer on an open port; `in_trouble`: it is known that this printer cannot print now.

    Such a printer would open it only later, when it prints again: it is told to do it at once. Raises `OSError`.
    """
    answers = port.answers and (in_trouble or _ask(port, 1, pace.answer_s) is not None)
    if answers and (in_trouble or _trouble(port, pace)):
        port.send(_PULSE_NOW + bytes((0 if pin == 2 else 1, 2)))
    else:
        port.send(b"\x1bp" + bytes((0 if pin == 2 else 1, 50, 50)))
    port.finish()


def _code_of(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "stuck"
    return error.code if isinstance(error, Unreachable) else "vanished"


def _trouble(port: Port, pace: Pace) -> str:
    """What is wrong with a printer that answers, "" when nothing is."""
    paper, offline, fault = (_ask(port, about, pace.answer_s) or 0 for about in (4, 2, 3))
    if paper & 0x60 or offline & 0x20:
        return "paper_out"
    if offline & 0x04:
        return "cover_open"
    if fault & 0x08:
        return "cutter"
    if fault & 0x60 or offline & 0x40:
        return "fault"
    return ""


def _ask(port: Port, about: int, wait_s: float) -> int | None:
    """Ask for one of the states in real time; None when no answer comes."""
    port.send(_ASK + bytes((about,)))
    until = time.monotonic() + wait_s
    while (left := until - time.monotonic()) > 0:
        for byte in port.receive(left):
            if _is_state(byte):
                return byte
    return None


def _is_state(byte: int) -> bool:
    """Answers in real time bear a mark that no other answer has."""
    return byte & 0x93 == 0x12


def _is_confirmation(byte: int) -> bool:
    return byte & 0x90 == 0


def _await(port: Port, told: Callable[[str], None], pace: Pace) -> None:
    """Wait until the printer confirms; while it is out of paper it keeps what it has, and goes on afterwards."""
    heard = well_since = time.monotonic()
    trouble = seen = ""
    while True:
        try:
            states = _look(port, pace)
        except OSError as error:
            raise Trouble("vanished", torn=True, words=str(error)) from error
        now = time.monotonic()
        if states is None:
            return
        if states:
            heard, trouble = now, _read_states(states)
            seen, well_since = (trouble, now) if trouble else (seen, well_since)
            told(trouble)
        if now - heard > pace.silent_s:
            raise Trouble("vanished", torn=True)
        if not trouble and now - well_since > pace.unsaid_s:
            if seen:  # it had to stop, and what it held may be lost
                raise Trouble(seen, torn=True)
            return


def _look(port: Port, pace: Pace) -> list[int] | None:
    """Ask once how it stands, and listen for a while; None when it confirmed. Raises `OSError`."""
    port.send(_ASK + b"\x04" + _ASK + b"\x02")
    until = time.monotonic() + pace.look_s
    states: list[int] = []
    while (left := until - time.monotonic()) > 0:
        for byte in port.receive(left):
            if _is_confirmation(byte):
                return None
            if _is_state(byte):
                states.append(byte)
    return states


def _read_states(states: list[int]) -> str:
    """What the answers to the questions about paper and offline say, in whatever order they come."""
    if any(state & 0x60 == 0x60 or state & 0x20 for state in states):
        return "paper_out"
    return "cover_open" if any(state & 0x0C == 0x04 for state in states) else ""
