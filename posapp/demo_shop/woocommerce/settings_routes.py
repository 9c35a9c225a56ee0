"""What a connector asks once: currency, taxes, settings, gateways, delivery zones, the site itself."""

from collections.abc import Mapping

from posapp.demo_shop.provider import METHOD, TITLE
from posapp.demo_shop.woocommerce.order_view import ITEM_VERBS, VERSION
from posapp.demo_shop.woocommerce.rest import Answer, Call, RestError

WP_VERSION = "7.0.4"
EDIT_VERBS = ["GET", "POST", "PUT", "PATCH"]
NAMESPACES = [
    "oembed/1.0",
    "wc/v1",
    "wc/v2",
    "wc/v3",
    "wc/store",
    "wc/store/v1",
    "wp/v2",
    "wp-site-health/v1",
]

_YES_NO = {"yes": "yes", "no": "no"}
_BASE = {"base": "Shop base address"}
_INHERIT = {"inherit": "Shipping tax class based on cart items"}
_SHOWN = {"incl": "Including tax", "excl": "Excluding tax"}
_TOTAL = {"single": "As a single total", "itemized": "Itemized"}
# id: label, type, default, value, options
_Setting = tuple[str, str, str, str, Mapping[str, str] | None]
SETTINGS: dict[str, dict[str, _Setting]] = {
    "general": {
        "woocommerce_store_address": ("Address line 1", "text", "", "12 Allen Avenue", None),
        "woocommerce_store_city": ("City", "text", "", "Lagos", None),
        "woocommerce_default_country": (
            "Country / State",
            "select",
            "US:CA",
            "NG:LA",
            {"NG:LA": "Nigeria — Lagos"},
        ),
        "woocommerce_calc_taxes": ("Enable taxes", "checkbox", "no", "yes", None),
        "woocommerce_enable_coupons": ("Enable coupons", "checkbox", "yes", "yes", None),
        "woocommerce_currency": ("Currency", "select", "USD", "NGN", {"NGN": "Nigerian naira (&#8358;)"}),
        "woocommerce_currency_pos": ("Currency position", "select", "left", "left", {"left": "Left"}),
        "woocommerce_price_thousand_sep": ("Thousand separator", "text", ",", ",", None),
        "woocommerce_price_decimal_sep": ("Decimal separator", "text", ".", ".", None),
        "woocommerce_price_num_decimals": ("Number of decimals", "number", "2", "2", None),
    },
    "products": {
        "woocommerce_weight_unit": ("Weight unit", "select", "lbs", "kg", {"kg": "kg", "g": "g"}),
        "woocommerce_manage_stock": ("Manage stock", "checkbox", "yes", "yes", None),
        # Empty: an unpaid order holds nothing back, so that two customers can pay for the last unit.
        "woocommerce_hold_stock_minutes": ("Hold stock (minutes)", "number", "60", "", None),
        "woocommerce_notify_low_stock": ("Notifications", "checkbox", "yes", "yes", None),
        "woocommerce_notify_low_stock_amount": ("Low stock threshold", "number", "2", "2", None),
        "woocommerce_notify_no_stock_amount": ("Out of stock threshold", "number", "0", "0", None),
        "woocommerce_hide_out_of_stock_items": ("Out of stock visibility", "checkbox", "no", "no", None),
    },
    "tax": {
        "woocommerce_prices_include_tax": ("Prices entered with tax", "radio", "no", "yes", _YES_NO),
        "woocommerce_tax_based_on": ("Calculate tax based on", "select", "shipping", "base", _BASE),
        "woocommerce_shipping_tax_class": ("Shipping tax class", "select", "inherit", "inherit", _INHERIT),
        "woocommerce_tax_round_at_subtotal": ("Rounding", "checkbox", "no", "no", None),
        "woocommerce_tax_classes": ("Additional tax classes", "textarea", "", "", None),
        "woocommerce_tax_display_shop": ("Display prices in the shop", "select", "excl", "incl", _SHOWN),
        "woocommerce_tax_display_cart": (
            "Display prices during cart and checkout",
            "select",
            "excl",
            "incl",
            _SHOWN,
        ),
        "woocommerce_price_display_suffix": ("Price display suffix", "text", "", "", None),
        "woocommerce_tax_total_display": ("Display tax totals", "select", "itemized", "itemized", _TOTAL),
    },
}


def site_index(call: Call) -> dict[str, object]:
    """GET /wp-json/: open to everybody. It names the site, its time zone and what it speaks."""
    routes = ("/", "/wc/v3", "/wc/v3/orders", "/wc/v3/products", "/wc/v3/webhooks", "/wp/v2")
    return {
        "name": call.store.state.name,
        "description": "A demo shop. No real money moves.",
        "url": call.base,
        "home": call.base,
        "gmt_offset": 1,
        "timezone_string": "Africa/Lagos",
        "page_for_posts": 0,
        "page_on_front": 0,
        "show_on_front": "posts",
        "namespaces": NAMESPACES,
        "authentication": [],
        "routes": {
            route: {
                "namespace": route.strip("/") if route in {"/wc/v3", "/wp/v2"} else "wc/v3",
                "methods": ["GET"],
                "endpoints": [{"methods": ["GET"], "args": []}],
                "_links": {"self": [{"href": f"{call.base}/wp-json{route}"}]},
            }
            for route in routes
        },
        "site_logo": 0,
        "site_icon": 0,
        "site_icon_url": "",
        "_links": {"help": [{"href": "https://developer.wordpress.org/rest-api/"}]},
    }


def namespace_index(call: Call) -> Answer:
    """GET wc/v3: open to everybody, as in WordPress."""
    return Answer({"namespace": "wc/v3", "routes": {}, "_links": {"up": [{"href": f"{call.base}/wp-json/"}]}})


def _counted(rows: list[dict[str, object]]) -> Answer:
    return Answer(rows, headers={"X-WP-Total": str(len(rows)), "X-WP-TotalPages": "1" if rows else "0"})


def current_currency(call: Call) -> Answer:
    """GET data/currencies/current."""
    home = call.link("data/currencies")
    links = {
        "self": [{"href": f"{home}/NGN", "targetHints": {"allow": ["GET"]}}],
        "collection": [{"href": home}],
    }
    return Answer({"code": "NGN", "name": "Nigerian naira", "symbol": "&#8358;", "_links": links})


def _setting(call: Call, group: str, name: str) -> dict[str, object]:
    label, kind, default, value, options = SETTINGS[group][name]
    if name == "woocommerce_prices_include_tax":
        value = "yes" if call.store.state.prices_include_tax else "no"
    home = call.link(f"settings/{group}")
    return {
        "id": name,
        "label": label,
        "description": "",
        "type": kind,
        "default": default,
        **({"options": dict(options)} if options is not None else {}),
        "value": value,
        "_links": {
            "self": [{"href": f"{home}/{name}", "targetHints": {"allow": EDIT_VERBS}}],
            "collection": [{"href": home}],
        },
    }


def settings(call: Call) -> Answer:
    """GET settings/{group}."""
    group = call.words[0]
    if group not in SETTINGS:
        raise RestError(404, "rest_setting_setting_group_invalid", "Invalid setting group.")
    return Answer([_setting(call, group, name) for name in SETTINGS[group]])


def one_setting(call: Call) -> Answer:
    """GET settings/{group}/{id}."""
    group, name = call.words
    if name not in SETTINGS.get(group, {}):
        raise RestError(404, "rest_setting_setting_invalid", "Invalid setting.")
    return Answer(_setting(call, group, name))


def taxes(call: Call) -> Answer:
    """GET taxes: one rate, VAT 7.5 %, on deliveries too."""
    home = call.link("taxes")
    rate = {
        "id": 1,
        "country": "NG",
        "state": "",
        "postcode": "",
        "city": "",
        "rate": "7.5000",
        "name": "VAT",
        "priority": 1,
        "compound": False,
        "shipping": True,
        "order": 0,
        "class": "standard",
        "postcodes": [],
        "cities": [],
        "_links": {
            "self": [{"href": f"{home}/1", "targetHints": {"allow": ITEM_VERBS}}],
            "collection": [{"href": home}],
        },
    }
    return _counted([rate])


def gateways(call: Call) -> Answer:
    """GET payment_gateways: transfer, cash on delivery, and the provider, which alone can give back."""
    known = (
        ("bacs", "Bank transfer", "Direct bank transfer", ["products"]),
        ("cod", "Cash on delivery", "Cash on delivery", ["products"]),
        (METHOD, TITLE, "Paystack", ["products", "refunds"]),
    )
    home = call.link("payment_gateways")
    return _counted(
        [
            {
                "id": name,
                "title": title,
                "description": "",
                "order": "",
                "enabled": True,
                "method_title": method_title,
                "method_description": "",
                "method_supports": supports,
                "settings": [],
                "needs_setup": False,
                "post_install_scripts": [],
                "settings_url": f"{call.base}/wp-admin/admin.php?page=wc-settings&tab=checkout&section={name}",
                "connection_url": None,
                "setup_help_text": None,
                "required_settings_keys": [],
                "_links": {
                    "self": [{"href": f"{home}/{name}", "targetHints": {"allow": EDIT_VERBS}}],
                    "collection": [{"href": home}],
                },
            }
            for name, title, method_title, supports in known
        ]
    )


def zones(call: Call) -> Answer:
    """GET shipping/zones."""
    home = call.link("shipping/zones")
    return _counted(
        [
            {
                "id": number,
                "name": name,
                "order": 0,
                "_links": {
                    "self": [{"href": f"{home}/{number}", "targetHints": {"allow": ITEM_VERBS}}],
                    "collection": [{"href": home}],
                    "describedby": [{"href": f"{home}/{number}/locations"}],
                },
            }
            for number, name in ((0, "Locations not covered by your other zones"), (1, "Nigeria"))
        ]
    )


def system_status(call: Call) -> Answer:
    """GET system_status: the parts that say what the shop is."""
    return Answer(
        {
            "environment": {
                "home_url": call.base,
                "site_url": call.base,
                "version": VERSION,
                "wp_version": WP_VERSION,
                "wp_multisite": False,
                "language": "en_US",
            },
            "settings": {
                "api_enabled": False,
                "force_ssl": False,
                "currency": "NGN",
                "currency_symbol": "&#8358;",
                "currency_position": "left",
                "thousand_separator": ",",
                "decimal_separator": ".",
                "number_of_decimals": 2,
            },
        }
    )
