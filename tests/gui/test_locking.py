"""People sign in, the till locks, and who may allows what another may not: in the real window."""

from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from argon2 import PasswordHasher
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from posapp.app import make_front
from posapp.commands.orders import CancelOrder
from posapp.commands.shop import ChangeSetting
from posapp.commands.staff import AddStaff, NoteSecret, RetireStaff
from posapp.commands.stock import AdjustStock
from posapp.domain.rights import NotAllowed, Right
from posapp.gui.dialogs.approve import ApproveDialog
from posapp.gui.dialogs.staff_person import PersonDialog
from posapp.gui.dialogs.staff_role import RoleDialog
from posapp.gui.front import Front
from posapp.gui.pages.lock import LockPage
from posapp.gui.pages.settings_barred import BarredSection
from posapp.gui.pages.settings_staff import StaffSection
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Scheme, Theme
from posapp.gui.widgets.button import Button
from posapp.pins import Pins, forgotten
from posapp.queries.staff import roles, staff_row
from tests.gui.adaeze import Counter, SilentPost, is_closed
from tests.gui.walker import nameless_controls
from tests.shop import MAIN_LOCATION

PINS = {"Adaeze": "3719", "Ify": "9137", "Chidi": "2580"}
BADGE = "STAFF-0071-KQ"


def give_pins(counter: Counter, *names: str) -> None:
    pins = Pins(counter.shop.desk, hasher=PasswordHasher(1, 64, 1))
    for name in names:
        note = counter.shop.command(NoteSecret, name=name, what="pin", given=True)
        counter.shop.desk.do(note, also=pins.keep_pin(name, PINS[name]).result())
    pins.close()


def open_front(counter: Counter, theme: Theme) -> Front:
    front = make_front(counter.shop.desk, counter.shop.reader, SilentPost(), theme, Preferences())
    front.show()
    front.window.activateWindow()
    return front


def close(front: Front) -> None:
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
        QDialog.reject(dialog)
        dialog.hide()
    front.leave()


@pytest.fixture
def front(counter: Counter, theme: Theme) -> Iterator[Front]:
    """A till where the owner, a manager and a cashier have PINs: it opens locked."""
    give_pins(counter, *PINS)
    made = open_front(counter, theme)
    yield made
    close(made)


def lock_of(front: Front) -> LockPage:
    page = front.locker.page
    assert page is not None
    return page


def type_in(page: LockPage | ApproveDialog, keys: str) -> None:
    QTest.keyClicks(page.pad.dots, keys)


def sign_in(qtbot: QtBot, front: Front, name: str) -> None:
    page = lock_of(front)
    next(card for card in page.cards if card.person == name).click()
    type_in(page, PINS[name])
    qtbot.waitUntil(lambda: front.parts.who.name == name)


def test_a_shop_whose_owner_has_no_pin_is_never_locked(counter: Counter, theme: Theme) -> None:
    give_pins(counter, "Chidi")
    front = open_front(counter, theme)
    assert (front.locker.page, front.parts.who.name, front.parts.who.role) == (None, "Adaeze", "Owner")
    assert front.window.top_bar.lock.isHidden()
    front.locker.lock()
    assert front.locker.page is None
    close(front)


def test_the_till_opens_locked_and_a_pin_opens_it(qtbot: QtBot, front: Front) -> None:
    page = lock_of(front)
    assert page.isVisible()
    assert QApplication.activeModalWidget() is page
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, LockPage) and w.isVisible()] == [page]
    assert {card.person for card in page.cards} == set(PINS)
    assert front.parts.who.name == ""
    assert nameless_controls(page) == []
    sign_in(qtbot, front, "Chidi")
    assert front.locker.page is None
    assert (front.parts.shop.person, front.parts.shop.role) == ("Chidi", "Cashier")
    assert front.window.top_bar.lock.isVisible()


def test_tab_comes_to_the_name_that_is_chosen_and_the_arrows_choose(qtbot: QtBot, front: Front) -> None:
    page = lock_of(front)
    first = page.cards[0].person
    page.choose(page._rows[first])
    page.activateWindow()
    qtbot.waitUntil(page.pad.dots.hasFocus)
    QTest.keyClick(page.pad.dots, Qt.Key.Key_Backtab)
    card: Any = page.focusWidget()
    assert card.person == page.chosen == first
    QTest.keyClick(card, Qt.Key.Key_Down)
    card = page.focusWidget()
    assert card.person == page.chosen != first
    assert page.pad.title.text().endswith(card.person)
    type_in(page, PINS[card.person])
    qtbot.waitUntil(lambda: front.parts.who.name == card.person)


def test_nothing_opens_it_but_the_right_pin(qtbot: QtBot, front: Front) -> None:
    page = lock_of(front)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(page, key)
    page.reject()
    page.close()
    assert page.isVisible()
    type_in(page, "9999")
    qtbot.waitUntil(lambda: page.pad.said.text() != "")
    assert page.pad.said.text() == "Not right. Try again."
    type_in(page, "9998")
    qtbot.waitUntil(lambda: page.pad.said.text() == "Not right. Try again.")
    assert (front.locker.page, front.parts.who.name) == (page, "")


def test_while_one_waits_the_pad_takes_nothing(qtbot: QtBot, front: Front) -> None:
    page = lock_of(front)
    for _ in range(3):
        page.pad.pin_typed.emit("9999")
        qtbot.waitUntil(lambda: not page.pad._busy or page.gate.left_s > 0)
    qtbot.waitUntil(lambda: page.gate.left_s > 0)
    assert page.pad.said.text().startswith("Not right. Wait ")
    type_in(page, PINS[page.chosen])
    assert page.pad.dots.typed == 0
    assert not any(key.isEnabled() for key in page.pad.keys)


def test_nobody_acts_behind_the_lock(qtbot: QtBot, front: Front) -> None:
    refused: list[str] = []
    front.parts.perform(
        AdjustStock, product_id="rice", location_id=MAIN_LOCATION, units=1, reason="x",
        failed=lambda why: refused.append(why.code),
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == ["not_staff"]
    assert front.locker.page is not None


def test_a_badge_says_who_comes(qtbot: QtBot, counter: Counter, front: Front) -> None:
    also = front.parts.who.pins.keep_badge("Ify", BADGE).result()
    counter.shop.desk.do(counter.shop.command(NoteSecret, name="Ify", what="badge", given=True), also=also)
    page = lock_of(front)
    QTest.keyClicks(page.cards[0], BADGE)  # whichever name has the keys
    QTest.keyClick(page.cards[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: front.parts.who.name == "Ify")
    front.locker.lock()
    lock_of(front).scan("STAFF-0099-XX")
    qtbot.waitUntil(lambda: lock_of(front).pad.said.text() != "")
    assert front.parts.who.name == ""


def test_what_lies_beneath_the_lock_stays_as_it_was(qtbot: QtBot, front: Front) -> None:
    sign_in(qtbot, front, "Adaeze")
    front.open_page("settings")
    dialog = PersonDialog(front.parts, None, front.window)
    dialog.open()
    dialog.name.set_text("Ngozi")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = lock_of(front)
    assert QApplication.activeModalWidget() is page
    assert page.geometry().contains(dialog.geometry())
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, LockPage) and w.isVisible()] == [page]
    assert page.chosen == "Adaeze", "who was here last is picked already"
    sign_in(qtbot, front, "Adaeze")
    assert (dialog.isVisible(), dialog.name.text) == (True, "Ngozi")
    assert front.window.current_id == "settings"


def test_it_locks_by_itself_after_minutes_without_a_touch(
    qtbot: QtBot, counter: Counter, front: Front
) -> None:
    sign_in(qtbot, front, "Chidi")
    idle = front.locker._idle
    assert (idle.interval(), idle.isActive()) == (5 * 60_000, True)
    counter.shop.do(ChangeSetting, key="auto_lock_minutes", value="1")
    qtbot.waitUntil(lambda: idle.interval() == 60_000)
    idle.stop()
    front.window.activateWindow()
    qtbot.waitUntil(front.window.isActiveWindow)
    QTest.keyClick(front.window.windowHandle(), Qt.Key.Key_Shift)
    qtbot.waitUntil(idle.isActive)  # a touch winds it up again
    idle.timeout.emit()
    qtbot.waitUntil(lambda: front.locker.page is not None)
    assert not idle.isActive()
    counter.shop.do(ChangeSetting, key="auto_lock_minutes", value="0")
    qtbot.waitUntil(lambda: idle.interval() == 0)
    sign_in(qtbot, front, "Chidi")
    assert not idle.isActive(), "never is never"


def test_who_is_retired_is_locked_out_at_once(qtbot: QtBot, counter: Counter, front: Front) -> None:
    sign_in(qtbot, front, "Chidi")
    counter.shop.do(RetireStaff, name="Chidi")
    qtbot.waitUntil(lambda: front.locker.page is not None)
    assert "Chidi" not in {card.person for card in lock_of(front).cards}


def test_without_an_owner_s_pin_the_lock_opens(qtbot: QtBot, counter: Counter, front: Front) -> None:
    sign_in(qtbot, front, "Adaeze")
    note = counter.shop.command(NoteSecret, name="Adaeze", what="pin", given=False)
    counter.shop.desk.do(note, also=forgotten("Adaeze"))
    qtbot.waitUntil(front.window.top_bar.lock.isHidden)
    front.locker.lock()
    assert (front.locker.page, front.parts.who.name) == (None, "Adaeze")


# --- allowing ----------------------------------------------------------------------------------------


def adjust(front: Front, said: list[Any]) -> None:
    front.parts.perform(
        AdjustStock, product_id="rice", location_id=MAIN_LOCATION, units=1, reason="found",
        done=said.append, failed=said.append,
    )  # fmt: skip


def asked(qtbot: QtBot) -> ApproveDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ApproveDialog)
    return dialog


def test_a_manager_s_pin_allows_one_action_and_both_names_are_kept(
    qtbot: QtBot, counter: Counter, front: Front
) -> None:
    sign_in(qtbot, front, "Chidi")
    said: list[Any] = []
    adjust(front, said)
    dialog = asked(qtbot)
    assert {card.person for card in dialog.cards} == {"Ify", "Adaeze"}
    assert nameless_controls(dialog) == []
    dialog.choose(next(row for row in dialog._people.values() if row.name == "Adaeze"))
    assert [card.person for card in dialog.cards if card.focusPolicy() & Qt.FocusPolicy.TabFocus] == [
        "Adaeze"
    ]
    dialog.choose(next(row for row in dialog._people.values() if row.name == "Ify"))
    type_in(dialog, "0001")
    qtbot.waitUntil(lambda: dialog.pad.said.text() != "")
    type_in(dialog, PINS["Ify"])
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].answer == "rice"
    sql = "SELECT actor, json_extract(body, '$.approved_by') FROM journal ORDER BY seq DESC LIMIT 1"
    assert counter.shop.reader.row(sql) == ("Chidi", "Ify")
    assert front.parts.who.name == "Chidi"
    adjust(front, said)
    QDialog.reject(asked(qtbot))
    qtbot.waitUntil(lambda: len(said) == 2)
    assert isinstance(said[1], NotAllowed)
    assert said[1].right is Right.STOCK_ADJUST


@pytest.mark.parametrize("text_percent", [100, 200])
def test_the_keys_of_the_pad_stay_in_sight(
    qtbot: QtBot, theme: Theme, front: Front, text_percent: int
) -> None:
    sign_in(qtbot, front, "Chidi")
    theme.choose(Scheme.LIGHT, text_percent)
    try:
        adjust(front, [])
        dialog = asked(qtbot)
        qtbot.waitExposed(dialog)
        middle = dialog.middle.viewport()
        room = QRect(middle.mapToGlobal(QPoint(0, 0)), middle.size())
        for each in (*dialog.pad.keys, dialog.cards[-1]):
            assert room.contains(QRect(each.mapToGlobal(QPoint(0, 0)), each.size())), each.accessibleName()
    finally:
        theme.choose(Scheme.LIGHT, 100)


def test_who_may_not_either_allows_nothing(qtbot: QtBot, counter: Counter, front: Front) -> None:
    also = front.parts.who.pins.keep_badge("Bola", BADGE).result()
    counter.shop.desk.do(counter.shop.command(NoteSecret, name="Bola", what="badge", given=True), also=also)
    sign_in(qtbot, front, "Chidi")
    said: list[Any] = []
    adjust(front, said)
    dialog = asked(qtbot)
    dialog.scan(BADGE)
    qtbot.waitUntil(lambda: dialog.pad.said.text() == "Bola may not do this either.")
    assert said == []


def test_where_nobody_could_allow_it_it_is_refused_at_once(qtbot: QtBot, counter: Counter) -> None:
    """The owner alone has a PIN and sits at the till under another name."""
    counter.who.sign_in("Chidi")
    said: list[Any] = []
    counter.perform(CancelOrder, order_id=next(iter(counter.orders.values())), failed=said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].code == "not_allowed"


# --- what is shown -----------------------------------------------------------------------------------


def test_total_sales_are_for_who_may_see_them(qtbot: QtBot, front: Front) -> None:
    sign_in(qtbot, front, "Chidi")
    page: Any = front.open_page("dashboard")
    assert (page.money.isVisible(), page.hours.isVisible()) == (False, False)
    front.locker.lock()
    sign_in(qtbot, front, "Ify")
    assert (page.money.isVisible(), page.hours.isVisible()) == (True, True)


def test_the_shop_s_settings_are_for_who_may_change_them(qtbot: QtBot, front: Front) -> None:
    sign_in(qtbot, front, "Chidi")
    page: Any = front.open_page("settings")
    for section in ("shop", "web", "payments", "money", "locations"):
        assert isinstance(page.show_section(section), BarredSection)
    assert not isinstance(page.show_section("look"), BarredSection)
    front.locker.lock()
    sign_in(qtbot, front, "Adaeze")
    assert not isinstance(page.show_section("shop"), BarredSection)


def test_staff_are_added_and_changed_in_settings(qtbot: QtBot, counter: Counter, front: Front) -> None:
    sign_in(qtbot, front, "Adaeze")
    page: Any = front.open_page("settings")
    assert isinstance(page.show_section("staff"), StaffSection)
    dialog = PersonDialog(front.parts, None, front.window)
    dialog.open()
    assert nameless_controls(dialog) == []
    dialog.name.set_text("Ngozi")
    dialog.commit.click()
    assert "nobody signs in without" in dialog.pin.edit.accessibleDescription()
    dialog.pin.set_text("1234")
    dialog.again.set_text("1235")
    dialog.commit.click()
    assert "Everybody tries" in dialog.pin.edit.accessibleDescription()
    assert dialog.again.edit.accessibleDescription() == "The two are not the same."
    dialog.pin.set_text("8642")
    dialog.again.set_text("8642")
    dialog.commit.click()
    qtbot.waitUntil(lambda: is_closed(dialog))
    row = staff_row(counter.shop.reader, "Ngozi")
    assert row is not None
    assert (row.role.id, row.has_pin) == ("cashier", True)
    assert front.parts.who.pins.check_pin("Ngozi", "8642").result().name == "Ngozi"


def test_the_keys_stay_where_they_were_when_the_staff_is_shown_anew(
    qtbot: QtBot, counter: Counter, front: Front
) -> None:
    sign_in(qtbot, front, "Adaeze")
    section: Any = front.open_page("settings").show_section("staff")
    front.window.activateWindow()
    qtbot.waitUntil(front.window.isActiveWindow)

    def held() -> str:
        focus: Any = front.window.focusWidget()
        return focus.accessibleName() or focus.word if section.isAncestorOf(focus) else ""

    def edits() -> list[Button]:
        return [b for b in section.findChildren(Button) if b.isVisible() and b.accessibleName() == "Edit Ify"]

    qtbot.waitUntil(lambda: len(edits()) == 1)
    edit = edits()[0]
    edit.setFocus()
    counter.shop.do(AddStaff, name="Ngozi", role_id="cashier")
    qtbot.waitUntil(lambda: not shiboken6.isValid(edit))
    qtbot.waitUntil(lambda: held() == "Edit Ify")


def test_one_s_own_pin_takes_the_one_before(qtbot: QtBot, counter: Counter, front: Front) -> None:
    """A till that was left open must not be enough to become its person for good."""
    sign_in(qtbot, front, "Chidi")
    dialog = PersonDialog(front.parts, staff_row(counter.shop.reader, "Chidi"), front.window)
    dialog.open()
    assert dialog.role.isHidden()
    dialog.pin.set_text("8642")
    dialog.again.set_text("8642")
    dialog.now.set_text("0001")
    dialog.commit.click()
    qtbot.waitUntil(lambda: dialog.now.edit.accessibleDescription() != "")
    dialog.now.set_text(PINS["Chidi"])
    dialog.commit.click()
    qtbot.waitUntil(lambda: is_closed(dialog))
    assert front.parts.who.pins.check_pin("Chidi", "8642").result().name == "Chidi"


def test_a_role_is_edited_with_its_limits(qtbot: QtBot, counter: Counter, front: Front) -> None:
    sign_in(qtbot, front, "Adaeze")
    dialog = RoleDialog(front.parts, roles(counter.shop.reader)[0], "new", front.window)
    dialog.open()
    assert nameless_controls(dialog) == []
    dialog.limits[Right.DISCOUNT].set_text("7.5")
    dialog.checks[Right.REFUNDS_ISSUE].setChecked(True)
    dialog.limits[Right.REFUNDS_ISSUE].set_text("lots")
    dialog.commit.click()
    assert dialog.limits[Right.REFUNDS_ISSUE].edit.accessibleDescription() != ""
    dialog.limits[Right.REFUNDS_ISSUE].set_text("2,000")
    dialog.commit.click()
    qtbot.waitUntil(lambda: is_closed(dialog))
    rights = roles(counter.shop.reader)[0].rights
    assert (rights[Right.DISCOUNT], rights[Right.REFUNDS_ISSUE]) == (750, 200_000)


def test_the_activity_page_tells_who_did_what(qtbot: QtBot, counter: Counter, front: Front) -> None:
    sign_in(qtbot, front, "Adaeze")
    page: Any = front.open_page("activity")
    assert nameless_controls(page) == []
    assert page.words(page.model.row(0)).startswith("Set the PIN of ")
    page.finder.edit.setText("12")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.day.value is None, "an order's history is not of one day"
    page.clear()
    page.kind.set_value("staff")
    words = {page.words(page.model.row(at)) for at in range(page.model.rowCount())}
    assert "Added Chidi to the staff as Cashier" in words
    front.locker.lock()
    sign_in(qtbot, front, "Chidi")
    page.clear()
    assert {page.model.row(at).actor for at in range(page.model.rowCount())} <= {"Chidi"}
    assert page.who.isHidden()


def test_the_activity_is_exported(qtbot: QtBot, counter: Counter, front: Front, tmp_path: Any) -> None:
    sign_in(qtbot, front, "Adaeze")
    page: Any = front.open_page("activity")
    page.clear()
    path = tmp_path / "activity.csv"
    page.export_to(path, page.chosen())
    qtbot.waitUntil(path.exists)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "When,Who,What,Order,Allowed by,Till,Command,Entry"
    assert len(lines) == page.model.rowCount() + 1
