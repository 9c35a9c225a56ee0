"""A shop where every command there is can be given: an example of each, and who works there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from posapp.commands.counter import Tender
from posapp.commands.handlers import HANDLERS
from posapp.commands.lines import SaleLine
from posapp.commands.orders import NewLine
from posapp.commands.payments import TakePayment
from posapp.commands.resolutions import Resolve
from posapp.commands.returns import Returned
from posapp.commands.shifts import CloseShift, OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.shop_orders import WebTerms
from posapp.commands.staff import AddStaff, RetireStaff, SaveRole
from posapp.domain.orders import ShipStatus
from posapp.domain.payments import PartState, PaymentState
from posapp.domain.rights import Right
from posapp.queries.details import order_details
from tests.shop import Shop

KINDS = {kind.__struct_config__.tag: kind for kind in HANDLERS}
PRICE = 100_000
STOREKEEPER = {Right.STOCK_ADJUST: None, Right.STOCK_FOUND: None}
PEOPLE = {
    "owner": "Adaeze",
    "manager": "Ify",
    "cashier": "Chidi",
    "storekeeper": "Sade",
    "trainee": "Tolu",
}


class Accepted(Exception):
    """The command was carried out; this takes it back, so that the next one finds the same shop."""


class Scene(Shop):
    """The shop, with ids of what the examples are about."""

    def __init__(self, folder: Path, *, shift_open: bool) -> None:
        super().__init__(folder)
        self.staff()
        self.product("Mug", PRICE, stock=20)
        self.product("Cup", PRICE, stock=1)
        self.product("Bowl", PRICE)
        if shift_open:
            self.do(OpenShift, float_minor=1_000_000)
        self.unpaid = self.place({"mug": 2})
        self.paid = self.sold({"mug": 3})
        self.gone = self.sold({"mug": 1})
        self.do(KINDS["hand_over"], order_id=self.gone)
        self.short = self.sold({"bowl": 1})
        self.decided = self.sold({"bowl": 1})
        self.decision = self.command(Resolve, order_id=self.decided, key="fulfill_order")
        self.desk.do(self.decision)
        self.late, self.faster = self.overtaken()
        self.awaiting = self.place({"mug": 1})
        self.transfer = self.announced()
        self.web = self.web_order("7", {"mug": (1, PRICE)})
        self.told(self.web, PRICE // 2, PaymentState.PENDING)
        self.queued, self.parked, self.asked = self.to_send()
        self.store = self.do(KINDS["add_location"], name="Store").answer
        self.debtor = self.owing()
        if not shift_open:
            self.do(OpenShift, float_minor=0)
            self.shift = self.do(CloseShift).answer
        self.seen = {each: self.order(each) for each in (self.unpaid, self.gone, self.web)}

    def staff(self) -> None:
        self.do(SaveRole, role_id="storekeeper", name="Storekeeper", rights=STOREKEEPER)
        self.do(SaveRole, role_id="trainee", name="Trainee", rights={})
        self.do(SaveRole, role_id="spare", name="Spare", rights={Right.SALE_MAKE: None})
        for role_id, name in PEOPLE.items():
            if role_id != "owner":
                self.do(AddStaff, name=name, role_id=role_id)
        for name in ("Bola", "Gone"):
            self.do(AddStaff, name=name, role_id="cashier")
        self.do(RetireStaff, name="Gone")

    def overtaken(self) -> tuple[str, str]:
        """An order that waits for a cup, and the one that paid later and got it."""
        late, faster = self.place({"cup": 1}), self.place({"cup": 1})
        early = self.now
        self.now += timedelta(minutes=5)
        self.pay(faster)
        self.pay(late, paid_at=early)
        return late, faster

    def to_send(self) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
        """Orders with: a refund that waits to be sent, a record that was refused, a bank account that is asked for."""
        orders = [self.web_order(str(at), {"bowl": (1, PRICE)}) for at in (21, 22, 23)]
        for order_id, route in zip(orders, ("provider", "hand", "provider"), strict=True):
            self.told(order_id, PRICE, PaymentState.SUCCEEDED, f"T-{order_id}")
            self.do(Resolve, order_id=order_id, key="refund_order", route=route)
        refunds = [self.order(order_id).refunds[0].id for order_id in orders]
        queued, parked, asked = orders
        record, row = f"{refunds[1]}/shop/1", f"{refunds[2]}/0/1"
        self.do(KINDS["note_declined"], order_id=parked, outgoing_id=record, words="no")
        state = PartState.NEEDS_DETAILS
        self.do(KINDS["note_sent"], order_id=asked, outgoing_id=row, remote_id="900", state=state)
        return (queued, f"{refunds[0]}/0/1"), (parked, record), (asked, self.order(asked).parts[0].id)

    def announced(self) -> str:
        values: dict[str, Any] = {"method": "transfer", "reference": "", "paid_at": self.clock()}
        self.do(TakePayment, order_id=self.awaiting, amount_minor=PRICE, awaiting=True, **values)
        return self.order(self.awaiting).payments[0].id

    def owing(self) -> str:
        """A customer who bought on account."""
        contact_id = self.customer("Ngozi")
        self.do(KINDS["set_credit_limit"], contact_id=contact_id, limit_minor=10 * PRICE)
        self.do(KINDS["sell"], **self.sale(contact_id=contact_id, tenders=(Tender("account", PRICE),)))
        return contact_id

    def sale(self, **fields: Any) -> dict[str, Any]:
        """One mug for cash."""
        values = {
            "order_id": self.new_id("sale"), "location_id": MAIN_LOCATION, "lines": (SaleLine("mug", 1),),
            "tenders": (Tender("cash", PRICE),),
        }  # fmt: skip
        return values | fields

    def examples(self) -> dict[str, dict[str, Any]]:
        """The fields of one command of each kind that nothing but a right stands against."""
        shelf = {"product_id": "mug", "location_id": MAIN_LOCATION}
        line = self.seen[self.gone].lines[0].id
        form = {"name": "Plate", "sku": "PLATE", "barcode": "", "price_minor": 5, "track_stock": True}
        goods = {**form, "parent_id": "", "item_id": "w", "sellable": True, "archived": False, "shop_id": "s"}
        terms = WebTerms((), 0, {}, 0, {}, 0, "other")
        told = {
            "provider": "paystack",
            "reference": "",
            "method": "card",
            "gross_minor": 1,
            "customer_fee_minor": 0,
        }
        placed = {
            "shop_id": "s", "remote_id": "9", "remote_key": "k", "location_id": MAIN_LOCATION, "contact_id": "",
            "currency": "NGN", "placed_at": self.now, "terms": terms, "shop_status": "", "payment_method": "",
            "transaction_id": "", "history": False,
        }  # fmt: skip
        note = {"shop_status": "processing", "transaction_id": "", "shop_paid_at": None}
        back = (Returned(self.gone, line, 1, True),)
        web, version = {"order_id": self.web}, self.seen[self.unpaid].version
        pay = {"amount_minor": PRICE, "method": "cash", "reference": ""}
        return {
            "change_setting": {"key": "name", "value": "Adaeze"},
            "import_product": {"product_id": "w", **goods, "remote_id": "1", "digest": "1"},
            "save_product": {"product_id": "plate", **form},
            "open_stock": {"item_id": "w", "location_id": MAIN_LOCATION, "units": 1},
            "receive_stock": {**shelf, "units": 1},
            "adjust_stock": {**shelf, "units": -1, "reason": "broken"},
            "count_stock": {**shelf, "counted": 5, "seen": 5},
            "move_stock": {"product_id": "mug", "from_location_id": MAIN_LOCATION, "to_location_id": self.store,
                           "units": 1},
            "add_location": {"name": "Attic"},
            "rename_location": {"location_id": self.store, "name": "Attic"},
            "place_order": {"order_id": "new", "location_id": MAIN_LOCATION, "lines": (NewLine("mug", 1),)},
            "edit_order": {"order_id": self.unpaid, "seen_version": version, "added": (NewLine("mug", 1),)},
            "cancel_order": {"order_id": self.unpaid},
            "hand_over": {"order_id": self.paid},
            "mark_shipped": {"order_id": self.gone, "ship_status": ShipStatus.SHIPPED},
            "record_payment": {**web, **told, "provider_ref": "T9", "state": "SUCCEEDED", "paid_at": self.now},
            "take_payment": {"order_id": self.unpaid, **pay, "paid_at": self.now},
            "confirm_transfer": {"order_id": self.awaiting, "payment_id": self.transfer, "seen": True},
            "flag_delay": {**web, "payment_id": self.seen[self.web].payments[0].id},
            "place_shop_order": {"order_id": "w9", **placed},
            "revise_shop_order": {**web, "terms": terms},
            "note_shop_order": {**web, **note},
            "complete_shop_order": web,
            "cancel_shop_order": {**web, "detail": "cancelled"},
            "reopen_shop_order": web,
            "record_shop_refund": {**web, "remote_id": "1", "amount_minor": 0, "units": {}, "reason": ""},
            "forget_shop_refund": {**web, "remote_id": "1"},
            **self.post_examples(),
            "resolve": {"order_id": self.short, "key": "refund_order", "seen": self.fingerprint(self.short)},
            "undo_decision": {"order_id": self.decided, "decision_id": self.decision.id},
            "swap_allocation": {"order_id": self.late, "other_id": self.faster},
            "open_shift": {"float_minor": 0},
            "move_cash": {"amount_minor": 5_000, "reason": "coins"},
            "close_shift": {"loose_minor": 1_000_000 + self.takings()},
            "reopen_shift": {"shift_id": getattr(self, "shift", ""), "reason": "forgot one"},
            "open_drawer": {"reason": "change"},
            "add_staff": {"name": "New", "role_id": "cashier"},
            "change_role": {"name": "Bola", "role_id": "trainee"},
            "retire_staff": {"name": "Bola"},
            "return_staff": {"name": "Gone"},
            "save_role": {"role_id": "own", "name": "Own", "rights": {Right.SALE_MAKE: None}},
            "remove_role": {"role_id": "spare"},
            "note_secret": {"name": "Bola", "what": "pin", "given": True},
            "sell": self.sale(),
            "collect_and_hand_over": {"order_id": self.unpaid, "tenders": (Tender("cash", 2 * PRICE),)},
            "take_back": {"returned": back},
            "take_back_unknown": {"order_id": "u", "location_id": MAIN_LOCATION, "lines": (SaleLine("mug", 1),),
                                  "restock": True, "route": "cash", "reason": "lost the receipt"},
            "set_credit_limit": {"contact_id": self.debtor, "limit_minor": 5},
            "pay_account": {"contact_id": self.debtor, "amount_minor": 5, "method": "cash"},
            "save_tax_class": {"tax_class_id": "food", "name": "Food", "rates": (("VAT", 0),), "included": True},
        }  # fmt: skip

    def post_examples(self) -> dict[str, dict[str, Any]]:
        """The fields of the commands about what goes out."""
        (order_id, row), (other, record), (third, part) = self.queued, self.parked, self.asked
        outgoing, parked = (
            {"order_id": order_id, "outgoing_id": row},
            {"order_id": other, "outgoing_id": record},
        )
        return {
            "begin_sending": outgoing,
            "note_sent": {**outgoing, "remote_id": "1"},
            "note_declined": {**outgoing, "words": "no"},
            "note_refund_state": {
                "order_id": third,
                "part_id": part,
                "remote_id": "900",
                "state": "PROCESSED",
            },
            "record_provider_refund": {
                "order_id": third,
                "provider": "paystack",
                "remote_id": "901",
                "payment_ref": "T1",
                "amount_minor": 1,
                "state": "PROCESSED",
            },
            "send_again": parked,
            "discard_outgoing": parked,
            "give_details": {"order_id": third, "part_id": part},
        }

    def fingerprint(self, order_id: str) -> str:
        details = order_details(self.reader, order_id, self.now)
        assert details is not None
        return details.fingerprint

    def takings(self) -> int:
        """The cash that the shift took."""
        sql = "SELECT coalesce(sum(gross_minor), 0) FROM payment WHERE shift_id <> '' AND method = 'cash'"
        return int(self.reader.value(sql))

    def try_out(self, tag: str, actor: str, *, approved_by: str = "", **fields: Any) -> None:
        """Give a command and take it back. Raises `Accepted`, or what it was refused with."""
        command = self.command(KINDS[tag], actor=actor, approved_by=approved_by, **fields)

        def take_back(_: object) -> None:
            raise Accepted

        self.desk.do(command, also=take_back)
