"""The whole program: how it starts, what it says where it cannot, and how it ends."""

import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from posapp.app import CANNOT_OPEN, IN_USE, NO_DISPLAY, OK, run
from posapp.db import database
from posapp.demo_profile import OWNER, demo_shop
from posapp.desk import Desk
from posapp.gui.dialogs.cannot_start import CannotStartDialog
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.icons import app_icon
from posapp.gui.main_window import MainWindow
from posapp.gui.widgets.button import Button
from posapp.queries import health
from posapp.queries.reader import Reader
from tests.gui.walker import nameless_controls

PATIENCE_S = 60.0  # only a broken program is waited for so long


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    """The program changes its process; the next test finds it as it was."""
    icon = qapp.windowIcon()
    yield
    gc.unfreeze()
    qapp.setWindowIcon(icon)


class Hands:
    """Does things to the running program, each when what it needs is there; a broken one is stopped."""

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[[], object], Callable[[], object]]] = []
        self._end = time.monotonic() + PATIENCE_S
        self.late = ""
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def when(self, true: Callable[[], object], deed: Callable[[], object] = lambda: None) -> "Hands":
        self._steps.append((true, deed))
        return self

    def _look(self) -> None:
        if not self._steps:
            self._timer.stop()
        elif time.monotonic() > self._end:
            self.late = f"{len(self._steps)} steps were never reached"
            self._timer.stop()
            for window in QApplication.topLevelWidgets():
                window.close()
        elif self._steps[0][0]():
            self._steps.pop(0)[1]()

    def done(self) -> None:
        self._timer.stop()
        assert not self.late, self.late
        assert not self._steps


def shown(kind: type[QWidget]) -> QWidget | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


def window() -> MainWindow:
    found = shown(MainWindow)
    assert isinstance(found, MainWindow)
    return found


def say(window_or_dialog: QWidget, word: str) -> None:
    next(b for b in window_or_dialog.findChildren(Button) if b.word == word and b.isVisible()).click()


def test_the_demo_opens_on_a_day_with_orders_that_need_a_person(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seen: dict[str, object] = {}

    def look() -> None:
        opened = window()
        seen["title"] = opened.windowTitle()
        seen["nameless"] = nameless_controls(opened)
        opened.close()

    hands = Hands()
    hands.when(
        lambda: shown(MainWindow) and window().status.sync.accessibleName().startswith("Up to date"), look
    )
    assert run(tmp_path / "demo", demo_shop) == OK
    hands.done()
    assert seen["nameless"] == []
    assert str(seen["title"]).startswith("(")
    assert str(seen["title"]).endswith(") Adaeze Stores")
    reader = Reader(tmp_path / "demo")
    assert (reader.settings().owner, len(health.connections(reader))) == (OWNER, 2)
    reader.close()
    assert capfd.readouterr().err == ""


def test_a_demo_goes_on_where_it_stopped(qapp: QApplication, tmp_path: Path) -> None:
    counts: list[int] = []
    for _ in range(2):
        hands = Hands().when(lambda: shown(MainWindow), lambda: window().close())
        assert run(tmp_path / "demo", demo_shop) == OK
        hands.done()
        desk = Desk(tmp_path / "demo")
        counts.append(desk.write_now(lambda c: c.execute("SELECT count(*) FROM orders").fetchone()[0]))
        desk.close()
    assert counts[0] == counts[1] >= 12


def test_an_empty_folder_asks_for_the_shop_first(qapp: QApplication, tmp_path: Path) -> None:
    def answer() -> None:
        dialog = shown(OpenShopDialog)
        assert isinstance(dialog, OpenShopDialog)
        assert nameless_controls(dialog) == []
        say(dialog, "Open the shop")
        assert dialog.name.edit.accessibleDescription() == "Give your shop a name."
        dialog.name.set_text("Bola Beads")
        dialog.owner.set_text("Bola")
        dialog.currency.set_value("GHS")
        dialog.zone.set_value("Africa/Accra")
        say(dialog, "Open the shop")

    hands = Hands().when(lambda: shown(OpenShopDialog), answer)
    hands.when(lambda: shown(MainWindow), lambda: window().close())
    assert run(tmp_path / "shop") == OK
    hands.done()
    reader = Reader(tmp_path / "shop")
    known = reader.settings()
    assert (known.name, known.owner, known.currency, known.time_zone) == (
        "Bola Beads", "Bola", "GHS", "Africa/Accra",
    )  # fmt: skip
    assert reader.value("SELECT actor FROM journal") == "Bola"
    reader.close()


def test_who_would_rather_not_leaves_without_a_shop(qapp: QApplication, tmp_path: Path) -> None:
    hands = Hands().when(lambda: shown(OpenShopDialog), lambda: say(shown(OpenShopDialog), "Not now"))
    assert run(tmp_path / "shop") == OK
    hands.done()
    reader = Reader(tmp_path / "shop")
    assert not reader.settings().is_open
    reader.close()


def cannot(folder: Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Start where it cannot; gives the exit code and what the dialog copied."""

    def read() -> None:
        dialog = shown(CannotStartDialog)
        assert isinstance(dialog, CannotStartDialog)
        assert nameless_controls(dialog) == []
        say(dialog, "Copy this text")
        say(dialog, "Close")

    hands = Hands().when(lambda: shown(CannotStartDialog), read)
    code = run(folder)
    hands.done()
    copied = QGuiApplication.clipboard().text()
    assert copied in capfd.readouterr().err
    return code, copied


def test_a_second_one_on_the_same_folder_is_told(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = Desk(tmp_path / "shop")
    code, words = cannot(tmp_path / "shop", capfd)
    first.close()
    assert (code, "Another posapp is using" in words) == (IN_USE, True)


def test_a_damaged_database_is_left_as_it_is(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = database.database_path(tmp_path)
    path.write_bytes(b"no database" * 400)
    code, words = cannot(tmp_path, capfd)
    assert (code, "is damaged" in words) == (CANNOT_OPEN, True)
    assert path.read_bytes() == b"no database" * 400


def test_a_database_of_a_newer_posapp_is_left_as_it_is(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Desk(tmp_path).close()
    writer = database.open_writer(tmp_path)
    writer.execute("PRAGMA user_version = 9999")
    writer.close()
    code, words = cannot(tmp_path, capfd)
    assert (code, "newer posapp" in words) == (CANNOT_OPEN, True)


def test_a_folder_that_is_none_is_said(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop").write_text("a file")
    code, words = cannot(tmp_path / "shop", capfd)
    assert (code, "Nothing can be written" in words) == (CANNOT_OPEN, True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("display", ["", ":9999", "nonsense"])
def test_without_a_screen_it_says_so(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert run(tmp_path) == NO_DISPLAY
    assert "no screen here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_clean_while_it_is_looking(wish: signal.Signals, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    with said.open("wb") as out:
        posapp = subprocess.Popen(
            [sys.executable, "-m", "posapp", "--demo", "--data-dir", str(tmp_path / "demo")],
            stdout=out, stderr=out, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        log = tmp_path / "demo" / "posapp.log"
        end = time.monotonic() + PATIENCE_S
        while not (log.exists() and "the window is open" in log.read_text("utf-8")):
            assert posapp.poll() is None, said.read_text()
            assert time.monotonic() < end, said.read_text()
            time.sleep(0.02)  # another process, which tells it in its log alone
        posapp.send_signal(wish)
        try:
            assert posapp.wait(PATIENCE_S) == 0
        finally:
            posapp.kill()
    ignored = "This plugin does not support propagateSizeHints()"
    assert [line for line in said.read_text().splitlines() if line != ignored] == []
    assert "ERROR" not in log.read_text("utf-8")
    Desk(tmp_path / "demo").close()


def test_keys_never_reach_the_log(qapp: QApplication, tmp_path: Path) -> None:
    logging.getLogger("qasync").setLevel(logging.NOTSET)
    hands = Hands().when(lambda: shown(MainWindow), lambda: window().close())
    assert run(tmp_path / "demo", demo_shop) == OK
    hands.done()
    assert not logging.getLogger("qasync").isEnabledFor(logging.DEBUG)
    secrets = (tmp_path / "demo" / "secrets.toml").read_text("utf-8")
    kept = [part for part in secrets.split('"') if len(part) > 30 and part.startswith(("cs_", "sk_"))]
    assert len(kept) == 2
    assert not any(secret in (tmp_path / "demo" / "posapp.log").read_text("utf-8") for secret in kept)


def test_the_icon_is_there_in_every_size(qapp: QApplication) -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 256}
    middle = app_icon().pixmap(256).toImage()
    assert len({middle.pixel(x, 128) for x in range(256)}) > 1
