"""Money that goes back through a gateway or a provider, as one person sees it from the decision to its end."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from posapp.commands.outbox import BeginSending, NoteDeclined, NoteRefundState, NoteSent
from posapp.commands.payments import RecordPayment
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.db.store import DatabaseSource
from posapp.domain.outbox import UNDO_FOR, OutKind, OutState
from posapp.domain.payments import PartState, PaymentState, Teller
from posapp.gui.dialogs.bank_details import BankDetailsDialog
from posapp.gui.dialogs.foreseen import CancelOrderDialog
from posapp.gui.pages.close_carried import CarriedCard
from posapp.gui.pages.health import HealthPage
from posapp.gui.post import BankList, SyncLine
from posapp.gui.sync_words import line_words
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import Question
from posapp.queries.attention import attention_count
from posapp.queries.dashboard import dashboard
from posapp.queries.outbox import OutboxCounts, outbox_counts
from posapp.queries.shifts import x_report
from tests.gui.adaeze import LAGOS, Adaeze, Counter
from tests.gui.live import press
from tests.gui.order_hands import Hands
from tests.gui.showing import opened
from tests.gui.walker import nameless_controls

LAGOON = "0119204587"


def short_order(shop: Adaeze, provider: str = Teller.SHOP) -> str:
    """Bola's seven Zobo, 6,300, paid on the web; five were left."""
    order_id = shop.on_web(90_100, shop.someone("Bola Tinu", "0803 555 0001"), {"zobo": 7})
    shop.do(
        RecordPayment, order_id=order_id, provider=provider, provider_ref="shop:90100", reference="T68 90100",
        method="card" if provider == Teller.SHOP else provider, gross_minor=630_000, customer_fee_minor=0,
        state=PaymentState.SUCCEEDED, paid_at=shop.now,
    )  # fmt: skip
    return order_id


@pytest.fixture
def bola(qtbot: QtBot, counter: Counter) -> Hands:
    """Bola's order, short of two, in its dialog."""
    connect(counter, "shop", "woocommerce")
    return Hands(qtbot, counter, short_order(counter.shop))


def connect(counter: Counter, connection_id: str, kind: str) -> None:
    counter.shop.desk.write_now(
        lambda c: c.execute(
            'INSERT INTO connection (id, kind, url, "key", location_id, look_s, state, "cursor", imported, notice, '
            "about) VALUES (?, ?, 'https://example.test', '', '', 60, 'active', '', 1, '', '{}')",
            (connection_id, kind),
        )
    )


def paid_by_paystack(qtbot: QtBot, counter: Counter) -> Hands:
    connect(counter, "pay", "paystack")
    return Hands(qtbot, counter, short_order(counter.shop, "paystack"))


def row(hands: Hands):
    return DatabaseSource(hands.counter.shop.reader.connection).outgoing(hands.order_id)[-1]


def told(hands: Hands, kind, **fields) -> None:
    """The sender writes down what it did, and the window hears of it."""
    hands.counter.shop.do(kind, actor="posapp", order_id=hands.order_id, **fields)


def sent(hands: Hands, state: PartState, remote_id: str = "501") -> None:
    told(hands, BeginSending, outgoing_id=row(hands).id)
    told(hands, NoteSent, outgoing_id=row(hands).id, remote_id=remote_id, state=state)


def declined(hands: Hands, words: str = "Gateway says no") -> None:
    told(hands, BeginSending, outgoing_id=row(hands).id)
    told(hands, NoteDeclined, outgoing_id=row(hands).id, words=words)


def seen(dialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def again(hands: Hands) -> Hands:
    """Open the order once more, as a person does from the list."""
    return Hands(hands.qtbot, hands.counter, hands.order_id)


def test_a_refund_waits_with_undo_counting_down_and_undo_takes_it_back(bola: Hands) -> None:
    assert nameless_controls(bola.dialog) == []
    bola.press("refund_excess")
    gateway = bola.dialog.findChild(QRadioButton, "route_gateway")
    assert gateway is not None
    assert gateway.isChecked(), "the money goes back the way it came"
    assert bola.button("commit_resolution").text() == "Refund Excess: pay Bola ₦1,800"
    bola.commit()
    bola.qtbot.waitUntil(lambda: bool(bola.finished))
    words, options = bola.counter.toasts[-1]
    assert words.endswith("Bola gets ₦1,800")
    assert (options["action"], options["seconds"], options["countdown"]) == ("Undo", UNDO_FOR.seconds, True)
    looked = again(bola)
    assert any("₦1,800 is saved on this till and goes out by itself" in words for words in looked.said())
    undo = looked.button("undo")
    assert undo.text() in ("Undo 8 s", "Undo 7 s")
    bola.counter.shop.now += timedelta(seconds=5)
    looked.dialog.strips._count()
    assert undo.text() in ("Undo 3 s", "Undo 2 s")
    looked.press("undo")
    looked.qtbot.waitUntil(lambda: row(looked).state == OutState.WITHDRAWN)
    assert (looked.order.parts, looked.order.short_units, looked.order.total_minor) == ([], 2, 630_000)


def test_undo_is_gone_once_it_was_sent(bola: Hands) -> None:
    bola.press("refund_excess")
    bola.commit()
    bola.qtbot.waitUntil(lambda: bool(bola.finished))
    looked = again(bola)
    told(looked, BeginSending, outgoing_id=row(looked).id)
    looked.qtbot.waitUntil(lambda: any("The refund of ₦1,800 is sent." in words for words in looked.said()))
    assert looked.dialog.strips.stops() == ()
    assert "Sent" in [chip.accessibleName() for chip in looked.dialog.standing.findChildren(QLabel)]


def test_offline_it_is_queued_and_says_so(bola: Hands) -> None:
    bola.counter.post.line = SyncLine("offline", last_ok=bola.counter.shop.now)
    bola.counter.post.line_changed.emit(bola.counter.post.line)
    bola.press("refund_excess")
    assert "Queued: sent when the network is back." in seen(bola.dialog)
    bola.press_radio("route_cash")
    assert "Queued: sent when the network is back." not in seen(bola.dialog)
    bola.press_radio("route_gateway")
    bola.commit()
    bola.qtbot.waitUntil(lambda: bool(bola.finished))
    assert "refund queued, Bola gets ₦1,800 when the network is back" in bola.toasts()[-1]
    assert any("queued: sent when the network is back" in words for words in again(bola).said())


def test_the_owner_limits_what_is_decided_without_a_network(bola: Hands) -> None:
    bola.counter.shop.do(ChangeSetting, key="offline_refund_minor", value="100000")
    bola.counter.post.line = SyncLine("offline")
    bola.counter.post.line_changed.emit(bola.counter.post.line)
    bola.press("refund_excess")
    assert not bola.button("commit_resolution").isEnabled()
    assert any("Without a network" in words for words in seen(bola.dialog))
    bola.counter.post.line = SyncLine("idle")
    bola.counter.post.line_changed.emit(bola.counter.post.line)
    assert bola.button("commit_resolution").isEnabled()
    bola.counter.shop.do(ChangeSetting, key="offline_refund_minor", value="")


def test_what_failed_is_tried_again(bola: Hands) -> None:
    bola.press("refund_excess")
    bola.commit()
    declined(bola)
    failed = again(bola)
    assert any(
        "failed (Gateway says no). No money has moved: Bola is owed it." in words for words in failed.said()
    )
    failed.press("choose")
    assert failed.dialog.decision.key == "retry_refund"
    assert "Bola gets" in seen(failed.dialog)
    assert not failed.dialog.decision.effect.payout.isVisible(), "by the way that was chosen before"
    assert failed.button("commit_resolution").text() == "Retry: pay Bola ₦1,800"
    failed.commit()
    assert [part.attempt for part in failed.order.parts] == [2]
    sent(failed, PartState.PROCESSED)
    assert again(failed).said() == []


def test_what_failed_is_given_another_way(bola: Hands) -> None:
    bola.press("refund_excess")
    bola.commit()
    declined(bola)
    failed = again(bola)
    failed.dialog.decision.choose("manual_refund")
    shown = [r.objectName() for r in failed.dialog.findChildren(QRadioButton) if r.isVisible()]
    assert shown == ["route_cash", "route_hand"], "what a person gave has gone through no gateway"
    failed.press_radio("route_cash")
    failed.commit()
    assert [(part.route, part.state) for part in failed.order.parts] == [("cash", PartState.PROCESSED)]


def test_bank_details_are_asked_for_given_and_sent(qtbot: QtBot, counter: Counter) -> None:
    hands = paid_by_paystack(qtbot, counter)
    hands.press("refund_excess")
    provider = hands.dialog.findChild(QRadioButton, "route_provider")
    assert provider is not None
    assert provider.text() == "Paystack, back to card or bank"
    assert provider.isChecked()
    hands.commit()
    sent(hands, PartState.PENDING)
    told(
        hands,
        NoteRefundState,
        part_id=hands.order.parts[0].id,
        remote_id="501",
        state=PartState.NEEDS_DETAILS,
    )
    asked = again(hands)
    assert any("Paystack asks for the bank account of Bola" in words for words in asked.said())
    asked.press("bank")
    form = asked.dialog.findChild(BankDetailsDialog)
    assert form is not None
    assert nameless_controls(form) == []
    edit = form.findChild(QLineEdit, "account")
    qtbot.keyClicks(form.finder.edit, "lag")
    qtbot.keyClick(form.finder.edit, Qt.Key.Key_Return)
    assert form.bank is not None
    assert form.bank.name == "Lagoon Bank"
    qtbot.keyClicks(edit, "0119 2045-")
    assert edit.text() == LAGOON[:-2]
    qtbot.waitUntil(form.commit.isEnabled)
    form.press()
    assert "10 digits" in edit.accessibleDescription(), "nothing is sent that no bank could use"
    qtbot.keyClicks(edit, LAGOON[-2:])
    assert form.commit.word == "Send to Paystack: ₦1,800 for Bola"
    assert any("…4587 at Lagoon Bank" in words for words in seen(form))
    form.press()
    qtbot.waitUntil(lambda: row(asked).kind == OutKind.REFUND_DETAILS)
    desk = counter.shop.desk
    (kept,) = desk.write_now(lambda c: c.execute("SELECT outgoing_id, body FROM outgoing_details").fetchall())
    assert kept[0] == row(asked).id
    assert LAGOON in kept[1]
    journal = desk.write_now(
        lambda c: c.execute("SELECT body FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    )
    assert LAGOON not in journal[0], "personal data stays out of the journal"
    assert attention_count(counter.parts.reader) == 3, "only those of the day are left"
    sent(asked, PartState.PROCESSED)


def test_banks_that_cannot_be_read_are_asked_for_again(qtbot: QtBot, counter: Counter) -> None:
    hands = paid_by_paystack(qtbot, counter)
    hands.press("refund_excess")
    hands.commit()
    sent(hands, PartState.NEEDS_DETAILS)
    known, counter.post.bank_list = counter.post.bank_list, BankList(words="Paystack does not answer.")
    part = hands.order.parts[0].id
    form = opened(qtbot, BankDetailsDialog(counter.parts, hands.order_id, part, hands.window))
    assert any("Paystack does not answer." in words for words in seen(form))
    assert not form.finder.isEnabled()
    counter.post.bank_list = known
    qtbot.mouseClick(form.again, Qt.MouseButton.LeftButton)
    assert form.finder.isEnabled()


def test_cancelling_gives_back_the_way_the_money_came(bola: Hands, qtbot: QtBot) -> None:
    dialog = opened(qtbot, CancelOrderDialog(bola.counter.parts, bola.order_id, bola.window))
    assert dialog.effect_view.chosen_payout().route == "gateway"
    dialog.press()
    qtbot.waitUntil(lambda: [part.route for part in bola.order.parts] == ["gateway"])


def refused_record(hands: Hands) -> None:
    """Cash for a web order, and the web shop does not write it down."""
    hands.press("refund_excess")
    hands.press_radio("route_cash")
    hands.commit()
    declined(hands, "Invalid refund amount.")


def test_the_sync_line_counts_what_is_sent_and_what_was_refused(bola: Hands) -> None:
    reader, at = bola.counter.parts.reader, bola.counter.shop.now
    line = SyncLine("offline", last_ok=at)
    bola.press("refund_excess")
    bola.commit()
    words = line_words(line, at, LAGOS, at, outbox_counts(reader))
    assert words.words == "Offline, selling works, 1 to send"
    assert line_words(SyncLine("idle"), at, LAGOS, at, OutboxCounts(0, 2)).words == "2 changes refused"
    assert line_words(SyncLine("idle"), at, LAGOS, at, OutboxCounts(0, 1)).action == "Review"


def test_what_was_refused_is_reviewed_sent_again_and_given_up(bola: Hands, qtbot: QtBot) -> None:
    refused_record(bola)
    page = HealthPage(bola.counter.parts, lambda: None)
    qtbot.addWidget(page)
    page.resize(1158, 700)
    page.show()
    page.opened()
    assert "Refused, 1, Needs you" in page.refusals.accessibleName()
    qtbot.waitUntil(lambda: len(seen(page.refused)) > 4)
    said = " ".join(seen(page.refused))
    assert "Record of the refund of" in said
    assert "Invalid refund amount." in said
    assert "never done twice" in said
    assert "the web shop never shows this refund" in said, "what giving up means is read before it is pressed"
    assert nameless_controls(page) == []
    again_button, discard = (b for b in page.refused.findChildren(Button) if b.isVisible())
    press(again_button)
    qtbot.waitUntil(lambda: row(bola).state == OutState.WAITING)
    qtbot.waitUntil(lambda: bola.counter.post.asked == ["look"])
    qtbot.waitUntil(page.to_send.isVisible)
    assert not page.refused.isVisible()
    declined(bola)
    qtbot.waitUntil(page.refused.isVisible)
    discard = next(b for b in page.refused.findChildren(Button) if b.word == "Discard" and b.isVisible())
    press(discard)
    question = page.window().findChild(Question)
    assert question is not None
    press(question.deed)
    qtbot.waitUntil(lambda: row(bola).state == OutState.DISCARDED)
    qtbot.waitUntil(lambda: not page.refused.isVisible())


def test_the_dashboard_and_the_close_of_day_name_it(bola: Hands, qtbot: QtBot) -> None:
    bola.counter.shop.do(OpenShift, float_minor=0)
    bola.press("refund_excess")
    bola.commit()
    carried = CarriedCard(bola.counter.parts)
    qtbot.addWidget(carried)
    carried.show_report(x_report(bola.counter.parts.reader, bola.counter.shop.now))
    assert carried.unsent.what.text() == "1 change not sent yet"
    assert bola.order.number in carried.unsent.which.text()
    declined(bola)
    (stuck,) = dashboard(bola.counter.parts.reader, bola.counter.shop.now).refunds
    assert (stuck.order_id, stuck.amount_minor, stuck.failed) == (bola.order_id, 180_000, True)
