"""Foreseeing what receiving, adjusting or counting would do: the level, and the orders that gain or lose by it."""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.stock import AdjustStock, CountStock, MoveStock, ReceiveStock
from posapp.domain.book import Book
from posapp.domain.stock import level_id
from posapp.queries.effect_rows import OtherOrderEffect
from posapp.queries.effects import others
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import rehearse

StockCommand = ReceiveStock | AdjustStock | CountStock | MoveStock


@dataclass(frozen=True, slots=True)
class StockForesight:
    """A level before and after, in units, and the orders that gain or lose units.

    Of units that move it is the level where they arrive; `left` is the one they leave.
    """

    on_hand_before: int
    on_hand_after: int
    allocated_before: int
    allocated_after: int
    others: tuple[OtherOrderEffect, ...]
    left: "StockForesight | None" = None

    @property
    def free_before(self) -> int:
        """Units nobody has paid for, before."""
        return self.on_hand_before - self.allocated_before

    @property
    def free_after(self) -> int:
        """Units nobody has paid for, after."""
        return self.on_hand_after - self.allocated_after


def foresee_stock(reader: Reader, command: StockCommand, item_id: str, at: datetime) -> StockForesight:
    """What a command about an item's level would do now. Raises `Refused` where it could not be done."""
    with reader.snapshot():
        book = rehearse(reader, command, at)
        gain = others(reader, book)
        if isinstance(command, MoveStock):
            left = _level(book, item_id, command.from_location_id, ())
            return _level(book, item_id, command.to_location_id, gain, left)
        return _level(book, item_id, command.location_id, gain)


def _level(
    book: Book,
    item_id: str,
    location_id: str,
    gain: tuple[OtherOrderEffect, ...],
    left: StockForesight | None = None,
) -> StockForesight:
    key = level_id(item_id, location_id)
    before, after = book.levels_before[key], book.levels[key]
    return StockForesight(
        on_hand_before=before.on_hand if before else 0,
        on_hand_after=after.on_hand,
        allocated_before=before.allocated if before else 0,
        allocated_after=after.allocated,
        others=gain,
        left=left,
    )
