"""What a fault does to a right answer: cut it, carry the request out twice, keep it back, or tell it differently."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_S = 5.0  # an answer that waits for another one is not kept back for longer


async def answer_of(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[dict[str, Any], bytes]:
    """Let the request be carried out, and keep its answer: how it starts, and its body."""
    start: dict[str, Any] = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    return start, b"".join(parts)


async def tell(send: Send, start: dict[str, Any], body: bytes) -> None:
    """Send an answer that was kept, with the length its body has now."""
    kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
    await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


async def truncated(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The right answer, cut in the middle."""
    start, body = await answer_of(app, scope, receive)
    await tell(send, start, body[: len(body) * 2 // 3])


async def doubled(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Carry the request out twice, as by a proxy that did not hear the first answer; the second one is told."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    whole = b"".join(parts)

    async def again() -> Message:
        return {"type": "http.request", "body": whole, "more_body": False}

    await answer_of(app, scope, again)
    await tell(send, *await answer_of(app, scope, again))


class Turns:
    """Two requests whose answers come in the other order: the first is kept back until the second is out."""

    def __init__(self) -> None:
        self._waiting: asyncio.Event | None = None

    async def take(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry a request out; whether its answer is the first or the second decides itself."""
        if self._waiting is None:
            mine = self._waiting = asyncio.Event()
            start, body = await answer_of(app, scope, receive)
            try:
                await asyncio.wait_for(mine.wait(), LONGEST_S)
            except TimeoutError:
                self._waiting = None
            await tell(send, start, body)
            return
        theirs, self._waiting = self._waiting, None
        await app(scope, receive, send)
        theirs.set()


async def retold(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, change: Callable[[Any], None]
) -> None:
    """The right answer with its JSON changed."""
    start, body = await answer_of(app, scope, receive)
    told = json.loads(body)
    change(told)
    await tell(send, start, json.dumps(told).encode())


def in_another_order(told: Any) -> None:
    """A list runs the other way round."""
    if isinstance(told.get("data"), list):
        told["data"].reverse()


def as_before(told: Any) -> None:
    """A list that has not heard yet what became of its things: all of them are pending."""
    rows = told.get("data")
    for row in rows if isinstance(rows, list) else [rows]:
        if isinstance(row, dict) and "status" in row:
            row["status"] = "pending"
