"""The tables of orders and their money; the columns carry the names of the domain's records."""

from peewee import SQL, Check, TextField

from posapp.db.base import Table, integer, text


class Orders(Table):
    """An order's head; see `domain.orders.Order` for what the columns mean.

    The last columns are worked out by `domain.standing` whenever an order is written: lists are found by them.
    """

    id = TextField(primary_key=True)
    number = TextField(unique=True)
    channel = TextField()
    location_id = TextField()
    currency = TextField()
    placed_at = TextField()
    sequence = integer()
    local_ref = text()
    shop_id = text()
    remote_id = text()
    remote_key = text()
    contact_id = text()
    status = TextField()
    ship_status = TextField()
    close_reason = text()
    version = integer()
    confirmed_at = TextField(null=True)
    cancelled_at = TextField(null=True)
    queue_at = TextField(null=True)
    queue_seq = integer()
    discount_minor = integer()
    shipping_net_minor = integer()
    shipping_taxes = text("{}")
    fees_net_minor = integer()
    fees_taxes = text("{}")
    kept_minor = integer()
    unassigned_minor = integer(constraints=[Check("unassigned_minor >= 0")])
    total_placed_minor = integer()
    total_minor = integer(constraints=[Check("total_minor >= 0")])
    contribution_minor = integer()
    contribution_taxes = text("{}")
    contribution_rounding_minor = integer()
    credit_kept_minor = integer()
    payment_method = text()
    transaction_id = text()
    history = integer()
    completed_in_shop = integer()
    shop_status = text()
    shop_digest = text()
    shop_paid_at = TextField(null=True)
    rounding_minor = integer()
    note = text()
    no_receipt = integer()
    payment_mark = TextField()
    fulfilment_mark = TextField()
    paid_minor = integer()
    refunded_minor = integer()
    owed_minor = integer()

    class Meta:
        table_name = "orders"
        indexes = (
            (("placed_at", "id"), False),
            (("shop_id", "remote_id"), False),
            (("local_ref",), False),
            (("status", "placed_at", "id"), False),
            (("remote_id",), False),
            (("contact_id",), False),
            (("total_minor", "placed_at"), False),
            (("payment_mark", "placed_at", "id", "fulfilment_mark", "channel"), False),
            (("fulfilment_mark", "placed_at", "id", "payment_mark", "channel"), False),
        )


class OrderLine(Table):
    """A line of an order; see `domain.lines.Line`."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    position = integer()
    variant_id = text()
    item_id = text()
    remote_id = text()
    sku = text()
    name = text()
    qty_placed = integer(constraints=[Check("qty_placed >= 0")])
    qty = integer(constraints=[Check("qty >= 0")])
    unit_price_minor = integer()
    net_minor = integer()
    taxes = text("{}")
    tracked = integer()
    confirmed_qty = integer(constraints=[Check("confirmed_qty >= 0")])
    refunded_qty = integer(constraints=[Check("refunded_qty >= 0")])
    allocated_qty = integer(constraints=[Check("allocated_qty >= 0")])
    handed_over_qty = integer(constraints=[Check("handed_over_qty >= 0")])
    taken_by_shop = integer()
    discount_minor = integer()
    note = text()
    components = text("{}")

    class Meta:
        table_name = "order_line"
        indexes = ((("sku", "order_id"), False),)


OrderLine.add_index(
    OrderLine.index(OrderLine.item_id, OrderLine.order_id, name="order_line_holding").where(
        SQL("allocated_qty > 0")
    )
)
OrderLine.add_index(
    OrderLine.index(OrderLine.order_id, name="order_line_bundles").where(SQL("components <> '{}'"))
)


class Payment(Table):
    """Money that came, or an attempt; the same provider's reference is one payment only."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    provider = TextField()
    provider_ref = TextField()
    reference = text(index=True)
    method = text()
    gross_minor = integer()
    customer_fee_minor = integer()
    state = TextField(index=True)
    paid_at = TextField()
    applied = integer(1)
    given_minor = integer()
    shift_id = text()

    class Meta:
        table_name = "payment"
        indexes = ((("provider", "provider_ref"), True),)


Payment.add_index(Payment.index(Payment.shift_id, name="payment_shift").where(SQL("shift_id <> ''")))
Payment.add_index(
    Payment.index(Payment.paid_at, name="payment_no_shift").where(SQL("provider = 'hand' AND shift_id = ''"))
)


class Refund(Table):
    """A decision to give money back."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    kind = TextField()
    amount_minor = integer(constraints=[Check("amount_minor >= 0")])
    sales_minor = integer()
    decided_at = TextField()
    actor = text()
    reason = text()
    lines = text("[]")
    shipping_minor = integer()
    unassigned_minor = integer()
    kept_minor = integer()
    remote_id = text()


class Part(Table):
    """The share of a refund that goes back on one payment."""

    id = TextField(primary_key=True)
    refund_id = TextField(index=True)
    order_id = TextField(index=True)
    payment_id = TextField()
    amount_minor = integer(constraints=[Check("amount_minor > 0")])
    route = TextField()
    reference = text()
    attempt = integer(1)
    state = TextField()
    shift_id = text()
    remote_id = text()


Part.add_index(Part.index(Part.shift_id, name="part_shift").where(SQL("shift_id <> ''")))
Part.add_index(
    Part.index(Part.refund_id, name="part_no_shift").where(SQL("route IN ('cash', 'hand') AND shift_id = ''"))
)


class AttentionCase(Table):
    """Why an order needs a person; at most one open case of a reason."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    reason = TextField()
    opened_at = TextField()
    is_open = integer(1)
    figures = text("[]")
    overtaken_by = text()
    detail = text()
    resolution = text()
    resolved_by = text()
    resolved_at = TextField(null=True)

    class Meta:
        table_name = "attention_case"


AttentionCase.add_index(
    AttentionCase.index(
        AttentionCase.order_id, AttentionCase.reason, name="attention_case_open", unique=True
    ).where(SQL("is_open = 1"))
)


class SalesEntry(Table):
    """An amount that entered or left Total Sales."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    at = TextField(index=True)
    amount_minor = integer()
    refund_id = text()
    shift_id = text()
    taxes = text("{}")
    rounding_minor = integer()
    discount_minor = integer()

    class Meta:
        table_name = "sales_entry"


SalesEntry.add_index(
    SalesEntry.index(SalesEntry.shift_id, name="sales_entry_shift").where(SQL("shift_id <> ''"))
)


class Decision(Table):
    """What a person decided, with enough to take it back."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    key = TextField()
    at = TextField()
    actor = TextField()
    version_after = integer()
    gained = text("{}")
    found = text("{}")
    brought = text("[]")
    refund_id = text()
    undone = integer()
