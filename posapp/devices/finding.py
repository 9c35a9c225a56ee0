"""Which printers this computer can see, to choose from. Looking may take a second: never on the window's thread."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import usb.core
from serial.tools import list_ports

from posapp.devices.usb_port import PRINTERS

_LOOK_S = 5.0
Found = tuple[str, str]  # the address to use, and how a person knows it


def printers(connection: str) -> tuple[Found, ...]:
    """What can be chosen for a way of connecting; nothing for the network, which is not searched."""
    match connection:
        case "usb":
            return (*_devices(), *_on_usb())
        case "serial":
            ports = (port for port in list_ports.comports() if port.hwid != "n/a")
            return tuple((port.device, f"{port.device} {port.description}") for port in ports)
        case "system":
            return tuple(_of_system())
    return ()


def _devices() -> list[Found]:
    return [(str(path), str(path)) for path in sorted(Path("/dev/usb").glob("lp*"))]


def _on_usb() -> Iterator[Found]:
    """Printers that only libusb sees, where it is installed."""
    try:
        found = list(usb.core.find(find_all=True) or ())
    except (usb.core.NoBackendError, usb.core.USBError):
        return
    for device in found:
        try:
            prints = any(i.bInterfaceClass == PRINTERS for configuration in device for i in configuration)
        except usb.core.USBError:
            continue
        if prints:
            numbers = f"{device.idVendor:04x}:{device.idProduct:04x}"
            yield numbers, f"USB printer {numbers}"


def _of_system() -> list[Found]:
    try:
        told = subprocess.run(
            ["lpstat", "-e"], capture_output=True, timeout=_LOOK_S, check=False,  # noqa: S607 - where PATH has it
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return []
    names = told.stdout.decode(errors="replace").split()
    return [(name, name) for name in names]
