"""What the list of products shows, column by column."""

from posapp.gui import chips, text
from posapp.gui.chips import Chip
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.pages.fractions import Decimals
from posapp.gui.parts import Shop
from posapp.gui.tokens import Tone
from posapp.queries.products import ProductRow

ARCHIVED = Chip("Archived", "minus", Tone.NEUTRAL)
RECOUNT = Chip("Recount", "clipboard-check", Tone.WAITING)
BUNDLE = Chip("Bundle", "boxes", Tone.NEUTRAL)
NOT_TRACKED = Chip("Not tracked", "minus", Tone.NEUTRAL)


def state_of(row: ProductRow) -> Chip | None:
    """Give the one thing to know about a product's stock, none when all is well."""
    if row.archived:
        return ARCHIVED
    if not row.tracked:
        return NOT_TRACKED if row.sellable else None
    if row.recount:
        return RECOUNT
    if row.available <= 0:
        return chips.NONE_FREE
    if row.is_bundle:
        return BUNDLE
    return chips.LOW if row.is_low else None


def _unit_columns() -> tuple[Column[ProductRow], ...]:
    """On shelf, promised and free: units; free is what nobody has paid for."""
    return (
        Column[ProductRow](
            "On shelf",
            _on_shelf,
            Align.RIGHT,
            width=72,
            key="shelf",
        ),
        Column[ProductRow](
            "Promised",
            lambda row: text.number_or_nothing(row.allocated) if row.tracked else text.NOTHING,
            Align.RIGHT,
            width=78,
            key="promised",
        ),
        Column[ProductRow](
            "Free", lambda row: _units(row, row.available), Align.RIGHT, Style.STRONG, width=60, key="free"
        ),
    )


def product_columns(shop: Shop, decimals: Decimals) -> tuple[Column[ProductRow], ...]:
    """Make the columns of the list."""
    sign = text.sign_of(shop.currency).strip()
    return (
        Column[ProductRow](
            "Product",
            lambda row: text.outside(row.name),
            style=Style.MEDIUM,
            width=184,
            stretch=True,
            key="name",
        ),
        Column[ProductRow](
            "Code",
            lambda row: text.outside(row.sku, 40),
            style=Style.MUTED,
            width=142,
            optional=True,
            key="code",
        ),
        Column[ProductRow](
            f"Price, {sign}",
            lambda row: text.NOTHING if row.price_minor is None else decimals.amount(row.price_minor),
            Align.RIGHT,
            width=92,
            key="price",
        ),
        *_unit_columns(),
        Column[ProductRow]("State", _state_cell, width=132, key="state"),
    )


def _on_shelf(row: ProductRow) -> str:
    return text.NOTHING if row.is_bundle else _units(row, row.on_hand)


def _units(row: ProductRow, units: int) -> str:
    return text.number(units) if row.tracked else text.NOTHING


def _state_cell(row: ProductRow) -> Cell:
    return Cell(chip=state_of(row))
