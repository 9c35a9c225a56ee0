"""Paystack as a feed, the read side: which attempts to pay there were, and how they went.

A transaction bears no date of change, so what may still change is read again: two hours
back at every pull, three days back every ten minutes, and what was reversed 90 days back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx
import msgspec

from posapp.domain.feed import ProviderPayment, Unreadable
from posapp.sync.connectors import verdicts
from posapp.sync.connectors.http import Answer, Bearer, Caller, Sleep, parsed
from posapp.sync.connectors.paystack_read import head_of, payment_item, read_payment, state_of
from posapp.sync.connectors.reading import clean_text, parse_time, stamp_text
from posapp.sync.feed import FeedUnavailable, Finding, Page, RawItem, Verdict

ADDRESS = "https://api.paystack.co"
PER_PAGE = 100
LATELY = timedelta(hours=2)
SLOW_BANKS = timedelta(days=3)
LOOK_WIDELY = timedelta(minutes=10)
HISTORY = timedelta(days=90)
REMEMBERED = 300  # payments of the last hours that need not be told again
MAX_PAGES = 10_000


class Cursor(msgspec.Struct):
    """Where the feed stands, by Paystack's clock. `seen` tells which state of a reference is stored."""

    newest: str = ""
    wide_at: str = ""
    seen: dict[str, str] = {}


class _Meta(msgspec.Struct):
    total: int | None = None
    pageCount: int | None = None  # noqa: N815


class _Listed(msgspec.Struct):
    data: list[msgspec.Raw]
    meta: _Meta | None = None


class _Verified(msgspec.Struct):
    data: msgspec.Raw


class _Currency(msgspec.Struct):
    currency: str = ""


def _till_clock() -> datetime:
    return datetime.now(UTC)


class PaystackFeed:
    """Reads the transactions of one Paystack account."""

    def __init__(
        self,
        feed_id: str,
        url: str,
        secret: str,
        *,
        currency: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        till_clock: Callable[[], datetime] = _till_clock,
    ) -> None:
        self.feed_id = feed_id
        self._currency, self._till_clock = currency.strip().upper(), till_clock
        self._is_trial = secret.strip().startswith("sk_test_")
        self._caller = Caller(
            url or ADDRESS, Bearer(secret), who="Paystack", transport=transport, sleep=sleep
        )

    def __repr__(self) -> str:
        return f"PaystackFeed({self.feed_id!r}, {self.address!r})"

    @property
    def address(self) -> str:
        """The address that is called."""
        return self._caller.base

    async def pages(self, cursor: str) -> AsyncIterator[Page]:
        """Yield every page from the cursor to the high-water mark; see `Feed`.

        The cursor is kept until the last page: the list runs from new to old, so nothing
        is behind us before its end.
        """
        stand = _cursor_of(cursor)
        now = await self._time()
        states: dict[str, tuple[str, str]] = {}
        for window in _windows(stand, now):
            async for rows, seen_at, total in self._listed(window):
                news: list[RawItem] = []
                for raw in rows:
                    head, state = head_of(raw), state_of(raw)[:12]
                    known = states.get(head.remote_id, ("", stand.seen.get(head.remote_id, "")))[1]
                    if head.remote_id:
                        states[head.remote_id] = (head.created, state)
                    if not head.remote_id or known != state:
                        news.append(payment_item(raw, seen_at))
                now = max(now, seen_at)
                if news:
                    yield Page(tuple(news), _text(stand), seen_at, None if cursor else total)
        yield Page((), _text(_moved(stand, states, now)), now)

    def read(self, item: RawItem) -> ProviderPayment:
        """Read one raw item; pure. Raises `Unreadable` with the reason."""
        if item.kind != "payment":
            raise Unreadable(f"A payment provider sends no {item.kind[:20]}.")
        return read_payment(item.body)

    async def verify(self, reference: str) -> RawItem | None:
        """Ask for one payment by its reference; None where Paystack does not know it."""
        answer = await self._caller.get(f"/transaction/verify/{quote(reference[:300], safe='')}")
        if answer.status in (400, 404) and answer.is_json:
            return None
        raw = bytes(parsed(answer, self._caller, _Verified).data)
        return payment_item(raw, _server_time(answer))

    async def test(self) -> Verdict:
        """Try address and key by reading one transaction. Never raises for what a server answers."""
        refused = verdicts.refused_address(self._caller)
        if refused is not None:
            return refused
        try:
            answer = await self._caller.get("/transaction", {"perPage": "1", "per_page": "1"}, tries=2)
        except FeedUnavailable as error:
            return verdicts.of_error(error, self._caller)
        return verdicts.of_state(answer, self._caller) or self._verdict(answer)

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._caller.close()

    def _verdict(self, answer: Answer) -> Verdict:
        advice = "In Paystack: Settings, API Keys; take the secret key."
        if answer.status in (401, 403):
            return verdicts.failed("wrong_key", "key", "Paystack does not accept this secret key.", advice)
        if answer.status == 404:
            return verdicts.failed("wrong_address", "answers", "Nobody takes payments at this address.")
        try:
            listed = parsed(answer, self._caller, _Listed)
        except FeedUnavailable:
            return verdicts.failed("not_a_shop", "answers", "Somebody answers, but it is not Paystack.")
        currency = _currency_in(listed.data[0]) if listed.data else ""
        agrees = not currency or not self._currency or currency == self._currency
        key = Finding("key", "ok", "May read payments")
        if self._is_trial:
            key = Finding("key", "warning", "A test key: no real money moves.", advice)
        money = Finding("money", "ok", currency or "No payment yet")
        if not agrees:
            words = f"The newest payment is in {currency}, this till sells in {self._currency}."
            money = Finding("money", "failed", words)
        findings = (
            verdicts.answers(self._caller, answer.took_s),
            key,
            money,
            verdicts.clocks(answer, self._till_clock),
        )
        return Verdict("ok" if agrees else "wrong_currency", findings, "Paystack", currency)

    async def _time(self) -> datetime:
        """Paystack's own time: the windows are counted back from it, not from the till's."""
        answer = await self._caller.get("/transaction", {"perPage": "1", "per_page": "1"})
        parsed(answer, self._caller, _Listed)
        return _server_time(answer)

    async def _listed(
        self, window: dict[str, str]
    ) -> AsyncIterator[tuple[list[bytes], datetime, int | None]]:
        """Yield the pages of a list. One that arrives meanwhile pushes the others on: read twice, never missed."""
        before: list[bytes] = []
        for page in range(1, MAX_PAGES):
            # The documentation says perPage, the specification per_page.
            sizes = {"perPage": str(PER_PAGE), "per_page": str(PER_PAGE), "page": str(page)}
            answer = await self._caller.get("/transaction", window | sizes)
            listed = parsed(answer, self._caller, _Listed)
            rows = [bytes(raw) for raw in listed.data]
            if not rows or rows == before:
                return
            yield rows, _server_time(answer), listed.meta.total if listed.meta else None
            if listed.meta and listed.meta.pageCount is not None and page >= listed.meta.pageCount:
                return
            before = rows


def _windows(stand: Cursor, now: datetime) -> Iterable[dict[str, str]]:
    newest, wide_at = parse_time(stand.newest), parse_time(stand.wide_at)
    if newest is None:
        yield {"from": stamp_text(now - HISTORY)}
    elif wide_at is None or now - wide_at >= LOOK_WIDELY:
        yield {"from": stamp_text(newest - SLOW_BANKS)}
        yield {"from": stamp_text(now - HISTORY), "status": "reversed"}
    else:
        yield {"from": stamp_text(newest - LATELY)}


def _moved(stand: Cursor, states: dict[str, tuple[str, str]], now: datetime) -> Cursor:
    """The cursor past all that was read; never ahead of Paystack's clock."""
    wide_at = parse_time(stand.wide_at)
    wide = wide_at is None or now - wide_at >= LOOK_WIDELY
    newest = max((created for created, _ in states.values()), default="")
    recent = sorted(((created, ref, state) for ref, (created, state) in states.items()), reverse=True)
    return Cursor(
        newest=min(max(newest, stand.newest), stamp_text(now)) or stamp_text(now),
        wide_at=stamp_text(now) if wide else stand.wide_at,
        seen={ref: state for _, ref, state in recent[:REMEMBERED]},
    )


def _cursor_of(text: str) -> Cursor:
    try:
        return msgspec.json.decode(text or "{}", type=Cursor)
    except msgspec.MsgspecError:
        return Cursor()


def _text(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()


def _server_time(answer: Answer) -> datetime:
    if answer.seen_at is None:
        raise FeedUnavailable("Paystack's answers bear no date, so payments cannot be put in order.")
    return answer.seen_at


def _currency_in(raw: msgspec.Raw) -> str:
    try:
        return clean_text(msgspec.json.decode(raw, type=_Currency).currency, 3).upper()
    except msgspec.MsgspecError:
        return ""
