"""Money that was taken back: what it had confirmed is there to be decided about, and a refund counts once."""

from pathlib import Path

import msgspec
import pytest

from posapp.domain.feed import ProviderPayment
from tests.sync.scripted import ScriptedShop, Till, at, held, order, product, reasons, refund

MUG = "10"


def payment(ref: str, order_id: str) -> ProviderPayment:
    return ProviderPayment(
        "paystack", ref, "SUCCEEDED", "NGN", 100_000, 0, at("10:00"), at("10:00"), order_remote_id=order_id
    )


@pytest.mark.parametrize("looked", [True, False])
async def test_money_that_came_and_went_is_the_same_whether_or_not_anybody_looked_between(
    tmp_path: Path, looked: bool
) -> None:
    """One was taken back by the bank. One the shop gave back, at the very time of the look that tells of both."""
    provider = ScriptedShop([], "provider")
    provider.waiting = []
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]), provider)
    await till.sync()
    came = [payment("A", "1"), payment("B", "2")]
    till.shop.tell([order(number, [(MUG, 1)], payment_method="paystack") for number in ("1", "2")])
    provider.tell(came)
    if looked:
        await till.sync()
    given_back = [refund("90", 100_000, "12:00")]
    till.shop.tell([order("2", [(MUG, 1)], payment_method="paystack", modified="12:00", refunds=given_back)])
    provider.tell([msgspec.structs.replace(one, state="REVERSED", digest="reversed") for one in came])
    await till.sync()
    found = till.orders()
    assert (reasons(found["1"]), held(found["1"]), found["1"].status) == (
        ["PAYMENT_REVERSED"],
        (1, 0),
        "PROCESSING",
    )
    assert (reasons(found["2"]), found["2"].status, found["2"].close_reason) == ([], "CANCELLED", "REFUNDED")
    assert (found["1"].paid_minor, found["2"].refunded_minor, found["2"].owed_minor) == (0, 100_000, 0)
    assert till.levels() == {"MUG": (5, 1)}
