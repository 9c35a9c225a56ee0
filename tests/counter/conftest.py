"""A shop with its counter open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.till import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = Counter(tmp_path / "shop")
    yield opened
    opened.close()
