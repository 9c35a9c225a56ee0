"""Which of Paystack's attempts to pay and refunds are news, and how far the till has read.

Neither bears a date of change, so what may still change is read again: two hours back at every pull, three days
back every ten minutes; what was reversed, every refund, and one by one the links that nobody has paid yet, 90 days
back.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

import msgspec

from posapp.sync.connectors.http import Caller, NotOffered
from posapp.sync.connectors.paystack_list import all_refunds, time_of, transactions
from posapp.sync.connectors.paystack_read import (
    Head,
    head_of,
    is_given_back,
    is_unpaid_link,
    payment_item,
    state_of,
)
from posapp.sync.connectors.paystack_refunds import refund_item
from posapp.sync.connectors.paystack_refunds import state_of as refund_state_of
from posapp.sync.connectors.paystack_verify import HISTORY, given_back_minor, verified
from posapp.sync.connectors.reading import parse_time, stamp_text
from posapp.sync.feed import Page, RawItem

LATELY = timedelta(hours=2)
SLOW_BANKS = timedelta(days=3)
LOOK_WIDELY = timedelta(minutes=10)
REMEMBERED = 300  # payments and refunds of the last hours that need not be told again
LINKS = 200  # unpaid links that are asked about
LINKS_A_LOOK = 20
TOLD = "+"


class Cursor(msgspec.Struct):
    """Where the feed stands, by Paystack's clock. `seen` and `refunds` tell which state of each is stored."""

    newest: str = ""
    wide_at: str = ""
    seen: dict[str, str] = {}
    refunds: dict[str, str] = {}
    links: dict[
        str, str
    ] = {}  # unpaid ones: when each was made, with TOLD where it is known; first ones first


class Pull:
    """One pull, from a cursor to the high-water mark."""

    def __init__(self, caller: Caller, cursor: Cursor, *, is_first: bool) -> None:
        self._caller, self._stand, self._is_first = caller, cursor, is_first
        self._states: dict[str, tuple[str, str]] = {}  # reference: when it began, and the state that was read
        self._refunds: dict[str, tuple[str, str]] = {}
        self._links = dict(cursor.links)
        self._is_wide = False
        self._ours: dict[str, int] = {}  # reference of a payment: what our refunds give back of it

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what is news.

        The cursor is kept until the last page: the lists run from new to old, so nothing is behind us before
        their end. Refunds come first, for they say whether a payment was taken back or given back.
        """
        now = await time_of(self._caller)
        self._is_wide = _is_wide(self._stand, now)
        windows = list(_windows(self._stand, now))
        news, now = await self._refund_news(min(window["from"] for window in windows), now)
        if news:
            yield Page(tuple(news), _text(self._stand), now)
        for window in windows:
            async for rows, seen_at, total in transactions(self._caller, window):
                now = max(now, seen_at)
                news = [item for raw in rows if (item := self._payment_news(raw, seen_at))]
                if news:
                    yield Page(tuple(news), _text(self._stand), seen_at, total if self._is_first else None)
        if self._is_wide:
            news = await self._link_news(now)
            if news:
                yield Page(tuple(news), _text(self._stand), now)
        yield Page((), _text(self._moved(now)), now)

    async def _refund_news(self, since: str, now: datetime) -> tuple[list[RawItem], datetime]:
        try:
            rows, seen_at = await all_refunds(self._caller, {"from": since}, now)
        except NotOffered:  # payments matter more than news of refunds, which some accounts cannot make
            return [], now
        self._ours = given_back_minor(rows)
        news = []
        for raw in rows:
            item, state = refund_item(raw, seen_at), refund_state_of(raw)[:12]
            if item.remote_id:
                self._refunds[item.remote_id] = (item.stamp, state)
            if not item.remote_id or self._stand.refunds.get(item.remote_id) != state:
                news.append(item)
        return news, max(now, seen_at)

    def _payment_news(self, raw: bytes, seen_at: datetime) -> RawItem | None:
        head, state = head_of(raw), state_of(raw)[:12]
        given_back = is_given_back(head, self._ours.get(head.remote_id, 0))
        state += "+" if given_back else ""
        known = self._states.get(head.remote_id, ("", self._stand.seen.get(head.remote_id, "")))[1]
        if head.remote_id:
            self._states[head.remote_id] = (head.created, state)
            if self._is_untouched(raw, head) or known == state:
                return None
        return payment_item(raw, seen_at, given_back=given_back)

    def _is_untouched(self, raw: bytes, head: Head) -> bool:
        """Whether this is a link of ours on which nothing has happened: no attempt to pay, and no news."""
        made = self._links.pop(head.remote_id, head.created)
        if not is_unpaid_link(raw):
            return False
        untouched = head.status == "abandoned" and not made.endswith(TOLD)
        self._links[head.remote_id] = made if untouched else made.removesuffix(TOLD) + TOLD
        return untouched

    async def _link_news(self, now: datetime) -> list[RawItem]:
        """Ask for links that no list tells of any more: an old one can still be paid. Some at each look."""
        far, lately = stamp_text(now - HISTORY), stamp_text(now - SLOW_BANKS)
        due = [ref for ref, made in self._links.items() if made < lately and ref not in self._states]
        news = []
        for reference in due[:LINKS_A_LOOK]:
            if self._links[reference] < far:
                del self._links[reference]
                continue
            found = await verified(self._caller, reference)
            if found is None:
                del self._links[reference]
            elif not self._is_untouched(found[1], head_of(found[1])):
                news.append(found[0])
        return news

    def _moved(self, now: datetime) -> Cursor:
        """The cursor past all that was read; never ahead of Paystack's clock."""
        newest = max((created for created, _ in self._states.values()), default="")
        newest = min(max(newest, self._stand.newest), stamp_text(now)) or stamp_text(now)
        return Cursor(
            newest=newest,
            wide_at=stamp_text(now) if self._is_wide else self._stand.wide_at,
            seen=_latest(self._states),
            refunds=_latest(self._refunds),
            links=dict(list(self._links.items())[-LINKS:]),
        )


def cursor_of(text: str) -> Cursor:
    """Read a cursor; one that cannot be read begins anew."""
    try:
        return msgspec.json.decode(text or "{}", type=Cursor)
    except msgspec.MsgspecError:
        return Cursor()


def _is_wide(stand: Cursor, now: datetime) -> bool:
    wide_at = parse_time(stand.wide_at)
    return parse_time(stand.newest) is None or wide_at is None or now - wide_at >= LOOK_WIDELY


def _windows(stand: Cursor, now: datetime) -> Iterable[dict[str, str]]:
    newest = parse_time(stand.newest)
    if newest is None:
        yield {"from": stamp_text(now - HISTORY)}
    elif _is_wide(stand, now):
        yield {"from": stamp_text(newest - SLOW_BANKS)}
        yield {"from": stamp_text(now - HISTORY), "status": "reversed"}
    else:
        yield {"from": stamp_text(newest - LATELY)}


def _latest(states: dict[str, tuple[str, str]]) -> dict[str, str]:
    recent = sorted(((at, ref, state) for ref, (at, state) in states.items()), reverse=True)
    return {ref: state for _, ref, state in recent[:REMEMBERED]}


def _text(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()
