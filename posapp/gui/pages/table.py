"""The one table of pages."""

from collections.abc import Callable
from functools import partial

from posapp.gui.pages.attention import AttentionPage
from posapp.gui.pages.dashboard import DashboardPage
from posapp.gui.pages.health import HealthPage
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.pages.products import ProductsPage
from posapp.gui.pages.settings import SettingsPage
from posapp.gui.parts import Parts
from posapp.gui.widgets.page import Page, PageEntry

OpenPage = Callable[[str], Page]


def pages(parts: Parts, open_page: OpenPage) -> list[PageEntry]:
    """Every page of the window, in the order of the rail; each is made when it is first opened."""
    dashboard, settings = partial(_dashboard, parts, open_page), partial(open_page, "settings")
    return [
        PageEntry("dashboard", "Dashboard", dashboard, "layout-dashboard", "dashboard"),
        PageEntry(
            "orders", "Orders", partial(_listing, OrdersPage, parts, "orders"), "receipt-text", "orders"
        ),
        PageEntry("attention", "Attention", partial(AttentionPage, parts), "triangle-alert", "attention"),
        PageEntry(
            "products", "Products", partial(_listing, ProductsPage, parts, "products"), "package", "products"
        ),
        PageEntry("settings", "Settings", partial(SettingsPage, parts), "settings", "settings"),
        PageEntry("health", "Sync and health", partial(HealthPage, parts, settings), under="settings"),
    ]


def _listing(kind: Callable[..., Page], parts: Parts, name: str) -> Page:
    """A list with its columns as this person left them."""
    kept = parts.preferences
    return kind(parts, columns=kept.table(name), keep_columns=kept.keep_table(name))


def _dashboard(parts: Parts, open_page: OpenPage) -> Page:
    """Every tile of the dashboard opens what it counts, on the page that lists it."""

    def show(page_id: str, wanted: object) -> None:
        page = open_page(page_id)
        show_filter = getattr(page, "show_filter", None)
        if wanted is not None and show_filter is not None:
            show_filter(wanted)

    page = DashboardPage(parts)
    page.page_wanted.connect(show)
    return page
