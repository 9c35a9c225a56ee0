"""The raw text of something that came in and could not be read, with its reason and what to do about it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from posapp.gui import text
from posapp.gui.fonts import Type
from posapp.gui.record_words import SHOWN_MOST, harmless, laid_out, name_of
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, Themed
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import DialogShell, Question
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.strip import Strip
from posapp.queries.health import SetAside

_SIZE = QSize(860, 620)


class RawText(Themed, QPlainTextEdit):
    """Plain text to read and copy; nothing in it is markup."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(12)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.look_changed()

    def look_changed(self) -> None:
        """Take font and colours."""
        self.setFont(look().font(Type.SMALL, figures=True))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, look().tokens.surface)
        self.setPalette(colours)


class RawTextDialog(DialogShell):
    """`retry_wished` and `discard_wished` tell the wish once; without `decidable` it is only to be read."""

    retry_wished = Signal(int)
    discard_wished = Signal(int)

    def __init__(self, item: SetAside, came: str, parent: QWidget, *, decidable: bool = True) -> None:
        super().__init__(name_of(item), parent, size=_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._item = item
        self.set_sub(f"Came {came} · record {item.seq}")
        self.add(Strip(Tone.ATTENTION, text.outside(item.reason, 400), wrap=True), 12)
        self.text = RawText("Raw text")
        self.text.setPlainText(
            harmless(laid_out(item.raw)) or "Its text was deleted; it is older than 30 days."
        )
        holder = Card(padding=1, ground="raised")
        holder.add(self.text)
        self.add(holder, 8)
        if len(item.raw) > SHOWN_MOST:
            rest = text.number(len(item.raw) - SHOWN_MOST)
            self.add(
                Label(f"{rest} more characters are not shown; Copy takes all.", Type.SMALL, ink="muted"), 8
            )
        self.copy = Button("Copy", icon="copy")
        self.copy.clicked.connect(self._copy)
        self.discard = Button("Discard", icon="trash-2", warns=True)
        self.discard.clicked.connect(self._ask)
        self.retry = Button("Try again", Variant.PRIMARY, icon="refresh-cw")
        self.retry.clicked.connect(self._retry)
        deeds = (self.discard, self.retry) if decidable else ()
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.copy, *deeds)
        self.text.setFocus()

    def look_changed(self) -> None:
        """Grow with the text."""
        super().look_changed()
        self._wanted = QSize(look().px(_SIZE.width()), look().px(_SIZE.height()))

    def _copy(self) -> None:
        """All of it, as it came."""
        QGuiApplication.clipboard().setText(self._item.raw)
        self.copy.setText("Copied")

    def _retry(self) -> None:
        self.retry_wished.emit(self._item.seq)
        self.accept()

    def _ask(self) -> None:
        name = name_of(self._item)
        sentence = (
            f"This news of {name} is given up: the till goes on as if it had never come. Later news of the same is "
            "read as always. Nothing changes in the web shop."
        )
        question = Question(f"Discard this news of {name}?", sentence, "Discard", self, danger=True)
        question.accepted.connect(self._discard)
        question.open()

    def _discard(self) -> None:
        self.discard_wished.emit(self._item.seq)
        self.accept()
