"""What was done, in words: one sentence for every kind of command, for the window and for the shell."""

from collections.abc import Callable, Mapping
from typing import Any

from posapp.domain.resolutions import RESOLUTIONS

Facts = Mapping[str, Any]
Money = Callable[[int], str]  # an amount in minor units, as it is read

_SETTINGS = {
    "name": "the shop's name", "owner": "the owner's name", "currency": "the currency", "time_zone": "the time zone",
    "auto_fill": "filling waiting orders", "tax_name": "the tax's name", "tax_basis_points": "the tax rate",
    "tax_included": "whether prices include tax", "bank_name": "the bank", "bank_account": "the account number",
    "bank_holder": "the name on the account", "cash_step_minor": "the smallest cash",
    "offline_refund_minor": "the most given back without a network",
    "auto_lock_minutes": "when the till locks",
}  # fmt: skip
_BY = {"cash": "in cash", "transfer": "by transfer", "card": "by card", "account": "on account"}
_STATES = {
    "SUCCEEDED": "paid",
    "PENDING": "on its way",
    "FAILED": "failed",
    "REVERSED": "taken back by the bank",
}
# A plain sentence; what stands in braces is looked up: {order}, {product}, {reason}, or a field of the command.
_PLAIN = {
    "open_shop": "Opened the shop {name}",
    "import_product": "Web shop's product {name}",
    "save_product": "Saved the product {name}",
    "open_stock": "Took over the stock of {product}: {units}",
    "receive_stock": "Received {units} × {product}{reason}",
    "adjust_stock": "Adjusted {product} by {signed}{reason}",
    "count_stock": "Counted {product}: {counted}{reason}",
    "move_stock": "Moved {units} × {product} to {to}{reason}",
    "add_location": "Added the location {name}",
    "rename_location": "Called a location {name}",
    "place_order": "Made order {order}",
    "edit_order": "Edited order {order}{reason}",
    "cancel_order": "Cancelled order {order}{reason}",
    "hand_over": "Handed over order {order}",
    "mark_shipped": "Marked order {order} as {ship_status}",
    "flag_delay": "A payment of order {order} is late",
    "place_shop_order": "Web order {order} came",
    "revise_shop_order": "Web order {order} was changed in the web shop",
    "note_shop_order": "Web order {order}: the web shop says {shop_status}",
    "complete_shop_order": "Web order {order} was completed in the web shop",
    "cancel_shop_order": "Web order {order} was cancelled in the web shop",
    "reopen_shop_order": "Web order {order} was taken up again in the web shop",
    "record_shop_refund": "{amount} of order {order} was refunded in the web shop{reason}",
    "forget_shop_refund": "A refund of order {order} is gone from the web shop",
    "begin_sending": "Something about order {order} is being sent",
    "note_sent": "What was sent about order {order} has arrived{said}",
    "note_declined": "What was sent about order {order} was refused{said}",
    "note_refund_state": "A refund of order {order} is {state} at the payment provider",
    "record_provider_refund": "The payment provider has given back {amount} of order {order}",
    "send_again": "Sent again what was refused about order {order}",
    "discard_outgoing": "Gave up what was refused about order {order}{reason}",
    "give_details": "Gave the bank account for a refund of order {order}",
    "collect_and_hand_over": "Took the money for order {order} and handed it over",
    "undo_decision": "Took back the last decision about order {order}",
    "swap_allocation": "Gave order {order} the units of order {other}",
    "open_shift": "Opened a shift with {float} in the drawer",
    "close_shift": "Closed the shift{reason}",
    "reopen_shift": "Went on with a closed shift{reason}",
    "open_drawer": "Opened the drawer without a sale{reason}",
    "add_staff": "Added {name} to the staff as {role}",
    "change_role": "Made {name} {role}",
    "retire_staff": "{name} left the staff",
    "return_staff": "Took {name} on again",
    "save_role": "Saved the role {name}",
    "remove_role": "Removed a role, or its changes",
    "take_back": "Took goods of order {order} back{reason}",
    "take_back_unknown": "Took goods back without a receipt, order {order}{reason}",
    "set_credit_limit": "Set what {customer} may owe: {limit}",
    "pay_account": "{customer} paid {amount} of what was owed, {by}",
    "save_tax_class": "Saved the tax class {name}",
}


def activity_words(tag: str, facts: Facts, names: Mapping[str, str], money: Money) -> str:
    """The sentence of one command. `names` gives numbers and names by id; what is unknown stays away."""
    special = _SPECIAL.get(tag)
    if special is not None:
        return special(facts, names, money)
    plain = _PLAIN.get(tag)
    return plain.format_map(_Looked(facts, names, money)) if plain else tag.replace("_", " ")


class _Looked(dict[str, str]):
    """What stands in the braces of a sentence."""

    def __init__(self, facts: Facts, names: Mapping[str, str], money: Money) -> None:
        super().__init__()
        self._facts, self._names, self._money = facts, names, money

    def __missing__(self, key: str) -> str:
        facts = self._facts
        if key in _AMOUNTS:
            return self._money(_whole(facts.get(_AMOUNTS[key])))
        if key in _IDS:
            found = next((str(facts[name]) for name in _IDS[key] if facts.get(name)), "")
            if key == "order" and not found and facts.get("returned"):
                found = str(facts["returned"][0].get("order_id", ""))
            return self._names.get(found, "")
        if key in ("reason", "said"):
            reason = str(facts.get("words" if key == "said" else "reason", "")).strip()
            return f": {reason}" if reason else ""
        if key == "signed":
            units = _whole(facts.get("units"))
            return f"+{units}" if units > 0 else f"−{-units}"
        if key == "by":
            return _BY.get(str(facts.get("method", "")), "another way")
        told = str(facts.get(key, ""))
        return told.lower().replace("_", " ") if key in ("ship_status", "state") else told


_AMOUNTS = {"amount": "amount_minor", "float": "float_minor", "limit": "limit_minor"}
_IDS = {
    "order": ("order_id",), "other": ("other_id",), "product": ("product_id", "item_id"), "role": ("role_id",),
    "to": ("to_location_id",), "customer": ("contact_id",),
}  # fmt: skip


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _order(facts: Facts, names: Mapping[str, str]) -> str:
    return names.get(str(facts.get("order_id", "")), "")


def _sell(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    tenders = facts.get("tenders", ())
    paid = money(sum(_whole(tender.get("amount_minor")) for tender in tenders))
    what = "Exchanged goods, order" if facts.get("returned") else "Sold"
    if facts.get("deposit"):
        return f"Made order {_order(facts, names)}, {paid} paid"
    ways = sorted({_BY.get(str(tender.get("method")), "another way") for tender in tenders})
    return f"{what} {_order(facts, names)}: {paid} {' and '.join(ways)}".rstrip()


def _take_payment(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    amount, order = money(_whole(facts.get("amount_minor"))), _order(facts, names)
    if facts.get("awaiting"):
        return f"Noted a transfer of {amount} for order {order}, not seen yet"
    return f"Took {amount} {_BY.get(str(facts.get('method', '')), 'another way')} for order {order}"


def _confirm_transfer(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    seen = facts.get("seen")
    return f"{'Saw' if seen else 'Stopped waiting for'} the transfer for order {_order(facts, names)}"


def _record_payment(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    amount = money(_whole(facts.get("gross_minor")))
    state = _STATES.get(str(facts.get("state", "")), "")
    return f"{amount} for order {_order(facts, names)}: {state}"


def _resolve(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    resolution = RESOLUTIONS.get(str(facts.get("key", "")))
    label = resolution.label if resolution else str(facts.get("key", ""))
    return f"{label}, order {_order(facts, names)}"


def _move_cash(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    amount = _whole(facts.get("amount_minor"))
    deed = (
        f"Put {money(amount)} into the drawer" if amount > 0 else f"Took {money(-amount)} out of the drawer"
    )
    return f"{deed}: {facts.get('reason', '')}"


def _note_secret(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    what = {"pin": "PIN", "badge": "badge"}.get(str(facts.get("what", "")), "")
    return f"{'Set the' if facts.get('given') else 'Took away the'} {what} of {facts.get('name', '')}"


def _change_setting(facts: Facts, names: Mapping[str, str], money: Money) -> str:
    key = str(facts.get("key", ""))
    return f"Changed {_SETTINGS.get(key, key.replace('_', ' '))} to {facts.get('value', '')}"


_SPECIAL: dict[str, Callable[[Facts, Mapping[str, str], Money], str]] = {
    "sell": _sell,
    "take_payment": _take_payment,
    "confirm_transfer": _confirm_transfer,
    "record_payment": _record_payment,
    "resolve": _resolve,
    "move_cash": _move_cash,
    "note_secret": _note_secret,
    "change_setting": _change_setting,
}
