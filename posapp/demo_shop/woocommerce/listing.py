"""Lists: paging, order, dates and the headers that go with them, as WooCommerce has them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from posapp.demo_shop.records import Meta
from posapp.demo_shop.woocommerce.rest import Answer, Call, Query, bad_param, encoded, picked, wrong_type

SITE_ZONE = ZoneInfo("Africa/Lagos")
MOST_PER_PAGE = 100
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}(:?\d{2})?)?")

T = TypeVar("T")


def local_text(moment: datetime | None) -> str | None:
    """`date_created`: the site's time, naive, whole seconds."""
    return None if moment is None else moment.astimezone(SITE_ZONE).strftime("%Y-%m-%dT%H:%M:%S")


def gmt_text(moment: datetime | None) -> str | None:
    """`date_created_gmt`: UTC, without a Z."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def meta_rows(rows: Sequence[Meta], *, shown: bool = False) -> list[dict[str, object]]:
    """Meta as JSON: an order's by key, and a line's with the words to show beside."""
    if not shown:
        return [{"id": m.id, "key": m.key, "value": m.value} for m in sorted(rows, key=lambda m: m.key)]
    return [
        {
            "id": m.id,
            "key": m.key,
            "value": m.value,
            "display_key": m.key if m.key.startswith("_") else m.key[:1].upper() + m.key[1:],
            "display_value": m.value,
        }
        for m in rows
    ]


def flag(query: Query, name: str) -> bool:
    """A yes or no. Raises `RestError` (400)."""
    text = (query.get(name) or "false").lower()
    if text not in {"true", "false", "1", "0"}:
        raise wrong_type(name, "boolean")
    return text in {"true", "1"}


def number(query: Query, name: str, default: int) -> int:
    """A whole number. Raises `RestError` (400)."""
    text = query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise wrong_type(name, "integer")
    return int(text)


def choice(query: Query, name: str, allowed: Sequence[str], default: str) -> str:
    """One of some words. Raises `RestError` (400)."""
    text = query.get(name)
    if text is None:
        return default
    if text not in allowed:
        words = ", ".join(allowed[:-1]) + (
            f", and {allowed[-1]}" if len(allowed) > 2 else f" and {allowed[-1]}"
        )
        raise bad_param(name, "rest_not_in_enum", f"{name} is not one of {words}.")
    return text


def ids(query: Query, name: str) -> set[int]:
    """Ids of `include` and `exclude`. Raises `RestError` (400)."""
    values = query.many(name)
    for place, text in enumerate(values):
        if not re.fullmatch(r"\d{1,18}", text):
            raise wrong_type(name, "integer", f"{name}[{place}]")
    return {int(text) for text in values}


def moment(query: Query, name: str) -> datetime | None:
    """A date of a filter, as the instant WooCommerce compares with. Raises `RestError` (400).

    Without `dates_are_gmt` a naive time is the site's. With it, a naive time is UTC, and a time that names
    its zone is first turned into the site's time and then taken for UTC: in Lagos one hour too late.
    """
    text = query.get(name)
    if text is None:
        return None
    if not _DATE.fullmatch(text):
        raise bad_param(name, "rest_invalid_date", "Invalid date.")
    try:
        read = datetime.fromisoformat(text.upper()).replace(microsecond=0)
    except ValueError:
        raise bad_param(name, "rest_invalid_date", "Invalid date.") from None
    as_gmt = flag(query, "dates_are_gmt")
    if read.tzinfo is None:
        return read.replace(tzinfo=UTC if as_gmt else SITE_ZONE)
    return read.astimezone(SITE_ZONE).replace(tzinfo=UTC) if as_gmt else read


def in_window(query: Query) -> Callable[[datetime, datetime], bool]:
    """The four date filters over (created, modified); all of them exclude the very second they name."""
    after, before = moment(query, "after"), moment(query, "before")
    mod_after, mod_before = moment(query, "modified_after"), moment(query, "modified_before")

    def fits(created: datetime, modified: datetime) -> bool:
        return (
            (after is None or created > after)
            and (before is None or created < before)
            and (mod_after is None or modified > mod_after)
            and (mod_before is None or modified < mod_before)
        )

    return fits


def listed(
    call: Call,
    things: Sequence[T],
    view: Callable[[T], Mapping[str, object]],
    *,
    lists: Sequence[str] = ("include", "exclude"),
    tail: Sequence[tuple[str, str]] = (),
) -> Answer:
    """One page of a list that is already sorted. A page past the end is empty, with the right totals.

    `lists` names the parameters WordPress writes as lists into its links, `tail` what it adds to them.
    Raises `RestError` (400) for a page size past 100.
    """
    per_page, page = number(call.query, "per_page", 10), number(call.query, "page", 1)
    if not 1 <= per_page <= MOST_PER_PAGE:
        words = f"per_page must be between 1 (inclusive) and {MOST_PER_PAGE} (inclusive)"
        raise bad_param("per_page", "rest_out_of_bounds", words)
    if page < 1:
        raise bad_param("page", "rest_out_of_bounds", "page must be greater than or equal to 1")
    skip = number(call.query, "offset", (page - 1) * per_page)
    pages = -(-len(things) // per_page)
    headers = {"X-WP-Total": str(len(things)), "X-WP-TotalPages": str(pages)}
    links = []
    if page > 1 and pages:
        links.append(f'<{_address(call, min(page - 1, pages), lists, tail)}>; rel="prev"')
    if page < pages:
        links.append(f'<{_address(call, page + 1, lists, tail)}>; rel="next"')
    if links:
        headers["Link"] = ", ".join(links)
    fields = call.query.many("_fields")
    return Answer([picked(view(thing), fields) for thing in things[skip : skip + per_page]], headers=headers)


def _address(call: Call, page: int, lists: Sequence[str], tail: Sequence[tuple[str, str]]) -> str:
    replaced = {name.partition("[")[0] for name, _ in tail} | ({"page"} if tail else set())
    parts: list[tuple[str, str]] = []
    for name, values in call.query.pairs:
        if name in replaced:
            continue
        if name in lists:
            parts += [(f"{name}[{place}]", value) for place, value in enumerate(call.query.many(name))]
        elif name == "dates_are_gmt":
            parts.append((name, "1" if flag(call.query, name) else "0"))
        else:
            parts.append((name, str(page) if name == "page" else values[-1]))
    parts += tail
    if all(name != "page" for name, _ in parts):
        parts.append(("page", str(page)))
    return f"{call.base}{call.path}?" + "&".join(f"{encoded(k)}={encoded(v)}" for k, v in parts)
