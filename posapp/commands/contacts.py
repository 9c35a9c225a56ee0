"""Who an order is for: written beside the command, in its transaction, and never journalled."""

from collections.abc import Callable
from sqlite3 import Connection

from posapp.db.contacts import write_contact
from posapp.domain.feed import MAX_TEXT, Contact


def keeping(contact_id: str, contact: Contact) -> Callable[[Connection], None]:
    """What to hand to the desk as `also`, so that a command's contact is kept with it."""
    fields = (contact.name, contact.phone, contact.email, contact.address, contact.note)
    tidy = Contact(*(" ".join(field.split())[:MAX_TEXT] for field in fields))
    return lambda connection: write_contact(connection, contact_id, tidy)
