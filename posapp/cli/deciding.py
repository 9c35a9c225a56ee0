"""The verbs that decide about orders that need attention."""

from argparse import ArgumentParser, Namespace
from sqlite3 import Connection
from typing import Any

from posapp.cli.answering import answer_order, domain_order
from posapp.cli.arguments import Unusable, amount, brought, sku_and_units
from posapp.cli.effect_text import effect_json, show_effect
from posapp.cli.finding import find_location, find_order, spread
from posapp.cli.folder import Till, folder_of, reading, writing
from posapp.cli.screen import Screen
from posapp.cli.selling import number_argument, payout_arguments
from posapp.cli.syncing import ask_payments, complain, look_once
from posapp.cli.verbs import OK, Verb
from posapp.commands.command import new_command_id
from posapp.commands.resolutions import Resolve, SwapAllocation, UndoDecision
from posapp.desk import utc_now
from posapp.domain.attention import OVER_REASONS, SHORT_REASONS, Reason
from posapp.domain.errors import NotFound, Refused
from posapp.domain.orders import Order
from posapp.domain.resolutions import RESOLUTIONS
from posapp.queries.effects import foresee
from posapp.queries.reader import Reader

CHECK = "check-payment"
NAMES = sorted({key.replace("_", "-") for key in RESOLUTIONS} - {"shop-refund"} | {CHECK})
_LAST = "SELECT id FROM decision WHERE order_id = ? AND undone = 0 ORDER BY at DESC, rowid DESC LIMIT 1"


def _resolve_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument("resolution", choices=NAMES, metavar="RESOLUTION", help="see below")
    parser.add_argument(
        "--dry-run", action="store_true", help="show the effect in numbers and change nothing"
    )
    for name in ("fulfill", "refund"):
        parser.add_argument(
            f"--{name}",
            action="append",
            type=sku_and_units,
            default=[],
            metavar="SKU=N",
            help=f"mixed: {name} so many",
        )
    parser.add_argument(
        "--bring",
        action="append",
        type=brought,
        default=[],
        metavar="SKU=N@LOCATION",
        help="fulfill-order, mixed: carry so many free ones over from there",
    )
    parser.add_argument(
        "--amount-minor", type=amount, metavar="N", help="give back less than it is worth; say why"
    )
    parser.add_argument(
        "--shipping-minor", type=amount, default=0, metavar="N", help="give back so much of delivery too"
    )
    parser.add_argument(
        "--seen", default="", metavar="S", help="only if nothing changed since the dry run that said S"
    )
    payout_arguments(parser)


def _resolve(args: Namespace, screen: Screen) -> int:
    if args.resolution != "mixed" and (args.fulfill or args.refund):
        raise Unusable("--fulfill and --refund belong to mixed")
    if args.resolution not in ("mixed", "fulfill-order") and args.bring:
        raise Unusable("--bring belongs to fulfill-order and mixed")
    if args.resolution == CHECK:
        return _check_payment(args, screen)
    if args.dry_run:
        with reading(folder_of(args)) as reader:
            _rehearse(args, screen, reader)
        return OK
    with writing(args) as till:
        fields = till.ask(lambda c: _decision(c, args))
        till.do(Resolve, **fields)
        answer_order(screen, till, fields["order_id"])
    return OK


def _rehearse(args: Namespace, screen: Screen, reader: Reader) -> None:
    at = utc_now()
    fields = _decision(reader.connection, args)
    effect = foresee(reader, Resolve(id=new_command_id(at), actor=args.actor, at=at, **fields), at)
    if screen.as_json:
        screen.json({"dry_run": True, "resolution": args.resolution, **effect_json(reader, effect)})
    else:
        show_effect(screen, reader, effect)


def _decision(connection: Connection, args: Namespace) -> dict[str, Any]:
    """The fields of the command: the button of the case that is open, units by line."""
    order = domain_order(connection, args.number)
    room = {line.id: max(0, order.short(line)) for line in order.lines}
    return {
        "order_id": order.id,
        "key": _key(order, args.resolution),
        "seen": args.seen,
        "bring": _brought(connection, order, args, room),
        "fulfill": spread(order, args.fulfill, room, "is short of"),
        "refund": spread(order, args.refund, room, "is short of"),
        "amount_minor": args.amount_minor,
        "shipping_minor": args.shipping_minor,
        "route": args.route,
        "reference": args.reference.strip(),
        "reason": args.reason.strip(),
    }


def _brought(
    connection: Connection, order: Order, args: Namespace, room: dict[str, int]
) -> dict[str, dict[str, int]]:
    """Units to bring by line and location; what is brought leaves less to fulfil or to refund."""
    found: dict[str, dict[str, int]] = {}
    for sku, count, name in args.bring:
        place = find_location(connection, name)
        for line_id, share in spread(order, [(sku, count)], room, "is short of").items():
            places = found.setdefault(line_id, {})
            places[place] = places.get(place, 0) + share
    return found


def _key(order: Order, named: str) -> str:
    """The decision that is meant: "refund" is said for every case that gives money back."""
    if named != "refund" or order.open_case(Reason.LATE_PAYMENT):
        return named.replace("-", "_")
    if order.open_case(Reason.SHOP_CHANGED):
        return "shop_refund"
    if order.open_case(*OVER_REASONS):
        return "refund_difference"
    if order.open_case(*SHORT_REASONS):
        raise Refused(f"Order {order.number} is short: say refund-excess or refund-order.", code="ambiguous")
    return "refund"


def _check_payment(args: Namespace, screen: Screen) -> int:
    """Ask the provider for the payment itself, then look at all feeds: that carries out what it says."""
    with writing(args) as till:
        order = till.ask(lambda c: domain_order(c, args.number))
        if order.open_case(Reason.PAYMENT_DELAYED) is None:
            raise Refused(f"No payment of order {order.number} is delayed.", code="no_case")
        ask_payments(till, order.id)
        report = look_once(till)
        answer_order(screen, till, order.id)
    screen.out.flush()
    complain(report)
    return OK


def _undo(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order_id, decision_id = till.ask(lambda c: _last_decision(c, args.number))
        till.do(UndoDecision, order_id=order_id, decision_id=decision_id)
        answer_order(screen, till, order_id)
    return OK


def _last_decision(connection: Connection, number: str) -> tuple[str, str]:
    order_id = find_order(connection, number)
    row = connection.execute(_LAST, (order_id,)).fetchone()
    if row is None:
        raise NotFound("There is no decision about this order to undo.", code="decision_not_found")
    return order_id, row[0]


def _swap_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument(
        "--with", dest="other", metavar="NUMBER", help="the order that overtook (default: as known)"
    )


def _swap(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order = till.ask(lambda c: domain_order(c, args.number))
        till.do(SwapAllocation, order_id=order.id, other_id=_other(till, order, args.other))
        answer_order(screen, till, order.id)
    return OK


def _other(till: Till, order: Order, named: str | None) -> str:
    if named is not None:
        return till.ask(lambda c: find_order(c, named))
    case = order.open_case(*SHORT_REASONS)
    if case is None or not case.overtaken_by:
        raise Refused(
            f"No order is known to have overtaken {order.number}; name one by --with.", code="no_swap"
        )
    return case.overtaken_by


_NOTES = """\
resolutions
  missing units        refund-excess, refund-order, fulfill-order, mixed with --fulfill and --refund
  paid late            accept, refund
  paid too much        refund-difference (or refund), keep-credit
  reversed by the bank release-cancel, wait, write-off
  changed in the shop  refund, already-refunded, reopen, accept-as-paid
  a refund failed      retry-refund, manual-refund, undo-refund
  payment delayed      check-payment
"""

VERBS = {
    "resolve": Verb(
        _resolve_arguments,
        _resolve,
        (
            "posapp resolve 0042 refund-excess --dry-run",
            "posapp resolve 0042 refund-excess --route hand --reference T99",
            "posapp resolve 0042 mixed --fulfill TOTE-RED=1 --refund TOTE-RED=1",
            "posapp resolve 0042 fulfill-order --bring TOTE-RED=1@Lekki",
            "posapp resolve 0042 accept",
        ),
        _NOTES,
    ),
    "undo": Verb(number_argument, _undo, ("posapp undo 0042",)),
    "swap": Verb(_swap_arguments, _swap, ("posapp swap 0042", "posapp swap 0042 --with 0040")),
}
