"""Scenes of a shop with a second location and a bundle: moved, brought, made of others."""

from PySide6.QtWidgets import QDialog

from posapp.commands.catalogue import SaveProduct
from posapp.commands.locations import AddLocation
from posapp.commands.stock import ReceiveStock
from posapp.gui.dialogs.move_stock import MoveDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.pages.products import ProductsPage
from posapp.gui.pages.settings import LOCATIONS, SettingsPage
from posapp.gui.widgets.dialog import DialogShell
from posapp.queries.locations import location_rows
from scripts.shots.pictures import ALL, Scene
from scripts.shots.stage import Stage, settle

GIFT = "GIFT-BOX"


def _second_location(stage: Stage) -> str:
    """Lekki, with a few red totes; and a gift box of a tote and two bars of shea butter."""
    if not stage.marks("lekki"):
        stage.do(AddLocation, name="Lekki")
        for sku, units in (("TOTE-RED", 6), ("RICE-5", 1)):
            stage.do(ReceiveStock, product_id=stage.product(sku).id, location_id=_lekki(stage), units=units)
        parts = {stage.product("TOTE-RED").id: 1, stage.product("SHEA-200").id: 2}
        stage.do(
            SaveProduct, product_id="gift", name="Gift box", sku=GIFT, barcode="", price_minor=1_950_000,
            track_stock=True, components=parts,
        )  # fmt: skip
        settle()
    return _lekki(stage)


def _lekki(stage: Stage) -> str:
    return location_rows(stage.reader)[1].id


def _products(stage: Stage, sku: str) -> ProductsPage:
    _second_location(stage)
    page = stage.front.open_page("products")
    assert isinstance(page, ProductsPage)
    page.table.select_id(stage.product(sku).id)
    settle()
    return page


def _opened(dialog: QDialog) -> None:
    dialog.open()
    settle(300)


def _move(stage: Stage) -> None:
    _products(stage, "TOTE-RED")
    dialog = MoveDialog(stage.parts, stage.product("TOTE-RED"), location=_lekki(stage), parent=stage.window)
    _opened(dialog)
    dialog.units.set_text("2")
    dialog.foresee()
    settle()


def _form(stage: Stage) -> None:
    _products(stage, GIFT)
    form: DialogShell = ProductForm(stage.parts, stage.product(GIFT), parent=stage.window)
    _opened(form)


def _bring(stage: Stage) -> None:
    _second_location(stage)
    stage.front.open_page("attention")
    dialog = OrderDialog(stage.parts, stage.order("Musa Danjuma"), parent=stage.window)
    _opened(dialog)
    dialog.decision.choose("fulfill_order")
    settle(600)


def _settings(stage: Stage) -> None:
    _second_location(stage)
    page = stage.front.open_page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section(LOCATIONS)
    settle()


STOCK = (
    Scene("products_locations", lambda stage: _products(stage, "TOTE-RED")),
    Scene("products_bundle", lambda stage: _products(stage, GIFT)),
    Scene("product_form_bundle", _form),
    Scene("move_stock", _move),
    Scene("order_dialog_bring", _bring, ALL),
    Scene("settings_locations", _settings),
)
