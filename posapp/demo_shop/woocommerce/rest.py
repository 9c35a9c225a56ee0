"""WordPress's REST manners: who may ask, what a request carries, how an answer and an error look."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from hmac import compare_digest
from urllib.parse import parse_qsl, quote

from starlette.responses import Response

from posapp.demo_shop.records import Key
from posapp.demo_shop.store import Store

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_STORE = "no-cache, must-revalidate, max-age=0, no-store, private"


class RestError(Exception):
    """An answer `{code, message, data}`. `data` is `{"status": …}` unless given; refunds give a bare 500."""

    def __init__(self, status: int, code: str, message: str, data: object = None, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "code": code,
            "message": message,
            "data": {"status": status, **more} if data is None else data,
        }


def bad_param(name: str, code: str, message: str, data: object = None) -> RestError:
    """The 400 of a parameter that WordPress checked and refused."""
    return RestError(
        400,
        "rest_invalid_param",
        f"Invalid parameter(s): {name}",
        params={name: message},
        details={name: {"code": code, "message": message, "data": data}},
    )


def wrong_type(param: str, kind: str, path: str | None = None) -> RestError:
    """The 400 of a value of another type; `path` points inside a list: line_items[0][quantity]."""
    where = path or param
    return bad_param(param, "rest_invalid_type", f"{where} is not of type {kind}.", {"param": where})


class Query:
    """The address's parameters: `a=1`, `a=1,2`, `a[]=1` and `a[0]=1` in whatever order they came."""

    def __init__(self, text: str) -> None:
        self.pairs: list[tuple[str, list[str]]] = []
        for name, value in parse_qsl(text, keep_blank_values=True):
            plain = re.sub(r"\[\d*\]$", "", name)
            known = next((values for key, values in self.pairs if key == plain), None)
            if known is not None and plain != name:
                known.append(value)
            elif known is not None:
                known[:] = [value]
            else:
                self.pairs.append((plain, [value]))

    def get(self, name: str) -> str | None:
        """The value, or None."""
        return next((values[-1] for key, values in self.pairs if key == name), None)

    def many(self, name: str) -> list[str]:
        """A list's values, however it was written."""
        values = next((values for key, values in self.pairs if key == name), [])
        return [part.strip() for value in values for part in value.split(",") if part.strip()]


@dataclass(frozen=True)
class Call:
    """One request, past the door. `ids` are the numbers of its path, in order."""

    store: Store
    method: str
    path: str
    base: str  # http://127.0.0.1:8000
    ids: tuple[int, ...]
    words: tuple[str, ...]
    query: Query
    body: Mapping[str, object]

    def link(self, path: str) -> str:
        """The full address of something below wc/v3."""
        return f"{self.base}/wp-json/wc/v3/{path}"

    @property
    def forced(self) -> bool:
        """Whether the client asked for deletion for good."""
        told = self.query.get("force") or self.body.get("force")
        return told in {"true", "1", True}


@dataclass(frozen=True)
class Answer:
    """A JSON answer with its extra headers."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Endpoint:
    """One address and what may be done there. `one` is a single thing, not a collection."""

    pattern: re.Pattern[str]
    verbs: Mapping[str, Handler]
    one: bool = False
    also: tuple[str, ...] = ()  # verbs WooCommerce has here, and the demo shop has not

    @property
    def allow(self) -> str:
        """The Allow header."""
        return ", ".join(verb for verb in VERBS if verb in self.verbs or verb in self.also)


_REFUSALS = {
    "POST": ("woocommerce_rest_cannot_create", "Sorry, you are not allowed to create resources."),
    "PUT": ("woocommerce_rest_cannot_edit", "Sorry, you are not allowed to edit this resource."),
    "DELETE": ("woocommerce_rest_cannot_delete", "Sorry, you are not allowed to delete this resource."),
}


def refuse_stranger(endpoint: Endpoint, method: str) -> RestError:
    """The 401 of somebody who did not sign in."""
    if method == "GET":
        words = (
            "Sorry, you cannot view this resource." if endpoint.one else "Sorry, you cannot list resources."
        )
        return RestError(401, "woocommerce_rest_cannot_view", words)
    return RestError(401, *_REFUSALS["PUT" if endpoint.one and method != "DELETE" else method])


def authenticate(store: Store, header: str | None, method: str) -> Key | None:
    """Who asks, by HTTP Basic; None for nobody, and for a key the shop does not know.

    Raises `RestError` (401) for a wrong secret, and for a key that may not do this.
    """
    name, secret = _basic(header)
    key = next((k for k in store.state.keys if compare_digest(k.consumer_key, name)), None)
    if key is None:
        return None
    if not compare_digest(key.consumer_secret.encode(), secret.encode()):
        raise RestError(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.")
    wanted = "read" if method in {"GET", "HEAD", "OPTIONS"} else "write"
    if wanted not in key.permissions:
        raise RestError(
            401,
            "woocommerce_rest_authentication_error",
            f"The API key provided does not have {wanted} permissions.",
        )
    return key


def _basic(header: str | None) -> tuple[str, str]:
    kind, _, packed = (header or "").partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(packed, validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def read_body(raw: bytes) -> dict[str, object]:
    """The JSON body; nothing is an empty one. Raises `RestError` (400)."""
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise RestError(
            400,
            "rest_invalid_json",
            "Invalid JSON body passed.",
            json_error_code=4,
            json_error_message="Syntax error",
        ) from None
    return body if isinstance(body, dict) else {}


def respond(store: Store, base: str, answer: Answer, allow: str = "") -> Response:
    """Put an answer on the wire, with the headers WordPress sends."""
    headers = {
        "Date": format_datetime(store.now(), usegmt=True),
        "Link": f'<{base}/wp-json/>; rel="https://api.w.org/"',
        "Cache-Control": NO_STORE,
        **({"Allow": allow} if allow else {}),
        **answer.headers,
    }
    return Response(
        json.dumps(answer.body, ensure_ascii=False).encode(),
        status_code=answer.status,
        headers=headers,
        media_type="application/json; charset=UTF-8",
    )


def picked(body: Mapping[str, object], fields: list[str]) -> dict[str, object]:
    """Only the fields asked for by `_fields`; dots reach one level down."""
    if not fields:
        return dict(body)
    names = {name.partition(".")[0] for name in fields}
    return {name: value for name, value in body.items() if name in names}


def encoded(value: str) -> str:
    """A value as WordPress writes it into an address."""
    return quote(value, safe="")
