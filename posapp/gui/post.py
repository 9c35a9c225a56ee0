"""What the screens may ask of the post: look now, test, connect, let go. They do not know who does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class SyncLine:
    """What the sync line shows.

    Phases: idle, syncing, offline, slow (somebody is there and does not answer in time), sign_in, taken_over,
    none (nothing connected), stopped (by a person, until the next look is asked for), fault (ours; it is tried
    again).
    """

    phase: str = "none"
    done: int = 0
    total: int | None = None
    last_ok: datetime | None = None
    words: str = ""
    moved_at: datetime | None = None  # the last sign of life of a look that is under way
    skew_s: int = 0  # what this computer's clock is ahead of the web's


@dataclass(frozen=True, slots=True)
class TestFinding:
    """One line of a connection test; `state` is ok, warning or failed."""

    check: str
    state: str
    words: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class TestResult:
    """How a connection test went; `code` is "ok" or names the one thing to mend."""

    code: str
    findings: tuple[TestFinding, ...] = ()
    shop_name: str = ""
    currency: str = ""
    time_zone: str = ""
    version: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Address:
    """What a person typed to connect. The secret stays out of every repr."""

    kind: str  # "woocommerce" or "paystack"
    url: str
    key: str
    secret: str = field(repr=False)  # "" with a known connection: keep the one that is stored
    location_id: str = ""  # where a new web shop's orders take; "": the first location


@dataclass(frozen=True, slots=True)
class BankName:
    """A bank as a payment provider lists it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class BankList:
    """The banks a provider pays out to; with `words` it could not be asked, and why."""

    banks: tuple[BankName, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A page on which an order can be paid; with `words` there is none, and why.

    The customer pays `amount_minor` and `fee_minor` above it.
    """

    url: str = ""
    amount_minor: int = 0
    fee_minor: int = 0
    words: str = ""


Answer = Callable[[TestResult], None]


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """What a payment provider says of one payment: PENDING, FAILED, SUCCEEDED, REVERSED, "" for one it does not know.

    With `words` it could not be asked, and why.
    """

    provider: str = ""
    reference: str = ""
    state: str = ""
    amount_minor: int = 0
    paid_at: datetime | None = None
    words: str = ""


class Post(QObject):
    """The post as the screens see it; the app gives one whose calls are answered later, never at once."""

    line_changed = Signal(object)  # SyncLine
    connections_changed = Signal()  # a connection, or what was set aside, is not what it was
    said = Signal(str)  # in words: what was asked for could not be done

    line = SyncLine()
    demo_page = ""  # address of the demo shop's page, "" outside the demo
    secrets_in_file = False  # no keyring was found: keys lie in a file that only this person may read

    def look_now(self) -> None:
        """Look at everything at once (Ctrl+R)."""
        raise NotImplementedError

    def test(self, address: Address, answer: Answer) -> None:
        """Try an address; nothing is left behind."""
        raise NotImplementedError

    def connect_to(self, address: Address, answer: Answer) -> None:
        """Test, then connect and begin the import; `answer` says how the test went."""
        raise NotImplementedError

    def disconnect_from(self, connection_id: str) -> None:
        """Let a connection go; what came from it stays."""
        raise NotImplementedError

    def take_over(self, connection_id: str) -> None:
        """Serve a shop that another till serves now."""
        raise NotImplementedError

    def set_interval(self, connection_id: str, seconds: int) -> None:
        """Change how often to look."""
        raise NotImplementedError

    def dismiss_notice(self, connection_id: str) -> None:
        """Its owner has read what was to be known about a connection."""
        raise NotImplementedError

    def stop_import(self) -> None:
        """Stop the running import; it starts anew where it was cut off at the next look."""
        raise NotImplementedError

    def check_payment(self, order_id: str, answer: Callable[[PaymentTold], None]) -> None:
        """Ask the provider about an order's unsettled payments now; what it says is also carried out."""
        raise NotImplementedError

    def banks(self, provider: str, currency: str, answer: Callable[[BankList], None]) -> None:
        """Ask a payment provider for the banks it pays out to in a currency."""
        raise NotImplementedError

    def payment_link(
        self, order_id: str, amount_minor: int, email: str, answer: Callable[[LinkMade], None]
    ) -> None:
        """Ask the payment provider for a page on which an order can be paid."""
        raise NotImplementedError

    def discard(self, inbox_seq: int) -> None:
        """Give up a quarantined item; its text stays to be read."""
        raise NotImplementedError

    def retry(self, *inbox_seqs: int) -> None:
        """Try quarantined items again at once."""
        raise NotImplementedError
