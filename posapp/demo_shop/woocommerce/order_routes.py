"""Orders and their notes over REST: lists, one, making, changing, throwing away, batches."""

from collections.abc import Callable, Mapping

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.orders import STATUSES, trash
from posapp.demo_shop.records import Order
from posapp.demo_shop.woocommerce import order_writes
from posapp.demo_shop.woocommerce.body import required, text_at, yes_at
from posapp.demo_shop.woocommerce.listing import choice, ids, in_window, listed
from posapp.demo_shop.woocommerce.order_view import note_view, order_view
from posapp.demo_shop.woocommerce.rest import Answer, Call, RestError, bad_param

HIDDEN = frozenset({"trash", "auto-draft", "checkout-draft"})
ORDER_BY = ("date", "id", "include", "title", "slug", "modified")
MOST_IN_BATCH = 100


def _missing(status: int, words: str) -> RestError:
    return RestError(status, "woocommerce_rest_shop_order_invalid_id", words)


def the_order(call: Call) -> Order:
    """The order of the path: a missing one is 404, or 400 for who wants to change it. Raises `RestError`."""
    try:
        return call.store.order(call.ids[0])
    except NotThere:
        if call.method in {"POST", "PUT", "PATCH"}:
            raise _missing(400, "ID is invalid.") from None
        raise _missing(404, "Invalid ID.") from None


def list_orders(call: Call) -> Answer:
    """GET orders. A filter that WooCommerce does not know is ignored without a word."""
    statuses = _statuses(call)
    tail = [(f"status[{place}]", status) for place, status in enumerate(statuses)]
    window = in_window(call.query)
    wanted, unwanted = ids(call.query, "include"), ids(call.query, "exclude")
    via, search = call.query.many("created_via"), (call.query.get("search") or "").lower()
    found = [
        order
        for order in call.store.state.orders.values()
        if (order.status not in HIDDEN if "any" in statuses else order.status in statuses)
        and window(order.created_at, order.modified_at)
        and (not wanted or order.id in wanted)
        and order.id not in unwanted
        and (not via or order.created_via in via)
        and (not search or _matches(order, search))
    ]
    return listed(
        call,
        _sorted(call, found),
        lambda order: order_view(call, order),
        lists=("include", "exclude", "created_via"),
        tail=[*tail, ("dp", "2"), ("context", "view")],
    )


def _statuses(call: Call) -> list[str]:
    statuses = call.query.many("status") or ["any"]
    allowed = ("any", "trash", *STATUSES)
    for place, status in enumerate(statuses):
        if status not in allowed:
            words = ", ".join(allowed[:-1]) + f", and {allowed[-1]}"
            message = f"status[{place}] is not one of {words}."
            raise bad_param("status", "rest_not_in_enum", message)
    return statuses


def _matches(order: Order, search: str) -> bool:
    """By id, transaction, address, or a line's name; meta is not searched."""
    names = [line.name for line in order.lines]
    texts = [order.transaction_id, *order.billing.values(), *order.shipping.values(), *names]
    return search == str(order.id) or any(search in text.lower() for text in texts)


def _sorted(call: Call, found: list[Order]) -> list[Order]:
    by = choice(call.query, "orderby", ORDER_BY, "date")
    down = choice(call.query, "order", ("asc", "desc"), "desc") == "desc"
    keys: dict[str, Callable[[Order], tuple[float, int]]] = {
        "date": lambda o: (o.created_at.timestamp(), o.id),
        "modified": lambda o: (o.modified_at.timestamp(), o.id),
    }
    return sorted(found, key=keys.get(by, lambda o: (0.0, o.id)), reverse=down)


def get_order(call: Call) -> Answer:
    """GET orders/{id}, from the trash too."""
    return Answer(order_view(call, the_order(call)))


def post_order(call: Call) -> Answer:
    """POST orders."""
    order = order_writes.create(call.store, call.body)
    return Answer(order_view(call, order), 201, {"Location": call.link(f"orders/{order.id}")})


def put_order(call: Call) -> Answer:
    """PUT orders/{id}."""
    order = order_writes.change(call.store, the_order(call), call.body)
    return Answer(order_view(call, order))


def delete_order(call: Call) -> Answer:
    """DELETE orders/{id}: to the trash, or with force for good. The answer shows what it was before."""
    order = the_order(call)
    if not call.forced and order.status == "trash":
        words = "The shop_order has already been deleted."
        raise RestError(410, "woocommerce_rest_already_trashed", words)
    view = order_view(call, order)
    if call.forced:
        call.store.delete(order.id)
    else:
        trash(call.store, order)
    return Answer(view)


def list_notes(call: Call) -> Answer:
    """GET orders/{id}/notes, oldest first."""
    order = the_order(call)
    return Answer([note_view(call, order, note) for note in order.notes])


def post_note(call: Call) -> Answer:
    """POST orders/{id}/notes. The order's `date_modified` does not move."""
    order = the_order(call)
    text = text_at(call.body, "note") or ""
    required(bool(text), "rest_missing_callback_param", "Missing parameter(s): note")
    note = call.store.note(order, text, for_customer=bool(yes_at(call.body, "customer_note")))
    where = call.link(f"orders/{order.id}/notes/{note.id}")
    return Answer(note_view(call, order, note), 201, {"Location": where})


def batch(
    call: Call,
    create: Callable[[Mapping[str, object]], dict[str, object]],
    change: Callable[[int, Mapping[str, object]], dict[str, object]],
    delete: Callable[[int], dict[str, object]],
) -> Answer:
    """Many at once: the answer is 200, and each failure stands in its own place. Raises `RestError` (413)."""
    asked = {name: call.body.get(name) or [] for name in ("create", "update", "delete")}
    lists = {name: rows for name, rows in asked.items() if isinstance(rows, list) and rows}
    if sum(len(rows) for rows in lists.values()) > MOST_IN_BATCH:
        words = f"Unable to accept more than {MOST_IN_BATCH} items for this request."
        raise RestError(413, "woocommerce_rest_request_entity_too_large", words)
    done: dict[str, list[object]] = {}
    for name, rows in lists.items():
        done[name] = []
        for row in rows:
            number = row.get("id", 0) if isinstance(row, dict) else row
            known = int(number) if isinstance(number, int | str) and str(number).isdigit() else 0
            try:
                if name == "delete":
                    done[name].append(delete(known))
                elif isinstance(row, dict):
                    done[name].append(create(row) if name == "create" else change(known, row))
            except RestError as error:
                done[name].append({"id": known, "error": error.body})
    return Answer(done)


def batch_orders(call: Call) -> Answer:
    """POST orders/batch."""

    def found(order_id: int) -> Order:
        try:
            return call.store.order(order_id)
        except NotThere:
            raise _missing(400, "Invalid ID.") from None

    def remove(order_id: int) -> dict[str, object]:
        order = found(order_id)
        view = order_view(call, order)
        call.store.delete(order.id)
        return view

    return batch(
        call,
        lambda body: order_view(call, order_writes.create(call.store, body)),
        lambda order_id, body: order_view(call, order_writes.change(call.store, found(order_id), body)),
        remove,
    )
