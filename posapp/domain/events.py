"""News: what a command did, told after it is safely written. An event carries ids, no facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """A new order stands in the book."""

    order_id: str


@dataclass(frozen=True, slots=True)
class OrderChanged(Event):
    """Something of an order is different now: money, units, status or contact."""

    order_id: str


@dataclass(frozen=True, slots=True)
class AttentionRaised(Event):
    """An order needs a person."""

    order_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AttentionSettled(Event):
    """A reason is gone; `by_stock` where waiting units arrived by themselves."""

    order_id: str
    reason: str
    by_stock: bool


@dataclass(frozen=True, slots=True)
class StockChanged(Event):
    """A level moved."""

    item_id: str
    location_id: str


@dataclass(frozen=True, slots=True)
class CatalogueChanged(Event):
    """A product was added, changed or archived."""

    product_id: str


@dataclass(frozen=True, slots=True)
class OutboxChanged(Event):
    """Something waits to be sent, was sent, or was refused."""

    order_id: str


@dataclass(frozen=True, slots=True)
class ShiftChanged(Event):
    """A shift was opened, closed or opened again, or cash moved in its drawer."""

    shift_id: str


@dataclass(frozen=True, slots=True)
class StaffChanged(Event):
    """A person or a role was added or changed; "" where it concerns a role."""

    name: str


@dataclass(frozen=True, slots=True)
class AccountChanged(Event):
    """A customer's account: its limit, or what is owed on it."""

    contact_id: str


@dataclass(frozen=True, slots=True)
class TaxClassChanged(Event):
    """A kind of goods is taxed another way from now on."""

    tax_class_id: str


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """A setting that changes what the till does."""

    key: str
