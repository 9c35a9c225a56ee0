"""Drafts survive: a killed program, a damaged file, a sale that was committed just before the end."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from posapp.domain.basket import Basket, added, for_customer, labelled
from posapp.drafts import FOLDER, Drafts

FRIDAY = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)


def basket(order_id: str = "sale-1", units: int = 2) -> Basket:
    return added(Basket(order_id, "main"), "shea", "Shea butter 200 g", units)[0]


def nothing_sold(_order_id: str) -> bool:
    return False


@pytest.fixture
def drafts(tmp_path: Path):
    made = Drafts(tmp_path)
    yield made
    made.finish()


def again(folder: Path, is_sold=nothing_sold) -> tuple[Drafts, Basket | None, tuple[str, ...]]:
    """Another start of the program."""
    made = Drafts(folder)
    found = made.load(is_sold)
    made.finish()
    return made, found.basket, found.complaints


def test_the_basket_comes_back(drafts: Drafts, tmp_path: Path) -> None:
    wanted = for_customer(basket(), "contact-1", "Ada Obi")
    drafts.keep(basket(units=1))
    drafts.keep(wanted)
    drafts.settle()
    assert again(tmp_path)[1:] == (wanted, ())


def test_an_empty_basket_leaves_no_file(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(basket())
    drafts.settle()
    drafts.keep(Basket("sale-1", "main"))
    drafts.settle()
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_sold_one_is_not_sold_again(drafts: Drafts, tmp_path: Path) -> None:
    """The program was killed after the sale was committed and before its file went."""
    drafts.keep(basket())
    drafts.hold(labelled(basket("sale-2"), "Ada"), at=FRIDAY, by="Chidi")
    drafts.keep(basket("sale-3"))
    drafts.settle()
    made, found, complaints = again(tmp_path, lambda order_id: True)
    assert (made.held(), found, complaints) == ((), None, ())
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_held_sale_is_there_for_the_next_user(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(basket())
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    drafts.keep(basket("sale-2"))
    drafts.settle()
    made, found, _ = again(tmp_path)
    assert found == basket("sale-2")
    [held] = made.held()
    assert (held.basket.label, held.held_by, held.held_at) == ("Ada", "Chidi", FRIDAY)


def test_recalling_moves_it_back(drafts: Drafts, tmp_path: Path) -> None:
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    assert drafts.take("sale-1") == labelled(basket(), "Ada")
    assert drafts.take("sale-1") is None
    drafts.settle()
    made, found, _ = again(tmp_path)
    assert (made.held(), found) == ((), labelled(basket(), "Ada"))


def test_the_longest_waiting_comes_first(drafts: Drafts) -> None:
    for n in (2, 1, 3):
        drafts.hold(labelled(basket(f"sale-{n}"), str(n)), at=FRIDAY.replace(minute=n), by="Chidi")
    assert [draft.basket.label for draft in drafts.held()] == ["1", "2", "3"]


def test_a_discarded_one_can_be_put_back(drafts: Drafts, tmp_path: Path) -> None:
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    thrown = drafts.discard("sale-1")
    drafts.settle()
    assert again(tmp_path)[0].held() == ()
    assert thrown is not None
    drafts.put_back(thrown)
    drafts.settle()
    assert again(tmp_path)[0].held() == (thrown,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"{",
        b"[" * 100_000,
        b'{"format":2,"basket":{"order_id":"sale-1","location_id":"main"}}',
        b'{"basket":{"order_id":"../../evil","location_id":"main"}}',
        b'{"basket":{"order_id":"sale-1","location_id":"main","lines":[{"key":1,"product_id":"a","name":"A","quantity":0}]}}',
        (
            b'{"basket":{"order_id":"sale-1","location_id":"main","lines":[{"key":1,"product_id":"a","name":"A"},'
            b'{"key":1,"product_id":"b","name":"B"}]}}'
        ),
        b'{"basket":{"order_id":"sale-1","location_id":"main","discount_minor":1e30}}',
        b" " * 2_000_001,
    ],
)
def test_a_damaged_file_is_set_aside_in_words(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / "current.json").write_bytes(content)
    (folder / "held-sale-1.json").write_bytes(content)
    made, found, complaints = again(tmp_path)
    assert (made.held(), found) == ((), None)
    assert len(complaints) == 2
    assert "could not be read" in complaints[0]
    assert (folder / "current.damaged").read_bytes() == content
    assert (folder / "held-sale-1.damaged").read_bytes() == content


def test_a_held_file_under_anothers_name_is_set_aside(drafts: Drafts, tmp_path: Path) -> None:
    """Or one sale would be there twice."""
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    drafts.settle()
    folder = tmp_path / FOLDER
    (folder / "held-copy.json").write_bytes((folder / "held-sale-1.json").read_bytes())
    made, _, complaints = again(tmp_path)
    assert len(made.held()) == 1
    assert len(complaints) == 1


def test_a_folder_where_the_file_should_be_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "current.json").mkdir(parents=True)
    assert again(tmp_path)[1] is None


def test_what_cannot_be_saved_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file stands where the folder should be")
    said: list[str] = []
    drafts = Drafts(tmp_path)
    drafts.trouble = said.append
    drafts.keep(basket())
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    drafts.finish()
    assert len(said) == 1, "once, not at every scan"
    assert "could not be saved" in said[0]
    assert drafts.held()[0].basket.label == "Ada"


def test_what_comes_after_the_end_is_no_error(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(basket())
    drafts.finish()
    drafts.keep(Basket("sale-2", "main"))
    assert again(tmp_path)[1] == basket()


def test_without_a_folder_they_hold_as_long_as_the_window(tmp_path: Path) -> None:
    drafts = Drafts()
    drafts.keep(basket())
    drafts.hold(labelled(basket(), "Ada"), at=FRIDAY, by="Chidi")
    assert drafts.take("sale-1") is not None
    drafts.finish()


PROGRAM = """
import sys
from pathlib import Path
from posapp.domain.basket import Basket, added, labelled
from posapp.drafts import Drafts
from datetime import UTC, datetime

drafts = Drafts(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    basket = added(Basket(f"sale-{n}", "main"), "shea", "Shea butter", n)[0]
    drafts.keep(basket)
    drafts.settle()
    print(n, "kept", flush=True)
    drafts.hold(labelled(basket, str(n)), at=datetime.now(UTC), by="Chidi")
    drafts.settle()
    drafts.take(f"sale-{n}")
    drafts.settle()
    drafts.keep(Basket(f"sale-{n}", "main"))
"""


@pytest.mark.parametrize("lines", [1, 5, 12])
def test_killed_at_any_moment_one_basket_is_there_once(tmp_path: Path, lines: int) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert program.stdout is not None
    for _ in range(lines):
        last = program.stdout.readline()
    os.kill(program.pid, signal.SIGKILL)
    program.stdout.read()
    program.wait()
    program.stdout.close()
    made, found, complaints = again(tmp_path)
    assert complaints == ()
    there = [draft.basket for draft in made.held()] + ([found] if found is not None else [])
    assert len({each.order_id for each in there}) == len(there) <= 1
    for each in there:
        assert int(each.order_id.removeprefix("sale-")) >= int(last.split()[0])
        assert each.units == int(each.order_id.removeprefix("sale-"))
