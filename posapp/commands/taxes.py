"""Kinds of goods by their taxes. The standard kind is what the settings say."""

import json

from posapp.commands.command import Command, Work
from posapp.domain.errors import Refused
from posapp.domain.events import TaxClassChanged

MOST_RATES = 5


class SaveTaxClass(Command, frozen=True, kw_only=True, tag="save_tax_class"):
    """A kind of goods: its taxes by name in basis points, all inside the price or all on top of it."""

    tax_class_id: str
    name: str
    rates: tuple[tuple[str, int], ...]
    included: bool


def save_tax_class(command: SaveTaxClass, work: Work) -> str:
    """Save a class. What was sold keeps the taxes that it was sold with."""
    name = command.name.strip()
    rates = [(rate.strip(), points) for rate, points in command.rates]
    if not command.tax_class_id or not name:
        raise Refused("Give the tax class a name.", code="name_missing")
    if len(rates) > MOST_RATES or len({rate for rate, _ in rates}) < len(rates):
        raise Refused(f"A class has up to {MOST_RATES} taxes, each with a name of its own.", code="bad_rates")
    if not all(rate and 0 <= points <= 10_000 for rate, points in rates):
        raise Refused("Each tax has a name and lies between 0 and 100 %.", code="bad_rates")
    if work.row("SELECT 1 FROM tax_class WHERE name = ? AND id <> ?", (name, command.tax_class_id)):
        raise Refused(f"There is a tax class called {name} already.", code="name_taken")
    work.connection.execute(
        "INSERT INTO tax_class (id, name, rates, included) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, rates = excluded.rates, included = excluded.included",
        (command.tax_class_id, name, json.dumps(rates), int(command.included)),
    )
    work.book.tell(TaxClassChanged(command.tax_class_id))
    return command.tax_class_id
