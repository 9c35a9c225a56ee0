"""Every command and what carries it out: one line each, nothing found by magic."""

from collections.abc import Callable
from typing import Any

import msgspec

from posapp.commands import (
    accounts,
    catalogue,
    collecting,
    counter,
    locations,
    no_sale,
    orders,
    outbox,
    payments,
    resolutions,
    returns,
    shifts,
    shop,
    shop_orders,
    staff,
    stock,
    taxes,
)
from posapp.commands.command import Command, Work
from posapp.commands.drawer import open_shift_id

Handler = Callable[[Any, Work], str]

HANDLERS: dict[type[Command], Handler] = {
    shop.OpenShop: shop.open_shop,
    shop.ChangeSetting: shop.change_setting,
    catalogue.ImportProduct: catalogue.import_product,
    catalogue.SaveProduct: catalogue.save_product,
    stock.OpenStock: stock.open_stock,
    stock.ReceiveStock: stock.receive_stock,
    stock.AdjustStock: stock.adjust_stock,
    stock.CountStock: stock.count_stock,
    stock.MoveStock: stock.move_stock,
    locations.AddLocation: locations.add_location,
    locations.RenameLocation: locations.rename_location,
    orders.PlaceOrder: orders.place_order,
    orders.EditOrder: orders.edit_order,
    orders.CancelOrder: orders.cancel_order,
    orders.HandOver: orders.hand_over,
    orders.MarkShipped: orders.mark_shipped,
    payments.RecordPayment: payments.record_payment,
    payments.TakePayment: payments.take_payment,
    payments.ConfirmTransfer: payments.confirm_transfer,
    payments.FlagDelay: payments.flag_payment_delay,
    shop_orders.PlaceShopOrder: shop_orders.place_shop_order,
    shop_orders.ReviseShopOrder: shop_orders.revise_shop_order,
    shop_orders.NoteShopOrder: shop_orders.note_shop_order,
    shop_orders.CompleteShopOrder: shop_orders.complete_shop_order,
    shop_orders.CancelShopOrder: shop_orders.cancel_shop_order,
    shop_orders.ReopenShopOrder: shop_orders.reopen_shop_order,
    shop_orders.RecordShopRefund: shop_orders.record_shop_refund,
    shop_orders.ForgetShopRefund: shop_orders.forget_shop_refund,
    outbox.BeginSending: outbox.begin_sending,
    outbox.NoteSent: outbox.note_sent,
    outbox.NoteDeclined: outbox.note_declined,
    outbox.NoteRefundState: outbox.note_refund_state,
    outbox.RecordProviderRefund: outbox.record_provider_refund,
    outbox.SendAgain: outbox.send_again,
    outbox.DiscardOutgoing: outbox.discard_outgoing,
    outbox.GiveDetails: outbox.give_details,
    resolutions.Resolve: resolutions.resolve,
    resolutions.UndoDecision: resolutions.undo_decision,
    resolutions.SwapAllocation: resolutions.swap_allocation,
    shifts.OpenShift: shifts.open_shift,
    shifts.MoveCash: shifts.move_cash,
    shifts.CloseShift: shifts.close_shift,
    shifts.ReopenShift: shifts.reopen_shift,
    no_sale.OpenDrawer: no_sale.open_drawer,
    staff.AddStaff: staff.add_staff,
    staff.ChangeRole: staff.change_role,
    staff.RetireStaff: staff.retire_staff,
    staff.ReturnStaff: staff.return_staff,
    staff.SaveRole: staff.save_role,
    staff.RemoveRole: staff.remove_role,
    staff.NoteSecret: staff.note_secret,
    counter.Sell: counter.sell,
    collecting.CollectAndHandOver: collecting.collect_and_hand_over,
    returns.TakeBack: returns.take_back,
    returns.TakeBackUnknown: returns.take_back_unknown,
    accounts.SetCreditLimit: accounts.set_credit_limit,
    accounts.PayAccount: accounts.pay_account,
    taxes.SaveTaxClass: taxes.save_tax_class,
}

ENCODER = msgspec.json.Encoder(order="deterministic")


def _decoder() -> msgspec.json.Decoder[Any]:
    union: Any = None
    for kind in HANDLERS:
        union = kind if union is None else union | kind
    return msgspec.json.Decoder(union)


DECODER = _decoder()


def carry_out(command: Command, work: Work) -> str:
    """Let the one handler of a command do its work; gives its answer."""
    if command.at_till:
        work.book.shift_id = open_shift_id(work.connection)
    return HANDLERS[type(command)](command, work)
