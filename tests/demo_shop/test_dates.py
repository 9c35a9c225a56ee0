"""Reading without missing an order: every sentence of the recordings about dates."""

from datetime import timedelta

import httpx
import pytest

from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import OPENED, Clock

ORDERS = "/wp-json/wc/v3/orders"
THEN = OPENED + timedelta(hours=3)  # 11:00:00 UTC, 12:00:00 in Lagos


@pytest.fixture
def three(store: Store) -> list[int]:
    """One order long before, and three within one second."""
    store.place([("RICE-5", 1)], at=OPENED)
    return [store.place([("RICE-5", 1)], at=THEN).id for _ in range(3)]


async def ids(rest: httpx.AsyncClient, **params: str) -> list[int]:
    answer = await rest.get(
        ORDERS, params={"orderby": "modified", "order": "asc", "per_page": "100", **params}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-WP-Total"] == str(len(answer.json()))
    return [order["id"] for order in answer.json()]


async def test_a_naive_utc_time_with_the_flag_is_right(rest: httpx.AsyncClient, three: list[int]) -> None:
    assert await ids(rest, modified_after="2026-11-20T10:59:59", dates_are_gmt="true") == three


async def test_modified_after_leaves_out_the_second_it_names(
    rest: httpx.AsyncClient, three: list[int]
) -> None:
    assert await ids(rest, modified_after="2026-11-20T11:00:00", dates_are_gmt="true") == []
    assert await ids(rest, after="2026-11-20T11:00:00", dates_are_gmt="true") == []
    assert three[0] not in await ids(rest, modified_before="2026-11-20T11:00:00", dates_are_gmt="true")


async def test_fractions_of_a_second_do_not_count(rest: httpx.AsyncClient, three: list[int]) -> None:
    assert await ids(rest, modified_after="2026-11-20T10:59:59.999", dates_are_gmt="true") == three


@pytest.mark.parametrize("wrong", ["2026-11-20T10:59:59Z", "2026-11-20T11:59:59+01:00"])
async def test_a_zone_with_the_flag_hides_the_last_hour(
    rest: httpx.AsyncClient, three: list[int], wrong: str
) -> None:
    assert await ids(rest, modified_after=wrong, dates_are_gmt="true") == []
    an_hour_earlier = "2026-11-20T09:59:59Z"
    assert await ids(rest, modified_after=an_hour_earlier, dates_are_gmt="true") == three


async def test_without_the_flag_a_naive_time_is_local_and_a_zone_is_believed(
    rest: httpx.AsyncClient, three: list[int]
) -> None:
    assert await ids(rest, modified_after="2026-11-20T11:59:59") == three
    assert await ids(rest, modified_after="2026-11-20T10:59:59Z") == three
    assert await ids(rest, modified_after="2026-11-20T12:00:00") == []


@pytest.mark.parametrize("wrong", ["yesterday", "2026-11-20", "2026-02-30T00:00:00"])
async def test_what_is_no_date_is_refused(rest: httpx.AsyncClient, wrong: str) -> None:
    answer = await rest.get(ORDERS, params={"modified_after": wrong})
    assert answer.status_code == 400
    assert answer.json()["data"]["params"] == {"modified_after": "Invalid date."}


async def test_dates_are_shown_twice_without_a_zone_in_whole_seconds(
    rest: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    clock.now = THEN + timedelta(microseconds=750_000)
    order = store.place([("RICE-5", 1)])
    shown = (await rest.get(f"{ORDERS}/{order.id}")).json()
    assert shown["date_created_gmt"] == "2026-11-20T11:00:00"
    assert shown["date_created"] == "2026-11-20T12:00:00"


def test_time_in_the_shop_can_be_held_and_is_never_naive(store: Store, clock: Clock) -> None:
    order = store.place([("RICE-5", 1)], at=THEN)
    assert (order.created_at, store.now()) == (THEN, clock.now)
    assert store.place([("RICE-5", 1)]).created_at == clock.now
    with pytest.raises(ValueError, match="aware"):
        store.pay(order.id, at=THEN.replace(tzinfo=None))


async def test_the_server_says_its_own_time(rest: httpx.AsyncClient, clock: Clock) -> None:
    clock.now = THEN
    assert (await rest.get(ORDERS)).headers["Date"] == "Fri, 20 Nov 2026 11:00:00 GMT"


async def test_page_numbers_drift_and_keyset_does_not(
    rest: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    """An order of the first page is edited between two pages: by page number one is skipped."""
    made = [store.place([("ZOBO-50", 1)], at=OPENED + timedelta(seconds=n)).id for n in range(20)]
    clock.now = THEN
    query = {"orderby": "modified", "order": "asc", "per_page": "10", "_fields": "id,date_modified_gmt"}
    first = (await rest.get(ORDERS, params=query)).json()
    await rest.put(f"{ORDERS}/{made[3]}", json={"customer_note": "edited meanwhile"})
    by_number = (await rest.get(ORDERS, params={**query, "page": "2"})).json()
    assert made[10] not in [order["id"] for order in by_number]

    last = first[-1]["date_modified_gmt"]
    taken = [str(o["id"]) for o in first if o["date_modified_gmt"] == last]
    before = (THEN.fromisoformat(last) - timedelta(seconds=1)).isoformat()
    keyset = {
        **query,
        "per_page": "20",
        "modified_after": before,
        "dates_are_gmt": "true",
        "exclude": ",".join(taken),
    }
    assert [order["id"] for order in (await rest.get(ORDERS, params=keyset)).json()] == [*made[10:], made[3]]


async def test_a_note_and_a_deleted_refund_do_not_move_date_modified(
    rest: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    order = store.place([("RICE-5", 1)])
    store.pay(order.id)
    clock.forward(10)
    refund = store.refund(order.id, 1000)
    assert order.modified_at == clock.now
    before = order.modified_at
    clock.forward(10)
    await rest.post(f"{ORDERS}/{order.id}/notes", json={"note": "picked"})
    gone = await rest.delete(f"{ORDERS}/{order.id}/refunds/{refund.id}", params={"force": "true"})
    assert gone.status_code == 200
    assert (order.modified_at, order.refunds) == (before, [])


async def test_any_leaves_out_the_trash_and_drafts(rest: httpx.AsyncClient, store: Store) -> None:
    kept, thrown = (store.place([("RICE-5", 1)]).id for _ in range(2))
    store.trash(thrown)
    draft = (await rest.post(ORDERS, json={"line_items": [], "coupon_lines": [{"code": "NOPE"}]})).json()
    assert await ids(rest) == [kept]
    assert await ids(rest, status="any") == [kept]
    assert await ids(rest, status="trash") == [thrown]
    assert await ids(rest, status="checkout-draft") == [draft["data"]["new_draft_order_id"]]


async def test_unknown_filters_are_ignored_and_return_everything(
    rest: httpx.AsyncClient, three: list[int]
) -> None:
    assert len(await ids(rest, meta_key="_pos_ref", meta_value="x", transaction_id="T-1")) == 4


async def test_exclude_and_include_in_every_spelling(rest: httpx.AsyncClient, three: list[int]) -> None:
    first, second, third = three
    assert await ids(rest, include=f"{first},{third}") == [first, third]
    answer = await rest.get(f"{ORDERS}?include[]={first}&include[]={second}&orderby=id&order=asc")
    assert [order["id"] for order in answer.json()] == [first, second]
    answer = await rest.get(f"{ORDERS}?exclude[0]={first}&exclude[1]={second}&orderby=id&order=asc")
    assert third in [order["id"] for order in answer.json()]
    assert first not in [order["id"] for order in answer.json()]
