"""Who may do what: rights, the limits of two of them, roles, and the names people act under.

A right is checked when a command is given, never when the journal is replayed: the journal
holds accepted commands only.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.errors import Refused

MOST_NAME = 40  # characters of a person's or a role's name
SYSTEM_ACTORS = frozenset(
    {"web shop", "paystack", "posapp"}
)  # who gives the commands of feeds: nobody's name
OWNER_ROLE = "owner"
EVERYTHING = 2**62  # an amount that only a right without limit covers


class Right(StrEnum):
    """Something a person may do; kept in the journal under these words."""

    ORDERS_MANAGE = "orders.manage"
    ORDERS_CANCEL = "orders.cancel"
    ATTENTION_RESOLVE = "attention.resolve"
    REFUNDS_ISSUE = "refunds.issue"  # up to an amount in the currency's smallest unit
    STOCK_ADJUST = "stock.adjust"
    STOCK_FOUND = "stock.found"
    SALE_MAKE = "sale.make"
    SALE_OVERRIDE_STOCK = "sale.override_stock"
    ALLOCATION_SWAP = "allocation.swap"
    DISCOUNT = "discount"  # up to a share of the price in basis points: 5 % is 500
    PRICE_CHANGE = "price.change"
    DRAWER_OPEN = "drawer.open"
    CASH_MOVE = "cash.move"
    SHIFT_CLOSE = "shift.close"
    SHIFT_MANAGE = "shift.manage"
    RETURNS_NO_RECEIPT = "returns.no_receipt"
    REPORTS_VIEW = "reports.view"
    STAFF_MANAGE = "staff.manage"
    SETTINGS_MANAGE = "settings.manage"
    ACCOUNT_MANAGE = "account.manage"

    @property
    def words(self) -> str:
        """What it lets a person do: "Chidi may not …"."""
        return _WORDS[self]

    @property
    def is_limited(self) -> bool:
        """Whether a role may have it up to an amount only."""
        return self in (Right.REFUNDS_ISSUE, Right.DISCOUNT)


_WORDS = {
    Right.ORDERS_MANAGE: "make orders, take payments, hand over",
    Right.ORDERS_CANCEL: "cancel orders",
    Right.ATTENTION_RESOLVE: "decide about orders that need attention",
    Right.REFUNDS_ISSUE: "give money back",
    Right.STOCK_ADJUST: "receive, adjust and count stock",
    Right.STOCK_FOUND: "use units the stock does not know of",
    Right.SALE_MAKE: "sell at the counter",
    Right.SALE_OVERRIDE_STOCK: "sell what is promised to another order",
    Right.ALLOCATION_SWAP: "take units from one order for another",
    Right.DISCOUNT: "give a discount",
    Right.PRICE_CHANGE: "change products and prices",
    Right.DRAWER_OPEN: "open the drawer without a sale",
    Right.CASH_MOVE: "put cash in and take it out",
    Right.SHIFT_CLOSE: "open and close a shift",
    Right.SHIFT_MANAGE: "reopen shifts, allow large differences",
    Right.RETURNS_NO_RECEIPT: "take goods back without a receipt",
    Right.REPORTS_VIEW: "see total sales",
    Right.STAFF_MANAGE: "manage staff",
    Right.SETTINGS_MANAGE: "change the shop's settings",
    Right.ACCOUNT_MANAGE: "set what a customer may owe",
}

Rights = Mapping[Right, int | None]  # a right and its limit; None is no limit


@dataclass(frozen=True, slots=True)
class Need:
    """What a command needs: a right, and how much of it where it has a limit."""

    right: Right
    amount: int = 0  # minor units of money, or basis points of a price


@dataclass(frozen=True, slots=True)
class Role:
    """A set of rights with a name. The three presets can be edited, but for the owner's."""

    id: str
    name: str
    rights: Rights

    def needs(self) -> list[Need]:
        """What giving this role to somebody takes: all of it."""
        return [Need(right, EVERYTHING if limit is None else limit) for right, limit in self.rights.items()]


def allows(rights: Rights, need: Need) -> bool:
    """Whether these rights cover a need."""
    if need.right not in rights:
        return False
    limit = rights[need.right]
    return not need.right.is_limited or limit is None or need.amount <= limit


class NotAllowed(Refused):
    """A right is missing. Somebody else who has it may allow this one action."""

    code = "not_allowed"

    def __init__(self, who: str, need: Need) -> None:
        beyond = " as much as this" if need.right.is_limited and need.amount else ""
        name = who or "Nobody"
        super().__init__(f"{name} may not {need.right.words}{beyond}. Nothing was changed.")
        self.who, self.right, self.amount = who, need.right, need.amount


def _all(rights: Iterable[Right]) -> dict[Right, int | None]:
    return dict.fromkeys(rights)


_CASHIER: dict[Right, int | None] = {
    **_all((Right.ORDERS_MANAGE, Right.SALE_MAKE, Right.SHIFT_CLOSE)),
    Right.DISCOUNT: 500,
}
_OWNERS_ONLY = (Right.STAFF_MANAGE, Right.SETTINGS_MANAGE)

PRESETS = {
    role.id: role
    for role in (
        Role("cashier", "Cashier", _CASHIER),
        Role("manager", "Manager", _all(right for right in Right if right not in _OWNERS_ONLY)),
        Role(OWNER_ROLE, "Owner", _all(Right)),
    )
}


def tidy_name(name: str) -> str:
    """A name as it is kept. Raises `Refused` for none, one that is too long, and a feed's."""
    tidy = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())
    if not tidy:
        raise Refused("Give a name.", code="name_missing")
    if len(tidy) > MOST_NAME:
        raise Refused(f"A name has at most {MOST_NAME} characters.", code="bad_name")
    if name_key(tidy) in _SYSTEM_KEYS:
        raise Refused(
            f"{tidy} is what the journal calls a part of posapp. Choose another name.", code="bad_name"
        )
    return tidy


def name_key(name: str) -> str:
    """What two names that look alike have in common: "ADA", "Ada" and "Ａｄａ" are one person."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


_SYSTEM_KEYS = frozenset(name_key(name) for name in SYSTEM_ACTORS)
