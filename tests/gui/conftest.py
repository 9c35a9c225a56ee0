"""Every test of the window has the light look at 100 %, whatever the one before chose."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from posapp.gui.theme import Scheme, Theme
from tests.gui.adaeze import Adaeze, Counter, reopen, tell_the_day


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, scheme=Scheme.LIGHT)


@pytest.fixture(autouse=True)
def _light(theme: Theme) -> Iterator[None]:
    yield
    if theme.scheme is not Scheme.LIGHT or theme.text_percent != 100:
        theme.choose(Scheme.LIGHT, 100)


@pytest.fixture(scope="session")
def told_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime, dict[str, str]]:
    """The Friday of Adaeze Stores, told once; the ids of its orders by their customer."""
    folder = tmp_path_factory.mktemp("friday")
    shop = Adaeze(folder)
    made = {name: order.id for name, order in tell_the_day(shop).items()}
    now = shop.now
    shop.close()
    return folder, now, made


@pytest.fixture
def counter(
    told_day: tuple[Path, datetime, dict[str, str]], tmp_path: Path, theme: Theme
) -> Iterator[Counter]:
    """Everything a page needs, on a copy of that Friday; `orders` gives the ids of the orders."""
    folder, now, made = told_day
    shop = reopen(shutil.copytree(folder, tmp_path / "friday"), now)
    yield Counter(shop, theme, orders=made)
    shop.close()


@pytest.fixture
def desktop(qtbot: QtBot) -> Iterator[QWidget]:
    """A window for dialogs to lie over; a dialog that a test leaves open is closed with it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield window
    while isinstance(left := QApplication.activeModalWidget(), QDialog):
        left.done(0)
