"""Paystack's published specification, held against every request that is sent and every answer that comes."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import yaml
from openapi_schema_validator import OAS30Validator

RECORDINGS = Path(__file__).parent / "recordings" / "paystack"
PATHS: dict[str, Any] = {}
for part in ("transactions.yaml", "refunds.yaml"):
    PATHS |= yaml.safe_load((RECORDINGS / part).read_text())["paths"]
# Paystack's documentation says perPage for transactions too; the specification says per_page. Both are sent.
DOCUMENTED = {("GET", "/transaction", "perPage")}


def template_of(path: str) -> str:
    """The path as the specification writes it; "" for one that it does not know."""
    exact = [known for known in PATHS if known == path]
    patterns = {known: re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(known)) for known in PATHS}
    return next(
        iter(exact + [known for known, pattern in patterns.items() if re.fullmatch(pattern, path)]), ""
    )


def wrong_with_request(request: httpx.Request, root: str = "/paystack") -> list[str]:
    """What the specification objects to in a request: an endpoint, a parameter or a field it does not know."""
    path = template_of(request.url.path.removeprefix(root))
    operation = PATHS.get(path, {}).get(request.method.lower())
    if operation is None:
        return [f"{request.method} {request.url.path} is not specified"]
    known = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "query"}
    faults = []
    for name, value in request.url.params.multi_items():
        if name in known:
            faults += [f"{name}: {fault}" for fault in _wrong_with_text(value, known[name])]
        elif (request.method, path, name) not in DOCUMENTED:
            faults.append(f"{request.method} {path} knows no {name}")
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        body = json.loads(request.content)
        faults += [*_errors(schema, body), *_unknown(schema, body, "$")]
    elif request.content:
        faults.append(f"{request.method} {path} takes no body")
    return faults


def wrong_with_answer(method: str, path: str, answer: httpx.Response) -> list[str]:
    """What the specification objects to in an answer."""
    responses = PATHS[template_of(path)][method.lower()]["responses"]
    # Refusals that are not listed by number look like those that are.
    said = responses.get(str(answer.status_code)) or responses.get("401") or responses["422"]
    return _errors(said["content"]["application/json"]["schema"], answer.json())


class Watched(httpx.AsyncBaseTransport):
    """A way to the provider on which everything is held against the specification."""

    def __init__(self, inner: httpx.AsyncBaseTransport, root: str = "/paystack") -> None:
        self._inner, self._root = inner, root
        self.faults: list[str] = []
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on, and note what is wrong with either side."""
        self.requests.append(request)
        self.faults += wrong_with_request(request, self._root)
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        if "json" in answer.headers.get("content-type", "") and _is_whole(answer):
            path = request.url.path.removeprefix(self._root)
            self.faults += wrong_with_answer(request.method, path, answer)
        return answer

    async def aclose(self) -> None:
        """Let go of the sockets."""
        await self._inner.aclose()


def _is_whole(answer: httpx.Response) -> bool:
    """Whether an answer was not cut on the way, as some faults do."""
    try:
        answer.json()
    except ValueError:
        return False
    return True


def _errors(schema: Any, told: Any) -> list[str]:
    found = OAS30Validator(schema).iter_errors(told)
    return [f"{error.json_path}: {error.message}"[:200] for error in found]


def _unknown(schema: Any, told: Any, at: str) -> Iterator[str]:
    """Fields that no property of the schema names; an object without properties may hold anything."""
    for name, value in told.items() if isinstance(told, dict) and "properties" in schema else ():
        if name in schema["properties"]:
            yield from _unknown(schema["properties"][name], value, f"{at}.{name}")
        else:
            yield f"{at}.{name} is not specified"


def _wrong_with_text(value: str, schema: Any) -> list[str]:
    if schema.get("type") == "integer":
        return [] if value.isdigit() else [f"{value} is no number"]
    if schema.get("format") == "date-time":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return [f"{value} is no time"]
    return [] if value in schema.get("enum", [value]) else [f"{value} is not one of {schema['enum']}"]
