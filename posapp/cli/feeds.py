"""The verbs that connect web shops and payment providers and bring their news in."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.cli.arguments import Unusable, units
from posapp.cli.folder import check_remains, folder_of, has_shop, reading, writing
from posapp.cli.screen import Column, Screen, plain
from posapp.cli.syncing import (
    Address,
    Connected,
    address_of,
    adopt,
    check_address,
    complain,
    connect,
    look_once,
)
from posapp.cli.verbs import NO_NETWORK, OK, REFUSED, Verb
from posapp.db import database
from posapp.db.outgoing_tries import still_to_send
from posapp.db.rows import to_text
from posapp.domain.errors import NotFound
from posapp.queries.health import SetAside, set_aside
from posapp.queries.reader import Reader
from posapp.secrets import Place
from posapp.sync import inbox
from posapp.sync.connecting import CannotConnect
from posapp.sync.feed import Verdict

PAYSTACK = "https://api.paystack.co"
TRY_AGAIN = ("maintenance", "server_error")  # verdicts that may be gone in a minute
COLUMNS = (
    Column("No.", 6, right=True),
    Column("Kind", 8),
    Column("Web id", 12),
    Column("Came in", 16),
    Column("Why", 70),
)
_BARE = "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM product)"


def _connect_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind", choices=("woocommerce", "paystack"), metavar="KIND", help="woocommerce or paystack"
    )
    parser.add_argument(
        "address", nargs="?", metavar="URL", help="address of the shop; plain http on this computer only"
    )
    parser.add_argument("--url", help=f"the same; paystack without one: {PAYSTACK}")
    parser.add_argument("--key", default="", metavar="K", help="WooCommerce: the consumer key")
    parser.add_argument(
        "--secret-stdin", action="store_true", help="read the secret from standard input, one line"
    )
    parser.add_argument(
        "--location",
        default="",
        metavar="NAME",
        help="where a new web shop's orders take (default: the first)",
    )
    parser.add_argument("--take-over", action="store_true", help="serve the shop even if another posapp does")


def _connect(args: Namespace, screen: Screen) -> int:
    url = args.address or args.url or (PAYSTACK if args.kind == "paystack" else "")
    if not url:
        raise Unusable("say the address of the shop")
    if args.kind == "woocommerce" and not args.key:
        raise Unusable("say the consumer key: --key K")
    address = address_of(args.kind, url, args.key, _secret(args))
    try:
        verdict = _verdict_first(args, address)
        with writing(args, open_shop=False) as till:
            if verdict is not None and till.ask(_is_bare):
                adopt(till, verdict)
            connected = connect(till, address, take_over=args.take_over, location=args.location)
    except CannotConnect as refusal:
        screen.error(refusal.code, refusal.message)
        return NO_NETWORK if refusal.code in TRY_AGAIN else REFUSED
    _answer(screen, connected)
    return OK


def _verdict_first(args: Namespace, address: Address) -> Verdict | None:
    """Try the address before a folder is made, and where the shop may still take its currency over."""
    folder = folder_of(args)
    check_remains(folder)
    if not database.exists(folder):
        return check_address(address)
    with writing(args, open_shop=False) as till:
        return check_address(address) if till.ask(_is_bare) else None


def _is_bare(connection: Connection) -> bool:
    """Whether a shop was opened and nothing happened in it yet."""
    return has_shop(connection) and bool(connection.execute(_BARE).fetchone()[0])


def _secret(args: Namespace) -> str:
    """The secret, never from the command line: other people on the computer can read that."""
    if not args.secret_stdin and not sys.stdin.isatty():
        raise Unusable("say --secret-stdin and give the secret on standard input")
    secret = (getpass("Secret: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    if not secret:
        raise Unusable("the secret is empty")
    return secret


def _answer(screen: Screen, made: Connected) -> None:
    link, verdict = made.link, made.verdict
    if screen.as_json:
        told = {
            "kind": link.kind, "url": link.url, "state": link.state, "notice": link.notice, "shop": verdict.shop_name,
            "currency": verdict.currency, "time_zone": verdict.time_zone, "version": verdict.version,
            "secret_in": made.place, "findings": msgspec.to_builtins(verdict.findings),
        }  # fmt: skip
        screen.json(told)
        return
    for finding in verdict.findings:
        screen.say(plain(f"{finding.state:<8} {finding.words} {finding.advice}"))
    screen.say(plain(f"Connected: {verdict.shop_name or link.kind}, {link.url}"))
    if made.place == Place.FILE:
        screen.warn(
            "The system has no keyring: the secret lies in secrets.toml in the data folder, for you only."
        )
    if link.notice:
        screen.warn(link.notice)


def _sync_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--once", action="store_true", required=True, help="look once and end (the window goes on looking)"
    )


def _sync(args: Namespace, screen: Screen) -> int:
    folder = folder_of(args)
    check_remains(folder)
    if not database.exists(folder):
        raise database.NoShopHere(
            f"There is no shop in {folder} yet: posapp connect woocommerce URL … opens one."
        )
    with writing(args) as till:
        report = look_once(till)
        left = till.ask(still_to_send)
    counts = msgspec.to_builtins(report.counts)
    counts |= {"sent": report.sent, "refused": report.refused, "to_send": left}
    if screen.as_json:
        screen.json({**counts, "troubles": report.troubles, "notices": report.notices})
    else:
        screen.say(", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items()))
    screen.out.flush()
    complain(report)
    return OK


def _quarantine_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--discard", type=units, metavar="NO", help="give it up; its text stays to be read")
    parser.add_argument("--retry", type=units, metavar="NO", help="let the next look try it again")


def _quarantine(args: Namespace, screen: Screen) -> int:
    for no, state in ((args.discard, "discarded"), (args.retry, "new")):
        if no is not None:
            _mark(args, no, state)
    with reading(folder_of(args)) as reader:
        rows = list(_all(reader))
    if screen.as_json:
        screen.json_list(map(_facts, rows))
    else:
        told = ((str(r.seq), r.kind, r.remote_id, to_text(r.received_at)[:16], r.reason) for r in rows)
        screen.table(COLUMNS, told, empty="Nothing is in quarantine.")
    return OK


def _all(reader: Reader) -> list[SetAside]:
    rows: list[SetAside] = []
    while page := set_aside(reader, after=rows[-1].seq if rows else 0):
        rows.extend(page)
    return rows


def _facts(row: SetAside) -> dict[str, Any]:
    return {
        "no": row.seq, "kind": row.kind, "remote_id": row.remote_id, "received_at": to_text(row.received_at),
        "reason": row.reason, "raw": row.raw,
    }  # fmt: skip


def _mark(args: Namespace, no: int, state: str) -> None:
    with writing(args) as till:
        sql = "SELECT 1 FROM inbox WHERE seq = ? AND state = 'quarantined'"
        if till.ask(lambda c: c.execute(sql, (no,)).fetchone()) is None:
            raise NotFound(f"Nothing in quarantine has the number {no}.", code="not_in_quarantine")
        till.ask(inbox.mark([no], state, till.desk.clock()))


VERBS = {
    "connect": Verb(
        _connect_arguments,
        _connect,
        (
            "posapp connect woocommerce https://shop.example.test --key ck_… --secret-stdin < secret.txt",
            'printf %s "$SECRET" | posapp connect paystack --url https://api.paystack.co --secret-stdin',
        ),
        "The secret is read from standard input and kept in the system's keyring. On an empty folder a shop is\n"
        "opened, in the currency and time zone of the web shop. A shop that another posapp serves is left to it.\n",
    ),
    "sync": Verb(
        _sync_arguments,
        _sync,
        ("posapp sync --once", "posapp sync --once --json"),
        "Says how many items were pulled, applied, already known, parked (their order is not known yet) and\n"
        "quarantined; then what was sent of the outbox, refused for good, and what is still to be sent.\n"
        "What one feed brought is kept where another does not answer; the code is 5 then.\n",
    ),
    "quarantine": Verb(
        _quarantine_arguments, _quarantine, ("posapp quarantine --json", "posapp quarantine --discard 17")
    ),
}
