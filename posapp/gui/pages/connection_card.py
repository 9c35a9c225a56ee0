"""A web shop or provider that is connected: who it is, its address, its key, how often it is looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type
from posapp.gui.pages import connection_words as words
from posapp.gui.pages.settings_frame import IconTile
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.queries.health import ConnectionRow


class ConnectedCard(Card):
    """`moved` tells a new address, `look_chosen` seconds; the buttons tell themselves."""

    moved = Signal(str)
    look_chosen = Signal(int)

    def __init__(self, kind: words.Kind) -> None:
        super().__init__()
        self._kind = kind
        self.row: ConnectionRow | None = None
        self.name = Label("", Type.SECTION)
        self._about = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.change_key = Button("Change key", icon="key-round")
        self.disconnect_button = Button("Disconnect", icon="unplug", warns=True)
        self.address = Input(kind.address)
        self.key = Input(
            "Key", icon="key-round", trailing="read, write" if kind.key_needed else "read, pay back"
        )
        self.key.edit.setReadOnly(True)
        self.look = Select(kind.look, words.INTERVALS)
        self._place = Label("", Type.SMALL, ink="muted", icon="boxes", wrap=True)
        self.move_button = Button("Use this address", Variant.PRIMARY, Size.SMALL)
        self.put_back = Button("Put back", size=Size.SMALL)
        self._move = QWidget()
        self._move.setLayout(flow(self.move_button, self.put_back))
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.address.changed.connect(lambda _: self._show_move())
        self.address.entered.connect(lambda _: self._tell_moved())
        self.look.changed.connect(lambda seconds: self.look_chosen.emit(int(seconds)))
        self.move_button.clicked.connect(self._tell_moved)
        self.put_back.clicked.connect(self._put_back)

    def _lay_out(self) -> None:
        who = column(self.name, self._about)
        head = QWidget()
        line = row(IconTile(self._kind.icon), who, spacing=16)
        line.setStretch(1, 1)
        head.setLayout(line)
        deeds = QWidget()
        deeds.setLayout(flow(self.change_key, self.disconnect_button, spacing=metrics.S16))
        top = FieldRow((head, 1), (deeds, 0), wide=620)
        fields = FieldRow((self.address, 24), (self.key, 13), (self.look, 10), wide=640)
        self.add(top, 16, fields, 8, self._move, 4, self._place)

    def show_row(self, shown: ConnectionRow) -> None:
        """Show a connection as it is now; an address that is being typed stays."""
        typing = self.row is not None and self.row.id == shown.id and self.address.text != self.row.url
        self.row = shown
        self.name.setText(words.name_of(shown, self._kind))
        self._about.setText(words.about_of(shown, self._kind))
        if not typing:
            self.address.set_text(shown.url)
        self.key.set_text(words.masked(shown.key) if self._kind.key_needed else "········")
        if self.look.box.findData(str(shown.look_s)) < 0:
            self.look.box.addItem(words.interval_words(shown.look_s), str(shown.look_s))
        self.look.set_value(str(shown.look_s))
        self._place.setText(
            f"Its paid orders take stock from {text.outside(shown.location, 60)}."
            if self._kind.key_needed
            else ""
        )
        self._place.setVisible(self._kind.key_needed)
        self._show_move()

    def wait(self, waiting: bool) -> None:
        """Take no further press while an answer is awaited."""
        for each in (self.address, self.change_key, self.disconnect_button, self.move_button):
            each.setEnabled(not waiting)

    def _put_back(self) -> None:
        if self.row is not None:
            self.address.set_text(self.row.url)

    def _show_move(self) -> None:
        self._move.setVisible(self.row is not None and self.address.text not in ("", self.row.url))

    def _tell_moved(self) -> None:
        if self.row is not None and self.address.text not in ("", self.row.url):
            self.moved.emit(self.address.text)
