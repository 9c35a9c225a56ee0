"""Card numbers are masked; what only looks long is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.masking import mask_cards


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("paid with 4111111111111111", "paid with •••• 1111"),
        ("4111 1111 1111 1111 12/27", "•••• 1111 12/27"),
        ("4111-1111-1111-1111 09 27", "•••• 1111 09 27"),
        ("no 5 4111111111111111", "no 5 •••• 1111"),
        ("amex 3782 822463 10005.", "amex •••• 0005."),
        ("verve 5061 2345 6789 0123 7", "verve 5061 2345 6789 0123 7"),
        ("5061 0200 0000 0000 094", "•••• 0094"),
        ("two: 4111111111111111, 5555555555554444", "two: •••• 1111, •••• 4444"),
        ("4111111111111112", "4111111111111112"),  # fails the check digit
        ("000013260823143015000123456789", "000013260823143015000123456789"),  # a bank's session id
        ("0123456789", "0123456789"),  # an account number
        ("6151100030115", "6151100030115"),  # a barcode
        ("+234 803 555 0142", "+234 803 555 0142"),
        ("4111  1111  1111  1111", "•••• 1111"),
        ("4111.1111.1111.1111", "•••• 1111"),
        ("4111\u00a01111\u20131111 - 1111", "•••• 1111"),  # a blank that breaks no line, a dash, both
        ("４１１１１１１１１１１１１１１１", "•••• 1111"),
        ("٤١١١ ١١١١ ١١١١ ١١١١", "•••• 1111"),
        ("", ""),
    ],
)
def test_what_is_masked(text, masked):
    assert mask_cards(text) == masked


def test_a_long_note_is_masked_in_one_go():
    assert mask_cards("4111111111111111 " * 3_000) == "•••• 1111 " * 3_000
    assert mask_cards("1 " * 20_000) == "1 " * 20_000


@given(st.text(alphabet="0123456789 -abc.", max_size=60))
def test_masking_again_changes_nothing(text):
    once = mask_cards(text)
    assert mask_cards(once) == once


@given(
    st.sampled_from(["4", "51", "34", "37", "6011", "5061", "2221", "2720"]), st.integers(15, 19), st.data()
)
def test_no_card_number_is_left_whole(prefix, length, data):
    body = prefix + "".join(str(data.draw(st.integers(0, 9))) for _ in range(length - 1 - len(prefix)))
    number = next(body + str(last) for last in range(10) if _sums_up(body + str(last)))
    cut = sorted(data.draw(st.sets(st.integers(1, length - 1), max_size=4)))
    groups = [number[a:b] for a, b in zip([0, *cut], [*cut, length], strict=True)]
    text = f"ref A {data.draw(st.sampled_from([' ', '-'])).join(groups)} thanks"
    assert mask_cards(text) == f"ref A •••• {number[-4:]} thanks"


def _sums_up(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0
