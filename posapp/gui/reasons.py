"""Why an order asks for attention, as a chip and as a filter's word."""

from posapp.domain.attention import Reason
from posapp.gui import chips
from posapp.gui.chips import Chip
from posapp.gui.tokens import Tone

REASON: dict[Reason, Chip] = {
    Reason.SHORTAGE: chips.SHORT_OF_STOCK,
    Reason.STOCK_DEFICIT: Chip("Stock was lost", "triangle-alert", Tone.ATTENTION),
    Reason.PAYMENT_DELAYED: Chip("Payment hangs", "hourglass", Tone.WAITING),
    Reason.LATE_PAYMENT: chips.PAID_LATE,
    Reason.OVERPAYMENT: Chip("Paid too much", "hand-coins", Tone.WAITING),
    Reason.DUPLICATE_PAYMENT: Chip("Paid twice", "hand-coins", Tone.WAITING),
    Reason.PAYMENT_REVERSED: Chip("Taken back", "circle-x", Tone.STOPPED),
    Reason.SHOP_CHANGED: Chip("Shop changed it", "store", Tone.WAITING),
    Reason.REFUND_FAILED: Chip("Refund failed", "circle-x", Tone.STOPPED),
    Reason.NEEDS_DETAILS: Chip("Needs bank details", "landmark", Tone.WAITING),
}
