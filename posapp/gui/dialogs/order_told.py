"""The strips of an open order: what stands about it as of now, with the seconds in which a refund can be taken back."""

from PySide6.QtCore import QTimer

from posapp.gui.dialogs.order_strips import Said, Strips, standing_strips
from posapp.gui.parts import Parts
from posapp.queries.detail_rows import OrderDetails

SECOND_MS = 1000


class OrderStrips(Strips):
    """Follows the network and the clock by itself; the dialog tells it which order, and what is news."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._details: OrderDetails | None = None
        self._news: Said | None = None
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._count)
        parts.post.line_changed.connect(self._show)  # a method: it is forgotten with this, as no lambda is

    def show_order(self, details: OrderDetails, news: Said | None) -> None:
        """Say what stands about an order, under what just happened to it."""
        self._details, self._news = details, news
        self._show()

    def _show(self) -> None:
        if self._details is None:
            return
        news = [self._news] if self._news is not None else []
        offline = self._parts.post.line.phase == "offline"
        stands = standing_strips(self._details, self._parts.shop, self._parts.clock(), offline=offline)
        self.show_strips([*news, *stands])
        self._count()

    def _count(self) -> None:
        if not self.count_down(self._parts.clock()):
            self._second.stop()
        elif not self._second.isActive():
            self._second.start()
