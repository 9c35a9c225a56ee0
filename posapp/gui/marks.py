"""How an order's two standings look in lists and panels: a chip each, and the channel with its icon."""

from posapp.domain.orders import Channel
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.gui import chips
from posapp.gui.chips import Chip
from posapp.gui.tokens import Tone

PART_PAID = Chip("Part paid", "hand-coins", Tone.WAITING)
OWED = Chip("Owed", "hand-coins", Tone.ATTENTION)
HANDED_OVER = Chip("Handed over", "package-check", Tone.MOVED)

PAYMENT: dict[PaymentMark, Chip] = {
    PaymentMark.PAID: chips.PAID,
    PaymentMark.PARTLY: PART_PAID,
    PaymentMark.UNPAID: chips.UNPAID,
    PaymentMark.AWAITING: chips.AWAITING,
    PaymentMark.REFUNDED: chips.REFUNDED,
    PaymentMark.OWED: OWED,
}
FULFILMENT: dict[FulfilmentMark, Chip] = {
    FulfilmentMark.NOT_STARTED: chips.NOT_STARTED,
    FulfilmentMark.TO_PREPARE: chips.TO_PREPARE,
    FulfilmentMark.HANDED_OVER: HANDED_OVER,
    FulfilmentMark.SHIPPED: chips.SHIPPED,
    FulfilmentMark.DELIVERED: chips.DELIVERED,
    FulfilmentMark.ATTENTION: chips.ATTENTION,
    FulfilmentMark.CANCELLED: chips.CANCELLED,
}
CHANNEL: dict[Channel, tuple[str, str]] = {  # word, icon
    Channel.WEB: ("Web", "globe"),
    Channel.COUNTER: ("Counter", "store"),
    Channel.MANUAL: ("By hand", "pencil"),
}
