"""What may be given back while nobody outside is reached: the owner can limit it.

Without a network the till does not know what the web shop or the provider has done meanwhile; the window tells
with a decision that it was so.
"""

from posapp.commands.command import Work
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.payments import IN_SHOP

OFFLINE_LIMIT = (
    "offline_refund_minor"  # the setting: the most that goes back without a network; "" for no limit
)


def gone_from(order: Order) -> set[str]:
    """The shares of its refunds whose money has gone, or is on its way, by id."""
    return {part.id for part in order.parts if part.counts}


def guard_offline(work: Work, order: Order, gone: set[str]) -> None:
    """Look at what goes back beyond what was `gone` before. Raises `Refused` (offline_limit) for too much."""
    limit = work.setting(OFFLINE_LIMIT)
    back = [part for part in order.parts if part.counts and part.id not in gone and part.route != IN_SHOP]
    if limit and sum(part.amount_minor for part in back) > int(limit):
        raise Refused(
            "Without a network the owner lets less than that be given back. Wait for the network, or ask the owner.",
            code="offline_limit",
        )
