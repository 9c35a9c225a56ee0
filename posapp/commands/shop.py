"""Opening a shop and changing how it works."""

from posapp.commands.command import Command, Work, named
from posapp.domain.allocation import fill_from
from posapp.domain.errors import Refused
from posapp.domain.events import SettingsChanged

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
    *("name", "currency", "time_zone", "auto_fill", "tax_name", "tax_basis_points", "tax_included"),
    *("bank_name", "bank_account", "bank_holder", "cash_step_minor"),
)


def open_shop(command: OpenShop, work: Work) -> str:
    """Open the shop once. Raises `Refused` where there is one already."""
    if work.setting("currency"):
        raise Refused("There is a shop here already.", code="shop_exists")
    values = {
        "name": command.name, "owner": command.owner, "currency": command.currency,
        "time_zone": command.time_zone, "till": command.till, "auto_fill": "true",
    }  # fmt: skip
    for key, value in values.items():
        work.set(key, value)
    work.connection.execute(
        "INSERT INTO location (id, name) VALUES (?, ?)", (MAIN_LOCATION, command.location_name)
    )
    work.book.tell(SettingsChanged("name"))
    return MAIN_LOCATION


def change_setting(command: ChangeSetting, work: Work) -> str:
    """Change a setting; switching *fill waiting orders* on serves the whole queue at once."""
    if command.key not in SETTINGS:
        raise Refused(f"There is no setting called {command.key!r}.", code="unknown_setting")
    changes_money = command.key == "currency" and command.value != work.setting("currency")
    if changes_money and work.row("SELECT 1 FROM orders LIMIT 1", ()):
        raise Refused("The currency cannot change once there are orders.", code="has_orders")
    work.set(command.key, command.value)
    if command.key == "auto_fill" and command.value == "true":
        work.book.source.auto_fill = True
        _serve_everybody(work)
    work.book.tell(SettingsChanged(command.key))
    return command.value


def _serve_everybody(work: Work) -> None:
    sql = (
        "SELECT DISTINCT l.item_id, o.location_id FROM attention_case c JOIN orders o ON o.id = c.order_id "
        "JOIN order_line l ON l.order_id = o.id WHERE c.is_open = 1 AND c.reason IN ('SHORTAGE', 'STOCK_DEFICIT') "
        "AND l.tracked = 1 ORDER BY 1, 2"
    )
    for item_id, location_id in work.connection.execute(sql).fetchall():
        fill_from(work.book, work.book.level(item_id, location_id))
