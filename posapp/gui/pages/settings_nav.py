"""The list of sections at the left of Settings, with a field that finds a setting by its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from posapp.gui import metrics, paint
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Surface, Themed, column
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.label import Label

_HIGH, _WIDE, _BAR = 36, 216, 3


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section by its id, its name, and the words by which its settings are found."""

    id: str
    words: str
    finds: str = ""

    def matches(self, typed: str) -> bool:
        """Whether every word that was typed begins a word of ours."""
        ours = f"{self.words} {self.finds}".casefold().split()
        return all(any(word.startswith(part) for word in ours) for part in typed.casefold().split())


class _Lines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line, as high as a control."""
        return QSize(0, look().height(_HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the section's name; the chosen one tinted, with a bar at its left."""
        t, rect = look().tokens, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen:
            paint.box(painter, rect, metrics.RADIUS, t.selection, t.primary if focused else None, 2)
            paint.box(painter, QRectF(rect.left(), rect.top() + 8, _BAR, rect.height() - 16), 1.5, t.primary)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, rect, metrics.RADIUS, t.hover)
        font = look().font(weight=SEMIBOLD if chosen else None)
        paint.words(painter, rect.adjusted(12, 0, 0, 0), index.data(), font, t.primary if chosen else t.text)


class SectionList(Themed, QListWidget):
    """The sections; the arrow keys move among those that were found."""

    def __init__(self, entries: Sequence[SectionEntry]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self.setAccessibleName("Sections of Settings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Lines(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        for entry in entries:
            self.addItem(QListWidgetItem(entry.words))

    def look_changed(self) -> None:
        """Lay the lines out anew."""
        self.scheduleDelayedItemsLayout()

    def keyboardSearch(self, search: str) -> None:
        """Typed letters do not search here: a scanner types."""

    def narrow(self, typed: str) -> None:
        """Show what the typed words find."""
        for at, entry in enumerate(self._entries):
            self.item(at).setHidden(not entry.matches(typed))

    def first_found(self) -> int:
        """The first section that is shown, -1 for none."""
        return next((at for at in range(self.count()) if not self.item(at).isHidden()), -1)


class SettingsNav(Surface):
    """`chosen` tells the id of the section that shall be shown."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[SectionEntry]) -> None:
        super().__init__("bg", "right")
        self.setAccessibleName("Settings")
        self._entries = tuple(entries)
        self.field = SearchField("Find a setting")
        self.list = SectionList(entries)
        self._nothing = Label("No setting is called so.", Type.SMALL, ink="muted", wrap=True)
        self._nothing.hide()
        title = Label("Settings", Type.TITLE)
        title.setContentsMargins(12, 0, 0, 0)
        self.setLayout(column(title, 12, self.field, 12, self._nothing, self.list, margins=(12, 16, 13, 12)))
        self.list.currentRowChanged.connect(self._tell)
        self.field.searched.connect(self._narrow)
        self.field.entered.connect(self._go)

    def look_changed(self) -> None:
        """Grow with the text."""
        super().look_changed()
        self.setFixedWidth(look().px(_WIDE))

    def choose(self, section_id: str) -> None:
        """Mark a section, and tell it when that is a change. Raises `StopIteration` for an unknown one."""
        at = next(at for at, entry in enumerate(self._entries) if entry.id == section_id)
        self.list.setCurrentRow(at)

    def _tell(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(self._entries[at].id)

    def _narrow(self, typed: str) -> None:
        self.list.narrow(typed)
        self._nothing.setVisible(self.list.first_found() < 0)

    def _go(self, typed: str) -> None:
        """Enter: show the first section that was found."""
        self._narrow(typed)
        at = self.list.first_found()
        if typed and at >= 0:
            self.list.setCurrentRow(at)
            self.list.setFocus()
