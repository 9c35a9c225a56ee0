"""What the desk does besides carrying commands out."""

from collections.abc import Iterator
from concurrent.futures import wait
from datetime import UTC, datetime
from pathlib import Path

import pytest

from posapp import desk as desks
from posapp.commands.shop import OpenShop
from posapp.desk import Desk

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OPEN = OpenShop(
    id="open", actor="Owner", at=NOW, name="Test", owner="Owner", currency="NGN", time_zone="Africa/Lagos"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, clock=lambda: NOW)
    yield made
    made.close()


def test_a_paced_command_waits_while_the_window_draws(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "HOLD_S", 60.0)
    desk.hold(True)
    asked = desk.submit(OPEN, paced=True)
    assert not wait([asked], timeout=0.1).done
    desk.hold(False)
    assert asked.result(timeout=30).answer


def test_a_window_that_never_ends_drawing_holds_nothing_up(desk: Desk) -> None:
    desk.hold(True)
    assert desk.submit(OPEN, paced=True).result(timeout=30).answer


def test_what_a_person_asks_for_never_waits_for_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "HOLD_S", 60.0)
    desk.hold(True)
    assert desk.submit(OPEN).result(timeout=30).answer
