"""Opening a shop and changing how it works."""

from posapp.commands.command import Command, Work, named
from posapp.commands.owner import rename_owner
from posapp.commands.staff import add_owner
from posapp.db.rows import to_text
from posapp.domain.errors import Refused
from posapp.domain.events import SettingsChanged
from posapp.domain.pricing import MAX_TOTAL_MINOR
from posapp.domain.provider_fees import FeeBearer
from posapp.domain.rights import tidy_name
from posapp.domain.told_back import TELL_NOTE, TELL_NOTHING, TELL_STATUS

MAIN_LOCATION = named("location", "main")


class OpenShop(Command, frozen=True, kw_only=True, tag="open_shop"):
    """The first command of every journal: who it belongs to, in which money and time zone."""

    name: str
    owner: str
    currency: str  # ISO 4217
    time_zone: str  # IANA name
    location_name: str = "Shop"
    till: str = "A"  # its letter, printed in local references


class ChangeSetting(Command, frozen=True, kw_only=True, tag="change_setting"):
    """Change a setting that changes what commands do."""

    key: str
    value: str


SETTINGS = (
    *("name", "owner", "currency", "time_zone", "auto_fill", "tax_name", "tax_basis_points", "tax_included"),
    *("bank_name", "bank_account", "bank_holder", "cash_step_minor"),
    *("auto_lock_minutes", "shift_reason_over_minor", "shift_manager_over_minor", "blind_count"),
    *("tell_shop", "link_fee", "offline_refund_minor"),
)

CHOICES = {"tell_shop": (TELL_NOTHING, TELL_STATUS, TELL_NOTE), "link_fee": tuple(FeeBearer)}
COUNTED = {  # settings that are a number, and the largest that has a sense
    "tax_basis_points": 10_000,
    "cash_step_minor": MAX_TOTAL_MINOR,
    "auto_lock_minutes": 1_000_000,
    "shift_reason_over_minor": MAX_TOTAL_MINOR,
    "shift_manager_over_minor": MAX_TOTAL_MINOR,
    "offline_refund_minor": MAX_TOTAL_MINOR,
}
MAY_BE_EMPTY = ("offline_refund_minor",)  # numbers that need not be set: no limit


def open_shop(command: OpenShop, work: Work) -> str:
    """Open the shop once. Raises `Refused` where there is one already."""
    if work.setting("currency"):
        raise Refused("There is a shop here already.", code="shop_exists")
    owner = tidy_name(command.owner)
    values = {
        "name": command.name, "owner": owner, "currency": command.currency,
        "time_zone": command.time_zone, "till": command.till, "auto_fill": "true",
    }  # fmt: skip
    for key, value in values.items():
        work.set(key, value)
    work.connection.execute(
        "INSERT INTO location (id, name) VALUES (?, ?)", (MAIN_LOCATION, command.location_name)
    )
    add_owner(work, owner, to_text(command.at))
    work.book.tell(SettingsChanged("name"))
    return MAIN_LOCATION


def change_setting(command: ChangeSetting, work: Work) -> str:
    """Change a setting; switching *fill waiting orders* on serves the whole queue at once."""
    if command.key not in SETTINGS:
        raise Refused(f"There is no setting called {command.key!r}.", code="unknown_setting")
    changes_money = command.key == "currency" and command.value != work.setting("currency")
    if changes_money and work.row("SELECT 1 FROM orders LIMIT 1", ()):
        raise Refused("The currency cannot change once there are orders.", code="has_orders")
    unset = command.key in MAY_BE_EMPTY and not command.value
    if command.key in COUNTED and not unset and not _is_number(command.value, COUNTED[command.key]):
        raise Refused(f"{command.value[:40]!r} is no number that this setting can be.", code="bad_amount")
    if command.key == "name" and not command.value.strip():
        raise Refused("A shop has a name.", code="name_missing")
    if command.key == "owner":
        work.book.tell(SettingsChanged(command.key))
        return rename_owner(work, command.value, command.at)
    if command.value not in CHOICES.get(command.key, (command.value,)):
        raise Refused(f"{command.value[:40]!r} is nothing that this setting can be.", code="bad_value")
    work.set(command.key, command.value)
    if command.key == "auto_fill" and command.value == "true":
        work.book.source.auto_fill = True
        _serve_everybody(work)
    work.book.tell(SettingsChanged(command.key))
    return command.value


def _is_number(text: str, most: int) -> bool:
    """Whether it is a number from 0 to the most there can be, in digits."""
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most


def _serve_everybody(work: Work) -> None:
    sql = (
        "SELECT DISTINCT order_id FROM attention_case "
        "WHERE is_open = 1 AND reason IN ('SHORTAGE', 'STOCK_DEFICIT') ORDER BY order_id"
    )
    for (order_id,) in work.connection.execute(sql).fetchall():
        work.book.order(order_id)  # settling serves the short lines of every order in the book
