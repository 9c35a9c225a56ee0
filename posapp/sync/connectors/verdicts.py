"""Naming the one thing that keeps a connection from working, in words for the owner."""

from collections.abc import Callable
from datetime import datetime

import httpx

from posapp.sync.connectors.http import Answer, BodyTooLarge, Caller, ServerTrouble, Unreachable
from posapp.sync.feed import FeedUnavailable, Finding, Verdict

CLOCK_S = 120  # clocks further apart are said; nothing else depends on the till's


def failed(code: str, check: str, words: str, advice: str = "") -> Verdict:
    """A verdict of one finding."""
    return Verdict(code, (Finding(check, "failed", words, advice),))


def refused_address(caller: Caller) -> Verdict | None:
    """What is wrong with the address before anybody is called; None where nothing is."""
    refused = caller.refused
    if refused is None:
        return None
    return failed(refused.code, "answers", refused.words, refused.advice)


def of_error(error: FeedUnavailable, caller: Caller) -> Verdict:
    """What a failed call means for the connection."""
    if isinstance(error, Unreachable):
        advice = {
            "certificate": "Ask your hosting company to renew the certificate of the shop.",
            "redirect": "Paste the address that your browser shows when the shop is open.",
        }.get(error.cause, "Look for a typing error, and whether this computer is online.")
        return failed("wrong_address", "answers", error.words, advice)
    if isinstance(error, BodyTooLarge):
        return failed("not_a_shop", "answers", error.words, "Check the address.")
    if isinstance(error, ServerTrouble) and error.status == 503:
        advice = "Try again in a few minutes; an update is running there."
        return failed("maintenance", "answers", error.words, advice)
    advice = "Try again in a few minutes. If it stays, ask your hosting company."
    return failed("server_error", "answers", error.words, advice)


def of_state(answer: Answer, caller: Caller) -> Verdict | None:
    """What a server's own trouble means; None where the body decides."""
    if answer.status == 429 or answer.status >= 500:
        return of_error(caller.unavailable(answer), caller)
    return None


def answers(caller: Caller, took_s: float) -> Finding:
    """The finding that somebody is there."""
    safe = httpx.URL(caller.base).scheme == "https"
    return Finding(
        "answers", "ok", f"{'Safe address' if safe else 'On this computer'}, {took_s * 1000:.0f} ms"
    )


def clocks(answer: Answer, till_clock: Callable[[], datetime]) -> Finding:
    """How far the till's clock is from the server's."""
    if answer.seen_at is None:
        return Finding("clock", "warning", "The server does not tell the time.")
    apart_s = abs((till_clock() - answer.seen_at).total_seconds())
    if apart_s <= CLOCK_S:
        return Finding("clock", "ok", f"{apart_s:.0f} seconds apart")
    return Finding(
        "clock",
        "warning",
        f"{apart_s / 60:.0f} minutes apart",
        "Set the clock of this computer. Orders go by the clock of the web shop meanwhile.",
    )
