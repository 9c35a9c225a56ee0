from collections.abc import Iterator

import pytest

from tests.rights.scene import Scene


@pytest.fixture(scope="module")
def no_shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    scene = Scene(tmp_path_factory.mktemp("shop"), shift_open=False)
    yield scene
    scene.close()


@pytest.fixture(scope="module")
def in_shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    scene = Scene(tmp_path_factory.mktemp("shop"), shift_open=True)
    yield scene
    scene.close()
