"""What a customer puts on the counter, before it is a sale: a draft, no command and no order.

A basket takes no stock, has no number and is priced anew whenever it is shown. Every change gives a new
basket, so that an edit can be undone by going back to the one before.
"""

from collections.abc import Collection, Sequence
from typing import Annotated, Any

import msgspec

from posapp.domain.errors import Refused
from posapp.domain.feed import MAX_TEXT, Contact
from posapp.domain.sale_line import Returned, SaleLine

MAX_UNITS = 1_000_000
MAX_LINES = 500
MAX_MINOR = 10**13
WHOLE_BP = 10_000  # a hundred per cent in basis points

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
OptionalId = Annotated[str, msgspec.Meta(max_length=120)]
Words = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Units = Annotated[int, msgspec.Meta(ge=1, le=MAX_UNITS)]
Minor = Annotated[int, msgspec.Meta(ge=0, le=MAX_MINOR)]
BasisPoints = Annotated[int, msgspec.Meta(ge=0, le=WHOLE_BP)]


class BasketLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """Units of one product. `key` names the line as long as the basket lives.

    `unit_price_minor` None is the list price of the moment. At most one of the two discounts is set:
    `discount_bp` per cent of the line in basis points, `discount_minor` an amount off the whole line.
    `name` is what the product was called when it was added, for when it is no longer in the catalogue.
    """

    key: Annotated[int, msgspec.Meta(ge=1)]
    product_id: Id
    name: Words
    quantity: Units = 1
    unit_price_minor: Minor | None = None
    discount_bp: BasisPoints = 0
    discount_minor: Minor = 0
    note: Words = ""

    @property
    def sale_line(self) -> SaleLine:
        """What of it goes into the sale."""
        return SaleLine(
            self.product_id,
            self.quantity,
            self.unit_price_minor,
            self.discount_bp,
            self.discount_minor,
            self.note,
        )

    @property
    def is_plain(self) -> bool:
        """Whether more of the same product may simply join this line."""
        return (
            self.unit_price_minor is None
            and not self.discount_bp
            and not self.discount_minor
            and not self.note
        )


class BackLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """Units of a sold line that come back in exchange. `number`, `name` and `worth_minor` are for the eye."""

    order_id: Id
    line_id: Id
    quantity: Units
    restock: bool
    reason: Words = ""
    number: Words = ""
    name: Words = ""
    worth_minor: Minor = 0

    @property
    def returned(self) -> Returned:
        """What of it goes into the sale."""
        return Returned(self.order_id, self.line_id, self.quantity, self.restock, self.reason)


class Basket(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sale that is being put together. `order_id` is the id its order will have, so that it is sold once.

    `label` is the name under which it was held. `customer` is how the customer is called, for the eye only;
    `contact` holds what was typed about a new one, to be kept with the sale under `contact_id`.
    """

    order_id: Id
    location_id: Id
    lines: Annotated[tuple[BasketLine, ...], msgspec.Meta(max_length=MAX_LINES)] = ()
    contact_id: OptionalId = ""
    customer: Words = ""
    contact: Contact | None = None
    discount_bp: BasisPoints = 0
    discount_minor: Minor = 0
    note: Words = ""
    label: Words = ""
    returned: Annotated[tuple[BackLine, ...], msgspec.Meta(max_length=MAX_LINES)] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        kept = (self.lines, self.returned, self.contact_id, self.note, self.discount_bp, self.discount_minor)
        return not any(kept)

    @property
    def returned_minor(self) -> int:
        """What comes back is worth."""
        return sum(back.worth_minor for back in self.returned)

    @property
    def units(self) -> int:
        """Units of all lines together."""
        return sum(line.quantity for line in self.lines)

    def sale_fields(self) -> dict[str, Any]:
        """Give the fields of the command that sells it, all but the money: who pays how is not the basket's."""
        return {
            "order_id": self.order_id,
            "location_id": self.location_id,
            "lines": tuple(line.sale_line for line in self.lines),
            "contact_id": self.contact_id,
            "discount_bp": self.discount_bp,
            "discount_minor": self.discount_minor,
            "note": self.note,
            "returned": tuple(back.returned for back in self.returned),
        }

    def line(self, key: int) -> BasketLine | None:
        """One line; None where it is gone."""
        return next((line for line in self.lines if line.key == key), None)


def added(basket: Basket, product_id: str, name: str, units: int = 1) -> tuple[Basket, int]:
    """Add units of a product: to its line at the list price if there is one, else as a new line at the end.

    Gives the basket and the key of the line. Raises `Refused` (too_many_lines, bad_quantity).
    """
    same = next((line for line in basket.lines if line.product_id == product_id and line.is_plain), None)
    if same is not None:
        return with_quantity(basket, same.key, same.quantity + units), same.key
    if len(basket.lines) >= MAX_LINES:
        raise Refused(f"A sale has at most {MAX_LINES} lines. Finish this one first.", code="too_many_lines")
    key = max((line.key for line in basket.lines), default=0) + 1
    line = BasketLine(key, product_id, name[:MAX_TEXT], _units(units))
    return msgspec.structs.replace(basket, lines=(*basket.lines, line)), key


def with_quantity(basket: Basket, key: int, units: int) -> Basket:
    """Set how many units a line has. Raises `Refused` (bad_quantity); none at all is `without_line`."""
    return _changed(basket, key, quantity=_units(units))


def without_line(basket: Basket, key: int) -> Basket:
    """Take a line away."""
    return msgspec.structs.replace(basket, lines=tuple(line for line in basket.lines if line.key != key))


def left_out(basket: Basket, product_ids: Collection[str], units: int) -> Basket:
    """Take units of some products away, the last lines first; a line without units goes."""
    for line in reversed(basket.lines):
        if units and line.product_id in product_ids:
            gone = min(units, line.quantity)
            units -= gone
            rest = line.quantity - gone
            basket = with_quantity(basket, line.key, rest) if rest else without_line(basket, line.key)
    return basket


def with_price(basket: Basket, key: int, unit_price_minor: int | None) -> Basket:
    """Sell a line at another price each, or with None at the list price again. Raises `Refused` (bad_amount)."""
    return _changed(
        basket, key, unit_price_minor=None if unit_price_minor is None else _minor(unit_price_minor)
    )


def with_line_note(basket: Basket, key: int, note: str) -> Basket:
    """Note something on a line: an engraving, a serial number."""
    return _changed(basket, key, note=_words(note))


def with_line_discount(basket: Basket, key: int, *, basis_points: int = 0, minor: int = 0) -> Basket:
    """Give per cent of a line or an amount off the whole line; neither takes a discount back.

    Raises `Refused` (bad_amount, bad_discount).
    """
    return _changed(basket, key, discount_bp=_rate(basis_points), discount_minor=_one_of(basis_points, minor))


def with_discount(basket: Basket, *, basis_points: int = 0, minor: int = 0) -> Basket:
    """Give per cent or an amount off the whole sale. Raises `Refused` (bad_amount, bad_discount)."""
    off = _one_of(basis_points, minor)
    return msgspec.structs.replace(basket, discount_bp=_rate(basis_points), discount_minor=off)


def for_customer(basket: Basket, contact_id: str, customer: str, contact: Contact | None = None) -> Basket:
    """Say whose sale it is, with what was typed about a new customer; no id makes it a walk-in's again."""
    named = _words(customer) if contact_id else ""
    return msgspec.structs.replace(
        basket, contact_id=contact_id, customer=named, contact=contact if contact_id else None
    )


def with_note(basket: Basket, note: str) -> Basket:
    """Note something on the whole sale."""
    return msgspec.structs.replace(basket, note=_words(note))


def in_exchange(basket: Basket, backs: Sequence[BackLine]) -> Basket:
    """Take goods back for what is bought; units of a line that came back already are said anew."""
    anew = {back.line_id for back in backs}
    kept = tuple(back for back in basket.returned if back.line_id not in anew)
    return msgspec.structs.replace(basket, returned=(*kept, *backs)[:MAX_LINES])


def without_back(basket: Basket, line_id: str) -> Basket:
    """The customer keeps what was to come back."""
    kept = tuple(back for back in basket.returned if back.line_id != line_id)
    return msgspec.structs.replace(basket, returned=kept)


def labelled(basket: Basket, label: str) -> Basket:
    """Name it, to be found again among held sales."""
    return msgspec.structs.replace(basket, label=_words(label))


def emptied(basket: Basket) -> Basket:
    """Begin again with the same id: nothing was sold yet."""
    return Basket(basket.order_id, basket.location_id)


def _changed(basket: Basket, key: int, **fields: object) -> Basket:
    lines = tuple(
        msgspec.structs.replace(line, **fields) if line.key == key else line for line in basket.lines
    )
    return msgspec.structs.replace(basket, lines=lines)


def _units(units: int) -> int:
    if not 1 <= units <= MAX_UNITS:
        raise Refused(f"A line has between 1 and {MAX_UNITS:,} units.", code="bad_quantity")
    return units


def _minor(minor: int) -> int:
    if not 0 <= minor <= MAX_MINOR:
        raise Refused("A price or a discount cannot be below 0 or that large.", code="bad_amount")
    return minor


def _rate(basis_points: int) -> int:
    if not 0 <= basis_points <= WHOLE_BP:
        raise Refused("A discount lies between 0 and 100 %.", code="bad_discount")
    return basis_points


def _one_of(basis_points: int, minor: int) -> int:
    if basis_points and minor:
        raise Refused("A discount is per cent or an amount, not both.", code="bad_discount")
    return _minor(minor)


def _words(words: str) -> str:
    return " ".join(words.split())[:MAX_TEXT]
