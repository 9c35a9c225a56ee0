"""One run over a scripted shop: what came in is carried out in the order it happened."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import permutations
from pathlib import Path

from posapp.commands.resolutions import Resolve
from posapp.domain.feed import ProviderPayment
from posapp.domain.orders import CloseReason, Status
from posapp.domain.payments import PaymentStatus
from tests.sync.scripted import NOON, ScriptedShop, Till, at, held, order, product, raw, reasons, refund

MUG = "1"


async def opened(folder: Path, units: int = 5) -> Till:
    """A till whose shop is connected and whose first import is done."""
    till = Till(folder, ScriptedShop([product(MUG, "MUG", units)]))
    await till.sync()
    return till


THREE = (
    order("12", [(MUG, 3)], placed="10:00", paid="10:05"),
    order("10", [(MUG, 2)], placed="10:00", paid="10:01"),
    order("11", [(MUG, 4)], placed="10:00", paid="10:03"),
)


def splits(items: tuple[object, ...]) -> Iterator[list[tuple[object, ...]]]:
    """Every way to cut a sequence into pages."""
    for cuts in range(2 ** (len(items) - 1)):
        pages: list[tuple[object, ...]] = [()]
        for i, item in enumerate(items):
            pages[-1] = (*pages[-1], item)
            if cuts >> i & 1 and i < len(items) - 1:
                pages.append(())
        yield pages


async def test_scenario_12_every_permutation_and_page_split_ends_alike(tmp_path: Path) -> None:
    for number, pages in enumerate(split for p in permutations(THREE) for split in splits(p)):
        till = await opened(tmp_path / str(number))
        till.shop.tell(*pages)
        await till.sync()
        found = {remote_id: held(each) for remote_id, each in till.orders().items()}
        assert found == {"10": (2, 0), "11": (3, 1), "12": (0, 3)}, pages
        assert till.levels() == {"MUG": (5, 5)}
        assert till.orders()["12"].open_case("SHORTAGE").overtaken_by == till.orders()["11"].id
        till.close()


async def test_scenario_14_the_same_event_three_times_is_one_payment(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    paid = order("10", [(MUG, 2)], paid="10:01")
    for _ in range(3):
        till.shop.tell([paid], [paid])
        await till.sync()
    assert len(till.orders()["10"].payments) == 1
    assert till.total_sales() == 200_000


async def test_scenario_16_a_crash_between_any_two_events_changes_nothing(tmp_path: Path) -> None:
    states = [
        order("10", [(MUG, 2)], placed="09:00", paid="10:01"),
        order("11", [(MUG, 4)], placed="09:01", paid="10:03"),
        order("13", [(MUG, 1)], placed="09:02", paid="10:04", status="cancelled", modified="10:30"),
    ]
    till = await opened(tmp_path / "whole")
    till.shop.tell(states)
    await till.sync()
    whole = {k: (held(o), reasons(o), o.status, o.number) for k, o in till.orders().items()}, till.levels()
    till.close()
    for survived in range(12):
        till = await opened(tmp_path / str(survived))
        till.shop.tell(states)
        real, left = till.desk._carry_out, [survived]

        def dying(*args: object, real: object = real, left: list[int] = left) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(*args)

        till.desk._carry_out = dying
        with suppress(KeyboardInterrupt):
            await till.sync()
        till.close()
        again = Till(tmp_path / str(survived), till.shop)
        await again.sync()
        found = (
            {k: (held(o), reasons(o), o.status, o.number) for k, o in again.orders().items()},
            again.levels(),
        )
        assert found == whole, f"after {survived} events"
        again.close()


async def test_scenario_31_opening_counts_what_the_shop_has_taken(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    till.shop.tell(
        [
            order("1", [(MUG, 3)], paid="08:00", taken=True),
            order("2", [(MUG, 2)], status="on-hold", taken=True),
            order("3", [(MUG, 9)], paid="07:00", status="completed", taken=True),
        ]
    )
    await till.sync()
    assert till.levels() == {"MUG": (10, 3)}
    assert till.orders()["3"].status == Status.COMPLETED
    assert till.orders()["3"].lines[0].handed_over_qty == 9
    assert till.total_sales() == 1_200_000


async def test_scenario_31_an_oversell_of_the_past_shows_at_once(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", -1)]))
    till.shop.tell([order("1", [(MUG, 3)], paid="08:00", taken=True)])
    await till.sync()
    assert till.levels() == {"MUG": (2, 2)}
    assert held(till.orders()["1"]) == (2, 1)
    assert reasons(till.orders()["1"]) == ["SHORTAGE"]


async def test_scenario_32_placed_paid_and_completed_at_once_is_one_payment_handed_over_once(
    tmp_path: Path,
) -> None:
    till = await opened(tmp_path)
    done = {"placed": "10:00", "modified": "10:00"}
    till.shop.tell([order("1", [(MUG, 2)], **done)], [order("1", [(MUG, 2)], paid="10:00", **done)])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="completed", **done)])
    await till.sync()
    assert till.levels() == {"MUG": (3, 0)}
    found = till.orders()["1"]
    assert (found.status, len(found.payments), found.lines[0].handed_over_qty) == (Status.COMPLETED, 1, 2)


async def test_scenario_33_cancelled_there_after_payment_pays_nothing_out(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00")])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="cancelled", modified="10:30")])
    await till.sync()
    found = till.orders()["1"]
    assert (found.status, found.owed_minor, reasons(found)) == (Status.CANCELLED, 200_000, ["SHOP_CHANGED"])
    assert till.levels() == {"MUG": (5, 0)}
    assert till.total_sales() == 200_000  # until a person decides


async def test_cancelled_and_taken_back_in_one_batch_ends_as_it_began(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell(
        [order("1", [(MUG, 2)], paid="10:00")],
        [order("1", [(MUG, 2)], paid="10:00", status="trash", modified="10:30")],
        [order("1", [(MUG, 2)], paid="10:00", status="processing", modified="10:40")],
    )
    await till.sync()
    found = till.orders()["1"]
    assert (found.status, held(found), reasons(found)) == (Status.PROCESSING, (2, 0), [])


async def test_money_for_a_cancelled_order_waits_for_a_person_also_when_the_shop_goes_on(
    tmp_path: Path,
) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], status="cancelled", modified="09:30")])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="processing", modified="10:00")])
    await till.sync()
    found = till.orders()["1"]
    assert (found.status, reasons(found), found.owed_minor) == (Status.CANCELLED, ["LATE_PAYMENT"], 200_000)


async def test_what_a_person_reopened_stays_open_until_the_shop_says_something_new(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00")])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="cancelled", modified="10:30")])
    await till.sync()
    found = till.orders()["1"]
    moment = till.desk.clock()
    till.desk.do(Resolve(id="reopened", actor="Owner", at=moment, order_id=found.id, key="reopen"))
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="cancelled", modified="10:40")])
    await till.sync()
    assert till.orders()["1"].status == Status.PROCESSING
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", status="trash", modified="10:50")])
    await till.sync()
    assert till.orders()["1"].status == Status.CANCELLED


async def test_a_refund_made_in_the_shop_is_followed_once(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00")])
    await till.sync()
    told = order("1", [(MUG, 2)], paid="10:00", modified="11:00", refunds=(refund("77", 50_000),))
    for _ in range(2):
        till.shop.tell([told])
        await till.sync()
    found = till.orders()["1"]
    assert (found.paid_minor, found.total_minor, found.unassigned_minor) == (150_000, 150_000, 50_000)
    assert found.payment_status == PaymentStatus.PAID
    assert till.total_sales() == 150_000


async def test_a_refund_that_vanished_from_the_shop_asks_for_a_person(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    refunded = order("1", [(MUG, 2)], paid="10:00", modified="11:00", refunds=(refund("77", 50_000),))
    till.shop.tell([refunded])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", modified="11:00", transaction_id="t")])
    await till.sync()
    found = till.orders()["1"]
    assert (found.paid_minor, found.owed_minor, reasons(found)) == (200_000, 50_000, ["SHOP_CHANGED"])


async def test_an_unreadable_order_is_set_aside_and_the_others_proceed(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    bad = raw(order("1", [(MUG, 2)], paid="10:00"))
    till.shop.broken[bad.event_id] = "its total is no number"
    till.shop.tell([bad, order("2", [(MUG, 1)], paid="10:01")])
    report = await till.sync()
    assert report.counts.quarantined == 1
    assert list(till.orders()) == ["2"]
    rows = till.desk.write_now(
        lambda c: c.execute("SELECT reason, body FROM inbox WHERE state = 'quarantined'").fetchall()
    )
    assert rows[0][0] == "its total is no number"
    assert rows[0][1].encode() == bad.body


async def test_wrong_currency_moves_nothing(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", currency="USD")])
    report = await till.sync()
    assert report.counts.quarantined == 1
    assert (till.levels(), till.orders(), till.total_sales()) == ({"MUG": (5, 0)}, {}, 0)


async def test_a_line_without_a_product_moves_nothing(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [("0", 2)], paid="10:00")])
    report = await till.sync()
    assert report.counts.quarantined == 1
    assert (till.orders(), till.total_sales()) == ({}, 0)
    # The owner corrects the order in the shop: it comes in, and the old state is settled.
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", modified="10:40")])
    await till.sync()
    assert held(till.orders()["1"]) == (2, 0)
    left = till.desk.write_now(
        lambda c: c.execute("SELECT count(*) FROM inbox WHERE state = 'quarantined'").fetchone()
    )
    assert left == (0,)


async def test_a_cut_network_stores_what_came_and_goes_on_there(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([THREE[0]], [THREE[1]], [THREE[2]])
    till.shop.down_after = 1
    report = await till.sync()
    assert report.troubles
    assert till.orders() == {}, "nothing is decided on half the news"
    await till.sync()
    assert {k: held(o) for k, o in till.orders().items()} == {"10": (2, 0), "11": (3, 1), "12": (0, 3)}


async def test_a_restored_shop_that_uses_an_id_again_is_noticed(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 1)], paid="10:00")])
    await till.sync()
    till.shop.tell([order("1", [(MUG, 2)], placed="11:00", paid="11:01", key="another")])
    await till.sync()
    count = till.desk.write_now(lambda c: c.execute("SELECT count(*) FROM orders").fetchone()[0])
    notice = till.desk.write_now(lambda c: c.execute("SELECT notice FROM connection").fetchone()[0])
    assert count == 2
    assert "restored" in notice
    assert till.levels() == {"MUG": (5, 3)}


def payment(
    ref: str, amount: int, state: str = "SUCCEEDED", *, paid: str = "10:00", order_id: str = ""
) -> ProviderPayment:
    return ProviderPayment(
        "paystack", ref, state, "NGN", amount, 0, at(paid), at(paid) if state == "SUCCEEDED" else None,
        order_remote_id=order_id,
    )  # fmt: skip


async def with_provider(folder: Path, units: int = 5) -> tuple[Till, ScriptedShop]:
    provider = ScriptedShop([], "provider")
    provider.waiting = []
    till = Till(folder, ScriptedShop([product(MUG, "MUG", units)]), provider)
    await till.sync()
    return till, provider


async def test_money_of_a_connected_provider_comes_from_the_provider_only(tmp_path: Path) -> None:
    till, provider = await with_provider(tmp_path)
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", payment_method="paystack", transaction_id="T1")])
    await till.sync()
    assert till.orders()["1"].payment_status == PaymentStatus.UNPAID
    provider.tell([payment("T1", 200_000)])
    await till.sync()
    found = till.orders()["1"]
    assert (found.payment_status, held(found), len(found.payments)) == (PaymentStatus.PAID, (2, 0), 1)


async def test_a_payment_of_an_unknown_order_is_parked_until_it_appears(tmp_path: Path) -> None:
    till, provider = await with_provider(tmp_path)
    provider.tell([payment("T9", 100_000, order_id="9")])
    report = await till.sync()
    assert report.counts.parked == 1
    till.shop.tell([order("9", [(MUG, 1)], payment_method="paystack")])
    await till.sync()
    assert held(till.orders()["9"]) == (1, 0)


async def test_twice_too_much_part_late_and_taken_back(tmp_path: Path) -> None:
    till, provider = await with_provider(tmp_path, 50)
    for n in range(1, 6):
        till.shop.tell([order(str(n), [(MUG, 1)], payment_method="paystack")])
    till.shop.tell([order("5", [(MUG, 1)], payment_method="paystack", status="cancelled", modified="09:30")])
    provider.tell(
        [payment("A", 100_000, order_id="1"), payment("B", 100_000, order_id="1", paid="10:01")],
        [payment("C", 150_000, order_id="2"), payment("D", 40_000, order_id="3")],
        [payment("E", 100_000, order_id="4"), payment("F", 100_000, order_id="5")],
    )
    await till.sync()
    provider.tell([payment("E", 100_000, "REVERSED", order_id="4")])
    await till.sync()
    found = till.orders()
    assert reasons(found["1"]) == ["DUPLICATE_PAYMENT"]
    assert reasons(found["2"]) == ["OVERPAYMENT"]
    assert found["3"].payment_status == PaymentStatus.PARTIALLY_PAID
    assert reasons(found["4"]) == ["PAYMENT_REVERSED"]
    assert (reasons(found["5"]), found["5"].owed_minor) == (["LATE_PAYMENT"], 100_000)
    assert till.levels()["MUG"] == (50, 3)


async def test_a_payment_that_hangs_asks_for_a_person_and_settles_by_itself(tmp_path: Path) -> None:
    till, provider = await with_provider(tmp_path)
    till.shop.tell([order("1", [(MUG, 1)], payment_method="paystack")])
    provider.tell([payment("A", 100_000, "PENDING", order_id="1", paid="11:40")])
    await till.sync()
    assert reasons(till.orders()["1"]) == ["PAYMENT_DELAYED"]
    assert till.levels() == {"MUG": (5, 0)}
    provider.tell([payment("A", 100_000, order_id="1", paid="11:50")])
    await till.sync()
    assert (reasons(till.orders()["1"]), held(till.orders()["1"])) == ([], (1, 0))


async def test_the_feeds_own_clock_caps_what_a_payment_claims(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    till.shop.tell([order("1", [(MUG, 1)], placed="10:00", paid="23:00")])
    await till.sync()
    assert till.orders()["1"].payments[0].paid_at == NOON


async def test_a_closed_reason_survives_the_same_news_again(tmp_path: Path) -> None:
    till = await opened(tmp_path)
    states = [
        order(
            "1",
            [(MUG, 2)],
            paid="10:00",
            status="refunded",
            modified="11:00",
            refunds=(refund("7", 200_000),),
        )
    ]
    for _ in range(2):
        till.shop.tell(states)
        await till.sync()
    found = till.orders()["1"]
    assert (found.status, found.close_reason, till.total_sales()) == (
        Status.CANCELLED,
        CloseReason.REFUNDED,
        0,
    )
    assert till.levels() == {"MUG": (5, 0)}
