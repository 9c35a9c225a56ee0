"""The way to a printer on USB through libusb, where no driver shows it as a device file."""

import contextlib

import usb.core
import usb.util

from posapp.devices.library import DeviceNotFoundError, Usb
from posapp.devices.port import CHUNK, SEND_S, Unreachable

PRINTERS = 7  # the class of USB interfaces that print


class UsbPort:
    """A printer on USB that no driver shows as a device file, by its numbers: "04b8:0e15"."""

    answers = True

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
        for start in range(0, len(content), CHUNK):
            self._printer._raw(content[start : start + CHUNK])

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
            if interface.bInterfaceClass == PRINTERS:
                ends = [end.bEndpointAddress for end in interface if end.bmAttributes & 3 == 2]
                outward = next((end for end in ends if not end & 0x80), None)
                if outward is not None:
                    return outward, next((end for end in ends if end & 0x80), 0x82)
    raise Unreachable("no_device", "it has no interface that prints")
