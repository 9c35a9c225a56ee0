"""The tables of customers' accounts and of the kinds of tax."""

from peewee import Check, TextField

from posapp.db.base import Table, integer, text


class Account(Table):
    """How much a customer may owe. What is owed follows from payments, refunds and account payments."""

    contact_id = TextField(primary_key=True)
    limit_minor = integer(constraints=[Check("limit_minor >= 0")])


class AccountPayment(Table):
    """Money that a customer paid for what was bought on account."""

    id = TextField(primary_key=True)
    contact_id = TextField(index=True)
    at = TextField()
    amount_minor = integer(constraints=[Check("amount_minor > 0")])
    method = TextField()
    reference = text()
    actor = text()
    shift_id = text(index=True)

    class Meta:
        table_name = "account_payment"


class TaxClass(Table):
    """A kind of goods by its taxes; the standard one is in the settings. `rates`: [[name, basis points], …]."""

    id = TextField(primary_key=True)
    name = TextField(unique=True)
    rates = text("[]")
    included = integer(1)

    class Meta:
        table_name = "tax_class"
