"""What every test stands on: no screen, no keyring, no folder of the person who runs it."""

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before Qt is imported anywhere; QT_QPA_PLATFORM=xcb shows the windows of a test.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["POSAPP_KEYRING"] = "file"

# As in the program: a collection on a worker's thread would destroy widgets there, which Qt does not survive.
gc.disable()
_tests_done = count(1)

# The suite is the same in every run, so that a red run means a changed program. A campaign looks further:
# HYPOTHESIS_PROFILE=campaign make test, or pytest -m slow.
settings.register_profile(
    "suite",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "campaign",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that looks for its per-user folders finds empty ones."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user" / name.lower()))


@pytest.fixture(autouse=True)
def _litter() -> Iterator[None]:
    """Collect garbage between two tests, on the main thread: young each time, all of it now and then."""
    yield
    gc.collect(2 if next(_tests_done) % 25 == 0 else 1)
