"""What holds at the moment, said above the page and in the status bar: banners and the sync line."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from posapp.gui import text
from posapp.gui.main_window import MainWindow
from posapp.gui.pages.connection_words import PAYMENTS, WEB_SHOP
from posapp.gui.pages.settings import PAYMENT, WEB, SettingsPage
from posapp.gui.parts import Parts
from posapp.gui.post import SyncLine
from posapp.gui.sync_words import line_words
from posapp.gui.tokens import Tone
from posapp.gui.widgets.banners import Deed
from posapp.queries import health
from posapp.queries.health import ConnectionRow
from posapp.queries.outbox import outbox_counts

AT_REST = ("idle", "offline", "slow", "sign_in", "taken_over", "stopped", "fault", "none")
LONGEST_NOTICE = 240
TICK_MS = 15_000  # "9 min ago" grows without any news


class Conditions(QObject):
    """Each banner stands while its condition lasts, and no longer."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self._notices: set[str] = set()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._say_line)
        self._tick.start()
        parts.post.line_changed.connect(self.show_line)
        parts.post.connections_changed.connect(self.read)
        parts.changes.changed.connect(self._news)
        window.page_opened.connect(lambda _: self._show_demo())
        self.show_line(parts.post.line)
        self.read()

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if "SettingsChanged" in names:
            self.read()
        if "OutboxChanged" in names:
            self.show_line(self._parts.post.line)

    def show_line(self, line: SyncLine) -> None:
        """Bring the sync line up to date, and say whether the network is there."""
        self._say_line()
        since = self._clock(line)
        look_now = ("Try now", "refresh-cw", self._parts.post.look_now)
        see = ("See what waits", None, self._open("health"))
        first = f"No network since {since}." if since else "The web shop does not answer."
        waits = outbox_counts(self._parts.reader).waiting
        rest = "Everything on this till works on. Web orders come in when it is back."
        if waits:
            saved = text.plural(
                waits, "change is saved on this till and goes", "changes are saved on this till and go"
            )
            rest = f"Selling works. {saved} out when it is back."
        self._banner(line.phase == "offline", "offline", first, rest, (see, look_now), icon="wifi-off")
        self._banner(line.phase == "fault", "fault", "Looking for orders failed.", line.words, (look_now,),
                     icon="circle-alert", tone=Tone.STOPPED)  # fmt: skip
        if line.phase in AT_REST:
            self.read()

    def _say_line(self) -> None:
        """Say the sync line as of now; what waits gets older without any news."""
        line, outbox = self._parts.post.line, outbox_counts(self._parts.reader)
        said = line_words(line, self._last(line), self._parts.shop.zone, self._parts.clock(), outbox)
        self._window.status.set_cell(
            "sync", said.words, dot=said.dot, icon=said.icon, ink=said.ink, action=said.action
        )
        if line.phase != "none" or outbox.waiting:
            self._window.status.set_cell("to_send", f"To send {text.number(outbox.waiting)}")
        else:
            self._window.status.drop_cell("to_send")

    def _last(self, line: SyncLine) -> datetime | None:
        """When the web was last read, by this window or by one before."""
        return line.last_ok or health.sync_line(self._parts.reader).last_pull_at

    def _clock(self, line: SyncLine) -> str:
        at = self._last(line)
        return text.when(at, self._parts.shop.zone, self._parts.clock()) if at else ""

    def read(self) -> None:
        """Ask the database what holds of the connections and of what was set aside."""
        facts = health.sync_line(self._parts.reader)
        known = health.connections(self._parts.reader)
        review: tuple[Deed, ...] = (("Review", "file-warning", self._open("health")),)
        for kind, section in ((WEB_SHOP, WEB), (PAYMENTS, PAYMENT)):
            refused = any(row.state == "sign_in" and row.kind == kind.id for row in known)
            mend = (("Change key", "key-round", self._settings(section)),)
            self._banner(refused, f"sign_in {kind.id}", f"The {kind.title.lower()} refused the key.",
                         "Nothing is lost there. Give a new key.", mend, icon="key-round",
                         tone=Tone.STOPPED)  # fmt: skip
        self._banner(bool(facts.taken_over), "taken_over", "Another till serves this web shop.",
                     "This one takes nothing from it until you take over.",
                     (("Open settings", "settings", self._settings(WEB)),), icon="store")  # fmt: skip
        aside = facts.inbox.quarantined
        what = f"{text.plural(aside, 'record')} from the web could not be read."
        self._banner(aside > 0, "aside", what, "Kept whole; everything else went on.", review,
                     icon="file-warning", tone=Tone.ATTENTION)  # fmt: skip
        if aside:
            self._window.status.set_cell("aside", f"Set aside {text.number(aside)}")
        else:
            self._window.status.drop_cell("aside")
        self._show_notices(known)
        self._show_demo()

    def _show_notices(self, known: Sequence[ConnectionRow]) -> None:
        """What an owner should know of a connection: that the shop was restored from a backup, for example."""
        told = {f"notice {row.id}": row for row in known if row.state == "active" and row.notice}
        for condition, row in told.items():
            deed = ("I have read it", "check", partial(self._parts.post.dismiss_notice, row.id))
            self._banner(True, condition, text.outside(row.notice, LONGEST_NOTICE), "", (deed,), icon="info")
        for condition in self._notices - set(told):
            self._window.banners.drop(condition)
        self._notices = set(told)

    def _show_demo(self) -> None:
        """The demo shop's address, on every page but the dashboard, which says it itself."""
        page = self._parts.post.demo_page
        deed = ("Open the shop", "external-link", lambda: QDesktopServices.openUrl(QUrl(page)))
        shown = bool(page) and self._window.current_id != "dashboard"
        self._banner(shown, "demo", "Demo.", f"Buy something as a customer: {page}", (deed,),
                     icon="flask-conical", tone=Tone.REFUNDED)  # fmt: skip

    def _settings(self, section: str) -> Callable[[], object]:
        def show() -> None:
            page = self._window.open_page("settings")
            assert isinstance(page, SettingsPage)
            page.show_section(section)

        return show

    def _open(self, page_id: str) -> Callable[[], object]:
        return lambda: self._window.open_page(page_id)

    def _banner(
        self,
        true: bool,
        condition: str,
        first: str,
        rest: str,
        deeds: Sequence[Deed],
        *,
        icon: str,
        tone: Tone = Tone.WAITING,
    ) -> None:
        if true:
            self._window.banners.show_banner(condition, tone, first, rest, icon=icon, deeds=deeds)
        else:
            self._window.banners.drop(condition)
