"""What commands need that say it themselves: how much is taken off, whose rights are given."""

from collections.abc import Iterable, Iterator
from typing import Any

from posapp.commands import counter, orders, outbox, shifts, shop, staff
from posapp.commands.command import Work
from posapp.commands.drawer import open_shift_id
from posapp.db import staff as stored
from posapp.domain.rights import OWNER_ROLE, PRESETS, Need, Right, Role, tidy_name


def details(command: outbox.GiveDetails, work: Work) -> Iterator[Need]:
    """Whoever says on which account money goes gives it back."""
    yield Need(Right.ATTENTION_RESOLVE)
    parts = work.order(command.order_id).parts
    yield Need(Right.REFUNDS_ISSUE, sum(p.amount_minor for p in parts if p.id == command.part_id))


def place(command: orders.PlaceOrder, work: Work) -> Iterator[Need]:
    """An order by hand, with its prices and its discount."""
    yield Need(Right.ORDERS_MANAGE)
    yield from own_prices(work, command.lines)
    if command.discount_minor > 0:
        gross = sum(line.quantity * _price(work, line) for line in command.lines)
        yield Need(Right.DISCOUNT, basis_points(command.discount_minor, gross))


def edit(command: orders.EditOrder, work: Work) -> Iterator[Need]:
    """An edit, with the prices of what is added."""
    yield Need(Right.ORDERS_MANAGE)
    yield from own_prices(work, command.added)


def sell(command: counter.Sell, work: Work) -> Iterator[Need]:
    """A sale; what is exchanged in it is judged by what it gives back."""
    yield Need(Right.SALE_MAKE)
    yield from own_prices(work, command.lines)
    if any(units > 0 for units in command.reserved.values()):
        yield Need(Right.SALE_OVERRIDE_STOCK)
    if any(units > 0 for units in command.found.values()):
        yield Need(Right.STOCK_FOUND)
    off = _taken_off(command, work)
    if off:
        yield Need(Right.DISCOUNT, off)


def _taken_off(command: counter.Sell, work: Work) -> int:
    """The largest share of a line's price that the line's own discount and the sale's take off together."""
    lines = command.lines
    if not (command.discount_bp or command.discount_minor or any(_is_less(line) for line in lines)):
        return 0
    gross = [line.quantity * _price(work, line) for line in lines]
    shares = [
        line.discount_bp or basis_points(line.discount_minor, amount)
        for line, amount in zip(lines, gross, strict=True)
    ]
    left = sum(amount - amount * share // 10_000 for amount, share in zip(gross, shares, strict=True))
    of_sale = command.discount_bp or basis_points(command.discount_minor, left)
    return max((10_000 - (10_000 - share) * (10_000 - of_sale) // 10_000 for share in shares), default=0)


def _is_less(line: Any) -> bool:
    return bool(line.discount_bp or line.discount_minor)


def close_shift(command: shifts.CloseShift, work: Work) -> Iterator[Need]:
    """A close; one with a large difference takes more."""
    yield Need(Right.SHIFT_CLOSE)
    work.book.shift_id = open_shift_id(work.connection)
    if shifts.over_limit(command, work):
        yield Need(Right.SHIFT_MANAGE)


def own_prices(work: Work, lines: Iterable[Any]) -> Iterator[Need]:
    """A price that is not the product's own needs a right; a product without one is asked for it freely."""
    for line in lines:
        listed = _list_price(work, line.product_id)
        if line.unit_price_minor is not None and listed not in (None, line.unit_price_minor):
            yield Need(Right.PRICE_CHANGE)
            return


def basis_points(off_minor: int, gross_minor: int) -> int:
    """How much of a price is taken off, rounded up: a limit is never passed by rounding."""
    return -(-off_minor * 10_000 // gross_minor) if gross_minor > 0 else 0


def _price(work: Work, line: Any) -> int:
    if line.unit_price_minor is not None:
        return int(line.unit_price_minor)
    return _list_price(work, line.product_id) or 0


def _list_price(work: Work, product_id: str) -> int | None:
    row = work.row("SELECT price_minor FROM product WHERE id = ?", (product_id,))
    return None if row is None else row[0]


def open_shop(command: shop.OpenShop, work: Work) -> Iterator[Need]:
    """Nobody works here yet; who opens the shop is its owner."""
    if command.actor != tidy_name(command.owner):
        yield Need(Right.SETTINGS_MANAGE)


def setting(command: shop.ChangeSetting, work: Work) -> Iterator[Need]:
    """A setting; who the owner is, only an owner says."""
    yield Need(Right.SETTINGS_MANAGE)
    if command.key == "owner":
        yield from _of_role(work, OWNER_ROLE)


def add_staff(command: staff.AddStaff, work: Work) -> Iterator[Need]:
    """Somebody new, with every right that comes along."""
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)


def change_role(command: staff.ChangeRole, work: Work) -> Iterator[Need]:
    """Nobody gives what they may not do themselves, nor takes it from somebody who may do more."""
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)
    yield from _of_person(work, command.name)


def about_somebody(command: Any, work: Work) -> Iterator[Need]:
    """A change to a person: by who may do at least as much."""
    yield Need(Right.STAFF_MANAGE)
    yield from _of_person(work, command.name)


def save_role(command: staff.SaveRole, work: Work) -> Iterator[Need]:
    """A role: all that it gives, and all that it gave."""
    yield Need(Right.STAFF_MANAGE)
    yield from Role(command.role_id, command.name, command.rights).needs()
    yield from _of_role(work, command.role_id)


def remove_role(command: staff.RemoveRole, work: Work) -> Iterator[Need]:
    """A preset becomes what it was when delivered: that may be more than it is now."""
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)
    preset = PRESETS.get(command.role_id)
    yield from preset.needs() if preset else ()


def secret(command: staff.NoteSecret, work: Work) -> Iterator[Need]:
    """Everybody may change their own PIN; who may change another's could sign in as that person."""
    if command.name != command.actor:
        yield from about_somebody(command, work)


def _of_role(work: Work, role_id: str) -> Iterator[Need]:
    role = stored.role(work.connection, role_id)
    yield from role.needs() if role else ()


def _of_person(work: Work, name: str) -> Iterator[Need]:
    found = stored.person(work.connection, name)
    yield from found.role.needs() if found else ()
