"""Goods that come back: by their receipt, or without one by somebody who may."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from posapp.commands.accounts import owed_minor
from posapp.commands.command import Command, Work
from posapp.commands.lines import articles, cash_step, check_location, new_order, order_lines
from posapp.domain import returns
from posapp.domain.errors import Refused
from posapp.domain.events import OrderPlaced
from posapp.domain.payments import ACCOUNT, EXCHANGE, OWN, SENT_OUT, Part
from posapp.domain.pricing import price_sale
from posapp.domain.refunding import Payout
from posapp.domain.returns import Back
from posapp.domain.sale_line import Returned, SaleLine
from posapp.domain.tendering import nearest

ROUTES = ("cash", "hand", OWN, *SENT_OUT)


class TakeBack(Command, frozen=True, kw_only=True, tag="take_back"):
    """A return: goods that were handed over come back, and their money goes back.

    `location_id`: the shelf they go to, "" for the one they came from. Route "own" gives each part
    back the way its payment came; what was bought on account always lowers the account. `delivery`, by
    order: what of its delivery goes back beside the goods, or after them, with its tax.
    """

    returned: tuple[Returned, ...]
    route: str = "cash"
    reference: str = ""
    reason: str = ""
    location_id: str = ""
    delivery: dict[str, int] = {}


class TakeBackUnknown(Command, frozen=True, kw_only=True, tag="take_back_unknown"):
    """A return without a receipt, at the prices named; `order_id` is new and stands for the sale of before."""

    order_id: str
    location_id: str
    lines: tuple[SaleLine, ...]
    restock: bool
    route: str
    reference: str = ""
    reason: str
    contact_id: str = ""


def check_route(route: str) -> None:
    """See that money goes back a way that a person can send it. Raises `Refused`."""
    if route not in ROUTES:
        raise Refused("Money goes back by cash, by hand elsewhere, or as it came.", code="bad_route")


def take_back(command: TakeBack, work: Work) -> str:
    """Take goods back. Answers the id of their order, of the first where there are several."""
    payout = Payout(command.route, command.reference, command.reason, cash_step_minor=cash_step(work))
    take_back_all(work, command.returned, payout, command.location_id, command.delivery)
    return next(iter(_orders_of(command.returned, command.delivery)))


def _orders_of(returned: Sequence[Returned], delivery: Mapping[str, int]) -> dict[str, None]:
    """The orders that a return is about, each once, in the order in which they were named."""
    return dict.fromkeys(
        [*(item.order_id for item in returned), *(each for each in delivery if delivery[each])]
    )


def take_back_all(
    work: Work,
    returned: Sequence[Returned],
    payout: Payout,
    location_id: str,
    delivery: Mapping[str, int] = {},
) -> tuple[int, dict[str, int]]:
    """Take goods of any orders back; gives what of their worth pays a new sale (`payout.exchange_minor`).

    Beside it, by customer: what of that was bought on account and is still owed.
    """
    check_route(payout.route)
    if not _orders_of(returned, delivery):
        raise Refused("Say what came back.", code="nothing_chosen")
    if location_id:
        check_location(work, location_id)
    exchanged, moved = 0, dict[str, int]()
    for order_id in _orders_of(returned, delivery):
        order = work.order(order_id)
        back = [
            Back(item.line_id, item.quantity, item.restock, item.reason.strip())
            for item in returned
            if item.order_id == order_id
        ]
        known = {part.id for part in order.parts}
        rest = replace(
            payout,
            shipping_minor=delivery.get(order_id, 0),
            exchange_minor=payout.exchange_minor - exchanged,
            owed_minor=owed_minor(work, order.contact_id),
        )
        returns.take_back(work.book, order, back, rest, location_id)
        fresh = [part for part in order.parts if part.id not in known]
        exchanged += sum(part.amount_minor for part in fresh if part.route == EXCHANGE)
        on_account = sum(part.amount_minor for part in fresh if _is_moved(part, payout))
        if on_account:
            exchanged += on_account
            moved[order.contact_id] = moved.get(order.contact_id, 0) + on_account
    return exchanged, moved


def _is_moved(part: Part, payout: Payout) -> bool:
    """Whether a part leaves an account only to pay the new sale on it."""
    return part.route == ACCOUNT and bool(payout.exchange_for) and part.reference == payout.exchange_for


def take_back_unknown(command: TakeBackUnknown, work: Work) -> str:
    """Take goods back whose sale nobody can name: it is written down as it must have been, then returned.

    Total Sales falls by what is given back. Answers the id of the order that stands for it.
    """
    if not command.reason.strip():
        raise Refused("Say why goods are taken back without a receipt.", code="reason_missing")
    if command.route not in ("cash", "hand"):
        raise Refused("Money goes back by cash, or by hand elsewhere.", code="bad_route")
    till, number = work.setting("till", "A"), work.count_up("order")
    order = new_order(work, command, number, command.contact_id)
    order.local_ref = f"{till}-{work.count_up('local'):04d}"
    wanted = articles(work, command.lines, sold=False)
    priced = price_sale([article.wish for article in wanted])
    order.discount_minor = priced.line_discounts_minor
    order.lines = order_lines(order, wanted, priced)
    if command.route == "cash":  # what cannot be paid in cash is no part of it
        order.rounding_minor = nearest(priced.total_minor, cash_step(work)) - priced.total_minor
    order.total_minor = order.total_placed_minor = order.total_now_minor
    returns.sold_before(work.book, order)
    work.book.add_order(order)
    reason = command.reason.strip()
    back = [Back(line.id, line.qty, command.restock, reason) for line in order.lines]
    payout = Payout(command.route, command.reference, reason, cash_step_minor=cash_step(work))
    returns.take_back(work.book, order, back, payout)
    work.book.tell(OrderPlaced(order.id))
    return order.id
