"""Settings, Web shop: the connection, what the shop is told, and whether stock fills waiting orders by itself."""

from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.domain.told_back import TELL_NOTE, TELL_NOTHING, TELL_STATUS
from posapp.gui.pages.connection_words import WEB_SHOP
from posapp.gui.pages.settings_choice import Choice, ChoiceCard, SettingChoice
from posapp.gui.pages.settings_connection import ConnectionSection
from posapp.gui.pages.settings_frame import SwitchCard
from posapp.gui.parts import Parts

_TOLD = (
    Choice(
        TELL_NOTHING,
        "Nothing",
        "The order stays in the web shop as it is, until somebody changes its status there by hand.",
    ),
    Choice(
        TELL_STATUS,
        "The status",
        "Handed over here, it is completed there; cancelled here, it is cancelled there. "
        "The web shop may write to the customer then, as it does for each status.",
    ),
    Choice(
        TELL_NOTE,
        "The status and a note to the customer",
        "The web shop also sends the customer a sentence on it: handed over, cancelled, refunded or partly refunded.",
    ),
)


class WebShopSection(ConnectionSection):
    """The web shop, what it is told of its orders, and what a free unit does."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, WEB_SHOP)
        self.fill = SwitchCard(
            "Fill waiting orders automatically",
            on="On: stock that arrives or is freed goes to waiting orders at once, the oldest payment first",
            off="Off: stock that arrives is offered, and you decide with one click",
        )
        self.told = ChoiceCard(
            "Tell the web shop",
            "What the web shop hears of its orders. Refunds are written into it in any case.",
            _TOLD,
        )
        self._told = SettingChoice(parts, "tell_shop", self.told)
        self.add(self.fill, self.told)
        self.fill.switch.clicked.connect(self._fill)
        parts.changes.changed.connect(self._news)

    def opened(self) -> None:
        """Read the connection and the settings."""
        super().opened()
        self._told.opened()
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
