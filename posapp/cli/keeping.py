"""The verbs that keep a shop sound: settings, examination, replay."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import msgspec

from posapp.cli.arguments import Unusable
from posapp.cli.folder import check_remains, folder_of, reading, writing
from posapp.cli.screen import Screen, plain
from posapp.cli.verbs import CHECK_FAILED, OK, Verb
from posapp.commands.shop import ChangeSetting
from posapp.desk import utc_now
from posapp.doctor import examine
from posapp.log import logging_into
from posapp.replay import check_replay

MARKS = {"ok": "ok", "warning": "!", "failed": "✗"}


def _set_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "key", choices=("auto-fill",), metavar="auto-fill", help="fill waiting orders automatically"
    )
    parser.add_argument(
        "value", choices=("on", "off"), help="off: free units stay free until somebody decides"
    )


def _set(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        till.do(ChangeSetting, key="auto_fill", value="true" if args.value == "on" else "false")
    if screen.as_json:
        screen.json({"auto_fill": args.value == "on"})
    else:
        screen.say(f"Waiting orders are {'' if args.value == 'on' else 'not '}filled automatically.")
    return OK


def _no_arguments(parser: ArgumentParser) -> None:
    """It has none of its own."""


def _doctor(args: Namespace, screen: Screen) -> int:
    folder = folder_of(args)
    check_remains(folder)
    with logging_into(None, spoken=False):
        findings = list(examine(folder, utc_now()))
    failed = [finding for finding in findings if finding.state == "failed"]
    if screen.as_json:
        screen.json({"ok": not failed, "findings": msgspec.to_builtins(findings)})
    else:
        for finding in findings:
            line = f"{MARKS[finding.state]:<3} {finding.check:<12} {finding.words}"
            screen.say(plain(f"{line}. {finding.advice}" if finding.advice else line))
    return _verdict(screen, len(failed), "posapp doctor found something wrong" if failed else "")


def _replay_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="compare every row; nothing is changed")


def _replay(args: Namespace, screen: Screen) -> int:
    if not args.check:
        raise Unusable("say --check: replaying only ever compares, it changes nothing")
    with reading(folder_of(args)) as reader:
        result = check_replay(reader.connection, progress=_progress(screen))
    if screen.as_json:
        screen.json({"ok": not result.found, **msgspec.to_builtins(result)})
    else:
        for words in result.differences:
            screen.say(plain(words))
        more = result.found - len(result.differences)
        if more:
            screen.say(f"… and {more:,} more")
        screen.say(
            f"{result.commands:,} commands replayed, {result.rows:,} rows compared, {result.found:,} differ."
        )
    words = "The database is not what its journal makes it." if result.found else ""
    return _verdict(screen, result.found, words)


def _verdict(screen: Screen, found: int, words: str) -> int:
    if not found:
        return OK
    screen.out.flush()
    screen.error("check_failed", words)
    return CHECK_FAILED


def _progress(screen: Screen) -> Callable[[int], None]:
    """Tell a person who watches how far it is; a script or a pipe is left alone."""
    if screen.as_json or not sys.stderr.isatty():
        return lambda done: None
    return lambda done: screen.warn(f"{done:,} commands replayed …")


VERBS = {
    "set": Verb(_set_arguments, _set, ("posapp set auto-fill off",)),
    "doctor": Verb(
        _no_arguments,
        _doctor,
        ("posapp doctor", "posapp doctor --json"),
        "Works on a damaged or newer database too. It mends nothing; it ends with code 6 if something is wrong.\n",
    ),
    "replay": Verb(
        _replay_arguments,
        _replay,
        ("posapp replay --check", "posapp replay --check --json"),
        "Rebuilds an empty database in memory from the journal. It ends with code 6 if a single row differs.\n",
    ),
}
