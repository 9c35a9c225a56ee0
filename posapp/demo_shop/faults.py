"""Faults on purpose, for tests: the next answers are late, broken, refused, contradict each other, or never come."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from posapp.demo_shop.faults_answers import Turns, as_before, doubled, in_another_order, retold, truncated
from posapp.demo_shop.outages import (
    BAD_GATEWAY_PAGE,
    CRASH_PAGE,
    DATABASE_PAGE,
    MAINTENANCE_PAGE,
    TOO_MANY_PAGE,
)

HTML = "text/html; charset=UTF-8"


class Kind(StrEnum):
    """What goes wrong."""

    MAINTENANCE = "maintenance"  # 503, HTML, Retry-After
    DATABASE_DOWN = "database_down"  # 500, HTML
    CRASH = "crash"  # 500, HTML, as after a PHP fatal error
    BAD_GATEWAY = "bad_gateway"  # 502, HTML
    TOO_MANY = "too_many"  # 429, Retry-After
    SLOW = "slow"  # the right answer, `seconds` late
    TRUNCATED = "truncated"  # the right answer, cut in the middle
    DROP = "drop"  # the connection closes, nothing was done
    LOST_ANSWER = "lost_answer"  # it was done, then the connection closes
    DOUBLED = "doubled"  # it is done twice, as by a proxy that tries again; the second answer is told
    REORDERED = "reordered"  # of two such requests the first is answered after the second
    SHUFFLED = "shuffled"  # a list comes in another order
    STALE = "stale"  # what is told of the provider's things is how they were: pending


@dataclass
class Fault:
    """The next `times` requests that fit go wrong. `path` is looked for anywhere in the address.

    The provider's addresses begin with "/paystack/".
    """

    kind: Kind
    times: int = 1
    method: str | None = None
    path: str = "/wp-json/"
    seconds: float = 0.0  # how late, or what Retry-After says

    def fits(self, scope: Scope) -> bool:
        """Whether this request is one of those."""
        return (
            self.times > 0
            and self.path in scope["path"]
            and (self.method is None or self.method == scope["method"])
        )


class Faults:
    """A queue: of the faults that fit a request, the one that was added first is used up first."""

    def __init__(self) -> None:
        self.queue: list[Fault] = []

    def add(
        self,
        kind: Kind | str,
        times: int = 1,
        *,
        method: str | None = None,
        path: str = "/wp-json/",
        seconds: float = 0.0,
    ) -> Fault:
        """Let the next `times` fitting requests go wrong."""
        fault = Fault(Kind(kind), times, method, path, seconds)
        self.queue.append(fault)
        return fault

    def clear(self) -> None:
        """Let everything work again."""
        self.queue.clear()

    def next_for(self, scope: Scope) -> Fault | None:
        """Use up and give the fault for this request."""
        for fault in self.queue:
            if fault.fits(scope):
                fault.times -= 1
                self.queue = [f for f in self.queue if f.times > 0]
                return fault
        return None


class FaultyAnswers:
    """ASGI middleware that lets the queued faults happen."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or fail as asked."""
        fault = self._faults.next_for(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        match fault.kind:
            case Kind.SLOW:
                await asyncio.sleep(fault.seconds)
                await self._app(scope, receive, send)
            case Kind.TRUNCATED:
                await truncated(self._app, scope, receive, send)
            case Kind.DOUBLED:
                await doubled(self._app, scope, receive, send)
            case Kind.REORDERED:
                await self._turns.take(self._app, scope, receive, send)
            case Kind.SHUFFLED:
                await retold(self._app, scope, receive, send, in_another_order)
            case Kind.STALE:
                await retold(self._app, scope, receive, send, as_before)
            case Kind.LOST_ANSWER:
                await self._app(scope, receive, _nowhere)
                await _cut(send)
            case Kind.DROP:
                await _cut(send)
            case _:
                await _page(fault, send)


_PAGES = {
    Kind.MAINTENANCE: (503, MAINTENANCE_PAGE),
    Kind.DATABASE_DOWN: (500, DATABASE_PAGE),
    Kind.CRASH: (500, CRASH_PAGE),
    Kind.BAD_GATEWAY: (502, BAD_GATEWAY_PAGE),
    Kind.TOO_MANY: (429, TOO_MANY_PAGE),
}


async def _page(fault: Fault, send: Send) -> None:
    status, page = _PAGES[fault.kind]
    body = page.encode()
    headers = [(b"content-type", HTML.encode()), (b"content-length", str(len(body)).encode())]
    if fault.kind in {Kind.MAINTENANCE, Kind.TOO_MANY}:
        headers.append((b"retry-after", str(int(fault.seconds) or 600).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _cut(send: Send) -> None:
    """Promise a body and leave: the server closes the connection. Only over real HTTP."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": True})


async def _nowhere(message: Message) -> None:
    del message
