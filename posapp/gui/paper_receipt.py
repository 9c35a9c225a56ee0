"""What stands on a receipt, line by line, for paper of any width. It is the same on the printer and in a PDF."""

from collections.abc import Iterator

from posapp.domain.orders import Status
from posapp.domain.paper import (
    Block,
    Cell,
    Cut,
    Feed,
    Line,
    Picture,
    Rule,
    columns_of,
    pair,
    whole_line,
    wrapped,
)
from posapp.domain.payments import PROVIDER, SENT_OUT, PaymentStatus
from posapp.gui import text
from posapp.gui.method_words import method
from posapp.gui.paper_sheet import Sheet
from posapp.queries.receipt import Receipt, ReceiptLine, ReceiptRefund, ReceiptTender

COPY = "COPY"
TORN = "Printed again: the printer stopped in the midst. A first piece of it may lie about."
_WAYS = {
    "exchange": "Goods exchanged",
    "account": "On account",
    "before": "Paid before",
    "hand": "Paid by hand",
}
_BACK = {"exchange": "For another sale", "rounding": "Rounded off"}


def receipt_blocks(
    receipt: Receipt, sheet: Sheet, *, copy: bool = False, torn: bool = False
) -> tuple[Block, ...]:
    """Set a receipt out, up to its cut."""
    columns = sheet.columns
    parts = (
        heading(receipt.shop, sheet, receipt.location),
        marks(sheet, copy=copy, torn=torn),
        _about(receipt, sheet),
        [Rule()],
        _lines(receipt, columns),
        [Rule()],
        _sums(receipt, columns),
        _money(receipt, columns),
        _back(receipt, sheet),
        _note(receipt, columns),
        _end(receipt, sheet),
    )
    return (*(block for part in parts for block in part), Cut())


def heading(shop: str, sheet: Sheet, location: str = "") -> Iterator[Block]:
    """Say whose paper it is: logo, name, and what the owner wrote beneath."""
    if sheet.logo is not None:
        yield Picture(sheet.logo)
    half = sheet.columns // 2
    for words in wrapped(text.outside(shop, 60), half, most=2):
        yield Line((Cell(words, 0, sheet.columns, "centre"),), bold=True, size=2)
    for words in (*sheet.printing.heading.splitlines(), location):
        if words.strip():
            yield from whole_line(text.outside(words), sheet.columns, side="centre")


def marks(sheet: Sheet, *, copy: bool, torn: bool) -> Iterator[Block]:
    """Say that this is not the first piece of paper of its kind."""
    if copy:
        yield Line((Cell(COPY, 0, sheet.columns, "centre"),), bold=True, size=2)
    if torn:
        yield from whole_line(TORN, sheet.columns, side="centre", bold=True)


def title_of(receipt: Receipt) -> str:
    """Give what this paper is: a receipt only of what is paid."""
    if receipt.no_receipt:
        return "Return without receipt"
    if receipt.status == Status.CANCELLED:
        return "Refunded order" if receipt.refunds else "Cancelled order"
    return "Receipt" if receipt.payment_status == PaymentStatus.PAID else "Order, not paid yet"


def _about(receipt: Receipt, sheet: Sheet) -> Iterator[Block]:
    yield Rule()
    number = text.outside(receipt.number, 24)
    yield from pair(f"{title_of(receipt)} {number}", "", sheet.columns, bold=True)
    at = f"{text.date(receipt.placed_at, sheet.zone)} {text.clock(receipt.placed_at, sheet.zone)}"
    code = text.outside(receipt.code, 24) if receipt.code != receipt.number else ""
    yield from pair(at, code, sheet.columns)
    served = f", served by {text.outside(receipt.staff, 30)}" if receipt.staff else ""
    yield from whole_line(f"Till {text.outside(receipt.till, 8)}{served}", sheet.columns)
    if receipt.contact.name.strip():
        yield from whole_line(f"For {text.outside(receipt.contact.name, 60)}", sheet.columns)


def _lines(receipt: Receipt, columns: int) -> Iterator[Block]:
    shown = Amounts(receipt)
    for line in receipt.lines:
        yield from _line(line, shown, columns)


def _line(line: ReceiptLine, shown: "Amounts", columns: int) -> Iterator[Block]:
    yield from pair(text.outside(line.name), shown(line.amount_minor), columns)
    if line.quantity != 1:
        each = f"{text.number(line.quantity)} × {shown(line.unit_price_minor)}"
        yield Line((Cell(each, 2, columns - 2),))
    if line.discount_minor:
        yield from pair("Discount", shown(-line.discount_minor), columns, indent=2)
    if line.note.strip():
        yield from (Line((Cell(w, 2, columns - 2),)) for w in wrapped(text.outside(line.note), columns - 2))


class Amounts:
    """Amounts of one receipt, all with as many decimals as one of them needs."""

    def __init__(self, receipt: Receipt) -> None:
        self._currency = receipt.currency
        column = [
            receipt.goods_minor, receipt.discount_minor, receipt.tax_on_top_minor, receipt.delivery_minor,
            receipt.fees_minor, receipt.rounding_minor, receipt.adjustment_minor, receipt.sold_minor,
            receipt.total_minor, receipt.balance_minor,
            *(line.amount_minor for line in receipt.lines),
            *(line.unit_price_minor for line in receipt.lines),
            *(line.discount_minor for line in receipt.lines),
            *(tax.amount_minor for tax in receipt.taxes),
            *(tender.amount_minor for tender in receipt.tenders),
            *(tender.given_minor for tender in receipt.tenders),
            *(gone.amount_minor for gone in receipt.returns),
            *(money.amount_minor for money in receipt.refunds),
        ]  # fmt: skip
        self._decimals = text.needs_decimals(column, receipt.currency)

    def __call__(self, minor: int) -> str:
        """Give it without a sign of the currency."""
        return text.amount(minor, self._currency, decimals=self._decimals)

    def signed(self, minor: int) -> str:
        """Give it as the total says it: ₦42,825."""
        mark = text.MINUS if minor < 0 else ""
        return f"{mark}{text.sign_of(self._currency)}{self(abs(minor))}"


def sum_rows(receipt: Receipt) -> list[tuple[str, int]]:
    """Give what stands between the lines and the total, in words; nothing where the lines alone make it up.

    A line's own discount stands beneath it and is in the subtotal already.
    """
    own = sum(line.discount_minor for line in receipt.lines)
    tax = " + ".join(dict.fromkeys(tax_name(tax.name) for tax in receipt.taxes)) or "tax"
    of_sale = own - receipt.discount_minor
    rows = [
        ("Discount" if of_sale < 0 else "Other", of_sale),
        (f"{tax[:1].upper()}{tax[1:]}", receipt.tax_on_top_minor),
        ("Delivery", receipt.delivery_minor),
        ("Fees", receipt.fees_minor),
        ("Other", receipt.adjustment_minor),
        ("Rounding", receipt.rounding_minor),
    ]
    shown = [(words, minor) for words, minor in rows if minor]
    return [("Subtotal", receipt.goods_minor - own), *shown] if shown else []


def tax_name(name: str) -> str:
    """Name a tax; a web shop gives the number of its rate where it gives no name."""
    return "tax" if not name.strip() or name.isdigit() else text.outside(name, 24)


def included_taxes(receipt: Receipt) -> list[tuple[str, int]]:
    """Give the taxes that the total contains, by name; those of it that were added on top stand above it."""
    if receipt.tax_on_top_minor and len(receipt.taxes) == 1 and not receipt.gone_minor:
        return []
    return [(tax_name(tax.name), tax.amount_minor) for tax in receipt.taxes]


def _sums(receipt: Receipt, columns: int) -> Iterator[Block]:
    shown = Amounts(receipt)
    for words, minor in sum_rows(receipt):
        yield from pair(words, shown(minor), columns)
    yield from large("TOTAL", shown.signed(receipt.sold_minor), columns)
    if not receipt.gone_minor:
        for name, minor in included_taxes(receipt):
            yield from pair(f"of it {name}", shown(minor), columns)
    yield Rule()


def large(words: str, figures: str, columns: int) -> Iterator[Line]:
    """Write the one figure that matters twice as large, where the paper is wide enough for it."""
    if 2 * (columns_of(words) + 1 + columns_of(figures)) > columns:
        yield from pair(words, figures, columns, bold=True)
    else:
        left = 2 * columns_of(words) + 2
        cells = (Cell(words, 0, left), Cell(figures, left, columns - left, "right"))
        yield Line(cells, bold=True, size=2)


def way(name: str) -> str:
    """Give how money moved, as the beginning of a line."""
    words = _WAYS.get(name) or method(name)
    return f"{words[:1].upper()}{words[1:]}"


def tender_rows(receipt: Receipt) -> Iterator[tuple[str, int]]:
    """Give what was paid with, cash with what was handed over and what went back."""
    for tender in receipt.tenders:
        reference = f" {text.outside(tender.reference, 30)}" if tender.reference else ""
        if tender.given_minor:
            yield "Cash given", tender.given_minor
            yield "Change", -tender.change_minor
        else:
            yield f"{way(tender.method)}{reference}{_awaited(tender)}", tender.amount_minor
    if receipt.balance_minor:
        yield "Still to pay", receipt.balance_minor


def _awaited(tender: ReceiptTender) -> str:
    return ", not seen yet" if tender.awaited else ""


def _money(receipt: Receipt, columns: int) -> Iterator[Block]:
    shown = Amounts(receipt)
    for words, minor in tender_rows(receipt):
        bold = words == "Still to pay"
        yield from pair(words, shown.signed(minor) if bold else shown(minor), columns, bold=bold)


def return_rows(receipt: Receipt) -> Iterator[tuple[str, int]]:
    """Give what came off since it was sold: sold, less these, is what the order comes to now."""
    own = 0
    for gone in receipt.returns:
        of_order = f" (of {text.outside(gone.number, 16)})" if gone.number else ""
        what = f"Returned {text.number(gone.quantity)} × {text.outside(gone.name)}{of_order}"
        yield what if gone.quantity else "Delivery given back", -gone.amount_minor
        own += 0 if gone.number else gone.amount_minor
    if receipt.gone_minor != own:
        yield "Rounded or kept", own - receipt.gone_minor


def _back(receipt: Receipt, sheet: Sheet) -> Iterator[Block]:
    """What came back since, and the money for it."""
    if not receipt.returns and not receipt.refunds:
        return
    shown, columns = Amounts(receipt), sheet.columns
    yield Rule()
    for words, minor in return_rows(receipt):
        yield from pair(words, shown(minor), columns)
    for money in receipt.refunds:
        day = text.date(money.at, sheet.zone, today=sheet.now)
        yield from pair(f"{_back_words(money)}, {day}", shown(money.amount_minor), columns)
    if receipt.gone_minor:
        yield from pair("Now", shown.signed(receipt.total_minor), columns, bold=True)
        for name, minor in included_taxes(receipt):
            yield from pair(f"of it {name}", shown(minor), columns)


def _back_words(money: ReceiptRefund) -> str:
    """Say by which way money went back; what is still under way outside is not called given."""
    if money.route in SENT_OUT:
        by = method(money.provider) if money.route == PROVIDER else "web shop"
        return f"Given back, {by}" if money.there else f"On its way back, {by}"
    return _BACK.get(money.route) or f"Given back, {way(money.route).lower()}"


def _note(receipt: Receipt, columns: int) -> Iterator[Block]:
    if receipt.note.strip():
        yield Rule()
        yield from whole_line(text.outside(receipt.note, 400), columns)


def _end(receipt: Receipt, sheet: Sheet) -> Iterator[Block]:
    if sheet.code is not None:
        yield Feed()
        yield Picture(sheet.code)
        yield from whole_line(text.outside(receipt.code, 24), sheet.columns, side="centre")
    lines = [line for line in sheet.printing.footer.splitlines() if line.strip()]
    if lines:
        yield Feed()
    for words in lines:
        yield from whole_line(text.outside(words), sheet.columns, side="centre")
