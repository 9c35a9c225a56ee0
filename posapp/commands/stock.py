"""Receiving, adjusting and counting stock, and taking over a shop's number once."""

from typing import ClassVar

from posapp.commands.bundles import is_bundle
from posapp.commands.catalogue import item_of
from posapp.commands.command import Command, Work
from posapp.commands.locations import check_location
from posapp.domain import stocktaking
from posapp.domain.stock import Level


class OpenStock(Command, frozen=True, kw_only=True, tag="open_stock"):
    """The opening of an item: the shop's number and what it had taken for orders not completed."""

    at_till: ClassVar[bool] = False

    item_id: str
    location_id: str
    units: int


class ReceiveStock(Command, frozen=True, kw_only=True, tag="receive_stock"):
    """Goods arrived."""

    product_id: str
    location_id: str
    units: int
    reason: str = ""


class AdjustStock(Command, frozen=True, kw_only=True, tag="adjust_stock"):
    """Correct the shelf by a difference; a reason is needed."""

    product_id: str
    location_id: str
    units: int
    reason: str


class CountStock(Command, frozen=True, kw_only=True, tag="count_stock"):
    """A count, made against the number that was `seen` when it began."""

    product_id: str
    location_id: str
    counted: int
    seen: int
    reason: str = ""


class MoveStock(Command, frozen=True, kw_only=True, tag="move_stock"):
    """Free units carried from one location to another."""

    product_id: str
    from_location_id: str
    to_location_id: str
    units: int
    reason: str = ""


def open_stock(command: OpenStock, work: Work) -> str:
    """Open an item once; a second opening changes nothing, nor does one of a bundle."""
    known = is_bundle(work, command.item_id) or work.row(
        "SELECT 1 FROM movement WHERE item_id = ? AND kind = 'OPENING'", (command.item_id,)
    )
    if not known:
        stocktaking.open_stock(
            work.book, work.book.level(command.item_id, command.location_id), command.units
        )
    return command.item_id


def receive_stock(command: ReceiveStock, work: Work) -> str:
    """Goods arrived; the queue is served."""
    stocktaking.receive(work.book, _level(work, command), command.units, reason=command.reason)
    return command.product_id


def adjust_stock(command: AdjustStock, work: Work) -> str:
    """Correct the shelf."""
    stocktaking.adjust(work.book, _level(work, command), command.units, reason=command.reason.strip())
    return command.product_id


def count_stock(command: CountStock, work: Work) -> str:
    """Apply a count."""
    level = _level(work, command)
    stocktaking.count(work.book, level, command.counted, seen=command.seen, reason=command.reason)
    return command.product_id


def move_stock(command: MoveStock, work: Work) -> str:
    """Carry units over; the queue is served where they arrive."""
    item_id = item_of(work, command.product_id)
    for location_id in (command.from_location_id, command.to_location_id):
        check_location(work, location_id)
    source, target = (
        work.book.level(item_id, place) for place in (command.from_location_id, command.to_location_id)
    )
    stocktaking.transfer(work.book, source, target, command.units, reason=command.reason.strip())
    return command.product_id


def _level(work: Work, command: ReceiveStock | AdjustStock | CountStock) -> Level:
    check_location(work, command.location_id)
    return work.book.level(item_of(work, command.product_id), command.location_id)
