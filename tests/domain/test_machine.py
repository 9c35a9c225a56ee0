"""Any sequence of commands: the rules and the notebook agree, and the books balance after each."""

from contextlib import nullcontext
from copy import deepcopy
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from posapp.domain.allocation import fill_from
from posapp.domain.cancelling import cancel_order, undo
from posapp.domain.editing import edit_order
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop
from posapp.domain.stocktaking import adjust, count, receive, transfer
from posapp.domain.swapping import swap
from tests.domain.memory import MONDAY, SHOP, Till
from tests.domain.model import PRICE, Notebook, NotThere, Page

ITEMS = ("mug", "wig")
SKUS = (*ITEMS, "set")
PLACES = (SHOP, "lekki")
picks = st.integers(0, 99)
items = st.sampled_from(ITEMS)
skus = st.sampled_from(SKUS)
places = st.sampled_from(PLACES)
few = st.integers(1, 4)
STATES = {
    Status.OPEN: "open",
    Status.PROCESSING: "living",
    Status.COMPLETED: "living",
    Status.CANCELLED: "closed",
}


def elsewhere(where: str) -> str:
    return next(place for place in PLACES if place != where)


class BuyingAndPaying(RuleBasedStateMachine):
    """Goods arrive and break, orders are placed and paid."""

    def __init__(self) -> None:
        super().__init__()
        self.till, self.book, self.payments = Till(), Notebook(), 0

    def pages(self, *states: str, short: bool = False) -> list[Page]:
        return [p for p in self.book.pages.values() if p.state in states and (p.is_short or not short)]

    def pick(self, n: int, *states: str, short: bool = False) -> Page | None:
        found = self.pages(*states, short=short)
        return found[n % len(found)] if found else None

    @initialize(mugs=st.integers(0, 6), wigs=st.integers(0, 6), there=st.integers(0, 4))
    def shop_opens(self, mugs, wigs, there):
        self.till.bundle("set", mug=1, wig=2)
        for item, units, where in (("mug", mugs, SHOP), ("wig", wigs, SHOP), ("wig", there, "lekki")):
            self.till.shelf(item, units, location=where)
            self.book.put(item, where, units)

    @rule(item=items, units=few, where=places)
    def goods_arrive(self, item, units, where):
        with self.till.command() as book:
            receive(book, book.level(item, where), units, reason="delivery")
        self.book.receive(item, units, where)

    @rule(item=items, units=few, where=places)
    def goods_are_carried(self, item, units, where):
        other = elsewhere(where)
        enough = units <= self.book.free(item, where)
        with nullcontext() if enough else pytest.raises(Refused), self.till.command() as book:
            transfer(book, book.level(item, where), book.level(item, other), units, reason="")
        if enough:
            self.book.carry(item, units, where, other)
            self.book.serve()

    @rule(item=items, units=few, where=places)
    def goods_break(self, item, units, where):
        left = self.book.on_shelf(item, where) - units
        if left >= 0:
            with self.till.command() as book:
                adjust(book, book.level(item, where), -units, reason="broken")
            self.book.shrink_shelf(item, left, where)

    @rule(item=items, difference=st.integers(-3, 2), where=places)
    def shelf_is_counted(self, item, difference, where):
        seen = self.book.on_shelf(item, where)
        counted = max(0, seen + difference)
        with self.till.command() as book:
            count(book, book.level(item, where), counted, seen=seen, reason="")
        self.book.shrink_shelf(item, counted, where)

    @rule(mugs=st.integers(0, 4), wigs=st.integers(0, 3), sets=st.integers(0, 2), where=places)
    def order_is_placed(self, mugs, wigs, sets, where):
        units = {item: n for item, n in (("mug", mugs), ("set", sets), ("wig", wigs)) if n}
        if units:
            number = f"{len(self.book.pages) + 1:04d}"
            self.till.order(number, *((item, n, PRICE) for item, n in units.items()), location=where)
            self.book.pages[number] = Page(number, units, where)

    @rule(
        mugs=st.integers(0, 4),
        wigs=st.integers(0, 3),
        sets=st.integers(0, 2),
        where=places,
        minute=st.integers(0, 30),
    )
    def order_is_bought(self, mugs, wigs, sets, where, minute):
        before = len(self.book.pages)
        self.order_is_placed(mugs, wigs, sets, where)
        if len(self.book.pages) > before:
            page = list(self.book.pages.values())[-1]
            self.money(page, page.total, minute)

    @precondition(lambda self: self.pages("open"))
    @rule(n=picks, minute=st.integers(0, 30), extra=st.sampled_from([0, 0, 0, 30]))
    def whole_is_paid(self, n, minute, extra):
        if page := self.pick(n, "open"):
            self.money(page, max(1, page.total - page.money) + extra, minute)

    @precondition(lambda self: self.book.pages)
    @rule(n=picks, minute=st.integers(0, 30), amount=st.integers(1, 300))
    def something_is_paid(self, n, minute, amount):
        if page := self.pick(n, "open", "living", "closed"):
            self.money(page, amount, minute)

    def money(self, page: Page, amount: int, minute: int) -> None:
        at = MONDAY + timedelta(minutes=minute)
        self.payments += 1
        for _ in range(2):  # told twice, by the webhook and by the poll
            self.till.pay(page.number, amount, at=at, provider="paystack", ref=f"T{self.payments}")
        self.book.pay(page, amount, at)


class TillAgainstNotebook(BuyingAndPaying):
    """And everything that is decided about them."""

    @precondition(lambda self: self.pages("living", short=True))
    @rule(n=picks)
    def excess_is_refunded(self, n):
        page = self.pick(n, "living", short=True)
        if page and any(page.units[i] > page.missing(i) for i in page.units):
            self.till.decide(page.number, "refund_excess")
            for item in page.units:
                self.book.drop(page, item, page.missing(item))

    @precondition(lambda self: self.pages("living", short=True))
    @rule(n=picks)
    def order_is_refunded(self, n):
        page = self.pick(n, "living", short=True)
        if page and not any(page.gone.values()):
            self.till.decide(page.number, "refund_order")
            self.book.close(page, "refund", give_back=True)

    @precondition(lambda self: self.pages("living", short=True))
    @rule(n=picks, undone=st.booleans(), brought=st.integers(0, 3))
    def order_is_fulfilled(self, n, undone, brought):
        page = self.pick(n, "living", short=True)
        if page is None:
            return
        sku = next(sku for sku in page.units if page.missing(sku))
        other, bring = elsewhere(page.where), {sku: min(brought, page.missing(sku))}
        after = deepcopy(self.book)
        chosen = {sku: {other: units} for sku, units in bring.items()}
        try:
            after.fulfil(after.pages[page.number], bring, other)
        except NotThere:
            with pytest.raises(Refused):
                self.till.decide(page.number, "fulfill_order", bring=chosen)
            return
        self.till.decide(page.number, "fulfill_order", bring=chosen)
        if undone and self.book.auto_fill:
            with self.till.command() as book:
                undo(book, book.order(page.number), list(self.till.source.decisions.values())[-1])
        else:
            self.book = after

    @precondition(lambda self: self.pages("living"))
    @rule(n=picks, item=skus, units=few)
    def goods_are_handed_over(self, n, item, units):
        page = self.pick(n, "living")
        if page and (units := min(units, page.held.get(item, 0))):
            with self.till.command() as book:
                hand_over(book, book.order(page.number), {f"{page.number}:{item}": units})
            self.book.hand_over(page, item, units)

    @precondition(lambda self: self.pages("open", "living"))
    @rule(n=picks)
    def order_is_cancelled_here(self, n):
        page = self.pick(n, "open", "living")
        if page and not any(page.gone.values()):
            with self.till.command() as book:
                cancel_order(book, book.order(page.number), Payout())
            self.book.close(page, "us", give_back=True)

    @precondition(lambda self: self.pages("open", "living"))
    @rule(n=picks)
    def order_is_cancelled_there(self, n):
        if page := self.pick(n, "open", "living"):
            with self.till.command(actor="shop") as book:
                cancel_in_shop(book, book.order(page.number), "cancelled")
            self.book.close(page, "shop", give_back=False)

    @precondition(lambda self: any(p.closed_by == "shop" and p.money > 0 for p in self.pages("closed")))
    @rule(n=picks, key=st.sampled_from(["shop_refund", "reopen"]))
    def cancelling_there_is_decided(self, n, key):
        owed = [p for p in self.pages("closed") if p.closed_by == "shop" and p.money > 0]
        if not owed:
            return
        page = owed[n % len(owed)]
        self.till.decide(page.number, key)
        if key == "reopen":
            self.book.reopen(page, self.till.now)
            self.book.serve()
        else:
            page.back, page.sold = page.back + page.money, 0

    @precondition(lambda self: any(p.late for p in self.book.pages.values()))
    @rule(n=picks, accept=st.booleans())
    def late_money_is_decided(self, n, accept):
        late = [p for p in self.book.pages.values() if p.late]
        page = late[n % len(late)] if late else None
        if page and not accept:
            self.till.decide(page.number, "refund")
            page.waits = []
        elif page and page.state == "closed" and page.closed_by != "refund":
            self.till.decide(page.number, "accept")
            self.book.accept(page, self.till.now)
            self.book.serve()

    @precondition(lambda self: self.pages("living"))
    @rule(n=picks, item=skus, units=few)
    def order_is_made_smaller(self, n, item, units):
        page = self.pick(n, "living")
        if page is None or item not in page.units:
            return
        here = page.units[item] - page.gone.get(item, 0)
        units = min(units, here, sum(page.units.values()) - 1)
        if units > 0:
            with self.till.command() as book:
                order = book.order(page.number)
                wanted = {f"{page.number}:{item}": page.units[item] - units}
                edit_order(book, order, seen_version=order.version, wanted=wanted, added=[], payout=Payout())
            self.book.drop(page, item, units)

    @precondition(lambda self: self.pages("living"))
    @rule(n=picks, item=skus, units=few)
    def shop_refunds_units(self, n, item, units):
        page = self.pick(n, "living")
        if page is None or item not in page.units:
            return
        units = min(units, page.units[item])
        takes_everything = PRICE * units == page.money and not any(page.gone.values())
        if units and not takes_everything:
            ref = f"{page.number} {page.back} {units}"
            twin = any(
                r.amount_minor == PRICE * units and not r.remote_id
                for r in self.till.get(page.number).refunds
            )
            if not twin:
                self.till.shop_refunds(page.number, PRICE * units, ref, **{item: units})
                self.book.drop(page, item, units)

    @precondition(lambda self: self.swaps())
    @rule(n=picks)
    def units_are_swapped(self, n):
        page, other = self.swaps()[n % len(self.swaps())]
        with self.till.command() as book:
            swap(book, book.order(page.number), book.order(other.number))
        self.book.swap(page, other)
        self.book.serve()

    def swaps(self) -> list[tuple[Page, Page]]:
        """Who waits for what a later place holds, where none of it has left yet."""
        return [
            (page, other)
            for page in self.pages("living", short=True)
            for other in self.pages("living")
            if other.place > page.place
            and other.where == page.where
            and not any(other.gone.values())
            and self.would_swap(page, other)
        ]

    def would_swap(self, page: Page, other: Page) -> bool:
        trial = deepcopy(self.book)
        return trial.swap(trial.pages[page.number], trial.pages[other.number]) > 0

    @precondition(lambda self: len(self.book.pages) > 2)
    @rule(on=st.booleans())
    def auto_fill_is_set(self, on):
        self.till.source.auto_fill = self.book.auto_fill = on
        with self.till.command() as book:
            if on:
                fill_from(book, *(book.level(item, where) for item in ITEMS for where in PLACES))
        self.book.serve()

    @invariant()
    def both_say_the_same(self):
        for item, where in product(ITEMS, PLACES):
            on_hand, free = self.book.on_shelf(item, where), self.book.free(item, where)
            assert self.till.stock(item, where) == (on_hand, on_hand - free, free)
        for page in self.book.pages.values():
            order = self.till.get(page.number)
            assert STATES[order.status] == page.state, page
            assert (order.paid_minor, order.unapplied_minor) == (page.money, page.late), page
            assert order.contribution_minor == page.sold, page
            for line in order.lines:
                figures = (line.qty - line.refunded_qty, line.allocated_qty, line.handed_over_qty)
                item = line.sku
                expected = (page.units[item], page.held.get(item, 0), page.gone.get(item, 0))
                assert figures == expected, (page, item)
        assert self.till.sales == sum(page.sold for page in self.book.pages.values())


TestTillAgainstNotebook = TillAgainstNotebook.TestCase
TestTillAgainstNotebook.settings = settings(stateful_step_count=40)
