"""Several locations and bundles from the command line."""

import pytest


@pytest.fixture
def lekki(shop, ask):
    """Two shops: totes in both, mugs in the first."""
    shop(**{"TOTE": 2, "MUG=BLUE": 3})
    ask("add-location", "Lekki")
    ask("receive", "TOTE", "5", "--location", "lekki")


def level(ask, sku, place):
    found = ask("stock", sku, "--location", place)[0]
    return found["on_hand"], found["allocated"], found["available"]


def test_a_location_begins_empty_and_is_listed(lekki, ask, run):
    ask("rename-location", "Shop", "Marina")
    assert [(x["name"], x["on_hand"]) for x in ask("locations")] == [("Marina", 5), ("Lekki", 5)]
    assert level(ask, "MUG=BLUE", "Lekki") == (0, 0, 0)
    assert [x["location"] for x in ask("stock", "TOTE")] == ["Marina", "Lekki"]
    assert {x["location"] for x in ask("stock", "--location", "LEKKI")} == {"Lekki"}
    assert "Lekki" in run("locations").out


def test_units_move_between_shelves(lekki, ask):
    told = ask("move", "TOTE", "4", "--from", "Lekki", "--to", "Shop", "--reason", "van")
    assert [(x["location"], x["on_hand"]) for x in told] == [("Lekki", 1), ("Shop", 6)]
    assert ask("replay", "--check")["ok"]
    assert ask("doctor")["ok"]


def test_what_arrives_serves_who_waits_there(lekki, ask):
    ask("new", "--line", "TOTE=3")
    ask("pay", "1", "--amount-minor", 4_500_000)
    assert ask("show", "1")["lines"][0]["short"] == 1
    ask("move", "TOTE", "1", "--from", "Lekki", "--to", "Shop")
    assert ask("show", "1")["attention"] == []
    assert (level(ask, "TOTE", "Shop"), level(ask, "TOTE", "Lekki")) == ((3, 3, 0), (4, 0, 4))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["move", "TOTE", "6", "--from", "Lekki", "--to", "Shop"], "not_free"),
        (["move", "TOTE", "1", "--from", "Lekki", "--to", "Ikeja"], "location_not_found"),
        (["move", "TOTE", "1", "--from", "Lekki", "--to", "Lekki"], "same_location"),
        (["move", "WIG", "1", "--from", "Lekki", "--to", "Shop"], "not_tracked"),
        (["add-location", "LEKKI"], "name_taken"),
        (["add-location", "  "], "name_missing"),
        (["rename-location", "Lekki", "shop"], "name_taken"),
        (["receive", "TOTE", "1", "--location", "Abuja"], "location_not_found"),
    ],
)
def test_what_cannot_be_is_refused(lekki, ask, run, words, code):
    said = run(*words, "--json")
    assert (said.code, said.error["error"]) == (1, code)
    assert [x["on_hand"] for x in ask("stock", "TOTE")] == [2, 5]


def test_missing_units_are_brought_and_the_effect_shows_both_shelves(lekki, ask, run):
    ask("new", "--line", "TOTE=5", "--customer", "Ada Obi")
    ask("pay", "1", "--amount-minor", 7_500_000)
    words = ("resolve", "1", "fulfill-order", "--bring", "TOTE=2@Lekki")
    effect = ask(*words, "--dry-run")
    numbers = {x["location"]: (x["on_hand_before"], x["on_hand_after"]) for x in effect["stock"]}
    assert numbers == {"Shop": (2, 5), "Lekki": (5, 3)}
    assert [(x["brought"], x["found"], x["note"]) for x in effect["stock"]] == [
        (2, 1, "found"),
        (-2, 0, "carried_off"),
    ]
    assert "Lekki" in run(*words, "--dry-run").out
    assert ask(*words, "--seen", effect["seen"])["attention"] == []
    assert (level(ask, "TOTE", "Shop"), level(ask, "TOTE", "Lekki")) == ((5, 5, 0), (3, 0, 3))
    assert ask("undo", "1")["attention"] == ["SHORTAGE"]
    assert (level(ask, "TOTE", "Shop"), level(ask, "TOTE", "Lekki")) == ((2, 2, 0), (5, 0, 5))
    assert ask("replay", "--check")["ok"]


def test_per_line_some_are_brought_and_some_refunded(lekki, ask, run):
    ask("new", "--line", "TOTE=4", "--customer", "Ada Obi")
    ask("pay", "1", "--amount-minor", 6_000_000)
    assert run("resolve", "1", "refund-excess", "--bring", "TOTE=1@Lekki").code == 2
    assert run("resolve", "1", "mixed", "--bring", "TOTE=1").code == 2
    order = ask("resolve", "1", "mixed", "--bring", "TOTE=1@Lekki", "--refund", "TOTE=1")
    assert (order["lines"][0]["held"], order["total_minor"], order["attention"]) == (3, 4_500_000, [])


def test_a_bundle_is_sold_from_its_components(shop, ask, run):
    shop(**{"TOTE": 3, "MUG=BLUE": 5})
    made = ask(
        "bundle", "GIFT", "--name", "Gift", "--price-minor", "100", "--of", "TOTE=1", "--of", "MUG=BLUE=2"
    )
    assert (made["sku"], made["available"], made["on_hand"]) == ("GIFT", 2, 2)
    assert made["components"] == [
        {"sku": "MUG=BLUE", "name": "Mug=Blue", "units": 2},
        {"sku": "TOTE", "name": "Tote", "units": 1},
    ]
    ask("new", "--line", "GIFT=3")
    order = ask("pay", "1", "--amount-minor", 300)
    assert (order["lines"][0]["held"], order["lines"][0]["short"], order["attention"]) == (2, 1, ["SHORTAGE"])
    ask("bundle", "GIFT", "--of", "TOTE=5")
    assert ask("hand-over", "1", "--line", "GIFT=1")["lines"][0]["handed_over"] == 1
    assert [(x["sku"], x["on_hand"], x["allocated"]) for x in ask("stock") if x["sku"] != "GIFT"] == [
        ("MUG=BLUE", 3, 2),
        ("SHEA BUTTER", 0, 0),
        ("TOTE", 2, 1),
    ]
    ask("receive", "MUG=BLUE", "1")
    assert ask("show", "1")["attention"] == []
    assert ask("replay", "--check")["ok"]
    assert ask("doctor")["ok"]
    assert "2 × MUG=BLUE" in run("bundle", "GIFT", "--of", "TOTE=1", "--of", "MUG=BLUE=2").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["receive", "GIFT", "1"], "bundle"),
        (["adjust", "GIFT", "1"], "bundle"),
        (["count", "GIFT", "1"], "bundle"),
        (["bundle", "GIFT", "--of", "GIFT=1"], "nested_bundle"),
        (["bundle", "SHEA BUTTER", "--of", "GIFT=1"], "nested_bundle"),
        (["bundle", "TOTE", "--of", "MUG=BLUE=1"], "nested_bundle"),
        (["bundle", "MUG=BLUE", "--of", "TOTE=1"], "own_stock"),
        (["bundle", "GIFT", "--of", "TOTE=0"], "bad_quantity"),
        (["bundle", "GIFT", "--of", "NOPE=1"], "product_not_found"),
        (["bundle", "NOPE", "--of", "TOTE=1"], "product_not_found"),
    ],
)
def test_what_a_bundle_cannot_be_is_said(shop, ask, run, words, code):
    shop(**{"TOTE": 3, "MUG=BLUE": 5})
    ask("bundle", "GIFT", "--name", "Gift", "--of", "TOTE=1")
    said = run(*words, "--json")
    assert (said.code, said.error["error"]) == (1, code)
    assert ask("stock", "GIFT")[0]["components"] == [{"sku": "TOTE", "name": "Tote", "units": 1}]


def test_a_product_that_somebody_waits_for_does_not_become_a_bundle(paid_short, ask, run):
    ask("hand-over", "1")
    said = run("bundle", "TOTE", "--of", "MUG=BLUE=1", "--json")
    assert said.error["error"] == "own_stock"
    assert "Order 0001 waits" in said.error["message"]


def test_a_bundle_can_be_an_ordinary_product_again(shop, ask, run):
    shop(TOTE=3)
    ask("bundle", "GIFT", "--name", "Gift", "--of", "TOTE=1")
    assert ask("bundle", "GIFT", "--none")["components"] == []
    assert ask("receive", "GIFT", "2")["on_hand"] == 2
    assert run("bundle", "GIFT", "--of", "TOTE=1").code == 1
    assert run("bundle", "GIFT").code == 2
