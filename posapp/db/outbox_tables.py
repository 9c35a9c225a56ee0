"""The tables of what must reach the outside: what was decided, and how often it was tried."""

from peewee import SQL, TextField

from posapp.db.base import Table, integer, text


class Outgoing(Table):
    """One thing to send and its answer; see `domain.outbox.Outgoing`. Governed by the journal."""

    id = TextField(primary_key=True)
    order_id = TextField(index=True)
    kind = TextField()
    to = TextField()
    due_at = TextField()
    refund_id = text()
    part_id = text()
    status = text()
    message = text()
    state = TextField()
    remote_id = text()
    words = text()
    answered_at = TextField(null=True)


Outgoing.add_index(
    Outgoing.index(Outgoing.state, Outgoing.due_at, name="outgoing_open").where(
        SQL("state IN ('WAITING', 'SENDING', 'REFUSED')")
    )
)


class OutgoingTry(Table):
    """When a row is tried next, and why the last try told nothing. Not governed: only this till's network.

    `begun_at`: when the last request left that may still run over there; nothing is sent again soon after it.
    """

    outgoing_id = TextField(primary_key=True)
    tries = integer()
    next_at = TextField()
    begun_at = TextField(null=True)
    words = text()

    class Meta:
        table_name = "outgoing_try"


class OutgoingDetails(Table):
    """A customer's bank account on its way to the provider that asked for it. Personal: gone once it is sent."""

    outgoing_id = TextField(primary_key=True)
    body = TextField()

    class Meta:
        table_name = "outgoing_details"
