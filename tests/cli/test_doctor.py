"""The doctor says in words what is wrong, and what is not."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from posapp import doctor
from posapp.db import database
from tests.cli.conftest import make_shop


@pytest.fixture
def busy(paid_short, ask, folder):
    ask("resolve", "1", "mixed", "--refund", "TOTE=1")
    ask("new", "--line", "TOTE=1")
    ask("pay", "2", "--amount-minor", 1_500_000, "--method", "cash")
    return folder


def change(folder, sql):
    connection = database._open(folder, read_only=False)
    connection.execute("PRAGMA ignore_check_constraints = 1")
    connection.execute(sql)
    connection.close()


def findings(run):
    told = json.loads(run("doctor", "--json").out)
    return {f["check"]: f for f in sorted(told["findings"], key=lambda f: f["state"] == "failed")}, told["ok"]


def test_a_sound_shop_passes(busy, run, ask):
    told = ask("doctor")
    assert told["ok"]
    assert {f["state"] for f in told["findings"]} == {"ok"}
    assert {f["check"] for f in told["findings"]} >= {
        "program", "sqlite", "folder", "disk", "in use", "format", "file", "tables", "journal", "books", "clock",
        "inbox", "connections", "keyring",
    }  # fmt: skip
    assert run("doctor").code == 0


@pytest.mark.parametrize(
    ("sql", "check"),
    [
        ("UPDATE level SET on_hand = on_hand + 1", "books"),
        ("UPDATE level SET allocated = allocated - 1", "books"),
        ("UPDATE level SET allocated = on_hand + 1", "books"),
        ("UPDATE order_line SET allocated_qty = allocated_qty + 1 WHERE rowid = 1", "books"),
        ("DELETE FROM movement WHERE rowid = 1", "books"),
        ("DELETE FROM level", "books"),
        ("DELETE FROM attention_case WHERE is_open = 1", "books"),
        ("UPDATE attention_case SET is_open = 1", "books"),
        ("UPDATE orders SET status = 'CANCELLED'", "books"),
        ("UPDATE orders SET contribution_minor = 1 WHERE number = '0001'", "books"),
        ("UPDATE part SET amount_minor = amount_minor + 1", "books"),
        ("UPDATE part SET amount_minor = 99000000", "books"),
        ("UPDATE order_line SET order_id = 'gone' WHERE rowid = 1", "books"),
        ("UPDATE journal SET actor = 'Nobody' WHERE seq = 2", "journal"),
        ("DELETE FROM journal WHERE seq = 2", "journal"),
        ("DROP TABLE refund", "tables"),
    ],
)
def test_books_that_do_not_agree_are_said(sql, check, busy, run):
    change(busy, sql)
    said = run("doctor", "--json")
    assert (said.code, said.error["error"]) == (6, "check_failed")
    found, ok = findings(run)
    assert not ok
    assert found[check]["state"] == "failed"
    assert found[check]["advice"]
    assert found[check]["words"] in run("doctor").out


def test_a_clock_that_went_back_is_a_warning(busy):
    found = list(doctor.examine(busy, datetime.now(UTC) - timedelta(hours=1)))
    assert [f.state for f in found if f.check == "clock"] == ["warning"]
    found = list(doctor.examine(busy, datetime(1990, 1, 1, tzinfo=UTC)))
    assert [f.state for f in found if f.check == "clock"] == ["failed"]


@pytest.mark.parametrize(("free", "state"), [(10**12, "ok"), (10**8, "warning"), (10**6, "failed")])
def test_little_space_is_said(free, state, busy, monkeypatch):
    monkeypatch.setattr(
        doctor.shutil, "disk_usage", lambda _: doctor.shutil._ntuple_diskusage(10**13, 0, free)
    )
    found = list(doctor.examine(busy, datetime.now(UTC)))
    assert [f.state for f in found if f.check == "disk"] == [state]


def test_what_lies_in_quarantine_is_a_warning_and_can_be_given_up(busy, run, ask):
    change(busy, "INSERT INTO inbox (feed_id, event_id, kind, remote_id, seen_at, received_at, body, state, reason) "
                 "VALUES ('f', 'e', 'order', '88', '2026-11-20T10:00:00.000000Z', '2026-11-20T10:00:00.000000Z', "
                 "'{\"total\": \"x\"}', 'quarantined', 'The total is no amount.')")  # fmt: skip
    found, ok = findings(run)
    assert (ok, found["inbox"]["state"]) == (True, "warning")
    row = ask("quarantine")[0]
    assert (row["kind"], row["remote_id"], row["reason"]) == ("order", "88", "The total is no amount.")
    assert row["raw"] == '{"total": "x"}'
    assert "The total is no amount." in run("quarantine").out
    assert run("quarantine", "--discard", row["no"] + 1, "--json").error["error"] == "not_in_quarantine"
    assert ask("quarantine", "--discard", row["no"]) == []
    assert findings(run)[0]["inbox"]["state"] == "ok"


def test_a_connection_without_its_secret_is_a_warning(busy, run):
    change(busy, "INSERT INTO connection (id, kind, url, location_id, state) "
                 "VALUES ('w', 'woocommerce', 'https://shop.example.test', 'l', 'active')")  # fmt: skip
    found, ok = findings(run)
    assert ok
    assert "secret is gone" in found["connections"]["words"]


def test_it_looks_and_never_writes(busy, ask):
    before = (busy / database.FILE_NAME).read_bytes()
    ask("doctor")
    assert (busy / database.FILE_NAME).read_bytes() == before


def test_an_empty_shop_passes(folder, ask):
    make_shop(folder)
    assert ask("doctor")["ok"]
