"""What else is done to an order from its dialog: money, packing, shipping, swapping, cancelling, the slip."""

from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QMenu, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from posapp.commands.shifts import OpenShift
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.payments import PaymentState
from posapp.gui.dialogs.confirm_transfer import ConfirmTransferDialog
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.dialogs.foreseen import CancelOrderDialog, HandOverDialog, SwapDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.packing_slip import packing_slip
from posapp.gui.dialogs.record_payment import RecordPaymentDialog
from posapp.gui.paper_a4 import safe_name, write_pdf
from posapp.gui.post import PaymentTold
from posapp.gui.widgets.dialog import DialogShell, Question
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands
from tests.gui.walker import nameless_controls

D = TypeVar("D", bound=QDialog)


def over(hands: Hands, kind: type[D], deed: str) -> D:
    """Open what a deed opens."""
    hands.dialog.deeds.do(deed)
    shown = [dialog for dialog in hands.dialog.findChildren(kind) if dialog.isVisible()]
    assert shown, f"{deed} opened no {kind.__name__}"
    found = shown[-1]
    hands.qtbot.waitExposed(found)
    assert nameless_controls(found) == []
    return found


def type_into(hands: Hands, dialog: QDialog, name: str, words: str) -> None:
    field = dialog.findChild(QLineEdit, name)
    assert field is not None, f"there is no field {name}"
    field.clear()
    hands.qtbot.keyClicks(field, words)


def toast(hands: Hands) -> str:
    hands.qtbot.waitUntil(lambda: bool(hands.dialog.toasts.history))
    return hands.dialog.toasts.history[-1]


@pytest.fixture
def part(qtbot: QtBot, counter: Counter) -> Hands:
    """Two necklaces for 13,000 of which 5,000 are paid."""
    return Hands(qtbot, counter, counter.orders["part"])


def test_the_payment_that_completes_an_order_confirms_it(part: Hands) -> None:
    part.counter.shop.do(OpenShift, float_minor=0)
    assert part.button("next_deed").text() == "Record payment…"
    dialog = over(part, RecordPaymentDialog, "record_payment")
    assert dialog.amount.text == "8,000"
    assert dialog.commit.word == "Record ₦8,000 from Chioma"
    type_into(part, dialog, "amount", "3000")
    part.press("commit", dialog)
    part.qtbot.waitUntil(lambda: part.order.paid_minor == 800_000)
    assert part.order.status == Status.OPEN
    assert toast(part).endswith("₦3,000 recorded")
    assert part.counter.paper.told == [True]
    part.press("commit", over(part, RecordPaymentDialog, "record_payment"))
    part.qtbot.waitUntil(lambda: part.order.status == Status.PROCESSING)
    part.qtbot.waitUntil(lambda: part.button("next_deed").text() == "Pack and hand over…")


def test_more_than_is_due_must_be_meant(part: Hands) -> None:
    part.counter.shop.do(OpenShift, float_minor=0)
    dialog = over(part, RecordPaymentDialog, "record_payment")
    type_into(part, dialog, "amount", "10,000")
    assert dialog.commit.word.endswith("₦2,000 too much")
    assert not dialog.commit.isEnabled()
    meant = dialog.findChild(QCheckBox, "meant")
    assert meant is not None
    part.qtbot.mouseClick(meant, Qt.MouseButton.LeftButton)
    part.press("commit", dialog)
    part.qtbot.waitUntil(lambda: part.order.open_case("OVERPAYMENT") is not None)


@pytest.mark.parametrize(
    ("field", "words"),
    [("amount", "0"), ("amount", "twelve"), ("when", "2031-01-01 10:00"), ("when", "noon")],
)
def test_what_cannot_be_is_said_beside_the_field(part: Hands, field: str, words: str) -> None:
    dialog = over(part, RecordPaymentDialog, "record_payment")
    type_into(part, dialog, field, words)
    assert not dialog.commit.isEnabled()
    line = dialog.findChild(QLineEdit, field)
    assert line is not None
    assert line.accessibleDescription()


def test_an_announced_transfer_counts_only_when_it_was_seen(part: Hands) -> None:
    dialog = over(part, RecordPaymentDialog, "record_payment")
    dialog.method.set_value("transfer")
    announced = dialog.findChild(QRadioButton, "announced")
    assert announced is not None
    announced.setChecked(True)
    assert dialog.commit.word == "Wait for ₦8,000 from Chioma"
    part.press("commit", dialog)
    part.qtbot.waitUntil(lambda: any(p.state == PaymentState.PENDING for p in part.order.payments))
    part.qtbot.waitUntil(lambda: any("announced" in words for words in part.said()))
    assert part.order.status == Status.OPEN
    part.press("confirm")
    confirming = part.dialog.findChild(ConfirmTransferDialog)
    assert confirming is not None
    assert nameless_controls(confirming) == []
    type_into(part, confirming, "reference", "GTB 99")
    part.press("commit", confirming)
    with part.qtbot.waitSignal(part.counter.changes.changed):
        part.qtbot.waitUntil(lambda: part.order.status == Status.PROCESSING)
    assert part.order.payments[-1].reference == "GTB 99"
    part.qtbot.waitUntil(lambda: toast(part).endswith("confirmed"))
    assert [words for words in part.said() if "changed" in words] == []  # one's own deed is no news


def test_a_transfer_that_did_not_come(qtbot: QtBot, counter: Counter) -> None:
    emeka = Hands(qtbot, counter, counter.orders["Emeka"])
    assert emeka.button("next_deed").text() == "Confirm transfer…"
    emeka.press("next_deed")
    dialog = emeka.dialog.findChild(ConfirmTransferDialog)
    assert dialog is not None
    emeka.press("did_not_come", dialog)
    qtbot.waitUntil(lambda: emeka.order.payments[0].state == PaymentState.FAILED)
    assert emeka.order.status == Status.OPEN


def test_packing_and_handing_over_line_by_line_then_shipping(qtbot: QtBot, counter: Counter) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    dialog = over(ada, HandOverDialog, "hand_over")
    assert dialog.commit.word == "Hand over 2 + 2 to Ada"
    ada.count("hand_over_1", 0, dialog)
    ada.count("hand_over_2", 0, dialog)
    assert not dialog.commit.isEnabled()
    (shea,) = (at for at, line in enumerate(ada.order.lines, 1) if line.name == "Shea butter 200 g")
    ada.count(f"hand_over_{shea}", 2, dialog)
    assert dialog.commit.word == "Hand over 2 to Ada"
    ada.press("commit", dialog)
    qtbot.waitUntil(lambda: sum(line.handed_over_qty for line in ada.order.lines) == 2)
    ada.press("fulfill_order")
    ada.qtbot.waitUntil(ada.dialog.commit.isEnabled)
    ada.commit()
    again = Hands(qtbot, counter, counter.orders["Ada"])
    again.press("next_deed")
    rest = again.dialog.findChild(HandOverDialog)
    assert rest is not None
    again.press("commit", rest)
    qtbot.waitUntil(lambda: again.order.status == Status.COMPLETED)
    for deed, status in (("ship", ShipStatus.SHIPPED), ("deliver", ShipStatus.DELIVERED)):
        qtbot.waitUntil(lambda deed=deed: again.button("next_deed").text() == f"Mark {_word(deed)}…")
        question = over(again, Question, deed)
        qtbot.mouseClick(question.deed, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda status=status: again.order.ship_status == status)
        question.setParent(None)
    qtbot.waitUntil(lambda: not again.button("next_deed").isVisible())


def test_tab_leads_from_the_units_to_the_commit(qtbot: QtBot, counter: Counter) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    dialog = over(ada, HandOverDialog, "hand_over")
    stops: list[QWidget | None] = []
    for _ in range(4):
        stops.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert stops == [*dialog.effect_view.units.stops(), dialog.way_out, dialog.commit]
    assert dialog.focusWidget() is stops[0]


def _word(deed: str) -> str:
    return {"ship": "shipped", "deliver": "delivered"}[deed]


def test_cancelling_shows_what_goes_back_before_it_does(qtbot: QtBot, counter: Counter) -> None:
    halima = Hands(qtbot, counter, counter.orders["Halima"])
    dialog = over(halima, CancelOrderDialog, "cancel")
    assert dialog.commit.word == f"Cancel {halima.order.number}: pay Halima ₦26,500"
    type_into(halima, dialog, "reason", "moved away")
    halima.press("commit", dialog)
    qtbot.waitUntil(lambda: halima.order.status == Status.CANCELLED)
    assert halima.order.refunds[0].reason == "moved away"
    ada = counter.shop.order(counter.orders["Ada"])
    assert ada.short_units == 0, "the freed totes went to who waits"


def test_what_cannot_be_cancelled_says_why_in_the_menu(qtbot: QtBot, counter: Counter) -> None:
    grace = Hands(qtbot, counter, counter.orders["Grace"])
    menu = grace.dialog.deeds.menu(grace.dialog)
    actions = {action.objectName(): action for action in menu.actions()}
    assert not actions["cancel"].isEnabled()
    assert "that is a return" in actions["cancel"].toolTip()
    assert actions["new_order"].isEnabled()
    menu.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_edit_and_new_order(part: Hands) -> None:
    part.press("more")
    menu = part.dialog.findChild(QMenu)
    assert menu is not None
    part.qtbot.waitUntil(menu.isVisible)
    menu.close()
    assert over(part, EditOrderDialog, "edit") is not None
    assert over(part, NewOrderDialog, "new_order") is not None


def test_swapping_with_the_order_that_overtook(qtbot: QtBot, counter: Counter) -> None:
    shop = counter.shop
    first = shop.place({"zobo": 5}, customer="Bola Tinu")
    paid_at = shop.clock()
    second = shop.sold({"zobo": 4}, customer="Sade Cole")
    shop.pay(first, paid_at=paid_at)
    bola = Hands(qtbot, counter, first)
    assert "overtook" in bola.said()[0]
    dialog = over(bola, SwapDialog, "swap")
    other = shop.order(second).number
    assert dialog.commit.word == f"Swap: give Bola 4 of order {other}"
    bola.press("commit", dialog)
    qtbot.waitUntil(lambda: bola.order.short_units == 0)
    assert shop.order(second).short_units == 4
    assert shop.order(second).open_case("STOCK_DEFICIT") is not None


@pytest.mark.parametrize("deed", ["timeline", "revisions"])
def test_the_whole_history_can_be_read(qtbot: QtBot, counter: Counter, deed: str) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.press(deed)
    shown = [d for d in ada.dialog.findChildren(DialogShell) if d.isVisible()]
    assert len(shown) == 1
    assert shown[0].title.text().startswith(deed.capitalize())
    assert nameless_controls(shown[0]) == []


def test_a_payment_that_hangs_can_be_asked_about(qtbot: QtBot, counter: Counter) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.dialog.deeds.do("check_payment")
    assert counter.post.asked == [f"payment of {ada.order_id}"]
    number = ada.order.number
    for told, words in (
        (PaymentTold("paystack", "T1", "SUCCEEDED", 100_000, counter.shop.now), "has ₦1,000, paid 14:32"),
        (PaymentTold("paystack", "T1", "PENDING", 100_000), "not there yet, still under way"),
        (PaymentTold("paystack", "T1", "FAILED", 100_000), "the payment failed. Nothing was paid."),
        (PaymentTold("paystack", "T1", "REVERSED", 100_000), "was paid and taken back"),
        (PaymentTold("paystack", "T1"), "Paystack knows no payment T1."),
        (PaymentTold(words="No network."), "Nobody could tell. No network."),
    ):
        counter.post.answer_payment(told)
        said = ada.dialog.toasts.history[-1]
        assert said.startswith(f"{number}: ")
        assert words in said


def test_an_answer_that_comes_when_the_order_is_closed_is_said_over_the_window(
    qtbot: QtBot, counter: Counter
) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.dialog.deeds.do("check_payment")
    ada.dialog.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(ada.dialog))
    counter.post.answer_payment(PaymentTold("paystack", "T1", "FAILED", 100_000))
    assert counter.toasts[-1][0].endswith("the payment failed. Nothing was paid.")


def test_the_packing_slip_is_a_pdf_with_what_is_packed(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    details = ada.dialog._current()
    document = packing_slip(details, counter.parts.shop, counter.parts.clock())
    words = document.toPlainText()
    for each in ("Adaeze Stores", "Ada Obi", "8 Mango Lane, Ikeja", "Shea butter 200 g"):
        assert each in words
    assert "Not in this parcel: 1 × Ankara tote (red)" in words
    assert "₦" not in words, "a parcel shows no prices"
    path = tmp_path / "slip.pdf"
    write_pdf(document, path, title="Packing slip")
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size > 2_000


def test_a_slip_that_cannot_be_written_is_said(counter: Counter, qtbot: QtBot, tmp_path: Path) -> None:
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    document = packing_slip(ada.dialog._current(), counter.parts.shop, counter.parts.clock())
    with pytest.raises(OSError, match=r"\w"):
        write_pdf(document, tmp_path / "no" / "slip.pdf", title="")


def test_a_number_makes_a_harmless_file_name() -> None:
    assert safe_name("../../0142 <x>") == "------0142--x-"
    assert safe_name("") == "order"


def test_call_and_whatsapp_open_links_of_digits(
    qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(asked.append(url)) or True)
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.press("call")
    ada.press("whatsapp")
    assert asked[0].toString() == "tel:+2348035550142"
    assert asked[1].toString().startswith("https://wa.me/2348035550142?text=Hello")


def test_without_a_number_the_buttons_say_why(part: Hands) -> None:
    assert not part.button("call").isEnabled()
    assert part.button("call").accessibleDescription() == "No phone number is known"
