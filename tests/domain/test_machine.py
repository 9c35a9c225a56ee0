"""Any sequence of commands: the rules and the notebook agree, and the books balance after each."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from posapp.domain.allocation import fill_from
from posapp.domain.cancelling import cancel_order, swap, undo
from posapp.domain.editing import edit_order
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop
from posapp.domain.stocktaking import adjust, count, receive
from tests.domain.memory import MONDAY, SHOP, Till
from tests.domain.model import PRICE, Notebook, Page

ITEMS = ("mug", "wig")
picks = st.integers(0, 99)
items = st.sampled_from(ITEMS)
few = st.integers(1, 4)
STATES = {
    Status.OPEN: "open",
    Status.PROCESSING: "living",
    Status.COMPLETED: "living",
    Status.CANCELLED: "closed",
}


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

    @initialize(mugs=st.integers(0, 6), wigs=st.integers(0, 6))
    def shop_opens(self, mugs, wigs):
        for item, units in (("mug", mugs), ("wig", wigs)):
            self.till.shelf(item, units)
            self.book.shelf[item] = units

    @rule(item=items, units=few)
    def goods_arrive(self, item, units):
        with self.till.command() as book:
            receive(book, book.level(item, SHOP), units, reason="delivery")
        self.book.receive(item, units)

    @rule(item=items, units=few)
    def goods_break(self, item, units):
        left = self.book.shelf.get(item, 0) - units
        if left >= 0:
            with self.till.command() as book:
                adjust(book, book.level(item, SHOP), -units, reason="broken")
            self.book.shrink_shelf(item, left)

    @rule(item=items, difference=st.integers(-3, 2))
    def shelf_is_counted(self, item, difference):
        seen = self.book.shelf.get(item, 0)
        counted = max(0, seen + difference)
        with self.till.command() as book:
            count(book, book.level(item, SHOP), counted, seen=seen, reason="")
        self.book.shrink_shelf(item, counted)
        self.book.serve()

    @rule(mugs=st.integers(0, 4), wigs=st.integers(0, 3))
    def order_is_placed(self, mugs, wigs):
        units = {item: n for item, n in (("mug", mugs), ("wig", wigs)) if n}
        if units:
            number = f"{len(self.book.pages) + 1:04d}"
            self.till.order(number, *((item, n, PRICE) for item, n in units.items()))
            self.book.pages[number] = Page(number, units)

    @rule(mugs=st.integers(0, 4), wigs=st.integers(0, 3), minute=st.integers(0, 30))
    def order_is_bought(self, mugs, wigs, minute):
        before = len(self.book.pages)
        self.order_is_placed(mugs, wigs)
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
    @rule(n=picks, undone=st.booleans())
    def order_is_fulfilled(self, n, undone):
        page = self.pick(n, "living", short=True)
        if page is None:
            return
        self.till.decide(page.number, "fulfill_order")
        if undone and self.book.auto_fill:
            with self.till.command() as book:
                undo(book, book.order(page.number), list(self.till.source.decisions.values())[-1])
        else:
            self.book.fulfil(page)

    @precondition(lambda self: self.pages("living"))
    @rule(n=picks, item=items, units=few)
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
    @rule(n=picks, item=items, units=few)
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
    @rule(n=picks, item=items, units=few)
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

    def swaps(self) -> list[tuple[Page, Page]]:
        """Who waits for what a later place holds, where none of it has left yet."""
        return [
            (page, other)
            for page in self.pages("living", short=True)
            for other in self.pages("living")
            if other.place > page.place
            and not any(other.gone.values())
            and any(min(page.missing(i), other.held.get(i, 0)) > 0 for i in page.units)
        ]

    @precondition(lambda self: len(self.book.pages) > 2)
    @rule(on=st.booleans())
    def auto_fill_is_set(self, on):
        self.till.source.auto_fill = self.book.auto_fill = on
        with self.till.command() as book:
            for item in ITEMS if on else ():
                fill_from(book, book.level(item, SHOP))
        self.book.serve()

    @invariant()
    def both_say_the_same(self):
        for item in ITEMS:
            on_hand = self.book.shelf.get(item, 0)
            assert self.till.stock(item) == (on_hand, on_hand - self.book.free(item), self.book.free(item))
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
