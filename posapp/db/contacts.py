"""Who an order is for: personal data, kept beside the journal and never in it."""

from sqlite3 import Connection

from posapp.domain.feed import Contact
from posapp.domain.masking import mask_cards

_UPSERT = (
    "INSERT INTO contact (id, name, phone, phone_reversed, email, address, note) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, "
    "phone_reversed = excluded.phone_reversed, email = excluded.email, address = excluded.address, "
    "note = excluded.note"
)


def write_contact(connection: Connection, contact_id: str, contact: Contact) -> None:
    """Keep who an order is for, in place of what was known; inside the caller's transaction."""
    connection.execute(
        _UPSERT,
        (
            contact_id,
            contact.name,
            contact.phone,
            phone_reversed(contact.phone),
            contact.email,
            contact.address,
            mask_cards(contact.note),
        ),
    )


def phone_reversed(phone: str) -> str:
    """The digits of a phone number from its end: "+234 803…" and "0803…" begin alike then."""
    return "".join(sign for sign in reversed(phone) if sign in "0123456789")
