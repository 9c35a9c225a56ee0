"""Every till of a test is closed at its end, also when the test fails."""

from collections.abc import Iterator

import pytest

from tests.sync.scripted import Till


@pytest.fixture(autouse=True)
def closed_tills() -> Iterator[None]:
    yield
    while Till.living:
        Till.living.pop().close()
