"""Stock that arrived for waiting orders while it is not given out by itself: one click gives it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from posapp.commands.resolutions import Resolve
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs.order_strips import WrappingStrip
from posapp.gui.dialogs.order_words import person
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.queries.attention import Arrival
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details


class ArrivedStrip(WrappingStrip):
    """Names the order that has waited longest. `reviewed` asks to open it; Fill gives it what is free."""

    reviewed = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__(Tone.MOVED, "", icon="package-plus")
        self._parts = parts
        self._order_id = ""
        self.review = self.add_button("Review")
        self.fill = self.add_button("Fill")
        self.review.setObjectName("review_arrival")
        self.fill.setObjectName("fill_arrival")
        self.review.clicked.connect(lambda: self.reviewed.emit(self._order_id))
        self.fill.clicked.connect(self._fill)
        self.hide()

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """Tell the first order in the queue, and how many more there are."""
        self.setVisible(bool(arrivals))
        if not arrivals:
            return
        first = arrivals[0]
        self._order_id = first.order_id
        units = sum(min(a.short, a.free_now) for a in arrivals if a.order_id == first.order_id)
        others = len({a.order_id for a in arrivals}) - 1
        more = f" and {text.plural(others, 'more order')}" if others else ""
        number = text.outside(first.number, 24)
        self.say(f"Stock arrived for {number}{more}:", f"{text.number(units)} now free")
        self.review.setAccessibleName(f"Review {number}")
        self.fill.setAccessibleName(f"Fill {number} with what is free")

    def _fill(self) -> None:
        """Give the order what is free now: all it lacks, or as much as there is; nothing is invented."""
        parts = self._parts
        details = order_details(parts.reader, self._order_id, parts.clock())
        units = free_units(details) if details is not None else {}
        if details is None or not units:
            return
        number, who = text.outside(details.number, 24), person(details.contact.name)
        given = sum(units.values())
        whole = given == sum(line.short for line in details.lines if line.short > 0)
        rest = "" if whole else ", the rest is still missing"

        def done(_: object) -> None:
            parts.toast(f"{number}: {text.number(given)} held for {who}{rest}", icon="package-check")

        def failed(refusal: Refused) -> None:
            parts.toast(refusal.message, icon="circle-alert")

        parts.perform(
            Resolve,
            done=done,
            failed=failed,
            order_id=details.id,
            key="fulfill_order" if whole else "mixed",
            seen=details.fingerprint,
            fulfill={} if whole else units,
        )


def free_units(details: OrderDetails) -> dict[str, int]:
    """Share the free units among an order's short lines, first line first; by line id."""
    return {line.line_id: line.fillable for line in details.lines if line.fillable}
