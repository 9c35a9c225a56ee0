"""Units of a sale that are not free: who has them, and the ways out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QWidget

from posapp.domain.orders import Channel
from posapp.domain.sales import ShortItem, Taker
from posapp.gui import keys, text
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Radio

LEAVE_OUT, FOUND, RESERVED = "leave_out", "found", "reserved"
SIZE = QSize(600, 520)


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What a person chose: units by item, to leave out, to take as found in hand, to take from what is promised."""

    left_out: dict[str, ShortItem] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, int] = field(default_factory=dict)


class ShortCard(Card):
    """One item: what is wanted and free, why, and three ways out of which one is chosen."""

    def __init__(self, item: ShortItem, zone: ZoneInfo, now: datetime) -> None:
        super().__init__()
        self.item = item
        missing = text.number(item.missing)
        name = text.outside(item.name)
        self.ways = {LEAVE_OUT: Radio(f"Leave {missing} out of the sale", checked=True)}
        self.ways[FOUND] = Radio(f"{missing} extra in hand: sell {'it' if item.missing == 1 else 'them'}")
        self.ways[RESERVED] = Radio(f"Sell {missing} reserved for {_whose(item)}")
        means = {
            LEAVE_OUT: "The rest of the sale goes on.",
            FOUND: "Stock rises by what is in your hand, and the item is listed to be counted again.",
            RESERVED: "That order goes to Attention. Its customer must be called.",
        }
        self._group = QButtonGroup(self)
        self.add(
            Label(name, weight=SEMIBOLD), 4, Label(why_short(item, zone, now), wrap=True, figures=True), 12
        )
        for way, radio in self.ways.items():
            radio.setObjectName(way)
            radio.setAccessibleDescription(means[way])
            self._group.addButton(radio)
            second = Label(means[way], Type.CAPTION, ink="muted", wrap=True)
            second.setContentsMargins(26, 0, 0, 8)
            self.add(radio, 2, second)
            if way == RESERVED and item.reserved < item.missing:
                radio.hide()
                second.hide()

    @property
    def way(self) -> str:
        """Which way out is chosen."""
        return next(way for way, radio in self.ways.items() if radio.isChecked())


class ShortDialog(FormDialog):
    """Asks item by item; `ways_out` tells what was chosen once it is accepted."""

    def __init__(self, parts: Parts, items: Sequence[ShortItem], parent: QWidget) -> None:
        super().__init__("Not enough to sell", parent, size=grown(SIZE))
        zone, now = parts.shop.zone, parts.clock()
        self.set_sub("Nothing was sold yet. Choose for each item, then go on to the money.")
        self.cards = [ShortCard(item, zone, now) for item in items]
        for card in self.cards:
            self.add(card, 12)
        self.add(STRETCH)
        self.go_on = Button("Go on", Variant.PRIMARY, shortcut=keys.caption("pay"))
        self.go_on.setObjectName("go_on")
        self.go_on.clicked.connect(self.accept)
        keys.bind(self, "pay", self.accept)
        self.set_footer(Button("Back to the basket", shortcut="Esc"), STRETCH, self.go_on)
        self.cards[0].ways[LEAVE_OUT].setFocus()

    def ways_out(self) -> WaysOut:
        """What was chosen."""
        chosen = WaysOut()
        for card in self.cards:
            item = card.item
            if card.way == LEAVE_OUT:
                chosen.left_out[item.item_id] = item
            elif card.way == FOUND:
                chosen.found[item.item_id] = item.missing
            else:
                chosen.reserved[item.item_id] = item.missing
        return chosen


def why_short(item: ShortItem, zone: ZoneInfo, now: datetime) -> str:
    """Say what is there and who has the rest: "2 wanted, 1 free. The last one was paid online, 0042, 10:02"."""
    free = text.number(item.free) if item.free else "none"
    said = f"{text.number(item.wanted)} wanted, {free} free."
    if item.cause is None:
        return said
    what = "The last one was" if item.free == 0 else "Others were"
    return f"{said} {what} {_taken(item.cause)}, {item.cause.number}, {text.when(item.cause.paid_at, zone, now)}."


def _taken(taker: Taker) -> str:
    return "paid online" if taker.channel == Channel.WEB else "sold here"


def _whose(item: ShortItem) -> str:
    return f"order {item.loser.number}" if item.loser else "paid orders"
