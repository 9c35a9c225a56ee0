"""Dividing what a sale costs over cash, transfer, card and account, while the customer stands there.

Nothing here is journalled: it is the arithmetic of the Pay dialog, and ends in the tenders of one `Sell`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from posapp.domain.errors import Refused
from posapp.domain.pricing import MAX_TOTAL_MINOR

CASH, TRANSFER, CARD, ACCOUNT = METHODS = ("cash", "transfer", "card", "account")


@dataclass(frozen=True, slots=True)
class Share:
    """What one method pays of a sale. Amounts in minor units.

    `given_minor` is the cash in the customer's hand, before change. `awaiting`: a transfer
    that was announced and not yet seen in our own account.
    """

    method: str
    amount_minor: int
    given_minor: int = 0
    reference: str = ""
    awaiting: bool = False


@dataclass(frozen=True, slots=True)
class Tendering:
    """How a total is being paid. `cash_step_minor` is the smallest cash there is (500: five naira)."""

    total_minor: int
    cash_step_minor: int = 1
    shares: tuple[Share, ...] = ()

    def share(self, method: str) -> Share | None:
        """Give what a method pays, if it pays anything."""
        return next((share for share in self.shares if share.method == method), None)

    def beside(self, method: str) -> int:
        """What the other methods pay."""
        return sum(share.amount_minor for share in self.shares if share.method != method)

    @property
    def rounding_minor(self) -> int:
        """What is added to (or, negative, taken off) the total because cash pays the rest of it."""
        if self.share(CASH) is None:
            return 0
        rest = self.total_minor - self.beside(CASH)
        return nearest(rest, self.cash_step_minor) - rest if rest > 0 else 0

    @property
    def due_minor(self) -> int:
        """What the sale costs as it is being paid."""
        return self.total_minor + self.rounding_minor

    @property
    def left_minor(self) -> int:
        """What nobody has paid yet."""
        return self.due_minor - sum(share.amount_minor for share in self.shares)

    @property
    def awaiting_minor(self) -> int:
        """What was announced and not yet seen."""
        return sum(share.amount_minor for share in self.shares if share.awaiting)

    @property
    def change_minor(self) -> int:
        """What goes back to the customer's hand."""
        cash = self.share(CASH)
        return cash.given_minor - cash.amount_minor if cash else 0

    @property
    def is_covered(self) -> bool:
        """Whether all of it was paid and seen."""
        return self.left_minor == 0 and self.awaiting_minor == 0

    def room(self, method: str) -> int:
        """The most a method can pay beside the others; in cash, what is asked for."""
        rest = max(0, self.total_minor - self.beside(method))
        return nearest(rest, self.cash_step_minor) if method == CASH else rest

    def give_cash(self, given_minor: int) -> "Tendering":
        """Take cash in hand: it pays what is left, and the rest of it is change. 0 takes it away."""
        amount = min(given_minor, self.room(CASH))
        return self._put(Share(CASH, amount, given_minor) if amount > 0 else None, CASH)

    def pay(
        self, method: str, amount_minor: int, *, reference: str = "", awaiting: bool = False
    ) -> "Tendering":
        """Have a method pay an amount; 0 takes it away. Raises `Refused` above what is left beside the others.

        Cash that was given already pays what is left then, and the change follows.
        """
        others = sum(share.amount_minor for share in self.shares if share.method not in (method, CASH))
        if amount_minor > self.total_minor - others:
            raise Refused("That is more than is left to pay.", code="too_much")
        share = (
            Share(method, amount_minor, reference=reference, awaiting=awaiting) if amount_minor > 0 else None
        )
        paid, cash = self._put(share, method), self.share(CASH)
        return paid.give_cash(cash.given_minor) if cash else paid

    def _put(self, share: Share | None, method: str) -> "Tendering":
        kept = [other for other in self.shares if other.method != method]
        shares = [*kept, share] if share else kept
        return replace(self, shares=tuple(sorted(shares, key=lambda s: METHODS.index(s.method))))


def nearest(amount_minor: int, step_minor: int) -> int:
    """Round an amount that is not negative to what can be paid in cash; a half goes up."""
    if step_minor <= 1:
        return amount_minor
    return (2 * amount_minor + step_minor) // (2 * step_minor) * step_minor


def check_given(method: str, amount_minor: int, given_minor: int) -> None:
    """See that what was handed over is cash and covers what it pays. Raises `Refused`."""
    if given_minor and (method != CASH or not amount_minor <= given_minor <= MAX_TOTAL_MINOR):
        raise Refused("What is given is cash, and covers its part.", code="bad_amount")


def check_rounding(rest_minor: int, cash_minor: int, rounding_minor: int, step_minor: int) -> None:
    """See that a rounding is what paying the whole rest in cash makes. Raises `Refused`."""
    pays = rest_minor > 0 and cash_minor > 0 and cash_minor == rest_minor + rounding_minor
    if not pays or cash_minor != nearest(rest_minor, step_minor):
        raise Refused("Only what is paid in cash is rounded, to the smallest coin.", code="bad_rounding")


def quick_notes(due_minor: int, unit_minor: int) -> tuple[int, ...]:
    """Amounts a customer is likely to hand over for what is due: it exactly, then the next round ones.

    `unit_minor` is one of the currency's major unit (100 for naira). At most five, ascending.
    """
    if due_minor <= 0:
        return ()
    found = {due_minor, *_round_ones(due_minor, unit_minor)}
    return tuple(sorted(found))[:5]


def _round_ones(due_minor: int, unit_minor: int) -> Iterator[int]:
    top = unit_minor
    while top * 10 <= due_minor:
        top *= 10
    for step in (top // 2, top, 2 * top, 5 * top):
        if step >= unit_minor:
            yield -(-due_minor // step) * step
