"""Settings, Web shop: the connection, and whether stock goes to waiting orders by itself."""

from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.gui.pages.connection_words import WEB_SHOP
from posapp.gui.pages.settings_connection import ConnectionSection
from posapp.gui.pages.settings_frame import SwitchCard
from posapp.gui.parts import Parts


class WebShopSection(ConnectionSection):
    """The web shop, and what a free unit does."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, WEB_SHOP)
        self.fill = SwitchCard(
            "Fill waiting orders automatically",
            on="On: stock that arrives or is freed goes to waiting orders at once, the oldest payment first",
            off="Off: stock that arrives is offered, and you decide with one click",
        )
        self.add(self.fill)
        self.fill.switch.clicked.connect(self._fill)
        parts.changes.changed.connect(self._news)

    def opened(self) -> None:
        """Read the connection and the setting."""
        super().opened()
        self.fill.show_state(on=self._parts.reader.settings().auto_fill)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if "SettingsChanged" in names:
            self.fill.show_state(on=self._parts.reader.settings().auto_fill)

    def _fill(self, on: bool) -> None:
        """Change it; a refusal puts the switch back."""
        self.fill.show_state(on=on)
        self._parts.perform(
            ChangeSetting, key="auto_fill", value="true" if on else "false", failed=self._not_changed
        )

    def _not_changed(self, why: Refused) -> None:
        self.opened()
        self._parts.toast(why.message, icon="circle-alert")
