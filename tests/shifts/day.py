"""A till in memory that lives random days, and a notebook that adds them up by itself.

The notebook never reads a shift id: after each command it looks at what became different of the
orders, and writes that under the shift that it knows to be open. What X and Z say must agree. Orders by
hand and from the web, edited, cancelled, decided about, and shifts that are opened again; sales at the
counter, where the notebook says beforehand what each will cost, live in `tests.counter.day`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import Command
from posapp.commands.handlers import DECODER, ENCODER
from posapp.commands.payments import ConfirmTransfer
from posapp.commands.shift_report import add_up, load_shift
from posapp.commands.shifts import CloseShift, MoveCash, OpenShift, ReopenShift
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting, OpenShop
from posapp.commands.stock import ReceiveStock
from posapp.db.database import open_memory
from posapp.db.schema import GOVERNED
from posapp.db.store import load_order
from posapp.desk import apply
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.payments import PaymentState
from posapp.domain.shift_report import ShiftReport
from posapp.gui.shift_words import report_lines
from posapp.queries.reader import Reader
from posapp.queries.shift_figures import figure_rows

MORNING = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
PRODUCTS = {"mug": 100_050, "wig": 250_000, "oil": 33_333}


@dataclass
class Notes:
    """One shift by the notebook; amounts in kobo."""

    float_minor: int = 0
    moves: int = 0
    sales: int = 0
    refunds: int = 0
    taxes: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    returned: Counter[str] = field(default_factory=Counter)

    @property
    def drawer(self) -> int:
        return self.float_minor + self.moves + self.taken["cash"] - self.returned["cash"]


class InMemory(Reader):
    """Asks the till's own connection: a day in memory has no file to open a second time."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(Path())
        self._opened = connection


class Day:
    """The till, its clock, and the notebook."""

    def __init__(self) -> None:
        self.connection = open_memory()
        self.now, self.given = MORNING, 0
        self.journal: list[tuple[bytes, datetime]] = []
        self.shift_id, self.notes = "", Notes()
        # Shift id, its Z as it was frozen, the notebook's page.
        self.closed: list[tuple[str, str, Notes]] = []
        self.without_shift = Notes()
        self.of_feeds = 0
        self.known: dict[str, Order] = {}  # the orders after the last command
        self.do(OpenShop, name="Invented", owner="Ada", currency="NGN", time_zone="Africa/Lagos")
        for key, value in (("tax_name", "VAT"), ("tax_basis_points", "750"), ("tax_included", "true")):
            self.do(ChangeSetting, key=key, value=value)
        for name, price in PRODUCTS.items():
            self.do(
                SaveProduct,
                product_id=name,
                name=name,
                sku=name,
                barcode="",
                price_minor=price,
                track_stock=True,
            )
            self.do(ReceiveStock, product_id=name, location_id=MAIN_LOCATION, units=12)

    # commands

    def do(self, kind: type[Command], **fields: Any) -> bool:
        """Give a command at once; False where it is refused, which leaves no trace."""
        self.given += 1
        self.now += timedelta(seconds=7)
        return self.give(kind(**({"id": f"c{self.given}", "actor": "Ada", "at": self.now} | fields)))

    def give(self, command: Command) -> bool:
        before = self.known
        self.connection.execute("SAVEPOINT one")
        try:
            apply(self.connection, command, self.now)
        except Refused:
            self.connection.execute("ROLLBACK TO one")
            return False
        finally:
            self.connection.execute("RELEASE one")
        self.journal.append((ENCODER.encode(command), self.now))
        self._note(command, before)
        return True

    def _note(self, command: Command, before: dict[str, Order]) -> None:
        """Write down what became different of every order."""
        notes = self.notes if self.shift_id else self.without_shift
        self.known = {order.id: order for order in self._load()}
        for order in self.known.values():
            was = before.get(order.id)
            if not command.at_till:
                self.of_feeds += order.contribution_minor - (was.contribution_minor if was else 0)
                continue
            self._note_sales(notes, order, was)
            seen = {p.id for p in was.payments if p.state == PaymentState.SUCCEEDED} if was else set()
            for payment in order.payments:
                if payment.id not in seen and payment.state == PaymentState.SUCCEEDED:
                    notes.taken[payment.method] += payment.credited_minor
            parts = {p.id for p in was.parts} if was else set()
            methods = {p.id: p for p in order.payments}
            for part in order.parts:
                if part.id not in parts:
                    notes.returned[way_back(part.route, methods[part.payment_id])] += part.amount_minor

    def _note_sales(self, notes: Notes, order: Order, was: Order | None) -> None:
        entered = order.contribution_minor - (was.contribution_minor if was else 0)
        gone = sum(r.sales_minor for r in order.refunds) - (
            sum(r.sales_minor for r in was.refunds) if was else 0
        )
        notes.sales += entered + gone
        notes.refunds += gone
        notes.taxes.update(order.contribution_taxes)
        notes.taxes.subtract(was.contribution_taxes if was else {})

    # the shift

    def open(self, float_minor: int) -> None:
        assert self.do(OpenShift, float_minor=float_minor)
        row = self.connection.execute("SELECT id FROM shift WHERE closed_at IS NULL").fetchone()
        self.shift_id, self.notes = row[0], Notes(float_minor)

    def reopen(self) -> None:
        """Go on after the last close: the drawer holds what was counted then."""
        last = load_shift(self.connection, self.closed[-1][0])
        assert self.do(ReopenShift, shift_id=last.id, reason="closed too early")
        row = self.connection.execute("SELECT id FROM shift WHERE closed_at IS NULL").fetchone()
        self.shift_id, self.notes = row[0], Notes(last.counted["cash"])

    def move(self, amount: int) -> None:
        if self.do(MoveCash, amount_minor=amount, reason="change"):
            self.notes.moves += amount
        else:
            assert not self.shift_id or self.notes.drawer + amount < 0

    def close(self, off_by: int = 0) -> None:
        """Count what the notebook expects, or a little more or less."""
        cash = max(0, self.notes.drawer + off_by)
        assert self.do(
            CloseShift, pieces={"100": cash // 100}, loose_minor=cash % 100, reason="counted twice"
        )
        report = load_shift(self.connection, self.shift_id).report
        self.closed.append((self.shift_id, report, self.notes))
        self.shift_id, self.notes = "", Notes()

    # what is there

    def orders(self) -> list[Order]:
        return list(self.known.values())

    def _load(self) -> list[Order]:
        ids = self.connection.execute("SELECT id FROM orders ORDER BY rowid").fetchall()
        return [order for (order_id,) in ids if (order := load_order(self.connection, order_id))]

    def x(self) -> ShiftReport:
        shift = load_shift(self.connection, self.shift_id)
        assert shift is not None
        return add_up(self.connection, shift, self.now)

    def confirm_one(self, pick: int, *, seen: bool) -> None:
        awaited = [
            (order, payment)
            for order in self.orders()
            for payment in order.payments
            if payment.provider == "hand" and payment.state == PaymentState.PENDING
        ]
        if awaited:
            order, payment = awaited[pick % len(awaited)]
            self.do(ConfirmTransfer, order_id=order.id, payment_id=payment.id, seen=seen)

    # what must hold

    def check(self) -> None:
        """X agrees with the notebook, and nothing that was frozen has changed."""
        if self.shift_id:
            agree(self.x(), self.notes)
        for shift_id, frozen, _ in self.closed:
            assert load_shift(self.connection, shift_id).report == frozen

    def check_whole(self) -> None:
        """All Z together with what no shift saw are Total Sales; numbers have no gaps; replay is the same."""
        reports = [msgspec.json.decode(frozen, type=ShiftReport) for _, frozen, _ in self.closed]
        for report, (_, _, notes) in zip(reports, self.closed, strict=True):
            agree(report, notes)
            self._check_figures(report)
        assert [report.z_number for report in reports] == list(range(1, len(reports) + 1))
        all_sales = self.connection.execute(
            "SELECT COALESCE(SUM(amount_minor), 0) FROM sales_entry"
        ).fetchone()[0]
        seen = sum(report.total_sales_minor for report in reports) + self.of_feeds
        seen += self.notes.sales - self.notes.refunds + self.without_shift.sales - self.without_shift.refunds
        assert seen == all_sales == sum(order.contribution_minor for order in self.orders())
        self._check_taxes()
        self._check_replay()

    def _check_figures(self, report: ShiftReport) -> None:
        """What is behind each figure adds up to it, however much happened since it was frozen."""
        asked = InMemory(self.connection)
        for line in report_lines(report):
            if line.figure:
                rows = figure_rows(asked, report.shift_id, line.figure)
                assert sum(row.amount_minor for row in rows) == line.amount_minor

    def _check_taxes(self) -> None:
        """The entries of an order that stands whole in Total Sales hold exactly the tax its lines have left."""
        for order in self.orders():
            sql = "SELECT COALESCE(SUM(j.value), 0) FROM sales_entry s, json_each(s.taxes) j WHERE s.order_id = ?"
            entered = self.connection.execute(sql, (order.id,)).fetchone()[0]
            on_lines = sum(sum(line.taxes.values()) for line in order.lines)
            taken_off = sum(gone.tax_minor for refund in order.refunds for gone in refund.lines)
            edited = any(line.qty != line.qty_placed for line in order.lines)
            if order.contribution_minor == order.total_minor and not edited:
                assert entered == (on_lines - taken_off if order.contribution_minor else 0)
            if order.contribution_minor == 0:
                assert entered == 0

    def _check_replay(self) -> None:
        again = open_memory()
        for body, at in self.journal:
            apply(again, DECODER.decode(body), at)
        for table in GOVERNED:
            sql = f'SELECT * FROM "{table._meta.table_name}" ORDER BY 1'
            assert again.execute(sql).fetchall() == self.connection.execute(sql).fetchall()
        again.close()


def way_back(route: str, payment: Any) -> str:
    """Which method the money of a part is missing from."""
    if route != "hand":
        return route
    if payment.provider != "hand":
        return "elsewhere"
    return payment.method if payment.method in ("card", "other") else "transfer"


def agree(report: ShiftReport, notes: Notes) -> None:
    """Every figure of X or Z is what the notebook has."""
    assert report.float_minor == notes.float_minor
    assert report.cash_in_minor - report.cash_out_minor == notes.moves
    assert report.sales_minor == notes.sales
    assert report.refunds_minor == notes.refunds
    assert report.taxes == {name: tax for name, tax in notes.taxes.items() if tax}
    assert {f.method: f.taken_minor for f in report.methods if f.taken_minor} == +notes.taken
    assert {f.method: f.returned_minor for f in report.methods if f.returned_minor} == +notes.returned
    assert report.expected_minor == notes.drawer >= 0
    money = sum(notes.taken.values()) - sum(notes.returned.values())
    assert report.money_minor == money
    over = report.deposits_minor + report.account_received_minor - report.paid_elsewhere_minor
    assert money == report.total_sales_minor + over
