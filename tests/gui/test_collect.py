"""From an unpaid order to its money: collected over the counter, or asked for by a page at the provider."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from posapp.commands.orders import EditOrder
from posapp.commands.shifts import OpenShift
from posapp.domain.orders import Status
from posapp.domain.tendering import Tendering
from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.order_deeds import entries
from posapp.gui.dialogs.pay_done import DonePane
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.post import LinkMade
from posapp.sync.connections import About, Link, save_link
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands
from tests.gui.test_order_deeds import over, toast
from tests.gui.test_order_messages import make_page

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
    unpaid.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    unpaid.qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    answer(LinkMade(PAGE, 1, 0))


def test_without_an_address_nothing_is_asked(unpaid: Hands) -> None:
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    field = dialog.findChild(QLineEdit, "email")
    assert field is not None
    field.clear()
    assert not dialog.commit.isEnabled()


def test_what_was_taken_off_an_order_before_it_was_paid_need_not_be_there(
    qtbot: QtBot, counter: Counter
) -> None:
    order_id = counter.shop.place({"rice": 3}, customer="Tunde Bello")
    assert collectable(Hands(qtbot, counter, order_id)) == "Not all of it is there"
    order = counter.shop.order(order_id)
    counter.shop.receive("rice", 3)  # Musa, who paid, gets two of them
    counter.shop.do(EditOrder, order_id=order_id, seen_version=order.version, wanted={order.lines[0].id: 1})
    assert collectable(Hands(qtbot, counter, order_id)) == ""


def collectable(hands: Hands) -> str:
    assert hands.dialog.details is not None
    return next(entry.why_not for entry in entries(hands.dialog.details) if entry.deed == "collect")


# --- where no page can be made ----------------------------------------------------------------------------


def test_a_page_is_offered_only_where_a_provider_is_connected(unpaid: Hands) -> None:
    assert offered(unpaid) == (False, "Connect a payment provider first: Settings, Payments")
    connect(unpaid.counter)
    assert offered(unpaid) == (True, "")
    connect(unpaid.counter, state="sign_in")
    assert offered(unpaid) == (False, "The payment provider accepts our key no more: Settings, Payments")
    connect(unpaid.counter, state="removed")
    assert not offered(unpaid)[0]


def test_of_an_order_that_is_paid_no_page_is_offered(qtbot: QtBot, counter: Counter) -> None:
    connect(counter)
    assert offered(Hands(qtbot, counter, counter.orders["Ngozi"])) == (False, "Nothing is to be paid")


def test_a_page_that_was_made_is_told_in_the_messages_from_then_on(unpaid: Hands) -> None:
    connect(unpaid.counter)
    dialog = over(unpaid, PaymentLinkDialog, "payment_link")
    make_page(unpaid.counter.shop, unpaid.order_id, 1, PAGE)
    dialog.reject()
    messages = unpaid.dialog.head.contact
    unpaid.qtbot.waitUntil(lambda: any(PAGE in each.words for each in messages._messages))


def test_an_order_kept_unpaid_can_be_asked_for_by_a_page_at_once(qtbot: QtBot, counter: Counter) -> None:
    order = counter.shop.place({"fila": 1})
    pane = DonePane(counter.parts)
    qtbot.addWidget(pane)
    pane.show_sale(counter.shop.order(order), Tendering(700_000))
    assert not pane.link.isEnabled()
    assert "Connect a payment provider first" in pane.link.accessibleDescription()
    connect(counter)
    pane.show_sale(counter.shop.order(order), Tendering(700_000))
    pane.show()
    pane.link.click()
    dialog = pane.findChild(PaymentLinkDialog)
    assert dialog is not None
    make_page(counter.shop, order, 1, PAGE)
    dialog.reject()
    (told,) = pane.contact._messages
    assert PAGE in told.words


def offered(hands: Hands) -> tuple[bool, str]:
    menu = hands.dialog.deeds.menu(hands.dialog)
    entry = next(action for action in menu.actions() if action.objectName() == "payment_link")
    menu.deleteLater()
    return entry.isEnabled(), entry.statusTip()


def connect(counter: Counter, state: str = "active") -> None:
    made = Link(
        id="pay-1", kind="paystack", url="http://127.0.0.1:9", key="", location_id="", look_s=20, state=state,
        cursor="", imported=True, compared_at="", notice="", about=About(),
    )  # fmt: skip
    counter.shop.desk.write_now(lambda c: save_link(c, made))
