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
from typing import Protocol

import serial
import usb.core
import usb.util

from posapp.devices.library import DeviceNotFoundError, Usb
from posapp.settings import Printing

CONNECT_S = 4.0
SEND_S = 8.0  # the longest a printer may take nothing: its buffer is full while it prints
SPOOL_S = 20.0
NETWORK_PORT = 9100
_CHUNK = 2048
_PRINTERS = 7  # the class of USB interfaces that print


class Unreachable(OSError):
    """No byte could be brought to the printer. `code` says why, for `Trouble`."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(words or code)
        self.code = code


class Port(Protocol):
    """A way to a printer. Every method may raise `OSError`; after that the port is closed and opened anew."""

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


class NetworkPort:
    """A printer with an address of its own: raw TCP, as a rule on port 9100."""

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
        for start in range(0, len(content), _CHUNK):
            self._there().sendall(content[start : start + _CHUNK])

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
            rest = rest[os.write(self._handle, rest[:_CHUNK]) :]

    def receive(self, wait_s: float) -> bytes:
        """What it says."""
        ready, _, _ = select.select([self._handle], [], [], wait_s)
        return os.read(self._handle, 64) if ready else b""

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Close it."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


class SerialPort:
    """A printer on a serial line, or on USB as one."""

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
        for start in range(0, len(content), _CHUNK):
            self._there().write(content[start : start + _CHUNK])

    def receive(self, wait_s: float) -> bytes:
        """What it says."""
        until = time.monotonic() + wait_s
        while not (said := bytes(self._there().read(64))) and time.monotonic() < until:
            time.sleep(0.01)
        return said

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Close the line."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError):
                line.close()


class UsbPort:
    """A printer on USB that no driver shows as a device file, by its numbers: "04b8:0e15"."""

    def __init__(self, numbers: str) -> None:
        self._numbers = numbers
        self._printer: Usb | None = None

    def open(self) -> None:
        """Find it and the ways in and out of its printing interface."""
        try:
            vendor, product = (int(part, 16) for part in self._numbers.split(":"))
            device = usb.core.find(idVendor=vendor, idProduct=product)
            if device is None:
                raise Unreachable("no_device", f"{self._numbers} is not plugged in")
            out_end, in_end = _ends(device)
            printer = Usb(vendor, product, timeout=round(SEND_S * 1000), in_ep=in_end, out_ep=out_end)
            printer.open()
        except (DeviceNotFoundError, usb.core.NoBackendError, usb.core.USBError, ValueError) as error:
            raise Unreachable("no_device", str(error)) from error
        self._printer = printer

    def send(self, content: bytes) -> None:
        """Bring bytes there."""
        if self._printer is None:
            raise Unreachable("vanished")
        for start in range(0, len(content), _CHUNK):
            self._printer._raw(content[start : start + _CHUNK])

    def receive(self, wait_s: float) -> bytes:
        """What it says."""
        if self._printer is None:
            raise Unreachable("vanished")
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, max(1, round(wait_s * 1000))))
        except usb.core.USBTimeoutError:
            return b""

    def finish(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """Let it go."""
        printer, self._printer = self._printer, None
        if printer is not None:
            with contextlib.suppress(OSError):
                printer.close()


def _ends(device: usb.core.Device) -> tuple[int, int]:
    """The addresses of the bulk ends, out and in, of the interface that prints."""
    for configuration in device:
        for interface in configuration:
            if interface.bInterfaceClass == _PRINTERS:
                ends = [end.bEndpointAddress for end in interface if end.bmAttributes & 3 == 2]
                outward = next((end for end in ends if not end & 0x80), None)
                if outward is not None:
                    return outward, next((end for end in ends if end & 0x80), 0x82)
    raise Unreachable("no_device", "it has no interface that prints")


class SystemPort:
    """A printer of the operating system, by the name it has there. The system does not tell what becomes of a job."""

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
