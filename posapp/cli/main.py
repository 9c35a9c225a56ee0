"""The command line: finds the verb, runs it, and says in one place what went wrong."""

import gc
import importlib.metadata
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from posapp.cli import verbs
from posapp.cli.arguments import Parser, Unusable
from posapp.cli.folder import folder_of
from posapp.cli.screen import Screen
from posapp.db.database import CannotOpen, DatabaseError
from posapp.db.lock import FolderInUse
from posapp.domain.errors import Refused
from posapp.sync.feed import FeedUnavailable, SignInAgain

_WITH_VALUE = ("--data-dir", "--actor")
_INTERRUPTED = 130

ABOUT = """\
A till that runs beside a web shop: a paid order confirms itself, or asks for attention.

Without a verb the window opens; --demo opens it on an invented shop."""

ENDING = """\
exit codes
  0   done
  1   refused by a rule: the message says which; nothing was changed
  2   the command line cannot be understood
  3   another posapp has the folder open for writing
  4   the folder cannot be opened: no shop yet, damaged, of a newer version, not writable
  5   a web shop or payment provider could not be reached; try again
  6   a check found something: doctor, replay --check
  70  a fault of posapp itself; nothing was changed

begin
  posapp demo-shop                                     a shop to try with, in another terminal
  posapp connect woocommerce URL --key K --secret-stdin
  posapp sync --once
  posapp orders --attention
  posapp resolve 0042 refund-excess --dry-run

posapp VERB --help tells more about each. Every field of the JSON is in docs/command-line.md."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no ₦ shows its code
            stream.reconfigure(errors="backslashreplace")
    screen = Screen(as_json="--json" in words)
    try:
        code = _run(words, screen)
        screen.out.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return verbs.OK
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _run(words: list[str], screen: Screen) -> int:
    """Run it, and turn every error into words and a code."""
    try:
        return _dispatch(words, screen)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - the last place where anything can be told, a fault of ours too
        code, message, exit_code = _told(error)
        if exit_code == verbs.FAULT and not screen.as_json:
            screen.errors.write(traceback.format_exc())
        screen.error(code, message)
        return exit_code


def _told(error: Exception) -> tuple[str, str, int]:
    """The stable code of an error, its words, and the exit code."""
    known: tuple[tuple[type[Exception], str, str, int], ...] = (
        (Unusable, "usage", str(error), verbs.USAGE),
        (UnicodeEncodeError, "usage", "what was typed is no text in UTF-8", verbs.USAGE),
        (Refused, "", str(error), verbs.REFUSED),
        (FolderInUse, "folder_in_use", str(error), verbs.IN_USE),
        (CannotOpen, "", str(error), verbs.CANNOT_OPEN),
        (SignInAgain, "sign_in_again", str(error), verbs.NO_NETWORK),
        (FeedUnavailable, "feed_unavailable", str(error), verbs.NO_NETWORK),
        (
            DatabaseError,
            "database",
            f"The database cannot be used: {error}. posapp doctor tells more.",
            verbs.CANNOT_OPEN,
        ),
        (OSError, "not_accessible", f"The folder cannot be used: {error}.", verbs.CANNOT_OPEN),
    )
    for kind, code, message, exit_code in known:
        if isinstance(error, kind):
            return code or str(getattr(error, "code", "refused")), message, exit_code
    words = f"A fault in posapp: {type(error).__name__}: {error}. Nothing was changed by it."
    return "fault", words, verbs.FAULT


def _dispatch(words: list[str], screen: Screen) -> int:
    at = _verb_at(words)
    if at is None:
        return _without_verb(words, screen)
    name = words[at]
    if name not in verbs.PLACES:
        raise Unusable(f"there is no verb {name!r}; posapp --help lists them")
    verb = verbs.load(name)
    parser = Parser(f"posapp {name}", _sentence(verbs.PLACES[name].summary), _epilog(verb))
    verb.arguments(parser)
    args = _parsed(parser, words[:at] + words[at + 1 :])
    return verbs.OK if args is None else verb.run(args, screen)


def _verb_at(words: list[str]) -> int | None:
    """Where the verb stands: the first word that is neither an option nor an option's value."""
    skip = False
    for i, word in enumerate(words):
        if skip:
            skip = False
        elif word in _WITH_VALUE:
            skip = True
        elif not word.startswith("-"):
            return i
    return None


def _parsed(parser: Parser, words: list[str]) -> Namespace | None:
    """Read the arguments; None where help was asked for and printed."""
    try:
        return parser.parse_intermixed_args(words)
    except SystemExit:
        return None


def _without_verb(words: list[str], screen: Screen) -> int:
    """Help, the version, or the window."""
    parser = Parser("posapp", ABOUT, _verb_list() + "\n" + ENDING)
    parser.usage = "posapp [--data-dir FOLDER] [--json] VERB …\n       posapp [--data-dir FOLDER] [--demo]"
    parser.add_argument("--demo", action="store_true", help="open the window on an invented shop")
    parser.add_argument("--version", action="store_true", help="say the version")
    args = _parsed(parser, words)
    if args is None:
        return verbs.OK
    if args.version:
        screen.say(f"posapp {importlib.metadata.version('posapp')}")
        return verbs.OK
    return _open_window(folder_of(args, demo=args.demo), demo=args.demo)


def _open_window(folder: Path, *, demo: bool) -> int:
    """Load the window only now: no verb needs Qt, and a server may not have its libraries."""
    gc.disable()  # nothing that is loaded is garbage; while the window is open `gui.litter` collects
    try:
        app = import_module("posapp.app")
        beside = import_module("posapp.demo_profile").demo_shop if demo else None
    except ImportError as error:
        words = f"The window cannot be opened on this computer: {error}. Every verb works: posapp --help."
        raise Refused(words, code="no_window") from error
    finally:
        gc.enable()
    return int(app.run(folder, beside))


def _verb_list() -> str:
    lines = []
    for group, places in verbs.GROUPS.items():
        lines.append(group.lower())
        lines.extend(f"  {name:<17} {place.summary}" for name, place in places.items())
        lines.append("")
    return "\n".join(lines)


def _epilog(verb: verbs.Verb) -> str:
    examples = "\n".join(f"  {example}" for example in verb.examples)
    return "\n".join(part for part in (verb.notes, "examples", examples) if part)


def _sentence(summary: str) -> str:
    return summary[0].upper() + summary[1:] + "."
