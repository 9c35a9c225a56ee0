"""Walking through a WooCommerce collection without missing what changes meanwhile.

Page numbers drift when a record is edited between two pages. So each request asks for
what changed at or after the last second seen, less the ids already taken in that
second. Times are the server's own, sent as naive UTC with `dates_are_gmt`: with a "Z"
the last hour would be invisible in Lagos.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from posapp.sync.connectors.http import Answer, BodyTooLarge, Caller, parsed
from posapp.sync.connectors.reading import parse_time, stamp_text
from posapp.sync.connectors.woocommerce_wire import Head, head_of
from posapp.sync.feed import FeedUnavailable

API = "/wp-json/wc/v3"
PER_PAGE = 100  # WooCommerce refuses more
OVERLAP = timedelta(seconds=120)  # a slow transaction shows up this late under an older stamp
CROWD = 300  # ids that fit into an address; a second with more is read by id
ONE_SECOND = timedelta(seconds=1)
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+"|[][{},]', re.DOTALL)


class PagingBroken(FeedUnavailable):
    """The server brings what was excluded: a plugin or an old version does not page as it should."""


class Row(msgspec.Struct, frozen=True):
    """One record: what can always be told of it, and its raw text."""

    head: Head
    raw: bytes


class Batch(msgspec.Struct, frozen=True):
    """One answer's records. `after` is the stamp to go on from once they are stored."""

    rows: tuple[Row, ...]
    after: str
    seen_at: datetime


async def walk(caller: Caller, path: str, params: Mapping[str, str], after: str) -> AsyncIterator[Batch]:
    """Yield all that changed since `after`, less the overlap; "" yields everything.

    Ends with the first answer that is not full. Raises `FeedUnavailable`.
    """
    last = moved(after, -OVERLAP) if parse_time(after) else ""
    taken: set[str] = set()
    size, full = PER_PAGE, True
    while full:
        query = {**params, "orderby": "modified", "order": "asc", "per_page": str(size)}
        query |= _window(last) | ({"exclude": ",".join(sorted(taken, key=int))} if taken else {})
        try:
            answer = await caller.get(API + path, query)
        except BodyTooLarge:
            if size == 1:
                raise
            size //= 10
            continue
        rows = rows_of(answer, caller)
        ids = {row.head.remote_id for row in rows} - {""}
        full = len(rows) >= size
        if full and not ids - taken:
            raise PagingBroken(f"{caller.who} repeats itself: a plugin may change how its lists are paged.")
        newest = max((row.head.stamp for row in rows), default="")
        if newest > last:
            last, taken = newest, {row.head.remote_id for row in rows if row.head.stamp == newest} - {""}
        else:
            taken |= ids
        seen_at = server_time(answer, last)
        yield Batch(rows, min(max(last, after), stamp_text(seen_at)), seen_at)
        if full and len(taken) >= CROWD and last:
            async for batch in _one_second(caller, path, params, last, size):
                yield batch
            last, taken = moved(last, ONE_SECOND), set()


async def _one_second(
    caller: Caller, path: str, params: Mapping[str, str], stamp: str, size: int
) -> AsyncIterator[Batch]:
    """Read all that bears one stamp, as a bulk import makes it, by id and from the last page backwards.

    What is edited meanwhile leaves this second, which moves the rest towards the first
    page, where we are still to come.
    """
    window = _window(stamp) | {"modified_before": _naive(moved(stamp, ONE_SECOND))}
    query = {**params, **window, "orderby": "id", "order": "asc", "per_page": str(size)}
    first = await caller.get(API + path, query | {"page": "1"})
    for page in range(first.count("x-wp-totalpages") or 1, 0, -1):
        answer = await caller.get(API + path, query | {"page": str(page)})
        yield Batch(rows_of(answer, caller), stamp, server_time(answer, stamp))


async def pages_of(caller: Caller, path: str, params: Mapping[str, str]) -> AsyncIterator[tuple[Row, ...]]:
    """Yield a collection that nobody hurries to change, by page numbers and id."""
    page, rows = 1, tuple[Row, ...]()
    while page == 1 or len(rows) >= PER_PAGE:
        query = {"per_page": str(PER_PAGE), "orderby": "id", "order": "asc", **params, "page": str(page)}
        rows = rows_of(await caller.get(API + path, query), caller)
        yield rows
        page += 1


def rows_of(answer: Answer, caller: Caller) -> tuple[Row, ...]:
    """Split a list into its records without reading them: a broken one must not stop the others."""
    return tuple(Row(head_of(raw), raw) for raw in _split(answer, caller))


def _split(answer: Answer, caller: Caller) -> Iterable[bytes]:
    try:
        return [bytes(raw) for raw in parsed(answer, caller, list[msgspec.Raw])]
    except FeedUnavailable:
        records = split_list(answer.body) if answer.status == 200 and answer.is_json else None
        if records is None:
            raise
        return records


def split_list(body: bytes) -> list[bytes] | None:
    """Cut a JSON list at its outer commas, whatever stands between them; None where it is none.

    One record with half a character or a thousand brackets makes the whole list
    unreadable to a proper parser. The others must get through.
    """
    depth, start, records = 0, 0, list[bytes]()
    for token in _STRUCTURE.finditer(body):
        mark = token[0]
        if mark in b"[{":
            depth += 1
            start = token.end() if depth == 1 else start
        elif mark in b"]}":
            depth -= 1
        if (mark == b"," and depth == 1) or (mark in b"]}" and depth == 0):
            records.append(body[start : token.start()].strip())
            start = token.end()
    whole = body.strip().startswith(b"[") and body.strip().endswith(b"]") and depth == 0
    return [record for record in records if record] if whole else None


def server_time(answer: Answer, otherwise: str) -> datetime:
    """The server's own time at its answer; without a Date header the newest stamp it showed."""
    at = answer.seen_at or parse_time(otherwise)
    if at is None:
        raise FeedUnavailable("The shop's answers bear no date, so its orders cannot be put in order.")
    return at


def since(after: str) -> dict[str, str]:
    """The filter for all that a walk from `after` will bring."""
    return _window(moved(after, -OVERLAP)) if parse_time(after) else {}


def _window(last: str) -> dict[str, str]:
    if not last:
        return {}
    return {"modified_after": _naive(moved(last, -ONE_SECOND)), "dates_are_gmt": "true"}


def moved(stamp: str, by: timedelta) -> str:
    """A stamp so much later."""
    at = parse_time(stamp)
    assert at is not None, "stamps are our own"
    return stamp_text(at + by)


def _naive(stamp: str) -> str:
    return stamp.removesuffix("Z")
