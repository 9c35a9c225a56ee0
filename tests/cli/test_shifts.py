"""The shift by the command line: opened, counted, closed, told."""


def test_a_shift_from_its_float_to_its_z(shop, ask, run):
    shop(TOTE=5)
    assert run("shift", "x", "--json").error["error"] == "no_shift"
    assert ask("shift", "open", "--float-minor", 2_000_000)["expected_minor"] == 2_000_000
    ask("new", "--line", "TOTE=1")
    ask("pay", "1", "--amount-minor", 1_500_000, "--method", "cash")
    ask("shift", "out", "--amount-minor", 500_000, "--reason", "diesel")
    x = ask("shift", "x")
    assert (x["total_sales_minor"], x["expected_minor"], x["z_number"]) == (1_500_000, 3_000_000, 0)
    short = run("shift", "close", "--cash-minor", 2_900_000, "--json")
    assert short.error["error"] == "reason_missing"
    z = ask("shift", "close", "--cash-minor", 2_900_000, "--counted", "card=0", "--reason", "wrong change")
    assert (z["z_number"], z["difference_minor"], z["reason"]) == (1, -100_000, "wrong change")
    assert ask("shift", "z") == z == ask("shift", "z", "--number", 1)
    assert [row["z_number"] for row in ask("shift", "list")] == [1]
    assert ask("shift", "reopen", "--reason", "too early")["goes_on_from_z"] == 1


def test_it_is_told_in_words_too(shop, run):
    shop(TOTE=5)
    run("shift", "open", "--float-minor", 100)
    said = run("shift", "x").out
    assert said.startswith("X, till A, opened ")
    assert "Must be in the drawer" in said
    run("shift", "close", "--cash-minor", 100)
    assert "Z 1, till A" in run("shift", "z").out
    assert "1.00 NGN" not in run("shift", "list").out.splitlines()[0]


def test_what_is_missing_is_a_matter_of_usage(shop, run):
    shop(TOTE=5)
    assert run("shift", "open", "--json").error["error"] == "usage"
    assert run("shift", "close", "--cash-minor", 1, "--counted", "cash=1", "--json").error["error"] == "usage"
    assert run("shift", "z", "--json").error["error"] == "z_not_found"
