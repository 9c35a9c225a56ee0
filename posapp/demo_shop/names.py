"""Invented people who buy in the demo shop, and names as WooCommerce stores them."""

import html
import random
import re
import unicodedata

PEOPLE = (
    ("Ngozi", "Eze"),
    ("Tunde", "Bakare"),
    ("Amina", "Sule"),
    ("Chidi", "Okafor"),
    ("Bola", "Ade"),
    ("Ifeoma", "Nwosu"),
    ("Emeka", "Obi"),
    ("Zainab", "Yusuf"),
    ("Kunle", "Adeyemi"),
    ("Halima", "Bello"),
    ("Efe", "Omoregie"),
    ("Sade", "Ojo"),
    ("Musa", "Danladi"),
    ("Uche", "Onyeka"),
    ("Funke", "Alabi"),
    ("Ibrahim", "Garba"),
    ("Chioma", "Nnadi"),
    ("Segun", "Balogun"),
    ("Yetunde", "Coker"),
    ("Obinna", "Ugwu"),
)

_BARE_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);)")


def person(random_source: random.Random) -> tuple[str, str, str]:
    """First name, last name and phone of somebody who does not exist."""
    first, last = random_source.choice(PEOPLE)
    return first, last, f"+234800{random_source.randrange(10**7):07d}"


def email_of(first: str, last: str) -> str:
    """An address that can never be delivered."""
    words = re.findall(r"[a-z0-9]+", f"{first} {last}".lower())
    return f"{'.'.join(words) or 'guest'}@example.test"


def stored_name(name: str) -> str:
    """A name as WordPress keeps it: HTML, with bare ampersands made into entities."""
    return _BARE_AMPERSAND.sub("&amp;", name)


def spoken_name(stored: str) -> str:
    """The same name for a person: without tags, entities decoded."""
    return html.unescape(re.sub(r"<[^>]*>", "", stored)).strip()


def slug_of(name: str) -> str:
    """The part of an address a name becomes."""
    plain = unicodedata.normalize("NFKD", spoken_name(name)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "product"
