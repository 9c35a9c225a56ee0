"""The staff: names for good, roles that nobody can climb by, and always an owner."""

from typing import Any

import pytest

from posapp.domain.errors import Refused
from posapp.domain.rights import PRESETS, SYSTEM_ACTORS, NotAllowed, Right, tidy_name
from posapp.queries.staff import roles, staff_row
from posapp.sync.connectors.registry import CONNECTORS
from posapp.sync.deriving import ACTOR
from tests.rights.scene import KINDS, Accepted, Scene


def refused(scene: Scene, tag: str, who: str = "Adaeze", **fields: Any) -> str:
    with pytest.raises((Refused, Accepted)) as said:
        scene.try_out(tag, who, **fields)
    return getattr(said.value, "code", "")


@pytest.mark.parametrize("name", [*sorted(SYSTEM_ACTORS), "POSAPP", "Web  Shop", "ＰＯＳＡＰＰ", "WebShop"])
def test_nobody_can_be_called_like_a_feed(name: str, no_shift: Scene) -> None:
    assert refused(no_shift, "add_staff", name=name, role_id="cashier") == "bad_name"
    assert refused(no_shift, "change_setting", key="owner", value=name) == "bad_name"


def test_whoever_tells_what_a_feed_tells_is_known_here() -> None:
    assert {ACTOR, "posapp"} <= SYSTEM_ACTORS
    assert set(CONNECTORS) - {"woocommerce"} <= SYSTEM_ACTORS, "a payment provider acts under its own name"


@pytest.mark.parametrize("name", ["Chidi", "chidi", " CHIDI ", "Ch idi", "Gone", "ｇｏｎｅ", "Adaeze"])
def test_a_name_is_given_once_for_all_time(name: str, no_shift: Scene) -> None:
    assert refused(no_shift, "add_staff", name=name, role_id="cashier") == "name_taken"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 41])
def test_a_name_is_a_name(name: str, no_shift: Scene) -> None:
    assert refused(no_shift, "add_staff", name=name, role_id="cashier") in ("name_missing", "bad_name")


def test_control_signs_do_not_get_into_a_name() -> None:
    assert tidy_name("  Ada\u202e\n Obi\x00 ") == "Ada Obi"


def test_there_is_always_an_owner(no_shift: Scene) -> None:
    assert refused(no_shift, "retire_staff", name="Adaeze") == "last_owner"
    assert refused(no_shift, "change_role", name="Adaeze", role_id="manager") == "last_owner"
    assert refused(no_shift, "save_role", role_id="owner", name="Owner", rights={}) == "owner_role"


def test_a_role_that_somebody_has_stays(no_shift: Scene) -> None:
    assert refused(no_shift, "remove_role", role_id="storekeeper") == "role_in_use"
    assert refused(no_shift, "add_staff", name="New", role_id="nothing") == "role_not_found"
    assert refused(no_shift, "save_role", role_id="x", name="cashier", rights={}) == "name_taken"
    assert refused(no_shift, "save_role", role_id="x", name="X", rights={Right.DISCOUNT: -1}) == "bad_amount"


@pytest.fixture(scope="module")
def climber(no_shift: Scene) -> str:
    """Somebody who may manage staff, and little else."""
    rights = {Right.STAFF_MANAGE: None, Right.SALE_MAKE: None, Right.DISCOUNT: 1_000}
    no_shift.do(KINDS["save_role"], role_id="hr", name="Personnel", rights=rights)
    no_shift.do(KINDS["save_role"], role_id="seller", name="Seller", rights={Right.SALE_MAKE: None})
    no_shift.do(KINDS["add_staff"], name="Femi", role_id="hr")
    no_shift.do(KINDS["add_staff"], name="Kunle", role_id="seller")
    return "Femi"


CLIMBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add_staff", {"name": "Friend", "role_id": "owner"}),
    ("add_staff", {"name": "Friend", "role_id": "cashier"}),  # may take orders, which Femi may not
    ("change_role", {"name": "Femi", "role_id": "owner"}),
    ("change_role", {"name": "Kunle", "role_id": "manager"}),
    ("change_role", {"name": "Adaeze", "role_id": "seller"}),
    ("retire_staff", {"name": "Ify"}),
    ("save_role", {"role_id": "hr", "name": "Personnel", "rights": {Right.SETTINGS_MANAGE: None}}),
    ("save_role", {"role_id": "hr", "name": "Personnel", "rights": {Right.DISCOUNT: 1_001}}),
    ("save_role", {"role_id": "hr", "name": "Personnel", "rights": {Right.DISCOUNT: None}}),
    ("save_role", {"role_id": "manager", "name": "Manager", "rights": {}}),
    ("remove_role", {"role_id": "manager"}),
    ("note_secret", {"name": "Adaeze", "what": "pin", "given": True}),
    ("note_secret", {"name": "Ify", "what": "badge", "given": True}),
    ("change_setting", {"key": "owner", "value": "Femi Two"}),
)


@pytest.mark.parametrize(("tag", "fields"), CLIMBS)
def test_nobody_climbs_by_managing_staff(
    tag: str, fields: dict[str, Any], no_shift: Scene, climber: str
) -> None:
    with pytest.raises(NotAllowed):
        no_shift.try_out(tag, climber, **fields)


ALLOWED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add_staff", {"name": "Friend", "role_id": "seller"}),
    ("change_role", {"name": "Kunle", "role_id": "trainee"}),
    ("retire_staff", {"name": "Kunle"}),
    ("save_role", {"role_id": "seller", "name": "Seller", "rights": {Right.DISCOUNT: 1_000}}),
    ("note_secret", {"name": "Kunle", "what": "pin", "given": True}),
    ("note_secret", {"name": "Femi", "what": "pin", "given": True}),
)


@pytest.mark.parametrize(("tag", "fields"), ALLOWED)
def test_within_their_own_rights_they_manage(
    tag: str, fields: dict[str, Any], no_shift: Scene, climber: str
) -> None:
    with pytest.raises(Accepted):
        no_shift.try_out(tag, climber, **fields)


def test_everybody_may_change_their_own_pin(no_shift: Scene) -> None:
    with pytest.raises(Accepted):
        no_shift.try_out("note_secret", "Tolu", name="Tolu", what="pin", given=True)


def test_an_edited_preset_holds_and_goes_back_when_it_is_dropped(no_shift: Scene) -> None:
    edited = {Right.SALE_MAKE: None, Right.REFUNDS_ISSUE: 5_000}
    no_shift.do(KINDS["save_role"], role_id="cashier", name="Sales", rights=edited)
    chidi = staff_row(no_shift.reader, "Chidi")
    assert chidi is not None
    assert (chidi.role.name, chidi.role.rights) == ("Sales", edited)
    assert [role.id for role in roles(no_shift.reader)][:3] == ["cashier", "manager", "owner"]
    no_shift.do(KINDS["remove_role"], role_id="cashier")
    chidi = staff_row(no_shift.reader, "Chidi")
    assert chidi is not None
    assert chidi.role == PRESETS["cashier"]


def test_who_left_can_come_back_under_the_same_name(no_shift: Scene) -> None:
    no_shift.do(KINDS["add_staff"], name="Segun", role_id="cashier")
    no_shift.do(KINDS["retire_staff"], name="Segun")
    gone = staff_row(no_shift.reader, "Segun")
    assert gone is not None
    assert (gone.active, gone.retired_at is not None) == (False, True)
    no_shift.do(KINDS["return_staff"], name="Segun")
    back = staff_row(no_shift.reader, "Segun")
    assert back is not None
    assert (back.active, back.retired_at) == (True, None)
