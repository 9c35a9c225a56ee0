"""Two customers buy the last one, and both pay."""

from posapp.gui.dialogs.order import OrderDialog
from tests.stories.counter import ADA, HALIMA, button, strips, words_of


def test_the_badge_rises_and_everything_says_why(play):
    async def story(till):
        assert till.window.windowTitle() == "Adaeze Stores"
        first = till.buys(HALIMA, ("WIG-14", 1), minutes_ago=3)
        second = till.buys(ADA, ("WIG-14", 1), minutes_ago=2)
        await till.look()
        await till.badge_is(1)
        assert till.window.windowTitle() == "(1) Adaeze Stores"
        at = [item.id for item in till.window.rail.tabs.items].index("attention")
        assert till.window.rail.tabs.accessibleTabName(at) == "Attention, 1 order"

        dashboard = till.page
        await till.until(lambda: "Order needs attention" in words_of(dashboard), "the tile says so")
        assert f"Oldest: {till.number_of(second)} \u2068Ada Obi\u2069, paid 13:58" in words_of(dashboard)

        await till.tab_to(button(dashboard, "attention_button"))
        await till.key("Enter")
        assert till.window.current_id == "attention"
        assert till.page.model.rowCount() == 1
        assert till.page.table.hasFocus()
        await till.key("Enter")
        dialog = await till.top(OrderDialog)
        assert dialog.details.number == till.number_of(second)
        taker = till.number_of(first)
        why = '1 \u2068Body wave wig 14"\u2069 ordered and paid, none was left. '
        assert strips(dialog) == [f"{why}Order {taker} took it, paid 13:57."]

        see = button(dialog, f"See {taker}")
        await till.tab_to(see)
        await till.key("Space")
        other = await till.top(OrderDialog)
        assert other is not dialog
        assert (other.details.number, other.details.contact.name) == (taker, "Halima Sani")
        await till.key("Esc")
        await till.goes(other)
        await till.key("Esc")
        await till.goes(dialog)
        assert till.badge == 1, "looking changes nothing"
        assert till.stock("WIG-14") == (1, 1, 0)

    play(story)
