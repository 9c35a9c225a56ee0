"""Text in a role and an ink of the look. Always plain: what a shop or a customer wrote is never markup."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from posapp.gui import icons, paint
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.paragraph import laid_out


class Label(Themed, QLabel):
    """One line of text, or with `wrap` a paragraph with the role's line height.

    `ink` names a token ("text", "muted", "danger", "attention", "ok", "primary"…) or is a tone. `icon` stands
    before the text.
    """

    def __init__(
        self,
        text: str = "",
        type_: Type = Type.BODY,
        *,
        ink: str | Tone = "text",
        weight: int | None = None,
        figures: bool = False,
        wrap: bool = False,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._type, self._ink, self._weight, self._figures = type_, ink, weight, figures
        self._icon: str | None = icon
        self._icon_ink: str | Tone = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.look_changed()

    def set_ink(self, ink: str | Tone) -> None:
        """Change the colour by naming a token."""
        self._ink = ink
        self.update()

    def set_icon_ink(self, ink: str | Tone) -> None:
        """Give the icon another colour than the words."""
        self._icon_ink = ink
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Change or take away the icon before the text."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def look_changed(self) -> None:
        """Take the role's font."""
        self.setFont(self._font())
        self.updateGeometry()

    def _font(self) -> QFont:
        return look().font(self._type, self._weight, figures=self._figures)

    def _indent(self) -> int:
        return look().px(self._icon_size()) + self._gap() if self._icon else 0

    def _icon_size(self) -> int:
        return {Type.CAPTION: 14, Type.SMALL: 16}.get(self._type, 18)

    def _gap(self) -> int:
        return 4 if self._type in (Type.CAPTION, Type.SMALL) else 8

    def sizeHint(self) -> QSize:
        """One line as wide as it is; a paragraph asks for a readable width and is given less if need be."""
        around = self.contentsMargins()
        wide = round(paint.width_of(self.text(), self._font()) + 0.499) + self._indent()
        wide += around.left() + around.right()
        if self.wordWrap() and wide > 480:
            return QSize(480, self.heightForWidth(480))
        return QSize(wide, look().line(self._type) + around.top() + around.bottom())

    def minimumSizeHint(self) -> QSize:
        """A line is never cut; a paragraph may become narrow."""
        return QSize(80, look().line(self._type)) if self.wordWrap() else self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """Give the height of the paragraph in this width."""
        if not self.wordWrap():
            return -1
        around = self.contentsMargins()
        lines = self._lay(width - self._indent() - around.left() - around.right()).lineCount()
        return max(1, lines) * look().line(self._type) + around.top() + around.bottom()

    def _lay(self, width: int) -> QTextLayout:
        align = Qt.AlignmentFlag.AlignHCenter if self._centred() else Qt.AlignmentFlag.AlignLeft
        words = self.text().replace("\n", "\u2028")
        return laid_out(words, self._font(), width, look().line(self._type), align)

    def _centred(self) -> bool:
        return bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and text."""
        painter = QPainter(self)
        tokens = look().tokens
        colour = tokens.ink(self._ink) if self.isEnabled() else tokens.disabled
        rect = self.contentsRect()
        if self._icon:
            self._paint_icon(painter, rect, tokens.ink(self._icon_ink) if self._icon_ink else colour)
        rect = rect.adjusted(self._indent(), 0, 0, 0)
        if self.wordWrap():
            painter.setPen(colour)
            self._lay(rect.width()).draw(painter, QPointF(rect.topLeft()))
        else:
            paint.words(painter, rect.toRectF(), self.text(), self._font(), colour, self.alignment())
        painter.end()

    def _paint_icon(self, painter: QPainter, rect: QRect, colour: QColor) -> None:
        size = look().px(self._icon_size())
        line = look().line(self._type) if self.wordWrap() else rect.height()
        icons.draw(painter, self._icon or "", rect.left(), rect.top() + (line - size) // 2, size, colour)
