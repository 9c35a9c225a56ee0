"""The window living: Qt's loop and asyncio's are one, shops answer over HTTP, nothing is waited for by the clock."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from posapp.app import make_front, window_loop
from posapp.commands.command import new_command_id
from posapp.commands.shop import OpenShop
from posapp.desk import Desk
from posapp.gui.front import Front
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.posting import AppPost
from posapp.queries.reader import Reader
from posapp.secrets import Secrets

PATIENCE_S = 20.0  # only a broken program is waited for so long


def live(app: QApplication, story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story on the loop that the program itself has."""
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=partial(window_loop, app)) as runner:
        runner.run(story())


async def until(true: Callable[[], object], what: str = "") -> None:
    """Let the program go on until something is true."""
    async with asyncio.timeout(PATIENCE_S):
        while not true():  # noqa: ASYNC110 - what a person sees has no event to wait for
            await asyncio.sleep(0.01)


def press(control: QWidget) -> None:
    """Press a control with the mouse, as a person does: it must be there to be pressed."""
    assert control.isEnabled(), "it is disabled"
    assert control.isVisible(), "it is not shown"
    QTest.mouseClick(
        control, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(8, control.height() // 2)
    )


class House:
    """One opened shop with its window, its post and its desk."""

    def __init__(self, folder: Path, theme: Theme, *, currency: str = "NGN") -> None:
        self.desk = Desk(folder)
        if not self.desk.write_now(lambda c: c.execute("SELECT 1 FROM setting").fetchone()):
            at = datetime.now(UTC)
            opening = OpenShop(
                id=new_command_id(at),
                actor="Bola",
                at=at,
                name="Bola Beads",
                owner="Bola",
                currency=currency,
                time_zone="Africa/Lagos",
            )
            self.desk.do(opening)
        self.reader = Reader(folder)
        self.secrets = Secrets(folder)
        self.post = AppPost(self.desk, self.secrets)
        self.preferences = Preferences(folder / "settings.toml")
        self.front: Front = make_front(self.desk, self.reader, self.post, theme, self.preferences)
        self.front.show()

    @property
    def window(self):
        return self.front.window

    def settings(self, section: str):
        """A section of Settings, shown."""
        return self.front.open_page("settings").show_section(section)

    async def leave(self) -> None:
        self.front.leave()
        await self.post.stop()
        self.preferences.finish()
        self.reader.close()
        self.desk.close()


@asynccontextmanager
async def house(folder: Path, theme: Theme, *, currency: str = "NGN"):
    """A house that is left at the end, whatever happens in it."""
    opened = House(folder, theme, currency=currency)
    try:
        yield opened
    finally:
        await opened.leave()
