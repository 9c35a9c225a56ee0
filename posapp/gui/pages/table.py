"""The one table of pages."""

from collections.abc import Callable
from functools import partial

from posapp.gui.pages.dashboard import DashboardPage
from posapp.gui.parts import Parts
from posapp.gui.widgets.page import Page, PageEntry

OpenPage = Callable[[str], Page]


def pages(parts: Parts, open_page: OpenPage) -> list[PageEntry]:
    """Every page of the window, in the order of the rail; each is made when it is first opened."""
    return [
        PageEntry(
            "dashboard", "Dashboard", partial(_dashboard, parts, open_page), "layout-dashboard", "dashboard"
        ),
    ]


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
