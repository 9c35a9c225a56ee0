"""What leads from an order to its money: what the shop and the customer are told, and what a link costs."""

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from posapp.gui.dialogs.order import OrderDialog
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


MONEY = (
    Scene("message", _message, ALL),
    Scene("settings_told", lambda stage: _setting(stage, "web", "told"), ALL),
    Scene("settings_link_fee", lambda stage: _setting(stage, "payments", "fee"), ALL),
)
