"""The front of the house: the badge, the sync line, banners, the jump box, and how the window was left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.app import make_front
from posapp.commands.orders import HandOver
from posapp.commands.shop import MAIN_LOCATION
from posapp.gui.dialogs.order import OrderDialog
from posapp.gui.front import Front
from posapp.gui.pages.settings import SettingsPage
from posapp.gui.post import SyncLine
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.gui.tokens import Tone
from posapp.gui.widgets.button import Button
from posapp.settings import load
from posapp.sync import inbox
from posapp.sync.connections import About, Link, save_link
from posapp.sync.feed import RawItem
from tests.gui.adaeze import Counter, SilentPost
from tests.gui.walker import nameless_controls

PAGES = ("dashboard", "sell", "orders", "attention", "products", "settings", "health")


class NotingPost(SilentPost):
    """Notes also what the banners ask."""

    def dismiss_notice(self, connection_id: str) -> None:
        self.asked.append(f"read {connection_id}")


@dataclass
class Till:
    """The window on that Friday, and hands for it."""

    counter: Counter
    front: Front
    post: NotingPost
    preferences: Preferences

    def say(self, phase: str, **facts: object) -> str:
        """Let the post tell something; gives the sync line."""
        self.post.line = SyncLine(phase, **facts)
        self.post.line_changed.emit(self.post.line)
        return self.front.window.status.sync.accessibleName()

    def link(self, state: str, *, kind: str = "woocommerce", notice: str = "") -> None:
        link = Link(
            id=f"{kind}-1",
            kind=kind,
            url="https://shop.example.test",
            key="ck_1",
            location_id=MAIN_LOCATION,
            look_s=20,
            state=state,
            cursor="",
            imported=True,
            compared_at="",
            notice=notice,
            about=About("Adaeze Stores"),
        )
        self.counter.shop.desk.write_now(lambda c: save_link(c, link))
        self.post.connections_changed.emit()

    def set_aside(self, *numbers: str) -> None:
        desk, now = self.counter.shop.desk, self.counter.shop.now
        items = [RawItem("order", number, f"order/{number}", "", b"{}") for number in numbers]
        desk.write_now(inbox.store_items("woocommerce-1", items, now, now))
        seqs = desk.write_now(lambda c: [row[0] for row in c.execute("SELECT seq FROM inbox")])
        desk.write_now(inbox.mark(seqs, "quarantined", now, "It cannot be read."))
        self.post.connections_changed.emit()

    def banner(self, condition: str) -> str:
        return self.front.window.banners._shown[condition].accessibleName()

    def press(self, condition: str, word: str) -> None:
        banner = self.front.window.banners._shown[condition]
        next(button for button in banner.findChildren(Button) if button.word == word).click()

    @property
    def banners(self) -> tuple[str, ...]:
        return self.front.window.banners.shown()


@pytest.fixture
def open_till(counter: Counter, theme: Theme, tmp_path: Path) -> Iterator[Callable[[], Till]]:
    fronts: list[Till] = []

    def make() -> Till:
        post, kept = NotingPost(), tmp_path / "settings.toml"
        preferences = Preferences(kept, load(kept).settings)
        made = Till(
            counter,
            make_front(counter.shop.desk, counter.shop.reader, post, theme, preferences),
            post,
            preferences,
        )
        fronts.append(made)
        made.front.show()
        return made

    yield make
    for each in fronts:
        each.front.leave()
        each.preferences.finish()


@pytest.fixture
def till(open_till: Callable[[], Till]) -> Till:
    return open_till()


def test_the_badge_and_the_title_count_orders_that_need_a_person(till: Till, qtbot) -> None:
    window = till.front.window
    assert (window.rail.badge("attention"), window.windowTitle()) == (3, "(3) Adaeze Stores")
    till.counter.shop.sold({"rice": 5}, customer="Late Buyer")
    qtbot.waitUntil(lambda: window.rail.badge("attention") == 4)
    assert window.windowTitle() == "(4) Adaeze Stores"


def test_news_that_changes_nothing_of_it_leaves_the_badge(till: Till, qtbot) -> None:
    with qtbot.waitSignal(till.front.parts.changes.changed):
        till.counter.shop.do(HandOver, order_id=till.counter.orders["Halima"])
    assert till.front.window.rail.badge("attention") == 3


@pytest.mark.parametrize(
    ("phase", "facts", "words"),
    [
        ("idle", {}, "Up to date 14:32"),
        ("syncing", {}, "Syncing"),
        ("syncing", {"done": 1_200, "total": 4_000}, "Syncing 1,200/4,000"),
        ("offline", {}, "Offline, last web check 14:32"),
        ("sign_in", {}, "Sign in again Review"),
        ("taken_over", {}, "Another till serves the web shop Review"),
        ("stopped", {}, "Stopped Go on"),
        ("fault", {"words": "It stumbled."}, "Looking failed, tries again Review"),
        ("none", {}, "No web shop connected"),
    ],
)
def test_the_sync_line_says_how_it_stands(till: Till, phase: str, facts: dict, words: str) -> None:
    assert till.say(phase, last_ok=till.counter.shop.now, **facts) == words


@pytest.mark.parametrize(
    ("phase", "facts", "words"),
    [
        ("slow", {}, "Slow, last web check 9 min ago Review"),
        ("idle", {"skew_s": 420}, "Clock is off by 7 min Review"),
        ("idle", {"skew_s": -7_260}, "Clock is off by 2 h 01 Review"),
        ("idle", {"skew_s": 119}, "Up to date 14:32"),
        ("syncing", {"skew_s": 420}, "Syncing"),
    ],
)
def test_a_slow_web_and_a_wrong_clock_are_said(till: Till, phase: str, facts: dict, words: str) -> None:
    read_at = till.counter.shop.now
    if phase == "slow":
        till.counter.shop.now += timedelta(minutes=9)
    assert till.say(phase, last_ok=read_at, **facts) == words
    till.front.window.status.sync.click()
    assert till.front.window.current_id == "health"


def test_a_look_without_a_sign_of_life_is_slow(till: Till) -> None:
    began = till.counter.shop.now
    assert till.say("syncing", last_ok=began, moved_at=began) == "Syncing"
    till.counter.shop.now += timedelta(minutes=2)
    till.front.conditions._tick.timeout.emit()
    assert till.front.window.status.sync.accessibleName() == "Slow, last web check 2 min ago Review"
    assert till.say("syncing", last_ok=began, moved_at=till.counter.shop.now) == "Syncing"


def test_a_web_that_was_never_read_says_so_when_it_is_slow(till: Till) -> None:
    assert till.say("slow") == "Slow, not read yet Review"


def test_an_older_check_is_named_with_its_day(till: Till) -> None:
    yesterday: datetime = till.counter.shop.now - timedelta(days=1)
    assert till.say("offline", last_ok=yesterday) == "Offline, last web check 19 Nov 14:32"


def test_the_network_is_missed_while_it_is_away_and_no_longer(till: Till) -> None:
    till.say("offline", last_ok=till.counter.shop.now)
    assert till.banner("offline").startswith("No network since 14:32.")
    till.press("offline", "Try now")
    assert till.post.asked == ["look"]
    till.say("syncing")
    till.say("idle", last_ok=till.counter.shop.now)
    assert till.banners == ()


def test_a_stopped_look_goes_on_by_the_sync_line(till: Till) -> None:
    till.say("stopped")
    till.front.window.status.sync.click()
    assert till.post.asked == ["look"]
    assert till.front.window.current_id == "dashboard"


def test_a_refused_key_leads_to_the_place_that_mends_it(till: Till) -> None:
    till.link("sign_in", kind="paystack")
    till.press("sign_in paystack", "Change key")
    page = till.front.open_page("settings")
    assert isinstance(page, SettingsPage)
    assert page.section().accessibleName() == "Payment provider"
    till.link("active", kind="paystack")
    assert till.banners == ()


def test_a_shop_served_by_another_till_is_said(till: Till) -> None:
    till.link("taken_over")
    assert "takes nothing from it" in till.banner("taken_over")
    till.link("removed")
    assert till.banners == ()


def test_what_an_owner_should_know_stands_until_it_was_read(till: Till) -> None:
    till.link("active", notice="The web shop was restored from a backup.\x1b[2J\u202e")
    assert till.banner("notice woocommerce-1") == "The web shop was restored from a backup. [2J"
    till.press("notice woocommerce-1", "I have read it")
    assert till.post.asked == ["read woocommerce-1"]
    till.link("active")
    assert till.banners == ()


def test_what_was_set_aside_is_counted_and_reviewed(till: Till) -> None:
    till.set_aside("88231", "88232")
    assert till.banner("aside").startswith("2 records from the web could not be read.")
    assert till.front.window.status.cell("aside").accessibleName() == "Set aside 2"
    till.press("aside", "Review")
    assert till.front.window.current_id == "health"


def test_the_demo_is_named_on_every_page_but_the_one_that_says_it_itself(till: Till) -> None:
    till.post.demo_page = "http://127.0.0.1:8899/"
    till.post.connections_changed.emit()
    assert till.banners == ()
    till.front.open_page("orders")
    assert "http://127.0.0.1:8899/" in till.banner("demo")
    till.front.open_page("dashboard")
    assert till.banners == ()


def test_the_jump_box_opens_an_order_from_anywhere(till: Till, qtbot) -> None:
    window = till.front.window
    number = till.counter.shop.order(till.counter.orders["Ada"]).number
    window.jump_box.start()
    QTest.keyClicks(window.jump_box.edit, number)
    QTest.keyClick(window.jump_box.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), OrderDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog.order_id == till.counter.orders["Ada"]
    dialog.reject()


def test_a_refusal_that_no_screen_takes_is_said(till: Till, qtbot) -> None:
    till.front.parts.perform(HandOver, order_id="no such order")
    qtbot.waitUntil(lambda: len(till.front.window.toasts.history) == 1)


def test_the_window_is_shown_as_it_was_left(till: Till, open_till: Callable[[], Till]) -> None:
    till.front.window.resize(1024, 707)  # no wider than the screen of a test
    till.front.open_page("orders").table.columns.show("channel", on=False)
    till.front.window.close()
    till.preferences.finish()
    again = open_till()
    assert again.front.window.size().toTuple() == (1024, 707)
    assert "channel" in again.front.open_page("orders").table.columns.choice()["hidden"]


def test_closing_the_window_is_told(till: Till, qtbot) -> None:
    with qtbot.waitSignal(till.front.closed):
        till.front.window.close()


def test_no_control_of_the_whole_window_is_nameless(till: Till) -> None:
    till.link("sign_in", notice="Something to know.")
    till.set_aside("88231")
    till.say("offline")
    for page_id in PAGES:
        till.front.open_page(page_id)
    assert nameless_controls(till.front.window) == []


def test_tab_goes_on_where_the_eye_does_however_late_something_came(till: Till, qtbot) -> None:
    window = till.front.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = till.front.open_page("settings")
    deed = ("Act", None, lambda: None)
    banner = window.banners.show_banner("late", Tone.WAITING, "Something came.", deeds=(deed,))
    section = page.show_section("printing")
    page.nav.list.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert section.isAncestorOf(window.focusWidget())
    staff = page.show_section("staff")
    page.nav.list.setFocus()
    came_to = []
    for _ in range(4):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        came_to.append(window.focusWidget().accessibleName() or window.focusWidget().word)
    assert came_to[:2] == ["Activity", "Add somebody"], staff
    window.rail.tabs.setFocus()
    came_to = []
    while not page.isAncestorOf(window.focusWidget()):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        came_to.append(window.focusWidget())
    assert any(banner.isAncestorOf(each) for each in came_to)
    assert not any(window.status.isAncestorOf(each) for each in came_to)
    assert page.nav.field.isAncestorOf(window.focusWidget())


def test_the_rail_knows_the_page_that_has_no_tab(till: Till) -> None:
    till.front.open_page("health")
    tabs = till.front.window.rail.tabs
    assert tabs.items[tabs.currentIndex()].id == "settings"
    assert till.front.window.page().back()
    assert till.front.window.current_id == "settings"


@pytest.mark.parametrize("page", ["dashboard", "sell", "orders", "attention", "products", "settings"])
def test_a_window_can_be_as_low_as_an_old_laptop_leaves_it(till: Till, page: str) -> None:
    window = till.front.window
    window.open_page(page)
    window.resize(1024, 600)
    assert (window.width(), window.height()) == (1024, 600)
