"""The ways to a printer besides the network: a device file, a serial line, the system's own printer."""

import os
import pty
import tty

import pytest
import usb.core

from posapp.devices.finding import printers
from posapp.devices.port import Unreachable
from posapp.devices.ports import DevicePort, SerialPort, SystemPort, port_of, split_address
from posapp.settings import Printing
from tests.devices.printer import PATIENCE_S


@pytest.fixture
def line():
    """Two ends of a line: where the printer is, and the device that leads there."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("make", [DevicePort, lambda path: SerialPort(path, 9600)])
def test_bytes_go_there_and_answers_come_back(line, make):
    printer, path = line
    port = make(path)
    port.open()
    port.send(b"\x1b@hello\n")
    assert os.read(printer, 64) == b"\x1b@hello\n"
    assert port.receive(0.01) == b""
    os.write(printer, b"\x12")
    assert port.receive(PATIENCE_S) == b"\x12"
    port.close()
    port.close()


@pytest.mark.parametrize("make", [DevicePort, lambda path: SerialPort(path, 9600)])
def test_a_device_that_is_not_there_is_said_so(tmp_path, make):
    with pytest.raises(Unreachable) as why:
        make(str(tmp_path / "lp0")).open()
    assert why.value.code == "no_device"


def test_a_file_is_no_printer(tmp_path):
    treasure = tmp_path / "posapp.db"
    treasure.write_bytes(b"everything")
    with pytest.raises(Unreachable):
        DevicePort(str(treasure)).open()
    assert treasure.read_bytes() == b"everything"


def test_the_system_gets_a_whole_job_at_once_byte_for_byte(spooler):
    port = SystemPort("receipts; rm -rf /")
    port.open()
    port.send(b"\x1b@one")
    port.send(b"two\x00\xff")
    assert not (spooler / "job").exists()
    port.finish()
    assert (spooler / "job").read_bytes() == b"\x1b@onetwo\x00\xff"
    assert (spooler / "arguments").read_text() == "-d receipts; rm -rf / -t posapp -o raw -- -\n"


def test_what_the_system_refuses_was_not_printed(spooler):
    (spooler / "paused").touch()
    port = SystemPort("receipts")
    port.open()
    port.send(b"one")
    with pytest.raises(Unreachable) as why:
        port.finish()
    assert why.value.code == "refused"


def test_a_computer_without_printing_is_said_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    port = SystemPort("receipts")
    port.open()
    with pytest.raises(Unreachable) as why:
        port.finish()
    assert why.value.code == "no_spooler"
    assert printers("system") == ()


def test_the_system_s_printers_can_be_chosen(spooler):
    assert printers("system") == (("receipts", "receipts"), ("office", "office"))
    assert printers("network") == ()
    assert isinstance(printers("usb"), tuple)
    assert isinstance(printers("serial"), tuple)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.50", ("192.168.1.50", 9100)),
        (" printer.example.test:9101 ", ("printer.example.test", 9101)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
        ("fe80::1", ("fe80::1", 9100)),
    ],
)
def test_addresses(typed, meant):
    assert split_address(typed) == meant


@pytest.mark.parametrize("typed", ["", ":9100", "host:0", "host:70000", "host:http", "host:９１００"])
def test_what_is_no_address_is_said_so(typed):
    with pytest.raises(Unreachable) as why:
        port_of(Printing(connection="network", address=typed))
    assert why.value.code == "bad_address"


@pytest.mark.parametrize("numbers", ["04b8:0e15", "what:ever", "", "04b8"])
def test_a_usb_printer_that_is_not_plugged_in_is_said_so(numbers):
    port = port_of(Printing(connection="usb", address=numbers))
    with pytest.raises(Unreachable) as why:
        port.open()
    assert why.value.code == "no_device"


def test_no_printer_is_no_way():
    with pytest.raises(Unreachable) as why:
        port_of(Printing())
    assert why.value.code == "none"


class _End:
    def __init__(self, address):
        self.bEndpointAddress, self.bmAttributes = address, 2


class _Interface(list):
    bInterfaceClass = 7  # noqa: N815 - as pyusb calls it


class _Plugged(list):
    """A printer on USB as libusb shows it: one interface that prints, its ways out and in at unusual places."""

    def __init__(self):
        super().__init__([[_Interface((_End(0x84), _End(0x03)))]])
        self.idVendor, self.idProduct = 0x04B8, 0x0E15
        self.written: list[tuple[int, bytes]] = []
        self.says: list[bytes] = []
        self._ctx = self
        self.backend = type("Backend", (), {"__module__": "usb.backend.openusb"})()

    def set_configuration(self): ...

    def reset(self): ...

    def dispose(self, device): ...

    def write(self, end, content, timeout):
        self.written.append((end, bytes(content)))

    def read(self, end, size, timeout):
        if not self.says:
            raise usb.core.USBTimeoutError("nothing")
        assert end == 0x84
        return self.says.pop(0)


def test_a_usb_printer_is_found_and_written_to_where_it_listens(monkeypatch):
    there = _Plugged()
    monkeypatch.setattr(usb.core, "find", lambda find_all=False, **wanted: [there] if find_all else there)
    assert ("04b8:0e15", "USB printer 04b8:0e15") in printers("usb")
    port = port_of(Printing(connection="usb", address="04b8:0e15"))
    port.open()
    port.send(b"x" * 5_000)
    assert {end for end, _ in there.written} == {0x03}
    assert b"".join(content for _, content in there.written) == b"x" * 5_000
    assert port.receive(0.01) == b""
    there.says.append(b"\x12")
    assert port.receive(0.01) == b"\x12"
    port.close()


def test_what_does_not_print_on_usb_is_no_printer(monkeypatch):
    there = _Plugged()
    there[0][0].bInterfaceClass = 8
    monkeypatch.setattr(usb.core, "find", lambda find_all=False, **wanted: [there] if find_all else there)
    assert all("04b8" not in address for address, _ in printers("usb"))
    with pytest.raises(Unreachable):
        port_of(Printing(connection="usb", address="04b8:0e15")).open()
