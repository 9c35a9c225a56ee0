"""Every reason for Attention has its sentence, its own buttons, and each button does what it showed."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from posapp.commands.orders import HandOver
from posapp.commands.payments import FlagDelay
from posapp.commands.shop_orders import CancelShopOrder, ReviseShopOrder, WebLine, WebTerms
from posapp.commands.stock import CountStock
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PaymentState
from tests.gui.adaeze import Adaeze, Counter
from tests.gui.order_hands import Hands
from tests.gui.walker import nameless_controls

Story = Callable[[Adaeze], str]
THREE = ["refund_excess", "refund_order", "fulfill_order"]
REVERSAL = ["release_cancel", "wait", "write_off"]
CHANGED = ["shop_refund", "already_refunded"]


def paid_web(shop: Adaeze) -> str:
    """Bola's two soaps, 3,600, paid on the web."""
    order_id = shop.on_web(90_001, shop.someone("Bola Tinu", "0803 555 0001"), {"soap": 2})
    shop.paid_on_web(order_id)
    return order_id


def lost_to_a_count(shop: Adaeze) -> str:
    order_id = shop.sold({"zobo": 5}, customer="Bola Tinu")
    shop.do(CountStock, product_id="zobo", location_id=shop.order(order_id).location_id, counted=3, seen=5)
    return order_id


def reversed_by_the_bank(shop: Adaeze) -> str:
    order_id = paid_web(shop)
    shop.told(order_id, 360_000, PaymentState.REVERSED, f"T6813 {order_id}")
    return order_id


def reversed_after_hand_over(shop: Adaeze) -> str:
    order_id = paid_web(shop)
    shop.do(HandOver, order_id=order_id)
    shop.told(order_id, 360_000, PaymentState.REVERSED, f"T6813 {order_id}")
    return order_id


def cancelled_in_the_shop(shop: Adaeze) -> str:
    order_id = paid_web(shop)
    shop.do(CancelShopOrder, order_id=order_id, detail="cancelled")
    return order_id


def _revised(shop: Adaeze, units: int) -> str:
    order_id = paid_web(shop)
    line = WebLine(
        "90001-0", "soap", "BLK-SOAP-250", "Black soap 250 g", units, 180_000, units * 180_000, {}, 0
    )
    shop.do(ReviseShopOrder, order_id=order_id, terms=WebTerms((line,), 0, {}, 0, {}, 0, f"now {units}"))
    return order_id


def edited_down(shop: Adaeze) -> str:
    return _revised(shop, 1)


def edited_up(shop: Adaeze) -> str:
    return _revised(shop, 3)


def paid_twice(shop: Adaeze) -> str:
    order_id = paid_web(shop)
    shop.told(order_id, 360_000, PaymentState.SUCCEEDED, "T again")
    return order_id


def hanging(shop: Adaeze) -> str:
    order_id = shop.on_web(90_002, shop.someone("Bola Tinu"), {"soap": 1})
    shop.told(order_id, 180_000, PaymentState.PENDING, "T slow")
    shop.do(FlagDelay, order_id=order_id, payment_id=shop.order(order_id).payments[0].id)
    return order_id


SENTENCES: list[tuple[Story, str, list[str]]] = [
    (lost_to_a_count, "ordered and paid, 3 were found.", THREE),
    (reversed_by_the_bank, "The bank took money back: ₦3,600 is missing.", REVERSAL),
    (
        cancelled_in_the_shop,
        "The web shop cancelled it after it was paid: ₦3,600 is left over.",
        [*CHANGED, "reopen"],
    ),
    (
        edited_down,
        "The web shop changed it after it was paid: ₦1,800 is left over.",
        [*CHANGED, "accept_as_paid"],
    ),
    (
        edited_up,
        "The web shop changed it after it was paid: ₦1,800 is missing now.",
        [*CHANGED, "accept_as_paid"],
    ),
    (paid_twice, "The order was paid twice: ₦3,600 too much.", ["refund_difference", "keep_credit"]),
    (hanging, "A payment of ₦1,800 has not come through yet.", []),
]


@pytest.mark.parametrize(
    ("story", "sentence", "buttons"), SENTENCES, ids=lambda each: getattr(each, "__name__", "")
)
def test_each_reason_says_what_is_the_matter_and_offers_its_own_buttons(
    qtbot: QtBot, counter: Counter, story: Story, sentence: str, buttons: list[str]
) -> None:
    hands = Hands(qtbot, counter, story(counter.shop))
    assert sentence in hands.said()[0]
    assert list(hands.dialog.decision.choices.buttons) == buttons
    assert nameless_controls(hands.dialog) == []
    for key in buttons:
        button = hands.button(key)
        assert button.isEnabled() or button.accessibleDescription(), f"{key} is disabled without a reason"


def is_cancelled(order: Order) -> bool:
    return order.status == Status.CANCELLED


def owes_nothing(order: Order) -> bool:
    return order.owed_minor == 0


DEEDS: list[tuple[Story, str, str, Callable[[Order], bool]]] = [
    (reversed_by_the_bank, "release_cancel", "Release and cancel: free 2 of Bola", is_cancelled),
    (reversed_by_the_bank, "wait", "Wait for new payment for Bola", lambda o: o.lines[0].allocated_qty == 2),
    (reversed_after_hand_over, "write_off", "Write off for Bola", lambda o: o.contribution_minor == 360_000),
    (cancelled_in_the_shop, "shop_refund", "Refund: pay Bola ₦3,600", owes_nothing),
    (cancelled_in_the_shop, "already_refunded", "Already refunded in the shop: ₦3,600 of Bola", owes_nothing),
    (cancelled_in_the_shop, "reopen", "Reopen: hold 2 for Bola", lambda o: o.lines[0].allocated_qty == 2),
    (edited_down, "shop_refund", "Refund: pay Bola ₦1,800", lambda o: o.paid_minor == o.total_minor == 180_000),
    (edited_up, "accept_as_paid", "Accept as paid: hold 3 for Bola", lambda o: o.total_minor == 360_000),
    (paid_twice, "refund_difference", "Refund difference: pay Bola ₦3,600", lambda o: o.paid_minor == 360_000),
    (paid_twice, "keep_credit", "Keep as credit for Bola", lambda o: o.credit_kept_minor == 360_000),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "key", "words", "holds"), DEEDS, ids=[f"{d[0].__name__}-{d[1]}" for d in DEEDS]
)
def test_each_button_restates_its_effect_and_settles_the_case(
    qtbot: QtBot, counter: Counter, story: Story, key: str, words: str, holds: Callable[[Order], bool]
) -> None:
    hands = Hands(qtbot, counter, story(counter.shop))
    hands.press(key)
    assert hands.button("commit_resolution").text() == words
    hands.commit()
    assert holds(hands.order)
    assert not any(case.is_open for case in hands.order.cases)
    qtbot.waitUntil(lambda: bool(hands.finished))


def test_what_hangs_can_be_asked_about_and_what_is_missing_be_recorded(
    qtbot: QtBot, counter: Counter
) -> None:
    slow = Hands(qtbot, counter, hanging(counter.shop))
    slow.press("check_payment")
    assert counter.post.asked == [f"payment of {slow.order_id}"]
    assert slow.button("next_deed").text() == "Record payment…"
    more = Hands(qtbot, counter, edited_up(counter.shop))
    assert more.button("record_payment").text() == "Record payment"
