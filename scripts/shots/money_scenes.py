"""What leads from an order to its money: what the shop and the customer are told, and what a link costs."""

from PySide6.QtWidgets import QScrollArea, QWidget

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


MONEY = (
    Scene("settings_told", lambda stage: _setting(stage, "web", "told"), ALL),
    Scene("settings_link_fee", lambda stage: _setting(stage, "payments", "fee"), ALL),
)
