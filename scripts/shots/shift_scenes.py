"""The shift: opening it, cash out, how it stands, the close of day with ₦500 missing, and the Z."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from posapp.commands.orders import HandOver
from posapp.commands.payments import TakePayment
from posapp.commands.shifts import CloseShift, MoveCash, OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.shift_report import ShiftReportDialog
from posapp.gui.pages.close_day import CloseDayPage
from posapp.gui.pages.settings import SettingsPage
from posapp.gui.pages.shift import ShiftPage
from posapp.queries.details import order_details
from posapp.queries.shifts import last_closed
from scripts.shots.pictures import ALL, BOTH, Scene
from scripts.shots.stage import Stage, close_dialogs, settle

LAGOS = ZoneInfo("Africa/Lagos")
SALES = (  # sku, method, minutes after eight
    ("TOTE-BLU", "cash", 20), ("SHEA-200", "card", 65), ("NECK-1", "transfer", 130), ("SHEA-200", "cash", 190),
    ("NECK-1", "cash", 260), ("SHEA-200", "card", 320),
)  # fmt: skip
COUNT = {"100000": 24, "50000": 20, "20000": 12, "10000": 1}


def _friday(stage: Stage, hour: int, minute: int) -> None:
    stage.clock.now = datetime(2026, 11, 20, hour, minute, tzinfo=LAGOS)


def _at(hour: int, minute: int, after: int) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=LAGOS) + timedelta(minutes=after)


def tell_shift(stage: Stage) -> None:
    """A shift since 08:02, with a float of ₦20,000, sales in three ways and diesel; it is 19:04 now."""
    if stage.marks("shift"):
        return
    _friday(stage, 8, 2)
    stage.do(OpenShift, float_minor=2_000_000)
    for sku, method, after in SALES:
        stage.clock.now = _at(8, 0, after)
        order_id = stage.place("", sku)
        details = order_details(stage.reader, order_id, stage.clock())
        assert details is not None, "it was placed just now"
        stage.do(
            TakePayment, order_id=order_id, amount_minor=details.money.total_minor, method=method, reference="",
            paid_at=stage.clock(),
        )  # fmt: skip
        stage.do(HandOver, order_id=order_id)
    _friday(stage, 16, 10)
    stage.do(MoveCash, amount_minor=-500_000, reason="Diesel")
    _friday(stage, 19, 4)
    settle()


def _shift(stage: Stage) -> ShiftPage:
    tell_shift(stage)
    page = stage.front.open_page("shift")
    assert isinstance(page, ShiftPage), "it is the page of the shift"
    settle()
    return page


def _without_shift(stage: Stage) -> None:
    stage.front.open_page("shift")
    settle()


def _opening(stage: Stage) -> None:
    OpenShiftDialog(stage.parts, stage.window, without=lambda: None).open()
    settle()


def _cash(stage: Stage) -> None:
    tell_shift(stage)
    dialog = CashMoveDialog(stage.parts, stage.window)
    dialog.amount.edit.setText("5,000")
    dialog.reason.edit.setText("Diesel")
    dialog.open()
    settle()


def _x(stage: Stage) -> None:
    page = _shift(stage)
    page.deeds.show_x()
    settle()


def _closing(stage: Stage) -> CloseDayPage:
    """The drawer is counted, ₦500 are missing, and somebody says why."""
    tell_shift(stage)
    page = stage.front.open_page("close_day")
    assert isinstance(page, CloseDayPage), "it is the page of the close"
    settle()
    for face, field in page.count.pieces.items():
        field.edit.setText(str(COUNT.get(face, "")))
        field.edit.textEdited.emit(field.edit.text())
    expected = page.methods
    for method in ("card", "transfer"):
        found = page.report.expected_of(method) if page.report else 0
        expected.show_typed({method: f"{found // 100:,}"})
    expected.changed.emit()
    page.reason.edit.setText("Wrong change given at about 17:00")
    page.reason.edit.setFocus()
    settle()
    return page


def _closing_blind(stage: Stage) -> None:
    """The same, where nobody sees what is expected before the count."""
    if not stage.marks("blind"):
        stage.do(ChangeSetting, key="blind_count", value="true")
    _closing(stage)


def _settings(stage: Stage) -> None:
    page = stage.front.open_page("settings")
    assert isinstance(page, SettingsPage), "it is the page of the settings"
    page.show_section("shifts")
    settle()


def _late(stage: Stage) -> None:
    """A Z of before, and a sale that was dated into its day afterwards."""
    tell_shift(stage)
    if not stage.marks("closed"):
        stage.clock.now = _at(18, 0, 0)
        order_id = stage.place("", "SHEA-200")
        _friday(stage, 19, 4)
        stage.do(
            CloseShift, loose_minor=3_650_000, counted={"card": 600_000}, reason="Wrong change at about 17:00"
        )
        stage.clock.now += timedelta(minutes=6)
        paid_at = _at(18, 0, 5)
        stage.do(
            TakePayment,
            order_id=order_id,
            amount_minor=300_000,
            method="transfer",
            reference="",
            paid_at=paid_at,
        )
        settle()
    page = stage.front.open_page("shift")
    assert isinstance(page, ShiftPage), "it is the page of the shift"
    last = last_closed(stage.reader)
    assert last is not None, "it was closed above"
    page.show_closed(last.id)
    settle(400)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ShiftReportDialog), "the Z is shown"
    dialog.figures.select_row(6)


def _apart(stage: Stage) -> None:
    """Money that came after the close, while no shift was open."""
    _late(stage)
    close_dialogs()
    page = stage.front.window.page()
    assert isinstance(page, ShiftPage), "it is the page of the shift"
    page.refresh()
    page.deeds.show_apart()


def _z(stage: Stage) -> None:
    if not stage.marks("closing"):
        _closing(stage).commit.click()
        settle(500)
        return
    last = last_closed(stage.reader)
    assert last is not None, "it was closed for the picture before"
    _without_shift(stage)
    page = stage.front.window.page()
    assert isinstance(page, ShiftPage), "it is the page of the shift"
    page.deeds.show_z(last.id)


SHIFTS = (
    Scene("settings_shifts", _settings),
    Scene("shift", _shift, ALL),
    Scene("shift_x", _x, ALL),
    Scene("shift_open", _opening, ALL, "bare"),
    Scene("shift_none", _without_shift, BOTH, "bare"),
    Scene("shift_cash", _cash, ALL),
    Scene("close_of_day", _closing, ALL),
    Scene("shift_z", _z),
    Scene("shift_late", _late, ALL),
    Scene("close_blind", _closing_blind),
    Scene("shift_apart", _apart),
)
