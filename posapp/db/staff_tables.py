"""The tables of the people who work here: what the journal governs, and the secrets it must not hold."""

from peewee import TextField

from posapp.db.base import Table, integer, text


class Staff(Table):
    """Somebody who works here. The name is permanent and never given to another person."""

    name = TextField(primary_key=True)
    name_key = TextField(unique=True)  # what names that look alike have in common
    role_id = TextField()
    active = integer(1)
    added_at = TextField()
    retired_at = text()


class StaffRole(Table):
    """A role that was made here, or a preset that was edited; `rights` is JSON, right to limit or null."""

    id = TextField(primary_key=True)
    name = TextField()
    rights = TextField()

    class Meta:
        table_name = "staff_role"


class StaffSecret(Table):
    """How a person is known at the till: hashes only, outside the journal.

    The row named "" counts badges that nobody has.
    """

    name = TextField(primary_key=True)
    pin_hash = text()  # argon2id with its own salt
    pin_length = integer()  # digits, so that the pad knows when it is whole
    badge_hash = text(index=True)  # argon2id with the shop's salt, so that it can be looked for
    failures = integer()  # wrong attempts since the last right one
    failed_at = TextField(null=True)

    class Meta:
        table_name = "staff_secret"
