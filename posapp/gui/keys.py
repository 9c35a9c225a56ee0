"""Every keyboard shortcut, in one table: buttons show them, the F1 sheet lists them, a test finds conflicts.

No bare letters or digits: a scanner types them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

EVERYWHERE, LISTS, ORDER, SELL, PAY = "Everywhere", "In lists", "In the order", "When selling", "At Pay"


@dataclass(frozen=True, slots=True)
class Key:
    """A shortcut: the sequences that trigger it, what it does in words, and where it holds.

    `bound` is false for a key that its widget handles itself, such as Enter in a list.
    """

    id: str
    sequences: tuple[str, ...]
    words: str
    where: str = EVERYWHERE
    bound: bool = True


KEYS = (
    Key("sheet", ("F1", "Ctrl+/"), "Show this sheet"),
    Key("find", ("F2",), "Search on this page"),
    Key("jump", ("Ctrl+K",), "Find an order, product or customer"),
    Key("dashboard", ("Ctrl+1",), "Dashboard"),
    Key("sell", ("Ctrl+2",), "Sell"),
    Key("orders", ("Ctrl+3",), "Orders"),
    Key("attention", ("Ctrl+4",), "Attention"),
    Key("products", ("Ctrl+5",), "Products"),
    Key("settings", ("Ctrl+8",), "Settings"),
    Key("shift", ("Ctrl+Shift+S",), "The shift: X, Z, close of day"),
    Key("cash_move", ("Ctrl+Shift+M",), "Cash in or out, on the shift's page"),
    Key("sync", ("Ctrl+R",), "Sync now"),
    Key("print", ("Ctrl+P",), "Print"),
    Key("drawer", ("F12",), "Open the cash drawer"),
    Key("new_order", ("Ctrl+Shift+N",), "New order by hand"),
    Key("lock", ("Ctrl+L",), "Lock the till, or switch user", bound=False),
    Key("regions", ("Ctrl+F6",), "Next part of the window"),
    Key("take_up", ("Alt+Z",), "Press the word in the news at the bottom right: Undo"),
    Key("full_screen", ("F11",), "Full screen"),
    Key("back", ("Esc",), "One level back", bound=False),
    Key("open", ("Return",), "Open the selected row", LISTS, bound=False),
    Key("preview", ("Space",), "Preview the selected row", LISTS, bound=False),
    Key("copy", ("Ctrl+C",), "Copy the selected row", LISTS, bound=False),
    Key("save_view", ("Ctrl+S",), "Save the filters of the list as a view", LISTS),
    Key("first", ("Home",), "First row", LISTS, bound=False),
    Key("last", ("End",), "Last row", LISTS, bound=False),
    Key("refund_excess", ("Alt+E",), "Show the effect of Refund Excess", ORDER),
    Key("refund_order", ("Alt+O",), "Show the effect of Refund Order", ORDER),
    Key("fulfill_order", ("Alt+F",), "Show the effect of Fulfill Order", ORDER),
    Key("customer", ("F3",), "Customer of the sale", SELL),
    Key("hold", ("F4",), "Hold the sale", SELL),
    Key("recall", ("F5",), "Recall a held sale", SELL),
    Key("quantity", ("F6",), "Quantity of the selected line", SELL),
    Key("price", ("F7",), "Price or note of the selected line", SELL),
    Key("discount", ("F8",), "Discount", SELL),
    Key("pay", ("F9", "Ctrl+Return"), "Pay; then finish the sale", SELL),
    Key("new_sale", ("Ctrl+N",), "New sale", SELL),
    Key("take_back", ("Ctrl+B",), "Take goods back", SELL),
    Key("undo", ("Ctrl+Z",), "Undo the last change of the basket", SELL),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do it again", SELL),
    Key("remove", ("Del",), "Remove the selected line", SELL, bound=False),
    Key("choose_line", ("Up", "Down"), "Choose a line while the field is empty", SELL, bound=False),
    Key("pay_cash", ("Alt+1",), "Pay in cash", PAY),
    Key("pay_transfer", ("Alt+2",), "Pay by transfer", PAY),
    Key("pay_card", ("Alt+3",), "Pay by card terminal", PAY),
    Key("pay_account", ("Alt+4",), "Pay on account", PAY),
    Key("pay_keep", ("Alt+5",), "Keep it as an unpaid order", PAY),
)
_BY_ID = {key.id: key for key in KEYS}
_SHORT = {"Return": "Enter"}
_TOGETHER = {PAY: (PAY, SELL)}  # the keys of the basket still say what they do while it is being paid
_RESERVED = frozenset(("Esc", "Return", "Enter", "Tab", "Backtab", "Space", "Backspace", "Del", "Up", "Down"))
_chosen: dict[str, tuple[str, ...]] = {}  # by key: what a person wants instead of what is delivered
_bound: list[tuple[str, QShortcut]] = []


def caption(key_id: str) -> str:
    """Give the key's name as a button shows it: Ctrl+4, Enter. Raises `KeyError` for an unknown id."""
    return short(sequences(key_id)[0])


def short(sequence: str) -> str:
    """Give a sequence as it stands on the keys: Enter for Return."""
    held, plus, bare = sequence.rpartition("+")
    return held + plus + _SHORT.get(bare, bare)


def sequences(key_id: str) -> tuple[str, ...]:
    """Give what triggers a key now. Raises `KeyError` for an unknown id."""
    return _chosen.get(key_id) or _BY_ID[key_id].sequences


def bind(owner: QWidget, key_id: str, action: Callable[[], object], *, inside: bool = False) -> None:
    """Have the key call `action` while `owner`'s window is active, or with `inside` only with the focus in it."""
    scope = Qt.ShortcutContext
    shortcut = QShortcut(owner)
    shortcut.setKeys([QKeySequence(sequence) for sequence in sequences(key_id)])
    shortcut.setContext(scope.WidgetWithChildrenShortcut if inside else scope.WindowShortcut)
    shortcut.activated.connect(action)
    _bound[:] = [(known, each) for known, each in _bound if shiboken6.isValid(each)]
    _bound.append((key_id, shortcut))


def use(chosen: Mapping[str, Sequence[str]]) -> None:
    """Use other keys for what a person chose, at once; what cannot be used is passed over."""
    _chosen.clear()
    for key_id, wanted in chosen.items():
        if wanted and key_id in _BY_ID and all(not why_not(key_id, sequence) for sequence in wanted):
            _chosen[key_id] = tuple(wanted)
    for key_id, shortcut in _bound:
        if shiboken6.isValid(shortcut):
            shortcut.setKeys([QKeySequence(sequence) for sequence in sequences(key_id)])


def why_not(key_id: str, sequence: str) -> str:
    """Say why a sequence cannot stand for a key; "" when it can. A scanner types letters, digits and Enter."""
    parsed = QKeySequence(sequence)
    named = parsed.toString()
    if parsed.count() != 1 or not named:
        return "Press one key, or one with Ctrl or Alt."
    held, _, bare = named.rpartition("+") if len(named) > 1 else ("", "", named)
    if not {"Ctrl", "Alt"} & set(held.split("+")) and (len(bare) <= 1 or bare in _RESERVED):
        return f"{short(bare) or named} alone is typed, or moves about. Hold Ctrl or Alt with it."
    taken = holder(key_id, sequence)
    return f"{short(sequence)} is taken: {taken.words}." if taken else ""


def holder(key_id: str, sequence: str) -> Key | None:
    """Who else has a sequence where this key holds."""
    wanted, mine = QKeySequence(sequence), _BY_ID[key_id]
    for key in KEYS:
        meet = EVERYWHERE in (key.where, mine.where) or key.where in _TOGETHER.get(mine.where, (mine.where,))
        meet = meet or mine.where in _TOGETHER.get(key.where, ())
        if key.id != key_id and meet and any(QKeySequence(s) == wanted for s in sequences(key.id)):
            return key
    return None
