"""Views a person saved: filters and search under a name, kept in this person's preferences."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu, QWidget

from posapp.gui import text
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.label import Label
from posapp.settings import VIEW_NAME_MOST, VIEWS_MOST, SavedView

PAGE = "orders"


class NameView(FormDialog):
    """Asks for a view's name; Enter takes it. `named` tells it, without spaces around it."""

    named = Signal(str)

    def __init__(
        self, title: str, shows: str, name: str, taken: Sequence[str], deed: str, parent: QWidget
    ) -> None:
        super().__init__(title, parent, size=grown(QSize(460, 260)))
        self._name, self._taken, self._deed = name, taken, deed
        self.field = Input("Name of the view", name)
        self.field.edit.setMaxLength(VIEW_NAME_MOST)
        self.add(Label(shows, Type.SMALL, ink="muted", wrap=True), 12, self.field, 12, self.problem, 12)
        self.commit = Button(deed, Variant.PRIMARY)
        self.commit.clicked.connect(self._take)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        self.field.changed.connect(lambda _: self._say())
        self.field.entered.connect(lambda _: self._take())
        self._say()
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def _say(self) -> None:
        """The button says when a view of this name would be replaced."""
        self.field.set_error("")
        replaces = self.field.text in self._taken and self.field.text != self._name
        self.commit.setText(f"{self._deed} and replace that view" if replaces else self._deed)
        self.say_problem(f"There is a view named “{self.field.text}”." if replaces else "")

    def _take(self) -> None:
        if not self.field.text:
            self.field.set_error("Give the view a name.")
            return
        self.named.emit(self.field.text)
        self.accept()


class ViewsChip(FilterChip):
    """Lists the saved views, saves, renames and deletes them. `opened` tells the view to show.

    `now` gives what is shown as a view without a name, and in words; the chip bears the name of the view that
    is the same.
    """

    opened = Signal(object)  # SavedView

    def __init__(self, parts: Parts, now: Callable[[], tuple[SavedView, str]]) -> None:
        super().__init__("Saved views", any_word=None)
        self._parts, self._now = parts, now
        self.dialog: NameView | None = None
        self.refresh()

    @property
    def saved(self) -> tuple[SavedView, ...]:
        """Give this person's views, in the order they were saved."""
        return self._parts.preferences.views(PAGE)

    def refresh(self) -> None:
        """Bear the name of the view that is shown, if it is one."""
        shown, _ = self._now()
        same = [view.name for view in self.saved if replaced(view, "") == shown]
        self._choices = {view.name: text.outside(view.name, VIEW_NAME_MOST) for view in self.saved}
        self._value = same[0] if same else None
        self.look_changed()

    def words(self) -> str:
        """Give what stands on it."""
        return self._label if self._value is None else self._choices.get(self._value, self._label)

    def _tail(self) -> str | None:
        return "chevron-down"

    def _press(self) -> None:
        self._open_menu()

    def fill_menu(self, menu: QMenu) -> None:
        """Offer every view, then what can be done with them."""
        for view in self.saved:
            action = menu.addAction(text.literal(text.outside(view.name, VIEW_NAME_MOST)))
            action.setCheckable(True)
            action.setChecked(view.name == self._value)
            action.triggered.connect(lambda _=False, each=view: self.opened.emit(each))
        if self.saved:
            menu.addSeparator()
        save = menu.addAction("Save this view…\tCtrl+S")
        save.triggered.connect(self.save)
        for words, deed in (("Rename", self.rename), ("Delete", self.delete)):
            if self.saved:
                each = menu.addMenu(words)
                each.setAccessibleName(f"{words} a view")
                for view in self.saved:
                    action = each.addAction(text.literal(text.outside(view.name, VIEW_NAME_MOST)))
                    action.triggered.connect(lambda _=False, name=view.name, do=deed: do(name))

    def save(self) -> None:
        """Ask for a name and keep what is shown under it."""
        shown, words = self._now()
        if len(self.saved) >= VIEWS_MOST:
            self._parts.toast(f"{VIEWS_MOST} views are saved; delete one first", icon="circle-alert")
            return
        names = [view.name for view in self.saved]
        self.dialog = NameView("Save this view", f"Shows: {words}", "", names, "Save", self.window())
        self.dialog.named.connect(lambda name: self._keep(name, shown))
        self.dialog.open()

    def _keep(self, name: str, shown: SavedView) -> None:
        view = replaced(shown, name)
        others = [each for each in self.saved if each.name != name]
        self._put([*others, view])
        self._parts.toast(f"View “{text.isolated(name, VIEW_NAME_MOST)}” is saved")

    def rename(self, name: str) -> None:
        """Ask for another name."""
        names = [view.name for view in self.saved]
        self.dialog = NameView("Rename the view", "", name, names, "Rename", self.window())
        self.dialog.named.connect(lambda other: self._renamed(name, other))
        self.dialog.open()

    def _renamed(self, name: str, other: str) -> None:
        kept = [view for view in self.saved if view.name != other or name == other]
        self._put([replaced(view, other) if view.name == name else view for view in kept])

    def delete(self, name: str) -> None:
        """Delete a view; the toast takes it back, to the place where it stood."""
        before = self.saved
        place = [view.name for view in before].index(name)
        self._put([view for view in before if view.name != name])

        def undo() -> None:
            now = [view for view in self.saved if view.name != name]
            self._put([*now[:place], before[place], *now[place:]])

        words = f"View “{text.isolated(name, VIEW_NAME_MOST)}” is deleted"
        self._parts.toast(words, icon="trash-2", action="Undo", on_action=undo)

    def _put(self, views: Sequence[SavedView]) -> None:
        self._parts.preferences.keep_views(PAGE, views)
        self.refresh()


def replaced(view: SavedView, name: str) -> SavedView:
    """The same view under another name."""
    return msgspec.structs.replace(view, name=name)
