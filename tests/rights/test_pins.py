"""PINs and badges: slow to guess, kept as hashes, and counted also when nobody looks."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from posapp.commands.staff import AddStaff, NoteSecret, RetireStaff
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.pins import LOCK_OUT, WAITS_S, check_badge, check_pin, wait_s
from posapp.domain.rights import Need, Right
from posapp.pins import Pins, Verdict, forgotten, without_badge
from posapp.queries.staff import approvers, locks, staff_row
from tests.shop import FRIDAY, Shop

PIN, BADGE = "2580", "STAFF-0071-KQ"
QUICK = PasswordHasher(1, 64, 1)  # as slow as need be, for a test


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop")
    opened.do(AddStaff, name="Chidi", role_id="cashier")
    opened.do(AddStaff, name="Ify", role_id="manager")
    yield opened
    opened.close()


@pytest.fixture
def pins(shop: Shop) -> Iterator[Pins]:
    made = Pins(shop.desk, hasher=QUICK)
    give(shop, made, "Chidi", PIN)
    yield made
    made.close()


def give(shop: Shop, pins: Pins, name: str, pin: str) -> None:
    also = pins.keep_pin(name, pin).result()
    shop.desk.do(shop.command(NoteSecret, name=name, what="pin", given=True), also=also)


def give_badge(shop: Shop, pins: Pins, name: str, code: str) -> None:
    also = pins.keep_badge(name, code).result()
    shop.desk.do(shop.command(NoteSecret, name=name, what="badge", given=True), also=also)


def attempt(pins: Pins, pin: str, name: str = "Chidi") -> Verdict:
    return pins.check_pin(name, pin).result()


@pytest.mark.parametrize(
    "pin", ["123", "1234567", "12a4", "", "１２５７", "0000", "1234", "4321", "987654", "111111"]
)
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(Refused):
        check_pin(pin)


@pytest.mark.parametrize("code", ["", "short12", "x" * 129, "AAAABBBB", "tab\there12", "11111111"])
def test_what_is_no_badge_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        check_badge(code)


def test_the_right_pin_opens_and_nothing_else_does(shop: Shop, pins: Pins) -> None:
    assert attempt(pins, PIN) == Verdict("Chidi")
    assert attempt(pins, "2581").name == ""
    assert attempt(pins, "").name == ""
    assert attempt(pins, PIN, "Ify").name == "", "another's PIN"
    assert attempt(pins, PIN, "Nobody").name == ""
    assert attempt(pins, "", "Adaeze").name == "", "no PIN is not an empty PIN"


def test_neither_pin_nor_badge_stands_in_the_clear_anywhere(shop: Shop, pins: Pins) -> None:
    give_badge(shop, pins, "Chidi", BADGE)
    dump = repr(shop.reader.rows("SELECT * FROM staff_secret")) + repr(
        shop.reader.rows("SELECT * FROM journal")
    )
    assert "argon2id" in dump
    assert BADGE not in dump
    assert not re.search(rf"\b{PIN}\b", dump)
    assert "hash" not in repr(staff_row(shop.reader, "Chidi"))


def test_waiting_grows_and_at_last_nobody_gets_in(shop: Shop, pins: Pins) -> None:
    waits = []
    for _ in range(LOCK_OUT + 1):
        verdict = attempt(pins, "9753")
        waits.append(verdict.wait_s)
        shop.now += timedelta(seconds=verdict.wait_s)
    assert waits == sorted(waits)
    assert waits[:4] == [0, 0, 5, 15]
    assert (waits[-1], verdict.locked_out) == (3600, True)
    shop.now -= timedelta(seconds=verdict.wait_s)
    told = attempt(pins, PIN)
    assert (told.name, told.locked_out) == ("", True), "the right PIN does not help now"
    shop.now += timedelta(hours=1)
    assert attempt(pins, PIN).name == "Chidi", "an hour later it does"
    assert attempt(pins, "9753").wait_s == 0, "and the count begins anew"


def test_while_one_waits_no_attempt_is_looked_at(shop: Shop, pins: Pins) -> None:
    for _ in range(3):
        attempt(pins, "9753")
    assert attempt(pins, PIN).wait_s > 0
    shop.now += timedelta(seconds=5)
    assert attempt(pins, PIN).name == "Chidi"


def test_a_restart_forgives_nothing(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "again")
    shop.do(AddStaff, name="Chidi", role_id="cashier")
    pins = Pins(shop.desk, hasher=QUICK)
    give(shop, pins, "Chidi", PIN)
    for _ in range(LOCK_OUT - 1):
        shop.now += timedelta(seconds=attempt(pins, "9753").wait_s)
    assert attempt(pins, "9753").locked_out
    pins.close()
    shop.close()
    now = shop.now + timedelta(minutes=59)
    desk = Desk(shop.folder, clock=lambda: now)
    again = Pins(desk, hasher=QUICK)
    told = attempt(again, PIN)
    assert (told.name, told.locked_out) == ("", True)
    now += timedelta(minutes=2)
    assert attempt(again, PIN).name == "Chidi"
    again.close()
    desk.close()


def test_an_attempt_is_counted_before_it_is_looked_at(shop: Shop, pins: Pins) -> None:
    """Whoever kills the program while it thinks has used up an attempt all the same."""
    counts: list[str] = []
    shop.desk.write_now(lambda c: c.set_trace_callback(counts.append))
    assert attempt(pins, PIN).name == "Chidi"
    wrong = next(at for at, sql in enumerate(counts) if "failures = failures + 1" in sql)
    right = next(at for at, sql in enumerate(counts) if "failures = 0" in sql)
    assert wrong < right
    assert "COMMIT" in counts[wrong:right]


def test_a_clock_that_is_put_back_opens_nothing(shop: Shop, pins: Pins) -> None:
    for _ in range(4):
        shop.now += timedelta(seconds=attempt(pins, "9753").wait_s)
    shop.now -= timedelta(days=400)
    assert attempt(pins, PIN).wait_s > 0
    shop.now += timedelta(seconds=WAITS_S[4] + 1)
    assert attempt(pins, PIN).name == "Chidi", "and locks nobody out for a year"


class Counting(PasswordHasher):
    """A hasher that notes how often it compared."""

    compared = 0

    def verify(self, *parts: str) -> bool:
        self.compared += 1
        return super().verify(*parts)


def test_an_unknown_name_takes_as_much_work_as_a_wrong_pin(shop: Shop) -> None:
    hasher = Counting(1, 64, 1)
    pins = Pins(shop.desk, hasher=hasher)
    give(shop, pins, "Chidi", PIN)
    for compared, name in enumerate(("Chidi", "Nobody", "Adaeze"), start=1):
        assert attempt(pins, "9753", name).name == ""
        assert hasher.compared == compared, name
    pins.close()


def test_what_is_kept_is_worth_a_thief_s_time(shop: Shop) -> None:
    pins = Pins(shop.desk)
    give(shop, pins, "Chidi", PIN)
    kept = shop.reader.value("SELECT pin_hash FROM staff_secret WHERE name = 'Chidi'")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert attempt(pins, PIN).name == "Chidi"
    pins.close()


def test_a_badge_says_who_it_is(shop: Shop, pins: Pins) -> None:
    give_badge(shop, pins, "Chidi", BADGE)
    give_badge(shop, pins, "Ify", "STAFF-0072-KQ")
    assert pins.check_badge(BADGE).result() == Verdict("Chidi")
    assert pins.check_badge(BADGE.lower()).result().name == ""
    with pytest.raises(Refused, match="somebody else"):
        give_badge(shop, pins, "Ify", BADGE)
    assert pins.check_badge("STAFF-0072-KQ").result() == Verdict("Ify"), "a refused badge changes nothing"
    shop.desk.do(
        shop.command(NoteSecret, name="Chidi", what="badge", given=False), also=without_badge("Chidi")
    )
    assert pins.check_badge(BADGE).result().name == ""


def test_guessing_badges_gets_slow(shop: Shop, pins: Pins) -> None:
    give_badge(shop, pins, "Chidi", BADGE)
    waits = [pins.check_badge(f"STAFF-{n:04d}").result().wait_s for n in range(6)]
    assert waits[-1] > 0
    shop.now += timedelta(seconds=5)
    assert pins.check_badge(BADGE).result() == Verdict("Chidi")


def test_who_has_left_does_not_get_in(shop: Shop, pins: Pins) -> None:
    give_badge(shop, pins, "Chidi", BADGE)
    shop.desk.do(shop.command(RetireStaff, name="Chidi"))
    assert attempt(pins, PIN).name == ""
    assert pins.check_badge(BADGE).result().name == ""
    shop.desk.write_now(forgotten("Chidi"))
    assert shop.reader.rows("SELECT 1 FROM staff_secret WHERE name = 'Chidi'") == []


def test_a_new_pin_ends_the_wait(shop: Shop, pins: Pins) -> None:
    for _ in range(4):
        shop.now += timedelta(seconds=attempt(pins, "9753").wait_s)
    give(shop, pins, "Chidi", "8642")
    assert attempt(pins, PIN).name == ""
    assert attempt(pins, "8642").name == "Chidi"


def test_the_till_locks_once_an_owner_can_open_it(shop: Shop, pins: Pins) -> None:
    assert not locks(shop.reader), "a cashier's PIN alone locks nobody out"
    give(shop, pins, "Adaeze", "3719")
    assert locks(shop.reader)
    need = Need(Right.ORDERS_CANCEL)
    assert [row.name for row in approvers(shop.reader, need, other_than="Chidi")] == ["Adaeze"]
    give(shop, pins, "Ify", "9137")
    assert {row.name for row in approvers(shop.reader, need, other_than="Chidi")} == {"Adaeze", "Ify"}
    shop.desk.do(shop.command(NoteSecret, name="Adaeze", what="pin", given=False), also=forgotten("Adaeze"))
    assert not locks(shop.reader)


def test_a_refused_pin_is_not_kept(shop: Shop, pins: Pins) -> None:
    also = pins.keep_pin("Ify", "9137").result()
    with pytest.raises(Refused):
        shop.desk.do(shop.command(NoteSecret, actor="Chidi", name="Ify", what="pin", given=True), also=also)
    assert attempt(pins, "9137", "Ify").name == ""


@pytest.mark.parametrize("failures", range(20))
def test_the_wait_never_grows_by_waiting(failures: int) -> None:
    at: datetime = FRIDAY
    waits = [wait_s(failures, at, at + timedelta(seconds=n)) for n in (0, 1, 5, 60, 3600)]
    assert waits == sorted(waits, reverse=True)
    assert waits[-1] == 0
    assert wait_s(failures, None, at) == 0
