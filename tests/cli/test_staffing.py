"""Who works here, and what was done: from a shell."""

from posapp.commands.command import new_command_id
from posapp.commands.staff import NoteSecret, RetireStaff
from posapp.desk import Desk
from posapp.pins import Pins


def give_pin(folder, name):
    desk = Desk(folder)
    pins, at = Pins(desk), desk.clock()
    command = NoteSecret(id=new_command_id(at), actor="Owner", at=at, name=name, what="pin", given=True)
    desk.do(command, also=pins.keep_pin(name, "2580").result())
    pins.close()
    desk.close()


def test_the_staff_is_listed_with_roles_and_how_they_are_known(shop, folder, ask, run):
    shop(TOTE=1)
    give_pin(folder, "Ify")
    people = {one["name"]: one for one in ask("staff")}
    assert {name: one["role_id"] for name, one in people.items()} == {
        "Owner": "owner",
        "Ify": "manager",
        "Chidi": "cashier",
    }
    assert [name for name, one in people.items() if one["has_pin"]] == ["Ify"]
    assert "argon2" not in str(people)
    roles = {one["id"]: one["rights"] for one in ask("staff", "--roles")}
    assert roles["cashier"]["discount"] == 500
    assert roles["owner"]["refunds.issue"] is None
    assert "Ify" in run("staff").out
    assert "refunds.issue" in run("staff", "--roles").out


def test_what_somebody_may_not_do_is_refused_in_a_shell_too(shop, ask, run):
    shop(TOTE=1)
    said = run("receive", "TOTE", "5", "--actor", "Chidi", "--json")
    assert (said.code, said.error["error"]) == (1, "not_allowed")
    assert run("receive", "TOTE", "5", "--actor", "Nobody", "--json").error["error"] == "not_staff"
    assert ask("receive", "TOTE", "5", "--actor", "Ify")
    assert ask("stock", "TOTE")[0]["on_hand"] == 6


def test_what_was_done_is_told_by_person_kind_and_order(shop, ask, run):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1", "--actor", "Chidi")
    ask("pay", "1", "--amount-minor", 1_500_000, "--method", "cash")
    ask("receive", "TOTE", "2", "--actor", "Ify")
    assert [one["words"] for one in ask("activity", "--who", "Chidi")] == ["Made order 0001"]
    assert [one["who"] for one in ask("activity", "--order", "0001")] == ["Owner", "Chidi"]
    stock = ask("activity", "--kind", "stock", "--limit", "1")
    assert [(one["who"], one["command"], one["till"]) for one in stock] == [("Ify", "receive_stock", "A")]
    assert ask("activity", "--from", "1990-01-01", "--to", "1990-01-02") == []
    assert ask("activity", "--who", "feeds") == []
    assert len(ask("activity", "--who", "all")) == len(ask("activity"))
    assert "Took 15,000.00 NGN in cash for order 0001" in run("activity").out
    assert run("activity", "--from", "2026-11-02", "--to", "2026-11-01").code == 2


def test_a_forgotten_pin_is_no_closed_shop(shop, folder, ask, run):
    shop(TOTE=1)
    give_pin(folder, "Owner")
    people = ask("staff", "--forget-pin", "Owner")
    assert not any(one["has_pin"] for one in people)
    assert ask("activity", "--limit", "1")[0]["words"] == "Took away the PIN of Owner"
    assert run("staff", "--forget-pin", "Nobody", "--json").error["error"] == "staff_not_found"
    desk = Desk(folder)
    at = desk.clock()
    desk.do(RetireStaff(id=new_command_id(at), actor="Owner", at=at, name="Chidi"))
    desk.close()
    assert run("staff", "--forget-pin", "Chidi", "--json").error["error"] == "retired"
