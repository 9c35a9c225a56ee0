"""Settings: a list of sections at the left, the chosen one beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.domain.rights import Right
from posapp.gui.pages.settings_barred import BarredSection
from posapp.gui.pages.settings_drawer import ShiftsSection
from posapp.gui.pages.settings_frame import Section
from posapp.gui.pages.settings_keys import KeysSection
from posapp.gui.pages.settings_locations import LocationsSection
from posapp.gui.pages.settings_logs import LogsSection
from posapp.gui.pages.settings_look import LookSection
from posapp.gui.pages.settings_money import MoneySection
from posapp.gui.pages.settings_nav import SectionEntry, SettingsNav
from posapp.gui.pages.settings_payments import PaymentsSection
from posapp.gui.pages.settings_printing import PrintingSection
from posapp.gui.pages.settings_scanner import ScannerSection
from posapp.gui.pages.settings_shop import ShopSection
from posapp.gui.pages.settings_staff import StaffSection
from posapp.gui.pages.settings_taxes import TaxesSection
from posapp.gui.pages.settings_web import WebShopSection
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import add_to_stack, follow, row
from posapp.gui.widgets.page import Page

SHOP, MONEY, SHIFTS, PRINTING, WEB = "shop", "money", "shifts", "printing", "web"
PAYMENT, LOOK, LOGS, TAXES = "payments", "look", "logs", "taxes"
LOCATIONS, STAFF, SCANNER, KEYS = "locations", "staff", "scanner", "keys"
OF_THE_SHOP = (SHOP, TAXES, LOCATIONS, MONEY, SHIFTS, WEB, PAYMENT)  # what takes the right to change settings
ENTRIES = (
    SectionEntry(SHOP, "Shop", "name currency money time zone owner tax vat rate prices include"),
    SectionEntry(TAXES, "Tax classes", "vat levy rate zero exempt reduced books food kinds of goods prices include"),
    SectionEntry(LOCATIONS, "Locations", "shop store room warehouse branch several shelf stock add rename"),
    SectionEntry(MONEY, "Taking money", "bank account transfer number holder cash coin rounding smallest"),
    SectionEntry(SHIFTS, "Shifts", "drawer count blind close day z x difference reason limit manager float"),
    SectionEntry(
        PRINTING, "Tills and printing", "receipt printer paper 58 80 mm usb network serial drawer kick cut copies logo "
        "footer code page test queue jam"
    ),
    SectionEntry(
        WEB, "Web shop", "woocommerce online address key secret sync interval look often import test disconnect fill "
        "waiting orders automatically take over tell status note customer completed"
    ),
    SectionEntry(PAYMENT, "Payments", "paystack provider card transfer bank key secret test disconnect link fee"),
    SectionEntry(STAFF, "Staff", "people names pin badge role rights permissions cashier manager lock sign in users"),
    SectionEntry(SCANNER, "Scanner", "barcode scan gun speed enter tab test beep sound"),
    SectionEntry(KEYS, "Shortcuts", "keyboard keys change function f1 ctrl alt"),
    SectionEntry(LOOK, "Look and text", "theme colours dark light contrast size font large"),
    SectionEntry(LOGS, "Data and logs", "folder backup file log path support send"),
)  # fmt: skip


class SettingsPage(Page):
    """Each section is made when it is first opened. `show_section` is how other pages lead here."""

    page_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._make: dict[str, Callable[[], Section]] = {
            SHOP: partial(ShopSection, parts),
            MONEY: partial(MoneySection, parts),
            TAXES: partial(TaxesSection, parts),
            SHIFTS: partial(ShiftsSection, parts),
            PRINTING: partial(PrintingSection, parts),
            WEB: partial(WebShopSection, parts),
            PAYMENT: partial(PaymentsSection, parts),
            LOCATIONS: partial(LocationsSection, parts),
            STAFF: self._staff,
            SCANNER: partial(ScannerSection, parts),
            KEYS: partial(KeysSection, parts),
            LOOK: partial(LookSection, parts),
            LOGS: partial(LogsSection, parts),
        }
        self._parts = parts
        self._made: dict[str, Section] = {}
        self._barred: Section | None = None
        self._shown = ""
        self.nav = SettingsNav(ENTRIES)
        self._stack = QStackedWidget()
        box = row(self.nav, self._stack, spacing=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.nav.chosen.connect(self._open)
        self.nav.choose(WEB)
        parts.who.changed.connect(lambda: self._open(self._shown))

    def _staff(self) -> Section:
        made = StaffSection(self._parts)
        made.activity_button.clicked.connect(lambda: self.page_wanted.emit("activity"))
        return made

    def show_section(self, section_id: str) -> Section:
        """Show a section. Raises `StopIteration` for one that is not there."""
        self.nav.choose(section_id)
        return self.section()

    def section(self) -> Section:
        """Give the section that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Section)
        return shown

    def search(self) -> None:
        """F2: find a setting."""
        self.nav.field.edit.setFocus()
        self.nav.field.edit.selectAll()

    def opened(self) -> None:
        """Read anew what is shown."""
        self.section().opened()
        self.nav.list.setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """The search, the sections, and what is shown."""
        return (self.nav.field.edit, self.nav.list)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through a section as it is laid out now: its cards come and go with what is kept in them."""
        follow(self._stack, self.section())
        return super().focusNextPrevChild(forwards)

    def _open(self, section_id: str) -> None:
        self._shown = section_id
        if section_id in OF_THE_SHOP and not self._parts.who.may(Right.SETTINGS_MANAGE):
            self._bar(section_id)
            return
        if section_id not in self._made:
            made = self._made[section_id] = self._make[section_id]()
            add_to_stack(self._stack, made)
        self._stack.setCurrentWidget(self._made[section_id])
        self._made[section_id].opened()

    def _bar(self, section_id: str) -> None:
        """Say who may change it, in place of a section that this person may not change."""
        if self._barred is not None:
            self._stack.removeWidget(self._barred)
            self._barred.deleteLater()
        title = next(entry.words for entry in ENTRIES if entry.id == section_id)
        self._barred = BarredSection(self._parts, title)
        add_to_stack(self._stack, self._barred)
        self._stack.setCurrentWidget(self._barred)
