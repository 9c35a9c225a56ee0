"""The interface itself: where options stand, what help teaches, which code says what."""

import json
import subprocess
import sys

import pytest

from posapp.cli import main as entry
from posapp.cli import verbs
from posapp.db.database import DatabaseError
from posapp.desk import Desk
from tests.cli.conftest import posapp

VERBS = sorted(verbs.PLACES)
ASKED_FOR = {
    "demo-shop", "connect", "sync", "orders", "show", "new", "pay", "cancel", "hand-over", "resolve", "stock",
    "receive", "adjust", "count", "sales", "doctor", "replay",
}  # fmt: skip


def test_every_verb_that_was_asked_for_is_there():
    assert set(VERBS) >= ASKED_FOR


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_teaches_by_examples(verb, run):
    said = run(verb, "--help")
    assert (said.code, said.err) == (0, "")
    assert "examples" in said.out
    assert f"posapp {verb}" in said.out
    assert "--data-dir" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 120


def test_help_lists_every_verb_and_every_exit_code(run):
    said = run("--help")
    assert all(f"  {verb} " in said.out for verb in VERBS)
    codes = {name: code for name, code in vars(verbs).items() if isinstance(code, int)}
    assert len(codes) == 8
    assert all(f"\n  {code} " in said.out for code in codes.values())


def test_options_stand_before_or_after_the_verb(shop, folder, capsys):
    shop(TOTE=5)
    ways = (
        ["--data-dir", str(folder), "stock", "TOTE", "--json"],
        ["stock", "--json", "--data-dir", str(folder), "TOTE"],
        ["--json", "--data-dir", str(folder), "stock", "TOTE"],
        ["stock", "TOTE", f"--data-dir={folder}", "--json"],
        ["--json", f"--data-dir={folder}", "--actor", "Chidi", "stock", "TOTE"],
        ["stock", "TOTE", "--data-dir", str(folder), "--json", "--actor=Chidi"],
    )
    for words in ways:
        capsys.readouterr()
        assert entry.main(words) == 0, words
        assert json.loads(capsys.readouterr().out)[0]["on_hand"] == 5


@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["show"], ["orders", "extra"], ["orders", "--attent"], ["orders", "--nope"], ["--nope"], ["sync"],
     ["replay"], ["resolve", "1"], ["new"], ["orders", "--limit"], ["demo-shop", "--port", "70000"],
     ["connect", "woocommerce"], ["connect", "shopify", "https://shop.example.test"]],
)  # fmt: skip
def test_a_line_that_cannot_be_understood_ends_with_2(words, run, folder):
    said = run(*words, "--json")
    assert said.code == 2
    assert said.error["error"] == "usage"
    assert said.out == ""
    assert not folder.exists()
    plain = run(*words)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.startswith("posapp: ")


def test_errors_are_plain_words_without_json(shop, run):
    shop()
    said = run("show", "77")
    assert (said.code, said.out, said.err) == (1, "", "posapp: There is no order '77'.\n")


def test_a_fault_is_told_as_one_and_writes_its_traceback_to_the_log(shop, run, folder, monkeypatch):
    shop(TOTE=1)

    def stumble(*_, **__):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Desk, "do", stumble)
    said = run("receive", "TOTE", "1", "--json")
    assert (said.code, said.error["error"]) == (70, "fault")
    assert "ZeroDivisionError: a fault of ours" in (folder / "posapp.log").read_text()
    assert "Traceback" in run("receive", "TOTE", "1").err


def test_a_database_that_fails_while_in_use_is_said(shop, run, monkeypatch):
    shop(TOTE=1)

    def full(*_, **__):
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(Desk, "do", full)
    said = run("receive", "TOTE", "1", "--json")
    assert (said.code, said.error["error"]) == (4, "database")


def test_the_program_itself_runs_from_a_shell(shop, folder):
    shop(TOTE=2)
    assert posapp("--version").out.startswith("posapp 0.")
    assert posapp("--data-dir", folder, "stock", "TOTE", "--json").json[0]["on_hand"] == 2
    order = posapp("new", "--line", "TOTE=1", "--customer", "Adé", "--data-dir", folder, "--json").json
    assert order["customer"] == "Adé"
    refused = posapp("show", "9", "--json", "--data-dir", folder)
    assert (refused.code, refused.out, refused.error["error"]) == (1, "", "order_not_found")


def test_no_verb_loads_qt_and_reading_loads_no_web_server(shop, folder):
    shop()
    code = (
        "import sys; from posapp.cli.main import main; from posapp.cli import verbs\n"
        f"assert main(['orders', '--data-dir', {str(folder)!r}]) == 0\n"
        "assert not {'httpx', 'starlette', 'uvicorn', 'keyring'} & set(sys.modules), sys.modules.keys()\n"
        "[verbs.load(name) for name in verbs.PLACES]\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'qasync'))]\n"
    )
    said = posapp_code(code)
    assert said.returncode == 0, said.stderr


def posapp_code(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def test_output_that_nobody_reads_to_its_end_is_no_error(shop, ask, folder):
    shop()
    for _ in range(120):
        ask("new", "--line", "TOTE=1")
    command = [sys.executable, "-m", "posapp", "orders", "--json", "--data-dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) == 0


def test_a_terminal_that_knows_few_signs_breaks_nothing(shop, ask, folder):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1", "--customer", "Adé →")
    said = posapp("show", "1", "--data-dir", folder, PYTHONIOENCODING="ascii")
    assert (said.code, said.err) == (0, "")
    assert "Ad\\xe9 \\u2192" in said.out


def test_bytes_that_are_no_text_are_a_usage_error_and_change_nothing(shop, run, ask):
    shop(TOTE=1)
    said = run("new", "--line", "TOTE=1", "--customer", "Ada\udcff", "--json")
    assert (said.code, said.error["error"]) == (2, "usage")
    assert ask("orders") == []
