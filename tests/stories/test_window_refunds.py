"""Money that goes back through the payment provider: decided, taken back, refused, asked about, and sent, by keys."""

from posapp.commands.command import new_command_id
from posapp.commands.outbox import BeginSending, NoteDeclined
from posapp.demo_shop.provider_refunds import plan
from posapp.domain.outbox import OutState
from posapp.domain.payments import PartState
from posapp.gui.dialogs.bank_details import BankDetailsDialog
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.widgets.chip import StatusChip
from posapp.queries.outbox import outbox_rows
from tests.stories.counter import ADA, button, strips, words_of

TOTE = 1_250_000


def passes(till, seconds):
    """Let time pass, for the till and for the web."""
    till.clock._began -= seconds


async def decided(till, *keys):
    """Ada has paid for three red totes, two lie on the shelf: the third is refunded."""
    web = till.buys(ADA, ("TOTE-RED", 3), minutes_ago=2)
    await till.look()
    await till.badge_is(1)
    await till.key("Ctrl+4", "Enter")
    dialog = await till.top(OrderDialog)
    await till.key("Alt+E", *keys)
    await till.commit(dialog)
    await till.goes(dialog)
    return web


def part(till, web):
    return till.order(web).parts[0]


def paid_out(till):
    """What the provider has given back, by status."""
    return [(refund.amount_minor, refund.status) for refund in till.store.state.provider_refunds.values()]


async def sent(till):
    """The eight seconds are over, and the web is looked at."""
    passes(till, 9)
    await till.look()


def test_a_refund_is_taken_back_before_it_goes(play):
    async def story(till):
        web = await decided(till)
        await till.said("Ada gets ₦12,500")
        assert part(till, web).state == PartState.QUEUED
        await till.until(lambda: "To send 1" in till.window.status.cell("to_send").accessibleName())
        dialog = await till.open_order(till.number_of(web))
        assert any("saved on this till" in words for words in strips(dialog))
        undo = button(dialog, "undo")
        assert undo.text().startswith("Undo ")
        await till.tab_to(undo)
        await till.key("Space")
        await till.until(lambda: not till.order(web).parts)
        await till.key("Esc")
        await till.goes(dialog)
        await till.badge_is(1)
        await sent(till)
        assert paid_out(till) == [], "nobody was ever asked"

    play(story)


def test_what_the_provider_refuses_is_tried_again(play):
    async def story(till):
        plan(till.store, "refused")
        web = await decided(till)
        await sent(till)
        await till.badge_is(1)
        await till.key("Ctrl+4", "Enter")
        dialog = await till.top(OrderDialog)
        assert any("No money has moved: Ada is owed it." in words for words in strips(dialog))
        await till.tab_to(dialog.decision.choices.buttons["retry_refund"])
        await till.key("Space")
        assert dialog.commit.word == "Retry: pay Ada ₦12,500"
        await till.commit(dialog)
        await till.goes(dialog)
        await sent(till)
        await till.until(lambda: part(till, web).state == PartState.PENDING)
        await till.badge_is(0)
        looked = await till.open_order(till.number_of(web))
        chips = [each.accessibleName() for each in looked.standing.findChildren(StatusChip)]
        assert (chips, looked.strips.stops()) == (["With the bank"], ())
        assert [amount for amount, _ in paid_out(till)] == [TOTE], "one payout"

    play(story)


def test_a_bank_account_that_is_asked_for_is_given_and_forgotten(play):
    async def story(till):
        plan(till.store, "needs-attention")
        web = await decided(till)
        await sent(till)
        passes(till, 40)
        await till.look()
        await till.badge_is(1)
        await till.key("Ctrl+4", "Enter")
        dialog = await till.top(OrderDialog)
        await till.tab_to(dialog.actions_row.next)
        await till.key("Space")
        form = await till.top(BankDetailsDialog)
        await till.until(form.finder.isEnabled, "the banks are there")
        await till.tab_to(form.finder.edit)
        await till.write("lag")
        await till.key("Enter")
        await till.until(form.account.edit.hasFocus)
        await till.write("0119204587")
        await till.commit(form)
        await till.goes(form)
        await till.key("Esc")
        await till.look()
        await till.until(lambda: part(till, web).state == PartState.PENDING)
        (refund,) = till.store.state.provider_refunds.values()
        assert refund.account_number == "0119204587"
        kept = till.desk.write_now(lambda c: c.execute("SELECT count(*) FROM outgoing_details").fetchone())
        assert kept == (0,), "it is gone once it is sent"

    play(story)


def test_what_the_web_shop_refuses_is_reviewed(play):
    async def story(till):
        web = till.buys(ADA, ("TOTE-RED", 3), minutes_ago=2)
        await till.look()
        await till.unplug()
        await till.look()
        dialog = await till.open_order(till.number_of(web))
        await till.key("Alt+E")
        ways = dialog.decision.effect.payout.ways
        await till.tab_to(ways.radios["provider"])
        for _ in range(3):
            if ways.route != "cash":
                await till.key("Right")
        assert ways.route == "cash"
        await till.commit(dialog)
        await till.goes(dialog)
        order, at = till.order(web), till.clock()
        (row,) = outbox_rows(till.reader)
        told = {"actor": "posapp", "at": at, "order_id": order.id, "outgoing_id": row.id}
        till.desk.do(BeginSending(id=new_command_id(at), **told))
        till.desk.do(NoteDeclined(id=new_command_id(at), words="Invalid refund amount.", **told))
        await till.plug_in()
        await till.look()
        await till.until(lambda: "1 change refused Review" in till.sync_line())
        till.front.open_page("health")
        page = till.page
        await till.until(lambda: "Invalid refund amount." in words_of(page.refused))
        assert "the web shop never shows this refund" in words_of(page.refused), "before it is pressed"
        await till.tab_to(button(page.refused, "Send again"))
        await till.key("Space")
        await till.until(lambda: all(row.state != OutState.REFUSED for row in outbox_rows(till.reader)))
        passes(till, 100)  # a request of before may still be running for 90 seconds
        await till.look()
        await till.until(lambda: not outbox_rows(till.reader), "the web shop has it now")
        assert [refund.amount_minor for refund in till.store.state.orders[web.id].refunds] == [TOTE]
        await till.until(lambda: "Up to date" in till.sync_line())

    play(story)
