"""Replaying the journal finds every single row that was altered, and none where nothing was."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.cli.main import main
from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.commands.counter import Sell, Tender
from posapp.commands.lines import SaleLine
from posapp.commands.orders import CancelOrder, HandOver, MarkShipped, NewLine, PlaceOrder
from posapp.commands.payments import ConfirmTransfer, RecordPayment, TakePayment
from posapp.commands.resolutions import Resolve, UndoDecision
from posapp.commands.shifts import MoveCash, OpenShift
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting, OpenShop
from posapp.commands.shop_orders import PlaceShopOrder, WebLine, WebTerms
from posapp.commands.staff import SaveRole
from posapp.commands.stock import AdjustStock, CountStock, ReceiveStock
from posapp.commands.taxes import SaveTaxClass
from posapp.db import database
from posapp.db.schema import GOVERNED
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.orders import ShipStatus
from posapp.domain.resolutions import RESOLUTIONS
from posapp.domain.rights import Right
from posapp.queries.books import book_troubles
from posapp.replay import check_replay
from tests.cli.conftest import make_shop

TABLES = [table._meta.table_name for table in GOVERNED]
COLUMNS = [(t._meta.table_name, c.column_name, c.field_type) for t in GOVERNED for c in t._meta.sorted_fields]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A shop whose every governed table has a row in it."""
    folder = tmp_path_factory.mktemp("busy") / "shop"
    make_shop(folder, TOTE=2)
    open_drawer(folder)
    for words in (
        ["new", "--line", "TOTE=3", "--customer", "Ada Obi"],
        ["pay", "1", "--amount-minor", "4500000", "--method", "cash"],
        ["resolve", "1", "refund-excess"],
        ["new", "--line", "TOTE=3"],
        ["pay", "2", "--amount-minor", "4500000", "--method", "transfer", "--reference", "T1"],
        ["hand-over", "1"],
        ["receive", "TOTE", "9"],
    ):
        assert main(["--data-dir", str(folder), *words]) == 0
    sell_on_account(folder)
    refund_in_the_shop(folder)
    return folder


def refund_in_the_shop(folder):
    """A web order whose refund waits to be sent to its shop."""
    desk = Desk(folder)
    tote = desk.write_now(lambda c: c.execute("SELECT id FROM product WHERE sku = 'TOTE'").fetchone()[0])
    at = desk.clock()
    terms = WebTerms((WebLine("7-1", tote, "TOTE", "Tote", 1, 5_000, 5_000, {}, 0),), 0, {}, 0, {}, 0, "d")
    placed = {"shop_id": "s", "remote_id": "7", "remote_key": "k", "location_id": MAIN_LOCATION, "contact_id": "",
              "currency": "NGN", "placed_at": at, "terms": terms, "shop_status": "processing",
              "payment_method": "card", "transaction_id": "", "history": False}  # fmt: skip
    paid = {"provider": "shop", "provider_ref": "s:7", "reference": "", "method": "card", "gross_minor": 5_000,
            "customer_fee_minor": 0, "state": "SUCCEEDED", "paid_at": at}  # fmt: skip
    for kind, actor, fields in (
        (PlaceShopOrder, "web shop", placed),
        (RecordPayment, "web shop", paid),
        (CancelOrder, "Owner", {"route": "gateway"}),
    ):
        at = desk.clock()
        desk.do(kind(id=new_command_id(at), actor=actor, at=at, order_id="web", **fields))
    desk.close()


def open_drawer(folder):
    """A shift that is open, with cash put in."""
    desk = Desk(folder)
    coins = {"amount_minor": 500_000, "reason": "coins"}
    role = {"role_id": "helper", "name": "Helper", "rights": {Right.SALE_MAKE: None}}
    for kind, fields in ((SaveRole, role), (OpenShift, {"float_minor": 2_000_000}), (MoveCash, coins)):
        at = desk.clock()
        desk.do(kind(id=new_command_id(at), actor="Owner", at=at, **fields))
    desk.close()


def sell_on_account(folder):
    """Somebody has an account, has bought on it and paid some of it; there is a kind of goods without tax."""
    desk = Desk(folder)
    tote = desk.write_now(lambda c: c.execute("SELECT id FROM product WHERE sku = 'TOTE'").fetchone()[0])
    line, tender = SaleLine(tote, 1), Tender("account", 1_500_000)
    sale = {"order_id": "sale", "location_id": MAIN_LOCATION, "lines": (line,), "tenders": (tender,)}
    for kind, fields in (
        (SaveTaxClass, {"tax_class_id": "zero", "name": "Books", "rates": (("VAT", 0),), "included": True}),
        (SetCreditLimit, {"contact_id": "ada", "limit_minor": 2_000_000}),
        (Sell, {"contact_id": "ada", **sale}),
        (PayAccount, {"contact_id": "ada", "amount_minor": 500_000, "method": "cash"}),
    ):
        at = desk.clock()
        desk.do(kind(id=new_command_id(at), actor="Owner", at=at, **fields))
    desk.close()


@pytest.fixture
def busy(template, folder):
    shutil.copytree(template, folder)
    return folder


def change(folder, sql, *parameters):
    """Do something behind the desk's back, constraints or not."""
    connection = database._open(folder, read_only=False)
    connection.execute("PRAGMA ignore_check_constraints = 1")
    connection.execute("PRAGMA foreign_keys = 0")
    connection.execute(sql, parameters)
    connection.close()


def differences(run):
    said = run("replay", "--check", "--json")
    assert said.code == 6
    assert said.error["error"] == "check_failed"
    return json_of(said)


def json_of(said):
    told = json.loads(said.out)
    assert told["ok"] is False
    assert told["found"] >= len(told["differences"]) > 0
    return told["differences"]


def test_an_untouched_shop_replays_to_the_same_rows(busy, ask, run):
    told = ask("replay", "--check")
    assert (told["ok"], told["found"], told["differences"]) == (True, 0, [])
    assert told["commands"] > 10
    assert "0 differ" in run("replay", "--check").out


def test_every_governed_table_has_a_row_to_try(busy):
    connection = database.open_reader(busy)
    assert all(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in TABLES)
    connection.close()


@pytest.mark.parametrize("name", TABLES)
def test_one_row_that_is_gone_is_found(name, busy, run):
    change(busy, f'DELETE FROM "{name}" WHERE rowid = (SELECT max(rowid) FROM "{name}")')
    assert any(words.startswith(f"{name} ") and "gone" in words for words in differences(run))


@pytest.mark.parametrize(("name", "column", "kind"), COLUMNS)
def test_one_value_that_was_altered_is_found(name, column, kind, busy, run):
    altered = f'"{column}" + 1' if kind == "INT" else f"coalesce(\"{column}\", '') || 'x'"
    change(
        busy, f'UPDATE "{name}" SET "{column}" = {altered} WHERE rowid = (SELECT min(rowid) FROM "{name}")'
    )
    assert any(words.startswith(f"{name} ") for words in differences(run))


@pytest.mark.parametrize("name", [t for t in TABLES if t not in ("counter", "setting")])
def test_one_row_that_no_command_made_is_found(name, busy, run):
    connection = database.open_reader(busy)
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
    connection.close()
    new = {"id": "'invented'", "number": "'9999'", "provider_ref": "'invented'", "reason": "'LATE_PAYMENT'"}
    new |= {"till": "'Z'"}  # one shift is open at a till
    new |= dict.fromkeys(
        ("name", "name_key", "contact_id"), "'invented'"
    )  # one person, class or account under a name
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    change(busy, f'INSERT INTO "{name}" SELECT {values} FROM "{name}" LIMIT 1')
    assert any(f"{name} invented" in words for words in differences(run))


@pytest.mark.parametrize("column", ["seq", "id", "till", "actor", "recorded_at", "body", "answer", "hash"])
@pytest.mark.parametrize("which", ["min(seq)", "max(seq)", "max(seq) / 2"])
def test_one_journal_row_that_was_altered_is_found(column, which, busy, run):
    altered = '"seq" + 1000' if column == "seq" else f"replace(\"{column}\" || 'x', '1', '2')"
    change(busy, f'UPDATE journal SET "{column}" = {altered} WHERE seq = (SELECT {which} FROM journal)')
    assert any(words.startswith("journal: ") for words in differences(run))


@pytest.mark.parametrize("which", ["min(seq)", "max(seq)", "max(seq) / 2"])
def test_one_journal_row_that_is_gone_is_found(which, busy, run):
    change(busy, f"DELETE FROM journal WHERE seq = (SELECT {which} FROM journal)")
    assert differences(run)


def test_a_last_entry_that_had_changed_nothing_is_missed_too(busy, run, ask):
    ask("set", "auto-fill", "on")
    change(busy, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert any("it ends at entry" in words for words in differences(run))


def test_two_journal_rows_that_changed_places_are_found(busy, run):
    change(busy, "UPDATE journal SET seq = CASE seq WHEN 3 THEN -4 WHEN 4 THEN -3 END WHERE seq IN (3, 4)")
    change(busy, "UPDATE journal SET seq = -seq WHERE seq < 0")
    assert any(words.startswith("journal: ") for words in differences(run))


def test_an_entry_nobody_can_read_is_a_finding_and_no_fault(busy, run):
    for body in ("", "{", '{"do": "unheard_of"}', '{"do": "open_shop"}'):
        change(busy, "UPDATE journal SET body = ? WHERE seq = 2", body)
        assert any("cannot be read" in words for words in differences(run))


def test_many_differences_are_counted_and_the_first_ones_told(busy, run):
    change(busy, "UPDATE journal SET hash = 'x'")
    change(busy, "UPDATE movement SET actor = 'Nobody'")
    assert "differ" in run("replay", "--check").out


def test_personal_data_is_not_governed_and_can_be_erased(busy, ask):
    change(busy, "DELETE FROM contact")
    assert ask("replay", "--check")["ok"]


STEPS = st.lists(
    st.tuples(st.sampled_from(
        ["place", "pay", "await", "confirm", "cancel", "hand", "ship", "resolve", "undo", "receive", "adjust", "count",
         "fill"]
    ), st.integers(0, 5), st.integers(-3, 6)),
    max_size=25,
)  # fmt: skip


def on_an_order(desk, what, order, other):
    """Arguments of a command about one order that may not even exist."""
    sql = {
        "confirm": "SELECT id FROM payment WHERE order_id = ? AND state = 'PENDING'",
        "undo": "SELECT id FROM decision WHERE order_id = ?",
    }
    known = desk.write_now(lambda c: c.execute(sql[what], (order,)).fetchone()) if what in sql else None
    paid = {"amount_minor": other * 1000, "method": "transfer", "reference": "", "paid_at": desk.clock()}
    return {
        "pay": (TakePayment, paid),
        "await": (TakePayment, {**paid, "awaiting": True}),
        "confirm": (ConfirmTransfer, {"payment_id": (known or ("",))[0], "seen": other > 0}),
        "cancel": (CancelOrder, {}),
        "hand": (HandOver, {}),
        "ship": (MarkShipped, {"ship_status": ShipStatus.SHIPPED}),
        "resolve": (Resolve, {"key": list(RESOLUTIONS)[other % len(RESOLUTIONS)]}),
        "undo": (UndoDecision, {"decision_id": (known or ("",))[0]}),
    }.get(what)


def command(desk, what, one, other):
    """One arbitrary command about one of six orders and three products."""
    order, product = f"o{one}", f"p{other % 3}"
    if found := on_an_order(desk, what, order, other):
        return found[0], {"order_id": order, **found[1]}
    stock = {"product_id": product, "location_id": MAIN_LOCATION}
    lines = (NewLine(product, other), NewLine("p0", one + 1))
    return {
        "place": (PlaceOrder, {"order_id": order, "location_id": MAIN_LOCATION, "lines": lines}),
        "receive": (ReceiveStock, {**stock, "units": one}),
        "adjust": (AdjustStock, {**stock, "units": other, "reason": "random"}),
        "count": (CountStock, {**stock, "counted": one, "seen": other}),
        "fill": (ChangeSetting, {"key": "auto_fill", "value": "true" if other > 0 else "false"}),
    }[what]


@given(STEPS)
def test_any_sequence_of_commands_replays_to_the_same_rows(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("random")
    desk = Desk(folder)
    given_names = iter(range(10_000))

    def do(kind, **fields):
        desk.do(kind(id=f"c{next(given_names)}", actor="Owner", at=desk.clock(), **fields))

    do(OpenShop, name="Random", owner="Owner", currency="NGN", time_zone="UTC")
    for number in range(3):
        goods = {"name": f"P{number}", "sku": f"S{number}", "barcode": "", "price_minor": 1000}
        do(SaveProduct, product_id=f"p{number}", track_stock=number < 2, **goods)
    for what, one, other in steps:
        kind, fields = command(desk, what, one, other)
        try:
            do(kind, **fields)
        except (Refused, database.DatabaseError):
            continue  # a rule said no, or an order of that id stands already: it must leave no trace
    desk.close()
    connection = database.open_reader(folder)
    connection.execute("BEGIN")
    try:
        assert check_replay(connection).differences == []
        assert list(book_troubles(connection, 5)) == []
    finally:
        connection.close()
