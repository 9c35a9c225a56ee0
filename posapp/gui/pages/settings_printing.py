"""Settings, Tills and printing: the receipt printer of this computer, its paper, the drawer, and what waits."""

from typing import Any

import msgspec

from posapp.commands.no_sale import OpenDrawer
from posapp.domain.rights import Right
from posapp.gui import paper_words
from posapp.gui.fonts import Type
from posapp.gui.pages.printing_cards import DrawerCard, PaperCard, PrinterCard, WordsCard
from posapp.gui.pages.printing_queue import QueueCard
from posapp.gui.pages.settings_frame import Section
from posapp.gui.paper import PaperState
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.strip import Strip
from posapp.settings import Printing

_KEPT = "Kept on this computer: every till has its own printer."
TRYING = "Trying the drawer from the settings"


class PrintingSection(Section):
    """One button keeps what was changed; the test page is printed with what is kept."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Tills and printing")
        self._parts = parts
        self.printer, self.sheet = PrinterCard(parts.paper), PaperCard()
        self.drawer, self.words = DrawerCard(), WordsCard()
        self.trouble = Strip(Tone.STOPPED, "", icon="printer", wrap=True)
        self.try_now = self.trouble.add_button("Try now", icon="refresh-cw")
        self.waiting, self.printed = QueueCard(parts), QueueCard(parts, done=True)
        self.save = Button("Save", Variant.PRIMARY)
        self.test = Button("Print a test page", icon="printer")
        kept = Label(_KEPT, Type.SMALL, ink="muted", wrap=True)
        self.add(self.trouble, self.waiting, self.printer, self.sheet, self.drawer, self.words)
        self.add(kept, row(self.save, self.test, STRETCH), self.printed)
        for card in self._settings():
            card.changed.connect(self._offer)
        for field in (self.printer.address, *self.words.heading, *self.words.footer, self.words.logo):
            field.entered.connect(lambda _: self._save())
        self.save.clicked.connect(self._save)
        self.test.clicked.connect(parts.paper.print_test)
        self.drawer.try_it.clicked.connect(self._try_drawer)
        self.try_now.clicked.connect(parts.paper.try_now)
        parts.paper.state_changed.connect(self._show_state)
        parts.who.changed.connect(self._offer)

    def _settings(self) -> tuple[PrinterCard | PaperCard | DrawerCard | WordsCard, ...]:
        return (self.printer, self.sheet, self.drawer, self.words)

    def opened(self) -> None:
        """Show what is kept, and how the printer stands."""
        for card in self._settings():
            card.read(self._kept())
        self._offer()
        self._show_state(self._parts.paper.state)
        self.waiting.read()
        self.printed.read()

    def _kept(self) -> Printing:
        return self._parts.preferences.known.printing

    def _chosen(self) -> Printing:
        fields: dict[str, Any] = {}
        for card in self._settings():
            fields |= card.fields()
        return msgspec.structs.replace(self._kept(), **fields)

    def _show_state(self, state: PaperState) -> None:
        self.set_fact(paper_words.status(state) or "No printer is set up")
        words = f"Printer: {paper_words.wrong(state.trouble)}. {paper_words.advice(state.trouble)}"
        self.trouble.setVisible(state.phase == "trouble")
        if state.phase == "trouble" and words != self.trouble.accessibleName():
            self.trouble.say(words)

    def _offer(self) -> None:
        """Offer what can be done: to keep a change, to try what is kept."""
        changed = self._chosen() != self._kept()
        if not self._parts.who.may(Right.SETTINGS_MANAGE):
            self.save.disable("You may not change settings")
        elif changed:
            self.save.enable()
        else:
            self.save.disable("Nothing was changed")
        reason = "Save first" if changed else ""
        if self._kept().connection == "none":
            reason = "No printer is set up"
        for button, why in ((self.test, reason), (self.drawer.try_it, reason or self._no_drawer())):
            if why:
                button.disable(why)
            else:
                button.enable()

    def _no_drawer(self) -> str:
        return "No drawer is set up" if self._kept().drawer == "none" else ""

    def _save(self) -> None:
        if not self.save.isEnabled() or not (self.printer.check() and self.words.check()):
            return
        chosen = self._chosen()
        self._parts.preferences.change(printing=chosen)
        self._parts.paper.set_up(chosen)
        self._parts.toast("Saved")
        self.opened()

    def _try_drawer(self) -> None:
        """It opens only for who may, and the journal knows it: a drawer does not open unseen."""
        self._parts.perform(OpenDrawer, reason=TRYING, done=self._kick)

    def _kick(self, _outcome: object) -> None:
        self._parts.paper.kick_drawer()
