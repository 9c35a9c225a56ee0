"""Settings, Web shop and Payments: connect, look how it stands, test, change the key, let it go."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.pages import connection_words as words
from posapp.gui.pages.connection_card import ConnectedCard
from posapp.gui.pages.connection_form import ConnectionForm
from posapp.gui.pages.connection_test import TestCard
from posapp.gui.pages.import_card import ImportCard
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.post import Address, SyncLine, TestResult
from posapp.gui.tokens import Tone
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.strip import Strip
from posapp.queries import health
from posapp.queries.health import ConnectionRow

_IN_FILE = (
    "No keyring was found on this computer, so keys lie in a file of the data folder. It is for your eyes only, "
    "but whoever can read this folder can read it."
)
_TAKEN = "Another posapp serves this web shop. This one takes nothing from it, and no stock, until you take over here."
_REFUSED = "It does not accept the key any more. Nothing is lost there: give a new key."


class ConnectionSection(Section):
    """One kind of connection. What it shows is read from the database; what it wants is asked of the post."""

    def __init__(self, parts: Parts, kind: words.Kind) -> None:
        super().__init__(kind.title)
        self._parts, self._kind = parts, kind
        self._row: ConnectionRow | None = None
        self._changing = False
        self.chip = StatusChip(words.NOT_CONNECTED)
        self.add_beside_title(self.chip)
        self.in_file = Strip(Tone.WAITING, _IN_FILE, icon="key-round", wrap=True)
        self.taken = Strip(Tone.WAITING, _TAKEN, icon="circle-alert", wrap=True)
        self.take_over = self.taken.add_button("Take over")
        self.refused = Strip(Tone.STOPPED, _REFUSED, icon="key-round", wrap=True)
        self.new_key = self.refused.add_button("Change key")
        self.notice = Strip(Tone.WAITING, "", icon="info", wrap=True)
        self.read = self.notice.add_button("I have read it")
        self.importing = ImportCard()
        self.card = ConnectedCard(kind)
        self.form = ConnectionForm(kind)
        self.test = TestCard(kind, parts.shop.zone)
        self.test.again.setVisible(False)
        shown: tuple[QWidget, ...] = (
            self.taken, self.refused, self.notice, self.importing, self.card, self.form, self.test, self.in_file,
        )  # fmt: skip
        self.add(*shown)
        self._connect()

    def _connect(self) -> None:
        post = self._parts.post
        post.connections_changed.connect(self.opened)
        post.line_changed.connect(self._line)
        self.form.tested.connect(partial(self._try, connecting=False))
        self.form.submitted.connect(partial(self._try, connecting=True))
        self.form.cancelled.connect(self._keep_key)
        self.test.asked.connect(self._test_again)
        self.card.moved.connect(self._move)
        self.card.look_chosen.connect(self._look)
        self.card.change_key.clicked.connect(self._change_key)
        self.card.disconnect_button.clicked.connect(self._ask_to_let_go)
        self.new_key.clicked.connect(self._change_key)
        self.take_over.clicked.connect(self._ask_to_take_over)
        self.read.clicked.connect(self._dismiss_notice)
        self.importing.stopped.connect(post.stop_import)
        self.importing.resumed.connect(post.look_now)

    # --- what is shown --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read how the connection stands."""
        self.form.offer_places(self._parts.reader.settings().locations)
        of_kind = [row for row in health.connections(self._parts.reader) if row.kind == self._kind.id]
        live = [row for row in of_kind if row.state != "removed"]
        before, self._row = self._row, live[0] if live else None
        if (before and before.id) != (self._row and self._row.id):
            self._changing = False
            if self._row is None:
                old = of_kind[-1] if of_kind else None
                self.form.ask_to_connect(old.url if old else "")
                self.test.forget()
        elif self._row is None and not self.form.title.text():
            self.form.ask_to_connect(of_kind[-1].url if of_kind else "")
        self._show()

    def _line(self, line: SyncLine) -> None:
        if line.phase == "syncing" and self._row is not None and words.is_importing(self._row):
            self.importing.show_line(line)
        elif line.phase != "syncing":
            self.opened()

    def _show(self) -> None:
        """Show the parts that hold for how it stands."""
        row = self._row
        connected = row is not None and not self._changing
        self.chip.set_chip(words.chip_of(row))
        self.taken.setVisible(row is not None and row.state == "taken_over")
        self.refused.setVisible(connected and row is not None and row.state == "sign_in")
        self.notice.setVisible(row is not None and row.state == "active" and bool(row.notice))
        self.importing.setVisible(row is not None and words.is_importing(row))
        self.importing.show_line(self._parts.post.line)
        self.card.setVisible(connected)
        self.form.setVisible(not connected)
        self.test.setVisible(connected or self.test.result is not None)
        self.test.again.setVisible(connected)
        self.in_file.setVisible(row is not None and self._parts.post.secrets_in_file)
        self.set_fact(self._last_check(row))
        if row is not None:
            self.card.show_row(row)
            self.notice.say(text.outside(row.notice, 300)) if row.notice else None

    def _last_check(self, row: ConnectionRow | None) -> str:
        if row is None:
            return ""
        if row.last_pull_at is None:
            return "not read yet"
        zone, now = self._parts.shop.zone, self._parts.clock()
        return f"last check {text.when(row.last_pull_at, zone, now)}"

    # --- testing and connecting -----------------------------------------------------------------------

    def _wait(self, waiting: bool) -> None:
        self.form.wait(waiting)
        self.card.wait(waiting)
        self.test.again.setEnabled(not waiting)

    def _try(self, address: Address, *, connecting: bool) -> None:
        """Test what was typed, and connect if that is wished and goes well."""
        self._wait(True)
        self.test.wait()
        post = self._parts.post
        ask = post.connect_to if connecting else post.test
        ask(address, partial(self._answered, connecting=connecting))

    def _answered(self, result: TestResult, *, connecting: bool) -> None:
        self._wait(False)
        self.test.show_result(result, self._parts.clock())
        if connecting and result.code == "ok":
            self._changing = False
            self.form.forget_secret()
        self.opened()
        if connecting and result.code == "ok":
            elsewhere = self._row is not None and self._row.state == "taken_over"
            name = self._kind.name
            self._parts.toast(f"{name}: another till serves it" if elsewhere else f"{name} is connected")

    def _stored(self, url: str) -> Address | None:
        """The connection as it is stored, at an address; its secret stays where it is."""
        return Address(self._kind.id, url, self._row.key, "") if self._row else None

    def _test_again(self) -> None:
        address = self._stored(self._row.url) if self._row else None
        if address is not None:
            self._try(address, connecting=False)

    def _move(self, url: str) -> None:
        address = self._stored(url)
        if address is not None:
            self._try(address, connecting=True)

    # --- changing and letting go ----------------------------------------------------------------------

    def _look(self, seconds: int) -> None:
        if self._row is not None:
            self._parts.post.set_interval(self._row.id, seconds)

    def _change_key(self) -> None:
        if self._row is not None:
            self._changing = True
            self.form.ask_for_key(self._row.url)
            self._show()

    def _keep_key(self) -> None:
        self._changing = False
        self.test.forget()
        self._show()

    def _dismiss_notice(self) -> None:
        if self._row is not None:
            self._parts.post.dismiss_notice(self._row.id)

    def _ask_to_let_go(self) -> None:
        if self._row is None:
            return
        name = words.name_of(self._row, self._kind)
        question = Question(
            f"Disconnect {name}?", self._kind.let_go, "Disconnect", self.window(), danger=True
        )
        question.accepted.connect(partial(self._parts.post.disconnect_from, self._row.id))
        question.open()

    def _ask_to_take_over(self) -> None:
        if self._row is None:
            return
        sentence = (
            "This till will serve the web shop from now on: its paid orders take stock here. The other posapp is told "
            "at its next look and takes nothing any more. Do this only if the other one is no longer used."
        )
        name = words.name_of(self._row, self._kind)
        question = Question(f"Take over {name}?", sentence, "Take over", self.window())
        question.accepted.connect(partial(self._parts.post.take_over, self._row.id))
        question.open()
