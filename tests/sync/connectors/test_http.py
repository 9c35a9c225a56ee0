"""How connectors speak HTTP: patient, careful with the key, and never at length."""

import asyncio
import gzip
import logging
from collections.abc import Callable

import httpx
import pytest

from posapp.sync.connectors import http
from posapp.sync.connectors.http import (
    Bearer,
    BodyTooLarge,
    Caller,
    NotOffered,
    ServerTrouble,
    Unreachable,
    parsed,
)
from posapp.sync.feed import FeedUnavailable, SignInAgain
from tests.sync.connectors.recordings import answer

SECRET = "cs_0123456789abcdef"
KEY = "ck_fedcba9876543210"
Handler = Callable[[httpx.Request], httpx.Response]


class Pauses:
    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, pause_s: float) -> None:
        self.taken.append(pause_s)


def caller_of(
    handler: Handler, pauses: Pauses | None = None, address: str = "https://shop.example.test"
) -> Caller:
    return Caller(
        address,
        httpx.BasicAuth(KEY, SECRET),
        who="The web shop",
        transport=httpx.MockTransport(handler),
        sleep=pauses or Pauses(),
    )


def in_turn(*answers: httpx.Response | Exception) -> Handler:
    left = list(answers)

    def handler(request: httpx.Request) -> httpx.Response:
        told = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(told, Exception):
            raise told
        return told

    return handler


def ok(content: str = "[]") -> httpx.Response:
    headers = {"Content-Type": "application/json", "Date": "Mon, 23 Nov 2026 03:11:07 GMT"}
    return httpx.Response(200, headers=headers, text=content)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_what_passes_by_itself_is_waited_for(status: int) -> None:
    pauses = Pauses()
    caller = caller_of(in_turn(httpx.Response(status), httpx.Response(status), ok()), pauses)
    assert (await caller.get("/x")).status == 200
    assert len(pauses.taken) == 2
    assert 0.25 <= pauses.taken[0] <= 0.5 <= pauses.taken[1] <= 1


@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout("slow"), httpx.ConnectError("no"), httpx.RemoteProtocolError("cut")]
)
async def test_a_broken_connection_is_tried_again_and_then_said(error: Exception) -> None:
    pauses = Pauses()
    with pytest.raises(Unreachable):
        await caller_of(in_turn(error), pauses).get("/x")
    assert len(pauses.taken) == 3
    assert (await caller_of(in_turn(error, ok())).get("/x")).status == 200


async def test_retry_after_is_honoured() -> None:
    pauses = Pauses()
    asked = httpx.Response(429, headers={"Retry-After": "7"})
    await caller_of(in_turn(asked, ok()), pauses).get("/x")
    assert pauses.taken == [7]


async def test_retry_after_may_be_a_date_by_the_servers_own_clock() -> None:
    pauses = Pauses()
    headers = {"Retry-After": "Mon, 23 Nov 2026 03:11:16 GMT", "Date": "Mon, 23 Nov 2026 03:11:07 GMT"}
    await caller_of(in_turn(httpx.Response(503, headers=headers), ok()), pauses).get("/x")
    assert pauses.taken == [9]


async def test_a_long_retry_after_is_told_and_not_sat_out() -> None:
    pauses = Pauses()
    with pytest.raises(ServerTrouble, match="maintained") as caught:
        await caller_of(in_turn(answer("85-err-503-maintenance")), pauses).get("/x")
    assert (caught.value.retry_after_s, pauses.taken) == (600, [])


@pytest.mark.parametrize("asked", ["99999999", "-5", "soon", "1e9", "²", ""])
async def test_an_odd_retry_after_does_no_harm(asked: str) -> None:
    response = httpx.Response(503, headers=[("Retry-After", asked.encode("utf-8"))])
    with pytest.raises(FeedUnavailable) as caught:
        await caller_of(in_turn(response)).get("/x")
    assert 0 <= caught.value.retry_after_s <= http.MAX_RETRY_AFTER_S


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("80-err-bad-key", SignInAgain),
        ("80-err-bad-secret", SignInAgain),
        ("80-err-read-key-writes", SignInAgain),
        ("81-err-404-route", NotOffered),
        ("85-err-500-database-down", ServerTrouble),
        ("85-err-502-php-down", ServerTrouble),
    ],
)
async def test_recorded_troubles_are_told_apart(name: str, error: type[Exception]) -> None:
    caller = caller_of(in_turn(answer(name)))

    async def read() -> None:
        parsed(await caller.get("/x"), caller, list[object])

    with pytest.raises(error):
        await read()


async def test_an_error_of_the_servers_own_is_not_tried_again() -> None:
    pauses = Pauses()
    told = await caller_of(in_turn(answer("85-err-500-database-down")), pauses).get("/x")
    assert (told.status, pauses.taken) == (500, [])


async def test_a_web_page_is_recognised_before_it_is_parsed() -> None:
    page = httpx.Response(200, headers={"Content-Type": "text/html"}, text="[]")
    caller = caller_of(in_turn(page))
    told = await caller.get("/x")
    with pytest.raises(FeedUnavailable, match="web page"):
        parsed(told, caller, list[object])


async def test_a_body_that_is_cut_off_is_said() -> None:
    caller = caller_of(in_turn(ok('[{"id": 1}, {"i')))
    told = await caller.get("/x")
    with pytest.raises(FeedUnavailable, match="cut off"):
        parsed(told, caller, list[object])


async def test_a_body_without_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_BODY_BYTES", 1_000_000)
    sent = 0

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            nonlocal sent
            while True:
                sent += 100_000
                yield b"x" * 100_000

    with pytest.raises(BodyTooLarge):
        await caller_of(in_turn(httpx.Response(200, stream=Endless()))).get("/x")
    assert sent < 2_000_000


async def test_a_small_answer_that_unpacks_into_a_large_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "MAX_BODY_BYTES", 1_000_000)
    packed = gzip.compress(b"0" * 5_000_000)
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=packed)
    with pytest.raises(BodyTooLarge):
        await caller_of(in_turn(response)).get("/x")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example.test/wp-json",
        "http://shop.example.test/x",
        "https://shop.example.test:8443/x",
        "//evil.example.test/x",
        "https://shop.example.test.evil.example.test/",
        "ftp://shop.example.test/x",
        "https://\ud7ff:notaport/",
        "javascript:alert(1)",
    ],
)
async def test_a_redirect_to_anywhere_else_is_not_followed(target: str) -> None:
    hosts: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(f"{request.url.scheme}://{request.url.host}")
        return httpx.Response(302, headers=[("Location", target.encode("utf-8"))])

    with pytest.raises(Unreachable) as caught:
        await caller_of(handler).get("/x")
    assert caught.value.cause in ("redirect", "network")
    assert set(hosts) == {"https://shop.example.test"}


async def test_a_redirect_to_the_same_door_is_followed() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return ok() if request.url.path == "/x/" else httpx.Response(301, headers={"Location": "/x/?page=1"})

    assert (await caller_of(handler).get("/x")).status == 200


async def test_redirects_in_a_circle_come_to_an_end() -> None:
    caller = caller_of(in_turn(httpx.Response(302, headers={"Location": "/x"})))
    with pytest.raises(Unreachable, match="circles"):
        await caller.get("/x")


async def test_a_write_is_neither_repeated_nor_redirected() -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        return httpx.Response(503)

    assert (await caller_of(handler).send("POST", "/x", {"a": 1})).status == 503
    moved = caller_of(in_turn(httpx.Response(302, headers={"Location": "/y"})))
    assert (await moved.send("PUT", "/x", {})).status == 302
    assert seen == ["POST"]


async def test_a_server_that_drips_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL_S", 0.01)

    async def handler(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    caller = Caller(
        "https://shop.example.test",
        httpx.BasicAuth(KEY, SECRET),
        who="The web shop",
        transport=httpx.MockTransport(handler),
        sleep=Pauses(),
    )
    with pytest.raises(Unreachable, match="in time"):
        await caller.get("/x")


@pytest.mark.parametrize(
    "address", ["http://shop.example.test", "nonsense nonsense", "https://a:b@shop.example.test"]
)
async def test_an_address_that_is_refused_is_never_called(address: str) -> None:
    called: list[httpx.Request] = []
    caller = caller_of(lambda request: called.append(request) or ok(), address=address)
    with pytest.raises(Unreachable):
        await caller.get("/x")
    with pytest.raises(Unreachable):
        await caller.send("PUT", "/x", {})
    assert called == []


async def test_every_request_says_who_we_are_and_keeps_no_cookie() -> None:
    seen: list[httpx.Headers] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, headers={"Set-Cookie": "wordpress_logged_in=1; Path=/"})

    caller = caller_of(handler)
    await caller.get("/x")
    await caller.get("/x")
    assert seen[1]["user-agent"].startswith("posapp")
    assert "cookie" not in seen[1]


@pytest.mark.parametrize(
    "told",
    [
        httpx.ConnectError(f"to {SECRET}"),
        httpx.LocalProtocolError(f"Illegal header value {SECRET}"),
        answer("80-err-bad-secret"),
        httpx.Response(500, text=SECRET),
        httpx.Response(302, headers={"Location": f"https://evil.example.test/?s={SECRET}"}),
        ok("{"),
    ],
)
async def test_no_secret_is_in_any_text_that_leaves(
    told: httpx.Response | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caller = caller_of(in_turn(told))
    texts = [repr(caller), str(caller), str(vars(caller))]
    try:
        parsed(await caller.get("/x", {"per_page": "1"}), caller, list[object])
    except FeedUnavailable as error:
        logging.getLogger("test").exception("the pull failed")
        texts += [str(error), repr(error)]
    assert "Basic " not in caplog.text
    for text in (caplog.text, *texts):
        assert SECRET not in text
        assert KEY not in text


@pytest.mark.parametrize("secret", ["sk_test_\n1", "sk_\u20a6", "  sk_test_1  "])
async def test_a_secret_pasted_badly_is_sent_without_a_fault(secret: str) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return ok()

    caller = Caller(
        "https://pay.example.test", Bearer(secret), who="Paystack", transport=httpx.MockTransport(handler)
    )
    await caller.get("/x")
    assert seen[0].startswith("Bearer sk_")
    assert "\n" not in seen[0]
