import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from posapp.gui.models.pages import KEPT, PAGE, Pages
from posapp.gui.models.rows import ListRows
from posapp.gui.models.table_model import ID_ROLE
from posapp.gui.models.window_model import WindowModel
from tests.gui.order_rows import COLUMNS, Orders, listed

MILLION = 1_000_000


@pytest.fixture(scope="module")
def million():
    return Orders(MILLION)


def numbers(model, places):
    return [model.data(model.index(place, 0)) for place in places]


# The tester asks for every cell several times: 40 s for a million rows.
@pytest.mark.parametrize("count", [0, 1, PAGE, 10_000, pytest.param(MILLION, marks=pytest.mark.slow)])
def test_the_model_is_well_behaved(count, qtmodeltester):
    model = WindowModel(COLUMNS, Orders(count).source())
    qtmodeltester.check(model)
    assert model.rowCount() == count


def test_any_place_is_reached_without_reading_what_lies_before_it(million):
    model = WindowModel(COLUMNS, million.source())
    million.read = 0
    assert numbers(model, [0, MILLION - 1, 500_000, 255, 256]) == [
        "1000000",
        "0000001",
        "0500000",
        "0999745",
        "0999744",
    ]
    assert million.read <= 6 * PAGE


def test_a_million_orders_cost_little_memory(million):
    tracemalloc.start()
    model = WindowModel(COLUMNS, million.source())
    for place in range(0, MILLION, PAGE * 20):
        numbers(model, range(place, place + 30))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 15_000_000
    assert len(model._pages.kept()) == KEPT


@given(st.lists(st.integers(0, 2_999), min_size=1, max_size=40))
def test_rows_come_from_their_place_in_whatever_order_they_are_asked(places):
    pages = Pages(THREE_THOUSAND.source())
    assert [pages.row(place).id for place in places] == [3_000 - place for place in places]


THREE_THOUSAND = Orders(3_000)


def test_cells_speak(million):
    model = WindowModel(COLUMNS, million.source())
    spoken = [model.data(model.index(0, c), Qt.ItemDataRole.AccessibleTextRole) for c in range(3)]
    assert spoken == ["1000000", "100000000 naira", "Rice 5 kg 2 of 2"]
    assert model.data(model.index(0, 0), ID_ROLE) == "1000000"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.BackgroundRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Total, ₦"


class Told:
    """What a model told its views."""

    def __init__(self, model):
        self.inserted, self.removed, self.changed, self.resets = [], [], [], 0
        model.rowsInserted.connect(lambda _, first, last: self.inserted.append((first, last)))
        model.rowsRemoved.connect(lambda _, first, last: self.removed.append((first, last)))
        model.dataChanged.connect(lambda a, b: self.changed.append((a.row(), b.row())))
        model.modelReset.connect(self._reset)

    def _reset(self):
        self.resets += 1


def test_a_changed_row_is_told_alone():
    orders = Orders(1_000)
    model = WindowModel(COLUMNS, orders.source())
    numbers(model, range(40))
    told = Told(model)
    orders.sql.execute("UPDATE orders SET total_minor = 7 WHERE id IN (990, 989, 980)")
    model.refresh()
    assert (told.changed, told.inserted, told.removed, told.resets) == ([(10, 11), (20, 20)], [], [], 0)
    assert model.data(model.index(10, 1)) == "7"


def test_new_rows_come_in_at_the_top_while_one_looks_there():
    orders = Orders(1_000)
    model = WindowModel(COLUMNS, orders.source())
    numbers(model, range(20))
    kept = QPersistentModelIndex(model.index(5, 0))
    told = Told(model)
    orders.add(1_001, 1_002)
    model.refresh()
    assert told.inserted == [(0, 1)]
    assert told.resets == 0
    assert kept.row() == 7
    assert numbers(model, [0, 1, 2, 1_001]) == ["0001002", "0001001", "0001000", "0000001"]


def test_new_rows_are_counted_while_one_looks_elsewhere():
    orders = Orders(5_000)
    model = WindowModel(COLUMNS, orders.source())
    before = numbers(model, range(2_000, 2_030))
    model.live = False
    told, waiting = Told(model), []
    model.waiting_changed.connect(waiting.append)
    orders.add(5_001, 5_002, 5_003)
    orders.sql.execute("UPDATE orders SET total_minor = 9 WHERE id = ?", (5_000 - 2_010,))
    model.refresh(shown=(2_000, 2_029))
    assert waiting == [3]
    assert told.changed == [(2_010, 2_010)]
    assert (told.inserted, told.resets) == ([], 0)
    assert numbers(model, range(2_000, 2_030)) == before
    assert numbers(model, [0, 300, 4_999]) == ["0005000", "0004700", "0000001"]
    model.show_waiting()
    assert waiting == [3, 0]
    assert numbers(model, [0, 5_002]) == ["0005003", "0000001"]


def test_a_short_list_tells_exactly_what_came_and_went():
    model = WindowModel(COLUMNS, listed(1, 2, 3, 4, 5))
    kept = QPersistentModelIndex(model.index(3, 0))
    told = Told(model)
    model.refresh(listed(1, 9, 3, 4))
    assert numbers(model, range(4)) == ["0001", "0009", "0003", "0004"]
    assert told.resets == 0
    assert kept.row() == 3
    model.refresh(ListRows((), lambda row: str(row.id)))
    assert model.rowCount() == 0
    assert not kept.isValid()


@given(st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), min_size=2, max_size=6))
def test_whatever_a_short_list_becomes_the_model_shows_it(lists):
    model = WindowModel(COLUMNS, listed(*lists[0]))
    told = Told(model)
    mirror = list(lists[0])
    model.rowsAboutToBeRemoved.connect(lambda _, first, last: mirror.__delitem__(slice(first, last + 1)))
    model.rowsInserted.connect(
        lambda _, first, last: mirror.__setitem__(
            slice(first, first), [int(model.id_at(n)) for n in range(first, last + 1)]
        )
    )
    for ids in lists[1:]:
        model.refresh(listed(*ids))
        assert [model.id_at(n) for n in range(model.rowCount())] == [str(n) for n in ids]
        assert mirror == ids
    assert told.resets == 0


def test_another_order_of_a_long_list_is_a_reset():
    orders = Orders(1_000)
    model = WindowModel(COLUMNS, orders.source())
    told = Told(model)
    orders.sql.execute("DELETE FROM orders WHERE id = 995")
    orders.counted -= 1
    model.refresh()
    assert told.resets == 1
    assert model.rowCount() == 999
    assert model.row(998).id == 1
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.index(0, 0).parent() == QModelIndex()
