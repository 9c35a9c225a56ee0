"""The one table of pages."""

from collections.abc import Callable
from functools import partial

from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.pages.activity import ActivityPage
from posapp.gui.pages.attention import AttentionPage
from posapp.gui.pages.close_day import CloseDayPage
from posapp.gui.pages.dashboard import DashboardPage
from posapp.gui.pages.health import HealthPage
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.pages.products import ProductsPage
from posapp.gui.pages.sell import SellPage
from posapp.gui.pages.settings import SettingsPage
from posapp.gui.pages.shift import ShiftPage
from posapp.gui.parts import Parts
from posapp.gui.widgets.page import Page, PageEntry

OpenPage = Callable[[str], Page]


def pages(parts: Parts, open_page: OpenPage) -> list[PageEntry]:
    """Every page of the window, in the order of the rail; each is made when it is first opened."""
    dashboard, settings = partial(_dashboard, parts, open_page), partial(open_page, "settings")
    return [
        PageEntry("dashboard", "Dashboard", dashboard, "layout-dashboard", "dashboard"),
        PageEntry("sell", "Sell", partial(SellPage, parts, PayDialog), "shopping-basket", "sell"),
        PageEntry(
            "orders", "Orders", partial(_listing, OrdersPage, parts, "orders"), "receipt-text", "orders"
        ),
        PageEntry("attention", "Attention", partial(AttentionPage, parts), "triangle-alert", "attention"),
        PageEntry(
            "products", "Products", partial(_listing, ProductsPage, parts, "products"), "package", "products"
        ),
        PageEntry("settings", "Settings", partial(_settings, parts, open_page), "settings", "settings"),
        PageEntry("shift", "Shift", partial(_shift, parts, open_page), under="dashboard"),
        PageEntry("close_day", "Close the day", partial(_close_day, parts, open_page), under="dashboard"),
        PageEntry("activity", "Activity", partial(ActivityPage, parts, settings), under="settings"),
        PageEntry("health", "Sync and health", partial(HealthPage, parts, settings), under="settings"),
    ]


def _listing(kind: Callable[..., Page], parts: Parts, name: str) -> Page:
    """A list with its columns as this person left them."""
    kept = parts.preferences
    return kind(parts, columns=kept.table(name), keep_columns=kept.keep_table(name))


def _show(open_page: OpenPage, page_id: str, wanted: object) -> None:
    """Open a page, with the filter it shall show."""
    page = open_page(page_id)
    show_filter = getattr(page, "show_filter", None)
    if wanted is not None and show_filter is not None:
        show_filter(wanted)


def _dashboard(parts: Parts, open_page: OpenPage) -> Page:
    """Every tile of the dashboard opens what it counts, on the page that lists it."""
    page = DashboardPage(parts)
    page.page_wanted.connect(partial(_show, open_page))
    return page


def _settings(parts: Parts, open_page: OpenPage) -> Page:
    """Settings lead to what the staff did."""
    page = SettingsPage(parts)
    page.page_wanted.connect(open_page)
    return page


def _shift(parts: Parts, open_page: OpenPage) -> Page:
    """The page of the shift leads to the close of the day."""
    page = ShiftPage(parts)
    page.close_wanted.connect(lambda: open_page("close_day"))
    return page


def _close_day(parts: Parts, open_page: OpenPage) -> Page:
    """A close shows its Z on the page of the shift; what it lists as open leads to its page."""

    def closed(shift_id: str) -> None:
        shift = open_page("shift")
        if isinstance(shift, ShiftPage):
            shift.show_closed(shift_id)

    page = CloseDayPage(parts)
    page.closed.connect(closed)
    page.left.connect(lambda: open_page("shift"))
    page.page_wanted.connect(partial(_show, open_page))
    return page
