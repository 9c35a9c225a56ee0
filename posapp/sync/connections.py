"""The web shops and payment providers this till reads, as the database knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.db.rows import to_text
from posapp.queries.payment_links import PROVIDERS
from posapp.sync.feed import ShopTax, Verdict

_ALL = (
    "SELECT id, kind, url, key, location_id, look_s, state, cursor, imported, compared_at, notice, about "
    "FROM connection ORDER BY kind DESC, id"
)


class About(msgspec.Struct, frozen=True):
    """What a shop told of itself when it was connected."""

    name: str = ""
    currency: str = ""
    time_zone: str = ""
    version: str = ""
    tax: ShopTax | None = None
    gateways: dict[
        str, bool
    ] = {}  # the shop's payment gateways, and whether each can refund; unknown ones are left out


@dataclass(frozen=True, slots=True)
class Link:
    """One connection. `state`: active, removed, sign_in (a new key is needed), taken_over."""

    id: str
    kind: str
    url: str
    key: str
    location_id: str
    look_s: int
    state: str
    cursor: str
    imported: bool
    compared_at: str
    notice: str
    about: About

    @property
    def is_shop(self) -> bool:
        """Whether it is a web shop; otherwise it tells of payments."""
        return self.kind not in PROVIDERS

    @property
    def address(self) -> str:
        """What rows of the outbox call it: a web shop by its id, a provider by its name."""
        return self.id if self.is_shop else self.kind


def links(connection: Connection) -> list[Link]:
    """All connections, shops first."""
    rows = connection.execute(_ALL).fetchall()
    return [_link(row) for row in rows]


def _link(row: tuple[Any, ...]) -> Link:
    *head, imported, compared_at, notice, about = row
    link_id, kind, url, key, location_id, look_s, state, cursor = head
    told = msgspec.json.decode(about, type=About)
    return Link(
        link_id,
        kind,
        url,
        key,
        location_id,
        look_s,
        state,
        cursor,
        bool(imported),
        compared_at or "",
        notice,
        told,
    )


def about_of(verdict: Verdict) -> About:
    """What to remember of a shop."""
    return About(verdict.shop_name, verdict.currency, verdict.time_zone, verdict.version, verdict.tax)


def save_link(connection: Connection, link: Link) -> None:
    """Write a connection as it is now; the cursor of a known one stays."""
    connection.execute(
        "INSERT INTO connection (id, kind, url, key, location_id, look_s, state, cursor, imported, notice, about) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET url = excluded.url, "
        "key = excluded.key, location_id = excluded.location_id, look_s = excluded.look_s, state = excluded.state, "
        "notice = excluded.notice, about = excluded.about",
        (link.id, link.kind, link.url, link.key, link.location_id, link.look_s, link.state, link.cursor,
         int(link.imported), link.notice, msgspec.json.encode(link.about).decode()),
    )  # fmt: skip


def set_state(connection: Connection, link_id: str, state: str) -> None:
    """Say how a connection stands."""
    connection.execute("UPDATE connection SET state = ? WHERE id = ?", (state, link_id))


def set_notice(connection: Connection, link_id: str, notice: str) -> None:
    """Leave word for the owner; "" takes it back."""
    connection.execute("UPDATE connection SET notice = ? WHERE id = ?", (notice, link_id))


def set_imported(connection: Connection, link_id: str) -> None:
    """The first import is whole."""
    connection.execute("UPDATE connection SET imported = 1 WHERE id = ?", (link_id,))


def set_look(connection: Connection, link_id: str, seconds: int) -> None:
    """Change how often to look."""
    connection.execute("UPDATE connection SET look_s = ? WHERE id = ?", (seconds, link_id))


def set_compared(connection: Connection, link_id: str, at: datetime) -> None:
    """The nightly comparison was made."""
    connection.execute("UPDATE connection SET compared_at = ? WHERE id = ?", (to_text(at), link_id))


def set_gateways(connection: Connection, link_id: str, gateways: Mapping[str, bool]) -> None:
    """Keep what the shop says of its payment gateways."""
    _change_about(connection, link_id, gateways=dict(gateways))


def learn_gateway(connection: Connection, link: Link, method: str) -> None:
    """A gateway has refused for good to refund, whatever it said of itself."""
    row = connection.execute("SELECT about FROM connection WHERE id = ?", (link.id,)).fetchone()
    known = msgspec.json.decode(row[0], type=About).gateways if row else {}
    _change_about(connection, link.id, gateways={**known, method: False})


def _change_about(connection: Connection, link_id: str, **fields: Any) -> None:
    row = connection.execute("SELECT about FROM connection WHERE id = ?", (link_id,)).fetchone()
    if row is not None:
        about = msgspec.structs.replace(msgspec.json.decode(row[0], type=About), **fields)
        told = (msgspec.json.encode(about).decode(), link_id)
        connection.execute("UPDATE connection SET about = ? WHERE id = ?", told)


def installation_id(connection: Connection) -> str:
    """What tells this folder from every other: the id of the first command of its journal."""
    row = connection.execute("SELECT id FROM journal ORDER BY seq LIMIT 1").fetchone()
    return row[0] if row else ""
