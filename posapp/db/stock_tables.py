"""The tables of the catalogue and of stock."""

from peewee import SQL, Check, IntegerField, TextField

from posapp.db.base import Table, integer, text


class Location(Table):
    """A shop or a store room."""

    id = TextField(primary_key=True)
    name = TextField()


class Product(Table):
    """Something in the catalogue. With `shop_id` its name and price belong to that web shop."""

    id = TextField(primary_key=True)
    parent_id = text()
    name = TextField()
    sku = text(index=True)
    barcode = text(index=True)
    price_minor = IntegerField(null=True)
    item_id = text()  # whose level it draws on: itself, or the parent that keeps the number
    track_stock = integer(0)
    sellable = integer(1)
    archived = integer(0)
    shop_id = text()
    remote_id = text()
    digest = text()
    category = text()  # the one it is shown under when selling
    tax_class_id = text()  # "" is the standard class
    components = text("{}")  # of a bundle: product id, units; {} is everything else

    class Meta:
        table_name = "product"
        indexes = ((("shop_id", "remote_id"), False),)


Product.add_index(SQL("CREATE INDEX product_by_name ON product (name COLLATE NOCASE, id)"))
Product.add_index(Product.index(Product.parent_id, name="product_variations").where(SQL("parent_id <> ''")))
Product.add_index(
    SQL(
        "CREATE INDEX product_category ON product (category, name COLLATE NOCASE, id) "
        "WHERE archived = 0 AND sellable = 1"
    )
)
Product.add_index(Product.index(Product.id, name="product_bundles").where(SQL("components <> '{}'")))


class Level(Table):
    """What one location has of one item; a projection of the movements."""

    id = TextField(primary_key=True)
    item_id = TextField()
    location_id = TextField()
    on_hand = integer(constraints=[Check("on_hand >= 0")])
    allocated = integer(constraints=[Check("allocated >= 0"), Check("allocated <= on_hand")])
    recount = integer()


class Movement(Table):
    """One change of a level. Never changed, never deleted."""

    id = TextField(primary_key=True)
    item_id = TextField()
    location_id = TextField()
    kind = TextField()
    on_hand_delta = integer()
    allocated_delta = integer()
    order_id = text()
    line_id = text()
    actor = text()
    reason = text()
    effective_at = TextField()
    recorded_at = TextField()

    class Meta:
        table_name = "movement"
        indexes = ((("item_id", "location_id"), False), (("order_id",), False))
