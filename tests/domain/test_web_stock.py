"""A shop's number and what is foretold of it, however late its orders are seen."""

from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.web_stock import Reading, fits

# An order takes (or, below 0, gives back) units at a time; a number is read at a time; a pull sees what was before it.
takes = st.lists(st.tuples(st.integers(0, 20), st.integers(-5, 5)), max_size=8)
times = st.integers(0, 20)
START = 30


def there(orders, at):
    """What the shop's number is at a time."""
    return START - sum(units for when, units in orders if when < at)


def seen(orders, at):
    return sum(units for when, units in orders if when < at)


def read(orders, at, pulls):
    """A number read at a time, as it is known when the pull after it has come."""
    before = max((pull for pull in pulls if pull <= at), default=0)
    reading = Reading(there(orders, at), seen(orders, before), seen(orders, before), open=True)
    after = min((pull for pull in pulls if pull > at), default=21)
    between = [units for when, units in orders if before <= when < after]
    return reading.after(sum(-u for u in between if u < 0), sum(u for u in between if u > 0)), after


@given(takes, times, st.lists(times, max_size=4))
def test_what_orders_alone_do_is_always_foretold(orders, at, pulls):
    reading, closed = read(orders, at, pulls)
    for now in range(closed, 22):
        assert there(orders, now) in reading.expected(seen(orders, now))


@given(takes, times, times, st.lists(times, max_size=4))
def test_two_readings_with_only_orders_between_agree(orders, one, other, pulls):
    earlier, _ = read(orders, min(one, other), pulls)
    later, _ = read(orders, max(one, other), pulls)
    assert later.agrees_with(earlier)


@given(takes, times, st.lists(times, max_size=4), st.integers(1, 50), st.booleans())
def test_more_than_orders_can_explain_is_strange(orders, at, pulls, by, up):
    earlier, closed = read(orders, at, pulls)
    expected = earlier.expected(seen(orders, closed))
    number = expected.stop - 1 + by if up else expected.start - by
    assert number not in expected
    quiet = Reading(number, seen(orders, closed), seen(orders, closed))
    assert not quiet.agrees_with(earlier)


@given(st.integers(-5, 50), st.integers(-9, 9))
def test_while_nothing_happens_a_number_is_expected_to_the_unit(number, taken):
    reading = Reading(number, taken, taken, open=True).after(0, 0)
    assert list(reading.expected(taken)) == [number]
    closed = Reading(number, taken, taken)
    assert closed.after(3, 4) == closed, "what is seen later was later"


def test_only_what_a_shop_can_have_is_published():
    assert [fits(units) for units in (-1, 0, 1_000_000, 1_000_001)] == [False, True, True, False]
