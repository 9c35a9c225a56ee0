"""Receiving, adjusting and counting from the command line."""

import pytest


def test_receiving_answers_the_level_as_it_is_now(shop, ask):
    shop(TOTE=2)
    level = ask("receive", "TOTE", "3", "--reason", "invoice 77")
    assert {name: level[name] for name in ("sku", "on_hand", "allocated", "available")} == {
        "sku": "TOTE", "on_hand": 5, "allocated": 0, "available": 5,
    }  # fmt: skip


@pytest.mark.parametrize(("words", "on_hand"), [(["-2"], 3), (["+3"], 8), (["3", "--reason", "found"], 8)])
def test_adjusting_takes_a_difference_of_either_sign(shop, ask, words, on_hand):
    shop(TOTE=5)
    assert ask("adjust", "TOTE", *words)["on_hand"] == on_hand


def test_options_may_stand_between_sku_and_number(shop, ask):
    shop(TOTE=5)
    assert ask("adjust", "TOTE", "--reason", "torn", "-2")["on_hand"] == 3
    assert ask("adjust", "--reason", "torn", "--", "TOTE", "-2")["on_hand"] == 1


def test_counting_sets_the_shelf(shop, ask):
    shop(TOTE=5)
    assert ask("count", "TOTE", "7")["on_hand"] == 7
    assert ask("count", "TOTE", "0")["on_hand"] == 0


def test_a_count_begun_earlier_keeps_what_happened_since(shop, ask):
    shop(TOTE=5)
    ask("receive", "TOTE", "10")
    assert ask("count", "TOTE", "4", "--seen", "5")["on_hand"] == 14


def test_a_count_below_what_is_promised_takes_units_from_the_newest(paid_short, ask):
    level = ask("count", "TOTE", "1")
    assert (level["on_hand"], level["allocated"]) == (1, 1)
    assert ask("show", "1")["lines"][0]["short"] == 2


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["receive", "TOTE", "0"], 1, "bad_quantity"),
        (["receive", "TOTE", "-1"], 1, "bad_quantity"),
        (["receive", "TOTE", "1000001"], 1, "bad_quantity"),
        (["receive", "NOPE", "1"], 1, "product_not_found"),
        (["receive", "WIG", "1"], 1, "not_tracked"),
        (["receive", "TOTE", "many"], 2, "usage"),
        (["receive", "TOTE"], 2, "usage"),
        (["adjust", "TOTE", "0"], 1, "bad_quantity"),
        (["adjust", "TOTE", "-6"], 1, "below_zero"),
        (["count", "TOTE", "-1"], 1, "bad_quantity"),
        (["count", "TOTE", "1000001"], 1, "bad_quantity"),
        (["count", "TOTE", "1e3"], 2, "usage"),
    ],
)
def test_what_cannot_be_is_refused_and_moves_nothing(shop, run, ask, words, code, error):
    shop(TOTE=5)
    said = run(*words, "--json")
    assert (said.code, said.error["error"]) == (code, error)
    assert ask("stock", "TOTE")[0]["on_hand"] == 5


def test_auto_fill_off_leaves_units_free_until_somebody_decides(paid_short, ask):
    assert ask("set", "auto-fill", "off") == {"auto_fill": False}
    level = ask("receive", "TOTE", "5")
    assert (level["on_hand"], level["allocated"], level["available"]) == (7, 2, 5)
    ask("set", "auto-fill", "on")
    assert ask("stock", "TOTE")[0]["allocated"] == 3
    assert ask("orders", "--attention") == []


def test_text_shows_the_level(shop, run):
    shop(TOTE=5)
    assert "TOTE" in run("receive", "TOTE", "1").out
