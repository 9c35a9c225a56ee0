"""A new till in an empty folder: the shop is opened, a web shop connected by keyboard, its first import watched."""

import asyncio
from functools import partial

import pytest

from posapp.app import window_loop
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.gui.dialogs.open_shop import OpenShopDialog
from posapp.gui.perform import Perform
from posapp.queries.reader import Reader
from tests.stories.counter import ADA, HALIMA, Clock, Counter, button, opened, words_of


@pytest.fixture
def play_alone(qapp):
    """Plays a story that opens its own window."""
    qapp.setQuitOnLastWindowClosed(False)

    def run(story):
        with asyncio.Runner(loop_factory=partial(window_loop, qapp)) as runner:
            runner.run(story())

    return run


def test_from_the_empty_folder_to_the_first_order_that_needs_somebody(play_alone, theme, tmp_path):
    async def story():
        clock = Clock()
        store = Store(clock=clock)
        till = Counter(await opened(tmp_path / "till", clock), theme, clock, store)
        for customer in (HALIMA, ADA):
            till.buys(customer, ("WIG-14", 1))
        till.buys(HALIMA, ("SHEA-200", 2), paid=False)
        store.faults.add("slow", times=4, path="/wc/v3/products", seconds=0.15)
        try:
            async with serve(store) as shop:
                till.front.show()
                till.window.resize(1366, 768)
                till.post.start()
                await till.until(lambda: "No web shop connected" in till.sync_line())
                await till.key("Ctrl+8")
                web = till.page.section()
                for field, words in (
                    (web.form.address, shop.url),
                    (web.form.key, shop.consumer_key),
                    (web.form.secret, shop.consumer_secret),
                ):
                    await till.tab_to(field.edit)
                    await till.write(words)
                await till.tab_to(button(web.form, "Test connection"))
                await till.key("Enter")
                await till.until(lambda: web.test.result is not None, "the test is over")
                assert web.test.result.code == "ok"
                assert till.post.line.phase == "none", "a test connects nothing"

                await till.tab_to(button(web.form, "Connect"))
                await till.key("Enter")
                await till.until(web.importing.isVisible, "the import shows how far it is")
                await till.until(lambda: "Syncing" in till.sync_line())
                await till.until(lambda: web.chip.chip.word == "Connected")
                assert web.form.secret.edit.text() == ""
                assert shop.consumer_secret not in words_of(till.window)
                await till.badge_is(1)
                await till.key("Ctrl+3")
                assert till.page.model.rowCount() == 3
                assert till.stock("WIG-14") == (1, 1, 0)
        finally:
            await till.leave()

    play_alone(story)


def test_a_shop_is_opened_by_its_name_and_owner(play_alone, theme, tmp_path):
    async def story():
        desk = Desk(tmp_path / "till", clock=Clock())
        try:
            dialog = OpenShopDialog(Perform(desk, actor=""))
            dialog.open()
            hands = Counter.__new__(Counter)  # hands before there is a window
            hands.window = dialog
            await hands.key("Tab")
            await hands.key("Enter")
            assert dialog.isVisible(), "a shop without a name is not opened"
            await hands.tab_to(dialog.name.edit, "Shift+Tab")
            await hands.write("Adaeze Stores")
            await hands.key("Tab")
            await hands.write("Adaeze")
            await hands.key("Enter")
            await hands.goes(dialog)
            reader = Reader(tmp_path / "till")
            assert (reader.settings().name, reader.settings().owner) == ("Adaeze Stores", "Adaeze")
            reader.close()
        finally:
            desk.close()

    play_alone(story)
