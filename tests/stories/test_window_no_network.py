"""The network is pulled: it is said, work goes on, and nothing is lost or doubled when it is back."""

from posapp.domain.orders import Status
from tests.stories.counter import ADA, HALIMA, words_of


def test_work_goes_on_and_the_web_comes_back(play):
    async def story(till):
        web = till.buys(ADA, ("TOTE-RED", 1))
        await till.look()
        assert "Up to date 14:0" in till.sync_line()

        await till.unplug()
        await till.look()
        assert till.post.line.phase == "offline"
        await till.until(lambda: "Offline, last web check 14:0" in till.sync_line())
        assert "offline" in till.window.banners.shown()
        assert "Everything on this till works on" in words_of(till.window.banners)

        number = till.sells("SHEA-200", 2)
        order = await till.open_order(number)
        assert order.details.status == Status.PROCESSING
        await till.key("Esc")
        await till.goes(order)
        late = till.buys(HALIMA, ("TOTE-RED", 2))  # the shop is there, only not for us

        await till.plug_in()
        await till.look()
        assert till.post.line.phase == "idle"
        await till.until(
            lambda: "offline" not in till.window.banners.shown(), "the banner goes with its condition"
        )
        await till.badge_is(1)
        assert [till.held(order) for order in (web, late)] == [1, 1]
        assert till.order(late).short_units == 1
        await till.look()
        await till.key("Ctrl+3")
        assert till.page.model.rowCount() == 3
        assert till.stock("TOTE-RED") == (2, 2, 0)

    play(story)


def test_a_key_that_is_refused_asks_to_sign_in_again(play):
    async def story(till):
        till.store.state.keys.clear()
        till.store.add_key()
        await till.key("Ctrl+R")
        await till.until(lambda: till.post.line.phase == "sign_in")
        await till.until(lambda: "refused the key" in words_of(till.window.banners), "a banner says so")
        assert "Sign in again" in till.sync_line()

    play(story)
