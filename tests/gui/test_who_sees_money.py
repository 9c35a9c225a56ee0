"""Who may not see reports is shown no sum of sales: on no page, in no file, on no paper."""

import ast
from dataclasses import replace
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import pytest

import posapp.gui
from posapp.commands.shifts import OpenShift
from posapp.commands.staff import AddStaff
from posapp.gui.pages.activity import ActivityPage
from posapp.gui.pages.close_day import CloseDayPage
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.paper import Paper, PaperState
from posapp.queries.activity import EVERYBODY

GUI = Path(posapp.gui.__path__[0])
TELLERS = ("dashboard", "sales", "shift_figures", "shifts")  # modules of queries whose business is sums
SUMS = {
    "total_sales", "channel_shares", "sales_by_hour", "dashboard", "x_report", "z_report", "closed_shifts",
    "figure_rows", "money_without_shift", "added_after_close", "orders_summary", "ActivitySource",
    "export_orders", "export_activity", "print_z",
}  # fmt: skip
NO_SUMS = {
    "span_texts": "writes two times down",
    "awaited_transfers": "orders, each for itself",
    "owed_orders": "orders, each for itself",
    "stuck_refunds": "orders, each for itself",
    "open_shift_of": "whether a shift is open",
    "last_closed": "when one was closed",
    "cash_left": "what the next one begins with, counted by the same person",
    "counting_rules": "settings",
}
# A module that asks for sums asks for the right too, or is opened by one that did.
OPENED_BY = {
    "dialogs/shift_report.py": "shift_deeds.py",
    "pages/orders_deeds.py": "pages/orders.py",
    "pages/activity_export.py": "pages/activity.py",
}


def _names(path: Path) -> set[str]:
    """What a module imports, and what it asks of others by name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def test_every_question_about_sums_is_known():
    for teller in TELLERS:
        module = import_module(f"posapp.queries.{teller}")
        own = {name for name, each in getmembers(module, isfunction) if each.__module__ == module.__name__}
        strange = {name for name in own if not name.startswith("_")} - SUMS - set(NO_SUMS)
        assert not strange, f"{teller}: say of {strange} whether they tell sums"


@pytest.mark.parametrize(
    "path", [path for path in sorted(GUI.rglob("*.py")) if SUMS & _names(path)], ids=lambda path: path.name
)
def test_whoever_shows_sums_asks_for_the_right(path):
    asks = OPENED_BY.get(str(path.relative_to(GUI)), str(path.relative_to(GUI)))
    if path.name == "paper.py":
        return  # what prints is told what to print by a page that asked
    assert {"REPORTS_VIEW", "may_see"} & _names(GUI / asks), f"{path.name} shows sums to anybody"


@pytest.fixture
def cashier(counter):
    counter.shop.do(AddStaff, name="Bisi", role_id="cashier")
    counter.who.sign_in("Bisi")
    return counter


def test_no_file_of_all_orders(qtbot, cashier):
    page = OrdersPage(cashier.parts)
    qtbot.addWidget(page)
    page.show()
    assert page.export_button.isHidden()
    cashier.who.sign_in("Adaeze")
    assert not page.export_button.isHidden()


def test_a_file_of_one_s_own_deeds_only(qtbot, cashier):
    cashier.shop.do(OpenShift, float_minor=0, actor="Bisi")
    page = ActivityPage(cashier.parts, lambda: None)
    qtbot.addWidget(page)
    page.who.set_value(EVERYBODY)
    assert page.chosen().who == "Bisi"


class Printed(Paper):
    """A printer that remembers which Z it was asked for."""

    def __init__(self):
        super().__init__()
        self.state = PaperState("ready")
        self.asked = []

    def print_z(self, shift_id):
        self.asked.append(shift_id)
        return True


@pytest.mark.parametrize(("who", "prints"), [("Bisi", 0), ("Adaeze", 1)])
def test_no_z_on_paper_for_who_counts_only(qtbot, cashier, who, prints):
    cashier.who.sign_in(who)
    cashier.shop.do(OpenShift, float_minor=100_000)
    paper = Printed()
    page = CloseDayPage(replace(cashier.parts, paper=paper))
    qtbot.addWidget(page)
    page.show()
    page.opened()
    qtbot.keyClicks(page.count.pieces["100000"].edit, "1")
    with qtbot.waitSignal(page.closed):
        page.commit.click()
    assert len(paper.asked) == prints
