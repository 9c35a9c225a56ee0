"""The table of payment links: pages at a provider on which an order can be paid."""

from peewee import TextField

from posapp.db.base import Table, integer, text


class PaymentLink(Table):
    """One page that was asked for. Its own reference is written before the provider is asked, and never used again.

    Not governed: a link is no money. The payment it brings is told by the provider like every other.
    """

    reference = TextField(primary_key=True)
    order_id = TextField(index=True)
    provider = TextField()
    amount_minor = integer()  # what goes to the order
    customer_fee_minor = integer()  # what the customer pays above it
    url = text()  # "" until the provider has answered
    made_at = TextField()

    class Meta:
        table_name = "payment_link"
