"""A shop with an order in every situation, each by a name."""

from datetime import timedelta

from posapp.commands.orders import CancelOrder, EditOrder, HandOver, MarkShipped, NewLine
from posapp.commands.payments import ConfirmTransfer
from posapp.commands.shop_orders import CancelShopOrder, ReviseShopOrder, WebLine, WebTerms
from posapp.domain.orders import ShipStatus
from posapp.domain.payments import PaymentState
from tests.shop import Shop

TOTE, RICE = "tote", "rice"


def every_situation(shop: Shop) -> dict[str, str]:
    """Order ids by situation. 30 tote (1,000.00) and 1 rice (500.00) are on the shelf at first."""
    shop.product("Tote", 100_000, stock=30)
    shop.product("Rice", 50_000, stock=1)
    made = {
        "unpaid": shop.place({TOTE: 1}, customer="Ada Obi"),
        "paid": shop.sold({TOTE: 2}, customer="Musa Danjuma"),
        "short": shop.sold({RICE: 3, TOTE: 1}, customer="Halima Sani"),
        "empty handed": shop.sold({RICE: 2}, customer="Uche Nnamdi"),
        "free of charge": shop.place({TOTE: 1}, discount_minor=100_000),
        **_money(shop),
        **_goods(shop),
        **_closed(shop),
        **_web(shop),
    }
    shop.now += timedelta(days=1)
    made["next day"] = shop.sold({TOTE: 1})
    return made


def _money(shop: Shop) -> dict[str, str]:
    partly, announced, never_came = (shop.place({TOTE: 1}) for _ in range(3))
    shop.pay(partly, 40_000)
    shop.pay(announced, 100_000, method="transfer", awaiting=True)
    shop.pay(never_came, 100_000, method="transfer", awaiting=True)
    payment_id = shop.order(never_came).payments[0].id
    shop.do(ConfirmTransfer, order_id=never_came, payment_id=payment_id, seen=False)
    over = shop.place({TOTE: 1})
    shop.pay(over, 120_000)
    credit = shop.place({TOTE: 1})
    shop.pay(credit, 130_000)
    shop.resolve(credit, "keep_credit")
    reversed_ = shop.place({TOTE: 1})
    shop.told(reversed_, 100_000, PaymentState.SUCCEEDED, "T-back")
    shop.told(reversed_, 100_000, PaymentState.REVERSED, "T-back")
    pending = shop.place({TOTE: 1})
    shop.told(pending, 100_000, PaymentState.PENDING, "T-slow")
    edited = shop.sold({TOTE: 1})
    version = shop.order(edited).version
    shop.do(EditOrder, order_id=edited, seen_version=version, added=(NewLine(TOTE, 1),))
    return {
        "partly paid": partly, "announced": announced, "never came": never_came, "overpaid": over,
        "credit kept": credit, "reversed": reversed_, "pending": pending, "increased": edited,
    }  # fmt: skip


def _goods(shop: Shop) -> dict[str, str]:
    handed, shipped, delivered, part_handed = (shop.sold({TOTE: 2}) for _ in range(4))
    for order_id in (handed, shipped, delivered):
        shop.do(HandOver, order_id=order_id)
    line_id = shop.order(part_handed).lines[0].id
    shop.do(HandOver, order_id=part_handed, units={line_id: 1})
    for order_id in (shipped, delivered):
        shop.do(MarkShipped, order_id=order_id, ship_status=ShipStatus.SHIPPED)
    shop.do(MarkShipped, order_id=delivered, ship_status=ShipStatus.DELIVERED)
    return {"handed over": handed, "shipped": shipped, "delivered": delivered, "part handed": part_handed}


def _closed(shop: Shop) -> dict[str, str]:
    dropped, refunded, late = shop.place({TOTE: 1}), shop.sold({RICE: 1}), shop.place({TOTE: 1})
    shop.resolve(refunded, "refund_order")
    for order_id in (dropped, late):
        shop.do(CancelOrder, order_id=order_id)
    shop.pay(late, 100_000)
    return {"dropped": dropped, "refunded": refunded, "paid late": late}


def _web(shop: Shop) -> dict[str, str]:
    unpaid = shop.web_order("8001", {TOTE: (1, 100_000)})
    cancelled, cheaper, dearer = (
        shop.web_order(remote, {TOTE: (2, 100_000)}) for remote in ("8002", "8003", "8004")
    )
    for order_id in (cancelled, cheaper, dearer):
        shop.told(order_id, 200_000, PaymentState.SUCCEEDED, f"T-{order_id}")
    shop.do(CancelShopOrder, order_id=cancelled, detail="cancelled")
    for order_id, remote, units in ((cheaper, "8003", 1), (dearer, "8004", 3)):
        line = WebLine(f"{remote}-0", TOTE, "TOTE", "Tote", units, 100_000, units * 100_000, {}, 0)
        shop.do(
            ReviseShopOrder, order_id=order_id, terms=WebTerms((line,), 0, {}, 0, {}, 0, f"{remote}-edited")
        )
    return {
        "web unpaid": unpaid, "cancelled in shop": cancelled, "edited in shop": cheaper, "dearer in shop": dearer,
    }  # fmt: skip
