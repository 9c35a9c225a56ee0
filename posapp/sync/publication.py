"""The memory of what a web shop was told of our stock, and what it told of its own.

Every number of the shop's is a `Reading`. The next one is believed where the shop's orders explain it; one that
nothing explains was changed by hand. Before that is said, the orders are pulled again and the number is read twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from sqlite3 import Connection

from posapp.db.rows import from_text, to_text
from posapp.desk import Desk
from posapp.domain.feed import ShopOrder
from posapp.domain.web_stock import Reading
from posapp.queries.publication import OURS, PUBLISHED
from posapp.sync.deriving import order_id

PART = 100  # what one transaction may hold up the writer for
_ITEMS = "SELECT remote_id, COALESCE(NULLIF(item_id, ''), id), id FROM product WHERE shop_id = ? AND remote_id <> ''"
_ENROL = (
    "INSERT INTO publication (item_id, shop_id) SELECT i.id, i.shop_id FROM product i WHERE i.id = ? "
    "ON CONFLICT (item_id) DO NOTHING"
)
_KNOWN_TAKEN = "SELECT line_id, item_id, units, stamp FROM taken_there WHERE order_id = ?"
_NOTE_TAKEN = (
    "INSERT INTO taken_there (order_id, line_id, item_id, units, stamp) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (order_id, line_id) DO UPDATE SET item_id = excluded.item_id, units = excluded.units, "
    "stamp = excluded.stamp"
)
_MOVE_TAKEN = "UPDATE publication SET taken = taken + ? WHERE item_id = ?"
_WIDEN = "UPDATE shop_reading SET least = least - ?, most = most + ? WHERE item_id = ? AND open = 1"
# A try without an answer may still arrive, so that more orders may come before it.
_CLOSE = "UPDATE shop_reading SET open = 0 WHERE shop_id = ? AND open = 1 AND role <> 'tried'"
_READINGS = "SELECT role, number, least, most, open FROM shop_reading WHERE item_id = ?"
_WRITE = (
    "INSERT INTO shop_reading (item_id, role, shop_id, number, least, most, open, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (item_id, role) DO UPDATE SET number = excluded.number, least = excluded.least, "
    "most = excluded.most, open = excluded.open, at = excluded.at"
)
_STATE = "SELECT shop_id, taken, odd_since FROM publication WHERE item_id = ?"
_OURS = (  # only names of our own tables and columns enter these texts; values travel as parameters
    f"SELECT {OURS} FROM product i JOIN connection cn ON cn.id = i.shop_id "  # noqa: S608 - our own text alone
    f"WHERE i.id = ? AND {PUBLISHED}"
)


async def note_news(
    desk: Desk, shop_id: str, orders: Sequence[ShopOrder], numbers: Mapping[str, int]
) -> None:
    """After a whole pull: what its orders have taken, and the stock numbers that came with its products."""
    for start in range(0, len(orders), PART):
        some = orders[start : start + PART]
        await desk.write(partial(note_taken, shop_id=shop_id, orders=some))
    await desk.write(partial(close_readings, shop_id=shop_id))
    told = list(numbers.items())
    for start in range(0, len(told), PART):
        some_told = dict(told[start : start + PART])
        now = desk.clock()
        await desk.write(partial(note_told, shop_id=shop_id, numbers=some_told, now=now))


def note_taken(connection: Connection, shop_id: str, orders: Iterable[ShopOrder]) -> None:
    """Take note of what the shop says it has taken for each line of these orders, in their newest state.

    A deleted order gives nothing back, so what was known of it stays.
    """
    items = {remote: item for remote, item, _ in connection.execute(_ITEMS, (shop_id,))}
    for order in orders:
        if order.status != "gone":
            _note_order(connection, order, items)


def _note_order(connection: Connection, order: ShopOrder, items: Mapping[str, str]) -> None:
    ours, stamp = order_id(order), to_text(order.modified_at)
    rows = connection.execute(_KNOWN_TAKEN, (ours,)).fetchall()
    if any(row[3] > stamp for row in rows):
        return
    before = {line: (item, units) for line, item, units, _ in rows}
    now: dict[str, tuple[str, int]] = {}
    for line in order.lines:
        item = items.get(line.variation_id or line.product_id, "")
        if item and (line.taken_by_shop or line.remote_id in before):
            now[line.remote_id] = (item, line.taken_by_shop)
        if item and not line.taken_by_shop:
            # What it took and gave back between two looks is never seen: a number read meanwhile was lower.
            connection.execute(_WIDEN, (0, line.quantity, item))
    for line_id, (item, _) in before.items():
        now.setdefault(line_id, (item, 0))  # a line that was taken out has given its units back
    for line_id, (item, units) in now.items():
        old_item, old = before.get(line_id, (item, 0))
        if old_item != item:
            _moved(connection, old_item, -old)
            old = 0
        _moved(connection, item, units - old)
        connection.execute(_NOTE_TAKEN, (ours, line_id, item, units, stamp))


def _moved(connection: Connection, item_id: str, more: int) -> None:
    """So many more units were taken; below 0, put back."""
    if more:
        connection.execute(_ENROL, (item_id,))
        connection.execute(_MOVE_TAKEN, (more, item_id))
        connection.execute(_WIDEN, (max(0, -more), max(0, more), item_id))


def close_readings(connection: Connection, shop_id: str) -> None:
    """All orders that are older than the numbers read so far have been seen."""
    connection.execute(_CLOSE, (shop_id,))


def note_told(connection: Connection, shop_id: str, numbers: Mapping[str, int], now: datetime) -> None:
    """Take note of numbers that a pull brought, by the shop's id; the first one of an item is where it begins.

    They are as old as the pull: one that surprises only makes us read it afresh.
    """
    keepers = {remote: ours for remote, item, ours in connection.execute(_ITEMS, (shop_id,)) if item == ours}
    for remote_id, number in numbers.items():
        item = keepers.get(remote_id)
        if item is None:
            continue
        connection.execute(_ENROL, (item,))
        told = Numbers(connection, item, now)
        base = told.readings.get("odd") if told.odd_since else told.readings.get("known")
        if base is None:
            told.write("known", Reading(number, told.taken, told.taken))
        elif number not in base.expected(told.taken):
            told.set(doubt=1)


class Numbers:
    """What is known of one item's number in its shop, inside a transaction."""

    def __init__(self, connection: Connection, item_id: str, now: datetime) -> None:
        """Read it. The item has a publication."""
        self.connection, self.item_id, self.now = connection, item_id, now
        self.shop_id, self.taken, since = connection.execute(_STATE, (item_id,)).fetchone()
        self.odd_since = from_text(since) if since else None
        rows = connection.execute(_READINGS, (item_id,)).fetchall()
        self.readings = {
            role: Reading(number, least, most, bool(is_open)) for role, number, least, most, is_open in rows
        }

    def ours(self) -> int | None:
        """What should stand there: free units; None where nothing is published of it."""
        row = self.connection.execute(_OURS, (self.item_id,)).fetchone()
        return None if row is None or row[0] < 0 else int(row[0])

    def fresh(self, number: int) -> Reading:
        """A number that is true now, with what is known of the orders before it."""
        return Reading(number, self.taken, self.taken, open=True)

    def believe(self, reading: Reading) -> None:
        """Take a number for explained: the next one is measured by it."""
        self.write("known", reading)
        self.forget("tried", "seen", "odd")
        self.set(doubt=0, odd_since=None)

    def judge(self, number: int) -> bool:
        """Say whether a number read just now is explained; a strange one waits for the orders before it."""
        fresh, odd = self.fresh(number), self.readings.get("odd")
        if self.odd_since and odd and number in odd.expected(self.taken) and number != self.ours():
            self.write("odd", fresh)
            self.set(doubt=0)
            return False
        explained = [self.readings[role] for role in ("known", "tried") if role in self.readings]
        if not explained or number == self.ours() or any(number in r.expected(self.taken) for r in explained):
            self.believe(fresh)
            return True
        self.write("seen", fresh)
        self.set(doubt=1)
        return False

    def settle(self) -> None:
        """Judge a strange number again, now that the orders before it were seen; twice the same is no sale."""
        seen = self.readings.get("seen")
        if seen is None or seen.open:
            return
        odd = self.readings.get("odd")
        explained = [self.readings[role] for role in ("known", "tried") if role in self.readings]
        if any(seen.agrees_with(reading) for reading in explained):
            self.believe(seen)
            return
        again = odd is not None and seen.agrees_with(odd)
        self.write("odd", seen)
        self.forget("seen")
        self.set(doubt=int(not again), odd_since=self.odd_since or (self.now if again else None))

    def write(self, role: str, reading: Reading) -> None:
        """Keep a reading."""
        self.readings[role] = reading
        self.connection.execute(
            _WRITE,
            (self.item_id, role, self.shop_id, reading.number, reading.least, reading.most, int(reading.open),
             to_text(self.now)),
        )  # fmt: skip

    def forget(self, *roles: str) -> None:
        """Drop readings."""
        for role in roles:
            if self.readings.pop(role, None) is not None:
                self.connection.execute(
                    "DELETE FROM shop_reading WHERE item_id = ? AND role = ?", (self.item_id, role)
                )

    def set(self, **values: int | str | datetime | None) -> None:
        """Write columns of the publication."""
        listed = ", ".join(f"{name} = ?" for name in values)
        found = [to_text(value) if isinstance(value, datetime) else value for value in values.values()]
        self.connection.execute(
            f"UPDATE publication SET {listed} WHERE item_id = ?",  # noqa: S608 - our own columns
            (*found, self.item_id),
        )
        if "odd_since" in values:
            since = values["odd_since"]
            self.odd_since = since if isinstance(since, datetime) else None
