"""Deciding about an order in its dialog: what is shown before, what is done, and what no key can do by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from posapp.domain.orders import Status
from posapp.domain.payments import PaymentState
from posapp.gui.theme import Scheme
from posapp.gui.widgets.dialog import ORDER_DIALOG, Scrim
from posapp.gui.widgets.label import Label
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands
from tests.gui.walker import nameless_controls

THREE = ("refund_excess", "refund_order", "fulfill_order")


@pytest.fixture
def ada(qtbot: QtBot, counter: Counter) -> Hands:
    """3 red totes and 2 shea butter, paid; one tote is missing."""
    return Hands(qtbot, counter, counter.orders["Ada"])


def words_of(hands: Hands) -> str:
    return " ".join(
        label.text() for label in hands.dialog.findChildren(Label) if label.isVisible() and label.text()
    )


def test_it_opens_on_the_lines_and_nothing_that_moves_money_is_chosen_default_or_focused(ada: Hands) -> None:
    dialog = ada.dialog
    assert QApplication.focusWidget() is dialog.lines.table
    assert dialog.decision.choices.group.checkedButton() is None
    assert not dialog.commit.isEnabled()
    for button in dialog.findChildren(QPushButton):
        assert not button.isDefault()
        assert not button.autoDefault()
    assert (
        dialog.lines.table.window_model.row(dialog.lines.table.currentIndex().row()).name
        == "Ankara tote (red)"
    )


def test_the_three_buttons_are_named_checkable_and_exclude_each_other(ada: Hands) -> None:
    labels = {
        "refund_excess": "Refund Excess",
        "refund_order": "Refund Order",
        "fulfill_order": "Fulfill Order",
    }
    for name in THREE:
        assert ada.button(name).text() == labels[name]
        assert ada.button(name).isCheckable()
        ada.press(name)
        assert [n for n in THREE if ada.button(n).isChecked()] == [name]
    group = ada.dialog.decision.choices.group
    assert group.exclusive()
    assert [button.objectName() for button in group.buttons()] == list(THREE)
    assert ada.order.version == ada.dialog._current().version, "pressing them does nothing"


def test_refund_excess_shows_its_effect_and_does_exactly_that(ada: Hands) -> None:
    ada.press("refund_excess")
    assert ada.button("commit_resolution").text() == "Refund Excess: pay Ada ₦11,875"
    shown = words_of(ada)
    for words in (
        "Ada gets",
        "₦11,875",
        "1 × 12,500 less 5 % share of the discount. Delivery is not refunded.",
        "The missing one never left the shelf",
        "Stays paid, holds 2 + 2. Leaves Attention.",
        "Total sales today",
        "₦396,550",
        "₦384,675",
        "Nothing has happened yet",
    ):
        assert words in shown, words
    ada.commit()
    order = ada.order
    assert (order.total_minor, order.refunded_minor, order.short_units) == (3_095_000, 1_187_500, 0)
    assert [part.route for part in order.parts] == ["cash"], "its provider is not connected here"
    ada.qtbot.waitUntil(lambda: bool(ada.finished))
    assert ada.toasts() == [f"{order.number}: Ada gets ₦11,875"]
    assert ada.counter.toasts[0][1] == {}, "money that left cannot be undone"


def test_refund_order_gives_all_back_and_closes_it(ada: Hands) -> None:
    ada.press("refund_order")
    assert ada.button("commit_resolution").text() == "Refund Order: pay Ada ₦42,825"
    ada.press_radio("route_cash")
    ada.commit()
    assert (ada.order.status, ada.order.refunded_minor) == (Status.CANCELLED, 4_282_500)
    assert {part.route for part in ada.order.parts} == {"cash"}


def test_fulfil_finds_the_missing_unit_and_can_be_undone_from_the_toast(ada: Hands) -> None:
    ada.press("fulfill_order")
    assert ada.button("commit_resolution").text() == "Fulfill Order: hold 3 + 2 for Ada"
    for words in ("No money moves.", "Ada has paid ₦42,825 for all of it.", "1 found in hand, held for Ada"):
        assert words in words_of(ada)
    ada.commit()
    assert [line.allocated_qty for line in ada.order.lines] == [3, 2]
    ada.qtbot.waitUntil(lambda: bool(ada.finished))
    words, more = ada.counter.toasts[0]
    assert (words, more["action"]) == (f"{ada.order.number}: 3 + 2 held for Ada", "Undo")
    more["on_action"]()
    ada.qtbot.waitUntil(lambda: ada.order.short_units == 1)
    assert ada.order.open_case("SHORTAGE") is not None


def test_a_decision_that_cannot_be_made_says_why_beneath(qtbot: QtBot, counter: Counter) -> None:
    musa = Hands(qtbot, counter, counter.orders["Musa"])
    excess = musa.button("refund_excess")
    assert not excess.isEnabled()
    assert excess.accessibleDescription() == "Nothing of this order is there: use Refund Order."
    assert "Nothing of this order is there: use Refund Order." in words_of(musa)
    qtbot.keyClick(musa.dialog, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert musa.dialog.decision.key == ""


def test_another_choice_keeps_the_commit_where_it_is(ada: Hands) -> None:
    rights = set()
    for name in THREE:
        ada.press(name)
        QApplication.processEvents()
        commit = ada.button("commit_resolution")
        rights.add((commit.mapTo(ada.dialog, commit.rect().bottomRight())).toTuple())
    assert len(rights) == 1


def test_the_whole_way_by_keyboard(ada: Hands) -> None:
    commit = ada.dialog.commit
    commit.guard_ms = 0
    ada.qtbot.keyClick(ada.dialog, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert ada.button("fulfill_order").isChecked()
    assert ada.order.short_units == 1, "a shortcut only previews"
    for _ in range(3):
        if QApplication.focusWidget() is commit:
            break
        ada.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is commit, "the commit is near: a few Tabs from the choice"
    ada.qtbot.keyClick(commit, Qt.Key.Key_Return)
    assert not ada.dialog.commitment.busy, "Enter is what a scanner sends"
    ada.qtbot.keyClick(commit, Qt.Key.Key_Space)
    ada.qtbot.waitUntil(lambda: ada.order.short_units == 0)
    ada.qtbot.waitUntil(lambda: bool(ada.finished))


def test_a_key_right_after_a_change_presses_nothing(ada: Hands) -> None:
    commit = ada.dialog.commit
    commit.guard_ms = 3_600_000
    ada.press("refund_order")
    commit.setFocus()
    ada.qtbot.keyClick(commit, Qt.Key.Key_Space)
    assert not ada.dialog.commitment.busy
    commit.guard_ms = 0
    ada.qtbot.keyClick(
        commit, Qt.Key.Key_A
    )  # a scanner begins to type: what follows at once is the scanner's
    commit.guard_ms = 3_600_000
    ada.qtbot.keyClick(commit, Qt.Key.Key_Space)
    assert not ada.dialog.commitment.busy
    assert ada.order.short_units == 1


def test_a_scan_with_a_space_in_it_changes_nothing(ada: Hands) -> None:
    ada.press("refund_order")
    ada.dialog.commit.setFocus()
    ada.qtbot.keyClicks(ada.dialog.commit, "WIG 14 ")
    ada.qtbot.keyClick(ada.dialog.commit, Qt.Key.Key_Return)
    assert not ada.dialog.commitment.busy
    assert ada.order.short_units == 1


def test_escape_goes_back_and_nothing_was_done(ada: Hands) -> None:
    ada.press("refund_order")
    ada.qtbot.keyClick(ada.dialog, Qt.Key.Key_Escape)
    ada.qtbot.waitUntil(lambda: bool(ada.finished))
    assert ada.order.short_units == 1
    assert not ada.window.findChildren(Scrim) or all(s.isHidden() for s in ada.window.findChildren(Scrim))


def test_every_control_has_a_name_in_every_state(qtbot: QtBot, counter: Counter) -> None:
    for name, order_id in counter.orders.items():
        hands = Hands(qtbot, counter, order_id)
        assert nameless_controls(hands.dialog) == [], name
        for key in list(hands.dialog.decision.choices.buttons):
            hands.dialog.decision.choose(key)
            assert nameless_controls(hands.dialog) == [], (name, key)
        hands.dialog.reject()


def test_large_text_fits_beside_itself_and_the_footer_stays(ada: Hands, counter: Counter) -> None:
    counter.parts.theme.choose(Scheme.LIGHT, 200)
    ada.dialog.reload()
    ada.press("refund_excess")
    QApplication.processEvents()
    assert ada.dialog.middle.widget().minimumSizeHint().width() <= ORDER_DIALOG.width() - 2
    commit = ada.button("commit_resolution")
    corner = commit.mapTo(ada.dialog, commit.rect().bottomRight())
    assert ada.dialog.rect().contains(corner)


def test_hostile_names_are_shown_as_letters(qtbot: QtBot, counter: Counter) -> None:
    shop = counter.shop
    customer = shop.customer("<b>Eve</b> & \u202eoliver\x00\n" + "x" * 5_000, phone="<script>0803</script>")
    order_id = shop.sold({"zobo": 9}, contact_id=customer)
    hands = Hands(qtbot, counter, order_id)
    hands.dialog.decision.choose("fulfill_order")
    for label in hands.dialog.findChildren(Label):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
        assert "\n" not in label.text()
        assert len(label.text()) < 700
    assert "<b>Eve</b>" in hands.button("commit_resolution").text()
    assert hands.dialog.middle.widget().minimumSizeHint().width() <= ORDER_DIALOG.width() - 2


def test_late_money_is_accepted_or_refunded(qtbot: QtBot, counter: Counter) -> None:
    uche = Hands(qtbot, counter, counter.orders["Uche"])
    assert list(uche.dialog.decision.choices.buttons) == ["accept", "refund"]
    assert "arrived after the order was cancelled" in uche.said()[0]
    uche.press("accept")
    assert uche.button("commit_resolution").text() == "Accept and reopen: hold 1 for Uche"
    uche.commit()
    assert (uche.order.status, uche.order.lines[0].allocated_qty) == (Status.PROCESSING, 1)


def test_late_money_for_a_refunded_order_can_only_be_refunded_or_start_a_new_one(
    qtbot: QtBot, counter: Counter
) -> None:
    counter.shop.resolve(counter.orders["Ada"], "refund_order")
    counter.shop.told(counter.orders["Ada"], 4_282_500, PaymentState.SUCCEEDED, "T9 again")
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    assert not ada.button("accept").isEnabled()
    assert "stays closed" in ada.button("accept").accessibleDescription()
    assert ada.button("new_order").text() == "New order from this one"
    ada.press("refund")
    ada.commit()
    assert ada.order.owed_minor == 0


@pytest.mark.parametrize(("key", "left"), [("refund_difference", 0), ("keep_credit", 1_000_000)])
def test_too_much_is_given_back_or_kept_as_credit(
    qtbot: QtBot, counter: Counter, key: str, left: int
) -> None:
    order_id = counter.shop.place({"shea": 1}, customer="Bola Tinu")
    counter.shop.pay(order_id, 1_300_000)
    bola = Hands(qtbot, counter, order_id)
    assert bola.said() == ["₦10,000 more was paid than the order costs."]
    bola.press(key)
    bola.commit()
    assert bola.order.paid_minor - bola.order.total_minor == left
    assert not any(case.is_open for case in bola.order.cases)
