"""Rights that reach so far and no further, and those that only show in what a command does."""

from typing import Any

import pytest

from posapp.commands.counter import Tender
from posapp.commands.lines import SaleLine
from posapp.commands.orders import NewLine
from posapp.commands.returns import Returned
from posapp.commands.shop import MAIN_LOCATION
from posapp.domain.errors import Refused
from posapp.domain.rights import NotAllowed, Right
from tests.rights.scene import KINDS, PRICE, Accepted, Scene

CASHIER, MANAGER, OWNER = "Chidi", "Ify", "Adaeze"


def refused(scene: Scene, tag: str, who: str, **fields: Any) -> tuple[Right, int] | None:
    """What stands against it: the right and the amount; None where it is carried out."""
    try:
        scene.try_out(tag, who, **fields)
    except NotAllowed as no:
        return no.right, no.amount
    except Accepted:
        return None
    raise AssertionError("neither carried out nor refused")


def sale(scene: Scene, *lines: SaleLine, pays: int, **fields: Any) -> dict[str, Any]:
    return scene.sale(lines=lines, tenders=(Tender("cash", pays),), **fields)


# A cashier's discount goes to 5 % as delivered. What is taken off, what it comes to, what is asked for (5 % is 500).
@pytest.mark.parametrize(
    ("line", "of_sale", "pays", "asks"),
    [
        ({"discount_bp": 500}, {}, 95_000, None),
        ({"discount_bp": 501}, {}, 94_990, 501),
        ({"discount_minor": 5_000}, {}, 95_000, None),
        ({"discount_minor": 5_001}, {}, 94_999, 501),
        ({}, {"discount_bp": 500}, 95_000, None),
        ({}, {"discount_minor": 5_001}, 94_999, 501),
        ({"discount_bp": 300}, {"discount_bp": 300}, 94_090, 591),
        ({"discount_bp": 200}, {"discount_minor": 2_940}, 95_060, None),
        ({"discount_bp": 10_000}, {}, 0, 10_000),
    ],
)
def test_a_discount_goes_as_far_as_the_role(
    line: dict[str, int], of_sale: dict[str, int], pays: int, asks: int | None, no_shift: Scene
) -> None:
    tenders = (Tender("cash", pays),) if pays else ()
    fields = no_shift.sale(lines=(SaleLine("mug", 1, **line),), tenders=tenders, **of_sale)
    found = refused(no_shift, "sell", CASHIER, **fields)
    assert found == (None if asks is None else (Right.DISCOUNT, asks))
    assert refused(no_shift, "sell", MANAGER, **fields) is None
    assert refused(no_shift, "sell", CASHIER, approved_by=MANAGER, **fields) is None


def test_a_large_discount_does_not_hide_behind_other_goods(no_shift: Scene) -> None:
    """Half off one mug is 5 % of ten: the line counts, not the average."""
    lines = (SaleLine("mug", 1, discount_bp=5_000), SaleLine("mug", 9))
    assert refused(no_shift, "sell", CASHIER, **sale(no_shift, *lines, pays=950_000)) == (
        Right.DISCOUNT,
        5_000,
    )


def test_the_discount_of_an_order_by_hand_counts_too(no_shift: Scene) -> None:
    order = {"order_id": "n", "location_id": MAIN_LOCATION, "lines": (NewLine("mug", 2),)}
    assert refused(no_shift, "place_order", CASHIER, **order, discount_minor=10_000) is None
    assert refused(no_shift, "place_order", CASHIER, **order, discount_minor=10_001) == (Right.DISCOUNT, 501)


@pytest.mark.parametrize("price", [1, PRICE - 1, PRICE + 1])
def test_another_price_than_the_product_s_own_takes_a_right(price: int, no_shift: Scene) -> None:
    line = SaleLine("mug", 1, unit_price_minor=price)
    new = NewLine("mug", 1, unit_price_minor=price)
    order = {"order_id": "n", "location_id": MAIN_LOCATION, "lines": (NewLine("mug", 1), new)}
    edit = {
        "order_id": no_shift.unpaid,
        "seen_version": no_shift.seen[no_shift.unpaid].version,
        "added": (new,),
    }
    for tag, fields in (
        ("sell", sale(no_shift, line, pays=price)),
        ("place_order", order),
        ("edit_order", edit),
    ):
        assert refused(no_shift, tag, CASHIER, **fields) == (Right.PRICE_CHANGE, 0), tag
        assert refused(no_shift, tag, MANAGER, **fields) is None, tag


def test_the_product_s_own_price_said_aloud_is_no_change(no_shift: Scene) -> None:
    line = SaleLine("mug", 1, unit_price_minor=PRICE)
    assert refused(no_shift, "sell", CASHIER, **sale(no_shift, line, pays=PRICE)) is None


def test_units_nobody_knew_of_and_units_of_others_take_their_rights(no_shift: Scene) -> None:
    bowl = SaleLine("bowl", 1)
    found = sale(no_shift, bowl, pays=PRICE, found={"bowl": 1})
    cup = sale(no_shift, SaleLine("cup", 1), pays=PRICE, reserved={"cup": 1})
    assert refused(no_shift, "sell", CASHIER, **found) == (Right.STOCK_FOUND, 0)
    assert refused(no_shift, "sell", CASHIER, **cup) == (Right.SALE_OVERRIDE_STOCK, 0)
    assert refused(no_shift, "sell", MANAGER, **found) is None
    assert refused(no_shift, "sell", MANAGER, **cup) is None


@pytest.fixture(scope="module")
def clerk(no_shift: Scene) -> str:
    """Somebody who may give back up to 1,000.00, decide and cancel, and find nothing."""
    rights = dict.fromkeys((Right.SALE_MAKE, Right.ATTENTION_RESOLVE, Right.ORDERS_CANCEL))
    no_shift.do(
        KINDS["save_role"], role_id="clerk", name="Clerk", rights={**rights, Right.REFUNDS_ISSUE: PRICE}
    )
    no_shift.do(KINDS["add_staff"], name="Uju", role_id="clerk")
    return "Uju"


def test_money_goes_back_up_to_the_limit_however_it_is_called(no_shift: Scene, clerk: str) -> None:
    """A return, a decision about an order, a cancelled one, an exchange: what goes back is what counts."""
    gone, line = no_shift.gone, no_shift.seen[no_shift.gone].lines[0].id
    back = (Returned(gone, line, 1, True),)
    seen = no_shift.fingerprint(no_shift.short)
    one = {"returned": back}
    assert refused(no_shift, "take_back", clerk, **one) is None
    assert refused(no_shift, "take_back", CASHIER, **one) == (Right.REFUNDS_ISSUE, PRICE)
    decide = {"order_id": no_shift.short, "key": "refund_order", "seen": seen}
    assert refused(no_shift, "resolve", clerk, **decide) is None
    beyond = {"order_id": no_shift.paid}
    assert refused(no_shift, "cancel_order", clerk, **beyond) == (Right.REFUNDS_ISSUE, 3 * PRICE)
    assert refused(no_shift, "cancel_order", clerk, approved_by=MANAGER, **beyond) is None
    lines = (SaleLine("mug", 2), SaleLine("mug", 1))
    exchange = sale(no_shift, *lines, pays=2 * PRICE, returned=back)
    assert refused(no_shift, "sell", CASHIER, **exchange) == (Right.REFUNDS_ISSUE, PRICE)
    assert refused(no_shift, "sell", clerk, **exchange) is None


def test_fulfilling_from_nowhere_takes_the_right_to_find(no_shift: Scene, clerk: str) -> None:
    fields = {
        "order_id": no_shift.short,
        "key": "fulfill_order",
        "seen": no_shift.fingerprint(no_shift.short),
    }
    assert refused(no_shift, "resolve", clerk, **fields) == (Right.STOCK_FOUND, 0)
    assert refused(no_shift, "resolve", clerk, approved_by="Sade", **fields) is None, "a storekeeper may find"


def test_a_close_with_a_large_difference_takes_a_manager(in_shift: Scene) -> None:
    held = 1_000_000 + in_shift.takings()
    small = {"loose_minor": held - 20_000, "reason": "change"}
    large = {"loose_minor": 0, "reason": "nothing was counted"}
    assert refused(in_shift, "close_shift", CASHIER, **small) is None
    assert refused(in_shift, "close_shift", CASHIER, **large) == (Right.SHIFT_MANAGE, 0)
    assert refused(in_shift, "close_shift", CASHIER, approved_by=MANAGER, **large) is None


def test_a_retired_manager_allows_nothing_any_more(no_shift: Scene) -> None:
    no_shift.do(KINDS["add_staff"], name="Old", role_id="manager")
    fields = no_shift.examples()["cancel_order"]
    assert refused(no_shift, "cancel_order", CASHIER, approved_by="Old", **fields) is None
    no_shift.do(KINDS["retire_staff"], name="Old")
    with pytest.raises(Refused, match="Old does not work here"):
        no_shift.try_out("cancel_order", CASHIER, approved_by="Old", **fields)
