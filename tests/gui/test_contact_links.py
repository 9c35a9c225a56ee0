"""Links to call and to write are made of digits alone, and never of what a stranger typed into a phone field."""

import pytest

from posapp.gui.contact_links import call_link, digits_of_phone, international, whatsapp_link
from posapp.gui.dialogs.order_words import person
from posapp.gui.method_words import method


@pytest.mark.parametrize(
    ("typed", "dialled", "abroad"),
    [
        ("+234 803 555 0142", "+2348035550142", "2348035550142"),
        ("0803 555 0142", "08035550142", "2348035550142"),
        ("00234-803-555-0142", "+2348035550142", "2348035550142"),
        ("(0803) 5550142 / 0805 1", "08035550142", "2348035550142"),
        ("2348035550142", "2348035550142", "2348035550142"),
        ("", "", ""),
        ("12", "", ""),
        ("call me", "", ""),
        ("9" * 40, "", ""),
        ("tel:0803?x=<script>", "", ""),
        ("٠٨٠٣٥٥٥٠١٤٢", "", ""),
    ],
)
def test_numbers_are_cleaned_or_refused(typed: str, dialled: str, abroad: str) -> None:
    assert digits_of_phone(typed) == dialled
    assert international(typed, "NGN") == abroad


def test_a_link_holds_nothing_but_digits_and_our_own_words() -> None:
    hostile = "0803 555 0142;ext=1&body=<b>@evil.example"
    assert call_link(hostile).toString() == "tel:08035550142"
    link = whatsapp_link("+234 803 555 0142", "NGN", "Hello & welcome #1?\n")
    assert link.host() == "wa.me"
    assert link.path() == "/2348035550142"
    assert bytes(link.toEncoded().data()).decode().endswith("?text=Hello%20%26%20welcome%20%231%3F%0A")


def test_without_a_known_country_there_is_no_chat() -> None:
    assert whatsapp_link("0171 555 0142", "EUR").isEmpty()
    assert not call_link("0171 555 0142").isEmpty()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ada Obi", "Ada"),
        ("Alhaji Musa Danjuma", "Alhaji Musa Danjuma"),
        ("Dr. Ngozi", "Dr. Ngozi"),
        ("O", "O"),
        ("", "the customer"),
        ("\u202e\x00", "the customer"),
        ("x" * 5_000, "x" * 23 + "…"),
    ],
)
def test_a_button_says_the_first_name(name: str, said: str) -> None:
    assert person(name) == said


def test_ways_to_pay_are_said_in_words_and_strangers_stay_harmless() -> None:
    assert method("bacs") == "bank transfer"
    assert method("Paystack") == "Paystack"
    assert "\n" not in method("evil\n\u202emethod")
