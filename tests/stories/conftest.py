"""One running demo shop and one till for each module's stories; at the end the books must be right."""

import pytest

from .house import Host, Till, WebShop


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
    again = one.sync()
    assert (again["applied"], again["parked"], again["quarantined"]) == (0, 0, 0)
    assert one("replay", "--check")["ok"]
    assert one("doctor")["ok"]


@pytest.fixture
def folder(tmp_path, host):
    """A place for a till of its own."""
    return Till(tmp_path / "shop", host)
