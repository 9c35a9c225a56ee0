"""What is written to a customer names the order, the shop and the amount, and nothing it does not know."""

import pytest

from posapp.domain.customer_words import NOTES, customer_note, message, plain_money


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (1_250_000, "NGN", "NGN 12,500.00"),
        (5, "NGN", "NGN 0.05"),
        (1_234, "JPY", "JPY 1,234"),
        (-1_500, "KWD", "KWD -1.500"),
    ],
)
def test_money_has_the_digits_of_its_currency(minor: int, currency: str, words: str) -> None:
    assert plain_money(minor, currency) == words


@pytest.mark.parametrize("key", NOTES)
def test_every_note_is_whole(key: str) -> None:
    said = customer_note(key, amount_minor=150_000, currency="NGN")
    assert said.endswith(".")
    assert "{" not in said


def test_what_nobody_decided_says_nothing() -> None:
    assert customer_note("other", amount_minor=0, currency="NGN") == ""


def test_what_is_filled_in_is_no_place_itself() -> None:
    said = message("goods", units="2", name="{shop} {0}")
    assert said == "2 × {shop} {0}"


def test_another_language_is_another_table() -> None:
    assert message("ready", {"ready": "C'est payé: {goods}."}, goods="1 × pagne") == "C'est payé: 1 × pagne."
