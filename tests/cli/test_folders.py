"""Folders that hold no shop, a damaged one, a newer one, or one that somebody else uses."""

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from posapp.cli.folder import system_time_zone
from posapp.db import database
from posapp.desk import Desk

READING = (["orders"], ["show", "1"], ["stock"], ["sales"], ["replay", "--check"], ["doctor"], ["quarantine"])
WRITING = (["receive", "TOTE", "1"], ["new", "--line", "TOTE=1"], ["set", "auto-fill", "off"], ["undo", "1"])


def listing(folder):
    """Every file below a folder with its content; SQLite's own notes beside a file that was read are none."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size and not path.name.endswith(("-shm", ".lock", ".log"))
    }


@pytest.mark.parametrize("words", [*READING, ["sync", "--once"], ["resolve", "1", "accept", "--dry-run"]])
def test_reading_where_there_is_no_shop_says_so_and_creates_nothing(words, run, folder):
    for _ in range(2):
        said = run(*words, "--json")
        assert (said.code, said.error["error"]) == (4, "no_shop")
        assert not folder.exists() or not list(folder.iterdir())
        folder.mkdir(exist_ok=True)


def test_a_writing_verb_opens_a_shop_in_an_empty_folder(run, ask, folder, monkeypatch):
    monkeypatch.setenv("TZ", "Africa/Accra")
    assert run("set", "auto-fill", "on").code == 0
    assert ask("orders") == []
    sales = ask("sales")
    assert (sales["currency"], sales["time_zone"]) == ("NGN", "Africa/Accra")
    connection = database.open_reader(folder)
    assert connection.execute("SELECT value FROM setting WHERE key = 'owner'").fetchone() == ("Owner",)
    connection.close()
    assert stat.S_IMODE(folder.stat().st_mode) & 0o700 == 0o700


@pytest.mark.parametrize(
    ("told", "expected"), [("Europe/Berlin", "Europe/Berlin"), (":Asia/Tokyo", "Asia/Tokyo")]
)
def test_the_time_zone_is_the_computers(told, expected, monkeypatch):
    monkeypatch.setenv("TZ", told)
    assert system_time_zone() == expected


@pytest.mark.parametrize("told", ["WAT-1", "../../etc/passwd", "Nowhere/Land", "", "/etc/localtime"])
def test_a_time_zone_without_a_name_never_stops_the_till(told, monkeypatch):
    monkeypatch.setenv("TZ", told)
    assert system_time_zone()


def test_a_second_till_on_the_folder_is_refused_and_reading_goes_on(shop, run, ask, folder):
    shop(TOTE=5)
    holder = subprocess.Popen(
        [sys.executable, "-c",
         ("import sys, pathlib; from posapp.desk import Desk; d = Desk(pathlib.Path(sys.argv[1])); "
         "print('open', flush=True); sys.stdin.read(); d.close()"), str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "open\n"
        for words in (*WRITING, ["connect", "paystack", "--url", "http://127.0.0.1:9", "--secret-stdin"]):
            if words[0] != "connect":
                said = run(*words, "--json")
                assert (said.code, said.error["error"]) == (3, "folder_in_use"), words
        assert ask("stock", "TOTE")[0]["on_hand"] == 5
        assert run("sales").code == 0
        assert ask("replay", "--check")["ok"]
        assert ask("doctor")["ok"]
        assert run("resolve", "1", "accept", "--dry-run", "--json").error["error"] == "order_not_found"
    finally:
        holder.communicate("")
    assert ask("receive", "TOTE", "1")["on_hand"] == 6


def test_a_till_that_was_killed_leaves_no_lock_behind(shop, ask, folder):
    shop(TOTE=5)
    code = "import os, pathlib, sys; from posapp.desk import Desk; d = Desk(pathlib.Path(sys.argv[1])); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 9
    assert ask("receive", "TOTE", "1")["on_hand"] == 6


def make_newer(folder):
    connection = sqlite3.connect(folder / database.FILE_NAME)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def spoil_header(folder):
    with (folder / database.FILE_NAME).open("r+b") as file:
        file.write(b"This was a database once, but now it is not.")


def spoil_middle(folder):
    path = folder / database.FILE_NAME
    with path.open("r+b") as file:
        for page in range(4, path.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(os.urandom(2048))


def empty_file(folder):
    (folder / database.FILE_NAME).write_bytes(b"")


def foreign_database(folder):
    (folder / database.FILE_NAME).unlink()
    connection = sqlite3.connect(folder / database.FILE_NAME)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


def only_wal(folder):
    (folder / database.FILE_NAME).unlink()
    (folder / (database.FILE_NAME + "-wal")).write_bytes(b"remains")


BAD = {
    make_newer: "too_new",
    spoil_header: "damaged",
    spoil_middle: "damaged",
    empty_file: "damaged",
    foreign_database: "damaged",
    only_wal: "damaged",
}


@pytest.mark.parametrize(("spoil", "code"), BAD.items(), ids=lambda value: getattr(value, "__name__", ""))
@pytest.mark.parametrize(
    "words", [["orders"], ["receive", "TOTE", "1"], ["replay", "--check"], ["sync", "--once"]]
)
def test_a_file_that_is_no_sound_shop_is_said_and_left_as_it_is(spoil, code, words, shop, run, folder):
    shop(TOTE=5)
    spoil(folder)
    before = listing(folder)
    said = run(*words, "--json")
    assert (said.code, said.error["error"]) == (4, code)
    assert listing(folder) == before, "nothing was changed, nothing was made in its place"


@pytest.mark.parametrize(("spoil", "code"), BAD.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_the_doctor_examines_what_nothing_else_opens(spoil, code, shop, run, folder):
    shop(TOTE=5)
    spoil(folder)
    before = listing(folder)
    said = run("doctor", "--json")
    assert said.code == (4 if spoil is only_wal else 6)
    assert said.error["error"] == (code if spoil is only_wal else "check_failed")
    assert listing(folder) == before


@pytest.mark.parametrize("words", [["orders"], ["receive", "TOTE", "1"], ["doctor"], ["sync", "--once"]])
def test_a_file_where_the_folder_should_be_is_said(words, run, folder):
    folder.write_text("a file")
    said = run(*words, "--json")
    assert (said.code, said.error["error"]) == (4, "not_writable")
    assert folder.read_text() == "a file"


def test_a_folder_that_cannot_be_written_is_said(shop, run, ask, folder, monkeypatch):
    shop(TOTE=5)

    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    # A root account may write everywhere: the system's answer is played.
    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    said = run("receive", "TOTE", "1", "--json")
    assert (said.code, said.error["error"]) == (4, "not_writable")
    assert ask("stock", "TOTE")[0]["on_hand"] == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_can_still_be_read(shop, run, folder):
    shop(TOTE=5)
    folder.chmod(0o500)
    try:
        assert run("receive", "TOTE", "1", "--json").code == 4
    finally:
        folder.chmod(0o700)


def test_a_folder_that_was_copied_is_the_same_shop(shop, run, folder, tmp_path):
    shop(TOTE=5)
    shutil.copytree(folder, tmp_path / "copy")
    assert run("stock", "TOTE", "--json", where=tmp_path / "copy").json[0]["on_hand"] == 5


def test_a_database_without_a_shop_in_it_is_no_shop_yet(run, folder):
    Desk(folder).close()
    assert run("orders", "--json").error["error"] == "no_shop"
    assert run("set", "auto-fill", "on", "--json").code == 0
    assert run("orders", "--json").json == []


def test_a_power_cut_while_the_first_file_is_made_leaves_no_shop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(database, "schema_sql", cut)
        with pytest.raises(KeyboardInterrupt):
            database.create(tmp_path)
    assert not database.exists(tmp_path)
    database.create(tmp_path)
    assert database.exists(tmp_path)
