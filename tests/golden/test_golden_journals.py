"""A journal that a release wrote replays to what it said then, in every later release.

A digest is over named facts, not over rows: a column may be added, a unit may not move.
To record the journal of a new release: `python -m tests.golden.record NAME`.
"""

from pathlib import Path

import pytest

from tests.golden.replaying import digest_of, replayed

HERE = Path(__file__).parent
JOURNALS = sorted(HERE.glob("*.jsonl"))


def test_there_is_a_journal_to_replay() -> None:
    assert JOURNALS


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_release_s_journal_replays_to_its_digest(path: Path) -> None:
    connection = replayed(path.read_text(encoding="utf-8").splitlines())
    recorded = path.with_suffix(".digest").read_text(encoding="utf-8").strip()
    assert digest_of(connection) == recorded
    connection.close()
