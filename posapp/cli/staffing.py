"""The verbs about people: who works here, and what was done. They only read, but for a forgotten PIN."""

from argparse import ArgumentParser, Namespace
from itertools import islice
from typing import Any

from posapp.cli.arguments import Unusable, day, units
from posapp.cli.folder import folder_of, reading, writing
from posapp.cli.order_text import time_text
from posapp.cli.screen import Column, Screen, money
from posapp.cli.verbs import OK, Verb
from posapp.commands.staff import NoteSecret
from posapp.db.rows import to_text
from posapp.domain.rights import Rights
from posapp.pins import forgotten
from posapp.queries.activity import (
    EVERYBODY,
    FEEDS,
    PAGE_ROWS,
    PEOPLE,
    ActivityFilter,
    ActivityRow,
    ActivitySource,
)
from posapp.queries.activity_kinds import KINDS
from posapp.queries.activity_words import activity_words
from posapp.queries.days import days_between, zone_of
from posapp.queries.reader import Reader
from posapp.queries.staff import roles, staff_row, staff_rows

STAFF_COLUMNS = (Column("Name", 30), Column("Role", 20), Column("Known by", 14), Column("", 20))
ROLE_COLUMNS = (Column("Role", 20), Column("May", 90))
ACTIVITY_COLUMNS = (Column("When", 16), Column("Who", 16), Column("What", 70), Column("Allowed by", 16))
MOST = 100  # entries, unless --limit says otherwise


def _staff_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--roles", action="store_true", help="the roles and their rights instead of the people"
    )
    parser.add_argument(
        "--forget-pin", metavar="NAME", default="",
        help="take PIN and badge of a person away, when they are forgotten or locked out; writes",
    )  # fmt: skip


def _staff(args: Namespace, screen: Screen) -> int:
    if args.forget_pin:
        _forget(args)
    with reading(folder_of(args)) as reader:
        if args.roles:
            _show_roles(reader, screen)
        else:
            _show_people(reader, screen)
    return OK


def _forget(args: Namespace) -> None:
    """Whoever can write the folder can do this: it is the way back in where the only owner forgot the PIN."""
    name = args.forget_pin
    with writing(args, open_shop=False) as till:
        till.do(NoteSecret, name=name, what="pin", given=False, also=forgotten(name))


def _show_people(reader: Reader, screen: Screen) -> None:
    rows = staff_rows(reader)
    if screen.as_json:
        screen.json_list(
            {
                "name": row.name, "role": row.role.name, "role_id": row.role.id, "active": row.active,
                "has_pin": row.has_pin, "has_badge": row.has_badge, "added_at": to_text(row.added_at),
                "retired_at": to_text(row.retired_at) if row.retired_at else None,
            }
            for row in rows
        )  # fmt: skip
        return
    zone = zone_of(reader.settings().time_zone)

    def known(pin: bool, badge: bool) -> str:
        return " and ".join(word for word, has in (("PIN", pin), ("badge", badge)) if has)

    screen.table(
        STAFF_COLUMNS,
        (
            (
                row.name,
                row.role.name,
                known(row.has_pin, row.has_badge),
                f"left {time_text(to_text(row.retired_at), zone)}" if row.retired_at else "",
            )
            for row in rows
        ),
        empty="Nobody works here.",
    )


def _show_roles(reader: Reader, screen: Screen) -> None:
    if screen.as_json:
        screen.json_list(
            {"id": role.id, "name": role.name, "rights": {str(r): limit for r, limit in role.rights.items()}}
            for role in roles(reader)
        )
        return
    screen.table(ROLE_COLUMNS, ((role.name, _may(role.rights)) for role in roles(reader)), empty="No roles.")


def _may(rights: Rights) -> str:
    return ", ".join(
        f"{right} {limit}" if limit is not None else str(right) for right, limit in rights.items()
    )


def _activity_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--who", metavar="NAME", help="of one person; feeds: web shop and providers; all: everything"
    )
    parser.add_argument("--kind", choices=sorted(KINDS), help="of one kind")
    parser.add_argument("--order", metavar="NUMBER", default="", help="about one order")
    parser.add_argument("--till", default="", help="at one till")
    parser.add_argument("--from", dest="first", type=day, metavar="DAY", help="first day, 2026-11-20")
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day, itself included")
    parser.add_argument(
        "--limit", type=units, metavar="N", default=MOST, help=f"at most so many (default {MOST})"
    )


def _activity(args: Namespace, screen: Screen) -> int:
    if args.first and args.last and args.first > args.last:
        raise Unusable("--from lies after --to")
    with reading(folder_of(args)) as reader:
        known = reader.settings()
        zone = zone_of(known.time_zone)
        found = islice(_entries(reader, _chosen(args, reader)), max(0, args.limit))

        def words(row: ActivityRow) -> str:
            return activity_words(row.tag, row.facts, row.names, lambda minor: money(minor, known.currency))

        if screen.as_json:
            screen.json_list(_entry(row, words(row)) for row in found)
        else:
            screen.table(
                ACTIVITY_COLUMNS,
                ((time_text(to_text(r.recorded_at), zone), r.actor, words(r), r.approved_by) for r in found),
                empty="Nothing was done.",
            )
    return OK


def _chosen(args: Namespace, reader: Reader) -> ActivityFilter:
    who = {None: PEOPLE, "feeds": FEEDS, "all": EVERYBODY}.get(args.who, args.who)
    if args.who and staff_row(reader, args.who) is not None:
        who = args.who  # somebody may be called so
    zone = reader.settings().time_zone
    return ActivityFilter(
        who=who,
        kind=args.kind or "",
        till=args.till,
        from_at=days_between(args.first, args.first, zone).from_at if args.first else None,
        to_at=days_between(args.last, args.last, zone).to_at if args.last else None,
        order=args.order,
    )


def _entries(reader: Reader, chosen: ActivityFilter) -> Any:
    source = ActivitySource(reader, chosen)
    key = None
    while rows := source.page_after(key, PAGE_ROWS):
        yield from rows
        key = source.key_of(rows[-1])


def _entry(row: ActivityRow, words: str) -> dict[str, object]:
    return {
        "seq": row.seq, "id": row.id, "recorded_at": to_text(row.recorded_at), "who": row.actor,
        "approved_by": row.approved_by, "till": row.till, "command": row.tag, "words": words,
        "order": row.names.get(row.order_id, ""),
    }  # fmt: skip


VERBS = {
    "staff": Verb(
        _staff_arguments,
        _staff,
        ("posapp staff", "posapp staff --roles --json", "posapp staff --forget-pin Adaeze"),
        "People and roles are added in the window: Settings, Staff. Names act by --actor.\n",
    ),
    "activity": Verb(
        _activity_arguments,
        _activity,
        (
            "posapp activity",
            "posapp activity --who Chidi --from 2026-11-20",
            "posapp activity --order 0042 --json",
        ),
        "Newest first. Without --who: what people did.\n",
    ),
}
