"""The activity as a file: what is listed, in the shop's own time, harmless in a spreadsheet, whole or not there."""

import csv
from pathlib import Path

import pytest

from posapp.commands.stock import AdjustStock
from posapp.gui.pages.activity_export import HEADERS, export_activity
from posapp.queries.activity import ActivityFilter, ActivityRow
from tests.gui.adaeze import Counter
from tests.shop import MAIN_LOCATION


def words(row: ActivityRow) -> str:
    return str(row.facts.get("reason", ""))


def test_the_newest_deed_is_the_first_line_in_the_shop_s_time(counter: Counter, tmp_path: Path) -> None:
    shop, path = counter.shop, tmp_path / "activity.csv"
    shop.do(AdjustStock, product_id="rice", location_id=MAIN_LOCATION, units=1, reason="=1+1")
    written = export_activity(shop.reader, ActivityFilter(), counter.parts.shop.zone, words, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, newest, *older = csv.reader(file)
    assert tuple(head) == HEADERS
    assert written == 1 + len(older)
    (seq,) = shop.reader.row("SELECT MAX(seq) FROM journal")
    told = dict(zip(head, newest, strict=True))
    assert told["When"] == shop.now.astimezone(counter.parts.shop.zone).strftime("%Y-%m-%d %H:%M:%S")
    assert (told["What"], told["Command"], told["Entry"]) == ("'=1+1", "adjust_stock", str(seq))


def test_a_file_that_cannot_be_written_leaves_the_old_one(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    path.write_text("the old one")

    def stumble(row: ActivityRow) -> str:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        export_activity(counter.shop.reader, ActivityFilter(), counter.parts.shop.zone, stumble, path)
    assert path.read_text() == "the old one"
    assert list(tmp_path.glob(".*.part")) == []
