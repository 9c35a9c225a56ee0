"""The shift in the window, by keyboard: opened, cash taken out, counted, closed, read, opened again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from posapp.commands.orders import CancelOrder
from posapp.commands.shifts import CloseShift, OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.commands.staff import AddStaff
from posapp.count_draft import Count, CountDraft
from posapp.domain.rights import Right
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.reopen_shift import ReopenShiftDialog
from posapp.gui.dialogs.shift_gate import ensure_shift
from posapp.gui.dialogs.shift_report import ShiftReportDialog
from posapp.gui.dialogs.without_shift import WithoutShiftDialog
from posapp.gui.fonts import Type
from posapp.gui.pages.close_day import CloseDayPage
from posapp.gui.pages.settings_drawer import ShiftsSection
from posapp.gui.pages.shift import ShiftPage
from posapp.gui.pages.shift_tile import ShiftTile
from posapp.gui.paper_z import save_report
from posapp.gui.shift_words import report_lines
from posapp.gui.theme import Scheme, look
from posapp.queries.shifts import counting_rules, last_closed, open_shift_of, x_report, z_report
from tests.gui.adaeze import is_closed
from tests.gui.showing import in_front
from tests.gui.walker import nameless_controls


@pytest.fixture
def till(counter):
    """The counter with a shift of ₦20,000, a cash sale and one by card."""
    shop = counter.shop
    shop.do(OpenShift, float_minor=2_000_000)
    shop.sold({"shea": 2})
    shop.pay(shop.place({"soap": 1}), method="card")
    return counter


def top(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return in_front(qtbot, QApplication.activeModalWidget())


def placed(qtbot, page):
    """A page in a window that has the keys."""
    qtbot.addWidget(page)
    page.resize(1158, 700)
    page.show()
    in_front(qtbot, page)
    page.opened()
    return page


def type_count(qtbot, page, **pieces):
    """Type a count as a person does: Enter from field to field."""
    for face, field in page.count.pieces.items():
        qtbot.keyClicks(field.edit, str(pieces.get(f"n{face}", "")))
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)


EXACT = {"n100000": 20, "n50000": 12}  # 20,000 and 6,000 naira


def test_a_sale_goes_on_once_a_shift_is_open(qtbot, counter, desktop):
    went_on = []
    ensure_shift(counter.parts, desktop, lambda: went_on.append("sold"))
    dialog = top(qtbot, OpenShiftDialog)
    assert not went_on
    assert nameless_controls(dialog) == []
    qtbot.keyClicks(dialog.float.edit, "20,000")
    qtbot.keyClick(dialog.float.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: went_on == ["sold"])
    assert open_shift_of(counter.shop.reader).float_minor == 2_000_000
    ensure_shift(counter.parts, desktop, lambda: went_on.append("again"))
    assert went_on == ["sold", "again"]


def test_esc_sells_nothing_and_opens_nothing(qtbot, counter, desktop):
    went_on = []
    ensure_shift(counter.parts, desktop, lambda: went_on.append("sold"))
    dialog = top(qtbot, OpenShiftDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_closed(dialog))
    assert (went_on, open_shift_of(counter.shop.reader)) == ([], None)


def test_the_keys_pass_from_the_deed_that_is_done_to_the_next_one(qtbot, counter):
    """Else Enter would press whatever comes next in the window, and the key for cash would do nothing."""
    page = placed(qtbot, ShiftPage(counter.parts))
    assert page.open_button.hasFocus()
    counter.shop.do(OpenShift, float_minor=2_000_000)
    qtbot.waitUntil(page.close_button.hasFocus)
    page.table.setFocus()
    page.cash_button.setFocus()
    counter.shop.do(CloseShift, pieces={"100000": 20})
    qtbot.waitUntil(page.open_button.hasFocus)


def test_a_dialog_is_as_high_as_its_fields_in_any_text(qtbot, theme, till, desktop):
    for text_percent in (100, 200):
        theme.choose(Scheme.LIGHT, text_percent)
        try:
            for dialog in (OpenShiftDialog(till.parts, desktop), CashMoveDialog(till.parts, desktop)):
                dialog.open()
                qtbot.waitExposed(dialog)
                inner = dialog.middle.widget()
                spare = dialog.middle.viewport().height() - inner.minimumSizeHint().height()
                assert 0 <= spare <= look().line(Type.SMALL) + 16, (type(dialog), text_percent)
                dialog.reject()
        finally:
            theme.choose(Scheme.LIGHT, 100)


def test_cash_is_taken_out_with_a_reason(qtbot, till, desktop):
    dialog = CashMoveDialog(till.parts, desktop)
    dialog.open()
    in_front(qtbot, dialog)
    assert nameless_controls(dialog) == []
    qtbot.keyClicks(dialog.amount.edit, "5000")
    qtbot.keyClick(dialog.amount.edit, Qt.Key.Key_Return)
    assert dialog.reason.edit.hasFocus()
    qtbot.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
    assert not is_closed(dialog), "it asks what for"
    qtbot.keyClicks(dialog.reason.edit, "Diesel")
    qtbot.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(dialog))
    assert x_report(till.shop.reader, till.shop.now).cash_out_minor == 500_000


def test_more_than_the_drawer_holds_is_refused_in_words(qtbot, till, desktop):
    dialog = CashMoveDialog(till.parts, desktop)
    dialog.open()
    in_front(qtbot, dialog)
    dialog.amount.set_text("100,000")
    dialog.reason.set_text("Bank")
    dialog.commit.click()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "does not hold" in dialog.problem.text()


def test_a_day_is_closed_with_500_missing_by_keyboard(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    assert nameless_controls(page) == []
    first = next(iter(page.count.pieces.values()))
    assert first.edit.hasFocus()
    type_count(qtbot, page, n100000=20, n50000=11)
    assert page.count.total_minor == 2_550_000
    qtbot.keyClick(page.count.loose.edit, Qt.Key.Key_Return)
    card = page.findChild(QWidget, "counted_card")
    assert card.hasFocus()
    qtbot.keyClicks(card, "1,800")
    assert page.commit.word == "Close the day: ₦500 short"
    assert page.why.isVisible()
    page.commit.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert "why" in page.problem.text().lower()
    assert page.reason.edit.hasFocus()
    qtbot.keyClicks(page.reason.edit, "Wrong change")
    qtbot.keyClick(page.reason.edit, Qt.Key.Key_Return)
    assert page.commit.hasFocus()
    page.commit.guard_ms = 0
    with qtbot.waitSignal(page.closed) as told:
        qtbot.keyClick(page.commit, Qt.Key.Key_Space)
    report = z_report(till.shop.reader, told.args[0])
    assert (report.difference_minor, report.reason, report.pieces) == (
        -50_000,
        "Wrong change",
        {"100000": 20, "50000": 11},
    )
    assert {c.method: c.counted_minor for c in report.counts} == {"cash": 2_550_000, "card": 180_000}
    page.draft.settle()
    assert CountDraft(till.shop.folder).load(report.shift_id).is_empty


def test_tab_and_enter_lead_through_the_whole_count(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    till.shop.pay(till.shop.place({"soap": 1}), method="transfer")
    qtbot.waitUntil(lambda: [field.isVisible() for field in page.methods.fields()] == [True, True])
    type_count(qtbot, page, n100000=20)
    page.count.loose.edit.setFocus()
    stops = (*page.methods.fields(), page.reason.edit)
    for stop in stops:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus()
    page.count.loose.edit.setFocus()
    for stop in (*stops, page.commit):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert stop.hasFocus()


def test_a_count_survives_the_end_of_the_program(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    type_count(qtbot, page, n100000=7)
    qtbot.keyClicks(page.findChild(QWidget, "counted_card"), "1,800")
    page.draft.settle()
    page.close()
    again = placed(qtbot, CloseDayPage(till.parts))
    assert again.count.total_minor == 700_000
    assert again.methods.counted() == {"card": 180_000}


def test_another_shift_begins_with_an_empty_count(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    type_count(qtbot, page, **EXACT)
    qtbot.keyClicks(page.findChild(QWidget, "counted_card"), "1,800")
    with qtbot.waitSignal(page.closed):
        page.commit.click()
    with qtbot.waitSignal(page.left):
        page.opened()
    assert page.count.total_minor == 0
    till.shop.do(OpenShift, float_minor=100_000)
    page.opened()
    assert not page.count.is_begun
    assert page.methods.counted() == {}
    assert page.methods.fields() == (), "only cash must be there"
    assert page.reason.edit.text() == ""


def test_a_draft_of_another_shift_or_of_nonsense_is_not_taken_up(tmp_path):
    draft = CountDraft(tmp_path)
    draft.keep(Count("one", {"100000": "7"}))
    draft.settle()
    assert draft.load("one").pieces == {"100000": "7"}
    assert draft.load("two").is_empty
    (tmp_path / "drafts" / "count.json").write_text("{", encoding="utf-8")
    assert draft.load("one").is_empty


def test_what_is_open_is_listed_and_never_stops_a_close(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    assert page.carried.attention.isVisible()
    wanted = []
    page.page_wanted.connect(lambda name, _: wanted.append(name))
    page.carried.attention.button.click()
    assert wanted == ["attention"]
    type_count(qtbot, page, **EXACT)
    assert page.commit.word == "Close the day: agrees"
    with qtbot.waitSignal(page.closed):
        page.commit.click()


def test_a_blind_count_shows_nothing_that_is_expected(qtbot, till):
    page = placed(qtbot, CloseDayPage(till.parts))
    assert page.commit.word == "Close the day"
    till.shop.do(ChangeSetting, key="blind_count", value="true")
    page.opened()
    type_count(qtbot, page, n100000=1)
    shown_there = [each for each in page.methods.findChildren(QLabel) if each.isVisible()]
    said = {label.text() for label in shown_there}
    assert "26,000" not in said
    assert "Difference" not in said
    assert page.commit.word == "Close the day"
    page.commit.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert page.why.isVisible()


def test_the_page_opens_each_figure_down_to_its_sales(qtbot, till):
    page = placed(qtbot, ShiftPage(till.parts))
    assert page.close_button.hasFocus()
    assert nameless_controls(page) == []
    page.x_button.click()
    dialog = top(qtbot, ShiftReportDialog)
    assert nameless_controls(dialog) == []
    lines = report_lines(dialog.report)
    place = next(at for at, line in enumerate(lines) if line.figure == "method:cash")
    dialog.figures.select_row(place)
    assert dialog.behind.window_model.rowCount() == 1
    qtbot.keyClick(dialog.behind, Qt.Key.Key_Down)
    dialog.behind.select_row(0)
    qtbot.keyClick(dialog.behind, Qt.Key.Key_Return)
    assert len(till.opened) == 1


def test_a_z_is_read_kept_as_a_pdf_and_gone_on_from(qtbot, till, tmp_path):
    shift = till.shop.do(CloseShift, loose_minor=2_600_000, counted={"card": 180_000}).answer
    page = placed(qtbot, ShiftPage(till.parts))
    assert page.open_button.hasFocus()
    page.table.opened.emit(shift)
    dialog = top(qtbot, ShiftReportDialog)
    assert dialog.windowTitle() == "Z 1"
    kept = list((till.shop.folder / "reports").glob("z-1-till-A-*.pdf"))
    assert len(kept) == 1
    assert kept[0].read_bytes().startswith(b"%PDF")
    dialog.reopen.click()
    again = top(qtbot, ReopenShiftDialog)
    assert nameless_controls(again) == []
    qtbot.keyClicks(again.reason.edit, "Too early")
    qtbot.keyClick(again.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(again))
    assert open_shift_of(till.shop.reader).reopens == shift
    assert last_closed(till.shop.reader).id == shift


def test_a_pdf_that_cannot_be_written_says_so(till, tmp_path):
    report = x_report(till.shop.reader, till.shop.now)
    with pytest.raises(OSError, match=r".+"):
        save_report(report, till.parts.shop.zone, tmp_path / "missing" / "x.pdf")


def test_money_without_a_shift_is_listed_apart(qtbot, till):
    shop = till.shop
    shop.do(CloseShift, loose_minor=2_600_000)
    page = placed(qtbot, ShiftPage(till.parts))
    assert not page.apart.isVisible()
    order = shop.sold({"shea": 1})
    shop.do(CancelOrder, order_id=shop.sold({"palm": 1}))
    page.refresh()
    assert page.apart.isVisible()
    page.apart_button.click()
    dialog = top(qtbot, WithoutShiftDialog)
    assert nameless_controls(dialog) == []
    assert dialog.table.window_model.rowCount() == 3, "two payments and one given back"
    dialog.table.select_row(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert till.opened == [order]


def test_the_dashboard_says_whether_a_shift_is_open(qtbot, till):
    tile = ShiftTile(till.parts)
    qtbot.addWidget(tile)
    tile.refresh()
    assert tile.accessibleName().startswith("Shift, Open since ")
    till.shop.do(CloseShift, loose_minor=2_600_000)
    tile.refresh()
    assert "None open, Z 1 closed" in tile.accessibleName()


def test_who_may_not_see_reports_sees_no_sales_figure(qtbot, till):
    till.shop.do(AddStaff, name="Bisi", role_id="cashier")
    page = placed(qtbot, ShiftPage(till.parts))
    assert page.tiles.isVisible()
    till.who.sign_in("Bisi")
    assert not till.who.may(Right.REPORTS_VIEW)
    for hidden in (page.tiles, page.card, page.x_button):
        assert not hidden.isVisible()
    assert page.close_button.isVisible()
    shift = till.shop.do(CloseShift, loose_minor=2_600_000, actor="Bisi").answer
    page.show_closed(shift)
    assert QApplication.activeModalWidget() is None
    assert till.toasts[-1][0] == "The day is closed: Z 1"
    assert list((till.shop.folder / "reports").glob("z-1-*.pdf"))


def test_settings_say_when_a_difference_needs_a_reason(qtbot, till):
    section = ShiftsSection(till.parts)
    qtbot.addWidget(section)
    section.opened()
    assert section.ask.text == "300"
    section.ask.set_text("1,000")
    section.save.click()
    qtbot.waitUntil(lambda: counting_rules(till.shop.reader).ask_over_minor == 100_000)
    section.blind.switch.click()
    qtbot.waitUntil(lambda: counting_rules(till.shop.reader).blind)
