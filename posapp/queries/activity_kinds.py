"""The kinds of activity one may ask for, and which commands each holds."""

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sales": ("Sales and returns", ("sell", "take_back", "take_back_unknown")),
    "orders": ("Orders", ("place_order", "edit_order", "cancel_order", "hand_over", "mark_shipped",
                         "collect_and_hand_over")),
    "money": ("Payments", ("take_payment", "confirm_transfer", "pay_account", "set_credit_limit")),
    "decisions": ("Decisions", ("resolve", "undo_decision", "swap_allocation", "send_again", "discard_outgoing",
                                "give_details")),
    "stock": ("Stock", ("receive_stock", "adjust_stock", "count_stock", "move_stock")),
    "products": ("Products", ("save_product",)),
    "shifts": ("Shift and drawer", ("open_shift", "close_shift", "reopen_shift", "move_cash", "open_drawer")),
    "staff": (
        "Staff",
        ("add_staff", "change_role", "retire_staff", "return_staff", "save_role", "remove_role", "note_secret"),
    ),
    "settings": (
        "Settings",
        ("open_shop", "change_setting", "add_location", "rename_location", "save_tax_class"),
    ),
    "web": (
        "Web shop and providers",
        (
            "import_product", "open_stock", "record_payment", "flag_delay", "place_shop_order", "revise_shop_order",
            "note_shop_order", "complete_shop_order", "cancel_shop_order", "reopen_shop_order", "record_shop_refund",
            "forget_shop_refund", "begin_sending", "note_sent", "note_declined", "note_refund_state",
            "record_provider_refund",
        ),
    ),
}  # fmt: skip


def tags_of(kind: str) -> tuple[str, ...]:
    """The commands of a kind, none for an unknown one."""
    return KINDS[kind][1] if kind in KINDS else ()
