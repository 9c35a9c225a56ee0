"""Webhooks over REST: kept and shown, never delivered. A till leaves its marker here as a disabled one."""

from posapp.demo_shop.records import Webhook
from posapp.demo_shop.woocommerce.body import required, text_at
from posapp.demo_shop.woocommerce.listing import choice, gmt_text, ids, listed, local_text
from posapp.demo_shop.woocommerce.order_view import ITEM_VERBS
from posapp.demo_shop.woocommerce.rest import Answer, Call, RestError, bad_param

STATUSES = ("active", "paused", "disabled")
_HOOKS = {
    "order.created": ["woocommerce_new_order"],
    "order.updated": ["woocommerce_update_order", "woocommerce_order_refunded"],
    "order.deleted": ["wp_trash_post", "woocommerce_trash_order"],
    "order.restored": ["untrashed_post", "woocommerce_untrash_order"],
    "product.created": ["woocommerce_process_product_meta", "woocommerce_new_product"],
    "product.updated": ["woocommerce_process_product_meta", "woocommerce_update_product"],
    "product.deleted": ["wp_trash_post"],
    "product.restored": ["untrashed_post"],
    "customer.created": ["user_register", "woocommerce_created_customer", "woocommerce_new_customer"],
    "customer.updated": ["profile_update", "woocommerce_update_customer"],
    "customer.deleted": ["delete_user"],
    "coupon.created": ["woocommerce_process_shop_coupon_meta", "woocommerce_new_coupon"],
    "coupon.updated": ["woocommerce_process_shop_coupon_meta", "woocommerce_update_coupon"],
    "coupon.deleted": ["wp_trash_post"],
    "coupon.restored": ["untrashed_post"],
}


def _hooks(topic: str) -> list[str]:
    return [topic.partition(".")[2]] if topic.startswith("action.") else _HOOKS[topic]


def _view(call: Call, hook: Webhook) -> dict[str, object]:
    resource, _, event = hook.topic.partition(".")
    home = call.link("webhooks")
    return {
        "id": hook.id,
        "name": hook.name,
        "status": hook.status,
        "topic": hook.topic,
        "resource": resource,
        "event": event,
        "hooks": _hooks(hook.topic),
        "delivery_url": hook.delivery_url,
        "date_created": local_text(hook.created_at),
        "date_created_gmt": gmt_text(hook.created_at),
        "date_modified": local_text(hook.modified_at),
        "date_modified_gmt": gmt_text(hook.modified_at),
        "_links": {
            "self": [{"href": f"{home}/{hook.id}", "targetHints": {"allow": ITEM_VERBS}}],
            "collection": [{"href": home}],
        },
    }


def _found(call: Call) -> Webhook:
    try:
        return call.store.state.webhooks[call.ids[0]]
    except KeyError:
        changing = call.method in {"POST", "PUT", "PATCH"}
        code = "woocommerce_rest_shop_webhook_invalid_id"
        raise RestError(400 if changing else 404, code, "Invalid ID.") from None


def _status(call: Call) -> str | None:
    status = text_at(call.body, "status")
    if status is not None and status not in STATUSES:
        words = "status is not one of active, paused, and disabled."
        raise bad_param("status", "rest_not_in_enum", words)
    return status


def _topic(call: Call) -> str | None:
    topic = text_at(call.body, "topic")
    known = topic is None or topic in _HOOKS or (topic.startswith("action.") and len(topic) > len("action."))
    required(known, "woocommerce_rest_webhook_invalid_topic", "Webhook topic must be valid.")
    return topic


def _delivery_url(call: Call) -> str | None:
    url = text_at(call.body, "delivery_url")
    good = url is None or url.startswith(("http://", "https://"))
    words = "Webhook delivery URL must be a valid URL starting with http:// or https://."
    required(good, "woocommerce_rest_webhook_invalid_delivery_url", words)
    return url


def list_webhooks(call: Call) -> Answer:
    """GET webhooks."""
    status = choice(call.query, "status", ("all", *STATUSES), "all")
    search = (call.query.get("search") or "").lower()
    wanted, unwanted = ids(call.query, "include"), ids(call.query, "exclude")
    found = [
        hook
        for hook in call.store.state.webhooks.values()
        if status in {"all", hook.status}
        and search in hook.name.lower()
        and (not wanted or hook.id in wanted)
        and hook.id not in unwanted
    ]
    latest = sorted(found, key=lambda hook: (-hook.created_at.timestamp(), hook.id))
    return listed(call, latest, lambda hook: _view(call, hook))


def get_webhook(call: Call) -> Answer:
    """GET webhooks/{id}."""
    return Answer(_view(call, _found(call)))


def post_webhook(call: Call) -> Answer:
    """POST webhooks."""
    topic, url = _topic(call), _delivery_url(call)
    required(
        bool(topic), "woocommerce_rest_webhook_invalid_topic", "Webhook topic is required and must be valid."
    )
    words = "Webhook delivery URL must be a valid URL starting with http:// or https://."
    required(bool(url), "woocommerce_rest_webhook_invalid_delivery_url", words)
    status = _status(call) or "active"
    state = call.store.state
    hook = Webhook(
        id=state.next_webhook,
        name=text_at(call.body, "name") or "Webhook",
        status=status,
        topic=topic or "",
        delivery_url=url or "",
        created_at=call.store.now(),
    )
    view = _view(call, hook)
    hook.modified_at = hook.created_at
    state.webhooks[hook.id] = hook
    state.next_webhook += 1
    call.store.changes += 1
    return Answer(view, 201, {"Location": call.link(f"webhooks/{hook.id}")})


def put_webhook(call: Call) -> Answer:
    """PUT webhooks/{id}."""
    hook = _found(call)
    topic, url, status = _topic(call), _delivery_url(call), _status(call)
    hook.topic, hook.delivery_url = topic or hook.topic, url or hook.delivery_url
    hook.status, hook.name = status or hook.status, text_at(call.body, "name") or hook.name
    hook.modified_at = call.store.now()
    call.store.changes += 1
    return Answer(_view(call, hook))


def delete_webhook(call: Call) -> Answer:
    """DELETE webhooks/{id}?force=true."""
    hook = _found(call)
    if not call.forced:
        raise RestError(501, "woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.")
    del call.store.state.webhooks[hook.id]
    call.store.changes += 1
    return Answer(_view(call, hook))
