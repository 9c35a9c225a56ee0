"""How a customer can pay, as the owner set it."""

from posapp.commands.shop import ChangeSetting
from posapp.queries.payment_ways import payment_ways
from tests.shop import Shop


def test_nothing_is_known_until_the_owner_says_it(shop: Shop):
    ways = payment_ways(shop.reader)
    assert (ways.account.is_known, ways.cash_step_minor) == (False, 1)


def test_the_account_and_the_smallest_cash_are_settings(shop: Shop):
    for key, value in (
        ("bank_name", "Lagoon Bank"),
        ("bank_account", "0119204587"),
        ("cash_step_minor", "500"),
    ):
        shop.do(ChangeSetting, key=key, value=value)
    ways = payment_ways(shop.reader)
    assert (ways.account.bank, ways.account.number, ways.cash_step_minor) == (
        "Lagoon Bank",
        "0119204587",
        500,
    )
