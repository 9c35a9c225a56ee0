"""The stage of the pictures: a folder with one invented Friday in it, and the real window upon it."""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from posapp.app import make_front
from posapp.commands.command import Command, named, new_command_id
from posapp.commands.orders import NewLine, PlaceOrder
from posapp.db.contacts import write_contact
from posapp.demo_profile import OWNER, demo_shop, open_shop
from posapp.desk import Desk
from posapp.domain.feed import Contact
from posapp.gui.front import Front
from posapp.gui.parts import Parts
from posapp.gui.post import Address, Answer, BankList, BankName, Post, SyncLine
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.queries.jump import HitKind, jump
from posapp.queries.products import ProductFilter, ProductRow, ProductsSource
from posapp.queries.reader import Reader
from posapp.secrets import Secrets

FRIDAY = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)  # 14:32 in Lagos
DEMO_PAGE = "http://127.0.0.1:8420/"
SETTLE_MS = 180  # news is gathered for 40 ms, long questions are asked on another thread


class Clock:
    """Stands still, so that a picture of today is the same tomorrow; with `tick` it moves on at every look."""

    def __init__(self, tick: timedelta = timedelta(0)) -> None:
        self.now, self._tick = FRIDAY, tick

    def __call__(self) -> datetime:
        """The time of the picture."""
        self.now += self._tick
        return self.now


class StillPost(Post):
    """A post that has nothing to do: the web was read at 14:32."""

    def __init__(self, line: SyncLine, demo_page: str) -> None:
        super().__init__()
        self.line, self.demo_page = line, demo_page

    def say(self, line: SyncLine) -> None:
        """Let another sync line hold."""
        self.line = line
        self.line_changed.emit(line)

    def look_now(self) -> None:
        """Nothing is there to look at."""

    def banks(self, provider: str, currency: str, answer: Callable[[BankList], None]) -> None:
        """Three invented banks, at once."""
        names = ("Harmattan Bank", "Lagoon Bank", "Palm Microfinance Bank")
        answer(BankList(tuple(BankName(str(at), name) for at, name in enumerate(names))))

    def test(self, address: Address, answer: Answer) -> None:
        """A test that is still running."""


class Stage:
    """A window on a copy of a folder. What is done to one picture does not reach the next stage."""

    def __init__(self, folder: Path, theme: Theme, line: SyncLine, *, demo_page: str = "") -> None:
        self.clock = Clock()
        self.clock.now = FRIDAY + timedelta(seconds=50)  # after everything that was told
        self.desk = Desk(folder, clock=self.clock)
        self.reader = Reader(folder)
        self.post = StillPost(line, demo_page)
        self.theme = theme
        self._done: set[str] = set()
        self.front: Front = make_front(self.desk, self.reader, self.post, theme, Preferences())
        self.front.window.show()
        self.front.window.activateWindow()
        QTest.qWaitForWindowActive(self.front.window)

    @property
    def window(self) -> QWidget:
        """The main window."""
        return self.front.window

    @property
    def parts(self) -> Parts:
        """What pages and dialogs are made of."""
        return self.front.parts

    def dress(self, size: QSize, screen: str) -> None:
        """Give the window its size on a screen and let everything come to rest."""
        there = next(each for each in QApplication.screens() if each.name() == screen)
        self.window.move(there.geometry().topLeft())
        self.window.resize(size)
        settle()

    def order(self, customer: str) -> str:
        """The id of this customer's order. Raises `LookupError` when the day has none."""
        found = [hit for hit in jump(self.reader, customer) if hit.kind == HitKind.ORDER]
        if not found:
            raise LookupError(f"no order of {customer}")
        return found[0].id

    def product(self, sku: str) -> ProductRow:
        """The product of this code, with its stock."""
        chosen = ProductFilter(search=sku, location_id=self.parts.shop.location_id)
        rows = ProductsSource(self.reader, chosen).page_after(None, 32)
        return next(row for row in rows if row.sku == sku)

    def marks(self, what: str) -> bool:
        """Whether this was done before on this stage; from now on it was."""
        known = what in self._done
        self._done.add(what)
        return known

    def do(self, kind: type[Command], **fields: object) -> None:
        """Have the owner do something now."""
        self._give(OWNER, kind, **fields)

    def hear(self, kind: type[Command], **fields: object) -> None:
        """Have the payment provider tell something now."""
        self._give("paystack", kind, **fields)

    def send(self, kind: type[Command], **fields: object) -> None:
        """Have the sender write down what came of sending."""
        self._give("posapp", kind, **fields)

    def _give(self, actor: str, kind: type[Command], **fields: object) -> None:
        at = self.clock()
        self.desk.do(kind(id=new_command_id(at), actor=actor, at=at, **fields))

    def place(self, customer: str, sku: str) -> str:
        """Have one unit ordered by hand; gives the order's id."""
        at = self.clock()
        order_id = new_command_id(at)
        contact_id = named(order_id, "contact")
        command = PlaceOrder(
            id=new_command_id(at), actor=OWNER, at=at, order_id=order_id, location_id=self.parts.shop.location_id,
            lines=(NewLine(self.product(sku).id, 1),), contact_id=contact_id,
        )  # fmt: skip
        self.desk.do(command, also=lambda c: write_contact(c, contact_id, Contact(name=customer)))
        return order_id

    def strike(self) -> None:
        """Take the window away and let the folder go."""
        close_dialogs()
        self.front.leave()
        settle()
        self.reader.close()
        self.desk.close()


def settle(ms: int = SETTLE_MS) -> None:
    """Let news arrive, questions be answered and layouts be made.

    `QTest.qWait` would keep the interpreter to itself: the writer's and the reader's threads would stand still.
    """
    until = time.monotonic() + ms / 1000
    while time.monotonic() < until:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.004)  # the other threads' turn


def close_dialogs() -> None:
    """Close what stands over the windows, the topmost first."""
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()
    over = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    for dialog in sorted(over, key=depth, reverse=True):
        QDialog.reject(dialog)
    settle(40)


def depth(widget: QWidget) -> int:
    """How many windows a window stands over."""
    above = widget.parentWidget()
    return 0 if above is None else 1 + depth(above.window())


def told_day(folder: Path) -> None:
    """Tell the demo profile's Friday into an empty folder, over real HTTP on loopback."""

    async def tell() -> None:
        desk = Desk(folder, clock=Clock(timedelta(milliseconds=5)))  # what is made later is newer
        try:
            async with demo_shop(desk, Secrets(folder), folder):
                pass
        finally:
            desk.close()

    asyncio.run(tell())


def opened_shop(folder: Path) -> None:
    """Open a shop in an empty folder, and do nothing else."""

    async def open_it() -> None:
        desk = Desk(folder, clock=Clock())
        try:
            await open_shop(desk)
        finally:
            desk.close()

    asyncio.run(open_it())


class Theatre:
    """Every stage of the run, each upon a fresh copy of one of two folders."""

    def __init__(self, under: Path, theme: Theme) -> None:
        self._under, self.theme = under, theme
        self._made = 0
        self._day, self._bare = under / "day", under / "bare"
        told_day(self._day)
        opened_shop(self._bare)

    @contextmanager
    def day(self) -> Iterator[Stage]:
        """The day as it stands at 14:32."""
        with self._stage(self._day, SyncLine("idle", last_ok=FRIDAY), demo_page=DEMO_PAGE) as stage:
            yield stage

    @contextmanager
    def bare(self) -> Iterator[Stage]:
        """A shop that was opened a minute ago: nothing connected, nothing sold."""
        with self._stage(self._bare, SyncLine("none")) as stage:
            yield stage

    @contextmanager
    def _stage(self, folder: Path, line: SyncLine, *, demo_page: str = "") -> Iterator[Stage]:
        self._made += 1
        copy = self._under / f"stage-{self._made}"
        shutil.copytree(folder, copy)
        stage = Stage(copy, self.theme, line, demo_page=demo_page)
        try:
            yield stage
        finally:
            stage.strike()
            shutil.rmtree(copy)
