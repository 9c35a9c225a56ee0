"""What an effect says: how the money is made up, what becomes of stock and order, what the commit restates."""

from posapp.domain.attention import Reason
from posapp.domain.orders import Status
from posapp.domain.payments import GATEWAY, SENT_OUT
from posapp.domain.standing import PaymentMark
from posapp.gui import text
from posapp.gui.dialogs.order_words import person, units_held
from posapp.gui.method_words import method
from posapp.queries.effect_rows import (
    Effect,
    MoneyEffect,
    OtherOrderEffect,
    RefundedLine,
    StockEffect,
    StockNote,
)

STILL = {
    Reason.SHORTAGE: "still short",
    Reason.STOCK_DEFICIT: "still short",
    Reason.PAYMENT_DELAYED: "a payment hangs",
    Reason.LATE_PAYMENT: "money came late",
    Reason.OVERPAYMENT: "too much was paid",
    Reason.DUPLICATE_PAYMENT: "it was paid twice",
    Reason.PAYMENT_REVERSED: "money was taken back",
    Reason.SHOP_CHANGED: "the web shop changed it",
    Reason.REFUND_FAILED: "a refund failed",
    Reason.NEEDS_DETAILS: "a bank account is asked for",
}
_PAID = {"PAID": "paid", "PARTIALLY_PAID": "partly paid", "UNPAID": "unpaid"}
_CLOSED = {
    PaymentMark.REFUNDED: "Refunded in full and closed.",
    PaymentMark.OWED: "Closed, money is still owed.",
    PaymentMark.UNPAID: "Closed.",
}


def paid_out(effect: Effect) -> int:
    """Give what leaves this till by it, in minor units: not what the shop has given back already."""
    return sum(part.amount_minor for part in effect.money.parts if part.route != "shop")


def money_lead(effect: Effect) -> tuple[str, str]:
    """Give the words before the amount and the amount; without money moving, a sentence and ""."""
    money = effect.money
    if money.amount_minor and not paid_out(effect):
        return "Written down as given back in the shop:", text.money(money.amount_minor, money.currency)
    if money.amount_minor:
        return f"{_cap(person(money.customer))} gets", text.money(money.amount_minor, money.currency)
    return "No money moves.", ""


def money_note(effect: Effect) -> str:
    """Say how the amount is made up."""
    money = effect.money
    said = [_line_words(line, money.currency) for line in money.lines[:3]]
    if len(money.lines) > 3:
        said.append(f"{text.plural(len(money.lines) - 3, 'more item')}")
    sentences = [f"{', '.join(said)}."] if said else []
    sentences += _extras(money)
    if not money.amount_minor and not sentences:
        paid = text.money(money.paid_after_minor, money.currency)
        if effect.order.payment_status_after == "PAID":
            return f"{_cap(person(money.customer))} has paid {paid} for all of it."
        return f"{paid} has been paid." if money.paid_after_minor else ""
    return " ".join(sentences)


def again_note(effect: Effect) -> str:
    """Say what asking once more means: under a new reference, so one looks first whether the old one paid."""
    if any(part.route == GATEWAY for part in effect.money.parts):
        return "Asked for once more. Look in the gateway's own books first: one that said no may have paid all the same"
    return "Asked for once more, by the same way. The try before has failed for good."


def _line_words(line: RefundedLine, currency: str) -> str:
    words = f"{text.number(line.units)} × {text.amount(line.unit_price_minor, currency)}"
    if line.discount_share_minor > 0:
        percent, rest = divmod(line.discount_share_minor * 100, line.list_minor or 1)
        share = f"{percent} %" if not rest else text.amount(line.discount_share_minor, currency)
        words += f" less {share} share of the discount"
    if line.tax_on_top_minor:
        words += f" plus {text.amount(line.tax_on_top_minor, currency)} tax"
    return words


def _extras(money: MoneyEffect) -> list[str]:
    said = []
    if money.shipping_minor:
        said.append(f"{text.money(money.shipping_minor, money.currency)} of it for delivery.")
    elif money.lines and money.shipping_stays_minor:
        said.append("Delivery is not refunded.")
    if money.kept_minor > 0:
        said.append(f"{text.money(money.kept_minor, money.currency)} is kept back.")
    if money.rounding_minor:
        way, minor = "up" if money.rounding_minor > 0 else "down", abs(money.rounding_minor)
        said.append(f"Rounded {way} by {text.money(minor, money.currency)}, for cash.")
    if money.lowers_balance_minor > 0:
        said.append(f"{text.money(money.lowers_balance_minor, money.currency)} pays off what was still due.")
    if money.amount_minor and not money.lines and not money.paid_after_minor and money.paid_before_minor:
        delivery = ", delivery included" if money.shipping_stays_minor else ""
        said.append(f"All that is left of the order{delivery}.")
    if len(money.parts) > 1:
        shares = (
            f"{text.money(part.amount_minor, money.currency)} on the {method(part.method or part.provider)} payment"
            for part in money.parts
        )
        said.append(f"{', '.join(shares)}.")
    return said


def stock_note(stock: StockEffect, effect: Effect) -> str:
    """Say why an item's numbers change, or do not."""
    match stock.note:
        case StockNote.NEVER_LEFT:
            same = [line for line in effect.order.lines if line.name == stock.name]
            missing = sum(line.short_before - line.short_after for line in same)
            return f"The missing {'one' if missing == 1 else 'ones'} never left the shelf"
        case StockNote.FREED:
            return "Free to sell again"
        case StockNote.TAKEN:
            return f"Held for {person(effect.money.customer)}"
        case StockNote.FOUND:
            brought = f"{text.number(stock.brought)} brought, " if stock.brought > 0 else ""
            return (
                f"{brought}{text.number(stock.found)} found in hand, held for {person(effect.money.customer)}"
            )
        case StockNote.BROUGHT | StockNote.CARRIED_OFF:
            return _carried(stock, effect)
        case StockNote.TO_OTHERS:
            return "Goes to orders that wait"
        case StockNote.SWAPPED:
            return "Changes hands"
        case StockNote.HANDED_OVER:
            return "Leaves the shelf"
        case StockNote.NO_CHANGE:
            return "No change"


def _carried(stock: StockEffect, effect: Effect) -> str:
    units, who = text.number(abs(stock.brought)), person(effect.money.customer)
    promised = stock.allocated_after - stock.allocated_before
    if stock.brought > 0:
        return f"{units} brought, held for {who}" if promised > 0 else f"{units} carried back"
    return f"{units} carried back" if promised < 0 else f"{units} carried over for {who}"


def other_order(other: OtherOrderEffect) -> str:
    """Say what another order gains or loses by it."""
    items = ", ".join(
        f"{text.number(abs(units))} × {text.isolated(name, 40)}" for name, units in other.items[:2]
    )
    more = f" and {text.plural(len(other.items) - 2, 'more item')}" if len(other.items) > 2 else ""
    who = f"Order {text.outside(other.number, 24)}"
    name = f", {text.isolated(other.customer, 30)}," if other.customer else ""
    deed = "gets" if other.units >= 0 else "loses"
    if other.leaves_attention:
        end = " and leaves Attention"
    else:
        end = " and needs attention" if other.enters_attention else ""
    return f"{who}{name} {deed} {items}{more}{end}."


def order_sentence(effect: Effect) -> str:
    """Say how the order stands afterwards."""
    order = effect.order
    if order.status_after == Status.CANCELLED:
        said = [_CLOSED.get(order.payment_after, "Closed.")]
    else:
        verb = "Stays" if order.payment_status_before == order.payment_status_after else "Becomes"
        held = units_held([(line.held_after, line.name) for line in order.lines])
        holds = f", holds {held}" if any(line.held_after for line in order.lines) else ""
        said = [f"{verb} {_PAID[order.payment_status_after]}{holds}."]
    if order.leaves_attention:
        said.append("Leaves Attention.")
    elif order.still_open:
        said.append(f"Stays in Attention: {', '.join(dict.fromkeys(STILL[r] for r in order.still_open))}.")
    if order.ready_to_prepare and order.leaves_attention:
        said.append("Ready to prepare.")
    return " ".join(said)


def commit_words(label: str, effect: Effect) -> str:
    """Restate the effect on the button that carries it out, naming person and amount."""
    money, order = effect.money, effect.order
    who = person(money.customer)
    deeds = []
    gained = any(line.held_after > line.held_before for line in order.lines)
    brought = sum(item.brought for item in effect.stock if item.brought > 0)
    if gained:
        held = units_held([(line.held_after, line.name) for line in order.lines])
        first = f"bring {text.number(brought)}, " if brought else ""
        deeds.append(f"{first}hold {held} for {who}")
    if money.amount_minor:
        paid = text.money(money.amount_minor, money.currency)
        pays = f"pay back {paid}" if gained else f"pay {who} {paid}"
        deeds.append(pays if paid_out(effect) else f"{paid} of {who}")
    if not deeds and money.lowers_balance_minor > 0:
        deeds.append(f"{text.money(money.lowers_balance_minor, money.currency)} less is due")
    if not deeds and order.status_before != order.status_after == Status.CANCELLED:
        freed = units_held([(line.held_before, line.name) for line in order.lines])
        deeds.append(f"free {freed} of {who}" if freed != "0" else f"close it for {who}")
    return f"{label}: {', '.join(deeds)}" if deeds else f"{label} for {who}"


def done_words(label: str, effect: Effect, *, offline: bool = False) -> str:
    """Say in a toast what was done."""
    money, order = effect.money, effect.order
    number, who = text.outside(order.number, 24), person(money.customer)
    if offline and any(part.route in SENT_OUT for part in money.parts):
        amount = text.money(money.amount_minor, money.currency)
        return f"{number}: refund queued, {who} gets {amount} when the network is back"
    if paid_out(effect):
        return f"{number}: {who} gets {text.money(money.amount_minor, money.currency)}"
    if any(line.held_after > line.held_before for line in order.lines):
        held = units_held([(line.held_after, line.name) for line in order.lines])
        return f"{number}: {held} held for {who}"
    return f"{number}: {label[:1].lower()}{label[1:]}, done"


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]
