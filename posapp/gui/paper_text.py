"""A receipt in plain words, to be sent by WhatsApp or e-mail."""

from zoneinfo import ZoneInfo

from posapp.gui import text
from posapp.gui.paper_receipt import Amounts, included_taxes, return_rows, sum_rows, tender_rows, title_of
from posapp.queries.receipt import Receipt


def receipt_words(receipt: Receipt, zone: ZoneInfo) -> str:
    """Write the receipt as a message: no columns, for nobody knows the reader's typeface."""
    shown = Amounts(receipt)
    at = f"{text.date(receipt.placed_at, zone)} {text.clock(receipt.placed_at, zone)}"
    lines = [
        text.outside(receipt.shop, 60),
        f"{title_of(receipt)} {text.outside(receipt.number, 24)}, {at}",
        "",
    ]
    for line in receipt.lines:
        lines.append(f"{text.number(line.quantity)} × {text.outside(line.name)}: {shown(line.amount_minor)}")
        if line.discount_minor:
            lines.append(f"  Discount: {shown(-line.discount_minor)}")
    lines.append("")
    lines += [f"{words}: {shown(minor)}" for words, minor in sum_rows(receipt)]
    lines.append(f"Total: {shown.signed(receipt.sold_minor)}")
    if not receipt.gone_minor:
        lines += [f"of it {name}: {shown(minor)}" for name, minor in included_taxes(receipt)]
    lines += [f"{words}: {shown.signed(minor)}" for words, minor in tender_rows(receipt)]
    lines += [f"{words}: {shown(minor)}" for words, minor in return_rows(receipt)]
    if receipt.gone_minor:
        lines.append(f"Now: {shown.signed(receipt.total_minor)}")
    return "\n".join([*lines, "", "Thank you."])
