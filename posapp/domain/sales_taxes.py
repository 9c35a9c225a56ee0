"""What of Total Sales is tax and what is rounding: moved with every amount that enters or leaves it."""

from posapp.domain.money import worth_of
from posapp.domain.orders import Order


def taxes_left(order: Order) -> dict[str, int]:
    """The taxes in an order's total as it is now, by name, in minor units."""
    left = dict(order.shipping_taxes)
    for name, amount in order.fees_taxes.items():
        left[name] = left.get(name, 0) + amount
    for line in order.lines:
        units = line.qty - line.refunded_qty
        for name, tax in line.taxes.items():
            worth = worth_of(tax, taken=line.taken, more=units, of_units=line.qty_placed)
            left[name] = left.get(name, 0) + worth
    return left


def move_taxes(order: Order) -> dict[str, int]:
    """Bring the taxes in line with the order's contribution; gives what each rose or fell by.

    Where only part of the total contributes, that part of each tax does. What is added
    and taken off over time comes to exactly the taxes, and to nothing when all is gone.
    """
    now = _contributed(order)
    was, order.contribution_taxes = order.contribution_taxes, {name: tax for name, tax in now.items() if tax}
    moved = {name: now.get(name, 0) - was.get(name, 0) for name in sorted({*was, *now})}
    return {name: tax for name, tax in moved.items() if tax}


def move_rounding(order: Order) -> int:
    """Bring the rounding in line with the order's contribution; gives what it rose or fell by."""
    was, part = order.contribution_rounding_minor, order.contribution_minor
    now = was
    if part == 0:
        now = 0
    elif part == order.total_minor:
        now = order.rounding_minor
    elif part < 0:  # goods whose sale was counted under no name: their rounding leaves with them
        goods = sum(line.net_minor + sum(line.taxes.values()) for line in order.lines)
        now = order.rounding_minor - (order.total_placed_minor - goods)
    order.contribution_rounding_minor = now
    return now - was


def _contributed(order: Order) -> dict[str, int]:
    whole, part = order.total_minor, order.contribution_minor
    if part == 0:
        return {}
    left = taxes_left(order)
    if part < 0:  # goods came back whose sale was counted under no name: their taxes leave
        return {name: left[name] - sum(line.taxes.get(name, 0) for line in order.lines) for name in left}
    return {
        name: tax if part == whole or not whole else (2 * tax * part + whole) // (2 * whole)
        for name, tax in left.items()
    }
