"""What stands on paper: receipts set out for both rolls, drawn letters, codes, the logo, the message."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from posapp.devices.rendering import Sheet as Roll
from posapp.devices.rendering import render
from posapp.domain.paper import Bitmap, Cell, Line
from posapp.domain.payments import PaymentStatus
from posapp.gui.paper_artist import LINE_DOTS, draw_line, image_of, load_logo
from posapp.gui.paper_codes import barcode_bitmap, qr_bitmap
from posapp.gui.paper_invoice import invoice
from posapp.gui.paper_pdf import write_receipt_pdf
from posapp.gui.paper_receipt import large, receipt_blocks, sum_rows
from posapp.gui.paper_sheet import make_sheet
from posapp.gui.paper_text import receipt_words
from posapp.queries.detail_rows import ContactFacts
from posapp.queries.payment_ways import BankAccount
from posapp.queries.receipt import Receipt, ReceiptLine, ReceiptTax, ReceiptTender
from posapp.settings import Printing
from tests.devices.interpreter import Interpreter

NOW = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)
LAGOS = ZoneInfo("Africa/Lagos")
HOSTILE = "Tote\x1b@\x1bp\x00\x19<b>&amp;\u202e\n\x1dV\x00"
pytestmark = pytest.mark.usefixtures("theme")


def receipt(**changes) -> Receipt:
    lines = (
        ReceiptLine("Ankara tote (red)", "T", 3, 1_250_000, 3_750_000, 0, ""),
        ReceiptLine("Aso Oke cloth", "A", 1, 12_500_050, 12_500_050, 250_050, "cut in two"),
    )
    tenders = (
        ReceiptTender("cash", 6_000_000, 6_500_000, "", False, NOW),
        ReceiptTender("transfer", 9_900_000, 0, "FT 88", False, NOW),
    )
    made = Receipt(
        order_id="o", number="0042", code="A-0007", channel="COUNTER", status="COMPLETED",
        payment_status=PaymentStatus.PAID, no_receipt=False, currency="NGN", shop="Adaeze Stores", location="",
        till="A", staff="Chidi", placed_at=NOW, contact=ContactFacts("c", "Ada Obi", "", "", "", ""), lines=lines,
        goods_minor=16_250_050, discount_minor=350_050, tax_on_top_minor=0, delivery_minor=150_000, fees_minor=0,
        rounding_minor=-50, adjustment_minor=0, sold_minor=16_049_950, gone_minor=0, total_minor=16_049_950,
        taxes=(ReceiptTax("VAT", 1_119_763),), tenders=tenders, returns=(), refunds=(), paid_minor=16_049_950,
        balance_minor=0, note="",
    )  # fmt: skip
    return replace(made, **changes)


def text_of(of: Receipt, *, mm=80, **printing) -> str:
    """The paper as text; lines that are drawn show as [picture]."""
    setup = Printing(connection="network", paper_mm=mm, code="none", **printing)
    sheet = make_sheet(setup, LAGOS, NOW, of.code)
    content = render(receipt_blocks(of, sheet), Roll(mm), draw_line)
    (paper,) = Interpreter().read(content).sheets
    return paper.text


def test_a_receipt_reads_from_top_to_bottom():
    assert [line.split() for line in text_of(receipt()).split("\n") if line != "[picture]"] == [
        ["Adaeze", "Stores"],
        ["Receipt", "0042"],
        ["20", "Nov", "2026", "14:32", "A-0007"],
        ["Till", "A,", "served", "by", "Chidi"],
        ["For", "Ada", "Obi"],
        ["Ankara", "tote", "(red)", "37,500.00"],
        ["3", "x", "12,500.00"],
        ["Aso", "Oke", "cloth", "125,000.50"],
        ["Discount", "-2,500.50"],
        ["cut", "in", "two"],
        ["Subtotal", "160,000.00"],
        ["Discount", "-1,000.00"],
        ["Delivery", "1,500.00"],
        ["Rounding", "-0.50"],
        ["of", "it", "VAT", "11,197.63"],
        ["Cash", "given", "65,000.00"],
        ["Change", "-5,000.00"],
        ["Transfer", "FT", "88", "99,000.00"],
        ["Thank", "you."],
    ]


@pytest.mark.parametrize("mm", [58, 80])
def test_every_line_fits_its_paper(mm):
    columns = {58: 32, 80: 48}[mm]
    assert max(len(line) for line in text_of(receipt(), mm=mm).split("\n")) <= columns


def test_what_stands_between_lines_and_total_adds_up():
    of = receipt()
    rows = sum_rows(of)
    assert rows[0][1] == sum(line.amount_minor - line.discount_minor for line in of.lines)
    assert sum(minor for _, minor in rows) == of.sold_minor


def test_a_tax_is_named_and_a_rate_s_number_is_no_name():
    by_number = receipt(taxes=(ReceiptTax("1", 1_119_763),))
    assert "of it tax " in text_of(by_number)
    on_top = receipt(tax_on_top_minor=100, discount_minor=350_150)
    assert ("VAT", 100) in sum_rows(on_top)


def test_only_what_is_paid_is_called_a_receipt():
    unpaid = receipt(payment_status=PaymentStatus.UNPAID, balance_minor=16_049_950, tenders=())
    assert "Order, not paid yet 0042" in text_of(unpaid)
    assert "Receipt" not in text_of(unpaid)


@pytest.mark.parametrize("place", ["shop", "staff", "note", "code", "number"])
def test_a_hostile_word_anywhere_is_only_letters(place):
    assert "Tote" in text_of(receipt(**{place: HOSTILE}))
    line = ReceiptLine(HOSTILE, HOSTILE, 2, 100, 200, 0, HOSTILE)
    assert "Tote" in text_of(receipt(lines=(line,), goods_minor=200))
    assert "\x1b" not in receipt_words(receipt(**{place: HOSTILE}), LAGOS)


def test_hostile_settings_are_only_letters_too():
    assert "Tote" in text_of(receipt(), heading=HOSTILE, footer=HOSTILE)


def test_a_total_that_is_too_long_for_large_letters_is_written_small():
    (line,) = large("TOTAL", "₦1,250,000,000.00", 32)
    assert line.size == 1
    (line,) = large("TOTAL", "₦1,250", 32)
    assert line.size == 2


def inked(bitmap: Bitmap) -> list[int]:
    """The places of the black dots of a picture, from left."""
    wide = (bitmap.width + 7) // 8
    rows = [bitmap.rows[at : at + wide] for at in range(0, len(bitmap.rows), wide)]
    return sorted({at for row in rows for at in range(bitmap.width) if row[at // 8] >> (7 - at % 8) & 1})


@pytest.mark.parametrize("words", ["₦12,500", "Ṣẹ̀kẹ̀rẹ̀", "قهوة", "MMMMMMMMMMMMMMMMMMMM", "fi"])
def test_a_drawn_line_keeps_to_its_cells(words):
    line = Line((Cell(words, 4, 10), Cell(words, 22, 10, "right")))
    bitmap = draw_line(line, 32)
    dots = inked(bitmap)
    assert (bitmap.width, bitmap.height) == (384, LINE_DOTS)
    assert dots
    assert all(4 * 12 - 2 <= at < 14 * 12 + 2 or at >= 22 * 12 - 2 for at in dots)
    assert max(dots) > 384 - 24, "figures end at the right edge"


def test_a_drawn_line_may_be_twice_as_high():
    bitmap = draw_line(Line((Cell("₦1", 0, 48, "centre"),), bold=True, size=2), 48)
    assert (bitmap.width, bitmap.height) == (576, 2 * LINE_DOTS)
    middle = (min(inked(bitmap)) + max(inked(bitmap))) / 2
    assert abs(middle - 288) < 12


def test_dots_and_pictures_are_the_same():
    bitmap = draw_line(Line((Cell("₦12,500", 0, 32),)), 32)
    image = image_of(bitmap)
    shown = sorted(
        {x for x in range(384) for y in range(LINE_DOTS) if image.pixelColor(x, y) == Qt.GlobalColor.black}
    )
    assert shown == inked(bitmap)


def test_codes_for_scanners():
    code = qr_bitmap("A-0007", dots=6)
    assert code is not None
    assert code.width == code.height == (21 + 8) * 6
    assert qr_bitmap("x" * 5_000) is None
    line = barcode_bitmap("A-0007", widest=384)
    assert line is not None
    assert line.width <= 384
    assert barcode_bitmap("A-0007", widest=100) is None
    assert barcode_bitmap("₦7", widest=384) is None
    assert barcode_bitmap("a\x1bb", widest=384) is None


def test_a_logo_is_made_to_fit_and_what_is_no_picture_is_left_out(tmp_path):
    path = tmp_path / "logo.png"
    picture = QImage(1_000, 400, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.black)
    picture.save(str(path))
    logo = load_logo(str(path), 384)
    assert logo is not None
    assert (logo.width, logo.height) == (384, 153)
    assert logo.rows == b"\xff" * len(logo.rows)
    (tmp_path / "words.png").write_text("no picture")
    for wrong in ("", str(tmp_path), str(tmp_path / "gone.png"), str(tmp_path / "words.png")):
        assert load_logo(wrong, 384) is None


def test_a_transparent_logo_lies_on_white_paper(tmp_path):
    path = tmp_path / "logo.png"
    picture = QImage(100, 100, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    picture.save(str(path))
    logo = load_logo(str(path), 384)
    assert logo is not None
    assert not inked(logo)


def test_a_message_says_the_same_in_words():
    words = receipt_words(receipt(), LAGOS)
    assert "3 × Ankara tote (red): 37,500.00" in words
    assert "Total: ₦160,499.50" in words
    assert words.endswith("Thank you.")


def test_an_invoice_says_where_to_pay_while_something_is_missing():
    account = BankAccount("Harbour Bank", "0123456789", "Adaeze Stores Ltd")
    printing = Printing(heading="12 Allen Avenue")
    due = receipt(payment_status=PaymentStatus.UNPAID, balance_minor=16_049_950, tenders=())
    words = invoice(due, printing, account, LAGOS, NOW).toPlainText()
    assert "Invoice 0042" in words
    assert "Please pay ₦160,499.50 to:" in words
    assert "Harbour Bank, 0123456789, Adaeze Stores Ltd" in words
    paid = invoice(receipt(), printing, account, LAGOS, NOW).toPlainText()
    assert "Please pay" not in paid
    assert "Paid" in paid
    hostile = invoice(receipt(shop="<b>Shop</b>"), printing, account, LAGOS, NOW).toPlainText()
    assert "<b>Shop</b>" in hostile


@pytest.mark.parametrize(("mm", "wide_mm"), [(58, 56), (80, 80)])
def test_a_receipt_s_pdf_is_one_page_as_long_as_it_is(tmp_path, mm, wide_mm):
    of, path = receipt(), tmp_path / "receipt.pdf"
    sheet = make_sheet(Printing(paper_mm=mm), LAGOS, NOW, of.code)
    write_receipt_pdf(receipt_blocks(of, sheet), sheet, path, title="Receipt 0042")
    content = path.read_bytes()
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", content)
    wide, high = (float(points) / 72 * 25.4 for points in box)
    assert abs(wide - wide_mm) < 1
    assert 80 < high < 200
    with pytest.raises(OSError, match=r"\S"):
        write_receipt_pdf((), sheet, tmp_path / "nowhere" / "receipt.pdf", title="")
