import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from posapp.commands.shop import ChangeSetting
from posapp.db.database import CannotOpen, DatabaseError
from posapp.queries.days import day_of, zone_of
from posapp.queries.reader import Reader
from tests.queries.situations import TOTE
from tests.shop import Shop


def test_a_reader_can_change_nothing(shop: Shop) -> None:
    for sql in ("DELETE FROM setting", "CREATE TABLE x (y)", "UPDATE orders SET number = '1'"):
        with pytest.raises(DatabaseError, match="readonly"):
            shop.reader.row(sql)


def test_a_folder_without_a_shop_is_said_in_words(tmp_path: Path) -> None:
    reader = Reader(tmp_path)  # opens nothing yet
    with pytest.raises(CannotOpen, match="There is no shop"):
        reader.settings()
    with pytest.raises(CannotOpen), reader.snapshot():
        pass
    assert list(tmp_path.iterdir()) == []


def test_how_the_shop_is_set_up(shop: Shop) -> None:
    shop.do(ChangeSetting, key="auto_fill", value="false")
    shop.do(ChangeSetting, key="tax_basis_points", value="750")
    settings = shop.reader.settings()
    assert (settings.name, settings.owner, settings.currency) == ("Adaeze Stores", "Adaeze", "NGN")
    assert (settings.time_zone, settings.till, settings.is_open) == ("Africa/Lagos", "A", True)
    assert (settings.auto_fill, settings.tax_basis_points) == (False, 750)
    assert [place.name for place in settings.locations] == ["Shop"]


def test_inside_a_snapshot_nothing_changes(shop: Shop) -> None:
    shop.product("Tote", stock=1)
    count = "SELECT COUNT(*) FROM orders"
    with shop.reader.snapshot():
        assert shop.reader.value(count) == 0
        shop.place({TOTE: 1})
        with shop.reader.snapshot():  # one inside another is the same one
            assert shop.reader.value(count) == 0
        assert shop.reader.value(count) == 0
    assert shop.reader.value(count) == 1


def test_a_snapshot_ends_when_a_question_fails(shop: Shop) -> None:
    shop.product("Tote", stock=1)
    with pytest.raises(DatabaseError), shop.reader.snapshot():
        shop.reader.value("SELECT nothing FROM nowhere")
    shop.place({TOTE: 1})
    assert shop.reader.value("SELECT COUNT(*) FROM orders") == 1


def test_another_thread_has_a_reader_of_its_own(shop: Shop) -> None:
    shop.product("Tote", stock=1)
    other, counted = shop.reader.again(), []
    thread = Thread(target=lambda: counted.append(other.value("SELECT COUNT(*) FROM product")))
    thread.start()
    thread.join()
    other.close()
    assert counted == [1]
    assert other.connection is not shop.reader.connection
    other.close()


def test_a_closed_reader_opens_again_when_asked(shop: Shop) -> None:
    shop.reader.close()
    assert shop.reader.settings().name == "Adaeze Stores"


def test_an_order_with_everything(shop: Shop) -> None:
    shop.product("Tote", stock=1)
    order_id = shop.sold({TOTE: 2})
    order = shop.reader.order(order_id)
    assert order is not None
    assert (len(order.lines), len(order.payments), len(order.cases)) == (1, 1, 1)
    assert shop.reader.order("nothing") is None


def test_a_day_is_as_long_as_the_clocks_make_it() -> None:
    lagos = day_of(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "Africa/Lagos")
    assert lagos.from_at == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert lagos.to_at - lagos.from_at == timedelta(hours=24)
    for noon, hours in (
        (datetime(2026, 3, 29, 12, tzinfo=UTC), 23),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), 25),
    ):
        day = day_of(noon, "Europe/Paris")
        assert day.to_at - day.from_at == timedelta(hours=hours)


def test_an_unknown_time_zone_is_taken_as_utc() -> None:
    for name in ("Nowhere/Land", "", "../../etc/passwd"):
        assert zone_of(name).key == "UTC"


def test_a_reader_is_no_sqlite_of_the_standard_library(shop: Shop) -> None:
    assert not isinstance(shop.reader.connection, sqlite3.Connection)
