"""One running demo shop and one till for each module's stories; at the end the books must be right."""

import asyncio
from functools import partial

import pytest

from posapp.app import window_loop
from posapp.gui.theme import Scheme, Theme
from tests.stories.counter import at_the_counter, told
from tests.stories.house import Host, Till, WebShop


@pytest.fixture(scope="session")
def host():
    one = Host()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def shop():
    running = WebShop()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def till(shop, host, tmp_path_factory):
    """A till that serves the shop and hears of the provider. Every story brings its own goods."""
    one = Till(tmp_path_factory.mktemp("till") / "shop", host)
    assert one.connect(shop).json["state"] == "active"
    assert one.connect_provider(shop).json["state"] == "active"
    one.sync()
    yield one
    while one.sync()["sent"]:  # what was told the shop comes back as its news
        continue
    again = one.sync()
    assert (again["applied"], again["parked"], again["quarantined"]) == (0, 0, 0)
    assert one("replay", "--check")["ok"]
    assert one("doctor")["ok"]


@pytest.fixture
def folder(tmp_path, host):
    """A place for a till of its own."""
    return Till(tmp_path / "shop", host)


@pytest.fixture(scope="session")
def theme(qapp):
    return Theme(qapp, scheme=Scheme.LIGHT)


@pytest.fixture(scope="session")
def connected(tmp_path_factory):
    """The folder of a till that is connected to a web shop with goods and no orders."""
    folder = tmp_path_factory.mktemp("counter") / "till"
    folder.mkdir()
    asyncio.run(told(folder))
    return folder


@pytest.fixture
def play(qapp, theme, connected, tmp_path):
    """Plays a story with a counter, on the loop that the program itself has."""
    qapp.setQuitOnLastWindowClosed(False)

    def run(story):
        async def whole():
            async with at_the_counter(connected, tmp_path / "till", theme) as counter:
                await story(counter)

        with asyncio.Runner(loop_factory=partial(window_loop, qapp)) as runner:
            runner.run(whole())

    return run
