"""What stands over other things for a moment: a question, other keys, a view's name, raw text, reopening."""

from posapp.commands.shifts import CloseShift
from posapp.gui import keys
from posapp.gui.dialogs.press_key import PressKeyDialog
from posapp.gui.dialogs.raw_text import RawTextDialog
from posapp.gui.dialogs.reopen_shift import ReopenShiftDialog
from posapp.gui.pages.orders_views import NameView
from posapp.gui.widgets.dialog import Question
from posapp.queries.health import SetAside
from posapp.queries.shifts import last_closed, z_report
from scripts.shots.pictures import Scene
from scripts.shots.shift_scenes import COUNT, tell_shift
from scripts.shots.stage import FRIDAY, Stage

_RAW = '{"id": 431, "number": "431", "line_items": [{"name": "Zobo 50 cl", "quantity": 2000000}]}'


def _question(stage: Stage) -> None:
    words = "The PIN and the badge hold no more. What was done under the name stays in the books."
    Question("Chidi leaves the shop?", words, "Chidi leaves", stage.window, danger=True).open()


def _press_key(stage: Stage) -> None:
    """A key that is taken."""
    stage.front.open_page("settings").show_section("keys")  # type: ignore[attr-defined]  # the page named so
    dialog = PressKeyDialog(next(key for key in keys.KEYS if key.id == "hold"), stage.window)
    dialog.open()
    dialog.show_pressed("Ctrl+K")


def _name_view(stage: Stage) -> None:
    stage.front.open_page("orders")
    NameView("Save these filters as a view", "Status: Attention", "", (), "Save view", stage.window).open()


def _raw_text(stage: Stage) -> None:
    stage.front.open_page("health")
    reason = "line_items[0].quantity is 2000000, more than 1,000,000"
    item = SetAside(7, "shop", "order", "431", "order 431", FRIDAY, reason, _RAW, "quarantined")
    RawTextDialog(item, "14:20", stage.window).open()


def _reopen(stage: Stage) -> None:
    if not stage.marks("reopen"):
        tell_shift(stage)
        stage.do(CloseShift, pieces=COUNT, reason="500 short: given as change")
    last = last_closed(stage.reader)
    assert last is not None, "it was closed above"
    report = z_report(stage.reader, last.id)
    assert report is not None, "a closed shift has one"
    stage.front.open_page("shift")
    ReopenShiftDialog(stage.parts, report, stage.window).open()


SMALL = (
    Scene("question", _question),
    Scene("press_key", _press_key),
    Scene("name_view", _name_view),
    Scene("raw_text", _raw_text),
    Scene("shift_reopen", _reopen),
)
