"""The effect of a decision in numbers, before it is made."""

from typing import Any

import msgspec

from posapp.cli.screen import Column, Screen, money, plain
from posapp.queries.effect_rows import Effect, StockEffect
from posapp.queries.reader import Reader

STOCK_COLUMNS = (
    Column("Stock", 30),
    Column("On hand", 14, right=True),
    Column("Allocated", 14, right=True),
    Column("Available", 14, right=True),
    Column("", 14),
)


def effect_json(reader: Reader, effect: Effect) -> dict[str, Any]:
    """The effect under its documented names; every number before and after."""
    told: dict[str, Any] = msgspec.to_builtins(effect)
    told["stock"] = [
        {
            "sku": reader.value("SELECT sku FROM product WHERE id = ?", (item.item_id,)) or "",
            **msgspec.to_builtins(item),
            "available_before": item.free_before,
            "available_after": item.free_after,
        }
        for item in effect.stock
    ]
    return told


def show_effect(screen: Screen, reader: Reader, effect: Effect) -> None:
    """Write the effect for people."""
    order, cash = effect.order, effect.money
    who = cash.customer or "the customer"
    screen.say(plain(f"Order {order.number}: nothing is changed by looking. This would happen:"))
    screen.say(plain(f"Money     {who} gets {money(cash.amount_minor, cash.currency)}"))
    for part in cash.parts:
        way = f"on the payment by {part.method} {part.reference}".strip()
        screen.say(plain(f"          {money(part.amount_minor, cash.currency)} by {part.route}, {way}"))
    total = (
        f"{money(cash.total_before_minor, cash.currency)} → {money(cash.total_after_minor, cash.currency)}"
    )
    screen.say(f"Total     {total}")
    screen.say(f"Order     {order.status_before} → {order.status_after}, {order.payment_status_after}")
    for line in order.lines:
        moves = (
            f"wanted {line.wanted_before} → {line.wanted_after}, held {line.held_before} → {line.held_after}, "
            f"short {line.short_before} → {line.short_after}"
        )
        screen.say(plain(f"          {line.name}: {moves}"))
    leaves = (
        "leaves Attention" if order.leaves_attention else ", ".join(order.still_open) or "not in Attention"
    )
    screen.say(f"Attention {leaves}")
    screen.say(f"Sales     {money(effect.sales.change_minor, cash.currency)}")
    for other in effect.others:
        names = ", ".join(f"{name} {units:+}" for name, units in other.items)
        screen.say(plain(f"Order {other.number} ({other.customer or 'walk-in'}): {names}"))
    screen.table(STOCK_COLUMNS, (_stock_row(item) for item in effect.stock), empty="No stock moves.")


def _stock_row(item: StockEffect) -> tuple[str, ...]:
    return (
        f"{item.name} · {item.location}" if item.location else item.name,
        f"{item.on_hand_before} → {item.on_hand_after}",
        f"{item.allocated_before} → {item.allocated_after}",
        f"{item.free_before} → {item.free_after}",
        item.note.replace("_", " "),
    )
