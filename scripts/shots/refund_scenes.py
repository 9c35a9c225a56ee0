"""Money that goes back outside: chosen, waiting, on its way, failed, and asked about; and what was refused."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.commands.outbox import BeginSending, NoteDeclined, NoteSent
from posapp.commands.payments import RecordPayment
from posapp.commands.resolutions import Resolve
from posapp.domain.payments import PartState, PaymentState
from posapp.gui.dialogs.bank_details import BankDetailsDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.post import SyncLine
from posapp.queries.details import order_details
from posapp.queries.outbox import OutboxRow, outbox_rows
from scripts.shots.pictures import ALL, BOTH, Missing, Scene
from scripts.shots.stage import FRIDAY, Stage, settle

Draw = Callable[[Stage], object]
OFFLINE = SyncLine("offline", last_ok=FRIDAY)
DECLINED = "This transaction can not be refunded: the card was closed"


def _decide(stage: Stage, customer: str, key: str, route: str, reference: str = "") -> OutboxRow:
    """Decide now; gives what must go out of it."""
    order_id = stage.order(customer)
    stage.do(Resolve, order_id=order_id, key=key, route=route, reference=reference)
    settle()
    return next(row for row in reversed(outbox_rows(stage.reader)) if row.order_id == order_id)


def _sent(stage: Stage, row: OutboxRow, state: PartState) -> None:
    stage.send(BeginSending, order_id=row.order_id, outgoing_id=row.id)
    stage.send(NoteSent, order_id=row.order_id, outgoing_id=row.id, remote_id="70114", state=state)
    settle()


def _declined(stage: Stage, row: OutboxRow, words: str) -> None:
    stage.send(BeginSending, order_id=row.order_id, outgoing_id=row.id)
    stage.send(NoteDeclined, order_id=row.order_id, outgoing_id=row.id, words=words)
    settle()


def _ada(stage: Stage, then: Callable[[Stage, OutboxRow], object] = lambda stage, row: None) -> None:
    """Ada's refund by the provider, decided once on this stage."""
    if not stage.marks("ada"):
        then(stage, _decide(stage, "Ada Obi", "refund_excess", "provider"))


def _order(stage: Stage, customer: str = "Ada Obi", page: str = "attention") -> OrderDialog:
    stage.front.open_page(page)
    stage.front.open_order(stage.order(customer))
    settle()
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, OrderDialog):
        raise Missing(f"no order opened, but {type(dialog).__name__}")
    return dialog


def _waits(stage: Stage) -> None:
    """Decided two seconds ago: it can be taken back for six more."""
    _ada(stage)
    _order(stage)


def _queued(stage: Stage) -> None:
    """The choice without a network."""
    stage.post.say(OFFLINE)
    dialog = _order(stage)
    dialog.decision.choose("refund_excess")
    settle(600)


def _after(state: PartState) -> Draw:
    def draw(stage: Stage) -> None:
        _ada(stage, lambda stage, row: _sent(stage, row, state))
        _order(stage)

    return draw


def _failed(stage: Stage) -> None:
    _ada(stage, lambda stage, row: _declined(stage, row, DECLINED))
    dialog = _order(stage)
    dialog.decision.choose("retry_refund")
    settle(600)


def _other_way(stage: Stage) -> None:
    _ada(stage, lambda stage, row: _declined(stage, row, DECLINED))
    dialog = _order(stage)
    dialog.decision.choose("manual_refund")
    settle(600)


def _bank(stage: Stage) -> None:
    """The form half filled in: the bank is chosen, the account is typed."""
    _ada(stage, lambda stage, row: _sent(stage, row, PartState.NEEDS_DETAILS))
    dialog = _order(stage)
    details = order_details(stage.reader, dialog.order_id, stage.clock())
    assert details is not None
    dialog.deeds.do(f"bank:{details.refunds[0].parts[0].part_id}")
    settle()
    form = QApplication.activeModalWidget()
    if not isinstance(form, BankDetailsDialog):
        raise Missing("the form for a bank account did not open")
    QTest.keyClicks(form.finder.edit, "lagoon")
    QTest.keyClick(form.finder.edit, Qt.Key.Key_Return)
    QTest.keyClicks(form.account.edit, "0119204587")
    settle(600)


def _panel(stage: Stage) -> None:
    """Beside the list: how far the money is."""
    _ada(stage, lambda stage, row: _sent(stage, row, PartState.PENDING))
    page = stage.front.open_page("orders")
    page.table.select_id(stage.order("Ada Obi"))
    settle()


def _outbox(stage: Stage) -> None:
    """One record was refused, one refund waits, one was sent and not answered."""
    if not stage.marks("outbox"):
        stage.clock.now = FRIDAY + timedelta(minutes=6)
        _declined(stage, _decide(stage, "Musa Danjuma", "refund_order", "cash"), "Invalid refund amount.")
        stage.clock.now = FRIDAY + timedelta(minutes=7)
        row = _decide(stage, "Uche Nnamdi", "refund", "provider")
        stage.send(BeginSending, order_id=row.order_id, outgoing_id=row.id)
        stage.clock.now = FRIDAY + timedelta(minutes=8)
        _decide(stage, "Ada Obi", "refund_excess", "provider")
        stage.post.say(SyncLine("idle", last_ok=stage.clock.now))
    stage.front.open_page("health")
    settle()


def _offline_outbox(stage: Stage) -> None:
    """No network since 14:32, with a refund that waits for it."""
    stage.clock.now = FRIDAY + timedelta(minutes=9)
    _ada(stage)
    stage.post.say(OFFLINE)
    stage.front.open_page("health")
    settle()


def _needs(stage: Stage) -> None:
    """What the first page says of a refund that failed."""
    _ada(stage, lambda stage, row: _declined(stage, row, DECLINED))
    stage.front.open_page("dashboard")
    settle()


def _listed(stage: Stage) -> None:
    _ada(stage, lambda stage, row: _declined(stage, row, DECLINED))
    stage.front.open_page("attention")
    settle()


def _told(customer: str, state: PaymentState, *, twice: bool = False, share: int = 1) -> Draw:
    """What the provider tells later of a paid order: a second payment, or that the bank took the first one back."""

    def draw(stage: Stage) -> None:
        order_id = stage.order(customer)
        if not stage.marks(f"told {customer}"):
            order = stage.reader.order(order_id)
            assert order is not None
            first = order.payments[0]
            reference = "T6814 0071" if twice else first.provider_ref
            stage.hear(
                RecordPayment, order_id=order_id, provider="paystack", provider_ref=reference, reference=reference,
                method=first.method, gross_minor=first.gross_minor // share, customer_fee_minor=0, state=state,
                paid_at=stage.clock(),
            )  # fmt: skip
            settle()
        dialog = _order(stage, customer)
        dialog.decision.choose(next(iter(dialog.decision.choices.buttons), ""))
        settle(600)

    return draw


REFUNDS = (
    Scene("order_dialog_paid_twice", _told("Zainab Yusuf", PaymentState.SUCCEEDED, twice=True)),
    Scene("order_dialog_overpaid", _told("Halima Sani", PaymentState.SUCCEEDED, twice=True, share=4)),
    Scene("order_dialog_reversed", _told("Ngozi Okeke", PaymentState.REVERSED)),
    Scene("refund_waits", _waits, ALL),
    Scene("refund_offline", _queued, ALL),
    Scene("refund_with_bank", _after(PartState.PENDING)),
    Scene("refund_done", _after(PartState.PROCESSED)),
    Scene("refund_failed", _failed, ALL),
    Scene("refund_other_way", _other_way),
    Scene("refund_needs_details", _after(PartState.NEEDS_DETAILS)),
    Scene("bank_details", _bank, ALL),
    Scene("refund_panel", _panel),
    Scene("outbox", _outbox, ALL),
    Scene("offline_outbox", _offline_outbox),
    Scene("dashboard_refunds", _needs, BOTH),
    Scene("attention_refunds", _listed, BOTH),
)
