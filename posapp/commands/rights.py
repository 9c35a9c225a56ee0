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
    collecting,
    counter,
    locations,
    needs,
    no_sale,
    orders,
    outbox,
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
from posapp.db import staff as stored
from posapp.db.staff import Person
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.rights import SYSTEM_ACTORS, Need, NotAllowed, Right, allows
from posapp.domain.stock import MovementKind

Needs = Callable[[Any, Work], Iterable[Need]]
IN_THE_SHOP = "shop"  # the route of money that the web shop itself gave back


def feed(command: Command, work: Work) -> Iterable[Need]:
    """For what a web shop or a payment provider tells: no person may give it."""
    return ()


def always(*rights: Right) -> Needs:
    """For a command that needs the same whatever it says."""
    same = tuple(Need(right) for right in rights)
    return lambda command, work: same


NEEDS: dict[type[Command], Needs] = {
    shop.OpenShop: needs.open_shop,
    shop.ChangeSetting: needs.setting,
    catalogue.ImportProduct: feed,
    catalogue.SaveProduct: always(Right.PRICE_CHANGE),
    stock.OpenStock: feed,
    stock.ReceiveStock: always(Right.STOCK_ADJUST),
    stock.AdjustStock: always(Right.STOCK_ADJUST),
    stock.CountStock: always(Right.STOCK_ADJUST),
    stock.MoveStock: always(Right.STOCK_ADJUST),
    locations.AddLocation: always(Right.SETTINGS_MANAGE),
    locations.RenameLocation: always(Right.SETTINGS_MANAGE),
    orders.PlaceOrder: needs.place,
    orders.EditOrder: needs.edit,
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
    outbox.BeginSending: feed,
    outbox.NoteSent: feed,
    outbox.NoteDeclined: feed,
    outbox.NoteRefundState: feed,
    outbox.RecordProviderRefund: feed,
    outbox.SendAgain: always(Right.ORDERS_MANAGE),
    outbox.DiscardOutgoing: always(Right.ATTENTION_RESOLVE),
    outbox.GiveDetails: needs.details,
    resolutions.Resolve: always(Right.ATTENTION_RESOLVE),
    resolutions.UndoDecision: always(Right.ATTENTION_RESOLVE),
    resolutions.SwapAllocation: always(Right.ALLOCATION_SWAP),
    shifts.OpenShift: always(Right.SHIFT_CLOSE),
    shifts.MoveCash: always(Right.CASH_MOVE),
    shifts.CloseShift: needs.close_shift,
    shifts.ReopenShift: always(Right.SHIFT_MANAGE),
    no_sale.OpenDrawer: always(Right.DRAWER_OPEN),
    counter.Sell: needs.sell,
    collecting.CollectAndHandOver: always(Right.ORDERS_MANAGE, Right.SALE_MAKE),
    returns.TakeBack: always(Right.SALE_MAKE),
    returns.TakeBackUnknown: always(Right.SALE_MAKE, Right.RETURNS_NO_RECEIPT),
    accounts.SetCreditLimit: always(Right.ACCOUNT_MANAGE),
    accounts.PayAccount: always(Right.SALE_MAKE),
    taxes.SaveTaxClass: always(Right.SETTINGS_MANAGE),
    staff.AddStaff: needs.add_staff,
    staff.ChangeRole: needs.change_role,
    staff.RetireStaff: needs.about_somebody,
    staff.ReturnStaff: needs.about_somebody,
    staff.SaveRole: needs.save_role,
    staff.RemoveRole: needs.remove_role,
    staff.NoteSecret: needs.secret,
}
FEED_COMMANDS = frozenset(kind for kind, asked in NEEDS.items() if asked is feed)


class Permission:
    """The people who stand behind one command: who gives it, and who allowed it."""

    def __init__(self, actor: str, people: Sequence[Person]) -> None:
        """Hold whose rights count."""
        self.actor, self.people = actor, people

    def ask(self, asked: Iterable[Need]) -> None:
        """Raises `NotAllowed` for the first need that none of them covers."""
        for need in asked:
            if not any(allows(person.role.rights, need) for person in self.people):
                raise NotAllowed(self.actor, need)


def permit(command: Command, work: Work) -> Permission | None:
    """Check what can be said before a command is carried out; None for a feed's. Raises `NotAllowed`."""
    asked = NEEDS[type(command)]
    if asked is feed:
        if command.actor not in SYSTEM_ACTORS:
            raise Refused("Only a web shop or a payment provider tells this.", code="feed_only")
        return None
    permission = Permission(command.actor, _people(command, work))
    permission.ask(asked(command, work))
    return permission


def permit_effect(permission: Permission, book: Book) -> None:
    """Check what a command turned out to do. Raises `NotAllowed`."""
    permission.ask(needs_of_effect(book))


def needs_of_effect(book: Book) -> Iterator[Need]:
    """What a command that was carried out in a book takes for what it did: money that goes back, units found.

    A preview asks the same of its own book, so that what a window says beforehand is what the desk will ask.
    """
    back = sum(_paid_back(book))
    if back:
        yield Need(Right.REFUNDS_ISSUE, back)
    if any(movement.kind == MovementKind.FOUND and movement.on_hand_delta > 0 for movement in book.movements):
        yield Need(Right.STOCK_FOUND)


def _paid_back(book: Book) -> Iterator[int]:
    """What the command gives back, part by part, and what the same person gave back on those orders before.

    A limit is not passed by giving back one unit after the other, nor by asking again for what had failed.
    """
    for order_id, order in book.orders.items():
        before = book.orders_before[order_id]
        known = {part.id for part in before.parts if part.counts} if before else set()
        own = {refund.id for refund in order.refunds if refund.actor == book.actor}
        counted = [p for p in order.parts if p.counts and p.route != IN_THE_SHOP]
        if any(part.id not in known for part in counted):
            yield from (p.amount_minor for p in counted if p.id not in known or p.refund_id in own)


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
