"""What is said of the printer: in the status line, and what to do about it."""

from posapp.gui import text
from posapp.gui.paper import PaperState

# By the code of the trouble: what is wrong, and what a person can do.
_TROUBLE = {
    "paper_out": ("out of paper", "Put in a new roll. What waits is printed by itself then."),
    "cover_open": ("cover open", "Close its cover. What waits is printed by itself then."),
    "cutter": ("knife is stuck", "Switch it off, open the cover, take the paper out of the knife, switch it on again."),
    "fault": ("says that it has a fault", "Switch it off and on. If that does not help, its manual says more."),
    "stuck": ("takes nothing", "See whether it is out of paper or jammed, then switch it off and on."),
    "vanished": ("stopped in the midst", "See its cable and its plug. What was cut is printed again, and says so."),
    "unreachable": ("not reached", "See that it is on and in the same network, and that its address is right."),
    "no_device": ("not found", "See that it is on and plugged in, or choose it anew in Settings, Tills and printing."),
    "not_allowed": ("may not be used", "This computer's user must be in the group lp. Then sign in again."),
    "no_spooler": ("system does not print", "This computer's own printing does not run (the command lp is missing)."),
    "refused": ("refused by the system", "Look at this computer's own printer settings: is it there and not paused?"),
    "ours": ("stopped inside posapp", "Start posapp again: what waits is printed then. The log says more."),
    "bad_address": ("address is wrong", "An address is like 192.168.1.50 or 192.168.1.50:9100."),
}  # fmt: skip
_UNKNOWN = ("does not print", "The log says more. What waits is tried again.")


def wrong(code: str) -> str:
    """Say what is wrong, to stand behind the word Printer."""
    return _TROUBLE.get(code, _UNKNOWN)[0]


def advice(code: str) -> str:
    """Say what to do about it."""
    return _TROUBLE.get(code, _UNKNOWN)[1]


def status(state: PaperState) -> str:
    """Say in the status line how the printer stands; "" where there is none."""
    waits = f", {text.number(state.waiting)} waiting" if state.waiting > 1 else ""
    match state.phase:
        case "trouble":
            return f"Printer: {wrong(state.trouble)}{waits}"
        case "printing":
            return f"Printing{waits}"
        case "ready":
            return "Printer ready"
    return ""
