"""The tables of shifts and of the cash that moves beside sales; see `domain.shifts`."""

from peewee import SQL, Check, TextField

from posapp.db.base import Table, integer, text


class Shift(Table):
    """A shift of a till; one is open at most, and its Z numbers have no gaps."""

    id = TextField(primary_key=True)
    till = TextField()
    opened_at = TextField()
    opened_by = TextField()
    float_minor = integer(constraints=[Check("float_minor >= 0")])
    opening_mark = integer()
    reopens = text()
    reopen_reason = text()
    closed_at = TextField(null=True)
    closed_by = text()
    approved_by = text()
    z_number = integer()
    pieces = text("{}")
    loose_minor = integer(constraints=[Check("loose_minor >= 0")])
    counted = text("{}")
    difference_minor = integer()
    reason = text()
    report = text()

    class Meta:
        table_name = "shift"
        indexes = ((("till", "opened_at"), False), (("closed_at",), False))


Shift.add_index(Shift.index(Shift.till, name="shift_open", unique=True).where(SQL("closed_at IS NULL")))
Shift.add_index(
    Shift.index(Shift.till, Shift.z_number, name="shift_z", unique=True).where(SQL("z_number > 0"))
)


class CashMove(Table):
    """Cash put in or taken out."""

    id = TextField(primary_key=True)
    shift_id = TextField(index=True)
    amount_minor = integer(constraints=[Check("amount_minor <> 0")])
    reason = text()
    at = TextField()
    actor = text()

    class Meta:
        table_name = "cash_move"
