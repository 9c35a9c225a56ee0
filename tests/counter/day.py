"""A day at the counter as a list of deeds: each is done at the desk and in the notebook, and both must agree."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.catalogue import SaveProduct
from posapp.commands.shifts import CloseShift, MoveCash, OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.commands.taxes import SaveTaxClass
from posapp.domain.payments import PaymentState
from posapp.domain.sale_line import SaleLine
from posapp.domain.sales import Short
from posapp.domain.shift_report import ShiftReport
from posapp.queries.accounts import account_of
from posapp.queries.sales import total_sales
from posapp.queries.shift_figures import figure_rows
from posapp.queries.shifts import x_report, z_report
from tests.counter.aftermath import GOODS, Afterwards
from tests.counter.notebook import Line, Notebook, Page, nearest, priced, shares
from tests.counter.till import Counter, Tender

COMPONENTS = {"set": {"mug": 1, "ring": 2}}
FLOAT = 50_000
LIMIT = 1_000_000


@dataclass(frozen=True)
class Selling:
    """What somebody buys: (good, units, own discount in basis points) each; `mix` says how it is paid."""

    wants: tuple[tuple[int, int, int], ...]
    off: int
    mix: tuple[tuple[str, int], ...]
    kind: str  # now, deposit, awaiting
    hand_over: bool
    swaps: int | None  # an exchange: which line of those that can come back
    answer: str  # who is short answers for it: "", found, reserved
    shipping: int = 0


class Day(Afterwards):
    """One till, one notebook."""

    def __init__(self, folder: Path, step: int) -> None:
        self.till = Counter(folder)
        self.step = step
        self.pages: dict[str, Page] = {}
        self.book = Notebook(FLOAT, step)
        self.closed: list[tuple[ShiftReport, Notebook]] = []
        self.web = 0
        self.ada = self.till.customer("Ada Obi")
        do = self.till.do
        do(ChangeSetting, key="tax_basis_points", value="750")
        do(ChangeSetting, key="cash_step_minor", value=str(step))
        do(SaveTaxClass, tax_class_id="zero", name="Books", rates=(), included=True)
        do(SaveTaxClass, tax_class_id="lux", name="Luxury", rates=(("VAT", 750),), included=False)
        do(SetCreditLimit, contact_id=self.ada, limit_minor=LIMIT)
        for name, price, _, _, tax_class in GOODS:
            do(SaveProduct, product_id=name, name=name, sku=name, barcode="", price_minor=price, track_stock=True,
               tax_class_id=tax_class, components=COMPONENTS.get(name))  # fmt: skip
            if name not in COMPONENTS:
                self.till.receive(name, 5)
        do(OpenShift, float_minor=FLOAT)

    # what can happen

    def sell(self, what: Selling) -> None:
        self.attempt(lambda: self._sell(what))

    def _sell(self, what: Selling) -> Callable[[], Any]:
        goods = [GOODS[good] for good, _, _ in what.wants]
        page = priced(
            [Line(w[1], good[1], w[2], good[2], good[3]) for w, good in zip(what.wants, goods, strict=True)],
            what.off,
        )
        page.shipping = what.shipping
        page.total += what.shipping
        returned = self._returnable(what.swaps) if what.swaps is not None else None
        order_id, exchanged = self.till.new_id("sale"), 0
        if returned:
            old = self.pages[returned.order_id]
            exchanged = self.book.back(old, {self._place(returned): 1}, "cash", page.total)
        tenders = self._tenders(what, page, page.total - exchanged)
        self.pages[order_id] = page
        if exchanged:
            moved = self.book.still_owed
            for method, amount in (("account", moved), ("exchange", exchanged - moved)):
                if amount:
                    self.book.take(page, method, amount)
        for tender in tenders:
            if not tender.awaiting:
                self.book.take(page, tender.method, tender.amount_minor)
        self.book.confirm(page)
        lines = [SaleLine(good[0], w[1], None, w[2]) for w, good in zip(what.wants, goods, strict=True)]
        fields = {
            "pay": tenders, "order_id": order_id, "discount_minor": what.off, "rounding_minor": page.rounding,
            "contact_id": self.ada, "shipping_minor": what.shipping, "deposit": what.kind == "deposit",
            "hand_over": what.hand_over, "returned": (returned,) if returned else (),
        }  # fmt: skip
        return lambda: self._sold(lines, what.answer, fields)

    def _sold(self, lines: list[SaleLine], answer: str, fields: dict[str, Any]) -> None:
        """Sell; if it is short, somebody answers for the missing units, by one way."""
        try:
            self.till.sell(*lines, **fields)
        except Short as short:
            if not answer:
                raise
            missing = {item.item_id: item.missing for item in short.items}
            self.till.sell(*lines, **fields, **{answer: missing})

    def _tenders(self, what: Selling, page: Page, due: int) -> list[Tender]:
        """Divide what is due; cash pays what the others leave, rounded to the coin."""
        if due <= 0:
            return []
        if what.kind == "awaiting":
            return [Tender("transfer", due, 0, "", True)]
        if what.kind == "deposit":
            return [Tender("cash", nearest(due // 2, self.step) or 1)] if due > 1 else []
        mix = dict(what.mix)
        amounts = dict(zip(mix, shares(due, list(mix.values())), strict=True))
        if nearest(amounts.get("cash", 0), self.step) == 0:
            amounts["card"] = amounts.get("card", 0) + amounts.pop("cash", 0)
        elif "cash" in amounts:
            page.rounding = nearest(amounts["cash"], self.step) - amounts["cash"]
            page.total += page.rounding
            amounts["cash"] += page.rounding
        return [Tender(method, amount) for method, amount in amounts.items() if amount]

    def pay_account(self, method: str, part: int) -> None:
        amount = self.book.account * part // 100
        if amount > 0:
            self.book.pay_account(method, amount)
            self.till.do(PayAccount, contact_id=self.ada, amount_minor=amount, method=method)

    def move_cash(self, amount: int) -> None:
        if amount and self.book.drawer + amount >= 0:
            self.book.drawer += amount
            self.book.moved += amount
            self.till.do(MoveCash, amount_minor=amount, reason="bank")

    def web_sale(self, units: int) -> None:
        """Somebody buys in the web shop meanwhile: no money of this till."""
        order_id = self.till.web_order(str(len(self.closed) + self.till._made), {"wig": (units, 1_000)})
        self.till.told(order_id, units * 1_000, PaymentState.SUCCEEDED, f"T{self.till._made}")
        self.web += units * 1_000

    def close(self, difference: int) -> None:
        """The drawer is counted, the Z is frozen, and the next shift begins with what was counted."""
        self.check()
        counted = max(0, self.book.drawer + difference)
        shift_id = self.till.do(CloseShift, loose_minor=counted, reason="counted twice").answer
        z = z_report(self.till.reader, shift_id)
        assert z is not None
        assert z.counts[0].difference_minor == counted - self.book.drawer
        self.closed.append((z, deepcopy(self.book)))
        self.till.do(OpenShift, float_minor=counted)
        self.book = self.book.next_shift(counted)

    # what must hold

    def check(self) -> None:
        """Sales, refunds, taxes, tenders, drawer: the till and the notebook say the same, to the kobo."""
        x = x_report(self.till.reader, self.till.now)
        assert x is not None
        book = self.book
        assert (x.sales_minor, x.refunds_minor) == (book.sales, book.refunds)
        assert x.tax_minor == book.tax
        assert {m.method: m.taken_minor for m in x.methods if m.taken_minor} == +book.taken
        assert {m.method: m.returned_minor for m in x.methods if m.returned_minor} == +book.returned
        assert x.expected_minor == book.drawer
        assert x.account_received_minor == book.received
        assert x.cash_in_minor - x.cash_out_minor == book.moved
        known = x.total_sales_minor + x.deposits_minor - x.paid_elsewhere_minor + x.account_received_minor
        assert x.money_minor == known, "money without a sale, or a sale without money"
        self._check_opened(x)
        assert account_of(self.till.reader, self.ada).balance_minor == book.account

    def _check_opened(self, x: ShiftReport) -> None:
        """Each figure can be opened down to what it is the sum of."""
        figures = {
            "sales": x.sales_minor, "refunds": -x.refunds_minor, "deposits": x.deposits_minor,
            "elsewhere": x.paid_elsewhere_minor, "account": x.account_received_minor,
            "cash_moves:in": x.cash_in_minor, "cash_moves:out": -x.cash_out_minor,
            **{f"tax:{name}": tax for name, tax in x.taxes.items()},
            **{f"method:{found.method}": found.net_minor for found in x.methods},
        }  # fmt: skip
        for name, figure in figures.items():
            rows = figure_rows(self.till.reader, x.shift_id, name)
            assert sum(row.amount_minor for row in rows) == figure, name

    def end(self) -> None:
        """No Z changed, and all of them with the web shop's sales are Total Sales."""
        self.close(0)
        for z, _ in self.closed:
            assert z_report(self.till.reader, z.shift_id) == z
        sold = sum(z.total_sales_minor for z, _ in self.closed)
        assert sold == sum(book.sales - book.refunds for _, book in self.closed)
        assert total_sales(self.till.reader).total_minor == self.till.sales == sold + self.web
        self.till.replayed()
