"""A web shop's lists by WooCommerce's rules, scripted: it can be edited between two requests."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

START = datetime(2026, 11, 23, 3, 0, 0, tzinfo=UTC)


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")


class ScriptedShop:
    """Answers lists of orders, products and variations. `before` is called ahead of every answer."""

    def __init__(self) -> None:
        self.now = START
        self.tables: dict[str, dict[int, dict[str, Any]]] = {"orders": {}, "products": {}, "variations": {}}
        self.refunds: dict[int, list[dict[str, Any]]] = {}
        self.requests: list[httpx.Request] = []
        self.before: Callable[[int], None] = lambda count: None
        self.lists_variations = True
        self.max_rows = 100

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def order(self, number: int, at: datetime | None = None, **changes: Any) -> dict[str, Any]:
        at = at or self.now
        told = {
            "id": number,
            "status": "processing",
            "currency": "NGN",
            "total": "250.00",
            "order_key": f"wc_order_{number}",
            "number": str(number),
            "date_created_gmt": stamp(at),
            "date_modified_gmt": stamp(at),
            "date_paid_gmt": stamp(at),
            "line_items": [
                {
                    "id": number,
                    "name": "Mug",
                    "product_id": 10,
                    "quantity": 1,
                    "subtotal": "250.00",
                    "total": "250.00",
                }
            ],
            "refunds": [],
        }
        self.tables["orders"][number] = told | changes
        return self.tables["orders"][number]

    def product(self, number: int, at: datetime | None = None, **changes: Any) -> dict[str, Any]:
        at = at or self.now
        told = {
            "id": number,
            "name": f"Product {number}",
            "type": "simple",
            "status": "publish",
            "parent_id": 0,
            "sku": f"SKU-{number}",
            "price": "250.00",
            "manage_stock": True,
            "stock_quantity": 5,
            "date_created_gmt": stamp(at),
            "date_modified_gmt": stamp(at),
            "attributes": [],
            "variations": [],
        }
        self.tables["products"][number] = told | changes
        return self.tables["products"][number]

    def variation(self, number: int, parent: int, option: str, at: datetime | None = None) -> dict[str, Any]:
        told = self.product(number, at, type="variation", parent_id=parent, attributes=[{"option": option}])
        del self.tables["products"][number]
        self.tables["variations"][number] = told
        self.tables["products"][parent]["variations"].append(number)
        return told

    def touch(self, table: str, number: int, **changes: Any) -> None:
        self.tables[table][number] |= {"date_modified_gmt": stamp(self.now)} | changes

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.before(len(self.requests))
        parts = request.url.path.removeprefix("/wp-json/wc/v3/").split("/")
        query = dict(request.url.params)
        if parts[0] == "variations" and not self.lists_variations:
            return self.error(404, "rest_no_route")
        if len(parts) == 1:
            return self.listing(list(self.tables[parts[0]].values()), query)
        number = int(parts[1])
        if parts[-1] == "refunds":
            return self.listing(self.refunds.get(number, []), query | {"status": "any"})
        if parts[-1] == "variations":
            rows = [one for one in self.tables["variations"].values() if one["parent_id"] == number]
            return self.listing(rows, query)
        found = self.tables[parts[0]].get(number) or (
            parts[0] == "products" and self.tables["variations"].get(number)
        )
        if not found:
            return self.error(404, f"woocommerce_rest_{parts[0]}_invalid_id")
        return self.told(200, found)

    def listing(self, rows: list[dict[str, Any]], query: dict[str, str]) -> httpx.Response:
        status = query.get("status", "any")
        rows = [one for one in rows if (one.get("status") == "trash") == (status == "trash")]
        if query.get("type"):
            rows = [one for one in rows if one["type"] == query["type"]]
        if "include" in query:
            rows = [one for one in rows if str(one["id"]) in query["include"].split(",")]
        for name, field, keep in (
            ("modified_after", "date_modified_gmt", lambda told, asked: told > asked),
            ("modified_before", "date_modified_gmt", lambda told, asked: told < asked),
            ("after", "date_created_gmt", lambda told, asked: told > asked),
        ):
            if name in query:
                assert query.get("dates_are_gmt") == "true"
                assert not query[name].endswith("Z"), "a Z is shifted by the site's offset"
                rows = [one for one in rows if keep(one[field], query[name])]
        excluded = query.get("exclude", "").split(",")
        rows = [one for one in rows if str(one["id"]) not in excluded]
        if query.get("orderby") == "modified":
            rows = sorted(rows, key=lambda one: (one["date_modified_gmt"], -one["id"]))
        else:
            rows = sorted(rows, key=lambda one: one["id"])
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        if size > 100:
            return self.error(400, "rest_invalid_param")
        size = min(size, self.max_rows)
        totals = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // size))}
        return self.told(200, rows[(page - 1) * size : page * size], totals)

    def error(self, status: int, code: str) -> httpx.Response:
        return self.told(status, {"code": code, "message": code, "data": {"status": status}})

    def told(self, status: int, content: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        date = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return httpx.Response(
            status,
            headers={"Date": date, "Content-Type": "application/json; charset=UTF-8"} | (headers or {}),
            content=json.dumps(content).encode(),
        )

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
