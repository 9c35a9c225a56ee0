"""Paystack's lists, page by page, and its own time."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import msgspec

from posapp.sync.connectors.http import Answer, Caller, parsed
from posapp.sync.feed import FeedUnavailable

PER_PAGE = 100
MAX_PAGES = 10_000
ONCE_MORE = 3  # how often a list is read again that changed while it was read


class _Meta(msgspec.Struct):
    total: int | None = None
    pageCount: int | None = None  # noqa: N815 - its own spelling


class Listed(msgspec.Struct):
    """The answer of a list; its rows are not read yet."""

    data: list[msgspec.Raw]
    meta: _Meta | None = None


class _Id(msgspec.Struct):
    id: int | str | float | None = None


async def time_of(caller: Caller) -> datetime:
    """Paystack's own time: windows are counted back from it, not from the till's."""
    answer = await caller.get("/transaction", {"perPage": "1", "per_page": "1"})
    parsed(answer, caller, Listed)
    return server_time(answer)


def server_time(answer: Answer) -> datetime:
    """The time of an answer by its Date header. Raises `FeedUnavailable` where it bears none."""
    if answer.seen_at is None:
        raise FeedUnavailable("Paystack's answers bear no date, so payments cannot be put in order.")
    return answer.seen_at


async def transactions(
    caller: Caller, window: Mapping[str, str]
) -> AsyncIterator[tuple[list[bytes], datetime, int | None]]:
    """Yield the pages of the list of transactions."""
    # The documentation says perPage, the specification per_page.
    sizes = {"perPage": str(PER_PAGE), "per_page": str(PER_PAGE)}
    async for page in _pages(caller, "/transaction", {**window, **sizes}):
        yield page


async def all_refunds(
    caller: Caller, window: Mapping[str, str], now: datetime
) -> tuple[list[bytes], datetime]:
    """Every refund made in a window, each once, and the time of the answer; complete, or `FeedUnavailable`.

    A refund that a page boundary hides would be paid out a second time: a list that holds fewer than it says
    has moved while it was read, and is read again.
    """
    for _ in range(ONCE_MORE):
        found: dict[str, bytes] = {}
        total, seen_at = 0, now
        async for rows, at, said in _pages(caller, "/refund", {**window, "perPage": str(PER_PAGE)}):
            found |= {_key_of(raw): raw for raw in rows}
            total, seen_at = max(total, said or 0), at
        if len(found) >= total:
            return list(found.values()), seen_at
    raise FeedUnavailable("Paystack's list of refunds changes while it is read.")


async def _pages(
    caller: Caller, path: str, asked: Mapping[str, str]
) -> AsyncIterator[tuple[list[bytes], datetime, int | None]]:
    """Yield the pages of a list. One that arrives meanwhile pushes the others on: read twice, never missed."""
    before: list[bytes] = []
    for page in range(1, MAX_PAGES):
        answer = await caller.get(path, {**asked, "page": str(page)})
        listed = parsed(answer, caller, Listed)
        rows = [bytes(raw) for raw in listed.data]
        if not rows or rows == before:
            return
        yield rows, server_time(answer), listed.meta.total if listed.meta else None
        if listed.meta and listed.meta.pageCount is not None and page >= listed.meta.pageCount:
            return
        before = rows


def _key_of(raw: bytes) -> str:
    """What tells one row from another: its id, or all of it where it has none."""
    try:
        told = msgspec.json.decode(raw, type=_Id).id
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        told = None
    return raw.hex() if told is None else str(told)
