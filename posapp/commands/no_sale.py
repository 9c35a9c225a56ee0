"""Opening the cash drawer when nothing is sold: allowed to some, and written down."""

from posapp.commands.command import Command, Work
from posapp.domain.errors import Refused


class OpenDrawer(Command, frozen=True, kw_only=True, tag="open_drawer"):
    """The drawer is to be opened without a sale. The journal keeps who wanted it, when and why."""

    reason: str


def open_drawer(command: OpenDrawer, work: Work) -> str:
    """Let the drawer be opened; whoever asked tells the printer then. Raises `Refused` without a reason."""
    if not command.reason.strip():
        raise Refused("Say why the drawer is opened without a sale.", code="reason_missing")
    return ""
