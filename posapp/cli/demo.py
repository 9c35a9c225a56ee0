"""The verb that serves the demo shop."""

from argparse import ArgumentParser, Namespace

from posapp.cli.arguments import Unusable, units
from posapp.cli.screen import Screen
from posapp.cli.verbs import REFUSED, Verb
from posapp.demo_shop.server import PortTaken, run


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=units, default=0, metavar="N", help="where it listens (default: any free port)"
    )
    parser.add_argument(
        "--customers", type=units, default=0, metavar="N", help="so many simulated customers buy there"
    )


def _demo_shop(args: Namespace, screen: Screen) -> int:
    if not 0 <= args.port <= 65535 or not 0 <= args.customers <= 1_000:
        raise Unusable("a port is between 0 and 65535, and there are at most 1,000 customers")
    try:
        return run(args.port, args.customers, as_json=screen.as_json, out=screen.out)
    except PortTaken as error:
        screen.error("port_taken", error.strerror or "the port is taken")
        return REFUSED


VERBS = {
    "demo-shop": Verb(
        _arguments,
        _demo_shop,
        ("posapp demo-shop", "posapp demo-shop --port 8899 --customers 20 --json"),
        "It listens on this computer only, until it is stopped by Ctrl+C. With --json its first line is an object\n"
        "with url, page, consumer_key, consumer_secret, provider_url and provider_key.\n",
    ),
}
