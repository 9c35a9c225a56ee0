"""What every command needs, and the check at the one door.

The journal holds accepted commands only, so a replay asks nobody. A command that gives money
back or uses units nobody knew of is judged by what it did, in its own transaction: what is
refused then leaves no trace.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from posapp.commands import (
    accounts,
    catalogue,
    counter,
    locations,
    no_sale,
    orders,
    payments,
    resolutions,
    returns,
    shifts,
    shop,
    shop_orders,
    staff,
    stock,
    taxes,
)
from posapp.commands.command import Command, Work
from posapp.commands.drawer import open_shift_id
from posapp.db import staff as stored
from posapp.db.staff import Person
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.payments import PartState
from posapp.domain.rights import OWNER_ROLE, SYSTEM_ACTORS, Need, NotAllowed, Right, Role, allows, tidy_name
from posapp.domain.stock import MovementKind

Needs = Callable[[Any, Work], Iterable[Need]]
IN_THE_SHOP = "shop"  # the route of money that the web shop itself gave back


def feed(command: Command, work: Work) -> Iterable[Need]:
    """For what a web shop or a payment provider tells: no person may give it."""
    return ()


def always(*rights: Right) -> Needs:
    """For a command that needs the same whatever it says."""
    needs = tuple(Need(right) for right in rights)
    return lambda command, work: needs


def _place(command: orders.PlaceOrder, work: Work) -> Iterator[Need]:
    yield Need(Right.ORDERS_MANAGE)
    yield from own_prices(work, command.lines)
    if command.discount_minor > 0:
        gross = sum(line.quantity * _price(work, line) for line in command.lines)
        yield Need(Right.DISCOUNT, basis_points(command.discount_minor, gross))


def _edit(command: orders.EditOrder, work: Work) -> Iterator[Need]:
    yield Need(Right.ORDERS_MANAGE)
    yield from own_prices(work, command.added)


def _sell(command: counter.Sell, work: Work) -> Iterator[Need]:
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


def _close_shift(command: shifts.CloseShift, work: Work) -> Iterator[Need]:
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


def _open_shop(command: shop.OpenShop, work: Work) -> Iterator[Need]:
    """Nobody works here yet; who opens the shop is its owner."""
    if command.actor != tidy_name(command.owner):
        yield Need(Right.SETTINGS_MANAGE)


def _setting(command: shop.ChangeSetting, work: Work) -> Iterator[Need]:
    yield Need(Right.SETTINGS_MANAGE)
    if command.key == "owner":
        yield from _of_role(work, OWNER_ROLE)


def _add_staff(command: staff.AddStaff, work: Work) -> Iterator[Need]:
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)


def _change_role(command: staff.ChangeRole, work: Work) -> Iterator[Need]:
    """Nobody gives what they may not do themselves, nor takes it from somebody who may do more."""
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)
    yield from _of_person(work, command.name)


def _about_somebody(command: Any, work: Work) -> Iterator[Need]:
    yield Need(Right.STAFF_MANAGE)
    yield from _of_person(work, command.name)


def _save_role(command: staff.SaveRole, work: Work) -> Iterator[Need]:
    yield Need(Right.STAFF_MANAGE)
    yield from Role(command.role_id, command.name, command.rights).needs()
    yield from _of_role(work, command.role_id)


def _remove_role(command: staff.RemoveRole, work: Work) -> Iterator[Need]:
    yield Need(Right.STAFF_MANAGE)
    yield from _of_role(work, command.role_id)


def _secret(command: staff.NoteSecret, work: Work) -> Iterator[Need]:
    """Everybody may change their own PIN; who may change another's could sign in as that person."""
    if command.name != command.actor:
        yield from _about_somebody(command, work)


def _of_role(work: Work, role_id: str) -> Iterator[Need]:
    role = stored.role(work.connection, role_id)
    yield from role.needs() if role else ()


def _of_person(work: Work, name: str) -> Iterator[Need]:
    found = stored.person(work.connection, name)
    yield from found.role.needs() if found else ()


NEEDS: dict[type[Command], Needs] = {
    shop.OpenShop: _open_shop,
    shop.ChangeSetting: _setting,
    catalogue.ImportProduct: feed,
    catalogue.SaveProduct: always(Right.PRICE_CHANGE),
    stock.OpenStock: feed,
    stock.ReceiveStock: always(Right.STOCK_ADJUST),
    stock.AdjustStock: always(Right.STOCK_ADJUST),
    stock.CountStock: always(Right.STOCK_ADJUST),
    stock.MoveStock: always(Right.STOCK_ADJUST),
    locations.AddLocation: always(Right.SETTINGS_MANAGE),
    locations.RenameLocation: always(Right.SETTINGS_MANAGE),
    orders.PlaceOrder: _place,
    orders.EditOrder: _edit,
    orders.CancelOrder: always(Right.ORDERS_CANCEL),
    orders.HandOver: always(Right.ORDERS_MANAGE),
    orders.MarkShipped: always(Right.ORDERS_MANAGE),
    payments.RecordPayment: feed,
    payments.TakePayment: always(Right.ORDERS_MANAGE),
    payments.ConfirmTransfer: always(Right.ORDERS_MANAGE),
    payments.FlagDelay: feed,
    shop_orders.PlaceShopOrder: feed,
    shop_orders.ReviseShopOrder: feed,
    shop_orders.NoteShopOrder: feed,
    shop_orders.CompleteShopOrder: feed,
    shop_orders.CancelShopOrder: feed,
    shop_orders.ReopenShopOrder: feed,
    shop_orders.RecordShopRefund: feed,
    shop_orders.ForgetShopRefund: feed,
    resolutions.Resolve: always(Right.ATTENTION_RESOLVE),
    resolutions.UndoDecision: always(Right.ATTENTION_RESOLVE),
    resolutions.SwapAllocation: always(Right.ALLOCATION_SWAP),
    shifts.OpenShift: always(Right.SHIFT_CLOSE),
    shifts.MoveCash: always(Right.CASH_MOVE),
    shifts.CloseShift: _close_shift,
    shifts.ReopenShift: always(Right.SHIFT_MANAGE),
    no_sale.OpenDrawer: always(Right.DRAWER_OPEN),
    counter.Sell: _sell,
    returns.TakeBack: always(Right.SALE_MAKE),
    returns.TakeBackUnknown: always(Right.SALE_MAKE, Right.RETURNS_NO_RECEIPT),
    accounts.SetCreditLimit: always(Right.ACCOUNT_MANAGE),
    accounts.PayAccount: always(Right.SALE_MAKE),
    taxes.SaveTaxClass: always(Right.SETTINGS_MANAGE),
    staff.AddStaff: _add_staff,
    staff.ChangeRole: _change_role,
    staff.RetireStaff: _about_somebody,
    staff.ReturnStaff: _about_somebody,
    staff.SaveRole: _save_role,
    staff.RemoveRole: _remove_role,
    staff.NoteSecret: _secret,
}
FEED_COMMANDS = frozenset(kind for kind, needs in NEEDS.items() if needs is feed)


class Permission:
    """The people who stand behind one command: who gives it, and who allowed it."""

    def __init__(self, actor: str, people: Sequence[Person]) -> None:
        """Hold whose rights count."""
        self.actor, self.people = actor, people

    def ask(self, needs: Iterable[Need]) -> None:
        """Raises `NotAllowed` for the first need that none of them covers."""
        for need in needs:
            if not any(allows(person.role.rights, need) for person in self.people):
                raise NotAllowed(self.actor, need)


def permit(command: Command, work: Work) -> Permission | None:
    """Check what can be said before a command is carried out; None for a feed's. Raises `NotAllowed`."""
    needs = NEEDS[type(command)]
    if needs is feed:
        if command.actor not in SYSTEM_ACTORS:
            raise Refused("Only a web shop or a payment provider tells this.", code="feed_only")
        return None
    permission = Permission(command.actor, _people(command, work))
    permission.ask(needs(command, work))
    return permission


def permit_effect(permission: Permission, book: Book) -> None:
    """Check what a command turned out to do: money that goes back, units nobody knew of. Raises `NotAllowed`."""
    back = sum(_paid_back(book))
    if back:
        permission.ask([Need(Right.REFUNDS_ISSUE, back)])
    if any(movement.kind == MovementKind.FOUND and movement.on_hand_delta > 0 for movement in book.movements):
        permission.ask([Need(Right.STOCK_FOUND)])


def _paid_back(book: Book) -> Iterator[int]:
    """What the command gives back, part by part."""
    for order_id, order in book.orders.items():
        before = book.orders_before[order_id]
        known = {part.id for part in before.parts} if before else set()
        for part in order.parts:
            if part.id not in known and part.state != PartState.FAILED and part.route != IN_THE_SHOP:
                yield part.amount_minor


def _people(command: Command, work: Work) -> list[Person]:
    """Who gives it and who allowed it; both must work here."""
    if isinstance(command, shop.OpenShop) and not work.setting("currency"):
        return []
    found = [_at_work(work, command.actor)]
    if command.approved_by:
        found.append(_at_work(work, command.approved_by))
    return found


def _at_work(work: Work, name: str) -> Person:
    found = stored.person(work.connection, name)
    if found is None or not found.active:
        raise NotStaff(name)
    return found


class NotStaff(Refused):
    """The name is nobody's who works here: nobody can allow that."""

    code = "not_staff"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name or 'Nobody'} does not work here. Nothing was changed.")
