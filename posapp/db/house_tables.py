"""The tables of the house: numbers, settings, the journal, contacts, the post."""

from peewee import SQL, IntegerField, TextField

from posapp.db.base import Table, integer, text


class Counter(Table):
    """Numbers that are given out once: of orders, of the till's own references."""

    name = TextField(primary_key=True)
    next = integer(1)


class Setting(Table):
    """What changes the behaviour of commands; only commands write it."""

    key = TextField(primary_key=True)
    value = TextField()


class Journal(Table):
    """Every command that was carried out, chained by hash. Never changed, never deleted."""

    # AUTOINCREMENT keeps the highest number ever given: a last entry that is cut off is missed.
    seq = IntegerField(primary_key=True, constraints=[SQL("AUTOINCREMENT")])
    id = TextField(unique=True)
    till = TextField()
    actor = TextField()
    recorded_at = TextField()
    body = TextField()
    answer = text()
    hash = TextField()


# The order that a command is about. An index keeps it, so that an order's history is found without a scan.
JOURNAL_ORDER = "(CASE WHEN json_valid(body) THEN json_extract(body, '$.order_id') END)"
Journal.add_index(
    SQL(f"CREATE INDEX journal_order ON journal ({JOURNAL_ORDER}) WHERE {JOURNAL_ORDER} IS NOT NULL")
)
# The kind of a command. An index keeps it beside who gave it and when, so that activity is filtered without a scan.
JOURNAL_KIND = "coalesce(CASE WHEN json_valid(body) THEN json_extract(body, '$.do') END, '?')"
Journal.add_index(SQL(f"CREATE INDEX journal_streams ON journal (till, actor, {JOURNAL_KIND}, recorded_at)"))
Journal.add_index(SQL("CREATE INDEX journal_times ON journal (recorded_at)"))


class Contact(Table):
    """Who an order is for and where it goes. Personal: outside the journal, can be erased."""

    id = TextField(primary_key=True)
    name = text()
    phone = text()
    phone_reversed = text(index=True)  # digits from the end: any form of the number finds it
    email = text()
    address = text()
    note = text()


class Inbox(Table):
    """What came in, raw, before anybody believed it."""

    seq = IntegerField(primary_key=True)
    feed_id = TextField()
    event_id = TextField()
    kind = TextField()
    remote_id = TextField()
    stamp = text()
    seen_at = TextField()
    received_at = TextField()
    body = TextField(null=True)
    state = TextField()  # new, applied, parked, quarantined, discarded
    reason = text()
    applied_at = TextField(null=True)

    class Meta:
        table_name = "inbox"
        indexes = ((("feed_id", "event_id"), True), (("state", "seq"), False), (("kind", "remote_id"), False))


class Connection(Table):
    """A web shop or payment provider this till reads. The secret lies in the keyring, not here."""

    id = TextField(primary_key=True)
    kind = TextField()
    url = TextField()
    key = text()  # public half of the key
    location_id = TextField()
    look_s = integer(20)
    state = text("active")  # active, removed, sign_in, taken_over
    cursor = text()
    imported = integer()  # 1 once the first import is whole
    last_pull_at = TextField(null=True)
    compared_at = TextField(null=True)
    notice = text()  # what the owner should know: the shop was restored, another till serves it
    about = text("{}")  # shop name, version, decimals, time zone as it told

    class Meta:
        table_name = "connection"
