"""A day at the drawer by keyboard: opened, cash out for diesel, closed with ₦500 missing, and killed while counting."""

import asyncio
import shutil
from functools import partial

from posapp.app import window_loop
from posapp.gui.dialogs.cash_move import CashMoveDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.shift_report import ShiftReportDialog
from posapp.gui.pages.close_day import CloseDayPage
from posapp.gui.pages.shift import ShiftPage
from posapp.queries.shifts import closed_shifts, open_shift_of, z_report
from tests.stories.counter import at_the_counter


async def opens(till, naira):
    """Open the shift from its page: the button has the keys."""
    await till.key("Ctrl+Shift+S")
    assert isinstance(till.page, ShiftPage)
    await till.key("Space")
    dialog = await till.top(OpenShiftDialog)
    await till.write(naira)
    await till.key("Enter")
    await till.goes(dialog)
    await till.until(till.page.close_button.isVisible, "the page knows the shift")


async def counts(till, *pieces):
    """Go to the close and type how many of each note, with Enter from field to field."""
    await till.tab_to(till.page.close_button)
    await till.key("Space")
    await till.until(lambda: isinstance(till.page, CloseDayPage), "the close of day opens")
    for each in pieces:
        await till.write(each)
        await till.key("Enter")


def test_a_day_is_closed_with_500_missing(play):
    async def story(till):
        await opens(till, "20,000")
        assert till.front.shift_foot.foot.accessibleName().startswith("Shift open ")
        till.sells("NECK-1", 2)  # ₦13,000
        await till.key("Ctrl+Shift+M")
        moving = await till.top(CashMoveDialog)
        await till.write("5000")
        await till.key("Enter")
        await till.write("Diesel")
        await till.key("Enter")
        await till.goes(moving)

        await counts(till, "20", "15")  # ₦27,500 of the ₦28,000 that must be there
        page = till.page
        assert page.commit.word == "Close the day: ₦500 short"
        await till.tab_to(page.reason.edit)
        await till.write("Wrong change given at about 17:00")
        await till.commit(page)
        report = await till.top(ShiftReportDialog)
        assert report.windowTitle() == "Z 1"
        await till.key("Esc")
        await till.goes(report)
        assert isinstance(till.page, ShiftPage)
        z = closed_shifts(till.reader)[0]
        frozen = z_report(till.reader, z.shift_id)
        assert (z.difference_minor, frozen.reason) == (-50_000, "Wrong change given at about 17:00")
        assert (frozen.expected_minor, frozen.total_sales_minor) == (2_800_000, 1_300_000)
        assert till.front.shift_foot.foot.accessibleName() == "No shift open"
        assert open_shift_of(till.reader) is None

    play(story)


def test_killed_while_counting_the_count_is_there_again(qapp, theme, connected, tmp_path):
    async def first(till):
        await opens(till, "20,000")
        await counts(till, "12", "3")
        page = till.page
        await till.until(lambda: '"3"' in _draft(till.folder), "the draft is on the disk")
        shutil.copytree(till.folder, tmp_path / "as it lay there")  # what a kill would leave
        assert page.count.total_minor == 1_350_000

    async def again(till):
        await till.key("Ctrl+Shift+S")
        await till.until(till.page.close_button.isVisible, "the shift is still open")
        await till.key("Space")
        await till.until(lambda: isinstance(till.page, CloseDayPage), "the close of day opens")
        assert till.page.count.total_minor == 1_350_000
        assert closed_shifts(till.reader) == ()

    async def whole():
        async with at_the_counter(connected, tmp_path / "till", theme) as counter:
            await first(counter)
        async with at_the_counter(tmp_path / "as it lay there", tmp_path / "again", theme) as counter:
            await again(counter)

    qapp.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=partial(window_loop, qapp)) as runner:
        runner.run(whole())


def _draft(folder):
    path = folder / "drafts" / "count.json"
    return path.read_text(encoding="utf-8") if path.exists() else ""
