"""Nothing is lost, nothing is printed twice without saying so, and no one waits for paper."""

from functools import partial

import pytest

from posapp.db import print_jobs
from posapp.devices.port import Unreachable
from posapp.devices.ports import SystemPort
from posapp.devices.queue import CannotSetOut
from posapp.devices.talking import Pace, open_drawer
from tests.devices.interpreter import Interpreter
from tests.devices.printer import NO_PAPER, OPEN_COVER, PATIENCE_S, printer


def sheet(paper) -> list[str]:
    """The lines of the next sheet."""
    return paper.printed.get(timeout=PATIENCE_S).split("\n")


def test_jobs_are_printed_in_order_and_each_once(till, paper):
    for number in range(5):
        till.ask(f"order {number}")
    assert [sheet(paper)[0] for _ in range(5)] == [f"order {n}" for n in range(5)]
    till.rest()
    assert till.rows() == [(f"order {n}", "printed") for n in range(5)]
    assert paper.printed.empty()


def test_the_same_again_is_a_copy_and_what_is_asked_for_as_one_too(till, paper):
    till.ask("0007")
    till.ask("0007")
    till.ask("0008", copy=True)
    assert [sheet(paper)[0] for _ in range(3)] == ["0007", "0007 COPY", "0008 COPY"]


@pytest.mark.parametrize(("what", "told"), [(NO_PAPER, "paper_out"), (OPEN_COVER, "cover_open")])
def test_a_printer_that_cannot_print_is_given_nothing_until_it_can(till, paper, what, told):
    paper.stumble(what)
    till.ask("0001")
    till.ask("0002")
    till.until(lambda s: s.trouble == told and s.waiting == 2)
    assert b"0001" not in paper.received, "what it was not given it cannot print twice"
    paper.mend()
    assert [sheet(paper)[0], sheet(paper)[0]] == ["0001", "0002"]
    till.rest()


def test_paper_that_ends_in_the_midst_is_told_and_the_printer_goes_on_with_what_it_has(till, paper):
    ended = 0

    def end_the_paper(token):
        nonlocal ended
        if token.what == "line" and not ended:
            ended = 1
            paper.trouble = NO_PAPER
        do(token)

    do = paper.paper.do
    paper.paper.do = end_the_paper
    till.long = 20
    till.ask("0001")
    till.until(lambda s: s.trouble == "paper_out" and s.printing)
    paper.mend()
    assert sheet(paper) == ["0001", *["more"] * 20]
    till.rest()
    assert till.rows("state, torn") == [("printed", 0)]
    assert paper.printed.empty()


@pytest.mark.parametrize("after", [40, 200, 800])
def test_a_job_that_was_cut_in_the_midst_is_printed_again_and_says_so(till, paper, after):
    till.long = 200
    paper.vanish_after = after
    till.ask("0001")
    till.until(lambda s: s.trouble in ("vanished", "unreachable"))
    paper.appear()
    lines = sheet(paper)
    assert lines[0] == "0001", "what was on paper already"
    assert lines[-201:] == ["0001 AGAIN", *["more"] * 200], "the whole of it once more, marked"
    till.rest()
    assert till.rows("state, torn") == [("printed", 1)]
    assert paper.printed.empty()


def test_one_that_vanishes_before_the_first_byte_of_a_job_leaves_no_mark(till, paper):
    paper.vanish_after = 9  # it is asked how it stands, three bytes a question
    till.ask("0001")
    till.until(lambda s: s.trouble in ("vanished", "unreachable"))
    paper.appear()
    assert sheet(paper)[0] == "0001"


def test_a_printer_that_is_not_there_loses_nothing(till, paper):
    paper.vanish()
    till.ask("0001")
    till.ask("0002")
    till.until(lambda s: s.trouble == "unreachable")
    paper.appear()
    assert [sheet(paper)[0], sheet(paper)[0]] == ["0001", "0002"], "nothing of them was on paper: no mark"


def test_a_printer_that_never_answers_is_believed(till):
    with printer(answers=False) as silent:
        till.address = silent.address
        till.again(Pace(answer_s=0.2))
        till.ask("0001")
        assert sheet(silent)[0] == "0001"
        till.rest()


def test_one_that_answers_and_dies_before_it_says_that_it_printed_is_not_believed(till, paper):
    answer = paper._say
    # Never confirms, then is gone.
    paper._say = lambda there, byte: None if byte == 0 else answer(there, byte)
    paper.stumble("")
    till.ask("0001")
    assert sheet(paper)[0] == "0001"
    paper.vanish()
    till.until(lambda s: s.trouble in ("vanished", "unreachable"))
    paper._say = answer
    paper.appear()
    assert sheet(paper)[0] == "0001 AGAIN"


def test_one_that_falls_silent_while_it_prints_is_not_believed(till, paper):
    till.again(Pace(answer_s=5.0, look_s=0.02, silent_s=0.3))
    answer, do = paper._say, paper.paper.do

    def fall_silent(token):
        if token.what == "line":
            paper._say = lambda there, byte: None
        do(token)

    paper.paper.do = fall_silent
    till.ask("0001")
    till.until(lambda s: s.trouble == "vanished")
    assert sheet(paper)[0] == "0001"
    paper.paper.do, paper._say = do, answer
    assert sheet(paper)[0] == "0001 AGAIN"


def test_one_that_does_not_know_the_last_question_is_believed_when_it_is_well(till, paper):
    till.again(Pace(answer_s=5.0, look_s=0.02, unsaid_s=0.3))
    answer = paper._say
    paper._say = lambda there, byte: None if byte == 0 else answer(there, byte)
    till.ask("0001")
    assert sheet(paper)[0] == "0001"
    till.rest()
    assert till.rows("state, torn") == [("printed", 0)]


def test_a_start_goes_on_where_the_program_ended(till, paper):
    paper.vanish()
    till.ask("0001")
    till.ask("0002")
    till.until(lambda s: s.trouble == "unreachable" and s.waiting == 2)
    till.stop()
    paper.appear()
    till.start()
    assert [sheet(paper)[0], sheet(paper)[0]] == ["0001", "0002"]


def test_what_was_being_printed_when_the_program_was_killed_says_so(till, paper):
    paper.vanish()
    till.ask("0001")
    till.until(lambda s: s.trouble == "unreachable")
    till.queue.stop()
    # A kill leaves the row as it was while its bytes were on their way.
    till.desk.write_now(lambda c: print_jobs.begin(c, 1))
    till.desk.close()
    paper.appear()
    till.start()
    assert sheet(paper)[0] == "0001 AGAIN"


def test_closing_does_not_wait_for_a_printer_without_paper(till, paper):
    paper.stumble(NO_PAPER)
    till.ask("0001")
    till.until(lambda s: s.trouble == "paper_out")
    till.queue.stop()
    assert not till.queue._thread.is_alive()
    assert till.rows() == [("0001", "waiting")]


def test_a_cancelled_job_is_not_printed_and_the_next_one_is(till, paper):
    paper.stumble(NO_PAPER)
    till.ask("0001")
    till.ask("0002")
    till.until(lambda s: s.trouble == "paper_out" and s.waiting == 2)
    till.queue.note(partial(print_jobs.give_up, job_id=1, state="cancelled"))
    till.until(lambda s: s.waiting == 1)
    paper.mend()
    assert sheet(paper)[0] == "0002"
    till.rest()
    assert till.rows() == [("0001", "cancelled"), ("0002", "printed")]


def test_a_job_can_be_cancelled_while_the_printer_has_it_in_hand(till, paper):
    do = paper.paper.do

    def end_the_paper(token):
        paper.trouble = NO_PAPER
        do(token)

    paper.paper.do = end_the_paper
    till.long = 20
    till.ask("0001")
    till.until(lambda s: s.trouble == "paper_out" and s.printing)
    till.queue.note(partial(print_jobs.give_up, job_id=1, state="cancelled"))
    till.until(lambda s: s.waiting == 0)
    assert till.rows() == [("0001", "cancelled")]


def test_one_receipt_that_cannot_be_set_out_stops_no_other(till, paper):
    set_out = till.set_out

    def stumbling(job):
        if job.subject == "gone":
            raise CannotSetOut("the order is not there")
        if job.subject == "fault":
            raise ZeroDivisionError
        return set_out(job)

    till.stop()
    till.set_out = stumbling
    till.start()
    for subject in ("gone", "fault", "0001"):
        till.ask(subject)
    assert sheet(paper)[0] == "0001"
    till.rest()
    assert till.rows() == [("gone", "failed"), ("fault", "failed"), ("0001", "printed")]
    assert till.rows("trouble")[0] == ("the order is not there",)


def test_the_drawer_opens_by_either_wire(till, paper):
    till.queue.open_drawer(2)
    till.queue.open_drawer(5)
    assert [paper.opened.get(timeout=PATIENCE_S) for _ in range(2)] == ["pulse", "pulse"]
    assert paper.paper.pulses == [0, 1]


def test_the_drawer_opens_at_once_also_while_the_printer_has_no_paper(till, paper):
    paper.stumble(NO_PAPER)
    till.ask("0001")
    till.until(lambda s: s.trouble == "paper_out")
    till.queue.open_drawer(2)
    assert paper.opened.get(timeout=PATIENCE_S) == "pulse_now", "by the command that needs no paper"
    paper.mend()
    assert sheet(paper)[0] == "0001"
    till.rest()
    assert paper.paper.pulses == [0], "once, and not again when the paper is there"


def test_the_drawer_opens_while_a_receipt_waits_in_the_printer(till, paper):
    do = paper.paper.do

    def end_the_paper(token):
        if token.what == "line":
            paper.trouble = NO_PAPER
        do(token)

    paper.paper.do = end_the_paper
    till.ask("0001")
    till.until(lambda s: s.trouble == "paper_out" and s.printing)
    till.queue.open_drawer(2)
    assert paper.opened.get(timeout=PATIENCE_S) == "pulse_now"


def test_a_drawer_that_cannot_be_reached_is_told_and_never_opens_later(till, paper):
    paper.vanish()
    till.queue.open_drawer(2)
    assert till.drawer.get(timeout=PATIENCE_S) == "unreachable"
    paper.appear()
    till.ask("0001")
    assert sheet(paper)[0] == "0001"
    assert paper.paper.pulses == []


def test_without_a_printer_jobs_wait_for_one(till, paper):
    def none():
        raise Unreachable("none")

    there, till.make_port = till.make_port, none
    till.ask("0001")
    till.until(lambda s: s.trouble == "none")
    till.make_port = there
    till.queue.note()
    assert sheet(paper)[0] == "0001"


def test_a_fault_of_ours_is_said_and_not_swallowed(till, paper, caplog):
    def broken():
        raise ZeroDivisionError

    till.make_port = broken
    till.ask("0001")
    till.until(lambda s: s.trouble == "ours")
    assert "printing stopped" in caplog.text
    till.make_port = till.network
    till.again(till.pace)
    assert sheet(paper)[0] == "0001"


def test_an_idle_printer_is_asked_now_and_then_whether_it_could(till, paper):
    till.look_again_s = 0.05
    paper.stumble(OPEN_COVER)
    till.again(till.pace)
    till.until(lambda s: s.trouble == "cover_open" and not s.waiting)
    paper.mend()
    till.until(lambda s: not s.trouble)
    paper.vanish()
    till.until(lambda s: s.trouble == "unreachable")
    paper.appear()
    till.until(lambda s: not s.trouble)
    assert paper.paper.sheets == []


def test_another_printer_is_looked_at_at_once(till, paper):
    till.look_again_s = 3_600.0
    till.again(till.pace)
    till.until(lambda s: not s.trouble)
    paper.stumble(OPEN_COVER)
    till.queue.look_anew()
    till.until(lambda s: s.trouble == "cover_open")


def test_the_system_s_printer_gets_the_job_and_nothing_else(till, spooler):
    till.make_port = lambda: SystemPort("receipts")
    till.look_again_s = 3_600.0
    till.again(till.pace)
    till.ask("0001")
    till.rest()
    (sheet,) = Interpreter().read((spooler / "job").read_bytes()).sheets
    assert sheet.text.split("\n")[0] == "0001"
    assert (spooler / "job").read_bytes().startswith(b"\x1b@")


def test_the_system_s_printer_opens_the_drawer(spooler):
    port = SystemPort("receipts")
    port.open()
    open_drawer(port, 5, Pace())
    assert (spooler / "job").read_bytes() == b"\x1bp\x01\x32\x32"
