"""The connection test of a WooCommerce shop. It leaves nothing behind there.

Whether a key may write is asked by changing an order that cannot exist: a key that may
write is told that the id is invalid (400), one that may only read is not let in (401).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx
import msgspec

from posapp.domain.feed import Unreadable
from posapp.sync.connectors import verdicts
from posapp.sync.connectors.http import Answer, Caller
from posapp.sync.connectors.reading import BROKEN, clean_text, currency_code, parse_time
from posapp.sync.connectors.verdicts import failed
from posapp.sync.connectors.woocommerce_tax import read_tax, tax_words
from posapp.sync.connectors.woocommerce_walk import API
from posapp.sync.feed import FeedUnavailable, Finding, ShopTax, Verdict

NO_ORDER = "2147483647"
NEW_KEY = "In WooCommerce: Settings, Advanced, REST API, Add key, with Read/Write."
PLUGIN = "Check the address, and that WooCommerce is switched on there."


async def check_shop(caller: Caller, expected_currency: str, till_clock: Callable[[], datetime]) -> Verdict:
    """Try address, key, currency, clocks and lists. Never raises for what a server answers."""
    refused = verdicts.refused_address(caller)
    if refused is not None:
        return refused
    try:
        newest = {"per_page": "1", "orderby": "date", "order": "desc", "status": "any"}
        orders = await caller.get(f"{API}/orders", newest, tries=2)
        trouble = verdicts.of_state(orders, caller) or _first_trouble(orders)
        return trouble or await _look_closer(caller, orders, expected_currency, till_clock)
    except FeedUnavailable as error:
        return verdicts.of_error(error, caller)


def _first_trouble(answer: Answer) -> Verdict | None:
    """What the answer to the first question tells of address and key; None where all is well."""
    told = _body(answer)
    code = clean_text(told.get("code"), 80) if isinstance(told, dict) else ""
    if answer.status in (401, 403):
        return _key_trouble(answer, told, code)
    if answer.status == 404:
        if code == "rest_no_route":
            return failed("not_a_shop", "answers", "WordPress answers, but without WooCommerce.", PLUGIN)
        return failed(
            "wrong_address",
            "answers",
            "There is no web shop at this address (404).",
            "Check the address. In WordPress, permalinks must not be “Plain”.",
        )
    orders = told if isinstance(told, list) else None
    if answer.status != 200 or orders is None or not all(_is_order(one) for one in orders):
        return failed("not_a_shop", "answers", "Somebody answers, but it is no WooCommerce shop.", PLUGIN)
    return None


def _is_order(record: Any) -> bool:
    return isinstance(record, dict) and "order_key" in record


def _key_trouble(answer: Answer, told: Any, code: str) -> Verdict:
    if not code:
        return failed(
            "wrong_key" if answer.status == 401 else "not_a_shop",
            "key",
            "The address is behind a lock that is not WooCommerce's.",
            "A password page or a firewall stands before the shop; let the till through.",
        )
    message = clean_text(told.get("message"), 200).lower()
    if "read permission" in message:
        return failed("wrong_key", "key", "This key may only write.", NEW_KEY)
    return failed("wrong_key", "key", "The shop does not accept this key and secret.", NEW_KEY)


async def _look_closer(
    caller: Caller, orders: Answer, expected_currency: str, till_clock: Callable[[], datetime]
) -> Verdict:
    """Everything after the first good answer; each look may fail by itself."""
    newest = _body(orders)
    version = clean_text(newest[0].get("version"), 20) if newest else ""
    write = await _write_finding(caller)
    currency = await _currency(caller, newest)
    agrees = not expected_currency or not currency or currency == expected_currency
    index = await _look(caller, "/wp-json/", {"_fields": "name,timezone_string,gmt_offset"})
    index = index if isinstance(index, dict) else {}
    tax = await _tax(caller)
    findings = [
        verdicts.answers(caller, orders.took_s),
        write,
        await _money_finding(caller, currency, expected_currency),
        verdicts.clocks(orders, till_clock),
        _orders_finding(orders, newest),
        await _products_finding(caller),
        *await _unpaid_finding(caller),
        *([Finding("tax", "ok", tax_words(tax))] if tax else []),
    ]
    code = "read_only_key" if write.state == "failed" else "ok" if agrees else "wrong_currency"
    return Verdict(
        code=code,
        findings=tuple(findings),
        shop_name=clean_text(index.get("name"), 100) or httpx.URL(caller.base).host,
        currency=currency,
        time_zone=_time_zone(index),
        version=version,
        tax=tax,
    )


async def _tax(caller: Caller) -> ShopTax | None:
    """The shop's own tax, to be proposed for orders made here; None where the key may not see it."""
    enabled = await _setting(caller, "general", "woocommerce_calc_taxes")
    if enabled != "yes":
        return None
    home = await _setting(caller, "general", "woocommerce_default_country")
    included = await _setting(caller, "tax", "woocommerce_prices_include_tax")
    return read_tax(enabled, home, included, await _look(caller, f"{API}/taxes", {"per_page": "100"}))


async def _write_finding(caller: Caller) -> Finding:
    answer = await caller.send("PUT", f"{API}/orders/{NO_ORDER}", {})
    if answer.status in (401, 403):
        return Finding("key", "failed", "This key may only read.", NEW_KEY)
    if answer.status in (400, 404) and answer.is_json:
        return Finding("key", "ok", "May read and write orders, products, refunds")
    return Finding("key", "warning", "May read; whether it may write could not be seen.", "Test again later.")


async def _currency(caller: Caller, newest: list[dict[str, Any]]) -> str:
    """The shop's currency, by its settings or its newest order; "" where neither tells one."""
    told = await _look(caller, f"{API}/data/currencies/current")
    for holder, name in ((told, "code"), (newest[0] if newest else None, "currency")):
        if isinstance(holder, dict) and isinstance(holder.get(name), str):
            try:
                return currency_code(holder[name])
            except Unreadable:
                continue
    return ""


async def _money_finding(caller: Caller, currency: str, expected: str) -> Finding:
    """Whether both sides count in one currency; a shop may show fewer decimals than there are coins."""
    if not currency:
        return Finding("money", "warning", "The shop does not tell its currency.")
    if expected and currency != expected:
        return Finding(
            "money",
            "failed",
            f"The web shop sells in {currency}, this till in {expected}.",
            "One of the two must change before they can work together.",
        )
    shown = await _setting(caller, "general", "woocommerce_price_num_decimals")
    digits = {"": "", "0": ", no decimals", "1": ", one decimal"}.get(shown, f", {shown[:2]} decimals")
    return Finding("money", "ok", currency + digits)


def _orders_finding(answer: Answer, newest: list[dict[str, Any]]) -> Finding:
    if not newest:
        return Finding("orders", "ok", "No order yet")
    placed_at = parse_time(newest[0].get("date_created_gmt"))
    when = f", placed {placed_at:%Y-%m-%d %H:%M} UTC" if placed_at else ""
    number = clean_text(newest[0].get("number"), 40)
    return Finding("orders", "ok", f"{answer.count('x-wp-total') or 1:,} orders, the newest {number}{when}")


async def _products_finding(caller: Caller) -> Finding:
    answer = await caller.get(f"{API}/products", {"per_page": "1", "_fields": "id"}, tries=2)
    if answer.status != 200 or not isinstance(_body(answer), list):
        return Finding("products", "failed", "Products cannot be read.", NEW_KEY)
    count = answer.count("x-wp-total")
    return Finding("products", "ok", "They can be read" if count is None else f"{count:,} products")


async def _unpaid_finding(caller: Caller) -> list[Finding]:
    minutes = await _setting(caller, "products", "woocommerce_hold_stock_minutes")
    if not (minutes.isascii() and minutes.isdigit()) or int(minutes[:6]) == 0:
        return []
    words = (
        f"The web shop cancels orders after {int(minutes[:6])} min unpaid. A late payment goes to Attention."
    )
    return [Finding("unpaid", "warning", words, "In WooCommerce: Settings, Products, Inventory, Hold stock.")]


async def _setting(caller: Caller, group: str, name: str) -> str:
    """One of the shop's settings as text; "" where the key may not see it."""
    told = await _look(caller, f"{API}/settings/{group}/{name}")
    return clean_text(str(told.get("value", "")), 40) if isinstance(told, dict) else ""


async def _look(caller: Caller, path: str, params: dict[str, str] | None = None) -> Any:
    """The body of something that is good to know; None where it cannot be had."""
    try:
        answer = await caller.get(path, params, tries=1)
    except FeedUnavailable:
        return None
    return _body(answer) if answer.status == 200 else None


def _body(answer: Answer) -> Any:
    if not answer.is_json:
        return None
    try:
        return msgspec.json.decode(answer.body)
    except BROKEN:
        return None


def _time_zone(index: dict[str, Any]) -> str:
    """The shop's zone by its name, "Africa/Lagos"; "" where it tells none that this computer knows."""
    named, offset = clean_text(index.get("timezone_string"), 60), index.get("gmt_offset")
    if not named and isinstance(offset, int | float) and float(offset).is_integer():
        named = f"Etc/GMT{-int(offset):+d}" if offset else "UTC"  # the sign of these names is turned round
    try:
        return ZoneInfo(named).key if named else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
