"""From an unpaid order to its money: collected over the counter, or asked for by a page at the provider."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from posapp.commands.shifts import OpenShift
from posapp.domain.orders import Status
from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.order_deeds import entries
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.post import LinkMade
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands
from tests.gui.test_order_deeds import over, toast

PAGE = "https://checkout.example.test/0peioxfhpn"


@pytest.fixture
def unpaid(qtbot: QtBot, counter: Counter) -> Hands:
    """Zobo, soap and coconut oil that are there and that nobody has paid, in an open shift."""
    counter.shop.do(OpenShift, float_minor=0)
    return Hands(qtbot, counter, counter.orders["Funke"])


def test_f9_takes_the_money_and_hands_the_goods_over(unpaid: Hands) -> None:
    dialog = over(unpaid, CollectDialog, "collect")
    due = unpaid.order.total_minor
    assert dialog.finish.isEnabled()
    dialog.activateWindow()
    unpaid.qtbot.waitUntil(dialog.isActiveWindow)
    unpaid.qtbot.keyClick(dialog, Qt.Key.Key_F9)
    unpaid.qtbot.waitUntil(lambda: unpaid.order.status == Status.COMPLETED)
    assert unpaid.order.paid_minor == due
    assert "all handed over" in toast(unpaid)
    assert unpaid.counter.paper.told == [True]


def test_goods_do_not_leave_for_less_or_for_a_promise(unpaid: Hands) -> None:
    dialog = over(unpaid, CollectDialog, "collect")
    dialog.part.choose("transfer")
    assert not dialog.finish.isEnabled()
    assert "Goods leave when the transfer was seen" in dialog.why_not.text()
    assert unpaid.order.payments == []


def test_what_is_not_there_is_not_offered(unpaid: Hands, counter: Counter) -> None:
    short = Hands(unpaid.qtbot, counter, counter.orders["Bisi"])
    assert short.dialog.details is not None
    why_not = {entry.deed: entry.why_not for entry in entries(short.dialog.details)}
    assert why_not["collect"] == "Not all of it is there"


def test_a_page_is_asked_for_shown_and_copied(unpaid: Hands) -> None:
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    dialog.email.edit.setText("funke@example.test")
    unpaid.press("commit", dialog)
    post = unpaid.counter.post
    assert post.asked[-1] == f"link over {unpaid.order.total_minor} to {dialog.email.text}"
    assert not dialog.commit.isEnabled()
    post.answer_link(LinkMade(PAGE, unpaid.order.total_minor, 22_900))
    assert dialog.qr.isVisible()
    assert "provider's fee" in dialog._words.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == PAGE


def test_a_refusal_is_said_and_can_be_tried_again(unpaid: Hands) -> None:
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    dialog.email.edit.setText("funke@example.test")
    unpaid.press("commit", dialog)
    unpaid.counter.post.answer_link(LinkMade(words="No page was made. Nobody answers."))
    assert "Nobody answers" in " ".join(said.sentence for said in dialog.strips._said)
    assert dialog.commit.isEnabled()
    assert not dialog.qr.isVisible()


def test_esc_leaves_while_it_is_asked_and_a_late_answer_hurts_nobody(unpaid: Hands) -> None:
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    dialog.email.edit.setText("funke@example.test")
    unpaid.press("commit", dialog)
    answer = unpaid.counter.post.answer_link
    dialog.activateWindow()
    unpaid.qtbot.waitUntil(dialog.isActiveWindow)
    with unpaid.qtbot.waitSignal(dialog.destroyed):
        unpaid.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer(LinkMade(PAGE, 1, 0))


def test_without_an_address_nothing_is_asked(unpaid: Hands) -> None:
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    field = dialog.findChild(QLineEdit, "email")
    assert field is not None
    field.clear()
    assert not dialog.commit.isEnabled()
