"""An order that changes under its open dialog, somebody who is faster, and working through the list."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from posapp.commands.resolutions import Resolve
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.dialogs.order_commit import LOOK_AGAIN
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands


@pytest.fixture
def ada(qtbot: QtBot, counter: Counter) -> Hands:
    return Hands(qtbot, counter, counter.orders["Ada"])


def deaf(hands: Hands) -> None:
    """Let no news reach the dialog, as in the moment before it comes."""
    hands.counter.changes.changed.disconnect(hands.dialog._told)


def test_figures_follow_the_stock_and_a_strip_says_so(ada: Hands) -> None:
    ada.press("fulfill_order")
    ada.counter.shop.receive("red", 1)
    ada.qtbot.waitUntil(lambda: ada.order.short_units == 0)
    ada.qtbot.waitUntil(lambda: any(words.startswith("Just changed:") for words in ada.said()))
    assert "It needs no decision any more." in ada.said()[0]
    assert not ada.dialog.commit.isVisible(), "there is nothing left to decide"
    assert ada.button("next_deed").text() == "Pack and hand over…"


def test_the_effect_is_foreseen_anew_when_stock_moves(ada: Hands) -> None:
    ada.press("refund_order")
    before = ada.dialog.decision.preview
    ada.counter.shop.receive("shea", 5)
    ada.qtbot.waitUntil(lambda: "free 51 → 56" in " ".join(ada.said()))
    after = ada.dialog.decision.preview
    assert before is not None
    assert after is not None
    assert after.effect is not None
    assert after.effect.stock[1].free_before == 56
    assert ada.button("refund_order").isChecked()


def test_a_stale_commit_does_nothing_but_show_the_new_effect(ada: Hands) -> None:
    ada.press("refund_order")
    deaf(ada)
    ada.counter.shop.receive("shea", 5)
    version = ada.order.version
    ada.press("commit_resolution")
    ada.qtbot.waitUntil(lambda: LOOK_AGAIN in ada.said())
    assert ada.order.version == version
    assert ada.order.short_units == 1
    preview = ada.dialog.decision.preview
    assert preview is not None
    assert preview.effect is not None
    assert preview.effect.stock[1].free_before == 56
    ada.commit()
    assert ada.order.short_units == 0, "what is shown now can be done"


def test_who_was_slower_is_told_by_whom_and_how(ada: Hands) -> None:
    ada.press("refund_order")
    deaf(ada)
    shop = ada.counter.shop
    shop.desk.do(
        Resolve(
            id=shop.new_id("command"),
            actor="Ify",
            at=shop.clock(),
            order_id=ada.order_id,
            key="refund_excess",
        )
    )
    ada.press("commit_resolution")
    ada.qtbot.waitUntil(lambda: ada.said()[0].startswith("Already resolved by Ify at 14:3"))
    assert ada.said()[0].endswith(": excess refunded. Nothing was changed.")
    assert ada.order.refunded_minor == 1_187_500


def test_working_through_the_list_opens_the_next_and_ends_in_peace(ada: Hands) -> None:
    ada.dialog.through.setChecked(True)
    ada.press("fulfill_order")
    ada.commit()
    ada.qtbot.waitUntil(lambda: ada.dialog.order_id == ada.counter.orders["Uche"])
    assert ada.dialog.title.text().startswith("Order ")
    assert ada.dialog.decision.key == ""
    assert not ada.finished
    assert ada.dialog.toasts.history[-1].endswith("3 + 2 held for Ada")
    for name, key in (("Uche", "accept"), ("Musa", "fulfill_order")):
        ada.order_id = ada.counter.orders[name]
        ada.qtbot.waitUntil(lambda order_id=ada.order_id: ada.dialog.order_id == order_id)
        ada.press(key)
        ada.commit()
    ada.qtbot.waitUntil(lambda: bool(ada.finished))


def test_an_order_with_another_reason_left_stays_open(qtbot: QtBot, counter: Counter) -> None:
    order_id = counter.shop.place({"rice": 1, "shea": 1}, customer="Bola Tinu")
    counter.shop.pay(order_id, 1_500_000)
    bola = Hands(qtbot, counter, order_id)
    assert len(bola.said()) == 2
    bola.press("fulfill_order")
    bola.commit()
    qtbot.waitUntil(lambda: len(bola.dialog._current().cases) == 1)
    assert not bola.finished
    assert list(bola.dialog.decision.choices.buttons) == ["refund_difference", "keep_credit"]


def test_undo_stands_in_the_dialog_until_something_else_happens(qtbot: QtBot, counter: Counter) -> None:
    counter.shop.resolve(counter.orders["Ada"], "fulfill_order")
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    assert ada.said()[0].startswith("Fulfilled by Adaeze at 14:3")
    ada.press("undo")
    qtbot.waitUntil(lambda: ada.order.short_units == 1)
    qtbot.waitUntil(ada.dialog.commit.isVisible)
    assert ada.dialog.toasts.history[-1].endswith("the decision is taken back")


def test_per_line_fulfils_some_and_refunds_others(qtbot: QtBot, counter: Counter) -> None:
    order_id = counter.shop.sold({"rice": 3, "shea": 1}, customer="Bola Tinu")
    bola = Hands(qtbot, counter, order_id)
    bola.press("mixed")
    assert not bola.dialog.commit.isEnabled()
    view = bola.dialog.decision.effect
    bola.count("fulfil_1", 1)
    bola.count("refund_1", 2)
    assert bola.button("commit_resolution").text() == "Per line: hold 1 + 1 for Bola, pay back ₦19,600"
    bola.count("fulfil_1", 3)
    assert view.units.units("Refund") == {}, "together never more than are missing"
    bola.count("refund_1", 2)
    bola.commit()
    rice = bola.order.lines[0]
    assert (rice.allocated_qty, rice.refunded_qty) == (1, 2)


def test_a_lower_amount_needs_its_reason(ada: Hands) -> None:
    ada.press("refund_excess")
    ada.press("change_amount")
    amount, reason = (ada.dialog.findChild(QLineEdit, name) for name in ("amount", "reason"))
    assert amount is not None
    assert reason is not None
    assert amount.text() == "11,875"
    amount.clear()
    ada.qtbot.keyClicks(amount, "10,000")
    assert not ada.dialog.commit.isEnabled()
    assert "Say why" in ada.dialog.decision.effect.payout.reason.edit.accessibleDescription()
    ada.qtbot.keyClicks(reason, "dented box was taken along")
    assert ada.button("commit_resolution").text() == "Refund Excess: pay Ada ₦10,000"
    amount.clear()
    ada.qtbot.keyClicks(amount, "12,000")
    assert not ada.dialog.commit.isEnabled(), "never more than the units are worth"
    amount.clear()
    ada.qtbot.keyClicks(amount, "ten")
    assert not ada.dialog.commit.isEnabled()
    amount.clear()
    ada.qtbot.keyClicks(amount, "10,000")
    ada.commit()
    refund = ada.order.refunds[0]
    assert (refund.amount_minor, refund.reason) == (1_000_000, "dented box was taken along")


def test_delivery_is_given_back_only_when_the_field_says_so(ada: Hands) -> None:
    ada.press("refund_excess")
    ada.press("change_amount")
    shipping = ada.dialog.findChild(QLineEdit, "shipping")
    assert shipping is not None
    shipping.clear()
    ada.qtbot.keyClicks(shipping, "1500")
    assert ada.button("commit_resolution").text() == "Refund Excess: pay Ada ₦13,375"
    shipping.clear()
    ada.qtbot.keyClicks(shipping, "1501")
    assert not ada.dialog.commit.isEnabled()


def test_another_order_opens_over_this_one(ada: Hands) -> None:
    ada.press("see")
    over = ada.dialog.findChild(OrderDialog)
    assert over is not None
    assert over.order_id == ada.counter.orders["Halima"]
    over.reject()
    assert not ada.finished


def test_freed_units_go_to_who_waits_and_the_effect_names_them(qtbot: QtBot, counter: Counter) -> None:
    waiting = counter.shop.sold({"red": 1}, customer="Bola Tinu")
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.press("refund_order")
    others = ada.dialog.decision.preview.effect.others
    assert [(other.order_id, other.units) for other in others] == [(waiting, 1)]
    from_words = [label.text() for label in ada.dialog.decision.effect.findChildren(type(ada.dialog.title))]
    assert any("gets 1 ×" in words and "leaves Attention" in words for words in from_words)
