"""The people of the shop: the lock, what a manager allows, the staff and their roles, and what they did."""

from datetime import timedelta

from argon2 import PasswordHasher

from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.staff import AddStaff, NoteSecret
from posapp.commands.stock import AdjustStock
from posapp.gui.dialogs.staff_person import PersonDialog
from posapp.gui.dialogs.staff_role import RoleDialog
from posapp.gui.pages.lock import LockPage
from posapp.pins import Pins, Verdict
from posapp.queries.staff import roles, staff_row
from scripts.shots.pictures import ALL, LIGHT, Scene
from scripts.shots.stage import FRIDAY, OWNER, Stage, settle

STAFF = (("Chidi", "cashier"), ("Bola", "cashier"), ("Ify", "manager"))
_PIN = "2580"


def tell_staff(stage: Stage) -> None:
    """Three people beside the owner, all with a PIN; Chidi corrected the shelf, and Ify allowed it."""
    if stage.marks("staff"):
        return
    pins = Pins(stage.desk, hasher=PasswordHasher(1, 64, 1))
    for name, role_id in STAFF:
        stage.do(AddStaff, name=name, role_id=role_id)
    for name in (OWNER, *(name for name, _ in STAFF)):
        at = stage.clock()
        note = NoteSecret(id=f"pin-{name}", actor=OWNER, at=at, name=name, what="pin", given=True)
        stage.desk.do(note, also=pins.keep_pin(name, _PIN).result())
    pins.close()
    stage.clock.now = FRIDAY + timedelta(minutes=1)
    at = stage.clock()
    stage.desk.do(
        AdjustStock(
            id="corrected", actor="Chidi", approved_by="Ify", at=at, product_id=stage.product("RICE-5").id,
            location_id=MAIN_LOCATION, units=1, reason="found behind the sacks",
        )
    )  # fmt: skip
    settle()


def _as(stage: Stage, name: str) -> None:
    tell_staff(stage)
    stage.front.locker.page = None
    stage.parts.who.sign_in(name)
    settle()


def _locked(stage: Stage) -> LockPage:
    _as(stage, "Chidi")
    stage.front.locker.lock()
    page = stage.front.locker.page
    assert page is not None, "an owner has a PIN"
    return page


def _lock(stage: Stage) -> None:
    page = _locked(stage)
    for digit in _PIN[:2]:
        page.pad.press(digit)


def _lock_wait(stage: Stage) -> None:
    page = _locked(stage)
    page.gate.refuse(Verdict("", 30))


def _approve(stage: Stage) -> None:
    _as(stage, "Chidi")
    stage.front.open_page("products")
    stage.parts.perform(
        AdjustStock, product_id=stage.product("RICE-5").id, location_id=MAIN_LOCATION, units=-1, reason="torn"
    )
    settle(400)


def _settings(stage: Stage) -> None:
    _as(stage, OWNER)
    page = stage.front.open_page("settings")
    page.show_section("staff")


def _person(stage: Stage) -> None:
    _settings(stage)
    PersonDialog(stage.parts, staff_row(stage.reader, OWNER), stage.window).open()


def _new_person(stage: Stage) -> None:
    _settings(stage)
    dialog = PersonDialog(stage.parts, None, stage.window)
    dialog.open()
    dialog.name.set_text("Ngozi")


def _role(stage: Stage) -> None:
    _settings(stage)
    RoleDialog(stage.parts, roles(stage.reader)[0], "new", stage.window).open()


def _activity(stage: Stage) -> None:
    _as(stage, OWNER)
    stage.front.open_page("activity")


def _dashboard(stage: Stage) -> None:
    _as(stage, "Chidi")
    stage.front.open_page("dashboard")


def _barred(stage: Stage) -> None:
    _as(stage, "Chidi")
    page = stage.front.open_page("settings")
    page.show_section("shop")


PEOPLE = (
    Scene("lock", _lock, ALL),
    Scene("lock_wait", _lock_wait),
    Scene("approve", _approve, ALL),
    Scene("settings_staff", _settings, ALL),
    Scene("staff_person", _person, ALL),
    Scene("staff_new", _new_person),
    Scene("staff_role", _role, ALL),
    Scene("activity", _activity, ALL),
    Scene("dashboard_cashier", _dashboard),
    Scene("settings_barred", _barred, (LIGHT,)),
)
