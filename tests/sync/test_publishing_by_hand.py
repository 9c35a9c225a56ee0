"""A number that somebody changes in the shop's back office: recognised, not overwritten, offered as a count."""

from pathlib import Path

import httpx

from tests.sync.publishing import published

SKU = "ZOBO-50"


async def test_a_hand_change_is_not_overwritten_and_a_count_publishes_again(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.store.set_stock(SKU, ours + 3)
        await till.look(6)
        (change,) = till.changed()
        assert (change.there, change.ours, change.shelf) == (ours + 3, ours, ours + 3)
        assert (till.there(SKU), till.free(SKU)) == (ours + 3, ours), "neither side is touched"
        assert till.wire.writes == []
        # A sale here changes ours, and still nothing is overwritten.
        till.receive(SKU, 1)
        await till.look(2)
        assert till.there(SKU) == ours + 3
        till.count(SKU, ours + 2)
        await till.look()
        assert till.there(SKU) == till.free(SKU) == ours + 2
        assert till.changed() == []
        assert till.state().waiting == 0


async def test_a_count_of_our_own_number_keeps_ours(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.store.set_stock(SKU, 0)
        await till.look(4)
        assert [one.there for one in till.changed()] == [0]
        till.count(SKU, ours)
        await till.look()
        assert till.there(SKU) == till.free(SKU) == ours


async def test_a_hand_change_to_our_own_number_is_agreement(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 4)
        till.store.set_stock(SKU, ours + 4)  # whoever unpacked the goods typed it on both sides
        await till.look(4)
        assert till.wire.writes == []
        assert till.changed() == []
        assert till.differing() == {}


async def test_both_sides_meeting_later_ends_it_too(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.store.set_stock(SKU, ours + 3)
        await till.look(4)
        assert len(till.changed()) == 1
        till.receive(SKU, 3)
        await till.look(2)
        assert till.changed() == []
        till.receive(SKU, 1)
        await till.look(2)
        assert till.there(SKU) == ours + 4


async def test_a_hand_change_that_is_taken_back_is_forgotten(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.store.set_stock(SKU, ours + 3)
        await till.look(5)
        till.store.set_stock(SKU, ours)
        await till.look(2)
        assert till.changed() == []
        till.receive(SKU, 1)
        await till.look()
        assert till.there(SKU) == ours + 1


async def test_sales_after_a_hand_change_are_told_from_it(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.store.set_stock(SKU, ours + 10)
        for _ in range(4):
            till.buy(SKU)
            await till.look()
        await till.look(2)
        (change,) = till.changed()
        assert (change.there, change.ours, change.promised) == (ours + 6, ours - 4, 4)
        assert change.shelf == ours + 10
        till.store.set_stock(SKU, 50)
        await till.look(5)
        assert [one.there for one in till.changed()] == [50], "a second change is shown as it is now"


async def test_a_sale_between_reading_and_writing_is_no_hand_change(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        bought: list[int] = []

        def somebody_buys(request: httpx.Request) -> None:
            if request.method == "POST" and not bought:
                bought.append(till.buy(SKU, 2))

        till.wire.meanwhile = somebody_buys
        await till.look()
        assert till.there(SKU) == ours + 5, "the sale is lost in the number for a moment"
        await till.look()
        assert till.there(SKU) == till.free(SKU) == ours + 3
        await till.look(4)
        assert till.changed() == []


async def test_a_sale_just_after_writing_is_no_hand_change(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        await till.look()
        till.buy(SKU, 2)
        await till.look(4)
        assert till.there(SKU) == till.free(SKU) == ours + 3
        assert till.changed() == []
        assert len(till.wire.writes) == 1


async def test_a_sale_between_the_orders_and_the_number_is_no_hand_change(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        bought: list[int] = []

        def somebody_buys(request: httpx.Request) -> None:
            if (
                "_fields" in request.url.query.decode()
                and "include" in request.url.query.decode()
                and not bought
            ):
                bought.append(till.buy(SKU, 2))

        till.wire.meanwhile = somebody_buys
        await till.look()
        assert bought
        assert till.wire.writes == [], "what is strange waits for the orders"
        await till.look(2)
        assert till.there(SKU) == till.free(SKU) == ours + 3
        assert till.changed() == []


async def test_what_orders_give_back_is_no_hand_change(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        order = till.buy(SKU, 3)
        await till.look(2)
        till.store.edit_quantity(order, SKU, 1)
        await till.look(2)
        till.store.edit_quantity(order, SKU, 2)
        await till.look(2)
        till.store.set_status(order, "cancelled")
        await till.look(4)
        assert till.changed() == []
        assert till.differing() == {}
        second = till.buy(SKU, 2)
        await till.look(2)
        till.store.trash(second)  # gives nothing back there; here the order is cancelled, its units are free
        await till.look(3)
        assert till.changed() == []
        assert till.differing() == {}
        third = till.buy(SKU, 2)
        await till.look(2)
        till.store.delete(third)
        till.worker.desk.write_now(lambda c: c.execute("UPDATE connection SET compared_at = NULL"))
        await till.look(4)
        assert till.changed() == []
        assert till.differing() == {}


async def test_a_number_is_strange_only_when_it_was_read_twice(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        for wrong in (3, 4, 5):  # somebody is still typing
            till.store.set_stock(SKU, ours + wrong)
            await till.look()
            assert till.changed() == []
        await till.look(2)
        assert [one.there for one in till.changed()] == [ours + 5]
        await till.look()
        assert till.wire.writes == []


async def test_units_of_an_unpaid_order_that_is_edited_are_followed(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        order = till.store.place([(SKU, 3)], method="bacs").id
        till.store.set_status(order, "on-hold")  # the shop takes them, here it holds nothing
        for units in (3, 1, 2, 4):
            till.store.edit_quantity(order, SKU, units)
            await till.look(2)
            assert till.there(SKU) == till.free(SKU) == ours
            assert till.changed() == []
        till.store.set_status(order, "cancelled")
        await till.look(2)
        assert till.there(SKU) == till.free(SKU) == ours
        assert till.changed() == []


async def test_the_shops_number_never_enters_the_shelf(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        shelf = till.rows("SELECT item_id, on_hand FROM level ORDER BY item_id")
        for product in till.store.state.products.values():
            if product.manage_stock:
                product.stock = 77
                till.store.touch(product)
        await till.look(6)
        assert till.rows("SELECT item_id, on_hand FROM level ORDER BY item_id") == shelf
        assert till.state().changed == len(till.changed()) > 5
        assert till.wire.writes == []


async def test_an_order_that_came_and_went_between_two_looks_is_no_hand_change(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.receive(SKU, 5)
        bought: list[int] = []

        def somebody_buys(request: httpx.Request) -> None:
            if request.method == "POST" and not bought:
                bought.append(till.buy(SKU, 2))

        till.wire.meanwhile = somebody_buys
        await till.look()
        till.store.set_status(bought[0], "cancelled")  # gives back two that our number had overwritten
        assert till.there(SKU) == till.free(SKU) + 2
        await till.look(5)
        assert till.changed() == []
        assert till.differing() == {}
