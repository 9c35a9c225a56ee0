"""The one way in which connectors speak HTTP.

It verifies every certificate, follows no redirect to anywhere else, believes no body
larger than it can hold, and waits politely. Secrets live in the client's auth alone:
no text that leaves here, in an exception or a log, can hold one.
"""

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Any, TypeVar

import httpx
import msgspec

from posapp.sync.connectors.address import BadAddress, is_loopback, normal_address
from posapp.sync.connectors.trust import trust
from posapp.sync.feed import FeedUnavailable, SignInAgain

MAX_BODY_BYTES = 32 * 1024 * 1024
MAX_REDIRECTS = 3
MAX_WAIT_S = 20.0  # a longer Retry-After is not sat out: the caller is told and comes again
MAX_RETRY_AFTER_S = 3600.0
TOTAL_S = 120.0  # one try, however slowly the server drips
TIMEOUT = httpx.Timeout(connect=10, read=30, write=30, pool=10)
LIMITS = httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=30)
PASSING = frozenset({429, 502, 503, 504})  # states that pass by themselves

Sleep = Callable[[float], Awaitable[None]]
T = TypeVar("T")


class BodyTooLarge(FeedUnavailable):
    """The answer is larger than we hold; asking for fewer things at once may help."""


class NotOffered(FeedUnavailable):
    """The server does not know this question, or not with these words (400 or 404)."""


class ServerTrouble(FeedUnavailable):
    """The server answers, but has trouble of its own: `status` is 429 or 5xx."""

    def __init__(self, words: str, status: int, retry_after_s: float) -> None:
        super().__init__(words, retry_after_s=retry_after_s, slow=True)
        self.status = status


class Unreachable(FeedUnavailable):
    """Nobody answered. `cause` is "address", "certificate", "redirect", "network", or "time": not soon enough."""

    def __init__(self, words: str, cause: str) -> None:
        super().__init__(words, slow=cause == "time")
        self.cause = cause


class Answer(msgspec.Struct, frozen=True):
    """What a server said, whole. `seen_at` is its own time, from its Date header."""

    status: int
    headers: httpx.Headers
    body: bytes
    took_s: float

    @property
    def is_json(self) -> bool:
        """Look at the Content-Type before parsing: error pages are HTML."""
        return "json" in self.headers.get("content-type", "").partition(";")[0].lower()

    @property
    def seen_at(self) -> datetime | None:
        """The server's own time; None where it tells none."""
        return _http_date(self.headers.get("date", ""))

    @property
    def retry_after_s(self) -> float:
        """How long the server asks us to stay away: 0 where it does not. Dates count from its own clock."""
        asked = self.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit() and len(asked) < 9:
            return min(float(asked), MAX_RETRY_AFTER_S)
        until, seen_at = _http_date(asked), self.seen_at
        if until is None or seen_at is None:
            return 0
        return min(max((until - seen_at).total_seconds(), 0), MAX_RETRY_AFTER_S)

    def count(self, header: str) -> int | None:
        """A number from a header such as X-WP-Total; None where it is missing or odd."""
        text = self.headers.get(header, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class Bearer(httpx.Auth):
    """Signs with one secret. A character that no secret has is sent as "?", and refused by the server."""

    def __init__(self, secret: str) -> None:
        self._header = "Bearer " + "".join(secret.split()).encode("ascii", "replace").decode("ascii")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the secret where it belongs, and nowhere else."""
        request.headers["Authorization"] = self._header
        yield request


class Caller:
    """Calls one server. `who` is how the owner knows it: "The web shop"."""

    def __init__(
        self,
        address: str,
        auth: httpx.Auth,
        *,
        who: str,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        tries: int = 4,
    ) -> None:
        self.who, self._sleep, self._tries = who, sleep, tries
        self.refused: BadAddress | None = None
        try:
            self.base = normal_address(address)
        except BadAddress as error:
            self.base, self.refused = "https://address.invalid", error
        self._client = httpx.AsyncClient(
            auth=auth,
            # Loading a trust store takes as long as a window may stand still; plain http needs none.
            verify=trust() if self.base.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            transport=transport,
            # A proxy would see what is sent to this machine in clear.
            trust_env=not is_loopback(httpx.URL(self.base).host),
            timeout=TIMEOUT,
            limits=LIMITS,
            follow_redirects=False,
            headers={"User-Agent": user_agent(), "Accept": "application/json", "Accept-Encoding": "gzip"},
        )

    def __repr__(self) -> str:
        return f"Caller({self.base})"

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._client.aclose()

    async def get(self, path: str, params: Mapping[str, str] | None = None, *, tries: int = 0) -> Answer:
        """Ask, and ask again after a pause while the trouble may pass; any other answer is returned.

        Raises `FeedUnavailable` when the tries are used up.
        """
        for attempt in range(1, (tries or self._tries) + 1):
            trouble: FeedUnavailable
            pause_s = _pause_s(attempt)
            try:
                answer = await self._once("GET", path, params)
            except Unreachable as error:
                trouble = error
                if error.cause not in ("network", "time"):
                    raise
            else:
                if answer.status not in PASSING:
                    return answer
                trouble = self.unavailable(answer)
                pause_s = max(answer.retry_after_s, pause_s)
            if attempt == (tries or self._tries) or pause_s > MAX_WAIT_S:
                raise trouble
            await self._sleep(pause_s)
        raise AssertionError("a try either returns or raises")

    async def send(self, method: str, path: str, content: Any = None) -> Answer:
        """Write once; never repeated by itself, for the first may still be running."""
        return await self._once(method, path, None, content)

    def unavailable(self, answer: Answer) -> FeedUnavailable:
        """Put an answer that is of no use into words."""
        if answer.status == 401 or (answer.status == 403 and answer.is_json):
            return SignInAgain(f"{self.who} no longer accepts the key.")
        if answer.status in (400, 404):
            return NotOffered(f"{self.who} does not know what we ask for (error {answer.status}).")
        if answer.status == 403:
            return FeedUnavailable(f"A firewall in front of {self.who.lower()} does not let us in.")
        if answer.status == 200:
            return FeedUnavailable(f"{self.who} answers with a web page where data was expected.")
        words = {
            429: f"{self.who} asks us to come less often.",
            503: f"{self.who} is being maintained.",
        }.get(answer.status, f"{self.who} has trouble of its own (error {answer.status}).")
        if answer.status == 429 or answer.status >= 500:
            return ServerTrouble(words, answer.status, answer.retry_after_s)
        return FeedUnavailable(f"{self.who} gives an answer that we do not understand ({answer.status}).")

    async def _once(
        self, method: str, path: str, params: Mapping[str, str] | None, content: Any = None
    ) -> Answer:
        if self.refused is not None:
            raise Unreachable(self.refused.words, "address")
        url = httpx.URL(self.base + path)
        if params:
            url = url.copy_merge_params(params)
        began = time.monotonic()
        try:
            async with asyncio.timeout(TOTAL_S):
                for _ in range(MAX_REDIRECTS + 1):
                    answer = await self._exchange(method, url, content, began)
                    if answer.status not in (301, 302, 303, 307, 308) or method != "GET":
                        return answer
                    url = self._next_url(url, answer)
        except httpx.ConnectTimeout:
            raise Unreachable(f"{self.base} cannot be reached.", "network") from None
        except (TimeoutError, httpx.TimeoutException):
            raise Unreachable(f"{self.who} does not answer in time.", "time") from None
        except httpx.InvalidURL:
            raise Unreachable(f"{self.who} sends us to an address that is none.", "redirect") from None
        except httpx.HTTPError as error:
            # Not chained: what a library puts into its text is not ours to vouch for.
            raise self._unreachable(error) from None
        raise Unreachable(f"{self.who} sends us round in circles.", "redirect")

    async def _exchange(self, method: str, url: httpx.URL, content: Any, began: float) -> Answer:
        body, headers = None, {}
        if content is not None:
            body, headers = msgspec.json.encode(content), {"Content-Type": "application/json"}
        async with self._client.stream(method, url, content=body, headers=headers) as response:
            received = bytearray()
            async for part in response.aiter_bytes():
                received += part
                if len(received) > MAX_BODY_BYTES:
                    raise BodyTooLarge(f"{self.who} sends more at once than can be held.")
        self._client.cookies.clear()  # with a cookie WordPress would want a nonce as well
        return Answer(response.status_code, response.headers, bytes(received), time.monotonic() - began)

    def _next_url(self, url: httpx.URL, answer: Answer) -> httpx.URL:
        """Follow to the same door only: elsewhere the key would go to a stranger."""
        try:
            target = url.join(answer.headers.get("location", ""))
        except (httpx.InvalidURL, ValueError):
            raise Unreachable(f"{self.who} sends us to an address that is none.", "redirect") from None
        if (target.scheme, target.raw_host, target.port) != (url.scheme, url.raw_host, url.port):
            elsewhere = f"{target.scheme}://{target.raw_host.decode('ascii', 'replace')[:100]}"
            raise Unreachable(f"{self.who} sends us to {elsewhere}, which is another address.", "redirect")
        return target

    def _unreachable(self, error: httpx.HTTPError) -> Unreachable:
        causes = _causes(error)
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return Unreachable(f"The certificate of {self.base} is not to be trusted.", "certificate")
        if isinstance(error, httpx.ConnectError):
            return Unreachable(f"{self.base} cannot be reached.", "network")
        return Unreachable(f"The connection to {self.who.lower()} broke.", "network")


def parsed(answer: Answer, caller: Caller, kind: type[T]) -> T:
    """Read a good answer's body, or raise what it means instead."""
    if answer.status != 200 or not answer.is_json:
        raise caller.unavailable(answer)
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise FeedUnavailable(f"The answer of {caller.who.lower()} is cut off or unreadable.") from None


def user_agent() -> str:
    """How we introduce ourselves: "posapp/0.1.0"."""
    try:
        return f"posapp/{metadata.version('posapp')}"
    except metadata.PackageNotFoundError:
        return "posapp"


def _pause_s(attempt: int) -> float:
    """0.5, 1, 2 … 8 seconds; chance takes up to half away, so that tills do not march in step."""
    return float(min(0.5 * 2 ** (attempt - 1), 8.0) * (0.5 + random.random() / 2))


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < 10:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found
