"""What leads from an order to its money: what the shop and the customer are told, and what a link costs."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from posapp.commands.command import new_command_id
from posapp.domain.basket import Basket, added
from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.pay import PayDialog
from posapp.queries.details import order_details
from scripts.shots.counter_scenes import tell_counter
from scripts.shots.pictures import ALL, Missing, Scene
from scripts.shots.stage import Stage, settle


def _setting(stage: Stage, section_id: str, card: str) -> None:
    """A section of Settings, scrolled to one of its cards."""
    section = stage.front.open_page("settings").show_section(section_id)
    settle()
    shown = getattr(section, card, None)
    if not isinstance(shown, QWidget):
        raise Missing(f"Settings, {section_id} has no {card}")
    section.findChild(QScrollArea).ensureWidgetVisible(shown)
    settle()


def _message(stage: Stage) -> None:
    """What the customer of a short order is told, before it is copied or sent."""
    stage.front.open_order(stage.order("Ada Obi"))
    settle()
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, OrderDialog):
        raise Missing("the order did not open")
    dialog.head.contact.preview("short")
    settle()


def _to_pay(stage: Stage) -> None:
    """Who comes for an order that was not paid yet is found by name."""
    page = stage.front.open_page("sell")
    settle()
    page.field.edit.clear()
    page.field.edit.setFocus()
    QTest.keyClicks(page.field.edit, "chioma")
    settle(500)


def _not_there(stage: Stage) -> None:
    """Not all of what somebody comes for is there."""
    stage.front.open_page("sell")
    if not stage.marks("not_there"):
        stage.place("Tunde Bello", "TOTE-RED")
        settle()
    details = order_details(stage.reader, stage.order("Tunde Bello"), stage.clock())
    if details is None:
        raise Missing("no order of Tunde Bello")
    CollectDialog(stage.parts, details, stage.window).open()
    settle()


def _kept_unpaid(stage: Stage) -> None:
    """A sale that was kept as an unpaid order: how the customer can pay it."""
    tell_counter(stage)
    basket = Basket(new_command_id(stage.clock()), stage.parts.shop.location_id)
    basket = added(basket, stage.product("SHEA-200").id, "Shea butter 200 g")[0]
    dialog = PayDialog(stage.parts, basket, stage.window)
    dialog.open()
    settle()
    dialog.part.choose("transfer")
    dialog.keep.click()
    settle(600)


MONEY = (
    Scene("pay_kept_unpaid", _kept_unpaid, ALL),
    Scene("sell_to_pay", _to_pay, ALL),
    Scene("collect_not_there", _not_there, ALL),
    Scene("message", _message, ALL),
    Scene("settings_told", lambda stage: _setting(stage, "web", "told"), ALL),
    Scene("settings_link_fee", lambda stage: _setting(stage, "payments", "fee"), ALL),
)
