"""The verb that opens, counts and closes the shift of this till, and tells X and Z."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from sqlite3 import Connection
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from posapp.cli.arguments import Unusable, amount
from posapp.cli.folder import Till, folder_of, reading, writing
from posapp.cli.order_text import time_text
from posapp.cli.screen import Column, Screen, money
from posapp.cli.verbs import OK, Verb
from posapp.commands.command import Command
from posapp.commands.drawer import open_shift_id
from posapp.commands.shift_report import add_up, load_shift
from posapp.commands.shifts import CloseShift, MoveCash, OpenShift, ReopenShift
from posapp.desk import utc_now
from posapp.domain.errors import NotFound, Refused
from posapp.domain.shift_report import COUNTABLE, ShiftReport
from posapp.queries.days import zone_of
from posapp.queries.reader import Reader
from posapp.queries.shifts import closed_shifts, last_closed, x_report, z_report

ACTIONS = ("open", "in", "out", "x", "close", "z", "list", "reopen")
_Z = Column("Z", 5)
COLUMNS = (
    _Z,
    Column("Till", 6),
    Column("Opened", 16),
    Column("Closed", 16),
    Column("By", 16),
    Column("Total Sales", 20, right=True),
    Column("Difference", 18, right=True),
)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=ACTIONS, help="what to do")
    parser.add_argument("--float-minor", type=amount, metavar="N", help="open: the cash in the drawer")
    parser.add_argument("--amount-minor", type=amount, metavar="N", help="in, out: how much cash")
    parser.add_argument("--cash-minor", type=amount, metavar="N", help="close: the cash that was counted")
    parser.add_argument(
        "--counted",
        action="append",
        default=[],
        metavar="METHOD=N",
        help="close: card, transfer or other; repeat it",
    )
    parser.add_argument("--number", type=int, metavar="N", help="z: which one (default: the last)")
    parser.add_argument("--reason", default="", metavar="TEXT", help="in, out, close, reopen: why")


def _shift(args: Namespace, screen: Screen) -> int:
    if args.action in ("x", "z", "list"):
        with reading(folder_of(args)) as reader:
            _look(args, screen, reader)
        return OK
    with writing(args) as till:
        kind, fields = _command(args, till)
        outcome = till.do(kind, **fields)
        shift_id = outcome.answer if args.action in ("open", "close", "reopen") else till.ask(open_shift_id)
        _tell(screen, till.ask(lambda c: _as_it_is(c, shift_id)))
    return OK


def _command(args: Namespace, till: Till) -> tuple[type[Command], dict[str, Any]]:
    """The command that an action gives, with its fields."""
    reason = args.reason.strip()
    match args.action:
        case "open":
            return OpenShift, {"float_minor": _needed(args, "float_minor")}
        case "close":
            cash = _needed(args, "cash_minor")
            return CloseShift, {"loose_minor": cash, "counted": _counted(args.counted), "reason": reason}
        case "reopen":
            return ReopenShift, {"shift_id": till.ask(_last_id), "reason": reason}
    sign = -1 if args.action == "out" else 1
    return MoveCash, {"amount_minor": sign * abs(_needed(args, "amount_minor")), "reason": reason}


def _needed(args: Namespace, name: str) -> int:
    value = getattr(args, name)
    if value is None:
        raise Unusable(f"shift {args.action} needs --{name.replace('_', '-')}")
    return int(value)


def _counted(given: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in given:
        method, _, typed = each.partition("=")
        if method not in COUNTABLE[1:]:
            raise Unusable(f"--counted {each}: the method is one of {', '.join(COUNTABLE[1:])}")
        found[method] = amount(typed)
    return found


def _last_id(connection: Connection) -> str:
    """The shift that this till closed last, "" where none was."""
    sql = (
        "SELECT id FROM shift WHERE closed_at IS NOT NULL AND till = (SELECT value FROM setting WHERE key = 'till') "
        "ORDER BY rowid DESC LIMIT 1"
    )
    row = connection.execute(sql).fetchone()
    return str(row[0]) if row else ""


def _as_it_is(connection: Connection, shift_id: str) -> ShiftReport:
    """X of an open shift, or the frozen Z of a closed one."""
    shift = load_shift(connection, shift_id)
    assert shift is not None, "it was just written"
    if shift.report:
        return msgspec.json.decode(shift.report, type=ShiftReport)
    return add_up(connection, shift, utc_now())


def _look(args: Namespace, screen: Screen, reader: Reader) -> None:
    if args.action == "list":
        _list(screen, reader)
        return
    if args.action == "x":
        report = x_report(reader, utc_now())
        if report is None:
            raise Refused("No shift is open at this till.", code="no_shift")
    else:
        report = _wanted_z(args, reader)
    _tell(screen, report)


def _wanted_z(args: Namespace, reader: Reader) -> ShiftReport:
    if args.number is None:
        last = last_closed(reader)
        found = None if last is None else last.id
    else:
        till = reader.settings().till
        sql = "SELECT id FROM shift WHERE till = ? AND z_number = ? AND z_number > 0"
        found = reader.value(sql, (till, args.number))
    report = z_report(reader, found) if found else None
    if report is None:
        raise NotFound("There is no such Z.", code="z_not_found")
    return report


def _list(screen: Screen, reader: Reader) -> None:
    closed = closed_shifts(reader)
    if screen.as_json:
        screen.json_list(closed)
        return
    settings = reader.settings()
    zone, currency = zone_of(settings.time_zone), settings.currency
    rows = (
        (
            str(x.z_number), x.till, _time(x.opened_at, zone), _time(x.closed_at, zone), x.closed_by,
            money(x.total_sales_minor, currency), money(x.difference_minor, currency),
        )
        for x in closed
    )  # fmt: skip
    screen.table(COLUMNS, rows, empty="No shift was closed yet.")


def _tell(screen: Screen, report: ShiftReport) -> None:
    if screen.as_json:
        screen.json(_facts(report))
        return
    zone = zone_of(report.time_zone)
    screen.say(_headline(report, zone))
    for words, minor in _lines(report):
        screen.say(f"{words:<34} {money(minor, report.currency):>24}")
    if report.attention or report.awaiting:
        screen.say(
            f"Carried over: {report.attention} need attention, {len(report.awaiting)} transfers awaited"
        )


def _facts(report: ShiftReport) -> dict[str, object]:
    """The report as it is kept, and what follows from it."""
    facts: dict[str, object] = msgspec.to_builtins(report)
    return facts | {
        "total_sales_minor": report.total_sales_minor,
        "expected_minor": report.expected_minor,
        "difference_minor": report.difference_minor,
        "money_minor": report.money_minor,
    }


def _time(at: datetime, zone: ZoneInfo) -> str:
    return time_text(at.isoformat(), zone)


def _headline(report: ShiftReport, zone: ZoneInfo) -> str:
    name = f"Z {report.z_number}" if report.z_number else "X"
    opened = f"opened {_time(report.opened_at, zone)} by {report.opened_by}"
    closed = f", closed {_time(report.at, zone)} by {report.closed_by}" if report.z_number else ""
    return f"{name}, till {report.till}, {opened}{closed}"


def _lines(report: ShiftReport) -> list[tuple[str, int]]:
    cash = report.of("cash")
    lines = [("Sales", report.sales_minor), ("Refunds", -report.refunds_minor)]
    lines += [("Total Sales", report.total_sales_minor)]
    lines += [(f"  of it {name}", tax) for name, tax in report.taxes.items()]
    lines += [(f"Money: {found.method}", found.net_minor) for found in report.methods]
    lines += [("Float", report.float_minor), ("Cash, taken less paid back", cash.net_minor)]
    lines += [("Cash put in", report.cash_in_minor), ("Cash taken out", -report.cash_out_minor)]
    lines += [("Must be in the drawer", report.expected_minor)]
    for count in report.counts:
        if count.counted_minor is not None:
            lines += [
                (f"Counted: {count.method}", count.counted_minor),
                ("  difference", count.difference_minor),
            ]
    return lines


VERBS = {
    "shift": Verb(
        _arguments,
        _shift,
        (
            "posapp shift open --float-minor 2000000",
            'posapp shift out --amount-minor 500000 --reason "diesel"',
            "posapp shift x --json",
            'posapp shift close --cash-minor 15150000 --counted card=12430000 --reason "wrong change"',
            "posapp shift z --number 12 --json",
        ),
        "Amounts are minor units. A Z never changes; closing always can be done.\n",
    ),
}
