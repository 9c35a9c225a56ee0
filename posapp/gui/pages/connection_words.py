"""What is said of web shops and payment providers: their kinds, how a test went, how a connection stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from posapp.gui import text
from posapp.gui.chips import CONNECTED, Chip
from posapp.gui.post import TestResult
from posapp.gui.tokens import Tone
from posapp.queries.health import ConnectionRow

WORKS = Chip("Works", "circle-check", Tone.GOOD)
FAILED = Chip("Does not work", "circle-x", Tone.STOPPED)
NOT_CONNECTED = Chip("Not connected", "unplug", Tone.NEUTRAL)
STATES = {
    "active": CONNECTED,
    "sign_in": Chip("Key refused", "key-round", Tone.STOPPED),
    "taken_over": Chip("Another till", "circle-alert", Tone.WAITING),
    "removed": NOT_CONNECTED,
}
SILENT = Chip("No answer", "wifi-off", Tone.WAITING)
IMPORTING = Chip("First import", "hourglass", Tone.WAITING)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of connection, in the words of its page."""

    id: str
    name: str  # WooCommerce, Paystack
    who: str  # the same as the subject of a sentence
    title: str
    icon: str
    address: str  # label of the field
    placeholder: str
    key: str  # label of the public half, "" where a secret alone signs in
    secret: str
    secret_placeholder: str
    where: str  # where the owner finds the key
    happens: tuple[tuple[str, str], ...]  # icon and sentence: what connecting does
    let_go: str  # what disconnecting means
    look: str  # label of how often
    imports: bool  # whether the first look is an import that may take long

    @property
    def key_needed(self) -> bool:
        """Whether there is a public half of the key."""
        return bool(self.key)


WEB_SHOP = Kind(
    "woocommerce", "WooCommerce", "The shop", "Web shop", "globe", "Web address", "https://shop.example.test",
    "Consumer key", "Consumer secret", "cs_",
    "In WooCommerce: Settings, Advanced, REST API, Add key, with Read/Write.",
    (
        ("package", "Products, orders and stock are read into this till. That may take some minutes."),
        ("globe", "Paid web orders take stock here from then on."),
        ("store", "Prices and names go on belonging to the web shop."),
        ("shield-check", "The key is kept by this computer's own keyring and never shown again."),
    ),
    "Its orders, products and stock stay here and can be worked with. New web orders no longer come in, and the key "
    "is forgotten on this computer. Connected again, it goes on where it stopped; no order comes in twice.",
    "Look for orders every", True,
)  # fmt: skip
PAYMENTS = Kind(
    "paystack", "Paystack", "Paystack", "Payment provider", "credit-card", "Address", "https://api.paystack.co", "",
    "Secret key", "sk_",
    "In Paystack: Settings, API Keys & Webhooks. Take the secret key. The address may stay empty.",
    (
        ("hand-coins", "The till reads which payments arrived, failed or were taken back."),
        ("receipt-text", "A payment confirms its order, also where the web shop has not noticed it."),
        ("lock", "Money is moved by your decisions alone: refunds that you give back through it."),
        ("shield-check", "The key is kept by this computer's own keyring and never shown again."),
    ),
    "Payments that were read stay here. New ones no longer come in from the provider, only what the web shop tells, "
    "and the key is forgotten on this computer. Connected again, it goes on where it stopped.",
    "Look for payments every", False,
)  # fmt: skip
KINDS = {kind.id: kind for kind in (WEB_SHOP, PAYMENTS)}

INTERVALS = (("20", "20 seconds"), ("60", "60 seconds"), ("120", "2 minutes"), ("300", "5 minutes (Eco)"))

# One clear sentence for each verdict: what is wrong, and that nothing else is.
VERDICTS = {
    "wrong_address": "Nothing of the kind answers at this address.",
    "plain_http": "This address is not safe: everybody on the way could read the key. It must begin with https://",
    "wrong_key": "The address is right, but the key is not accepted.",
    "read_only_key": "The address is right, but the key may only read. The till needs one with Read/Write.",
    "not_a_shop": "Somebody answers at this address, but it is not {name}.",
    "maintenance": "{name} is being looked after at the moment. Address and key may be right: try again soon.",
    "wrong_currency": "It sells in another currency than this till. Nothing can be added up between the two.",
    "server_error": "{name} has trouble of its own. Address and key may be right: try again soon.",
    "not_connected": "The test went well, but it could not be connected.",
}
_CHECKS = {
    "answers": ("{who} answers", "{who} does not answer"),
    "key": ("The key is accepted", "The key is not accepted"),
    "money": ("Money agrees", "Money does not agree"),
    "clock": ("Clocks agree", "Clocks do not agree"),
    "orders": ("Orders can be read", "Orders cannot be read"),
    "products": ("Products can be read", "Products cannot be read"),
    "tax": ("The web shop's tax", "The web shop's tax"),
    "unpaid": ("The web shop cancels orders", "The web shop cancels orders"),
}


def interval_words(seconds: int) -> str:
    """How often, in words."""
    return dict(INTERVALS).get(str(seconds)) or (
        text.plural(seconds // 60, "minute") if seconds % 60 == 0 else text.plural(seconds, "second")
    )


def check_title(check: str, state: str, kind: Kind) -> str:
    """The name of one finding."""
    good, bad = _CHECKS.get(check, (check.capitalize(), check.capitalize()))
    words = bad if state == "failed" or (check == "clock" and state == "warning") else good
    return words.format(who=kind.who)


def test_chip(result: TestResult) -> Chip:
    """How a test went, in a chip."""
    if result.code != "ok":
        return FAILED
    warnings = sum(finding.state == "warning" for finding in result.findings)
    if not warnings:
        return WORKS
    return Chip(f"Works, {text.plural(warnings, 'thing')} to know", "triangle-alert", Tone.WAITING)


def verdict_words(result: TestResult, kind: Kind) -> str:
    """The one clear sentence about a test that failed, "" for one that did not."""
    if result.code == "ok":
        return ""
    return VERDICTS.get(result.code, "It could not be connected.").format(name=kind.name)


def host_of(url: str) -> str:
    """The name of the computer an address leads to, as a title says it."""
    return text.outside(urlsplit(url).netloc or url, 80)


def masked(key: str) -> str:
    """A key as it may be shown: enough of it to tell two apart."""
    if len(key) < 12:
        return "········"
    return f"{text.outside(key[:3], 3)} ········ {text.outside(key[-4:], 4)}"


def name_of(row: ConnectionRow, kind: Kind) -> str:
    """What a connected shop calls itself, else its address."""
    told = row.about.get("name")
    return text.outside(told, 80) if isinstance(told, str) and told else host_of(row.url) or kind.name


def about_of(row: ConnectionRow, kind: Kind) -> str:
    """The second line of a connected shop: what it runs on, in which money and time."""
    version, currency, zone = (row.about.get(name) for name in ("version", "currency", "time_zone"))
    parts = [f"{kind.name} {version}".strip() if isinstance(version, str) else kind.name]
    if isinstance(currency, str) and currency:
        parts.append(f"prices in {currency}")
    if isinstance(zone, str) and zone:
        parts.append(f"time zone {zone.rpartition('/')[2].replace('_', ' ')}")
    return text.outside(" · ".join(parts), 160)


def is_importing(row: ConnectionRow) -> bool:
    """Whether the first import is not whole yet."""
    kind = KINDS.get(row.kind)
    return row.state == "active" and not row.imported and kind is not None and kind.imports


def chip_of(row: ConnectionRow | None) -> Chip:
    """How a connection stands."""
    if row is None:
        return NOT_CONNECTED
    if is_importing(row):
        return IMPORTING
    return STATES.get(row.state, NOT_CONNECTED)


def chip_now(row: ConnectionRow, now: datetime, *, offline: bool) -> Chip:
    """How a connection stands; without a network one that was not heard of for two looks does not answer."""
    chip = chip_of(row)
    heard = row.last_pull_at is not None and now - row.last_pull_at <= timedelta(seconds=2 * row.look_s)
    return SILENT if chip is CONNECTED and offline and not heard else chip
