"""Adaeze Stores on Friday 20 November, 14:32: the day that the pictures tell, through real commands."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtWidgets import QDialog

from posapp.commands.catalogue import ImportProduct
from posapp.commands.orders import HandOver, MarkShipped
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.shop_orders import CancelShopOrder, WebLine, WebTerms
from posapp.commands.staff import AddStaff
from posapp.commands.stock import CountStock
from posapp.desk import Desk as TillDesk
from posapp.domain.orders import Order, ShipStatus
from posapp.domain.payments import PaymentState
from posapp.gui.changes import Changes
from posapp.gui.paper import Paper
from posapp.gui.parts import Parts
from posapp.gui.parts import Shop as ShopFacts
from posapp.gui.perform import Perform
from posapp.gui.post import BankList, BankName, LinkMade, PaymentTold, Post, SyncLine
from posapp.gui.theme import Theme
from posapp.gui.who import Who
from posapp.pins import Pins
from posapp.queries.reader import Reader
from tests.shop import Shop

LAGOS = ZoneInfo("Africa/Lagos")
PRODUCTS = (  # id, name, code, naira, units at the beginning, of the web shop
    ("fabric", "Ankara fabric, 6 yards", "ANK-FAB-6", 15_000, 24, False),
    ("blue", "Ankara tote (blue)", "ANK-TOTE-BLU", 12_500, 9, True),
    ("red", "Ankara tote (red)", "ANK-TOTE-RED", 12_500, 3, True),
    ("necklace", "Beaded necklace", "BEAD-NECK", 6_500, 12, False),
    ("soap", "Black soap 250 g", "BLK-SOAP-250", 1_800, 46, True),
    ("wig", 'Body wave wig 14"', "WIG-BW-14", 55_000, 2, True),
    ("chin", "Chin chin 300 g", "CHIN-300", 1_500, 31, False),
    ("coco", "Coconut oil 250 ml", "COCO-250", 2_800, 18, False),
    ("egusi", "Egusi 500 g", "EGUSI-500", 3_200, 22, False),
    ("fila", "Fila cap", "FILA-CAP", 7_000, 8, False),
    ("gele", "Gele head tie", "GELE-HT", 8_500, 17, True),
    ("hair", "Hair oil 100 ml", "HAIR-OIL-100", 2_400, 27, False),
    ("sandals", "Leather sandals 42", "SAND-42", 18_000, 9, False),
    ("palm", "Palm oil 1 L", "PALM-1L", 2_600, 33, False),
    ("rice", "Rice 5 kg", "RICE-5", 9_800, 2, True),
    ("shea", "Shea butter 200 g", "SHEA-200", 3_000, 62, True),
    ("zobo", "Zobo 50 cl", "ZOBO-50", 900, 5, True),
)


class Adaeze(Shop):
    """The shop with hands for the story: times of the day in Lagos, customers, web orders with delivery."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.at(8, 0, day=12)
        for name, role_id in (("Chidi", "cashier"), ("Bola", "cashier"), ("Ify", "manager")):
            self.do(AddStaff, name=name, role_id=role_id)
        for product_id, name, code, naira, units, of_web in PRODUCTS:
            self.article(product_id, name, code, naira, of_web=of_web)
            if units:
                self.receive(product_id, units)

    def at(self, hour: int, minute: int, *, day: int = 20) -> None:
        self.now = datetime(2026, 11, day, hour, minute, tzinfo=LAGOS).astimezone(UTC)

    def article(self, product_id: str, name: str, code: str, naira: int, *, of_web: bool) -> None:
        values: dict[str, Any] = {
            "name": name, "sku": code, "barcode": f"61501427{len(name):04d}", "price_minor": naira * 100,
        }  # fmt: skip
        if of_web:
            self.do(
                ImportProduct, product_id=product_id, parent_id="", item_id=product_id, track_stock=True, sellable=True,
                archived=False, shop_id="shop", remote_id=product_id, digest="1", **values,
            )  # fmt: skip
        else:
            values.pop("name")
            self.product(name, product_id=product_id, **values)

    def someone(self, name: str, phone: str = "", address: str = "") -> str:
        return self.customer(name, phone=phone, address=address)

    def on_web(
        self, remote_id: int, who: str, wanted: dict[str, int], *, delivery: int = 0, discount: int = 0
    ) -> str:
        """An order of the web shop: units by product; delivery and discount in naira."""
        facts = {row[0]: row for row in PRODUCTS}
        goods = sum(facts[p][3] * 100 * units for p, units in wanted.items())
        lines = []
        for place, (product, units) in enumerate(wanted.items()):
            whole = facts[product][3] * 100 * units
            net = whole - discount * 100 * whole // goods
            line = WebLine(
                f"{remote_id}-{place}", product, facts[product][2], facts[product][1], units,
                facts[product][3] * 100, net, {}, 0,
            )  # fmt: skip
            lines.append(line)
        terms = WebTerms(tuple(lines), delivery * 100, {}, 0, {}, discount * 100, str(remote_id))
        return self.web_order(str(remote_id), {}, terms=terms, contact_id=who)

    def paid_on_web(self, order_id: str) -> None:
        total = self.order(order_id).total_minor
        self.told(order_id, total, PaymentState.SUCCEEDED, f"T6813 {order_id}")

    def delivered(self, order_id: str) -> None:
        self.do(HandOver, order_id=order_id)
        self.do(MarkShipped, order_id=order_id, ship_status=ShipStatus.DELIVERED)


def tell_the_day(shop: Adaeze, *, before: int = 0) -> dict[str, Order]:
    """Let Friday happen until 14:32; `before` older orders lie before it. Gives the orders by their customer."""
    for n in range(before):
        shop.at(9 + n % 8, n % 60, day=13 + n % 7)
        order = shop.sold({"shea" if n % 2 else "palm": 1}, customer=f"Customer {n + 1}")
        shop.delivered(order)
        shop.receive("shea" if n % 2 else "palm", 1)
    shop.at(18, 40, day=14)
    shop.do(
        CountStock, product_id="red", location_id=MAIN_LOCATION, counted=2, seen=3, reason="Evening count"
    )
    shop.at(9, 12, day=16)
    shop.receive("red", 2)
    made: dict[str, str] = {}
    _morning(shop, made)
    _noon(shop, made)
    shop.at(14, 32)
    return {name: shop.order(order_id) for name, order_id in made.items()}


def _morning(shop: Adaeze, made: dict[str, str]) -> None:
    shop.at(8, 20)
    made["early"] = shop.sold({"gele": 2, "fila": 1, "egusi": 3, "shea": 1})
    shop.delivered(made["early"])
    shop.at(9, 28)
    ngozi = shop.someone("Ngozi Okeke", "+234 803 555 0134", "3 Harbour Road, Apapa")
    made["Ngozi"] = shop.on_web(88205, ngozi, {"shea": 8, "blue": 3}, delivery=1_325)
    shop.paid_on_web(made["Ngozi"])
    shop.at(10, 2)
    uche = shop.on_web(88206, shop.someone("Uche Nnamdi", "+234 803 555 0131"), {"wig": 1})
    made["Uche"] = uche
    shop.at(10, 6)
    made["sandals"] = shop.sold({"sandals": 2, "chin": 3})
    shop.delivered(made["sandals"])
    shop.do(CancelShopOrder, order_id=uche, detail="cancelled")
    shop.at(10, 15)
    shop.told(uche, 5_500_000, PaymentState.SUCCEEDED, "T6813 late")
    shop.at(11, 46)
    rice = shop.sold({"rice": 2}, customer="Amina Bello")
    shop.delivered(rice)
    shop.at(11, 48)
    made["Musa"] = shop.on_web(88208, shop.someone("Musa Danjuma", "+234 803 555 0137"), {"rice": 2})
    shop.at(11, 50)
    shop.paid_on_web(made["Musa"])


def _noon(shop: Adaeze, made: dict[str, str]) -> None:
    shop.at(12, 8)
    made["fabric"] = shop.sold({"fabric": 3, "fila": 1})
    shop.delivered(made["fabric"])
    shop.at(13, 18)
    made["Grace"] = shop.sold({"sandals": 3, "coco": 2}, customer="Grace Udo")
    shop.delivered(made["Grace"])
    shop.at(13, 55)
    halima = shop.someone("Halima Sani", "+234 806 555 0140", "14 Palm Close, Surulere")
    made["Halima"] = shop.on_web(88211, halima, {"red": 2}, delivery=1_500)
    shop.at(13, 57)
    made["Bisi"] = shop.on_web(88212, shop.someone("Bisi Alabi"), {"red": 1, "palm": 1})
    shop.at(13, 59)
    ada = shop.someone("Ada Obi", "+234 803 555 0142", "8 Mango Lane, Ikeja")
    made["Ada"] = shop.on_web(88213, ada, {"red": 3, "shea": 2}, delivery=1_500, discount=2_175)
    shop.at(14, 4)
    shop.paid_on_web(made["Halima"])
    shop.at(14, 5)
    shop.paid_on_web(made["Ada"])
    shop.at(14, 11)
    emeka = shop.someone("Emeka Nwankwo", "+234 805 555 0143")
    made["Emeka"] = shop.place({"shea": 5}, contact_id=emeka)
    shop.pay(made["Emeka"], 1_500_000, method="transfer", reference="GTB 4471", awaiting=True)
    shop.at(14, 15)
    made["Zainab"] = shop.on_web(88215, shop.someone("Zainab Yusuf"), {"gele": 2}, delivery=1_500)
    shop.paid_on_web(made["Zainab"])
    shop.at(14, 23)
    made["sandal"] = shop.sold({"sandals": 1})
    shop.delivered(made["sandal"])
    shop.at(14, 26)
    made["Funke"] = shop.on_web(88217, shop.someone("Funke Ojo"), {"zobo": 3, "soap": 2, "coco": 1})
    shop.at(14, 27)
    made["part"] = shop.place({"necklace": 2}, customer="Chioma Eze")
    shop.pay(made["part"], 500_000)


def reopen(folder: Path, at: datetime) -> Adaeze:
    """Open a copy of a told day and go on from there."""
    shop = Adaeze.__new__(Adaeze)
    shop.folder, shop.now, shop._made = folder, at, 10_000
    shop.desk, shop.reader = TillDesk(folder, clock=shop.clock), Reader(folder)
    return shop


class SilentPost(Post):
    """The post of a till whose web shop was read at 14:32; it notes what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.bank_list = BankList(
            tuple(
                BankName(str(at), name)
                for at, name in enumerate(("Harmattan Bank", "Lagoon Bank", "Palm Bank"))
            )
        )

    def look_now(self) -> None:
        self.asked.append("look")

    def banks(self, provider: str, currency: str, answer: Callable[[BankList], None]) -> None:
        self.asked.append(f"banks of {provider} in {currency}")
        answer(self.bank_list)

    def check_payment(self, order_id: str, answer: Callable[[PaymentTold], None]) -> None:
        self.asked.append(f"payment of {order_id}")
        self.answer_payment = answer

    def payment_link(
        self, order_id: str, amount_minor: int, email: str, answer: Callable[[LinkMade], None]
    ) -> None:
        self.asked.append(f"link over {amount_minor} to {email}")
        self.answer_link = answer


class Counter:
    """Everything a page needs, on a real shop; what pages ask the window for is noted."""

    def __init__(self, shop: Shop, theme: Theme, *, orders: dict[str, str] | None = None) -> None:
        self.paper = NotingPaper()
        self.shop, self.orders = shop, orders or {}
        self.opened: list[str] = []
        self.toasts: list[tuple[str, dict[str, Any]]] = []
        self.changes = Changes()
        self.perform = Perform(shop.desk, actor="")
        self.who = Who(shop.reader, self.perform, Pins(shop.desk), self.changes)
        self.post = SilentPost()
        self.post.line = SyncLine("idle", last_ok=shop.now)
        shop.desk.listeners.append(self.changes.tell)
        self.parts = Parts(
            reader=shop.reader,
            changes=self.changes,
            perform=self.perform,
            post=self.post,
            shop=ShopFacts("Adaeze Stores", "NGN", LAGOS, "A", MAIN_LOCATION, self.who),
            clock=lambda: shop.now,
            open_order=self.opened.append,
            toast=lambda words, **more: self.toasts.append((words, more)),
            theme=theme,
            paper=self.paper,
        )


class NotingPaper(Paper):
    """A printer that is told of sales, and notes whether each of them moved cash."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bool] = []

    def sold(self, *, cash: bool) -> None:
        self.told.append(cash)


def is_closed(dialog: QDialog) -> bool:
    """Whether a dialog is gone, or about to be: dialogs are deleted when they are closed."""
    return not shiboken6.isValid(dialog) or not dialog.isVisible()
