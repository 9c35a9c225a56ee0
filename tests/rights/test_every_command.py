"""Every command, tried by everybody. The table is written by hand: it is what the shop was promised."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import posapp.commands
from posapp.commands.command import Command
from posapp.commands.handlers import HANDLERS
from posapp.commands.rights import NEEDS, NotStaff
from posapp.domain.errors import Refused
from posapp.domain.rights import NotAllowed
from tests.rights.scene import KINDS, PEOPLE, Accepted, Scene

# yes: carried out. -: a right is missing. never: no person may, whoever it is.
# storekeeper and trainee are roles of this shop: stock and found units; nothing at all.
TABLE = """
command             owner  manager  cashier  storekeeper  trainee  feed
change_setting      yes    -        -        -            -        never
import_product      never  never    never    never        never    yes
save_product        yes    yes      -        -            -        never
open_stock          never  never    never    never        never    yes
receive_stock       yes    yes      -        yes          -        never
adjust_stock        yes    yes      -        yes          -        never
count_stock         yes    yes      -        yes          -        never
move_stock          yes    yes      -        yes          -        never
add_location        yes    -        -        -            -        never
rename_location     yes    -        -        -            -        never
place_order         yes    yes      yes      -            -        never
edit_order          yes    yes      yes      -            -        never
cancel_order        yes    yes      -        -            -        never
hand_over           yes    yes      yes      -            -        never
mark_shipped        yes    yes      yes      -            -        never
record_payment      never  never    never    never        never    yes
take_payment        yes    yes      yes      -            -        never
confirm_transfer    yes    yes      yes      -            -        never
flag_delay          never  never    never    never        never    yes
place_shop_order    never  never    never    never        never    yes
revise_shop_order   never  never    never    never        never    yes
note_shop_order     never  never    never    never        never    yes
complete_shop_order never  never    never    never        never    yes
cancel_shop_order   never  never    never    never        never    yes
reopen_shop_order   never  never    never    never        never    yes
record_shop_refund  never  never    never    never        never    yes
forget_shop_refund  never  never    never    never        never    yes
begin_sending       never  never    never    never        never    yes
note_sent           never  never    never    never        never    yes
note_declined       never  never    never    never        never    yes
note_refund_state   never  never    never    never        never    yes
record_provider_refund never  never    never    never        never    yes
send_again          yes    yes      yes      -            -        never
discard_outgoing    yes    yes      -        -            -        never
give_details        yes    yes      -        -            -        never
resolve             yes    yes      -        -            -        never
undo_decision       yes    yes      -        -            -        never
swap_allocation     yes    yes      -        -            -        never
open_shift          yes    yes      yes      -            -        never
move_cash           yes    yes      -        -            -        never
close_shift         yes    yes      yes      -            -        never
reopen_shift        yes    yes      -        -            -        never
open_drawer         yes    yes      -        -            -        never
add_staff           yes    -        -        -            -        never
change_role         yes    -        -        -            -        never
retire_staff        yes    -        -        -            -        never
return_staff        yes    -        -        -            -        never
save_role           yes    -        -        -            -        never
remove_role         yes    -        -        -            -        never
note_secret         yes    -        -        -            -        never
sell                yes    yes      yes      -            -        never
collect_and_hand_over yes  yes      yes      -            -        never
take_back           yes    yes      -        -            -        never
take_back_unknown   yes    yes      -        -            -        never
set_credit_limit    yes    yes      -        -            -        never
pay_account         yes    yes      yes      -            -        never
save_tax_class      yes    -        -        -            -        never
"""
_HEAD, *_LINES = (line.split() for line in TABLE.strip().splitlines())
PROMISED = {line[0]: dict(zip(_HEAD[1:], line[1:], strict=True)) for line in _LINES}
CASES = [(tag, who, said) for tag, row in PROMISED.items() for who, said in row.items()]
WITH_SHIFT = ("move_cash", "close_shift")
FEEDS = ("web shop", "paystack", "posapp")


def kinds_of(kind: type[Command]) -> Iterator[type[Command]]:
    """Every kind of command that posapp itself has a class for."""
    for below in kind.__subclasses__():
        if below.__module__.startswith("posapp."):
            yield below
        yield from kinds_of(below)


def test_every_command_stands_in_the_table() -> None:
    """By the classes that there are: one that is in no list anywhere is missed too."""
    for module in iter_modules(posapp.commands.__path__, "posapp.commands."):
        import_module(module.name)
    there_are = set(kinds_of(Command))
    assert set(HANDLERS) == there_are, "a command without a handler"
    assert set(NEEDS) == there_are, "a command that nobody's right is asked for"
    assert set(PROMISED) | {"open_shop"} == set(KINDS), "write the new command into the table"
    assert all(set(row) == {*PEOPLE, "feed"} for row in PROMISED.values())


@pytest.mark.parametrize(("tag", "who", "said"), CASES)
def test_nothing_passes_that_should_not(
    tag: str, who: str, said: str, no_shift: Scene, in_shift: Scene
) -> None:
    scene = in_shift if tag in WITH_SHIFT else no_shift
    fields = scene.examples()[tag]
    for actor in FEEDS if who == "feed" else (PEOPLE[who],):
        outcome = Accepted if said == "yes" else NotAllowed if said == "-" else Refused
        with pytest.raises(outcome) as refused:
            scene.try_out(tag, actor, **fields)
        if said == "never":
            assert refused.value.code == ("not_staff" if who == "feed" else "feed_only")


@pytest.mark.parametrize("tag", PROMISED)
@pytest.mark.parametrize("actor", ["", "Nobody", "Gone", "adaeze", "Web shop", "Adaeze "])
def test_a_name_that_is_nobody_s_may_do_nothing(actor: str, tag: str, no_shift: Scene) -> None:
    """Not a stranger, not who left, not a name that only looks like one, not one that looks like a feed."""
    with pytest.raises(Refused) as refused:
        no_shift.try_out(tag, actor, **no_shift.examples()[tag])
    assert refused.value.code == ("feed_only" if PROMISED[tag]["feed"] == "yes" else "not_staff")


@pytest.mark.parametrize("tag", [tag for tag, row in PROMISED.items() if row["trainee"] == "-"])
def test_who_may_can_allow_it_once(tag: str, no_shift: Scene, in_shift: Scene) -> None:
    """A trainee may do nothing alone, and with the owner's name beside it everything a person may do."""
    scene = in_shift if tag in WITH_SHIFT else no_shift
    fields = scene.examples()[tag]
    with pytest.raises(Accepted):
        scene.try_out(tag, "Tolu", approved_by="Adaeze", **fields)
    with pytest.raises(NotAllowed):
        scene.try_out(tag, "Tolu", approved_by="Tolu", **fields)
    for nobody in ("Gone", "Nobody", "posapp"):
        with pytest.raises(NotStaff):
            scene.try_out(tag, "Tolu", approved_by=nobody, **fields)
    with pytest.raises(NotStaff):
        scene.try_out(tag, "Gone", approved_by="Adaeze", **fields)


def test_what_was_refused_leaves_no_trace(no_shift: Scene) -> None:
    before = no_shift.reader.rows("SELECT * FROM journal ORDER BY seq")
    for tag, row in PROMISED.items():
        if row["trainee"] == "-":
            with pytest.raises(NotAllowed):
                no_shift.desk.do(no_shift.command(KINDS[tag], actor="Tolu", **no_shift.examples()[tag]))
    assert no_shift.reader.rows("SELECT * FROM journal ORDER BY seq") == before


def test_a_shop_is_opened_by_its_owner_and_once(no_shift: Scene) -> None:
    fields = {"name": "X", "owner": "Chidi", "currency": "NGN", "time_zone": "UTC"}
    with pytest.raises(Refused):
        no_shift.try_out("open_shop", "Chidi", **fields)
