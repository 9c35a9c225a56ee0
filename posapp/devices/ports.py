"""The ways to a printer: network, a device file, serial, USB, the operating system's own queue.

Every one of them gives up after a time: a printer that is switched off must not hold a thread for ever.
"""

import contextlib
import os
import select
import socket
import stat
import subprocess
import time
from pathlib import Path

import serial

from posapp.devices.port import CHUNK, CONNECT_S, SEND_S, Port, Unreachable
from posapp.devices.usb_port import UsbPort
from posapp.settings import Printing

SPOOL_S = 20.0
NETWORK_PORT = 9100
_BREATH_S = 0.05


class NetworkPort:
    """A printer with an address of its own: raw TCP, as a rule on port 9100."""

    answers = True

    def __init__(self, address: str) -> None:
        self._host, self._port = split_address(address)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect, or say why not."""
        try:
            self._socket = socket.create_connection((self._host, self._port), timeout=CONNECT_S)
        except (OSError, UnicodeError) as error:
            raise Unreachable("unreachable", str(error)) from error
        self._socket.settimeout(SEND_S)

    def _there(self) -> socket.socket:
        if self._socket is None:
            raise Unreachable("vanished")
        return self._socket

    def send(self, content: bytes) -> None:
        """Bring bytes there, as many at a time as the printer takes."""
        for start in range(0, len(content), CHUNK):
            self._there().sendall(content[start : start + CHUNK])

    def receive(self, wait_s: float) -> bytes:
        """What it says. Raises `OSError` when it hung up."""
        there = self._there()
        ready, _, _ = select.select([there], [], [], wait_s)
        if not ready:
            return b""
        said = there.recv(64)
        if not said:
            raise Unreachable("vanished")
        return said

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Hang up."""
        there, self._socket = self._socket, None
        if there is not None:
            with contextlib.suppress(OSError):
                there.shutdown(socket.SHUT_RDWR)
            there.close()


class DevicePort:
    """A printer the system shows as a device file, as Linux does with printers on USB: /dev/usb/lp0."""

    answers = True

    def __init__(self, path: str) -> None:
        self._path = path
        self._handle = -1

    def open(self) -> None:
        """Open it, for answers too where the device has a way back."""
        try:
            if not stat.S_ISCHR(Path(self._path).stat().st_mode):
                raise Unreachable("no_device", f"{self._path} is no device")
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
            except PermissionError as error:
                raise Unreachable("not_allowed", str(error)) from error
        except Unreachable:
            raise
        except (OSError, ValueError) as error:
            raise Unreachable("no_device", str(error)) from error

    def send(self, content: bytes) -> None:
        """Bring bytes there, as many at a time as the device takes."""
        rest = memoryview(content)
        while rest:
            _, ready, _ = select.select([], [self._handle], [], SEND_S)
            if not ready:
                raise TimeoutError(f"{self._path} takes nothing")
            rest = rest[os.write(self._handle, rest[:CHUNK]) :]

    def receive(self, wait_s: float) -> bytes:
        """What it says."""
        ready, _, _ = select.select([self._handle], [], [], wait_s)
        said = os.read(self._handle, 64) if ready else b""
        if ready and not said:
            time.sleep(min(wait_s, _BREATH_S))  # some drivers call that ready, again and again
        return said

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Close it."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


class SerialPort:
    """A printer on a serial line, or on USB as one."""

    answers = True

    def __init__(self, path: str, baud: int) -> None:
        self._path, self._baud = path, baud
        self._line: serial.Serial | None = None

    def open(self) -> None:
        """Open the line."""
        try:
            self._line = serial.Serial(
                self._path, self._baud, timeout=0, write_timeout=SEND_S, dsrdtr=os.name == "nt"
            )
        except (serial.SerialException, ValueError) as error:
            raise Unreachable("no_device", str(error)) from error

    def _there(self) -> serial.Serial:
        if self._line is None:
            raise Unreachable("vanished")
        return self._line

    def send(self, content: bytes) -> None:
        """Bring bytes there."""
        for start in range(0, len(content), CHUNK):
            self._there().write(content[start : start + CHUNK])

    def receive(self, wait_s: float) -> bytes:
        """What it says."""
        until = time.monotonic() + wait_s
        while not (said := bytes(self._there().read(64))) and time.monotonic() < until:
            time.sleep(0.01)  # no system selects on every line, and a line's own time-out waits for all 64
        return said

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Close the line."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError):
                line.close()


class SystemPort:
    """A printer of the operating system, by the name it has there. The system does not tell what becomes of a job."""

    answers = False

    def __init__(self, name: str) -> None:
        self._name = name
        self._job = b""

    def open(self) -> None:
        """Begin a job."""
        self._job = b""

    def send(self, content: bytes) -> None:
        """Add to the job."""
        self._job += content

    def receive(self, wait_s: float) -> bytes:
        """Nothing ever comes back."""
        return b""

    def finish(self) -> None:
        """Hand the whole job over, byte for byte. A refused one was not printed: raises `Unreachable`."""
        job, self._job = self._job, b""
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and the name is the argument of -d
                ["lp", "-d", self._name, "-t", "posapp", "-o", "raw", "--", "-"],  # noqa: S607 - where PATH has it
                input=job, capture_output=True, timeout=SPOOL_S, check=False,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise Unreachable("no_spooler", str(error)) from error
        if done.returncode:
            raise Unreachable("refused", done.stderr.decode(errors="replace")[:200])

    def close(self) -> None:
        """Forget what was not handed over."""
        self._job = b""


def split_address(address: str) -> tuple[str, int]:
    """Give host and port of "192.168.1.50", "printer:9100" or "[fe80::1]:9100". Raises `ValueError`."""
    host, colon, port = address.strip().rpartition(":")
    if not colon or (address.count(":") > 1 and not host.startswith("[")):
        host, port = address.strip(), str(NETWORK_PORT)
    host = host.strip("[]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        raise ValueError(f"{address!r} is no address of a printer")
    return host, int(port)


def port_of(printing: Printing) -> Port:
    """Make the way to the printer that is set up. Raises `Unreachable` where none can be meant."""
    try:
        match printing.connection:
            case "network":
                return NetworkPort(printing.address)
            case "serial":
                return SerialPort(printing.address, printing.baud)
            case "system":
                return SystemPort(printing.address)
            case "usb":
                is_file = printing.address.startswith("/")
                return DevicePort(printing.address) if is_file else UsbPort(printing.address)
    except ValueError as error:
        raise Unreachable("bad_address", str(error)) from error
    raise Unreachable("none", "no printer is set up")
