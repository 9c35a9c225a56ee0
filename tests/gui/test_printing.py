"""Paper through the real window: from the settings to the roll, and trouble in the status line."""

from contextlib import contextmanager

import msgspec
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from posapp.app import make_front
from posapp.commands.counter import Sell, Tender
from posapp.commands.shifts import CloseShift, OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.devices.talking import Pace
from posapp.domain.errors import Refused
from posapp.domain.sale_line import SaleLine
from posapp.gui import paper_words
from posapp.gui.dialogs.open_drawer import OpenDrawerDialog
from posapp.gui.dialogs.order_deeds import entries
from posapp.gui.pages.settings import PRINTING
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.printing import AppPaper
from posapp.settings import Printing, Settings, load
from tests.devices.printer import NO_PAPER, printer
from tests.gui.adaeze import Counter, SilentPost, is_closed
from tests.gui.walker import nameless_controls

PATIENT = Pace(answer_s=5.0, look_s=0.02, silent_s=10.0, unsaid_s=20.0)  # for a busy machine


class Till:
    """A window on Adaeze's Friday, with a queue before whatever printer is set up."""

    def __init__(self, counter: Counter, theme: Theme, folder, printing: Printing) -> None:
        self.path = folder / "settings.toml"
        self.preferences = Preferences(self.path, Settings(printing=printing))
        shop = counter.shop
        self.paper = AppPaper(shop.desk, printing, pace=PATIENT)
        self.front = make_front(shop.desk, shop.reader, SilentPost(), theme, self.preferences, self.paper)
        self.paper.start()
        self.front.window.resize(QSize(1366, 768))
        self.front.window.show()
        self.front.window.activateWindow()
        QTest.qWaitForWindowActive(self.front.window)
        self.orders = counter.orders

    @property
    def cell(self) -> str:
        """What the status line says of the printer, "" where it says nothing."""
        try:
            return self.front.window.status.cell("printer").accessibleName()
        except KeyError:
            return ""

    def settings(self):
        return self.front.open_page("settings").show_section(PRINTING)

    def leave(self) -> None:
        self.front.leave()
        self.paper.stop()
        self.preferences.finish()


@pytest.fixture
def till(counter, theme, tmp_path):
    """Opens the window with a printer, or without one."""
    opened: list[Till] = []

    def open_it(**printing) -> Till:
        opened.append(Till(counter, theme, tmp_path, Printing(**printing)))
        return opened[-1]

    yield open_it
    for each in opened:
        each.leave()


@contextmanager
def on_network(till):
    with printer() as there:
        yield there, till(connection="network", address=there.address)


def some_order(till: Till) -> str:
    return till.orders["Ada"]


def last_command(counter: Counter) -> tuple[str, str]:
    """Who gave the last command of the journal, and its reason."""
    sql = "SELECT actor, body FROM journal ORDER BY seq DESC LIMIT 1"
    actor, body = counter.shop.desk.write_now(lambda c: c.execute(sql).fetchone())
    return actor, msgspec.json.decode(body)["reason"]


def test_a_till_without_a_printer_says_nothing_of_it_until_one_is_wanted(till, qtbot):
    opened = till()
    assert opened.cell == ""
    with qtbot.waitSignal(opened.paper.said) as told:
        assert not opened.paper.print_receipt(some_order(opened))
    assert "No printer is set up" in told.args[0]
    assert opened.paper.with_sale("any") is None
    section = opened.settings()
    assert not section.test.isEnabled()
    assert not section.drawer.try_it.isEnabled()
    assert nameless_controls(opened.front.window) == []


def test_a_printer_is_set_up_tried_and_kept(till, qtbot):
    with printer() as there:
        opened = till()
        section = opened.settings()
        assert not section.save.isEnabled()
        section.printer.way.set_value("network")
        section.printer.way.changed.emit("network")
        section.save.click()
        assert section.printer.address.edit.accessibleDescription() == "Say where the printer is."
        section.printer.address.set_text(there.address)
        section.sheet.width_mm.set_value("58")
        section.words.heading[0].set_text("12 Allen Avenue")
        section.words.footer[1].set_text("No refunds on food")
        section.words.logo.set_text("/no/such/logo.png")
        section.save.click()
        assert section.words.logo.edit.accessibleDescription() == "This is no picture that can be read."
        section.words.logo.set_text("")
        assert not section.test.isEnabled(), "what is kept is printed, not what is typed"
        section.save.click()
        qtbot.waitUntil(lambda: opened.cell == "Printer ready", timeout=20_000)
        section.test.click()
        lines = there.printed.get(timeout=20).split("\n")
        assert any("12 Allen Avenue" in line for line in lines)
        assert max(len(line) for line in lines) == 32
        opened.preferences.finish()
        kept = load(opened.path).settings.printing
        assert (kept.connection, kept.address, kept.paper_mm) == ("network", there.address, 58)
        assert (kept.heading, kept.footer) == ("12 Allen Avenue", "Thank you.\nNo refunds on food")


def test_an_order_s_receipt_and_its_copy(till, qtbot):
    with on_network(till) as (there, opened):
        opened.paper.print_receipt(some_order(opened))
        first = there.printed.get(timeout=20)
        opened.paper.print_receipt(some_order(opened))
        second = there.printed.get(timeout=20)
        assert "Ankara tote (red)" in first
        assert "COPY" not in first
        assert "COPY" in second


def test_further_pieces_are_marked(till):
    with printer() as there:
        opened = till(connection="network", address=there.address, copies=2)
        opened.paper.print_receipt(some_order(opened))
        assert "COPY" not in there.printed.get(timeout=20)
        assert "COPY" in there.printed.get(timeout=20)


def test_no_paper_is_said_with_what_to_do_and_cancelled_where_one_looks(till, qtbot):
    with on_network(till) as (there, opened):
        there.stumble(NO_PAPER)
        opened.paper.print_receipt(some_order(opened))
        opened.paper.print_test()
        qtbot.waitUntil(
            lambda: opened.paper.state.waiting == 2 and opened.paper.state.phase == "trouble", timeout=20_000
        )
        assert opened.cell == "Printer: out of paper, 2 waiting Review"
        assert any("out of paper" in said for said in opened.front.window.toasts.history)
        opened.front.window.status.pressed.emit("printer")
        section = opened.settings()
        assert section.trouble.isVisible()
        assert "Put in a new roll" in section.trouble.accessibleName()
        qtbot.waitUntil(lambda: len(section.waiting.deeds) == 2, timeout=20_000)
        next(iter(section.waiting.deeds.values())).click()
        qtbot.waitUntil(lambda: opened.paper.state.waiting == 1, timeout=20_000)
        there.mend()
        section.try_now.click()
        assert "Test page" in there.printed.get(timeout=20)
        qtbot.waitUntil(lambda: opened.cell == "Printer ready", timeout=20_000)
        qtbot.waitUntil(
            lambda: not section.trouble.isVisible() and not section.waiting.isVisible(), timeout=20_000
        )
        assert there.printed.empty()
        qtbot.waitUntil(lambda: len(section.printed.deeds) == 2, timeout=20_000)
        assert nameless_controls(opened.front.window) == []


def test_what_was_printed_can_be_printed_again(till, qtbot):
    with on_network(till) as (there, opened):
        section = opened.settings()
        opened.paper.print_receipt(some_order(opened))
        there.printed.get(timeout=20)
        qtbot.waitUntil(lambda: len(section.printed.deeds) == 1, timeout=20_000)
        next(iter(section.printed.deeds.values())).click()
        assert "COPY" in there.printed.get(timeout=20)


def test_the_drawer_is_tried_by_who_may_and_the_journal_knows_it(till, counter, qtbot):
    with on_network(till) as (there, opened):
        opened.settings().drawer.try_it.click()
        qtbot.waitUntil(lambda: not there.opened.empty(), timeout=20_000)
        assert last_command(counter) == ("Adaeze", "Trying the drawer from the settings")


def test_the_drawer_opens_without_a_sale_for_a_reason(till, counter, qtbot):
    with on_network(till) as (there, opened):
        qtbot.keyClick(opened.front.window, Qt.Key.Key_F12)
        dialog = opened.front.window.findChild(OpenDrawerDialog)
        assert nameless_controls(dialog) == []
        assert dialog.focusWidget() is dialog.commit, "F12, Enter"
        dialog.why.set_value("other")
        dialog.commit.click()
        assert dialog.reason.edit.accessibleDescription() == "Say what it is opened for."
        assert there.opened.empty()
        dialog.reason.set_text("the keys are in it")
        dialog.commit.click()
        qtbot.waitUntil(lambda: not there.opened.empty(), timeout=20_000)
        assert last_command(counter) == ("Adaeze", "the keys are in it")
        assert is_closed(dialog)


@pytest.mark.parametrize(
    "printing", [{}, {"connection": "network", "address": "127.0.0.1:1", "drawer": "none"}]
)
def test_where_there_is_no_drawer_f12_says_so(till, qtbot, printing):
    opened = till(**printing)
    qtbot.keyClick(opened.front.window, Qt.Key.Key_F12)
    assert opened.front.window.findChild(OpenDrawerDialog) is None
    assert any("No cash drawer is set up" in said for said in opened.front.window.toasts.history)


def test_a_closed_shift_is_printed(till, counter, qtbot):
    with on_network(till) as (there, opened):
        counter.shop.do(OpenShift, float_minor=1_000_000)
        shift = counter.shop.desk.write_now(lambda c: c.execute("SELECT id FROM shift").fetchone()[0])
        counter.shop.do(CloseShift, pieces={"100000": 10})
        opened.paper.print_z(shift)
        opened.paper.print_z(shift)
        first, second = there.printed.get(timeout=20), there.printed.get(timeout=20)
        assert "Z 1" in first
        assert "Must be in the drawer" in first
        assert "COPY" not in first
        assert "COPY" in second


def test_cash_opens_the_drawer_and_a_sale_s_receipt_lies_in_its_own_transaction(till, counter, qtbot):
    with printer() as there:
        opened = till(connection="network", address=there.address, automatic=True)
        also = opened.paper.with_sale(some_order(opened))
        there.stumble(NO_PAPER)  # nothing prints meanwhile
        counter.shop.desk.write_now(also)
        opened.paper.sold(cash=True)
        there.opened.get(timeout=20)
        there.mend()
        opened.paper.try_now()
        assert "Ankara tote (red)" in there.printed.get(timeout=20)
        assert len(there.paper.pulses) == 1


def test_a_kill_between_commit_and_print_loses_no_receipt(counter, qtbot):
    """The sale is committed with its receipt's job; the program is gone before a byte leaves; the next one prints."""
    with printer() as there:
        printing = Printing(connection="network", address=there.address, automatic=True)
        shop, order_id = counter.shop, "sale-1"
        killed = AppPaper(shop.desk, printing)  # its thread never comes to run
        lines = (SaleLine("shea", 2),)
        command = shop.command(
            Sell,
            order_id=order_id,
            location_id=MAIN_LOCATION,
            lines=lines,
            tenders=(Tender("cash", 600_000),),
        )
        shop.desk.do(command, also=killed.with_sale(order_id))
        again = AppPaper(shop.desk, printing, pace=PATIENT)
        again.start()
        assert "Shea butter 200 g" in there.printed.get(timeout=20)
        again.stop()


def test_a_refused_sale_prints_nothing(counter):
    printing = Printing(connection="network", address="127.0.0.1:1", automatic=True)
    shop, paper = counter.shop, AppPaper(counter.shop.desk, printing)
    command = shop.command(
        Sell, order_id="sale-2", location_id=MAIN_LOCATION, lines=(SaleLine("shea", 2),),
        tenders=(Tender("cash", 1),),
    )  # fmt: skip
    with pytest.raises(Refused):
        shop.desk.do(command, also=paper.with_sale("sale-2"))
    assert shop.desk.write_now(lambda c: c.execute("SELECT count(*) FROM print_job").fetchone()) == (0,)


def test_a_drawer_that_cannot_be_reached_is_said(till, qtbot):
    opened = till(connection="network", address="127.0.0.1:1")
    with qtbot.waitSignal(opened.paper.said, timeout=20_000) as told:
        opened.paper.kick_drawer()
    assert told.args[0].startswith("The drawer did not open. Printer not reached")


def test_every_trouble_has_words_and_advice():
    for code in ("paper_out", "cover_open", "vanished", "unreachable", "no_device", "never heard of"):
        assert paper_words.wrong(code)
        assert paper_words.advice(code).endswith(".")


def test_receipt_and_invoice_are_saved_as_pdf(till, qtbot, tmp_path):
    opened = till()
    opened.front.open_order(some_order(opened))
    dialog = QApplication.activeModalWidget()
    for deed, name in (("receipt_pdf", "receipt"), ("invoice_pdf", "invoice")):
        dialog.deeds.do(deed)
        asking = next(d for d in dialog.findChildren(QFileDialog) if d.isVisible())
        assert asking.selectedFiles()[0].rsplit("/", 1)[-1].startswith(f"{name}-")
        path = tmp_path / f"{name}.pdf"
        asking.fileSelected.emit(str(path))
        assert path.read_bytes().startswith(b"%PDF")
        asking.reject()
    dialog.deeds._paper("receipt_pdf", dialog.details)
    asking = next(d for d in dialog.findChildren(QFileDialog) if d.isVisible())
    asking.fileSelected.emit(str(tmp_path / "nowhere" / "receipt.pdf"))
    assert any("could not be written" in said for said in dialog.toasts.history)
    asking.reject()
    dialog.reject()


def test_a_receipt_is_sent_with_its_words(till, qtbot, monkeypatch):
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda link: links.append(link.toString()) or True)
    opened = till()
    opened.front.open_order(some_order(opened))
    dialog = QApplication.activeModalWidget()
    can = {entry.deed: entry.why_not for entry in entries(dialog.details)}
    assert can["whatsapp"] == ""
    dialog.deeds.do("whatsapp")
    dialog.deeds.do("mail")
    chat, letter = links
    assert chat.startswith("https://wa.me/234")
    assert "Ankara tote" in chat
    assert letter.startswith("mailto:")
    assert "Ankara tote" in letter
    dialog.deeds.do("print")
    assert any("No printer is set up" in said for said in dialog.toasts.history)
    dialog.reject()
