"""Whatever a stranger sends, a reader answers with a bounded record or `Unreadable`, nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.feed import (
    MAX_MINOR,
    MAX_TEXT,
    MAX_UNITS,
    ProviderPayment,
    ShopOrder,
    ShopProduct,
    Unreadable,
)
from posapp.sync.connectors.paystack_read import payment_item, read_payment
from posapp.sync.connectors.reading import clean_text, parse_time
from posapp.sync.connectors.woocommerce_read import read_order
from posapp.sync.connectors.woocommerce_read_product import read_product
from posapp.sync.connectors.woocommerce_walk import split_list
from posapp.sync.connectors.woocommerce_wire import order_item, product_item
from tests.sync.connectors.recordings import SEEN_AT, body
from tests.sync.connectors.transactions import transaction

AT = parse_time(SEEN_AT)
assert AT is not None

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(
        ["1e9", "-0", "0.005", "NaN", "\u202e", "<b>", "2026-11-23T03:05:29", "9" * 40, "variation", "0"]
    ),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)


def spoiled(record: Any, paths: list[tuple[int, Any]]) -> Any:
    """A real record in which some fields, at any depth, are replaced."""
    record = json.loads(json.dumps(record))
    for choice, value in paths:
        holder = record
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = keys[choice % len(keys)]
            choice //= len(keys) or 1
            if isinstance(holder[key], dict | list) and choice % 3:
                holder = holder[key]
                continue
            holder[key] = value
            break
    return record


SPOILS = st.lists(st.tuples(st.integers(0, 10**12), JSON), min_size=1, max_size=6)


def check_order(order: ShopOrder) -> None:
    assert 0 <= order.total_minor <= MAX_MINOR
    for line in order.lines:
        assert 1 <= line.quantity <= MAX_UNITS
        assert 0 <= line.taken_by_shop <= MAX_UNITS
        assert 0 <= line.net_minor <= MAX_MINOR
    parts = [order.shipping, order.fees, *order.lines]
    assert sum(part.net_minor + sum(part.taxes.values()) for part in parts) == order.total_minor
    for refund in order.refunds:
        assert 0 <= refund.amount_minor <= MAX_MINOR
        assert all(0 <= line.quantity <= MAX_UNITS and line.net_minor >= 0 for line in refund.lines)
    check_texts(order)


def check_product(product: ShopProduct) -> None:
    assert product.price_minor is None or 0 <= product.price_minor <= MAX_MINOR
    assert abs(product.tracking.quantity) <= MAX_UNITS
    check_texts(product)


def check_payment(payment: ProviderPayment) -> None:
    assert 0 <= payment.customer_fee_minor <= payment.gross_minor <= MAX_MINOR
    assert payment.state in ("PENDING", "FAILED", "SUCCEEDED", "REVERSED")
    check_texts(payment)


def check_texts(record: Any) -> None:
    told = msgspec.to_builtins(record)

    def look(value: Any) -> None:
        if isinstance(value, str):
            assert len(value) <= MAX_TEXT
            assert not set(value) & set("\x00\n\u202e\u2066")
        for inner in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        ):
            look(inner)

    look(told)
    msgspec.json.encode(record)


def outcome(read: Callable[[], Any], check: Callable[[Any], None]) -> None:
    try:
        record, words = read(), ""
    except Unreadable as error:
        record, words = None, str(error)
    assert len(words) < 400
    if record is None:
        assert words
    else:
        check(record)


@given(SPOILS, SPOILS)
def test_a_spoiled_order_is_read_within_bounds_or_refused(spoils: Any, refund_spoils: Any) -> None:
    order = json.dumps(spoiled(body("22-order-coupon-tax-shipping-incl"), spoils)).encode()
    refunds = json.dumps(spoiled(body("31-refunds-list"), refund_spoils)).encode()
    item = order_item(order, refunds, AT)
    outcome(lambda: read_order(item.body), check_order)


@given(SPOILS)
def test_a_spoiled_product_is_read_within_bounds_or_refused(spoils: Any) -> None:
    item = product_item(json.dumps(spoiled(body("11-variation-as-product"), spoils)).encode(), "Shirt", AT)
    outcome(lambda: read_product(item.body, "NGN"), check_product)


@given(SPOILS)
def test_a_spoiled_payment_is_read_within_bounds_or_refused(spoils: Any) -> None:
    item = payment_item(json.dumps(spoiled(transaction(), spoils)).encode(), AT)
    outcome(lambda: read_payment(item.body), check_payment)


@given(JSON)
def test_any_json_is_packed_and_refused_or_read(told: Any) -> None:
    raw = json.dumps(told).encode()
    outcome(lambda: read_order(order_item(raw, b"[]", AT).body), check_order)
    outcome(lambda: read_product(product_item(raw, "", AT).body, "NGN"), check_product)
    outcome(lambda: read_payment(payment_item(raw, AT).body), check_payment)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(raw: bytes) -> None:
    for read in (read_order, read_payment, lambda told: read_product(told, "NGN")):
        with pytest.raises(Unreadable):
            read(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"id":5,"name":"\\ud800"}',
        b"[" * 20_000 + b"]" * 20_000,
        b'{"id":' + b"9" * 6000 + b"}",
        b'{"id":5,"name":"\xff\xfe"}',
        b'{"id":NaN}',
        b"null",
        b"",
    ],
)
def test_broken_texts_are_refused_by_every_reader(raw: bytes) -> None:
    for item, read in (
        (order_item(raw, b"[]", AT), read_order),
        (product_item(raw, "", AT), lambda told: read_product(told, "NGN")),
        (payment_item(raw, AT), read_payment),
    ):
        with pytest.raises(Unreadable):
            read(item.body)


def test_a_broken_record_still_tells_its_id() -> None:
    raw = b'{"id":77,"name":"\\ud800","date_modified_gmt":"2026-11-23T03:00:00"}'
    item = order_item(raw, b"[]", AT)
    assert (item.remote_id, item.stamp) == ("77", "2026-11-23T03:00:00Z")


@pytest.mark.parametrize("raw", [b"[1]", b'{"status":"pending"}', b'{"id":5,"name":"\\ud800"}', b"null"])
def test_a_broken_record_read_again_is_no_news(raw: bytes) -> None:
    """It lies in every overlap until something newer comes: it must not be set aside every twenty seconds."""
    later = AT + timedelta(seconds=20)
    assert order_item(raw, b"[]", AT).event_id == order_item(raw, b"[]", later).event_id
    assert product_item(raw, "", AT).event_id == product_item(raw, "", later).event_id


@given(st.lists(JSON, max_size=6))
def test_a_list_is_cut_where_it_should_be(records: list[Any]) -> None:
    cut = split_list(json.dumps(records).encode())
    assert cut is not None
    assert [json.loads(one) for one in cut] == records


def test_a_list_with_one_broken_record_still_gives_the_others() -> None:
    cut = split_list(b'[{"id":1},{"id":2,"n":"\\ud800, ]"},' + b"[" * 9000 + b"]" * 9000 + b',{"id":4}]')
    assert cut is not None
    assert [one[:8] for one in cut] == [b'{"id":1}', b'{"id":2,', b"[" * 8, b'{"id":4}']


@pytest.mark.parametrize("body", [b"", b"[1,2", b"1]", b"{}", b"<html>", b"[[1,2]"])
def test_what_is_no_list_is_not_cut(body: bytes) -> None:
    assert split_list(body) is None


@given(st.text(max_size=300))
def test_any_text_becomes_one_printable_line(text: str) -> None:
    once = clean_text(text)
    assert len(once) <= MAX_TEXT
    assert all(char.isprintable() or char in "\u200c\u200d" for char in once)
