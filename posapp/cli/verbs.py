"""The verbs of the command line, and where each lives.

A verb's module is loaded when the verb is called, by the name in this table. That is the
one place where posapp does so: `posapp orders` must run on a server that has neither Qt's
libraries nor a screen, and must not wait for a web server it does not need.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from posapp.cli.screen import Screen

OK, REFUSED, USAGE, IN_USE, CANNOT_OPEN, NO_NETWORK, CHECK_FAILED, FAULT = 0, 1, 2, 3, 4, 5, 6, 70


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its arguments, what it does (giving the exit code), and examples that teach it."""

    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Screen], int]
    examples: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a verb lives, and what it does in one line."""

    module: str
    summary: str


GROUPS: dict[str, dict[str, Place]] = {
    "Look (also beside an open window)": {
        "orders": Place("looking", "list orders, newest first; --attention: those that need a decision"),
        "show": Place("looking", "show one order with its lines, payments and history"),
        "stock": Place("looking", "list what is on the shelf, promised and free"),
        "sales": Place("looking", "say Total Sales of some days, or of all time"),
        "staff": Place(
            "staffing", "list who works here; --forget-pin lets somebody in again who forgot theirs"
        ),
        "activity": Place("staffing", "list who did what, when, at which till"),
        "quarantine": Place("feeds", "list what came in and could not be read; --discard takes one off"),
    },
    "Sell": {
        "new": Place("selling", "place an order by hand; it is unpaid and takes no stock"),
        "pay": Place(
            "selling", "record money that was seen; the payment that completes an order confirms it"
        ),
        "confirm-transfer": Place("selling", "settle an awaited transfer: it was seen, or will never come"),
        "cancel": Place("selling", "cancel an order; what was paid goes back"),
        "hand-over": Place("selling", "hand held units of a paid order to its customer"),
        "ship": Place("selling", "mark goods that left as shipped, or delivered"),
    },
    "The drawer": {
        "shift": Place("shifts", "open, count and close this till's shift; X, Z, cash in and out"),
    },
    "Decide": {
        "resolve": Place(
            "deciding", "decide about an order that needs attention; --dry-run shows the effect"
        ),
        "undo": Place("deciding", "take the last decision about an order back"),
        "swap": Place("deciding", "give a waiting order the units of the one that overtook it"),
    },
    "Stock": {
        "receive": Place("stocking", "goods arrived; waiting orders are served first"),
        "adjust": Place("stocking", "correct the shelf by a difference, with a reason"),
        "count": Place("stocking", "enter a count"),
        "move": Place("places", "carry free units from one location to another"),
        "bundle": Place("places", "say what a product is made of"),
        "locations": Place("places", "list the shops and store rooms"),
        "add-location": Place("places", "add a shop or a store room"),
        "rename-location": Place("places", "give a location another name"),
    },
    "Connect": {
        "connect": Place("feeds", "connect a web shop (woocommerce) or a payment provider (paystack)"),
        "sync": Place("feeds", "bring in everything new from all connections, once"),
        "demo-shop": Place("demo", "serve a small web shop with invented goods, for trial and training"),
    },
    "Keep": {
        "set": Place("keeping", "change a setting that changes what posapp does"),
        "doctor": Place("keeping", "examine a folder and say what is wrong with it"),
        "replay": Place("keeping", "replay the journal and compare every row it governs"),
    },
}
PLACES = {name: place for group in GROUPS.values() for name, place in group.items()}


def load(name: str) -> Verb:
    """Load the module of one verb and give the verb."""
    module = import_module(f"posapp.cli.{PLACES[name].module}")
    return cast(dict[str, Verb], module.VERBS)[name]
