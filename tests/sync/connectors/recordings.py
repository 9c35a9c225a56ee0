"""What a running WooCommerce said, for tests: status, headers and body of a recorded exchange."""

import json
from pathlib import Path
from typing import Any

import httpx

FOLDER = Path(__file__).parents[2] / "recordings" / "woocommerce"
SEEN_AT = "2026-11-23T04:00:00Z"


def body(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["response"]["body"]


def answer(name: str) -> httpx.Response:
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["response"]
    content = told["body"]
    raw = (
        content["_not_json"] if isinstance(content, dict) and "_not_json" in content else json.dumps(content)
    )
    return httpx.Response(told["status"], headers=told["headers"], content=raw.encode())


def packed_order(order: Any, refunds: Any = (), seen_at: str = SEEN_AT) -> bytes:
    return json.dumps({"seen_at": seen_at, "order": order, "refunds": list(refunds)}).encode()


def packed_product(product: Any, parent_name: str = "", seen_at: str = SEEN_AT) -> bytes:
    return json.dumps({"seen_at": seen_at, "parent_name": parent_name, "product": product}).encode()
