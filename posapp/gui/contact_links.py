"""Calling and writing to a customer: links made of digits alone, whatever the phone field holds."""

import re
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

# The country whose numbers people write without its code, by the shop's currency.
_COUNTRY = {
    "NGN": "234",
    "GHS": "233",
    "KES": "254",
    "ZAR": "27",
    "UGX": "256",
    "TZS": "255",
    "INR": "91",
    "GBP": "44",
}
_NUMBER = re.compile(r"[0-9 ()+.\u2010-\u2015-]+")  # what is written before an extension or a second number
_MAIL = re.compile(r"[^\s@,;?&<>\"']{1,64}@[^\s@,;?&<>\"']{1,190}")
_LEAST, _MOST = 6, 15  # digits of a number that can be called (E.164)
NO_NUMBER = "No phone number is known"
NO_COUNTRY = "The number has no country code"


def digits_of_phone(phone: str) -> str:
    """Give the number to dial: digits, with + before a country code; "" where there is no such number."""
    match = _NUMBER.match(phone.replace("\u00a0", " ").strip("\u202a\u202c\u200e "))
    first = match[0] if match else ""
    digits = "".join(sign for sign in first if sign in "0123456789")
    if not _LEAST <= len(digits) <= _MOST + 2:
        return ""
    if first.lstrip("( ").startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def international(phone: str, currency: str) -> str:
    """Give the digits with their country code, as WhatsApp wants them; "" where the country is not known."""
    number = digits_of_phone(phone)
    if number.startswith("+"):
        return number[1:]
    country = _COUNTRY.get(currency, "")
    if not number or not country:
        return ""
    if number.startswith("0"):
        return country + number[1:]
    return number if number.startswith(country) else ""


def call_link(phone: str) -> QUrl:
    """Give the link that dials; an empty one where there is no number."""
    number = digits_of_phone(phone)
    return QUrl(f"tel:{number}") if number else QUrl()


def whatsapp_link(phone: str, currency: str, message: str = "") -> QUrl:
    """Give the link that opens a chat, the message typed in and not sent; an empty one where it cannot be."""
    number = international(phone, currency)
    if not number:
        return QUrl()
    words = f"?text={quote(message, safe='')}" if message else ""
    return QUrl(f"https://wa.me/{number}{words}")


def no_chat(phone: str, currency: str) -> str:
    """Say why no chat can be opened with this number; "" where it can."""
    if not whatsapp_link(phone, currency).isEmpty():
        return ""
    return NO_COUNTRY if digits_of_phone(phone) else NO_NUMBER


def mail_link(email: str, subject: str, message: str) -> QUrl:
    """Give the link that begins a letter, written and not sent; without an address it is left to be typed."""
    address = email.strip()
    if not _MAIL.fullmatch(address):
        address = ""
    return QUrl(
        f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(message, safe='')}"
    )


def open_link(link: QUrl) -> bool:
    """Hand a link to the desktop; says whether anything took it."""
    return not link.isEmpty() and QDesktopServices.openUrl(link)
