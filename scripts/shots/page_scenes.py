"""The pages, full and empty, and what holds above them."""

import json
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.commands.resolutions import Resolve
from posapp.commands.taxes import SaveTaxClass
from posapp.gui.pages.orders_dates import Days
from posapp.gui.post import SyncLine, TestFinding, TestResult
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.queries.attention import attention_rows
from posapp.queries.details import order_details
from posapp.queries.health import connections
from posapp.queries.orders import DateOf
from posapp.sync import inbox
from posapp.sync.feed import RawItem
from scripts.shots.pictures import ALL, BOTH, LIGHT, Missing, Scene
from scripts.shots.stage import FRIDAY, Stage, settle


def _page(stage: Stage, page_id: str) -> object:
    """Open a page as a key would: the focus comes along."""
    try:
        page = stage.front.open_page(page_id)
    except KeyError:
        raise Missing(f"the window has no page {page_id}") from None
    settle()
    return page


def _dashboard(stage: Stage) -> None:
    _page(stage, "dashboard")


def _orders(stage: Stage) -> None:
    page = _page(stage, "orders")
    page.table.select_id(stage.order("Ada Obi"))


def _orders_without_panel(stage: Stage) -> None:
    page = _page(stage, "orders")
    page.table.setFocus()
    if page.panel.isVisible():
        press(stage, Qt.Key.Key_Space)


def _orders_menu(stage: Stage) -> None:
    page = _page(stage, "orders")
    chip: FilterChip = page.filters.payment
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    chip.click()


def _orders_days(stage: Stage) -> None:
    """Days from and to, by the day of confirmation, with the calendar open."""
    page = _page(stage, "orders")
    chip = page.filters.day
    chip.set_days(Days("range", FRIDAY.date() - timedelta(days=6), FRIDAY.date(), DateOf.CONFIRMED))
    chip.choose_range()
    settle()


def _clock_off(stage: Stage) -> None:
    """The clock of this computer is seven minutes ahead."""
    stage.post.say(SyncLine("idle", last_ok=FRIDAY, skew_s=420))
    _page(stage, "health")


def _orders_no_match(stage: Stage) -> None:
    page = _page(stage, "orders")
    page.finder.edit.setText("0999")
    settle(400)


def _attention(stage: Stage) -> None:
    page = _page(stage, "attention")
    page.table.select_id(stage.order("Ada Obi"))


def _products(stage: Stage) -> None:
    page = _page(stage, "products")
    page.table.select_id(stage.product("TOTE-RED").id)


def _health(stage: Stage) -> None:
    _page(stage, "health")


def _quarantine(stage: Stage) -> None:
    """Two records that no rule can follow."""
    if not stage.marks("quarantine"):
        _set_aside(stage)
    _page(stage, "health")


def _set_aside(stage: Stage) -> None:
    shop = next(row for row in connections(stage.reader) if row.kind == "woocommerce")
    line = {"id": 7, "name": "Zobo 50 cl", "quantity": 2_000_000, "total": "1800000000.00"}
    wild = {"id": 431, "number": "431", "status": "processing", "currency": "NGN", "line_items": [line]}
    dollars = {"id": 433, "number": "433", "status": "processing", "currency": "USD", "total": "12.00"}
    reasons = {
        "431": "line_items[0].quantity is 2000000, more than 1,000,000",
        "433": "the order is in USD, the shop in NGN",
    }
    items = [
        RawItem(
            "order", str(raw["id"]), f"order {raw['id']}", "2026-11-20T13:20:00", json.dumps(raw).encode()
        )
        for raw in (wild, dollars)
    ]
    stage.desk.write_now(inbox.store_items(shop.id, items, FRIDAY, FRIDAY - timedelta(minutes=12)))
    for row in stage.desk.write_now(lambda c: inbox.waiting(c, shop.id, "order")):
        if row.item.remote_id in reasons:
            stage.desk.write_now(inbox.mark([row.seq], "quarantined", FRIDAY, reasons[row.item.remote_id]))
    stage.post.connections_changed.emit()
    settle()


def _offline(stage: Stage) -> None:
    """No network since 14:32; it is 14:41 now."""
    stage.clock.now = FRIDAY + timedelta(minutes=9)
    stage.post.say(SyncLine("offline", last_ok=FRIDAY))
    _page(stage, "attention")


def _offline_orders(stage: Stage) -> None:
    stage.clock.now = FRIDAY + timedelta(minutes=9)
    stage.post.say(SyncLine("offline", last_ok=FRIDAY))
    _page(stage, "orders")


def _trouble(stage: Stage) -> None:
    """Everything that a banner can say, at once."""
    if not stage.marks("trouble"):
        _set_aside(stage)
    stage.post.say(SyncLine("fault", last_ok=FRIDAY, words="posapp stumbled while it looked for orders."))
    _page(stage, "orders")


def _nothing_needs_you(stage: Stage) -> None:
    for row in attention_rows(stage.reader):
        seen = order_details(stage.reader, row.id, stage.clock())
        assert seen is not None
        for offer in seen.offers:
            if offer.can.allowed and offer.key in ("fulfill_order", "refund"):
                stage.do(Resolve, order_id=row.id, key=offer.key, seen=seen.fingerprint)
                break
    settle()
    _page(stage, "attention")


def _settings(stage: Stage, section: str) -> object:
    page = _page(stage, "settings")
    try:
        return page.show_section(section)
    except StopIteration:
        raise Missing(f"Settings have no section {section}") from None


def _settings_taxes(stage: Stage) -> None:
    """One class beside the standard one, and room for another."""
    rates = (("VAT", 750), ("Luxury levy", 200))
    stage.do(SaveTaxClass, tax_class_id="luxury", name="Jewellery", rates=rates, included=False)
    _settings(stage, "taxes")


def _settings_connection(stage: Stage) -> None:
    """The web shop's connection, tested a moment ago."""
    section = _settings(stage, "web")
    found = (
        TestFinding("answers", "ok", "The shop answers over https"),
        TestFinding("key", "ok", "The key may read and write"),
        TestFinding("money", "ok", "Prices are in NGN, as here"),
        TestFinding("clock", "warning", "Its clock is 40 s ahead", "Nothing to do: its own times are used."),
        TestFinding("orders", "ok", "16 orders can be read"),
    )
    result = TestResult("ok", found, "Adaeze Stores", "NGN", "Africa/Lagos", "9.4.2", 1.4)
    section.test.show_result(result, stage.clock())
    settle()


def _settings_new(stage: Stage) -> None:
    _settings(stage, "web")


def _importing(stage: Stage) -> None:
    """The first import is a quarter through."""
    stage.desk.write_now(lambda c: c.execute("UPDATE connection SET imported = 0"))
    stage.post.say(SyncLine("syncing", 120, 480))
    _settings(stage, "web")


def _jump(stage: Stage) -> None:
    _page(stage, "dashboard")
    press(stage, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    stage.front.window.jump_box.edit.setText("ada")
    settle(400)


def press(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or stage.window, key, modifier)
    settle()


PAGES = (
    Scene("dashboard", _dashboard, ALL),
    Scene("orders", _orders, ALL),
    Scene("orders_list", _orders_without_panel, (LIGHT,)),
    Scene("orders_menu", _orders_menu),
    Scene("orders_days", _orders_days),
    Scene("sync_clock_off", _clock_off),
    Scene("orders_no_match", _orders_no_match, (LIGHT,)),
    Scene("attention", _attention, ALL),
    Scene("products", _products, ALL),
    Scene("settings_connection", _settings_connection, ALL),
    Scene("settings_payments", lambda stage: _settings(stage, "payments")),
    Scene("settings_taxes", _settings_taxes, ALL),
    Scene("settings_shop", lambda stage: _settings(stage, "shop")),
    Scene("settings_look", lambda stage: _settings(stage, "look"), ALL),
    Scene("settings_logs", lambda stage: _settings(stage, "logs")),
    Scene("sync_health", _health, ALL),
    Scene("quarantine", _quarantine),
    Scene("jump_box", _jump),
    Scene("offline", _offline),
    Scene("offline_orders", _offline_orders, (LIGHT,)),
    Scene("trouble", _trouble),
    Scene("attention_empty", _nothing_needs_you),
    Scene("empty_dashboard", _dashboard, BOTH, "bare"),
    Scene("empty_orders", lambda stage: _page(stage, "orders"), BOTH, "bare"),
    Scene("empty_attention", lambda stage: _page(stage, "attention"), BOTH, "bare"),
    Scene("empty_products", lambda stage: _page(stage, "products"), BOTH, "bare"),
    Scene("empty_health", _health, BOTH, "bare"),
    Scene("settings_new", _settings_new, BOTH, "bare"),
    Scene("importing", _importing),
)
