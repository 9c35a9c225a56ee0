"""The cards of Settings, Tills and printing: each shows a part of the printer's settings and gives it back."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.paper import Paper
from posapp.gui.paper_artist import load_logo
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.toggles import Switch
from posapp.settings import Printing

WAYS = (
    ("none", "No printer"),
    ("network", "Network"),
    ("usb", "USB"),
    ("serial", "Serial"),
    ("system", "Printer of this computer"),
)
_ADDRESS = {  # label, placeholder
    "network": ("Address", "192.168.1.50:9100"),
    "usb": ("Device", "/dev/usb/lp0"),
    "serial": ("Port", "/dev/ttyUSB0"),
    "system": ("Its name on this computer", "receipts"),
}
_BAUD = tuple((str(rate), f"{rate:,}") for rate in (9600, 19200, 38400, 57600, 115200))
_LETTERS = (
    ("ascii", "Plain letters; lines with any other sign are drawn"),
    ("cp437", "Code page 437 (USA, Europe)"),
    ("cp850", "Code page 850 (Western Europe)"),
    ("cp858", "Code page 858 (with €)"),
    ("cp1252", "Code page 1252 (Windows)"),
    ("picture", "Draw every line"),
)
_WIRES = (
    ("pin2", "Opened by the printer, wire 2"),
    ("pin5", "Opened by the printer, wire 5"),
    ("none", "No drawer"),
)
_CODES = (("qr", "QR code"), ("barcode", "Barcode"), ("none", "None"))
_LOGO_DOTS = 576  # wide at most
LOGO_TYPES = "Pictures (*.png *.jpg *.jpeg *.bmp *.svg)"


class PrinterCard(Card):
    """How the printer is reached. `changed` tells that something else is chosen or typed."""

    changed = Signal()

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self.way = Select("How is the printer connected?", WAYS)
        self.address = Input("Address")
        self.address.edit.setMaxLength(200)
        self.found = Select("Seen by this computer", (("", "Choose…"),))
        self.baud = Select("Speed", _BAUD)
        self.add(Label("Printer", Type.SECTION), 8, self.way, 12)
        self._fields = FieldRow((self.address, 2), (self.found, 2), (self.baud, 1), wide=560)
        self.add(self._fields)
        self.way.changed.connect(self._choose)
        self.address.changed.connect(lambda _: self.address.set_error(""))
        self.address.changed.connect(lambda _: self.changed.emit())
        self.found.changed.connect(lambda address: self.address.set_text(address) if address else None)
        self.baud.changed.connect(lambda _: self.changed.emit())

    def read(self, printing: Printing) -> None:
        """Show what is set up."""
        self.way.set_value(printing.connection)
        self.address.set_text(printing.address)
        self.baud.set_value(str(printing.baud))
        self._show_fields()

    def fields(self) -> dict[str, Any]:
        """Give what is chosen and typed."""
        way = self.way.value
        address = "" if way == "none" else self.address.text
        return {"connection": way, "address": address, "baud": int(self.baud.value)}

    def check(self) -> bool:
        """Say beneath the field what is missing."""
        missing = self.way.value != "none" and not self.address.text
        self.address.set_error("Say where the printer is." if missing else "")
        return not missing

    def _choose(self, way: str) -> None:
        self.address.set_text("")
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        way = self.way.value
        self._fields.setVisible(way != "none")
        self.baud.setVisible(way == "serial")
        self.found.setVisible(False)
        if way in _ADDRESS:
            label, placeholder = _ADDRESS[way]
            self.address.set_label(label)
            self.address.edit.setPlaceholderText(placeholder)
            self._paper.find_printers(way, self._show_found)

    def _show_found(self, way: str, found: tuple[tuple[str, str], ...]) -> None:
        if way != self.way.value:
            return
        self.found.set_choices((("", "Choose…"), *found))
        self.found.setVisible(bool(found))


class PaperCard(Card):
    """Paper, letters, cut and copies, and whether a receipt comes unasked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=14)
        self.width_mm = SegmentedControl((("58", "58 mm"), ("80", "80 mm")), name="Width of the paper")
        self.copies = SegmentedControl((("1", "1"), ("2", "2"), ("3", "3")), name="Pieces of each receipt")
        self.letters = Select("Letters of the printer", _LETTERS)
        self.cut = Switch("Cut the paper after each piece")
        self.automatic = Switch("Print a receipt after every sale, unasked")
        self.add(Label("Paper", Type.SECTION))
        self.add(
            line_of("Width of the paper", "80 mm holds 48 signs on a line, 58 mm holds 32.", self.width_mm)
        )
        self.add(line_of("Pieces of each receipt", "The second and third are marked COPY.", self.copies))
        self.add(self.letters, self.cut, self.automatic)
        for segmented in (self.width_mm, self.copies):
            segmented.changed.connect(lambda _: self.changed.emit())
        self.letters.changed.connect(lambda _: self.changed.emit())
        for switch in (self.cut, self.automatic):
            switch.toggled.connect(lambda _: self.changed.emit())

    def read(self, printing: Printing) -> None:
        """Show what is set up."""
        self.width_mm.set_value(str(printing.paper_mm))
        self.copies.set_value(str(printing.copies))
        self.letters.set_value(printing.code_page)
        self.cut.setChecked(printing.cut)
        self.automatic.setChecked(printing.automatic)

    def fields(self) -> dict[str, Any]:
        """Give what is chosen."""
        return {
            "paper_mm": int(self.width_mm.value),
            "copies": int(self.copies.value),
            "code_page": self.letters.value,
            "cut": self.cut.isChecked(),
            "automatic": self.automatic.isChecked(),
        }


class DrawerCard(Card):
    """The cash drawer at the printer's plug."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=14)
        self.wire = Select("Cash drawer", _WIRES)
        self.on_cash = Switch("Open it when cash is taken")
        self.try_it = Button("Open the drawer", icon="wallet-cards")
        self.add(Label("Drawer", Type.SECTION), self.wire, self.on_cash, _left(self.try_it))
        self.wire.changed.connect(lambda _: self.changed.emit())
        self.on_cash.toggled.connect(lambda _: self.changed.emit())

    def read(self, printing: Printing) -> None:
        """Show what is set up."""
        self.wire.set_value(printing.drawer)
        self.on_cash.setChecked(printing.kick_on_cash)

    def fields(self) -> dict[str, Any]:
        """Give what is chosen."""
        return {"drawer": self.wire.value, "kick_on_cash": self.on_cash.isChecked()}


class WordsCard(Card):
    """What stands on a receipt besides the sale."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self.heading = _two_lines("Beneath the shop's name")
        self.heading[0].edit.setPlaceholderText("12 Allen Avenue, Ikeja")
        self.heading[1].edit.setPlaceholderText("0803 000 0000, TIN 12345678-0001")
        self.footer = _two_lines("At the end")
        self.code = SegmentedControl(_CODES, name="Code of the order's number")
        self.logo = Input("Logo", placeholder="No logo")
        self.choose = Button("Choose…", icon="upload")
        self.add(Label("On the receipt", Type.SECTION))
        for first, second in (self.heading, self.footer):
            self.add(FieldRow((first, 1), (second, 1), wide=560))
        self.add(FieldRow((self.logo, 1), (_beneath_label(self.choose), 0), wide=320))
        self.add(line_of("Code of the order's number", "A scanned receipt opens its order.", self.code))
        for field in (*self.heading, *self.footer, self.logo):
            field.edit.setMaxLength(190)
            field.changed.connect(lambda _: self.changed.emit())
        self.code.changed.connect(lambda _: self.changed.emit())
        self.logo.changed.connect(lambda _: self.logo.set_error(""))
        self.choose.clicked.connect(self._choose_logo)

    def read(self, printing: Printing) -> None:
        """Show what is set up."""
        for fields, words in ((self.heading, printing.heading), (self.footer, printing.footer)):
            lines = [*words.split("\n", 1), "", ""]
            for field, line in zip(fields, lines, strict=False):
                field.set_text(line)
        self.code.set_value(printing.code)
        self.logo.set_text(printing.logo)

    def fields(self) -> dict[str, Any]:
        """Give what is typed and chosen."""
        return {
            "heading": "\n".join(field.text for field in self.heading).rstrip("\n"),
            "footer": "\n".join(field.text for field in self.footer).rstrip("\n"),
            "code": self.code.value,
            "logo": self.logo.text,
        }

    def check(self) -> bool:
        """Say beneath the field that a file is no picture."""
        unread = bool(self.logo.text) and load_logo(self.logo.text, _LOGO_DOTS) is None
        self.logo.set_error("This is no picture that can be read." if unread else "")
        return not unread

    def _choose_logo(self) -> None:
        dialog = QFileDialog(self, "Choose the logo")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(LOGO_TYPES)
        dialog.fileSelected.connect(self.logo.set_text)
        dialog.open()


def line_of(name: str, meaning: str, control: QWidget) -> QWidget:
    """A setting: its name and meaning, and its control at the right."""
    told = QWidget()
    told.setLayout(column(Label(name, weight=MEDIUM), Label(meaning, Type.SMALL, ink="muted", wrap=True)))
    return FieldRow((told, 1), (control, 0), wide=520, spacing=12, middle=True)


def _two_lines(label: str) -> tuple[Input, Input]:
    """Two fields for two lines of paper."""
    return Input(label), Input("and beneath that", name=f"{label}, second line")


def _left(button: Button) -> QWidget:
    made = QWidget()
    made.setLayout(flow(button))
    return made


def _beneath_label(button: Button) -> QWidget:
    """A button that stands beside a field which has its label above it."""
    made = QWidget()
    made.setLayout(column(STRETCH, button))
    return made
