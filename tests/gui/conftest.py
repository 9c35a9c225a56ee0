"""Every test of the window has the light look at 100 %, whatever the one before chose."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from posapp.gui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, scheme=Scheme.LIGHT)


@pytest.fixture(autouse=True)
def _light(theme: Theme) -> Iterator[None]:
    yield
    if theme.scheme is not Scheme.LIGHT or theme.text_percent != 100:
        theme.choose(Scheme.LIGHT, 100)
