"""The figures of X and Z in words, one line each: the same for the window, the PDF and the list behind a figure."""

from dataclasses import dataclass

from posapp.domain.shift_report import CASH, ShiftReport
from posapp.gui import text

METHODS = {
    "cash": "Cash",
    "card": "Card terminal",
    "transfer": "Transfer, confirmed",
    "other": "Other",
    "account": "On account",
    "exchange": "Exchange",
    "elsewhere": "Paid back elsewhere",
    "hand": "By hand elsewhere",
    "rounding": "Rounded off",
}
METHOD_ICONS = {
    "cash": "banknote",
    "card": "credit-card",
    "transfer": "landmark",
    "account": "wallet-cards",
    "exchange": "refresh-cw",
}
ROWS = {
    "sale": "Sale",
    "refund": "Refund",
    "payment": "Paid",
    "paid_back": "Paid back",
    "account": "Paid on account",
    "cash": "Cash moved",
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line of a report. `figure` names what can be opened behind it, "" for a line that only says something."""

    words: str
    amount_minor: int | None = None
    figure: str = ""
    detail: str = ""
    is_head: bool = False
    is_sum: bool = False


def method_words(method: str) -> str:
    """Name a way of paying."""
    return METHODS.get(method, text.outside(method, 40).capitalize())


def report_name(report: ShiftReport) -> str:
    """Name the report: "Z 12" or "X report"."""
    return f"Z {report.z_number}" if report.z_number else "X report"


def report_lines(report: ShiftReport) -> tuple[FigureLine, ...]:
    """Every figure of a report, in the order in which it is read."""
    return (*_sales(report), *_money(report), *_drawer(report), *_meanwhile(report))


def _sales(report: ShiftReport) -> list[FigureLine]:
    receipts = text.plural(report.receipts, "receipt")
    span = f"{report.first_receipt} to {report.last_receipt}" if report.receipts else ""
    lines = [
        FigureLine("Sales", is_head=True),
        FigureLine("Sales", report.sales_minor, "sales", ", ".join(p for p in (receipts, span) if p)),
        FigureLine("Refunds", -report.refunds_minor, "refunds"),
        FigureLine("Total Sales", report.total_sales_minor, "total", is_sum=True),
    ]
    lines += [FigureLine(f"Of it {name}", tax, f"tax:{name}") for name, tax in report.taxes.items()]
    if report.taxes:
        lines.append(FigureLine("Without tax", report.total_sales_minor - report.tax_minor))
    lines.append(FigureLine("Discounts given", report.discounts_minor, "discounts", "Not part of sales"))
    if report.rounding_minor:
        lines.append(FigureLine("Rounding of cash", report.rounding_minor, "rounding", "Part of sales"))
    return lines


def _money(report: ShiftReport) -> list[FigureLine]:
    lines = [FigureLine("Money", is_head=True)]
    for found in report.methods:
        said = text.plural(found.taken, "payment") if found.taken else ""
        back = f"{text.money(found.returned_minor, report.currency)} paid back" if found.returned else ""
        detail = ", ".join(part for part in (said, back) if part)
        lines.append(
            FigureLine(method_words(found.method), found.net_minor, f"method:{found.method}", detail)
        )
    lines.append(FigureLine("All money", report.money_minor, is_sum=True))
    apart = (
        ("Of it deposits and credit", report.deposits_minor, "deposits"),
        ("Of it paid on accounts", report.account_received_minor, "account"),
        ("Sold, but paid before or elsewhere", report.paid_elsewhere_minor, "elsewhere"),
    )
    lines += [FigureLine(words, amount, figure) for words, amount, figure in apart if amount]
    return lines


def _drawer(report: ShiftReport) -> list[FigureLine]:
    cash = report.of(CASH)
    lines = [
        FigureLine("Cash drawer", is_head=True),
        FigureLine("Float", report.float_minor),
        FigureLine("Cash taken", cash.taken_minor, "taken:cash"),
        FigureLine("Cash paid back", -cash.returned_minor, "returned:cash"),
        FigureLine("Cash put in", report.cash_in_minor, "cash_moves:in"),
        FigureLine("Cash taken out", -report.cash_out_minor, "cash_moves:out"),
        FigureLine("Must be in the drawer", report.expected_minor, is_sum=True),
    ]
    if report.counts:
        lines += _counted(report)
    return lines


def _counted(report: ShiftReport) -> list[FigureLine]:
    lines = [FigureLine("Counted at the close", is_head=True)]
    for count in report.counts:
        if count.counted_minor is None:
            lines.append(FigureLine(method_words(count.method), detail="Not counted"))
        else:
            off = count.difference_minor
            said = (
                f"{text.money(abs(off), report.currency)} {'short' if off < 0 else 'over'}"
                if off
                else "Agrees"
            )
            lines.append(FigureLine(method_words(count.method), count.counted_minor, detail=said))
    if report.reason:
        lines.append(FigureLine("Why", detail=text.outside(report.reason, 200)))
    return lines


def _meanwhile(report: ShiftReport) -> list[FigureLine]:
    lines = [FigureLine("Carried over", is_head=True)]
    numbers = ", ".join(report.attention_numbers)
    lines.append(
        FigureLine(
            text.plural(report.attention, "order needs attention", "orders need attention"), detail=numbers
        )
    )
    awaited = ", ".join(
        f"{a.number} {text.money(a.amount_minor, report.currency)}" for a in report.awaiting[:20]
    )
    lines.append(
        FigureLine(
            text.plural(
                len(report.awaiting), "transfer awaiting confirmation", "transfers awaiting confirmation"
            ),
            detail=awaited,
        )
    )
    lines.append(
        FigureLine("Web shop and other sales meanwhile", report.other_sales_minor, detail="Not this till's")
    )
    return lines
