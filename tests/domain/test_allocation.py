"""Laws of the shelf: who gets the units, who loses them, and what is never taken."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.feed import Kind
from posapp.domain.orders import Order
from posapp.domain.stocktaking import count, receive
from tests.domain.memory import MONDAY, SHOP, Till, held, reasons, short

ITEMS = ("mug", "wig", "cap")
shelves = st.fixed_dictionaries({item: st.integers(0, 6) for item in ITEMS})
baskets = st.lists(
    st.tuples(st.sampled_from(ITEMS), st.integers(1, 4), st.just(100)),
    min_size=1,
    max_size=3,
    unique_by=lambda line: line[0],
)


def stocked(shelf: dict[str, int]) -> Till:
    till = Till()
    for item, on_hand in shelf.items():
        till.shelf(item, on_hand)
    return till


@given(shelves, st.lists(baskets, min_size=1, max_size=5))
def test_no_unit_is_held_that_the_shelf_does_not_have(shelf, wishes):
    till = stocked(shelf)
    for n, basket in enumerate(wishes):
        till.order(f"{n:04d}", *basket)
        till.pay(f"{n:04d}")
    for item in ITEMS:
        promised = sum(
            line.allocated_qty for o in till.source.orders.values() for line in o.lines if line.sku == item
        )
        assert promised <= shelf[item]


@given(shelves, st.lists(baskets, min_size=1, max_size=5))
def test_a_line_goes_short_only_when_its_item_has_run_out(shelf, wishes):
    till = stocked(shelf)
    for n, basket in enumerate(wishes):
        till.order(f"{n:04d}", *basket)
        order = till.pay(f"{n:04d}")
        for line in order.lines:
            assert order.short(line) == 0 or till.stock(line.sku)[2] == 0


@dataclass(frozen=True)
class Paid:
    number: str
    basket: tuple[tuple[str, int, int], ...]
    minute: int


def batches() -> st.SearchStrategy[list[Paid]]:
    one = st.tuples(baskets, st.integers(0, 5))
    return st.lists(one, min_size=1, max_size=5).map(
        lambda found: [Paid(f"{n:04d}", tuple(b), m) for n, (b, m) in enumerate(found)]
    )


def outcome(till: Till) -> dict[str, tuple[list[int], list[int], list[str]]]:
    return {
        number: (held(o), short(o), [f"{c.reason} {c.overtaken_by}" for c in o.cases])
        for number, o in sorted(till.source.orders.items())
    }


@given(shelves, batches(), st.randoms(use_true_random=False))
def test_arrival_order_changes_nothing(shelf, batch, random):
    def delivered(arrived: list[Paid]) -> Till:
        till = stocked(shelf)
        for event in arrived:
            till.order(event.number, *event.basket)
        for event in sorted(arrived, key=lambda e: (e.minute, Kind.PAYMENT, int(e.number))):
            till.pay(event.number, at=MONDAY.replace(minute=event.minute), provider="shop", ref=event.number)
        return till

    shuffled = batch.copy()
    random.shuffle(shuffled)
    assert outcome(delivered(batch)) == outcome(delivered(shuffled))


@given(shelves, batches())
def test_the_earlier_payment_is_served_before_the_later_one(shelf, batch):
    till = stocked(shelf)
    for event in batch:
        till.order(event.number, *event.basket)
    for event in sorted(batch, key=lambda e: (e.minute, int(e.number))):
        till.pay(event.number, at=MONDAY.replace(minute=event.minute))
    for item in ITEMS:
        served = [
            (order.place, order.short(line))
            for order in till.source.orders.values()
            for line in order.lines
            if line.sku == item
        ]
        missing = [units for _, units in sorted(served)]
        first = next((i for i, units in enumerate(missing) if units), len(missing))
        assert all(order_short > 0 for order_short in missing[first:]), served


@given(st.integers(0, 3), st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(1, 12))
def test_what_arrives_goes_to_the_oldest_place_first(on_hand, wants, arrived):
    till = stocked({"mug": on_hand})
    for n, units in enumerate(wants):
        till.order(f"{n:04d}", ("mug", units, 100))
        till.pay(f"{n:04d}")
    with till.command() as book:
        receive(book, book.level("mug", SHOP), arrived, reason="")
    left = on_hand + arrived
    for n, units in enumerate(wants):
        got = min(units, left)
        left -= got
        assert held(till.get(f"{n:04d}")) == [got]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=5), st.integers(0, 15))
def test_losses_take_the_newest_place_first_and_its_last_line_first(wants, left):
    till = stocked({"mug": sum(wants) * 2})
    for n, units in enumerate(wants):
        placed = till.order(f"{n:04d}", ("mug", units, 100), ("tea", 1, 50))
        twin_of_the_first_line(till, placed)
        till.pay(f"{n:04d}")
    assert till.stock("mug")[2] == 0
    left = min(left, sum(wants) * 2)
    with till.command() as book:
        count(book, book.level("mug", SHOP), left, seen=sum(wants) * 2, reason="recount")
    for n, units in enumerate(wants):
        order = till.get(f"{n:04d}")
        for line in order.lines:
            if line.sku == "mug":
                got = min(units, left)
                left -= got
                assert line.allocated_qty == got
        expected = ["STOCK_DEFICIT"] if sum(short(order)) else []
        assert reasons(order) == expected


def twin_of_the_first_line(till: Till, order: Order) -> None:
    """The same item a second time, further down."""
    stored = till.source.orders[order.id]
    first = stored.lines[0]
    twin = type(first)(
        **{name: getattr(first, name) for name in first.__slots__ if name not in ("id", "position")},
        id=f"{first.id} again",
        position=9,
    )
    stored.lines.append(twin)
    stored.total_minor = stored.total_placed_minor = stored.total_now_minor


def test_two_lines_of_one_item_are_served_in_line_order():
    till = stocked({"mug": 3})
    order = till.order("0001", ("mug", 2, 100))
    twin_of_the_first_line(till, order)
    order = till.pay("0001")
    assert (held(order), short(order)) == ([2, 1], [0, 1])


def test_untracked_goods_are_never_short_and_move_nothing():
    till = Till()
    till.shelf("engraving", 0, tracked=False)
    till.order("0001", ("engraving", 7, 100), ("unknown", 2, 50))
    order = till.pay("0001")
    assert (held(order), till.badge) == ([7, 2], 0)
    assert not till.source.movements
    assert not till.source.levels


def test_confirming_again_takes_nothing_more():
    till = stocked({"mug": 9})
    till.order("0001", ("mug", 2, 100))
    till.pay("0001", provider="shop", ref="1:1")
    till.pay("0001", 200, provider="shop", ref="1:1")
    assert till.kinds() == ["ALLOCATE"]
