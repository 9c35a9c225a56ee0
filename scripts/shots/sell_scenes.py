"""The Sell page: a customer with a few things, what a code was that nothing has, held sales, an exchange."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.domain import basket as baskets
from posapp.domain.basket import BackLine, Basket
from posapp.domain.feed import Contact
from posapp.gui.pages.sell import SellPage
from scripts.shots.pictures import ALL, LIGHT, Missing, Scene
from scripts.shots.stage import Stage, settle

Draw = Callable[[Stage], object]
CODES = ("NECK-1", "3*ZOBO-50", "2*SHEA-200", "TOTE-BLU")


def _page(stage: Stage) -> SellPage:
    page = stage.front.open_page("sell")
    if not isinstance(page, SellPage):
        raise Missing("the window has no Sell page")
    page.shelf.show_tiles(True)
    page.shelf.close_strip()
    page.field.clear()
    stage.window.activateWindow()
    page.search()
    settle(60)
    return page


def _scan(page: SellPage, codes: tuple[str, ...] = CODES) -> None:
    for code in codes:
        QTest.keyClicks(page.field.edit, code)
        QTest.keyClick(page.field.edit, Qt.Key.Key_Return)


def _fill(stage: Stage) -> SellPage:
    """Four lines and a discount, once on a stage."""
    page = _page(stage)
    if not stage.marks("basket"):
        _scan(page)
        page.sale.edit(lambda basket: baskets.with_discount(basket, minor=70_000))
    settle()
    return page


def _for_blessing(basket: Basket) -> Basket:
    who = Contact("Blessing Okafor", "+234 809 555 0151")
    return baskets.for_customer(basket, "blessing", who.name, who)


def _with_notes(stage: Stage) -> SellPage:
    page = _fill(stage)
    if not stage.marks("notes"):
        page.sale.edit(_for_blessing)
        page.sale.edit(lambda basket: baskets.with_note(basket, "Gift wrap, please"))
        _scan(page, ("2*ADIRE-M",))
        key = page.lines.selected_key

        def special(basket: Basket) -> Basket:
            basket = baskets.with_line_discount(basket, key, basis_points=1_000)
            return baskets.with_line_note(basket, key, "One of them in blue")

        page.sale.edit(special, key)
        _scan(page, ("3*TOTE-RED", "WIG-14", "5*GELE-GOLD"))
    settle()
    return page


def _typed(words: str) -> Draw:
    def draw(stage: Stage) -> None:
        page = _fill(stage)
        QTest.keyClicks(page.field.edit, words)
        settle(350)
        if not page.field.is_listing:
            raise Missing(f"nothing is listed for {words}")

    return draw


def _unknown(stage: Stage) -> None:
    _fill(stage).scan("6151234567890")
    settle()


def _without_tiles(stage: Stage) -> None:
    _with_notes(stage).shelf.show_tiles(False)
    settle()


def _opened(opens: Callable[[SellPage], object], *keys: str) -> Draw:
    """What a key opens over the page, and what is typed into it."""

    def draw(stage: Stage) -> None:
        page = _with_notes(stage)
        opens(page)
        settle(120)
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            raise Missing("no dialog opened")
        for words in keys:
            QTest.keyClicks(dialog.focusWidget() or dialog, words)
            settle(300)

    return draw


def _removed(stage: Stage) -> None:
    page = _fill(stage)
    if not stage.marks("removed"):
        QTest.keyClick(page.field.edit, Qt.Key.Key_Delete)
    settle(60)


def _recall(stage: Stage) -> None:
    page = _page(stage)
    if not stage.marks("held"):
        for codes, name in ((CODES, "Blessing"), (("2*ADIRE-S", "SOAP-BH"), "Red bag, back at four")):
            _scan(page, codes)
            page.sale.hold(name)
        _scan(page, ("NECK-1",))
    page.held.recall()
    settle()


def _exchange(stage: Stage) -> None:
    page = _page(stage)
    if not stage.marks("exchange"):
        back = BackLine(
            "o", "l", 1, restock=True, number="0129", name="Adire shirt – M", worth_minor=1_850_000
        )
        page.sale.edit(lambda basket: baskets.in_exchange(basket, [back]))
        _scan(page, ("ADIRE-L", "SOAP-BH"))
    settle()


SELLING = (
    Scene("sell", _fill, ALL),
    Scene("sell_many", _with_notes, ALL),
    Scene("sell_empty", _page),
    Scene("sell_search", _typed("an"), ALL),
    Scene("sell_collect", _typed("ngo")),
    Scene("sell_unknown", _unknown),
    Scene("sell_without_tiles", _without_tiles, ALL),
    Scene("sell_price", _opened(lambda page: page.deeds.price())),
    Scene("sell_discount", _opened(lambda page: page.deeds.discount(), "5")),
    Scene("sell_customer", _opened(lambda page: page.deeds.customer())),
    Scene("sell_hold", _opened(lambda page: page.held.hold())),
    Scene("sell_removed", _removed, (LIGHT,)),
    Scene("sell_recall", _recall, ALL),
    Scene("sell_exchange", _exchange),
    Scene("sell_pay", _opened(lambda page: page.deeds.pay()), ALL),
    Scene("sell_nothing", _page, where="bare"),
)
