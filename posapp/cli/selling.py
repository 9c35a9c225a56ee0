"""The verbs that place, pay, cancel and hand over orders."""

from argparse import ArgumentParser, Namespace
from sqlite3 import Connection

from posapp.cli.answering import answer_order, domain_order
from posapp.cli.arguments import amount, sku_and_units
from posapp.cli.finding import find_order, find_product, spread
from posapp.cli.folder import reading, writing
from posapp.cli.screen import Screen, money
from posapp.cli.verbs import OK, Verb
from posapp.commands.command import named, new_command_id
from posapp.commands.orders import CancelOrder, HandOver, MarkShipped, NewLine, PlaceOrder
from posapp.commands.payments import METHODS, ConfirmTransfer, TakePayment
from posapp.commands.resolutions import ROUTES
from posapp.commands.shop import MAIN_LOCATION
from posapp.db.contacts import write_contact
from posapp.desk import Also
from posapp.domain.errors import Refused
from posapp.domain.feed import MAX_TEXT, Contact
from posapp.domain.orders import Order, ShipStatus
from posapp.domain.payments import Payment, PaymentState, Teller
from posapp.queries.payment_ways import rest_of

NUMBER_HELP = "0042, 42, the local reference, or the web shop's id"


def number_argument(parser: ArgumentParser) -> None:
    """The order a verb is about."""
    parser.add_argument("number", metavar="NUMBER", help=NUMBER_HELP)


def payout_arguments(parser: ArgumentParser) -> None:
    """How money goes back."""
    parser.add_argument("--route", choices=ROUTES, default="cash", help="how money goes back (default: cash)")
    parser.add_argument("--reference", default="", metavar="R", help="reference of money paid back by hand")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the journal")


def _new_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--line",
        action="append",
        type=sku_and_units,
        required=True,
        metavar="SKU=N",
        help="product and units; repeat it",
    )
    parser.add_argument("--customer", default="", metavar="NAME", help="who it is for")
    for name in ("phone", "email", "address", "note"):
        parser.add_argument(f"--{name}", default="", metavar="TEXT", help=f"the customer's {name}")
    parser.add_argument(
        "--discount-minor", type=amount, default=0, metavar="N", help="off the goods, in minor units"
    )
    parser.add_argument(
        "--shipping-minor", type=amount, default=0, metavar="N", help="delivery, in minor units"
    )


def _new(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        lines = till.ask(lambda c: tuple(NewLine(find_product(c, sku), n) for sku, n in args.line))
        order_id = new_command_id(till.desk.clock())
        contact_id, also = _contact(args, order_id)
        till.do(
            PlaceOrder,
            also=also,
            order_id=order_id,
            location_id=MAIN_LOCATION,
            lines=lines,
            contact_id=contact_id,
            discount_minor=args.discount_minor,
            shipping_minor=args.shipping_minor,
        )
        answer_order(screen, till, order_id)
    return OK


def _contact(args: Namespace, order_id: str) -> tuple[str, Also | None]:
    """Who the order is for: written beside the command, for the journal holds no names."""
    fields = (args.customer, args.phone, args.email, args.address, args.note)
    contact = Contact(*(" ".join(field.split())[:MAX_TEXT] for field in fields))
    if contact == Contact():
        return "", None
    contact_id = named(order_id, "contact")

    def also(connection: Connection) -> None:
        write_contact(connection, contact_id, contact)

    return contact_id, also


def _pay_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument(
        "--amount-minor", type=amount, required=True, metavar="N", help="4500000 is 45,000.00"
    )
    parser.add_argument(
        "--method", choices=METHODS, help="how it was paid (default: other; awaited: transfer)"
    )
    parser.add_argument(
        "--reference", default="", metavar="R", help="what identifies the money: a transaction id"
    )
    parser.add_argument(
        "--awaiting", action="store_true", help="a transfer that was only announced: it does not count"
    )


def _pay(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order_id = till.ask(lambda c: find_order(c, args.number))
        warnings = till.ask(lambda c: _seen_elsewhere(c, order_id, args.reference.strip()))
        method = args.method or ("transfer" if args.awaiting else "other")
        with reading(till.desk.folder) as reader:
            rest = rest_of(reader, order_id)
        till.do(
            TakePayment,
            order_id=order_id,
            amount_minor=args.amount_minor,
            rounding_minor=rest.rounding_minor(method, args.amount_minor),
            method=method,
            reference=args.reference.strip()[:MAX_TEXT],
            paid_at=till.desk.clock(),
            awaiting=args.awaiting,
        )
        answer_order(screen, till, order_id, warnings)
    return OK


def _seen_elsewhere(connection: Connection, order_id: str, reference: str) -> list[str]:
    """Warn of a reference that another order has: the same money may be counted twice."""
    sql = (
        "SELECT DISTINCT o.number FROM payment p JOIN orders o ON o.id = p.order_id "
        "WHERE p.reference = ? AND p.order_id <> ? ORDER BY 1"
    )
    numbers = [row[0] for row in connection.execute(sql, (reference, order_id))] if reference else []
    return [f"reference {reference} is also on order {number}" for number in numbers]


def _confirm_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument(
        "--amount-minor", type=amount, metavar="N", help="which one, where several are awaited"
    )
    parser.add_argument("--reference", default="", metavar="R", help="its reference in our own account")
    parser.add_argument("--never-came", action="store_true", help="it will not come: it no longer waits")


def _confirm(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order = till.ask(lambda c: domain_order(c, args.number))
        payment = _awaited(order, args.amount_minor)
        till.do(
            ConfirmTransfer,
            order_id=order.id,
            payment_id=payment.id,
            seen=not args.never_came,
            reference=args.reference.strip()[:MAX_TEXT],
        )
        answer_order(screen, till, order.id)
    return OK


def _awaited(order: Order, amount_minor: int | None) -> Payment:
    """The one awaited transfer that is meant. Raises `Refused` where there is none, or a choice."""
    waiting = [p for p in order.payments if p.provider == Teller.HAND and p.state == PaymentState.PENDING]
    meant = [p for p in waiting if amount_minor is None or p.gross_minor == amount_minor]
    if not meant:
        raise Refused(f"No such transfer is awaited for order {order.number}.", code="not_awaited")
    if len({p.gross_minor for p in meant}) > 1:
        amounts = ", ".join(money(p.gross_minor, order.currency) for p in meant)
        raise Refused(
            f"Several transfers are awaited: {amounts}. Say which by --amount-minor.", code="ambiguous"
        )
    return meant[0]


def _cancel_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    payout_arguments(parser)


def _cancel(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order_id = till.ask(lambda c: find_order(c, args.number))
        till.do(
            CancelOrder,
            order_id=order_id,
            route=args.route,
            reference=args.reference.strip(),
            reason=args.reason.strip(),
        )
        answer_order(screen, till, order_id)
    return OK


def _hand_over_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument(
        "--line",
        action="append",
        type=sku_and_units,
        default=[],
        metavar="SKU=N",
        help="only these (default: all it holds)",
    )


def _hand_over(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order = till.ask(lambda c: domain_order(c, args.number))
        room = {line.id: line.allocated_qty for line in order.lines}
        till.do(HandOver, order_id=order.id, units=spread(order, args.line, room, "holds"))
        answer_order(screen, till, order.id)
    return OK


def _ship_arguments(parser: ArgumentParser) -> None:
    number_argument(parser)
    parser.add_argument("--delivered", action="store_true", help="it arrived (default: it is on its way)")


def _ship(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        order_id = till.ask(lambda c: find_order(c, args.number))
        status = ShipStatus.DELIVERED if args.delivered else ShipStatus.SHIPPED
        till.do(MarkShipped, order_id=order_id, ship_status=status)
        answer_order(screen, till, order_id)
    return OK


VERBS = {
    "new": Verb(
        _new_arguments,
        _new,
        (
            'posapp new --line TOTE-RED=3 --line SHEA-200=1 --customer "Ada Obi"',
            'posapp new --line "MUG=BLUE=2" --phone "0803 555 0142"     (a SKU may hold "=": the last one counts)',
        ),
    ),
    "pay": Verb(
        _pay_arguments,
        _pay,
        (
            "posapp pay 0042 --amount-minor 4500000 --method cash",
            "posapp pay 0042 --amount-minor 4500000 --method transfer --reference T68 --awaiting",
        ),
        "More than the balance is recorded too and asks for attention: a payment is never refused.\n",
    ),
    "confirm-transfer": Verb(
        _confirm_arguments,
        _confirm,
        ("posapp confirm-transfer 0042 --reference T68-2", "posapp confirm-transfer 0042 --never-came"),
    ),
    "cancel": Verb(
        _cancel_arguments, _cancel, ("posapp cancel 0042", "posapp cancel 0042 --route hand --reference T99")
    ),
    "hand-over": Verb(
        _hand_over_arguments, _hand_over, ("posapp hand-over 0042", "posapp hand-over 0042 --line TOTE-RED=1")
    ),
    "ship": Verb(_ship_arguments, _ship, ("posapp ship 0042", "posapp ship 0042 --delivered")),
}
