"""The page on which a payment link is paid: everything a customer, a card or a bank can do to it, as buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from posapp.demo_shop.amounts import naira
from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.page.layout import chip, esc, page, said
from posapp.demo_shop.page.routes import form
from posapp.demo_shop.paystack import ROOT
from posapp.demo_shop.provider_links import OPEN, leave_link, link_of, pay_again, pay_link
from posapp.demo_shop.records import Transaction
from posapp.demo_shop.store import Store

LESS_MINOR = 50_000  # ₦500 less, or more, than was asked for


@dataclass(frozen=True)
class Deed:
    """One button of the page."""

    word: str
    meaning: str
    do: Callable[[Book, Transaction], object]
    once_paid: bool = False


def _pay_twice(book: Book, made: Transaction) -> None:
    if pay_link(book, made, channel="bank_transfer"):
        pay_again(book, made)


def _pay_less(book: Book, made: Transaction) -> None:
    pay_link(book, made, max(1, made.requested_minor - LESS_MINOR), "bank_transfer")


def _pay_more(book: Book, made: Transaction) -> None:
    pay_link(book, made, made.requested_minor + LESS_MINOR, "bank_transfer")


DEEDS = {
    "pay": Deed("Pay (test)", "The whole amount, by card.", pay_link),
    "twice": Deed("Pay twice", "The bank sends the transfer a second time.", _pay_twice),
    "less": Deed("Pay ₦500 less", "A transfer of less than was asked for.", _pay_less),
    "more": Deed("Pay ₦500 more", "A transfer of more than was asked for.", _pay_more),
    "slow": Deed(
        "The bank is slow", "The payment is awaited.", lambda book, made: leave_link(book, made, "pending")
    ),
    "fail": Deed(
        "The card is declined", "Nothing is paid.", lambda book, made: leave_link(book, made, "failed")
    ),
    "abandon": Deed(
        "Go away", "The page stays as it is.", lambda book, made: leave_link(book, made, "abandoned")
    ),
    "again": Deed("Pay once more", "An old tab, the same payment again.", pay_again, once_paid=True),
}
_CHIPS = {
    "success": ("paid", "circle-check", "Paid"),
    "reversed": ("demo", "undo-2", "Given back"),
    "failed": ("gone", "circle-x", "Declined"),
    "pending": ("wait", "hourglass", "Awaited"),
}


def offered(made: Transaction) -> dict[str, Deed]:
    """The buttons that make sense now."""
    paid = made.status not in OPEN
    return {name: deed for name, deed in DEEDS.items() if deed.once_paid == paid}


def page_parts(made: Transaction, shop: str) -> list[str]:
    """The page's parts."""
    notes = made.metadata
    order = f"Order {esc(str(notes['order_number'])[:40])}" if notes.get("order_number") else "Payment"
    state = chip(*_CHIPS.get(made.status, ("idle", "clock", "Not paid yet")))
    fee = str(notes.get("customer_fee", ""))
    bears = f'<p class="small muted">Fee inside: {naira(int(fee))}</p>' if fee.isdigit() else ""
    rows = "".join(
        f'<li><div class="deed grow"><span class="small muted">{esc(deed.meaning)}</span>'
        f'<button class="{"primary" if name == "pay" else ""}" name="deed" value="{name}">{esc(deed.word)}</button>'
        "</div></li>"
        for name, deed in offered(made).items()
    )
    asked = f'<p class="sum"><span>To pay</span><span>{naira(made.requested_minor)}</span></p>{bears}'
    reference = f'<p class="small muted">{esc(made.reference)}</p>'
    buttons = f'<form method="post"><ul class="rows">{rows}</ul></form>'
    return [
        f'<div class="head"><h1>{order}</h1>{state}</div><div class="columns">',
        f'<section class="card"><h2>To {esc(shop)}</h2>{asked}{reference}</section>',
        f'<section class="card"><h2>What happens next?</h2>{buttons}</section></div>',
    ]


def pay_routes(store: Store) -> list[Route]:
    """The routes of the page over a store. Its code is the permission; the provider's key is not asked for."""

    async def see(request: Request) -> Response:
        try:
            made = link_of(store, request.path_params["code"])
        except NotThere:
            return page("Not found", store.state.name, [said("There is no such payment page.")], status=404)
        if request.method == "POST":
            deed = offered(made).get((await form(request)).get("deed", ""))
            if deed is not None:
                deed.do(store, made)
            return RedirectResponse(request.url.path, 303)
        return page("Pay", store.state.name, page_parts(made, store.state.name))

    return [Route(ROOT + "/pay/{code}", see, methods=["GET", "POST"])]
