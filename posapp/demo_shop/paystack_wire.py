"""What every endpoint of the payment provider needs: what was asked, times and numbers as text, and refusals."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from starlette.requests import Request

from posapp.demo_shop.store import Store

PAGE = 50
MOST_PER_PAGE = 1000
MOST_BYTES = 100_000


class Refused(Exception):
    """An error answer of the provider."""

    def __init__(
        self, status: int, message: str, next_step: str = "", *, code: str = "validation_error"
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "status": False,
            "message": message,
            "meta": {"nextStep": next_step or "Ensure that the value(s) you're passing are valid."},
            "type": "validation_error",
            "code": code,
        }


@dataclass(frozen=True)
class Call:
    """One request: to which store, with what in the address and in the body."""

    store: Store
    query: Mapping[str, str]
    body: Mapping[str, object]
    root: str  # the provider's own address

    def text(self, name: str) -> str:
        """A text of the body; "" where there is none. Raises `Refused` for what is no text."""
        value = self.body.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Refused(400, f"{name} must be a string")
        return str(value)

    def whole(self, name: str) -> int | None:
        """A whole number of the body, also as text; None where there is none. Raises `Refused`."""
        value = self.body.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,15}", str(value)) or int(str(value)) == 0:
            raise Refused(400, "Invalid Amount Sent" if name == "amount" else f"{name} must be a number")
        return int(str(value))


async def body_of(request: Request) -> Mapping[str, object]:
    """The fields of a request, JSON or a form. Raises `Refused`."""
    raw = await request.body()
    if not raw or len(raw) > MOST_BYTES:
        return {}
    if "json" not in request.headers.get("content-type", ""):
        return dict(parse_qsl(raw.decode("utf-8", "replace")))
    try:
        told = json.loads(raw)
    except ValueError:
        raise Refused(400, "The body is no JSON") from None
    return told if isinstance(told, dict) else {}


def stamp(moment: datetime | None) -> str | None:
    """A time as the provider writes it."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def number_in(text: str | None, default: int, most: int, name: str) -> int:
    """A number in the address. Raises `Refused`."""
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= most:
        raise Refused(400, f"{name} must be a valid number", f"Provide a valid {name}")
    return int(text)


def time_in(text: str | None, name: str) -> datetime | None:
    """A date, or a date and time; without a zone it is UTC. Raises `Refused`."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(400, f"{name} must be a valid date", f"Provide a valid {name}") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def window_in(query: Mapping[str, str]) -> Callable[[datetime], bool]:
    """Whether a time lies between `from` and `to`. Raises `Refused`."""
    begin, end = time_in(query.get("from"), "from"), time_in(query.get("to"), "to")
    return lambda at: (begin is None or at >= begin) and (end is None or at <= end)


def page_in(query: Mapping[str, str]) -> tuple[int, int]:
    """Which page, and how many on it. Raises `Refused`."""
    per_page = number_in(query.get("perPage") or query.get("per_page"), PAGE, MOST_PER_PAGE, "perPage")
    return number_in(query.get("page"), 1, 10**9, "page"), per_page


def one(body: Mapping[str, object], message: str) -> dict[str, object]:
    """A good answer about one thing."""
    return {"status": True, "message": message, "data": body}
