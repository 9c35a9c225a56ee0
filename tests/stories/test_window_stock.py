"""Goods arrive, are adjusted and counted; waiting orders get theirs, and the one that overtook gives it back."""

from posapp.domain.attention import Reason
from posapp.gui.dialogs.foreseen import SwapDialog
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from tests.stories.counter import ADA, button, strips, words_of


async def found(till, sku):
    """Ctrl+5, F2, the code, Enter: the product's stock is read beside the list."""
    await till.key("Ctrl+5", "F2", "Ctrl+A")
    await till.write(sku)
    await till.key("Enter")
    await till.until(lambda: till.page.panel.product is not None and till.page.panel.product.sku == sku)
    return till.page.panel


async def typed(till, kind, panel, word, *lines):
    """Open a stock dialog from the panel and type a number, then what else it asks for."""
    await till.tab_to(button(panel, word))
    await till.key("Enter")
    dialog = await till.top(kind)
    for at, words in enumerate(lines):
        if at:
            await till.key("Tab")
        await till.write(words)
    await till.until(dialog.panel.isVisible, "its effect is shown before it is done")
    effect = words_of(dialog.panel)
    await till.key("Enter")
    await till.goes(dialog)
    return effect


def test_what_arrives_goes_to_who_waits(play):
    async def story(till):
        web = till.buys(ADA, ("TOTE-RED", 3))
        await till.look()
        await till.badge_is(1)
        number = till.number_of(web)
        panel = await found(till, "TOTE-RED")
        assert f"1 paid order waits for it: | {number}" in words_of(panel)

        effect = await typed(till, ReceiveDialog, panel, "Receive", "2", "Workshop Yaba")
        assert f"Order {number}" in effect
        assert "leaves Attention" in effect
        await till.badge_is(0)
        assert till.stock("TOTE-RED") == (4, 3, 1)
        assert till.order(web).short_units == 0

        await typed(till, AdjustDialog, panel, "Adjust", "-1", "torn")
        assert till.stock("TOTE-RED") == (3, 3, 0)

        await typed(till, CountDialog, panel, "Count", "2")
        await till.badge_is(1)
        assert till.stock("TOTE-RED") == (2, 2, 0)
        assert till.order(web).open_case(Reason.STOCK_DEFICIT) is not None

        def told():
            return [panel.model.cell(row, 1).spoken for row in range(panel.model.rowCount())]

        for words in ("Counted 2", "Adjusted −1", "Received 2", "Promised 2", "Opened with 2"):
            await till.until(
                lambda words=words: any(each.startswith(words) for each in told()), f"{words} is told"
            )

    play(story)


def test_the_order_that_overtook_gives_it_back(play):
    async def story(till):
        web = till.buys(ADA, ("WIG-14", 1), minutes_ago=2)  # paid, but the till has not heard of it
        other = till.sells("WIG-14")
        await till.look()
        await till.badge_is(1)
        order = await till.open_order(till.number_of(web))
        assert f"Order {other} overtook and has it, paid 14:00." in strips(order)[0]
        await till.tab_to(button(order, f"Swap with {other}"))
        await till.key("Space")
        swap = await till.top(SwapDialog)
        assert swap.commit.word == f"Swap: give Ada 1 of order {other}"
        await till.commit(swap)
        await till.goes(swap)
        await till.until(lambda: till.order(web).short_units == 0)
        assert till.order(other).open_case(Reason.STOCK_DEFICIT) is not None
        assert till.stock("WIG-14") == (1, 1, 0)
        await till.badge_is(1)

    play(story)
