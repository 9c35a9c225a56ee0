"""Times the questions of the screens on a large shop: `python -m tests.queries.measure [orders]`.

Prints milliseconds, the median and the worst of 40 runs. The rows are written straight into
the tables: what is measured is reading them.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from posapp.commands.resolutions import Resolve
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.db import database
from posapp.db.rows import to_text
from posapp.desk import Desk
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.domain.stock import level_id
from posapp.queries.attention import attention_count, attention_rows
from posapp.queries.dashboard import dashboard
from posapp.queries.details import order_details
from posapp.queries.effects import foresee
from posapp.queries.jump import jump
from posapp.queries.orders import OrderFilter, OrdersSource, View, orders_summary
from posapp.queries.products import ProductFilter, ProductsSource, waiting_for
from posapp.queries.reader import Reader
from posapp.queries.sales import total_sales

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=UTC)
STEP = timedelta(minutes=3)  # from one order to the next
FIRST = (
    "Ada",
    "Musa",
    "Uche",
    "Halima",
    "Zainab",
    "Emeka",
    "Bisi",
    "Tunde",
    "Ngozi",
    "Grace",
    "Funke",
    "Kemi",
)
LAST = (
    "Obi",
    "Danjuma",
    "Nnamdi",
    "Sani",
    "Yusuf",
    "Nwankwo",
    "Alabi",
    "Bello",
    "Okeke",
    "Udo",
    "Ojo",
    "Ade",
)
PRODUCTS = 400


def fill(connection: Connection, orders: int) -> None:
    """Write a shop with so many orders, most of them done long ago."""
    chance = random.Random(7)
    connection.execute("BEGIN")
    products(connection)
    contacts = max(1, orders // 4)
    connection.executemany(
        "INSERT INTO contact (id, name, phone, phone_reversed, email, address, note) VALUES (?, ?, ?, ?, ?, '', '')",
        (contact(n, chance) for n in range(contacts)),
    )
    for n in range(orders):
        order(connection, n, orders, contacts, chance)
    connection.execute("COMMIT")


def products(connection: Connection) -> None:
    for n in range(PRODUCTS):
        insert(connection, "product", id=f"p{n}", parent_id="", name=f"Article {n} of cotton", sku=f"SKU-{n}",
               barcode=f"6150{n:06d}", price_minor=100_000 + n * 500, item_id=f"p{n}", track_stock=1, sellable=1,
               archived=0, shop_id="", remote_id="", digest="")  # fmt: skip
        insert(connection, "level", id=level_id(f"p{n}", MAIN_LOCATION), item_id=f"p{n}", location_id=MAIN_LOCATION,
               on_hand=n % 60, allocated=0, recount=0)  # fmt: skip


def contact(n: int, chance: random.Random) -> tuple[str, ...]:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}{n % 997}"
    phone = f"+23480{n:08d}"
    return f"c{n}", name, phone, phone[:0:-1], f"buyer{n}@example.test"


def order(connection: Connection, n: int, of: int, contacts: int, chance: random.Random) -> None:
    """One order of one to four lines; the newest two in a hundred are still open in some way."""
    placed = NOW - STEP * (of - n)
    recent, fate = n > of * 0.98, chance.random()
    status = "COMPLETED"
    if fate < 0.05:
        status = "CANCELLED"
    elif recent and fate < 0.4:
        status = "OPEN"
    elif recent and fate < 0.8:
        status = "PROCESSING"
    paid = status in ("COMPLETED", "PROCESSING")
    units = [chance.randrange(PRODUCTS) for _ in range(chance.randint(1, 4))]
    total = sum(100_000 + u * 500 for u in units)
    stamp = to_text(placed)
    short = status == "PROCESSING" and n % 40 == 0
    pending = not paid and chance.random() < 0.1
    goods = {
        "COMPLETED": "handed_over",
        "PROCESSING": "to_prepare",
        "OPEN": "not_started",
        "CANCELLED": "cancelled",
    }
    mark = "paid" if paid else "awaiting" if pending and status == "OPEN" else "unpaid"
    insert(connection, "orders", id=f"o{n:08d}", number=f"{n + 1:04d}", channel=chance.choice(("WEB", "MANUAL")),
           location_id=MAIN_LOCATION, currency="NGN", placed_at=stamp, sequence=n, local_ref=f"A-{n + 1:04d}",
           shop_id="", remote_id=str(800_000 + n), remote_key="", contact_id=f"c{chance.randrange(contacts)}",
           status=status, ship_status="UNFULFILLED", close_reason="SHOP" if status == "CANCELLED" else "", version=1,
           confirmed_at=stamp if paid else None, cancelled_at=None, queue_at=stamp if paid else None, queue_seq=n,
           discount_minor=0, shipping_net_minor=0, shipping_taxes="{}", fees_net_minor=0, fees_taxes="{}",
           kept_minor=0, unassigned_minor=0, total_placed_minor=total, total_minor=total,
           contribution_minor=total if paid else 0, credit_kept_minor=0, payment_method="", transaction_id="",
           history=0, completed_in_shop=0, shop_status="", shop_digest="", shop_paid_at=None,
           payment_mark=mark, fulfilment_mark="attention" if short else goods[status],
           paid_minor=total if paid else 0)  # fmt: skip
    for at, u in enumerate(units):
        insert(connection, "order_line", id=f"l{n}-{at}", order_id=f"o{n:08d}", position=at, variant_id=f"p{u}",
               item_id=f"p{u}" if paid else "", remote_id="", sku=f"SKU-{u}", name=f"Article {u} of cotton",
               qty_placed=1, qty=1, unit_price_minor=100_000 + u * 500, net_minor=100_000 + u * 500, taxes="{}",
               tracked=int(paid), confirmed_qty=int(paid), refunded_qty=0,
               allocated_qty=int(status == "PROCESSING" and not short), handed_over_qty=int(status == "COMPLETED"),
               taken_by_shop=0)  # fmt: skip
    if paid or pending:
        insert(connection, "payment", id=f"y{n}", order_id=f"o{n:08d}", provider="hand", provider_ref=f"y{n}",
               reference=f"T{n:07d}", method="transfer", gross_minor=total, customer_fee_minor=0,
               state="SUCCEEDED" if paid else "PENDING", paid_at=stamp, applied=1)  # fmt: skip
    if paid:
        insert(
            connection,
            "sales_entry",
            id=f"s{n}",
            order_id=f"o{n:08d}",
            at=stamp,
            amount_minor=total,
            refund_id="",
        )
    if short:
        insert(connection, "attention_case", id=f"a{n}", order_id=f"o{n:08d}", reason="SHORTAGE", opened_at=stamp,
               is_open=1, figures="[]", overtaken_by=f"o{n - 1:08d}", detail="", resolution="", resolved_by="",
               resolved_at=None)  # fmt: skip


def insert(connection: Connection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def report(what: str, ask: Callable[[], Any], runs: int = 40) -> None:
    """Ask, time, print."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    sys.stdout.write(f"{what:<52} {taken[len(taken) // 2]:>9.2f} {taken[-1]:>9.2f}\n")


def main(orders: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = Desk(folder, clock=lambda: NOW)
        desk.do(OpenShop(id="open", actor="Owner", at=NOW, name="Shop", owner="Owner", currency="NGN",
                         time_zone="Africa/Lagos"))  # fmt: skip
        desk.write_now(lambda connection: connection.execute("SELECT 1").fetchall())
        desk.close()
        writer = database.open_writer(folder)
        fill(writer, orders)
        writer.close()
        size = database.database_path(folder).stat().st_size / 1e6
        sys.stdout.write(f"{orders:,} orders, {size:.0f} MB; milliseconds, median and worst of 40\n\n")
        ask_everything(Reader(folder), orders)


def ask_everything(reader: Reader, orders: int) -> None:
    middle = (to_text(NOW - STEP * (orders // 2)), "~")
    lists = {
        "all": OrderFilter(),
        "today": OrderFilter(view=View.TODAY, at=NOW),
        "to prepare": OrderFilter(view=View.TO_PREPARE),
        "awaiting": OrderFilter(view=View.AWAITING),
        "status attention": OrderFilter(status=FulfilmentMark.ATTENTION),
        "status handed over": OrderFilter(status=FulfilmentMark.HANDED_OVER),
        "status cancelled": OrderFilter(status=FulfilmentMark.CANCELLED),
        "status not started": OrderFilter(status=FulfilmentMark.NOT_STARTED),
        "payment paid": OrderFilter(payment=PaymentMark.PAID),
        "payment partly (none)": OrderFilter(payment=PaymentMark.PARTLY),
        "payment unpaid": OrderFilter(payment=PaymentMark.UNPAID),
        "payment owed (none)": OrderFilter(payment=PaymentMark.OWED),
    }
    for name, chosen in lists.items():
        source = OrdersSource(reader, chosen)
        report(f"{name}: first page of 256", lambda s=source: s.page_after(None, 256))
        report(f"{name}: page in the middle", lambda s=source: s.page_after(middle, 256))
        report(f"{name}: 1,024 rows further", lambda s=source: s.skip(None, 1024))
        report(f"{name}: count", source.count, 10)
        report(f"{name}: summary", lambda c=chosen: orders_summary(reader, c), 3)
    some = orders // 2
    typed = ("1", "12", f"{some:04d}", str(800_000 + some), f"+23480{some // 8:08d}", f"080{some // 8:08d}",
             f"T{some:07d}", "2500", "Ada", "Halima Sani", "buyer12", "SKU-7", f"A-{some:04d}", "nobody",
             "₦3,045")  # fmt: skip
    for text in typed:
        source = OrdersSource(reader, OrderFilter(search=text))
        report(
            f"search {text!r} ({source.count()} found)", lambda s=source: (s.count(), s.page_after(None, 256))
        )
    for text in (f"{some:04d}", "Ada", "Article 12", "SKU-7"):
        report(f"jump {text!r}", lambda t=text: jump(reader, t))
    report("attention: count", lambda: attention_count(reader))
    report("attention: rows", lambda: attention_rows(reader))
    report("dashboard", lambda: dashboard(reader, NOW))
    report("total sales of all time", lambda: total_sales(reader), 10)
    report("total sales of today", lambda: total_sales(reader, NOW - timedelta(hours=14), NOW))
    rows = attention_rows(reader)
    order_id = rows[0].id
    report("details of an order in attention", lambda: order_details(reader, order_id, NOW))
    command = Resolve(id="x", actor="Owner", at=NOW, order_id=order_id, key="fulfill_order")
    report("foresee fulfill order", lambda: foresee(reader, command, NOW))
    report("products: page", lambda: ProductsSource(reader, ProductFilter()).page_after(None, 256))
    report(
        "products: search",
        lambda: ProductsSource(reader, ProductFilter(search="cotton")).page_after(None, 256),
    )
    report("waiting for an item", lambda: waiting_for(reader, "p7"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
