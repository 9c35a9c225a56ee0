"""Selling at the counter: one command from the basket to the goods in the customer's hand."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from posapp.commands.accounts import charge_account
from posapp.commands.command import Command, Work
from posapp.commands.lines import Article, articles, cash_step, new_order, order_lines
from posapp.commands.returns import take_back_all
from posapp.domain import sales
from posapp.domain.allocation import fill_waiting
from posapp.domain.errors import Refused
from posapp.domain.events import OrderPlaced
from posapp.domain.orders import Order
from posapp.domain.payments import ACCOUNT
from posapp.domain.pricing import Discount, PricedSale, price_sale
from posapp.domain.refunding import Payout
from posapp.domain.sale_line import Returned, SaleLine
from posapp.domain.sales import Short, ShortItem, Taken


class Tender(msgspec.Struct, frozen=True, gc=False):
    """What one method pays of a sale. Change is `given_minor` less `amount_minor`."""

    method: str  # cash, transfer, card, account
    amount_minor: int
    given_minor: int = 0  # cash handed over
    reference: str = ""
    awaiting: bool = False  # a transfer that was only announced


class Sell(Command, frozen=True, kw_only=True, tag="sell"):
    """A sale: placed, paid, taken from the shelf and handed over in one transaction, or not at all.

    With `deposit` the tenders may stay below the total: that leaves an unpaid order, which
    takes no stock. So does a transfer that is still awaited.
    """

    order_id: str
    location_id: str
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...] = ()
    contact_id: str = ""
    discount_bp: int = 0
    discount_minor: int = 0
    shipping_minor: int = 0
    note: str = ""
    rounding_minor: int = 0
    found: dict[str, int] = {}  # by product: extra units in hand
    reserved: dict[str, int] = {}  # by product: units sold from what is promised to others
    deposit: bool = False
    hand_over: bool = True
    returned: tuple[Returned, ...] = ()  # an exchange: what comes back pays first
    payout_route: str = "cash"  # how a surplus of an exchange goes back
    payout_reference: str = ""


def sell(command: Sell, work: Work) -> str:
    """Sell. Raises `Short` with the causes where units are not free and nobody answers for them."""
    till, number = work.setting("till", "A"), work.count_up("order")
    order, _ = draft(command, work, number)
    order.local_ref = f"{till}-{work.count_up('local'):04d}"
    settle_sale(command, work, order)
    work.book.tell(OrderPlaced(order.id))
    return order.id


def draft(command: Sell, work: Work, number: int) -> tuple[Order, PricedSale]:
    """The order of a sale before anybody paid, with what it comes to."""
    wanted = articles(work, command.lines)
    priced = _price(command, wanted)
    order = new_order(work, command, number, command.contact_id)
    order.discount_minor = priced.line_discounts_minor + priced.discount_minor
    order.shipping_net_minor, order.rounding_minor = command.shipping_minor, command.rounding_minor
    order.note = command.note.strip()
    order.lines = order_lines(order, wanted, priced)
    order.total_minor = order.total_placed_minor = order.total_now_minor
    assert order.total_minor == priced.total_minor, "a sale costs what it was priced at"
    return order, priced


def priced_sale(command: Sell, work: Work) -> PricedSale:
    """What a sale comes to. Raises `Refused` and `NotFound` for what cannot be sold so."""
    return _price(command, articles(work, command.lines))


def _price(command: Sell, wanted: Sequence[Article]) -> PricedSale:
    if command.shipping_minor < 0:
        raise Refused("Delivery cannot cost less than 0.", code="bad_amount")
    return price_sale(
        [article.wish for article in wanted],
        Discount(command.discount_bp, command.discount_minor),
        shipping_minor=command.shipping_minor,
        rounding_minor=command.rounding_minor,
    )


def settle_sale(command: Sell, work: Work, order: Order) -> None:
    """Take back what is exchanged, take the money, and hand over: the whole sale but its number."""
    book, exchanged, moved = work.book, 0, 0
    if command.returned:
        exchanged, moved = exchange(command, work, order)
        fill_waiting(book)  # whoever waits for a unit that came back was there first
    tenders = [Taken(*msgspec.structs.astuple(tender)) for tender in command.tenders]
    sales.check_tenders(
        order.total_minor - exchanged,
        command.rounding_minor,
        tenders,
        step_minor=cash_step(work),
        deposit=command.deposit,
    )
    charge_account(work, order, sum(t.amount_minor for t in tenders if t.method == ACCOUNT), moved)
    paid_now = exchanged + sum(tender.amount_minor for tender in tenders if not tender.awaiting)
    if paid_now >= order.total_minor:
        sales.make_room(book, order, command.found, command.reserved)
        missing = sales.shortages(book, order)
        if missing:
            raise Short(named_items(work, missing))
    book.add_order(order)
    sales.take_money(book, order, tenders, exchanged_minor=exchanged, moved_minor=moved)
    if command.hand_over:
        sales.hand_over_sale(book, order)


def exchange(command: Sell, work: Work, order: Order) -> tuple[int, int]:
    """Take the exchanged goods back; gives what of their worth pays the new sale, and what of that on account.

    Goods that are still owed for are exchanged on the same account: else they would come back as cash.
    """
    payout = Payout(
        command.payout_route,
        command.payout_reference,
        exchange_minor=order.total_minor,
        exchange_for=order.number,
        cash_step_minor=cash_step(work),
    )
    exchanged, moved = take_back_all(work, command.returned, payout, order.location_id)
    if moved:
        order.contact_id = order.contact_id or next(iter(moved))
        if set(moved) != {order.contact_id}:
            raise Refused("Goods bought on account are exchanged on the same account.", code="other_account")
    return exchanged, sum(moved.values())


def named_items(work: Work, items: Sequence[ShortItem]) -> list[ShortItem]:
    """The same items with their names from the catalogue."""
    rows = [work.row("SELECT name FROM product WHERE id = ?", (item.item_id,)) for item in items]
    return [
        replace(item, name=str(row[0]) if row else item.item_id)
        for item, row in zip(items, rows, strict=True)
    ]
