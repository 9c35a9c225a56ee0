"""Why the list of orders is empty, and what to do about it."""

from posapp.gui.pages.orders_filters import OrderFilters
from posapp.gui.parts import Parts
from posapp.gui.widgets.empty import EmptyState
from posapp.queries.orders import View, newest_placed_at


def say_why_empty(empty: EmptyState, filters: OrderFilters, parts: Parts) -> None:
    """Tell apart: still loading, never synced, nothing yet, nothing matches, nothing to do."""
    line = parts.post.line
    if newest_placed_at(parts.reader) is None:
        if line.phase == "syncing":
            far = f"{line.done} of {line.total} read" if line.total else "The web shop is being read"
            empty.say("Loading orders", far, icon="refresh-cw")
        elif line.phase != "none" and line.last_ok is None:
            empty.say(
                "Never synced", "The web shop has not been read yet.", icon="cloud-off", action="Sync now"
            )
        else:
            words = "Web orders appear here by themselves; others are made by hand."
            if line.phase == "none":
                words = "Connect a web shop in Settings, or make one by hand."
            empty.say("No orders yet", words, icon="receipt-text", action="New order")
        return
    view, plain = filters.views.value, not filters.searched and "," not in filters.words()
    if plain and view == View.TO_PREPARE:
        empty.say(
            "Nothing to prepare",
            "Every paid order is with its customer.",
            icon="circle-check",
            ink="ok",
            action="Clear filters",
        )
    elif plain and view == View.AWAITING:
        empty.say("No transfer is awaited", "", icon="circle-check", ink="ok", action="Clear filters")
    else:
        empty.say("No order matches", f"Filters: {filters.words()}", action="Clear filters")
