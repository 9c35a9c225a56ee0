"""Foreseeing what receiving, adjusting or counting would do: the level, and the orders that gain or lose by it."""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.stock import AdjustStock, CountStock, ReceiveStock
from posapp.domain.stock import level_id
from posapp.queries.effect_rows import OtherOrderEffect
from posapp.queries.effects import others
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import rehearse

StockCommand = ReceiveStock | AdjustStock | CountStock


@dataclass(frozen=True, slots=True)
class StockForesight:
    """A level before and after, in units, and the orders that gain or lose units."""

    on_hand_before: int
    on_hand_after: int
    allocated_before: int
    allocated_after: int
    others: tuple[OtherOrderEffect, ...]

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
        key = level_id(item_id, command.location_id)
        before, after = book.levels_before[key], book.levels[key]
        return StockForesight(
            on_hand_before=before.on_hand if before else 0,
            on_hand_after=after.on_hand,
            allocated_before=before.allocated if before else 0,
            allocated_after=after.allocated,
            others=others(reader, book),
        )
