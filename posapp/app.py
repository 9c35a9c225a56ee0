"""The composition root: makes every part of the window and joins them by hand."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import qasync
from PySide6.QtWidgets import QApplication

from posapp import settings
from posapp.db.database import CannotOpen
from posapp.db.lock import FolderInUse
from posapp.desk import Desk
from posapp.drafts import Drafts
from posapp.gui.changes import Changes
from posapp.gui.dialogs.cannot_start import CannotStartDialog
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.errands import Errands
from posapp.gui.first_paint import FirstPaint
from posapp.gui.front import Front
from posapp.gui.icons import app_icon
from posapp.gui.interrupts import Interrupts
from posapp.gui.litter import Litter
from posapp.gui.paper import Paper
from posapp.gui.parts import Parts, Shop
from posapp.gui.perform import Perform
from posapp.gui.post import Post
from posapp.gui.preferences import Preferences
from posapp.gui.screens import NO_SCREEN, has_screen
from posapp.gui.theme import Scheme, Theme
from posapp.gui.who import Who
from posapp.log import logging_into
from posapp.pins import Pins
from posapp.posting import AppPost
from posapp.printing import AppPaper
from posapp.queries.counter_facts import is_sold
from posapp.queries.reader import Reader
from posapp.secrets import Secrets

OK, NO_DISPLAY, IN_USE, CANNOT_OPEN = 0, 1, 3, 4
IN_USE_CODE = "folder_in_use"
log = logging.getLogger(__name__)


class Served(Protocol):
    """A web shop that is served beside the window."""

    @property
    def page(self) -> str:
        """The address to buy at."""
        ...


# Given by whoever wants it, so that a till that sells does not load a web server at its start.
DemoShop = Callable[[Desk, Secrets, Path], AbstractAsyncContextManager[Served]]


def run(folder: Path, demo: DemoShop | None = None) -> int:
    """Open the window on a folder and stay until it is closed; gives the exit code. `demo` runs beside it."""
    if not has_screen():
        print(NO_SCREEN, file=sys.stderr)  # noqa: T201 - the one thing a window cannot say
        return NO_DISPLAY
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("posapp")
    app.setDesktopFileName("posapp")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(app_icon())
    path = settings.settings_path()
    loaded = settings.load(path)
    theme = Theme(app, scheme=Scheme(loaded.settings.theme), text_percent=loaded.settings.text_percent)
    with ExitStack() as stack:
        try:
            desk = Desk(folder)
            stack.callback(desk.close)
            stack.enter_context(logging_into(folder))
        except (FolderInUse, CannotOpen, OSError) as trouble:
            return _say_why_not(trouble)
        preferences = Preferences(path, loaded.settings, complaint=loaded.complaint)
        stack.callback(preferences.finish)
        runner = stack.enter_context(asyncio.Runner(loop_factory=partial(window_loop, app)))
        return runner.run(_live(desk, theme, preferences, demo=demo))


def window_loop(app: QApplication) -> asyncio.AbstractEventLoop:
    """Make Qt's loop and asyncio's one."""
    # At DEBUG it writes down the arguments of whatever runs in a thread, and secrets are among them.
    logging.getLogger("qasync").setLevel(logging.INFO)
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
    # What waits for a keyring or a name server is left behind at the end.
    loop.set_default_executor(Errands())
    return loop


def _say_why_not(trouble: Exception) -> int:
    """Say why the folder cannot be opened, to the eye and to whoever started it from a terminal."""
    print(trouble, file=sys.stderr)  # noqa: T201 - beside the dialog, for who looks at a terminal
    code = IN_USE_CODE if isinstance(trouble, FolderInUse) else getattr(trouble, "code", "not_writable")
    CannotStartDialog(str(trouble), code).exec()
    return IN_USE if isinstance(trouble, FolderInUse) else CANNOT_OPEN


async def _live(desk: Desk, theme: Theme, preferences: Preferences, *, demo: DemoShop | None) -> int:
    """Live from the first paint to the last window's close."""
    closed = asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.enter_context(Litter())
        interrupts = stack.enter_context(Interrupts())
        interrupts.asked.connect(closed.set)
        secrets = Secrets(desk.folder)
        post = AppPost(desk, secrets)
        if demo:
            running = await stack.enter_async_context(demo(desk, secrets, desk.folder))
            post.demo_page = running.page
        stack.push_async_callback(post.stop)
        reader = Reader(desk.folder, checked=True)
        stack.callback(reader.close)
        if not reader.settings().is_open and not await _open_shop(desk, closed):
            return OK
        paper = AppPaper(desk, preferences.known.printing)
        stack.callback(paper.stop)
        front = make_front(desk, reader, post, theme, preferences, paper)
        stack.callback(front.leave)
        front.closed.connect(closed.set)
        first_paint = FirstPaint(front.window)
        for begin in (post.start, paper.start, _settle_down):
            first_paint.over.connect(begin)
        front.show()
        log.info("the window is open")
        await closed.wait()
    return OK


def _settle_down() -> None:
    """What is loaded stays: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


def make_front(
    desk: Desk, reader: Reader, post: Post, theme: Theme, preferences: Preferences, paper: Paper | None = None
) -> Front:
    """Join window, questions, desk, post and paper; without paper the till has no printer."""
    known = reader.settings()
    changes = Changes(drawing=desk.hold)
    desk.listeners.append(changes.tell)
    perform = Perform(desk, actor="")
    who = Who(reader, perform, Pins(desk), changes)
    shop = Shop(
        name=known.name,
        currency=known.currency,
        zone=ZoneInfo(known.time_zone),
        till=known.till,
        location_id=known.locations[0].id,
        who=who,
    )

    drafts = Drafts(reader.folder)
    drafts.load(lambda order_id: is_sold(reader, order_id))

    def parts(front: Front) -> Parts:
        return Parts(
            reader=reader,
            changes=changes,
            perform=perform,
            post=post,
            shop=shop,
            clock=desk.clock,
            open_order=front.open_order,
            toast=front.toast,
            theme=theme,
            preferences=preferences,
            drafts=drafts,
            paper=paper or Paper(),
        )

    return Front(parts, version=version("posapp"))


async def _open_shop(desk: Desk, closed: asyncio.Event) -> bool:
    """Ask for the first facts of a new shop; False when the person would rather not."""
    dialog = OpenShopDialog(Perform(desk, actor=""))
    dialog.finished.connect(closed.set)
    dialog.open()
    await closed.wait()
    closed.clear()
    return bool(dialog.result())
