"""A counter with its real window: a till on a folder, the web shop on loopback beside it, and keys instead of a mouse.

Qt's loop and asyncio's are one, as in the program; the post is the program's own and speaks HTTP.
"""

import asyncio
import shutil
import time
import traceback
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton

from posapp.app import make_front
from posapp.commands.command import new_command_id
from posapp.commands.orders import NewLine, PlaceOrder
from posapp.commands.payments import TakePayment
from posapp.demo_profile import open_shop
from posapp.demo_shop.checkout import Customer
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.preferences import Preferences
from posapp.gui.widgets.button import CommitButton
from posapp.gui.widgets.strip import Strip
from posapp.posting import AppPost
from posapp.printing import AppPaper
from posapp.queries.attention import attention_count
from posapp.queries.jump import HitKind, jump
from posapp.queries.products import ProductFilter, ProductsSource
from posapp.queries.reader import Reader
from posapp.queries.sales import total_sales
from posapp.secrets import Secrets
from posapp.sync.connecting import connect
from posapp.sync.connections import links, save_link
from posapp.sync.worker import Worker

PATIENCE_S = 20.0  # only a broken program is waited for so long
GUARD_S = CommitButton.guard_ms / 1_000 + 0.05  # as long as a person reads what a commit says
SHOP_FILE = "demo-shop.json"

ADA = Customer("Ada", "Obi", "+234 803 555 0142", street="8 Mango Lane, Ikeja")
HALIMA = Customer("Halima", "Sani", "+234 806 555 0140")
MUSA = Customer("Musa", "Danjuma", "+234 803 555 0137")


class Clock:
    """Friday 20 November 2026 from 14:00 in Lagos on; it goes as fast as ours."""

    def __init__(self):
        self._began = time.monotonic()

    def __call__(self):
        return datetime(2026, 11, 20, 13, 0, tzinfo=UTC) + timedelta(seconds=time.monotonic() - self._began)


class Strays(QObject):
    """Notes whatever opens as a window of its own and is neither window, dialog nor menu: it would take the keys."""

    def __init__(self, app):
        super().__init__()
        self.seen = []
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            kind = watched.windowType()
            known = isinstance(watched, (QDialog, QMenu)) or watched.inherits("QMainWindow")
            if not known and kind not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
                shown = "".join(traceback.format_stack(limit=6)[:-1])
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}\n{shown}")
        return False

    def leave(self):
        self._app.removeEventFilter(self)


async def told(folder):
    """Connect a till to a web shop that has goods and no orders yet, and let it read them."""
    clock = Clock()
    desk, secrets = Desk(folder, clock=clock), Secrets(folder)
    try:
        async with serve(Store(clock=clock), save_to=folder / SHOP_FILE) as shop:
            await open_shop(desk)
            await connect(desk, secrets, "woocommerce", shop.url, shop.consumer_key, shop.consumer_secret)
            await connect(desk, secrets, "paystack", shop.provider_url, "", shop.provider_key)
            await Worker(desk, secrets).run_once()
    finally:
        desk.close()


async def opened(folder, clock):
    """Open the shop in an empty folder; gives the folder."""
    desk = Desk(folder, clock=clock)
    try:
        await open_shop(desk)
    finally:
        desk.close()
    return folder


class Counter:
    """Somebody at the till. `key` and `write` are her hands, the rest is what she sees."""

    _struck_at = 0  # milliseconds, by the keyboard's own clock

    def __init__(self, folder, theme, clock, store=None, printing=None):
        self.clock, self.store, self.folder = clock, store, folder
        self.desk = Desk(folder, clock=clock)
        self.reader = Reader(folder)
        self.secrets = Secrets(folder)
        self.post = AppPost(self.desk, self.secrets)
        self.paper = AppPaper(self.desk, printing) if printing else None
        self.front = make_front(self.desk, self.reader, self.post, theme, Preferences(), self.paper)
        self.window = self.front.window
        self.front.scans.scanner.time_of = lambda _: self._struck_at
        self.rests = 0  # how often the post came to rest
        self.post.line_changed.connect(self._note)
        self._web = AsyncExitStack()
        self._port = 0

    def _note(self, line):
        self.rests += line.phase in ("idle", "offline")

    # --- the web shop ----------------------------------------------------------------------------------

    async def plug_in(self):
        """Let the web shop answer, at the address where it answered before."""
        shop = await self._web.enter_async_context(serve(self.store, self._port))
        self._port = int(shop.url.rsplit(":", 1)[1])
        for link in await self.desk.write(links):
            url = shop.url if link.is_shop else shop.provider_url
            await self.desk.write(partial(save_link, link=replace(link, url=url)))

    async def unplug(self):
        """Let nothing answer there any more."""
        await self._web.aclose()

    def buys(self, who, *wanted, minutes_ago=1.0, paid=True):
        """A customer orders on the web and pays at once, so long ago; gives the web shop's order."""
        at = self.clock() - timedelta(minutes=minutes_ago)
        order = self.store.place(list(wanted), customer=who, at=at)
        if paid:
            self.store.pay(order.id, at=at + timedelta(seconds=10))
        return order

    async def look(self):
        """Ctrl+R: have the web looked at, and wait until it was."""
        await self.until(lambda: self.post.line.phase != "syncing", "the look before is over")
        before = self.rests
        await self.key("Ctrl+R")
        await self.until(lambda: self.rests > before, "the web is looked at")

    def sells(self, sku, units=1):
        """Somebody buys at the counter and pays cash; gives the order's number."""
        at = self.clock()
        order_id = new_command_id(at)
        line = NewLine(self.product(sku).id, units)
        who = {"actor": "Adaeze", "at": at}
        place = self.front.parts.shop.location_id
        self.desk.do(
            PlaceOrder(id=new_command_id(at), order_id=order_id, location_id=place, lines=(line,), **who)
        )
        order = self.reader.order(order_id)
        paid = {"amount_minor": order.total_minor, "method": "cash", "reference": "", "paid_at": at}
        self.desk.do(TakePayment(id=new_command_id(at), order_id=order_id, **paid, **who))
        return order.number

    # --- hands -----------------------------------------------------------------------------------------

    async def until(self, true, what=""):
        """Let the program go on until something is true."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not true():  # noqa: ASYNC110 - what a person sees has no event to wait for
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"never came true: {what or 'what was waited for'}") from None

    @property
    def over(self):
        """What the keys go to: the topmost dialog, or the window."""
        return QApplication.activeModalWidget() or self.window

    async def key(self, *sequences):
        """Press keys, written as on the buttons: "Ctrl+4", "Enter", "Alt+E"."""
        for sequence in sequences:
            await self._face()
            pressed = QKeySequence(sequence.replace("Enter", "Return"))[0]
            await self._press(pressed.key(), pressed.keyboardModifiers())

    async def write(self, words):
        """Type words into what has the focus."""
        await self._face()
        for sign in words:
            await self._press(sign)

    async def scan(self, code):
        """Scan a code: as fast as no fingers type, with Enter at its end."""
        await self._face()
        self._struck_at += 1_000
        for sign in code:
            await self._press(sign, ms=8)
        await self._press(Qt.Key.Key_Return, ms=8)

    async def _press(self, *pressed, ms=120):
        """Have Qt press a key; it handles events meanwhile, which must not happen within a task of ours."""
        done = []
        self._struck_at += ms

        def press():
            QTest.keyClick((QApplication.activePopupWidget() or self.over).windowHandle(), *pressed)
            done.append(True)

        QTimer.singleShot(0, press)
        await self.until(lambda: done, "the key is taken")

    async def _face(self):
        """A desktop gives the keys to the window that opened last; the offscreen one does not."""
        if QApplication.activePopupWidget() is None and not self.over.isActiveWindow():
            self.over.activateWindow()
            await self.until(self.over.isActiveWindow, "the topmost window has the keys")

    async def tab_to(self, control, key="Tab"):
        """Press Tab until a control has the focus."""
        for _ in range(60):
            if control.hasFocus():
                return
            await self.key(key)
        raise AssertionError(f"Tab does not lead to {control.accessibleName() or control}")

    async def commit(self, dialog=None):
        """Go to the commit by Tab and press it, not before it can be read."""
        await self.tab_to((dialog or self.over).commit)
        await self.commit_is_ready(dialog)
        await self.key("Space")

    async def commit_is_ready(self, dialog=None):
        """Read what the commit says: as long as that, it ignores keys."""
        await asyncio.sleep(GUARD_S)
        assert (dialog or self.over).commit.isEnabled(), "there is nothing to commit"

    async def goes(self, dialog):
        """Wait until a dialog has closed."""
        await self.until(lambda: not _is_open(dialog), f"{type(dialog).__name__} closes")

    # --- eyes ------------------------------------------------------------------------------------------

    @property
    def page(self):
        return self.window.page()

    async def top(self, kind):
        """The dialog of a kind that stands on top, once it is there."""
        await self.until(lambda: isinstance(self.over, kind), f"a {kind.__name__} opens over {self.over}")
        await self._face()
        return QApplication.activeModalWidget()

    async def open_order(self, number):
        """Ctrl+K, the number, Enter: its dialog."""
        await self.key("Ctrl+K")
        await self.write(number)
        await self.key("Enter")
        return await self.top(OrderDialog)

    def number_of(self, web):
        """Our number of a web shop's order."""
        return self.order(web).number

    def order(self, of):
        """An order as the till has it: by its number, or as the web shop gave it."""
        typed = of if isinstance(of, str) else str(of.id)
        found = [hit for hit in jump(self.reader, typed) if hit.kind == HitKind.ORDER and hit.exact]
        assert found, f"there is no order {typed}"
        order = self.reader.order(found[0].id)
        assert order is not None
        return order

    def held(self, of):
        """How many units an order holds."""
        return sum(line.allocated_qty for line in self.order(of).lines)

    def product(self, sku):
        place = self.front.parts.shop.location_id
        rows = ProductsSource(self.reader, ProductFilter(search=sku, location_id=place)).page_after(None, 32)
        return next(row for row in rows if row.sku == sku)

    def stock(self, sku):
        """On the shelf, promised, free."""
        row = self.product(sku)
        return row.on_hand, row.allocated, row.available

    def sold(self):
        return total_sales(self.reader).total_minor

    @property
    def badge(self):
        assert attention_count(self.reader) >= 0
        return self.window.rail.badge("attention")

    async def badge_is(self, count):
        await self.until(lambda: self.badge == count, f"the badge says {count}, not {self.badge}")

    async def said(self, words, by=None):
        """Wait for a toast, of the window or of a dialog."""
        told = (by or self.window).toasts.history
        await self.until(
            lambda: any(words in each for each in told), f"a toast says {words!r}, not {list(told)}"
        )

    def sync_line(self):
        """What the first cell of the status bar says."""
        return self.window.status.sync.accessibleName()

    async def leave(self):
        self.front.leave()
        if self.paper is not None:
            self.paper.stop()
        await self.post.stop()
        await self._web.aclose()
        self.reader.close()
        self.desk.close()


def _is_open(dialog):
    try:
        return dialog.isVisible()
    except RuntimeError:  # Qt has deleted it
        return False


def words_of(widget):
    """Everything that a widget shows in words, from its labels and buttons, in one string."""
    found = [
        each.text()
        for each in widget.findChildren(QObject)
        if callable(getattr(each, "text", None)) and each.isVisible()
    ]
    return " | ".join(word for word in found if isinstance(word, str) and word)


def strips(dialog):
    """What the strips over an order say, from the top."""
    return [each.accessibleName() for each in dialog.findChildren(Strip) if each.isVisible()]


def button(among, word):
    """The visible button that says a word, or is called so."""
    found = [
        each for each in among.findChildren(QPushButton)
        if each.isVisible()
        and word in (getattr(each, "word", ""), each.objectName(), each.accessibleName(), each.text())
    ]  # fmt: skip
    assert len(found) == 1, f"{len(found)} buttons say {word!r}"
    return found[0]


@asynccontextmanager
async def at_the_counter(base, folder, theme):
    """A till that is connected to a web shop and has looked at it once; it is left at the end, come what may."""
    shutil.copytree(base, folder)
    clock = Clock()
    counter = Counter(folder, theme, clock, Store.open(folder / SHOP_FILE, clock=clock))
    strays = Strays(QApplication.instance())
    try:
        await counter.plug_in()
        counter.front.show()
        counter.window.showNormal()  # the screen here is smaller: it began maximised
        counter.window.resize(1366, 768)
        counter.post.start()
        await counter.until(lambda: counter.rests > 0, "the first look is over")
        yield counter
        assert not strays.seen, f"shown before it had a place, so that it took the keys: {strays.seen[0]}"
    finally:
        strays.leave()
        await counter.leave()
