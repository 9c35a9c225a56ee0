"""The recorded exchanges of a running WooCommerce, and how to hold an answer against one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

RECORDINGS = Path(__file__).parent.parent / "recordings" / "woocommerce"
CUT = "more elements cut from this recording"


@dataclass(frozen=True)
class Exchange:
    """One recorded request with its answer."""

    name: str
    method: str
    path: str  # with the query
    auth: str
    sent: Any
    status: int
    headers: dict[str, str]
    body: Any

    @property
    def at(self) -> Any:
        return parsedate_to_datetime(self.headers["Date"])


def load(name: str) -> Exchange:
    read = json.loads((RECORDINGS / f"{name}.json").read_text())
    asked, answered = read["request"], read["response"]
    url = urlsplit(asked["url"])
    return Exchange(
        name=name,
        method=asked["method"],
        path=url.path + (f"?{url.query}" if url.query else ""),
        auth=asked["auth"],
        sent=asked["body"],
        status=answered["status"],
        headers=answered["headers"],
        body=answered["body"],
    )


def differences(wanted: Any, got: Any, where: str = "") -> Iterator[str]:
    """Where the shape differs: other keys, another JSON type. Lists of other lengths: against the first."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        yield from (f"{where}.{key} is missing" for key in wanted.keys() - got.keys())
        yield from (f"{where}.{key} is too much" for key in got.keys() - wanted.keys())
        for key in wanted.keys() & got.keys():
            yield from differences(wanted[key], got[key], f"{where}.{key}")
    elif isinstance(wanted, list) and isinstance(got, list):
        kept = [element for element in wanted if not (isinstance(element, str) and CUT in element)]
        pairs = zip(kept, got, strict=True) if len(kept) == len(got) else ((kept[0], g) for g in got if kept)
        for one, other in pairs:
            yield from differences(one, other, f"{where}[]")
    elif kind(wanted) != kind(got):
        yield f"{where} is {kind(got)}, not {kind(wanted)}"


def kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    return type(value).__name__


# What no two shops, or no two runs, have in common.
OF_THE_MOMENT = {
    "order_key", "payment_url", "date_created", "date_created_gmt", "date_modified", "date_modified_gmt",
    "date_paid", "date_paid_gmt", "date_completed", "date_completed_gmt", "total_sales", "stock_quantity",
    "price_html", "related_ids", "categories", "_links", "permalink", "slug", "permalink_template",
}  # fmt: skip


def settled(value: Any) -> Any:
    """The answer without what belongs to the moment, and without ids of meta rows."""
    if isinstance(value, dict):
        row_of_meta = {"key", "value"} <= value.keys()
        return {
            key: settled(part)
            for key, part in value.items()
            if key not in OF_THE_MOMENT and not (row_of_meta and key == "id")
        }
    return [settled(part) for part in value] if isinstance(value, list) else value
