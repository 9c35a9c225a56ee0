"""What reaches the printer: text where it has the letters, pictures elsewhere, and never a command from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.devices.rendering import Sheet, render
from posapp.domain.paper import (
    Bitmap,
    Cell,
    Cut,
    Feed,
    Line,
    Picture,
    Rule,
    columns_of,
    pair,
    scrubbed,
    whole_line,
    wrapped,
)
from tests.devices.interpreter import Interpreter, Printed

HOSTILE = "Tote\x1bp\x00\x19\xfa\x1d(A\x02\n\x10\x14\x01\x00\x01 \x1b@\x7f\x9b1m\u202ebag\u2028"


def drawn(line: Line, columns: int) -> Bitmap:
    return Bitmap(columns * 12, 2, b"\xaa" * (columns * 12 // 8 * 2))


def printed(*blocks, **sheet) -> Interpreter:
    return Interpreter().read(render([*blocks, Cut()], Sheet(**sheet), drawn))


def test_words_stand_left_and_figures_right():
    paper = printed(*pair("Ankara tote (red)", "37,500", 32), paper_mm=58)
    assert paper.sheets[0].text == "Ankara tote (red)" + " " * 9 + "37,500"


def test_a_long_name_is_wrapped_and_the_figures_stand_on_its_last_line():
    lines = printed(
        *pair("Hand-woven Aso Oke cloth, gold and indigo, six yards", "125,000.00", 32), paper_mm=58
    )
    assert lines.sheets[0].text.split("\n") == [
        "Hand-woven Aso Oke",
        "cloth, gold and",
        "indigo, six yards     125,000.00",
    ]


def test_figures_that_leave_no_room_stand_beneath():
    assert [line.cells[0].words for line in pair("Total", "9" * 28, 32)] == ["Total", "9" * 28]


@pytest.mark.parametrize("words", ["₦12,500", "Ṣẹ̀kẹ̀rẹ̀ àti ìlù", "قهوة عربية", "漢方", "🎁 gift"])
def test_a_line_the_printer_has_no_letters_for_is_a_picture_as_wide_as_the_paper(words):
    for mm, dots in ((58, 384), (80, 576)):
        things = printed(*whole_line(words, dots // 12), paper_mm=mm).sheets[0].things
        assert isinstance(things[0], Bitmap)
        assert things[0].width == dots


def test_signs_with_a_plain_twin_need_no_picture():
    assert printed(*whole_line("2 × “Zobo” − 5 …", 48)).sheets[0].text == '2 x "Zobo" - 5 ..'


def test_a_code_page_says_what_it_has_as_text():
    assert printed(*whole_line("Crème brûlée", 48), code_page="cp858").sheets[0].text == "Crème brûlée"
    assert printed(*whole_line("Crème brûlée", 48)).sheets[0].text == "[picture]"
    assert printed(*whole_line("plain", 48), code_page="picture").sheets[0].text == "[picture]"


def test_faces_hold_for_their_own_line_only():
    total = Line((Cell("TOTAL", 0, 24), Cell("1,000", 24, 24, "right")), bold=True, size=2)
    things = printed(*whole_line("before", 48), total, *whole_line("after", 48)).sheets[0].things
    assert things[:3] == [
        Printed("before"),
        Printed("TOTAL" + " " * 14 + "1,000", bold=True, double=True),
        Printed("after"),
    ]


def test_a_rule_goes_across_and_a_picture_stands_in_the_middle():
    dot = Bitmap(8, 1, b"\xff")
    things = printed(Rule(), Picture(dot), Feed(2), paper_mm=58).sheets[0].things
    assert things[0].width == 384
    assert things[0].rows.count(b"\xff" * 48) == 2
    inked = [at for at, byte in enumerate(things[1].rows) if byte]
    assert things[1].width > 180
    assert inked == [things[1].width // 8 - 1] or len(inked) <= 2


def test_no_cut_where_there_is_no_knife():
    assert b"\x1dV" not in render([Cut()], Sheet(cut=False), drawn)


@pytest.mark.parametrize("page", ["ascii", "cp437", "cp850", "cp858", "cp1252", "picture"])
def test_a_hostile_name_is_only_ever_letters(page):
    paper = printed(*pair(HOSTILE, "1,000", 32), *whole_line(HOSTILE, 32), paper_mm=58, code_page=page)
    assert paper.pulses == []
    assert len(paper.sheets) == 1
    # A cell that was made without `wrapped` passes the same gate.
    raw = printed(Line((Cell(HOSTILE, 0, 48),)), code_page=page)
    assert raw.pulses == []
    assert len(raw.sheets) == 1


@given(st.text(max_size=80), st.sampled_from(["ascii", "cp437", "cp850", "cp858", "cp1252"]))
def test_no_text_is_a_command(words, page):
    paper = printed(*pair(words, "1", 32), Line((Cell(words, 0, 32),)), paper_mm=58, code_page=page)
    assert len(paper.sheets) == 1
    assert not paper.pulses
    assert all(len(thing.words) <= 32 for thing in paper.sheets[0].things if isinstance(thing, Printed)), (
        "no line is longer than the paper is wide"
    )


@given(st.text(max_size=120), st.integers(8, 48))
def test_wrapping_loses_nothing_and_fits(words, width):
    lines = wrapped(words, width)
    assert all(columns_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(scrubbed(words).split())
