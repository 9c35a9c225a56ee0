"""What the till knows of a web shop's stock numbers. Not governed by the journal: all of it can be read again."""

from peewee import SQL, CompositeKey, IntegerField, TextField

from posapp.db.base import Table, integer, text


class Publication(Table):
    """How an item's number stands at its web shop; see `sync.publication`."""

    item_id = TextField(primary_key=True)
    shop_id = TextField(index=True)
    taken = integer()  # units that the shop's orders have taken in all, as far as they are seen
    doubt = integer()  # 1: its number must be read before anything is believed
    tries = integer()  # how often in a row it could not be set
    next_at = TextField(null=True)  # not to be touched before
    sent_at = TextField(null=True)
    odd_since = TextField(null=True)  # changed by hand, confirmed: not overwritten
    words = text()  # why it could not be set


Publication.add_index(
    Publication.index(Publication.shop_id, name="publication_odd").where(SQL("odd_since IS NOT NULL"))
)
Publication.add_index(
    Publication.index(Publication.shop_id, name="publication_doubt").where(SQL("doubt = 1"))
)


class ShopReading(Table):
    """A number of the shop's; see `domain.web_stock.Reading`.

    Roles: known, the last one that was explained; tried, one we sent whose answer was lost; seen, a strange one that
    waits for the orders before it; odd, a strange one that no order explains.
    """

    item_id = TextField()
    role = TextField()
    shop_id = TextField()
    number = IntegerField()
    least = IntegerField()
    most = IntegerField()
    open = integer()
    at = TextField()

    class Meta:
        table_name = "shop_reading"
        primary_key = CompositeKey("item_id", "role")
        indexes = ((("shop_id", "open"), False), (("shop_id", "role", "at"), False))


class TakenThere(Table):
    """Units that a web shop has taken for a line of one of its orders, by its own word."""

    order_id = TextField()
    line_id = TextField()
    item_id = TextField()
    units = IntegerField()
    stamp = text()

    class Meta:
        table_name = "taken_there"
        primary_key = CompositeKey("order_id", "line_id")
