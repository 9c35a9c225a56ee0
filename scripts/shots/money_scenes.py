"""What leads from an order to its money: what the shop and the customer are told, and what a link costs."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.queries.details import order_details
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


MONEY = (
    Scene("sell_to_pay", _to_pay, ALL),
    Scene("collect_not_there", _not_there, ALL),
    Scene("message", _message, ALL),
    Scene("settings_told", lambda stage: _setting(stage, "web", "told"), ALL),
    Scene("settings_link_fee", lambda stage: _setting(stage, "payments", "fee"), ALL),
)
