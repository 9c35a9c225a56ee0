"""The owner's name: another one is another row of the staff, and the journal keeps both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from posapp.commands.shop import ChangeSetting
from posapp.commands.staff import AddStaff
from posapp.domain.errors import Refused
from posapp.replay import check_replay
from tests.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop")
    yield opened
    opened.reader.close()
    opened.desk.close()


def staff(shop: Shop) -> dict[str, int]:
    return dict(shop.desk.write_now(lambda c: c.execute("SELECT name, active FROM staff").fetchall()))


def rename(shop: Shop, name: str, actor: str) -> str:
    command = ChangeSetting(id=shop.new_id("command"), actor=actor, at=shop.clock(), key="owner", value=name)
    return shop.desk.do(command).answer


def test_the_owner_acts_under_the_new_name_and_no_longer_under_the_old(shop: Shop) -> None:
    pin = "INSERT INTO staff_secret (name, pin_hash) VALUES ('Adaeze', 'h')"
    shop.desk.write_now(lambda c: c.execute(pin) and None)
    assert rename(shop, " Adaeze   Obi ", "Adaeze") == "Adaeze Obi"
    assert staff(shop) == {"Adaeze": 0, "Adaeze Obi": 1}
    assert shop.reader.settings().owner == "Adaeze Obi"
    known = shop.desk.write_now(lambda c: c.execute("SELECT name, pin_hash FROM staff_secret").fetchall())
    assert known == [("Adaeze Obi", "h")]
    with pytest.raises(Refused):
        rename(shop, "Adaeze Eze", "Adaeze")
    assert rename(shop, "Adaeze", "Adaeze Obi") == "Adaeze"  # a name of hers comes back
    assert staff(shop) == {"Adaeze": 1, "Adaeze Obi": 0}


def test_the_name_of_somebody_else_is_refused(shop: Shop) -> None:
    shop.do(AddStaff, name="Chidi", role_id="cashier")
    for name in ("Chidi", "chidi", "", "posapp", "x" * 41):
        with pytest.raises(Refused):
            rename(shop, name, "Adaeze")
    assert shop.reader.settings().owner == "Adaeze"


def test_another_owner_takes_the_till_over_and_both_stay_owners(shop: Shop) -> None:
    shop.do(AddStaff, name="Bola", role_id="owner")
    assert rename(shop, "Bola", "Adaeze") == "Bola"
    assert staff(shop) == {"Adaeze": 1, "Bola": 1}


def test_a_renamed_owner_replays(shop: Shop) -> None:
    rename(shop, "Adaeze Obi", "Adaeze")
    replayed = shop.desk.write_now(check_replay)
    assert replayed.differences == []


def test_a_shop_has_a_name(shop: Shop) -> None:
    with pytest.raises(Refused, match="has a name"):
        shop.do(ChangeSetting, key="name", value="  ")
