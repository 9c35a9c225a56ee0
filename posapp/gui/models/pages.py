"""The pages of a source that are in memory, and the keys by which the others are reached."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from posapp.gui.models.rows import Key, RowSource

Row = TypeVar("Row")

PAGE = 32  # rows read at a time: a screen; what is on screen is read again with every news
ANCHOR = 1024  # rows from one remembered key to the next
KEPT = 512  # pages in memory, the longest unused goes first


class Pages(Generic[Row]):
    """Finds row n without counting through all before it: walks from the nearest known key."""

    def __init__(self, source: RowSource[Row]) -> None:
        self.source = source
        self._kept: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._anchors: dict[int, Key] = {}  # place n → key of the row before it
        self._base: Key | None = None  # rows up to this key came in at the top and are not counted

    def row(self, place: int) -> Row | None:
        """Give the row at a place; None where the source has meanwhile fewer rows than it said."""
        rows = self.page(place // PAGE)
        return rows[place % PAGE] if place % PAGE < len(rows) else None

    def page(self, number: int) -> Sequence[Row]:
        """Give a page, from memory or from the source."""
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        start = number * PAGE
        key = self._key_before(start)
        rows = self.source.page_after(key, PAGE) if start == 0 or key is not None else ()
        self._keep(number, rows)
        return rows

    def put(self, number: int, rows: Sequence[Row]) -> None:
        """Take a page that is already at hand."""
        self._keep(number, rows)

    def _keep(self, number: int, rows: Sequence[Row]) -> None:
        self._kept[number] = rows
        self._kept.move_to_end(number)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _key_before(self, place: int) -> Key | None:
        """Give the key of the row before a place, remembering one every `ANCHOR` rows on the way."""
        if place == 0:
            return self._base
        number = place // PAGE - 1
        if number in self._kept and len(self._kept[number]) == PAGE:
            return self.source.key_of(self._kept[number][-1])
        at = place - place % ANCHOR
        while at and at not in self._anchors:
            at -= ANCHOR
        key = self._anchors.get(at, self._base)
        while at < place:
            step = min(ANCHOR, place - at)
            key = self.source.skip(key, step)
            if key is None:
                return None
            at += step
            if at % ANCHOR == 0:
                self._anchors[at] = key
        return key

    def kept(self) -> list[int]:
        """Give the numbers of the pages in memory, longest unused first."""
        return list(self._kept)

    def in_memory(self, number: int) -> Sequence[Row]:
        """Give a page if it is in memory, else nothing; it does not count as used."""
        return self._kept.get(number, ())

    def place_of(self, row_id: str) -> int | None:
        """Find a row among those in memory, newest used first."""
        for number in reversed(self._kept):
            for at, row in enumerate(self._kept[number]):
                if self.source.id_of(row) == row_id:
                    return number * PAGE + at
        return None

    def reread(self, number: int) -> Sequence[Row]:
        """Read a page again from the key it started at, whatever was put in before it since."""
        key = self._key_before(number * PAGE)
        rows = self.source.page_after(key, PAGE) if number == 0 or key is not None else ()
        self._keep(number, rows)
        return rows

    def leave_out(self, rows: int) -> None:
        """Begin after so many rows at the top, so that every place known so far stays what it was."""
        self._base = self.source.skip(None, rows) if rows else None

    def forget_but(self, numbers: set[int]) -> None:
        """Drop the other pages; the keys stay."""
        for number in [n for n in self._kept if n not in numbers]:
            del self._kept[number]
