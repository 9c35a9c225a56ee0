"""The status chips: each a word, an icon and a tone, so that none is told by colour alone."""

from dataclasses import dataclass

from posapp.gui.tokens import Tone


@dataclass(frozen=True, slots=True)
class Chip:
    """What a status chip shows. `word` is the accessible text too."""

    word: str
    icon: str
    tone: Tone


ATTENTION = Chip("Attention", "triangle-alert", Tone.ATTENTION)
SHORT_OF_STOCK = Chip("Short of stock", "triangle-alert", Tone.ATTENTION)
LOW = Chip("Low", "triangle-alert", Tone.ATTENTION)
PAID = Chip("Paid", "circle-check", Tone.GOOD)
AGREES = Chip("Agrees", "circle-check", Tone.GOOD)
CONNECTED = Chip("Connected", "circle-check", Tone.GOOD)
UNPAID = Chip("Unpaid", "circle-dashed", Tone.NEUTRAL)
TO_PREPARE = Chip("To prepare", "package", Tone.NEUTRAL)
NOT_STARTED = Chip("Not started", "minus", Tone.NEUTRAL)
AWAITING = Chip("Awaiting", "hourglass", Tone.WAITING)
PAID_LATE = Chip("Paid late", "clock-alert", Tone.WAITING)
REFUNDED = Chip("Refunded", "undo-2", Tone.REFUNDED)
CANCELLED = Chip("Cancelled", "circle-x", Tone.STOPPED)
NONE_FREE = Chip("None free", "circle-x", Tone.STOPPED)
SHORT_CASH = Chip("Short", "circle-alert", Tone.STOPPED)
DELIVERED = Chip("Delivered", "package-check", Tone.MOVED)
SHIPPED = Chip("Shipped", "truck", Tone.MOVED)
