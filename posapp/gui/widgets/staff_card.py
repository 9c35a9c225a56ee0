"""A person to pick: letters in a circle, the name, the role."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from posapp.gui import metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets import choosable
from posapp.gui.widgets.base import Themed

_AVATAR, _MOST_WIDE = 36, 260


class StaffCard(Themed, QPushButton):
    """64 high; chosen it is tinted with a border of 2. Put those of one list into an exclusive `QButtonGroup`."""

    focus_ring = "outside"

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self.person, self._role = name, role
        self.setAccessibleName(f"{text.outside(name)}, {role}")
        self.setToolTip(text.tooltip(text.outside(name)))
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def look_changed(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Name and role beside the letters."""
        wide = max(
            paint.width_of(text.outside(self.person, 40), look().font(weight=SEMIBOLD)),
            paint.width_of(self._role, look().font(Type.SMALL)),
        )
        high = look().line(Type.BODY) + look().line(Type.SMALL) + 24
        return QSize(min(round(wide) + 2 * 16 + look().px(_AVATAR) + 13, look().px(_MOST_WIDE)), high)

    def minimumSizeHint(self) -> QSize:
        """A name is only cut where it is longer than a card."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter, t, on = QPainter(self), look().tokens, self.isChecked()
        choosable.frame(painter, self, metrics.RADIUS_CARD, chosen=on, border=2)
        size = look().px(_AVATAR)
        circle = QRectF(16, (self.height() - size) / 2, size, size)
        paint.box(painter, circle, size / 2, t.primary if on else t.hover, t.text if t.edged else None)
        ink = t.on_primary if on else t.muted
        letters = look().font(Type.CAPTION, SEMIBOLD)
        paint.words(painter, circle, text.initials(self.person), letters, ink, paint.CENTRE)
        self._paint_words(painter, circle.right() + 13)
        painter.end()

    def _paint_words(self, painter: QPainter, x: float) -> None:
        t, wide = look().tokens, self.width() - x - 14
        name_high, role_high = look().line(Type.BODY), look().line(Type.SMALL)
        top = (self.height() - name_high - role_high) / 2
        font = look().font(weight=SEMIBOLD)
        name = paint.fitted(text.outside(self.person, 40), font, wide)
        paint.words(painter, QRectF(x, top, wide, name_high), name, font, t.text)
        small = look().font(Type.SMALL, MEDIUM if self.isChecked() else None)
        role = QRectF(x, top + name_high, wide, role_high)
        paint.words(painter, role, paint.fitted(self._role, small, wide), small, t.muted)


def choose_card(cards: Iterable[StaffCard], name: str) -> None:
    """Choose this person's card of a list.

    Tab comes to the chosen card, from either side: from another one the arrow keys would move the focus and
    leave the choice, and a PIN would be asked of somebody else. Qt sees to that only after its first visit.
    """
    kinds = Qt.FocusPolicy
    for card in cards:
        card.setChecked(card.person == name)
        card.setFocusPolicy(kinds.StrongFocus if card.person == name else kinds.ClickFocus)
