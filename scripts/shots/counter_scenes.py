"""Money at the counter: every way to pay, what is short, goods that come back, accounts, and their settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.command import named, new_command_id
from posapp.commands.counter import Sell, Tender
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.db.contacts import write_contact
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket
from posapp.domain.feed import Contact
from posapp.domain.sale_line import SaleLine
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.accounts import AccountsDialog
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.gui.dialogs.take_back_unknown import TakeBackUnknownDialog
from posapp.gui.pages.settings import SettingsPage
from posapp.queries.selling import by_code
from scripts.shots.pictures import ALL, Missing, Scene
from scripts.shots.stage import Stage, settle

Draw = Callable[[Stage], object]
ACCOUNT = {"bank_account": "0119204587", "bank_name": "Lagoon Bank", "bank_holder": "Adaeze Nwosu"}
PEOPLE = (  # name, phone, what they may owe and what they bought on account
    ("Blessing Okafor", "+234 809 555 0151", 5_000_000, (("TOTE-BLU", 1), ("SHEA-200", 2))),
    ("Mama Tunde’s canteen", "+234 802 555 0164", 10_000_000, (("SOAP-BH", 4),)),
    ("Ifeoma Chukwu", "+234 805 555 0118", 1_000_000, ()),
)
CODES = (("NECK-1", 1), ("ZOBO-50", 3), ("SHEA-200", 2))


def tell_counter(stage: Stage) -> None:
    """A shift, an account to transfer to, three customers who may buy on account, and a receipt."""
    if stage.marks("counter"):
        return
    stage.do(OpenShift, float_minor=2_000_000)
    for key, value in ACCOUNT.items():
        stage.do(ChangeSetting, key=key, value=value)
    for name, phone, limit, bought in PEOPLE:
        contact = contact_of(name)
        stage.desk.write_now(partial(write_contact, contact_id=contact, contact=Contact(name, phone)))
        stage.do(SetCreditLimit, contact_id=contact, limit_minor=limit)
        for at, (sku, units) in enumerate(bought):
            _sold(stage, f"{contact}-{at}", "account", (sku, units), contact=contact)
    stage.do(PayAccount, contact_id=contact_of("Blessing Okafor"), amount_minor=500_000, method="transfer")
    _sold(stage, "receipt", "cash", *CODES)
    settle()


def contact_of(name: str) -> str:
    """The id of one of `PEOPLE`."""
    return named("shots", "contact", name)


def _sold(stage: Stage, order_id: str, method: str, *wanted: tuple[str, int], contact: str = "") -> None:
    products = [(stage.product(sku), units) for sku, units in wanted]
    whole = sum((product.price_minor or 0) * units for product, units in products)
    stage.do(
        Sell, order_id=order_id, location_id=stage.parts.shop.location_id, contact_id=contact,
        lines=tuple(SaleLine(product.id, units) for product, units in products),
        tenders=(Tender(method, whole),),
    )  # fmt: skip


def _basket(stage: Stage, *wanted: tuple[str, int], customer: str = "") -> Basket:
    made = Basket(new_command_id(stage.clock()), stage.parts.shop.location_id)
    for code, units in wanted:
        row = by_code(stage.reader, code, stage.parts.shop.location_id)
        if row is None:
            raise Missing(f"nothing is called {code}")
        made, _ = baskets.added(made, row.id, row.name, units)
    return baskets.for_customer(made, contact_of(customer), customer) if customer else made


def _pay(stage: Stage, *wanted: tuple[str, int], customer: str = "Blessing Okafor") -> PayDialog:
    tell_counter(stage)
    stage.front.open_page("sell")
    dialog = PayDialog(stage.parts, _basket(stage, *(wanted or CODES), customer=customer), stage.window)
    dialog.open()
    settle()
    return dialog


def _amount(dialog: PayDialog, method: str, typed: str) -> None:
    """Choose a way to pay and type an amount over what it proposes."""
    dialog.choose(method)
    field = dialog.part.panes[method].first()
    field.setFocus()
    QTest.keyClicks(field, typed)
    settle()


def _cash(stage: Stage) -> None:
    _amount(_pay(stage), "cash", "20000")


def _transfer(stage: Stage) -> None:
    _pay(stage).choose("transfer")


def _split(stage: Stage) -> None:
    dialog = _pay(stage)
    _amount(dialog, "cash", "5000")
    _amount(dialog, "card", "4200")
    dialog.choose("transfer")
    dialog.part.transfer.seen.click()


def _account(stage: Stage) -> None:
    _pay(stage).choose("account")


def _no_account(stage: Stage) -> None:
    _pay(stage, customer="").choose("account")


def _done(stage: Stage) -> None:
    dialog = _pay(stage)
    _amount(dialog, "cash", "20000")
    dialog.finish.click()
    settle(400)


def _kept(stage: Stage) -> None:
    dialog = _pay(stage)
    dialog.choose("transfer")
    dialog.keep.click()
    settle(400)


def _short(stage: Stage) -> None:
    """The totes are promised to orders of the web."""
    _pay(stage, ("TOTE-RED", 2), ("NECK-1", 1), customer="")
    settle(300)


def _take_back(stage: Stage) -> None:
    tell_counter(stage)
    stage.front.open_page("sell")
    dialog = TakeBackDialog(stage.parts, stage.window, order_id="receipt")
    dialog.open()
    if dialog.lines is None:
        raise Missing("the receipt is not found")
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.lines.rows[2].stepper.setValue(1)
    dialog.lines.rows[2].restock.setChecked(False)
    dialog.lines.rows[2].why.edit.setText("Melted in the sun")
    dialog.lines.rows[2].why.edit.textEdited.emit("Melted in the sun")
    settle(500)


def _take_back_empty(stage: Stage) -> None:
    tell_counter(stage)
    stage.front.open_page("sell")
    TakeBackDialog(stage.parts, stage.window).open()


def _unknown(stage: Stage) -> None:
    tell_counter(stage)
    stage.front.open_page("sell")
    dialog = TakeBackUnknownDialog(stage.parts, stage.window)
    dialog.open()
    dialog.item.edit.setFocus()
    QTest.keyClicks(dialog.item.edit, "SOAP-BH")
    QTest.keyClick(dialog.item.edit, "\r")
    dialog.units.edit.setText("1")
    dialog.reason.edit.setText("A gift, she has no receipt")
    settle(500)


def _account_dialog(name: str) -> Draw:
    def draw(stage: Stage) -> None:
        tell_counter(stage)
        stage.front.open_page("sell")
        AccountDialog(stage.parts, contact_of(name), stage.window).open()

    return draw


def _accounts(stage: Stage) -> None:
    tell_counter(stage)
    stage.front.open_page("dashboard")
    AccountsDialog(stage.parts, stage.window).open()


def _dashboard(stage: Stage) -> None:
    tell_counter(stage)
    stage.front.open_page("dashboard")
    settle(300)


def _settings(section: str) -> Draw:
    def draw(stage: Stage) -> None:
        tell_counter(stage)
        page = stage.front.open_page("settings")
        if not isinstance(page, SettingsPage):
            raise Missing("the window has no settings")
        page.show_section(section)
        QApplication.processEvents()

    return draw


COUNTER = (
    Scene("pay_cash", _cash, ALL),
    Scene("pay_transfer", _transfer, ALL),
    Scene("pay_split", _split, ALL),
    Scene("pay_account", _account, ALL),
    Scene("pay_no_customer", _no_account),
    Scene("pay_done", _done, ALL),
    Scene("pay_kept", _kept, ALL),
    Scene("pay_short", _short, ALL),
    Scene("take_back", _take_back, ALL),
    Scene("take_back_empty", _take_back_empty),
    Scene("take_back_unknown", _unknown, ALL),
    Scene("account", _account_dialog("Blessing Okafor"), ALL),
    Scene("account_new", _account_dialog("Ifeoma Chukwu")),
    Scene("accounts", _accounts, ALL),
    Scene("dashboard_owed", _dashboard, ALL),
    Scene("settings_money", _settings("money"), ALL),
    Scene("settings_scanner", _settings("scanner"), ALL),
    Scene("settings_keys", _settings("keys"), ALL),
)
