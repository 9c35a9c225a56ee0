"""Whatever people, shops and banks do in whatever order: refused in words, or the books balance.

No model here: amounts are odd, taxes and fees are in use, and every button is pressed, also
the wrong one. `check_books` runs after every command; only `Refused` may come out.
"""

from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from posapp.domain.cancelling import cancel_order, undo
from posapp.domain.editing import edit_order
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.paying import flag_delay
from posapp.domain.payments import PaymentState
from posapp.domain.refunding import Payout
from posapp.domain.resolutions import RESOLUTIONS
from posapp.domain.shop_orders import Terms, cancel_in_shop, complete, reopen_from_shop, revise
from posapp.domain.shop_refunds import forget_shop_refund
from posapp.domain.stocktaking import adjust, count, receive, transfer
from posapp.domain.swapping import swap
from tests.domain.memory import MONDAY, SHOP, Till, lines

ITEMS = ("mug", "wig", "wrap", "set")  # wrap is not tracked, a set is made of two mugs, a wig and a wrap
PLACES = (SHOP, "lekki")
picks = st.integers(0, 99)
items = st.sampled_from(ITEMS)
units = st.integers(0, 4)
prices = st.sampled_from([0, 1, 99, 333, 12_345])
amounts = st.integers(1, 2_000)
baskets = st.lists(st.tuples(items, st.integers(1, 4), prices), max_size=3, unique_by=lambda line: line[0])
some = precondition(lambda self: self.till.source.orders)


class AnythingGoes(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.till, self.told = Till(), 0

    @initialize(mugs=st.integers(0, 5), wigs=st.integers(0, 5), auto_fill=st.booleans())
    def opens(self, mugs, wigs, auto_fill):
        self.till.source.auto_fill = auto_fill
        self.till.shelf("mug", mugs)
        self.till.shelf("wig", wigs)
        self.till.shelf("mug", wigs, location="lekki")
        self.till.shelf("wrap", 0, tracked=False)
        self.till.bundle("set", mug=2, wig=1)

    def number(self, n: int) -> str:
        return list(self.till.source.orders)[n % len(self.till.source.orders)]

    def edited(self, number: str, item: str) -> str:
        found = [line.id for line in self.till.get(number).lines if line.sku == item]
        return found[0] if found else "ghost"

    @rule(
        basket=baskets,
        discount=st.integers(0, 300),
        vat=st.sampled_from([0, 750]),
        shipping=st.integers(0, 50),
        history=st.booleans(),
        pay=st.booleans(),
        where=st.sampled_from([SHOP, SHOP, "lekki"]),
    )
    def places(self, basket, discount, vat, shipping, history, pay, where):
        gross = sum(n * price for _, n, price in basket)
        number = f"{len(self.till.source.orders) + 1:04d}"
        history = history and discount == 7
        self.till.order(
            number,
            *basket,
            discount=min(discount, gross),
            vat=vat,
            shipping=shipping,
            history=history,
            location=where,
        )
        if pay and self.till.get(number).total_minor:
            self.tell(number, self.till.get(number).total_minor, PaymentState.SUCCEEDED, 5)

    def tell(self, number: str, amount: int, state: PaymentState, minute: int) -> None:
        self.told += 1
        at = MONDAY + timedelta(minutes=minute)
        self.till.pay(number, amount, provider="paystack", ref=f"T{self.told}", state=state, at=at)

    @some
    @rule(n=picks, amount=amounts, state=st.sampled_from(list(PaymentState)), minute=st.integers(-5, 30))
    def tells(self, n, amount, state, minute):
        self.tell(self.number(n), amount, state, minute)

    @some
    @rule(n=picks, m=picks, state=st.sampled_from(list(PaymentState)))
    def tells_more_of_a_payment(self, n, m, state):
        payments = self.till.get(self.number(n)).payments
        if payments:
            known = payments[m % len(payments)]
            self.till.pay(
                known.order_id, known.gross_minor, provider="paystack", ref=known.provider_ref, state=state
            )

    @some
    @rule(n=picks)
    def pays_the_balance(self, n):
        order = self.till.get(self.number(n))
        if order.total_minor > order.paid_minor:
            self.tell(order.id, order.total_minor - order.paid_minor, PaymentState.SUCCEEDED, 20)

    @some
    @rule(
        n=picks,
        key=st.sampled_from(list(RESOLUTIONS)),
        item=items,
        f=units,
        r=units,
        b=st.sampled_from([0, 0, 1, 2]),
        lowered=st.one_of(st.none(), st.integers(0, 300)),
        shipping=st.sampled_from([0, 0, 0, 10]),
    )
    def decides(self, n, key, item, f, r, b, lowered, shipping):
        number = self.number(n)
        wanted = [x.sku for x in self.till.get(number).lines]
        bring = {place: b for place in PLACES if place != self.till.get(number).location_id}
        chosen = {"fulfill": {item: f}, "refund": {item: r}, "bring": {item: bring}} if item in wanted else {}
        payout = Payout(amount_minor=lowered, reason="agreed", shipping_minor=shipping)
        with suppress(Refused):
            self.till.decide(number, key, payout=payout, **chosen)

    @precondition(lambda self: self.offered())
    @rule(n=picks)
    def presses_a_button_that_is_there(self, n):
        number, key = self.offered()[n % len(self.offered())]
        with suppress(Refused):
            self.till.decide(number, key)

    def offered(self) -> list[tuple[str, str]]:
        return [
            (order.id, r.key)
            for order in self.till.source.orders.values()
            for r in RESOLUTIONS.values()
            if order.open_case(*r.reasons)
        ]

    @precondition(lambda self: self.till.source.decisions)
    @rule(n=picks)
    def undoes(self, n):
        decisions = list(self.till.source.decisions.values())
        decision = decisions[-1 - n % min(2, len(decisions))]
        with suppress(Refused), self.till.command() as book:
            undo(book, book.order(decision.order_id), decision)

    @some
    @rule(n=picks, item=items, left=units, added=baskets)
    def edits(self, n, item, left, added):
        number = self.number(n)
        extra = lines(number, *added[:1])
        for line in extra:
            line.id, line.remote_id = f"{line.id} {self.till.now}", ""
        with suppress(Refused), self.till.command() as book:
            order = book.order(number)
            wanted = {self.edited(number, item): left} if left < 4 else {}
            edit_order(book, order, seen_version=order.version, wanted=wanted, added=extra, payout=Payout())

    @some
    @rule(n=picks, basket=baskets, shipping=st.integers(0, 60), fee=st.integers(-100, 60))
    def shop_edits(self, n, basket, shipping, fee):
        number = self.number(n)
        with self.till.command(actor="shop") as book:
            revise(book, book.order(number), lines(number, *basket), Terms(shipping, {}, fee, {"9": 3}, 0))

    @some
    @rule(n=picks, amount=st.integers(0, 900), item=items, gone=units, ref=st.integers(1, 4))
    def shop_refunds(self, n, amount, item, gone, ref):
        self.till.shop_refunds(self.number(n), amount, f"r{ref}", **({item: gone} if gone else {}))

    @some
    @rule(n=picks, ref=st.integers(1, 4))
    def shop_forgets(self, n, ref):
        with self.till.command(actor="shop") as book:
            forget_shop_refund(book, book.order(self.number(n)), f"r{ref}")

    @some
    @rule(n=picks, what=st.sampled_from(["cancelled", "trash", "reopened", "completed", "delayed"]))
    def shop_says(self, n, what):
        with self.till.command(actor="shop") as book:
            order = book.order(self.number(n))
            if what == "reopened":
                reopen_from_shop(book, order)
            elif what == "completed":
                complete(book, order)
            elif what == "delayed":
                flag_delay(book, order, order.payments[-1].id if order.payments else "")
            else:
                cancel_in_shop(book, order, what)

    @some
    @rule(n=picks, item=items, some_units=units)
    def hands_over(self, n, item, some_units):
        number = self.number(n)
        with suppress(Refused), self.till.command() as book:
            hand_over(book, book.order(number), {self.edited(number, item): some_units} if some_units else {})

    @some
    @rule(n=picks)
    def cancels(self, n):
        with suppress(Refused), self.till.command() as book:
            cancel_order(book, book.order(self.number(n)), Payout())

    @some
    @rule(n=picks, m=picks)
    def swaps(self, n, m):
        with suppress(Refused), self.till.command() as book:
            swap(book, book.order(self.number(n)), book.order(self.number(m)))

    @rule(
        item=st.sampled_from(["mug", "wig"]),
        by=st.integers(-4, 5),
        how=st.sampled_from("ract"),
        where=st.sampled_from(PLACES),
    )
    def moves_stock(self, item, by, how, where):
        with suppress(Refused), self.till.command() as book:
            level = book.level(item, where)
            if how == "r":
                receive(book, level, by, reason="")
            elif how == "t":
                transfer(book, level, book.level(item, PLACES[where == SHOP]), by, reason="")
            elif how == "a":
                adjust(book, level, by, reason="x")
            else:
                count(book, level, max(0, by), seen=2, reason="")


TestAnythingGoes = AnythingGoes.TestCase
TestAnythingGoes.settings = settings(stateful_step_count=40)
