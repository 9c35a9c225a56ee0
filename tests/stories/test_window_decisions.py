"""From Attention to the decision and back, without a mouse."""

import pytest

from posapp.commands.command import new_command_id
from posapp.commands.resolutions import Resolve
from posapp.commands.staff import AddStaff
from posapp.domain.orders import Status
from posapp.gui.dialogs.order import OrderDialog
from posapp.queries.details import order_details
from tests.stories.counter import ADA, HALIMA, MUSA, button, strips, words_of

TOTE, SHEA = 1_250_000, 300_000


async def short_of_totes(till):
    """Ada has paid for three red totes, and two lie on the shelf."""
    web = till.buys(ADA, ("TOTE-RED", 3), ("SHEA-200", 1), minutes_ago=2)
    await till.look()
    await till.badge_is(1)
    return web


async def opened_from_attention(till):
    await till.key("Ctrl+4", "Enter")
    dialog = await till.top(OrderDialog)
    assert dialog.lines.table.hasFocus(), "no button that moves money has the focus"
    return dialog


def test_refund_excess(play):
    async def story(till):
        web = await short_of_totes(till)
        sold = till.sold()
        dialog = await opened_from_attention(till)
        await till.key("Alt+E")
        effect = words_of(dialog.decision.effect)
        assert "₦12,500" in effect
        assert "The missing one never left the shelf" in effect
        assert dialog.commit.word == "Refund Excess: pay Ada ₦12,500"
        assert till.order(web).total_minor == 3 * TOTE + SHEA, "nothing has happened yet"

        await till.commit(dialog)
        await till.goes(dialog)
        await till.badge_is(0)
        await till.said("Ada gets ₦12,500")
        order = till.order(web)
        assert (order.total_minor, order.refunded_minor) == (2 * TOTE + SHEA, TOTE)
        assert till.stock("TOTE-RED") == (2, 2, 0), "excess units never enter stock"
        assert till.sold() == sold - TOTE
        assert till.window.windowTitle() == "Adaeze Stores"
        assert "Nothing needs you." in words_of(till.page)

    play(story)


def test_refund_order(play):
    async def story(till):
        web = await short_of_totes(till)
        sold = till.sold()
        dialog = await opened_from_attention(till)
        await till.key("Alt+O")
        assert dialog.commit.word == "Refund Order: pay Ada ₦40,500"
        await till.commit(dialog)
        await till.goes(dialog)
        await till.badge_is(0)
        order = till.order(web)
        assert (order.status, order.paid_minor) == (Status.CANCELLED, 0)
        assert till.stock("TOTE-RED") == (2, 0, 2), "what it held is free again, what it missed is not"
        assert till.sold() == sold - 3 * TOTE - SHEA

    play(story)


def test_fulfill_order_and_its_undo(play):
    async def story(till):
        web = await short_of_totes(till)
        dialog = await opened_from_attention(till)
        await till.key("Alt+F")
        assert dialog.commit.word == "Fulfill Order: hold 3 + 1 for Ada"
        await till.commit(dialog)
        await till.goes(dialog)
        await till.badge_is(0)
        assert till.stock("TOTE-RED") == (3, 3, 0), "the missing one was found"
        assert till.order(web).short_units == 0

        await till.tab_to(button(till.window.toasts, "Undo"))
        await till.key("Space")
        await till.badge_is(1)
        await till.said("the decision is taken back")
        assert till.stock("TOTE-RED") == (2, 2, 0)
        assert till.order(web).short_units == 1

    play(story)


def test_per_line_some_are_found_and_some_are_paid_back(play):
    async def story(till):
        till.buys(HALIMA, ("RICE-5", 1), minutes_ago=3)
        web = till.buys(MUSA, ("RICE-5", 4), minutes_ago=2)
        await till.look()
        await till.badge_is(1)
        dialog = await opened_from_attention(till)
        await till.tab_to(button(dialog, "mixed"))
        await till.key("Space")
        await till.until(lambda: dialog.decision.key == "mixed")
        await till.key("Up", "Up")  # two of the three that are missing lie in the back room
        await till.key("Tab", "Up")  # the third is paid back
        assert dialog.commit.word == "Per line: hold 3 for Musa, pay back ₦9,800"
        await till.commit(dialog)
        await till.goes(dialog)
        await till.badge_is(0)
        order = till.order(web)
        assert (order.total_minor, order.refunded_minor, order.short_units) == (3 * 980_000, 980_000, 0)
        assert till.stock("RICE-5") == (4, 4, 0)

    play(story)


def test_enter_never_pays_and_a_key_too_early_does_nothing(play):
    async def story(till):
        web = await short_of_totes(till)
        before = till.order(web).version
        dialog = await opened_from_attention(till)
        await till.key("Alt+E", "Enter", "Enter")
        await till.tab_to(dialog.commit)
        await till.key("Enter", "Alt+O", "Alt+E")
        await till.tab_to(dialog.commit)
        await till.key("Space")  # its words have only just changed
        await till.key("Enter")
        await till.key("Esc")
        await till.goes(dialog)
        assert till.order(web).version == before
        assert till.badge == 1

    play(story)


@pytest.mark.parametrize("told", [False, True], ids=["before the news comes", "after it"])
def test_somebody_else_was_faster(play, told):
    async def story(till):
        web = await short_of_totes(till)
        at = till.clock()
        till.desk.do(AddStaff(id=new_command_id(at), actor="Adaeze", at=at, name="Chidi", role_id="manager"))
        dialog = await opened_from_attention(till)
        await till.key("Alt+O")
        await till.tab_to(dialog.commit)
        await till.commit_is_ready(dialog)
        order = till.order(web)
        at = till.clock()
        seen = order_details(till.reader, order.id, at).fingerprint
        if not told:
            till.front.parts.changes.changed.disconnect(dialog._told)
        till.desk.do(
            Resolve(
                id=new_command_id(at), actor="Chidi", at=at, order_id=order.id, key="refund_excess", seen=seen
            )
        )
        paid_back = till.order(web).refunded_minor
        if told:
            await till.until(lambda: not dialog.commit.isVisible(), "there is nothing left to decide")
        else:
            await till.key("Space")
            await till.until(lambda: "Chidi" in "".join(strips(dialog)[:1]), "who was faster is named")
            assert strips(dialog)[0].startswith("Already resolved by Chidi at 14:")
        assert till.order(web).refunded_minor == paid_back == TOTE, "paid back once only"
        await till.key("Esc")
        await till.goes(dialog)
        await till.badge_is(0)

    play(story)
