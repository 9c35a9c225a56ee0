"""Sync and health: when the web was last read, what waits, what was set aside, and whether the stock adds up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from posapp.commands.outbox import DiscardOutgoing, SendAgain
from posapp.domain.outbox import OutState
from posapp.domain.rights import Right
from posapp.gui import keys, metrics, outbox_words, text
from posapp.gui.background import Background
from posapp.gui.dialogs.raw_text import RawTextDialog
from posapp.gui.fonts import Type
from posapp.gui.pages.health_cards import AsideCard, ConnectionsCard
from posapp.gui.pages.health_outbox import RefusedCard, ToSendCard
from posapp.gui.parts import Parts
from posapp.gui.post import SyncLine
from posapp.gui.sync_words import explained
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.field_row import flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader, Scroll
from posapp.gui.widgets.tile import Tile, TileGrid
from posapp.queries import health
from posapp.queries.books import book_troubles
from posapp.queries.health import SetAside
from posapp.queries.outbox import OutboxRow, outbox_rows
from posapp.queries.reader import Reader

GATHER_MS = 200
TROUBLES = 5  # that are read and told; one is too many already


class HealthPage(Page):
    """Everything here is read from the database; what is wished goes to the post."""

    def __init__(self, parts: Parts, back: Callable[[], object]) -> None:
        super().__init__()
        self._parts, self._back = parts, back
        self._background = Background(parts.reader, self)
        self.header = PageHeader("Sync and health", back=True)
        self.check_button = Button("Check stock", icon="clipboard-check")
        self.sync_button = Button(
            "Sync now", Variant.PRIMARY, icon="refresh-cw", shortcut=keys.caption("sync")
        )
        self.header.add(self.check_button, self.sync_button)
        self.last = Tile("Last pull", opens=False)
        self.push = Tile("Last push", opens=False)
        self.unsent = Tile("Waiting to send", opens=False)
        self.refusals = Tile("Refused", opens=False)
        self.aside = Tile("Set aside", opens=False)
        self.connections = ConnectionsCard(parts)
        self.refused, self.to_send = RefusedCard(parts), ToSendCard(parts)
        self.set_aside = AsideCard(
            parts,
            "Set aside",
            "Kept whole. Only later news of the same order waits behind it",
            retryable=True,
        )
        self.waiting = AsideCard(
            parts, "Waiting for their order", "Payments that came before their order; tried again by themselves",
            retryable=False,
        )  # fmt: skip
        self.trouble = Label("", Type.SMALL, icon="circle-alert", wrap=True)
        self.readable = Label("Everything that came in could be read", Type.SMALL, icon="circle-check")
        self.stock = Label("", Type.SMALL, icon="circle-check", wrap=True, figures=True)
        self._soon = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = metrics.PAGE_MARGIN
        facts = QWidget()
        facts.setLayout(flow(self.readable, self.stock, spacing=24))
        for label, ink in ((self.readable, "ok"), (self.stock, "ok"), (self.trouble, "attention")):
            label.set_icon_ink(ink)
        self.stock.hide()
        self.trouble.hide()
        inner = QWidget()
        tiles = TileGrid((self.last, self.push, self.unsent, self.refusals, self.aside))
        cards = (
            tiles, self.trouble, self.refused, self.to_send, self.set_aside, self.connections, self.waiting, facts,
        )  # fmt: skip
        inner.setLayout(column(*cards, STRETCH, spacing=metrics.CARD_GAP, margins=(side, 0, side, 20)))
        self.setLayout(column(self.header, Scroll(inner)))

    def _connect(self) -> None:
        self.header.back_pressed.connect(self._back)
        self.sync_button.clicked.connect(self._parts.post.look_now)
        self.check_button.clicked.connect(self._check)
        for card in (self.set_aside, self.waiting):
            card.retried.connect(self._retry)
        self.to_send.opened.connect(self._parts.open_order)
        self.refused.again_wished.connect(self._send_again)
        self.refused.discard_wished.connect(self._discard)
        self.set_aside.seen.connect(lambda item: self._see(item, decidable=True))
        self.waiting.seen.connect(lambda item: self._see(item, decidable=False))
        self._soon.timeout.connect(self.refresh)
        self._parts.changes.changed.connect(self._news)
        self._parts.post.connections_changed.connect(self._news)
        self._parts.post.line_changed.connect(self._news)

    # --- what the shell asks --------------------------------------------------------------------------

    def opened(self) -> None:
        """Read everything anew; the button to look has the keys."""
        self.refresh()
        self.sync_button.setFocus()

    def back(self) -> bool:
        """Esc: where one came from."""
        self._back()
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """The button to look is where the keys begin."""
        return (self.sync_button,)

    # --- reading --------------------------------------------------------------------------------------

    def _news(self, *_: object) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Ask all figures anew."""
        reader = self._parts.reader
        facts = health.sync_line(reader)
        self.connections.show_rows([row for row in health.connections(reader) if row.state != "removed"])
        self.set_aside.show_items(health.set_aside(reader), facts.inbox.quarantined)
        self.waiting.show_items(health.set_aside(reader, "parked"), facts.inbox.parked)
        rows = outbox_rows(reader)
        self.refused.show_rows([row for row in rows if row.state == OutState.REFUSED])
        self.to_send.show_rows(rows)
        self._show_tiles(facts, rows)
        self._show_line(self._parts.post.line)
        self.readable.setVisible(facts.inbox.quarantined == 0 and facts.connections > 0)

    def _show_tiles(self, facts: health.SyncLine, rows: Sequence[OutboxRow]) -> None:
        zone, now, counts = self._parts.shop.zone, self._parts.clock(), facts.inbox
        at, push = facts.last_pull_at, health.last_push_at(self._parts.reader)
        exact = f"Everything up to {at.astimezone(zone):%H:%M:%S}" if at else "Nothing was read yet"
        if counts.new:
            exact = f"{text.number(counts.new)} not carried out yet"
        self.last.set_value(text.when(at, zone, now) if at else text.NOTHING, exact)
        told = "What was decided here is told" if push else "Nothing was told yet"
        self.push.set_value(text.when(push, zone, now) if push else text.NOTHING, told)
        going = [row for row in rows if row.state != OutState.REFUSED]
        oldest = f"Oldest {text.waiting(now - going[0].since)}" if going else "All is sent"
        self.unsent.set_value(text.number(len(going)), oldest)
        refused, aside = len(rows) - len(going), counts.quarantined
        inks = ["attention" if count else "text" for count in (refused, aside)]
        self.refusals.set_value(text.number(refused), "Needs you" if refused else "None", ink=inks[0])
        words = "News we could not read" if aside else "All could be read"
        self.aside.set_value(text.number(aside), words, ink=inks[1])

    def _show_line(self, line: SyncLine) -> None:
        """What keeps the web from being read, in the words of what did not answer, and what a wrong clock means."""
        said = explained(line, self._parts.clock())
        self.trouble.setText("\n".join(said))
        self.trouble.setVisible(bool(said))
        self.sync_button.setEnabled(line.phase not in ("syncing", "none"))

    # --- doing ----------------------------------------------------------------------------------------

    def _retry(self, seqs: tuple[int, ...]) -> None:
        """Try these again, all of them where none is named."""
        self._parts.post.retry(*(seqs or tuple(all_set_aside(self._parts.reader))))

    def _send_again(self, row: OutboxRow) -> None:
        """Let it wait to be sent again; the post looks at once."""

        def done(_: object) -> None:
            self._parts.toast(f"{outbox_words.change(row)} goes once more", icon="send")
            self._parts.post.look_now()
            self.refresh()

        self._parts.perform(SendAgain, done=done, order_id=row.order_id, outgoing_id=row.id)

    def _discard(self, row: OutboxRow) -> None:
        """Give it up, once a person has read what that means."""
        sentence = f"{outbox_words.discard_means(row)} This cannot be taken back."
        title = f"Discard: {outbox_words.change(row)}?"
        question = Question(title, sentence, "Discard", self.window(), danger=True)

        def done(_: object) -> None:
            self._parts.toast(f"{outbox_words.change(row)} was given up")
            self.refresh()

        question.accepted.connect(
            lambda: self._parts.perform(
                DiscardOutgoing, done=done, order_id=row.order_id, outgoing_id=row.id, reason="given up here"
            )
        )
        question.open()

    def _see(self, item: SetAside, *, decidable: bool) -> None:
        dialog = RawTextDialog(
            item, self.set_aside.came(item.received_at), self.window(), decidable=decidable
        )
        dialog.discard.setVisible(decidable and self._parts.who.may(Right.ATTENTION_RESOLVE))
        dialog.retry_wished.connect(self._parts.post.retry)
        dialog.discard_wished.connect(self._parts.post.discard)
        dialog.open()

    def _check(self) -> None:
        """Add every level up again from its movements and orders, on a thread of its own."""
        self.check_button.disable("The stock is being added up")
        self._background.ask("books", stock_troubles, self._checked, lambda _: self._checked(None))

    def _checked(self, troubles: list[str] | None) -> None:
        self.check_button.enable()
        at = text.clock(self._parts.clock(), self._parts.shop.zone)
        good = troubles == []
        words = f"Stock adds up, checked {at}"
        if troubles:
            words = (
                f"Stock does not add up, checked {at}: {text.outside(troubles[0], 200)}. Run posapp doctor."
            )
        elif troubles is None:
            words = "The stock could not be checked; the log says more"
        self.stock.setText(words)
        self.stock.set_icon("circle-check" if good else "circle-alert")
        self.stock.set_icon_ink("ok" if good else "danger")
        self.stock.show()


def all_set_aside(reader: Reader) -> list[int]:
    """The numbers of everything that was set aside."""
    seqs: list[int] = []
    while page := health.set_aside(reader, after=seqs[-1] if seqs else 0):
        seqs += [item.seq for item in page]
    return seqs


def stock_troubles(reader: Reader) -> list[str]:
    """The first rules of the books that do not hold."""
    with reader.snapshot():
        found = book_troubles(reader.connection, TROUBLES)
        return [sentence for sentence, _ in zip(found, range(TROUBLES), strict=False)]
