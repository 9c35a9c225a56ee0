from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from posapp.gui import text

LAGOS = ZoneInfo("Africa/Lagos")
NOW = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (1_250_050, "NGN", "₦12,500.50"),
        (1_187_500, "NGN", "₦11,875"),
        (-650_000, "NGN", "−₦6,500"),
        (0, "NGN", "₦0"),
        (5, "NGN", "₦0.05"),
        (1_500, "JPY", "¥1,500"),
        (1_234_567, "KWD", "KWD 1,234.567"),
        (12_345, "XOF", "F CFA 12,345"),
        (999, "SEK", "SEK 9.99"),
    ],
)
def test_money_in_a_sentence(minor, currency, shown):
    assert text.money(minor, currency) == shown


def test_money_agrees_with_qts_own_locale_for_nigeria():
    locale = QLocale("en_NG")
    for major in (12_500.5, 0.05, 1_234_567.89):
        ours = text.money(round(major * 100), "NGN")
        assert ours.rstrip("0") == locale.toCurrencyString(major).rstrip("0")


def test_a_column_shows_one_number_of_decimals():
    whole, mixed = [1_250_000, 300_000], [1_250_050, 300_000]
    assert not text.needs_decimals(whole, "NGN")
    assert text.needs_decimals(mixed, "NGN")
    assert [text.amount(m, "NGN", decimals=True) for m in mixed] == ["12,500.50", "3,000.00"]
    assert text.amount(-217_500, "NGN") == "−2,175"


@given(st.integers(-(10**15), 10**15), st.sampled_from(["NGN", "JPY", "KWD", "XOF", "EUR"]))
def test_no_amount_loses_a_unit(minor, currency):
    shown = text.amount(minor, currency, decimals=True).replace(",", "").replace("−", "-")
    assert int(shown.replace(".", "")) == minor


def test_times_are_those_of_the_shop():
    paid = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
    assert text.clock(paid, LAGOS) == "14:05"
    assert text.when(paid, LAGOS, NOW) == "14:05"
    assert text.when(paid - timedelta(days=2), LAGOS, NOW) == "18 Nov 14:05"
    assert text.when(paid - timedelta(days=365), LAGOS, NOW) == "20 Nov 2025 14:05"
    assert text.long_date(paid, LAGOS) == "Friday 20 November"
    # Half past eleven at night in London is the next day in Lagos.
    assert text.date(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), LAGOS, today=NOW) == "21 Nov"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(minutes=27, seconds=59), "27 min"),
        (timedelta(hours=4, minutes=17), "4 h 17"),
        (timedelta(hours=2, minutes=5), "2 h 05"),
        (timedelta(days=3, hours=5, minutes=9), "3 d 5 h"),
        (timedelta(seconds=-90), "0 min"),
    ],
)
def test_waiting_times(length, shown):
    assert text.waiting(length) == shown


def test_plurals():
    assert text.plural(1, "order") == "1 order"
    assert text.plural(3, "order") == "3 orders"
    assert text.plural(2, "search", "searches") == "2 searches"
    assert text.plural(1_200, "order") == "1,200 orders"
    assert text.number_or_nothing(0) == "–"
    assert text.number(-3) == "−3"


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("Ada\nObi\t\r\n", "Ada Obi"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066x\u2069\u200b\ufeff", "x"),
        ("nul\x00bell\x07", "nul bell"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("Ọláyínká Ẹ̀gbẹ́", "Ọláyínká Ẹ̀gbẹ́"),
        ("شركة", "شركة"),
    ],
)
def test_outside_text_is_made_harmless(hostile, harmless):
    assert text.outside(hostile) == harmless


def test_a_megabyte_of_text_is_cut_short_and_quickly():
    assert text.outside("x" * 1_000_000, 40) == "x" * 39 + "…"
    assert len(text.outside("\u202e" * 1_000_000 + "x")) <= 1


@given(st.text(max_size=300))
def test_outside_text_never_holds_a_control(words):
    shown = text.outside(words)
    assert len(shown) <= 120
    assert not any(
        ord(c) < 32 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028" for c in shown
    )


def test_a_name_is_isolated_from_the_figures_beside_it():
    assert text.isolated("شركة\u202e") == "\u2068شركة\u2069"


def test_ampersands_and_markup_are_letters():
    assert text.literal("Tom & Jerry") == "Tom && Jerry"
    assert text.tooltip("<img src=x>") == "<qt>&lt;img src=x&gt;</qt>"
    assert text.tooltip("") == ""


def test_initials():
    assert text.initials("Ada Obi") == "AO"
    assert text.initials("Chidi") == "C"
    assert text.initials("  ") == ""
    assert text.initials("(x) ada b. obi") == "AO"
