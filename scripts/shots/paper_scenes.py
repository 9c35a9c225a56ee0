"""What comes out of the printers: receipts on both rolls, a return, a test page, the Z; and the invoice on A4."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from posapp.commands.command import Command, new_command_id
from posapp.commands.counter import Sell, Tender
from posapp.commands.returns import TakeBack
from posapp.commands.shifts import CloseShift
from posapp.db.print_jobs import RECEIPT, TEST, Job, Z, ask_for
from posapp.domain.sale_line import Returned, SaleLine
from posapp.gui.dialogs.open_drawer import OpenDrawerDialog
from posapp.gui.paper import PaperState
from posapp.gui.paper_invoice import invoice
from posapp.gui.paper_pdf import paint_blocks
from posapp.gui.paper_receipt import receipt_blocks
from posapp.gui.paper_sheet import make_sheet
from posapp.printing import AppPaper
from posapp.queries.payment_ways import BankAccount
from posapp.queries.receipt import receipt_of
from posapp.settings import Printing
from scripts.shots.paper import printed
from scripts.shots.pictures import ALL, Scene
from scripts.shots.shift_scenes import COUNT, tell_shift
from scripts.shots.stage import OWNER, Stage


def _settings(stage: Stage) -> None:
    """A printer on the network, out of paper, two receipts waiting."""
    printing = Printing(connection="network", address="192.168.1.50:9100", heading="12 Allen Avenue, Ikeja")
    stage.parts.preferences.change(printing=printing)
    if not stage.marks("paper"):
        at = stage.clock()
        for who in ("Ada Obi", "Emeka Nwankwo"):
            stage.desk.write_now(partial(ask_for, kind=RECEIPT, subject=stage.order(who), at=at))
    paper = stage.parts.paper
    paper.state = PaperState("trouble", "paper_out", 2)
    stage.front.open_page("settings").show_section("printing")
    paper.state_changed.emit(paper.state)


def _drawer(stage: Stage) -> None:
    OpenDrawerDialog(stage.parts, stage.window).open()


PRINTING = (Scene("settings_printing", _settings, ALL), Scene("open_drawer", _drawer))
PAPERS = ("paper-80", "paper-58", "paper-copy", "paper-test", "paper-z", "paper-pdf", "paper-invoice")
_A4 = QSizeF(794, 1123)  # pixels at 96 an inch
_MARGINS = QMarginsF(68, 68, 68, 68)
_ACCOUNT = BankAccount("Harbour Bank", "0123456789", "Adaeze Stores Ltd")


def draw_papers(stage: Stage) -> Iterator[tuple[str, QPixmap]]:
    """Draw every piece of paper, by its name."""
    wide = Printing(
        connection="network", address="127.0.0.1", heading="12 Allen Avenue, Ikeja\n0803 000 0000, TIN 12345678-0001",
        footer="Thank you.\nGoods come back within 7 days with this receipt.",
    )  # fmt: skip
    narrow = Printing(connection="network", paper_mm=58, code="barcode", footer=wide.footer)
    plain = Printing(connection="network", code_page="picture", heading=wide.heading)
    sale, returned = _sale(stage), _return(stage)
    yield "paper-80", _roll(stage, wide, RECEIPT, sale)
    yield "paper-58", _roll(stage, narrow, RECEIPT, returned)
    yield "paper-copy", _roll(stage, plain, RECEIPT, sale, copy=True, torn=True)
    yield "paper-test", _roll(stage, wide, TEST, "")
    yield "paper-pdf", _receipt_pdf(stage, wide, sale)
    yield "paper-invoice", _invoice(stage, wide)
    yield "paper-z", _roll(stage, wide, Z, _closed_shift(stage))


def _do(stage: Stage, kind: type[Command], **fields: object) -> None:
    at = stage.clock()
    stage.desk.do(kind(id=new_command_id(at), actor=OWNER, at=at, **fields))


def _sale(stage: Stage) -> str:
    """Three articles, one with a discount, paid in cash and by transfer."""
    order_id = new_command_id(stage.clock())
    lines = (
        SaleLine(stage.product("SHEA-200").id, 3),
        SaleLine(stage.product("TOTE-BLU").id, 1, discount_bp=500, note="gift wrap"),
        SaleLine(stage.product("NECK-1").id, 2),
    )
    rest = _price(stage, lines) - 1_000_000
    _do(
        stage, Sell, order_id=order_id, location_id=stage.parts.shop.location_id, lines=lines,
        tenders=(Tender("transfer", 1_000_000, reference="FT 2611 88"), Tender("cash", rest, rest + 37_500)),
    )  # fmt: skip
    return order_id


def _price(stage: Stage, lines: tuple[SaleLine, ...]) -> int:
    price = {sku: stage.product(sku).price_minor or 0 for sku in ("SHEA-200", "TOTE-BLU", "NECK-1")}
    whole = 3 * price["SHEA-200"] + price["TOTE-BLU"] + 2 * price["NECK-1"]
    return whole - price["TOTE-BLU"] * 5 // 100


def _return(stage: Stage) -> str:
    """Two of an article bought, one of them brought back."""
    order_id, product = new_command_id(stage.clock()), stage.product("NECK-1")
    total = 2 * (product.price_minor or 0)
    _do(
        stage, Sell, order_id=order_id, location_id=stage.parts.shop.location_id, lines=(SaleLine(product.id, 2),),
        tenders=(Tender("cash", total, total),),
    )  # fmt: skip
    order = stage.reader.order(order_id)
    assert order is not None, "it was sold just now"
    _do(stage, TakeBack, returned=(Returned(order_id, order.lines[0].id, 1, True),), reason="another colour")
    return order_id


def _closed_shift(stage: Stage) -> str:
    tell_shift(stage)
    shift_id: str = stage.reader.value("SELECT id FROM shift ORDER BY opened_at DESC LIMIT 1")
    _do(stage, CloseShift, pieces=COUNT, reason="500 short: given as change")
    return shift_id


def _roll(
    stage: Stage, printing: Printing, kind: str, subject: str, *, copy: bool = False, torn: bool = False
) -> QPixmap:
    """What the printer prints of the bytes it is sent."""
    content = AppPaper(stage.desk, printing).set_out(Job(1, kind, subject, copy, torn, 0))
    return QPixmap.fromImage(printed(content, 48 if printing.paper_mm == 80 else 32))


def _receipt_pdf(stage: Stage, printing: Printing, order_id: str) -> QPixmap:
    receipt = receipt_of(stage.reader, order_id)
    assert receipt is not None, "it was sold just now"
    sheet = make_sheet(printing, stage.parts.shop.zone, stage.clock(), receipt.code)
    image = QImage(640, 1200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_blocks(painter, receipt_blocks(receipt, sheet), sheet, 1.0, 32)
    painter.end()
    return QPixmap.fromImage(image)


def _invoice(stage: Stage, printing: Printing) -> QPixmap:
    """The invoice of an order that waits for its money."""
    receipt = receipt_of(stage.reader, stage.order("Emeka Nwankwo"))
    assert receipt is not None, "the day has him"
    document = invoice(receipt, printing, _ACCOUNT, stage.parts.shop.zone, stage.clock())
    image = QImage(_A4.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    area = QRectF(image.rect()).marginsRemoved(_MARGINS)
    document.setDocumentMargin(0)
    document.setPageSize(area.size())
    painter = QPainter(image)
    painter.translate(area.topLeft())
    document.drawContents(painter)
    painter.end()
    return QPixmap.fromImage(image)
