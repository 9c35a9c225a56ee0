"""What dialogs with fields share: nothing that was typed gets lost by a slip, and a refusal is said in them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.domain.errors import Refused
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import announce
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell, Question
from posapp.gui.widgets.label import Label

_GAP = 12  # above the footer
_MOST = QSize(1040, 680)  # the size of the order dialog


def grown(size: QSize) -> QSize:
    """Let a dialog's size grow with the text, as far as a laptop's screen allows."""
    return QSize(look().px(size.width()), look().px(size.height())).boundedTo(_MOST)


class FormDialog(DialogShell):
    """Put `problem` where it is seen. Override `is_dirty`, so that Esc asks before typed work is thrown away."""

    throw_away = "Throw away what you typed?"

    def __init__(self, title: str, parent: QWidget | None = None, *, size: QSize | None = None) -> None:
        super().__init__(title, parent, size=size)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.problem = Label("", Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self.problem.hide()
        self.question: Question | None = None
        self._busy: Button | None = None

    def fit_fields(self, wide: int) -> None:
        """Be so wide in normal text, and as high as the fields, with room for a sentence about one of them."""
        self.size_to_fit(grown(QSize(wide, 0)).width(), look().line(Type.SMALL) + _GAP)

    def is_dirty(self) -> bool:
        """Say whether something was typed that closing would lose."""
        return False

    def reject(self) -> None:
        """Leave; ask first where work would be lost."""
        if self._busy is not None:
            return
        if not self.is_dirty():
            super().reject()
            return
        self.question = Question(
            self.throw_away, "Nothing has been saved yet.", "Throw away", self, danger=False, out="Go on"
        )
        self.question.accepted.connect(self._leave)
        self.question.open()

    def _leave(self) -> None:
        """Go without asking again."""
        super().reject()

    def say_problem(self, words: str) -> None:
        """Say what stands in the way, to the eye and to a screen reader; "" takes it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    @property
    def is_busy(self) -> bool:
        """Say whether the deed is under way."""
        return self._busy is not None

    def begin(self, button: Button) -> None:
        """The deed is under way: its button cannot be pressed twice, and the dialog stays open."""
        self.say_problem("")
        self._busy = button
        button.setEnabled(False)

    def refused(self, refusal: Refused) -> None:
        """The deed was refused: say why; everything typed is still there."""
        self.done_waiting()
        self.say_problem(refusal.message)

    def done_waiting(self) -> None:
        """The answer has come."""
        if self._busy is not None:
            self._busy.setEnabled(True)
            self._busy = None
