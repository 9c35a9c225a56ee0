"""An order is found by its number, wherever one is."""

import pytest

from posapp.gui.dialogs.order import OrderDialog
from tests.stories.counter import ADA, HALIMA

PAGES = {
    "Ctrl+1": "dashboard",
    "Ctrl+2": "sell",
    "Ctrl+3": "orders",
    "Ctrl+4": "attention",
    "Ctrl+5": "products",
    "Ctrl+8": "settings",
}


def test_ctrl_k_finds_from_every_page_and_gives_the_keys_back(play):
    async def story(till):
        web = till.buys(ADA, ("SHEA-200", 2), paid=False)
        await till.look()
        number = till.number_of(web)
        for key, page_id in PAGES.items():
            await till.key(key)
            assert till.window.current_id == page_id
            before = till.window.focusWidget()
            dialog = await till.open_order(number)
            assert dialog.details.number == number
            await till.key("Esc")
            await till.goes(dialog)
            await till.key("Ctrl+K", "Esc")
            assert (till.window.current_id, till.window.focusWidget()) == (page_id, before)

    play(story)


@pytest.mark.parametrize(
    "typed", ["the number", "without its zeros", "the web shop's", "the phone", "the name"]
)
def test_ctrl_k_finds_by_what_a_customer_says(play, typed):
    async def story(till):
        web = till.buys(ADA, ("SHEA-200", 2), paid=False)
        till.buys(HALIMA, ("SHEA-200", 1), paid=False)
        await till.look()
        number = till.number_of(web)
        words = {
            "the number": number,
            "without its zeros": number.lstrip("0"),
            "the web shop's": str(web.id),
            "the phone": "0803 555 0142",
            "the name": "ada ob",
        }
        dialog = await till.open_order(words[typed])
        assert dialog.details.number == number

    play(story)


@pytest.mark.parametrize("key", ["Ctrl+1", "Ctrl+3", "Ctrl+4"])
def test_f2_finds_an_order_that_needs_nothing(play, key):
    async def story(till):
        web = till.buys(ADA, ("SHEA-200", 2))
        till.buys(HALIMA, ("RICE-5", 3))
        await till.look()
        await till.badge_is(1)
        number = till.number_of(web)
        await till.key(key, "F2")
        await till.write(number)
        await till.key("Enter")
        dialog = await till.top(OrderDialog)
        assert dialog.details.number == number
        await till.key("Esc")
        await till.goes(dialog)

    play(story)


def test_what_is_not_there_is_said(play):
    async def story(till):
        await till.key("Ctrl+4", "F2")
        await till.write("0815")
        await till.key("Enter")
        await till.said("No order 0815 was found")
        await till.key("Ctrl+K")
        await till.write("0815")
        await till.key("Enter")
        assert till.over is till.window

    play(story)
