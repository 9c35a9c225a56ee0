"""What the command line does with web shops and providers: connect, look once, serve or stand back."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from posapp.cli.finding import find_location
from posapp.cli.folder import Till
from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.secrets import Place, Secrets
from posapp.sync import connecting
from posapp.sync.checking import ask_about
from posapp.sync.connections import Link, links
from posapp.sync.connectors.address import BadAddress, normal_address
from posapp.sync.feed import FeedUnavailable, SignInAgain, Verdict
from posapp.sync.round import Report
from posapp.sync.worker import Worker


@dataclass(frozen=True, slots=True)
class Address:
    """What is to be connected; the secret stays out of every text."""

    kind: str
    url: str
    key: str
    secret: str

    def __repr__(self) -> str:
        return f"Address({self.kind!r}, {self.url!r})"


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection that was made; `link.notice` says where another posapp serves the shop."""

    link: Link
    verdict: Verdict
    place: Place


def address_of(kind: str, url: str, key: str, secret: str) -> Address:
    """An address as it is stored: a pasted one cleaned up, a wrong one left for its verdict."""
    try:
        url = normal_address(url)
    except BadAddress:
        return Address(kind, url, key, secret)
    return Address(kind, url, key, secret)


def check_address(address: Address) -> Verdict:
    """Try an address before anything is made here. Raises `CannotConnect`."""
    verdict = asyncio.run(connecting.try_connection(address.kind, address.url, address.key, address.secret))
    if verdict.code != "ok":
        raise connecting.CannotConnect(verdict)
    return verdict


def adopt(till: Till, verdict: Verdict) -> None:
    """Let a shop in which nothing happened yet take currency and time zone over from the web shop."""
    for key, value in (("currency", verdict.currency), ("time_zone", verdict.time_zone)):
        if value:
            till.do(ChangeSetting, key=key, value=value)


def connect(till: Till, address: Address, *, take_over: bool, location: str = "") -> Connected:
    """Connect; stands back where another posapp serves the shop, unless it is to be taken over.

    A new shop is bound to the location of a name. Raises `CannotConnect` with the verdict, and `FeedUnavailable`.
    """
    secrets = Secrets(till.desk.folder)
    place = till.ask(partial(find_location, name=location)) if location else ""
    made = connecting.connect(
        till.desk, secrets, address.kind, address.url, address.key, address.secret,
        location_id=place, take_over=take_over,
    )  # fmt: skip
    return Connected(*asyncio.run(made))


def look_once(till: Till) -> Report:
    """Bring in everything new. What could be brought in is kept even where another feed failed.

    Raises `Refused` where nothing is connected.
    """
    if not any(link.state != "removed" for link in till.ask(links)):
        raise Refused("Nothing is connected yet: posapp connect woocommerce URL …", code="not_connected")
    report = asyncio.run(Worker(till.desk, Secrets(till.desk.folder)).run_once())
    left = [link.notice for link in till.ask(links) if link.state == "taken_over"]
    report.notices.extend(notice for notice in left if notice not in report.notices)
    return report


def ask_payments(till: Till, order_id: str) -> None:
    """Ask the provider for an order's payments by their references; where there is none to ask for, do nothing.

    What it says is carried out by the next look. Raises `FeedUnavailable`.
    """
    with suppress(Refused):
        asyncio.run(ask_about(till.desk, Secrets(till.desk.folder), order_id))


def complain(report: Report) -> None:
    """Raise `FeedUnavailable` where a feed did not answer, `Refused` where another posapp serves the shop."""
    if report.troubles:
        kind = SignInAgain if report.sign_in else FeedUnavailable
        raise kind(" ".join(report.troubles))
    if report.notices:
        raise Refused(" ".join(report.notices), code="taken_over")
