"""The way that money goes back, one of several: what cannot be chosen says why, what must wait says so."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.payments import GATEWAY, PROVIDER, SENT_OUT
from posapp.gui import text
from posapp.gui.dialogs.order_plan import BY_HAND, Way
from posapp.gui.fonts import Type
from posapp.gui.widgets.base import column
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Radio

QUEUED = "Queued: sent when the network is back."


class RouteChoice(QWidget):
    """`changed` tells that another way is chosen. What stands `after` the ways belongs to them, in one line.

    As made it offers cash and money sent by hand: the ways of goods bought here.
    """

    changed = Signal()

    def __init__(self, till: str, after: Sequence[QWidget]) -> None:
        super().__init__()
        self.cash = Radio(f"Cash from Till {text.outside(till, 12)}")
        self.hand = Radio(BY_HAND, name=f"{BY_HAND} by hand")
        self.radios = {
            PROVIDER: Radio("The payment provider, back to card or bank"),
            GATEWAY: Radio("Web shop's gateway"),
            "cash": self.cash,
            "hand": self.hand,
        }
        for route, radio in self.radios.items():
            radio.setObjectName(f"route_{route}")
            if route in SENT_OUT:  # not shown yet: without a parent it would be a window
                radio.hide()
            radio.toggled.connect(lambda on: self._chosen() if on else None)
        self._offline = False
        self.why_not = Label("", Type.CAPTION, ink="muted", icon="info", wrap=True)
        self.queued = Label(QUEUED, Type.SMALL, icon="hourglass")
        self.queued.set_icon_ink("attention")
        self.why_not.hide()
        self.queued.hide()
        line = Flow(
            Label("By", ink="muted"), *self.radios.values(), *after, self.queued, spacing=16, line_spacing=4
        )
        line.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(line)
        self.setLayout(column(holder, self.why_not, spacing=4))

    @property
    def route(self) -> str:
        """Give the way that is chosen."""
        return next((route for route, radio in self.radios.items() if radio.isChecked()), "cash")

    def set_route(self, route: str) -> None:
        """Choose a way."""
        self.radios.get(route, self.cash).setChecked(True)

    def offer(self, ways: Sequence[Way], *, offline: bool) -> None:
        """Offer these ways; without a network, what must be asked for outside is queued."""
        self._offline = offline
        offered = {way.route: way for way in ways}
        for route, radio in self.radios.items():
            way = offered.get(route)
            radio.setVisible(way is not None)
            if way is not None:
                radio.set_word(way.word)
                radio.setEnabled(not way.why_not)
                radio.setAccessibleDescription(way.why_not)
        barred = [f"{way.word}: {way.why_not}" for way in ways if way.why_not]
        self.why_not.setText("\n".join(barred))
        self.why_not.setVisible(bool(barred))
        self._say_queued()

    def _chosen(self) -> None:
        self._say_queued()
        self.changed.emit()

    def _say_queued(self) -> None:
        self.queued.setVisible(self._offline and self.route in SENT_OUT)
