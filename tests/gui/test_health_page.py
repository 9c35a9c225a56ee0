"""Sync and health: what waits, what was set aside and why, its raw text, and whether the stock adds up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import utc_now
from posapp.gui.dialogs.raw_text import RawTextDialog
from posapp.gui.pages.connection_words import chip_now
from posapp.gui.pages.health import HealthPage, all_set_aside
from posapp.gui.pages.health_cards import SHOWN
from posapp.gui.post import SyncLine
from posapp.gui.record_words import harmless, laid_out
from posapp.gui.theme import Theme
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import Question
from posapp.gui.widgets.label import Label
from posapp.queries import health
from posapp.queries.health import ConnectionRow
from posapp.sync import inbox
from posapp.sync.feed import RawItem
from tests.gui.adaeze import Counter, SilentPost
from tests.gui.live import house, live, press, until
from tests.gui.walker import nameless_controls

HOSTILE = '{"id":88231,"name":"Ankara\u202etote\x07 <b>bold</b>","total":"1250.555","meta":[]}'


class NotingPost(SilentPost):
    """Notes also what is wished of things that were set aside."""

    def retry(self, *inbox_seqs: int) -> None:
        self.asked.append(f"retry {inbox_seqs}")

    def discard(self, inbox_seq: int) -> None:
        self.asked.append(f"discard {inbox_seq}")


@pytest.fixture
def page(counter: Counter, qtbot) -> HealthPage:
    counter.post = NotingPost()
    object.__setattr__(counter.parts, "post", counter.post)
    went: list[str] = []
    made = HealthPage(counter.parts, lambda: went.append("back"))
    made.went = went
    qtbot.addWidget(made)
    made.resize(1158, 700)
    made.show()
    made.opened()
    return made


def store(counter: Counter, state: str, *numbers: str, kind: str = "order", body: str = HOSTILE) -> list[int]:
    desk, now = counter.shop.desk, counter.shop.now
    items = [RawItem(kind, number, f"{kind}/{number}", "", body.encode()) for number in numbers]
    desk.write_now(inbox.store_items("woocommerce-1", items, now, now))
    seqs = desk.write_now(
        lambda c: [row[0] for row in c.execute("SELECT seq FROM inbox WHERE state = 'new' ORDER BY seq")]
    )
    reason = 'Line total "1250.555" has too many decimals'
    desk.write_now(inbox.mark(seqs, state, now, reason))
    counter.post.connections_changed.emit()
    return seqs


def words(widget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def named(page: HealthPage, name: str, qtbot) -> Button:
    """A button by its name, once it is shown."""

    def found() -> list[Button]:
        return [b for b in page.findChildren(Button) if b.accessibleName() == name and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_good_news_is_said(page: HealthPage) -> None:
    assert not page.set_aside.isVisible()
    assert not page.waiting.isVisible()
    assert "Set aside, 0, All could be read" in page.aside.accessibleName()


def test_what_was_set_aside_is_named_with_its_reason(page: HealthPage, counter: Counter, qtbot) -> None:
    (seq,) = store(counter, "quarantined", "88231")
    qtbot.waitUntil(lambda: "Web order 88231" in words(page.set_aside))
    said = words(page.set_aside)
    assert 'Line total "1250.555" has too many decimals' in said
    assert "14:3" in said
    press(named(page, "Try Web order 88231 again", qtbot))
    assert counter.post.asked == [f"retry ({seq},)"]


def test_only_so_many_have_buttons_and_all_can_be_tried_again(
    page: HealthPage, counter: Counter, qtbot
) -> None:
    seqs = store(counter, "quarantined", *(str(n) for n in range(300)))
    qtbot.waitUntil(page.set_aside.isVisible)
    assert len([b for b in page.set_aside.findChildren(Button) if b.word == "See all of it"]) == SHOWN
    assert "275 more" in words(page.set_aside)
    press(page.set_aside.all_again)
    assert all_set_aside(counter.shop.reader) == seqs
    assert counter.post.asked == [f"retry {tuple(seqs)}"]


def test_the_raw_text_is_read_as_it_came_and_does_no_harm(page: HealthPage, counter: Counter, qtbot) -> None:
    (seq,) = store(counter, "quarantined", "88231")
    qtbot.waitUntil(page.set_aside.isVisible)
    press(named(page, "See all of Web order 88231", qtbot))
    dialog = page.findChild(RawTextDialog)
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    assert '  "total":"1250.555",' in shown.splitlines()
    assert "<b>bold</b>" in shown
    assert "\\u202e" in shown
    assert not {"\u202e", "\x07"} & set(shown)
    assert nameless_controls(dialog) == []
    press(dialog.copy)
    assert QApplication.clipboard().text() == HOSTILE
    press(dialog.discard)
    question = dialog.findChild(Question)
    question.reject()
    assert counter.post.asked == []
    press(dialog.discard)
    next(q for q in dialog.findChildren(Question) if q.isVisible()).deed.click()
    assert counter.post.asked == [f"discard {seq}"]


def test_news_is_given_up_by_who_may_decide_only(page: HealthPage, counter: Counter, qtbot) -> None:
    store(counter, "quarantined", "88231")
    qtbot.waitUntil(page.set_aside.isVisible)
    counter.who.sign_in("Chidi")
    press(named(page, "See all of Web order 88231", qtbot))
    dialog = page.findChild(RawTextDialog)
    assert (dialog.discard.isVisible(), dialog.retry.isVisible()) == (False, True)
    dialog.reject()


def test_what_waits_for_its_order_is_only_to_be_read(page: HealthPage, counter: Counter, qtbot) -> None:
    store(counter, "parked", "T6813", kind="payment")
    qtbot.waitUntil(page.waiting.isVisible)
    assert "Payment T6813" in words(page.waiting)
    press(named(page, "See all of Payment T6813", qtbot))
    assert not page.findChild(RawTextDialog).retry.isVisible()
    page.findChild(RawTextDialog).reject()


def test_what_does_not_answer_is_told_in_its_own_words(page: HealthPage, counter: Counter, qtbot) -> None:
    counter.post.line = SyncLine("offline", words="shop.example.test: the connection timed out.")
    counter.post.line_changed.emit(counter.post.line)
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.text() == "shop.example.test: the connection timed out."
    press(page.sync_button)
    assert counter.post.asked == ["look"]


def test_what_a_wrong_clock_means_is_explained(page: HealthPage, counter: Counter, qtbot) -> None:
    counter.post.line = SyncLine("idle", last_ok=counter.shop.now, skew_s=420)
    counter.post.line_changed.emit(counter.post.line)
    qtbot.waitUntil(page.trouble.isVisible)
    said = page.trouble.text()
    assert said.startswith("The clock of this computer is 7 min ahead of the web shop's.")
    assert "go by the web shop's own time" in said
    assert "recorded here by hand (payments, refunds, stock) bears this computer's time" in said
    counter.post.line = SyncLine("slow", skew_s=-180, words="The web shop asks us to come less often.")
    counter.post.line_changed.emit(counter.post.line)
    qtbot.waitUntil(lambda: "3 min behind" in page.trouble.text())
    assert page.trouble.text().startswith("The web shop asks us to come less often.\nThe web answers slowly.")
    counter.post.line = SyncLine("idle", last_ok=counter.shop.now)
    counter.post.line_changed.emit(counter.post.line)
    qtbot.waitUntil(lambda: not page.trouble.isVisible())


def test_the_stock_is_added_up_again(page: HealthPage, counter: Counter, qtbot) -> None:
    press(page.check_button)
    qtbot.waitUntil(page.stock.isVisible)
    assert page.stock.text().startswith("Stock adds up, checked 14:3")
    counter.shop.desk.write_now(lambda c: c.execute("UPDATE level SET on_hand = on_hand + 1"))
    press(page.check_button)
    qtbot.waitUntil(lambda: "does not add up" in page.stock.text())


def test_esc_goes_back(page: HealthPage) -> None:
    assert page.back()
    press(page.header.findChild(Button))
    assert page.went == ["back", "back"]


def test_every_control_has_a_name(page: HealthPage, counter: Counter, qtbot) -> None:
    store(counter, "quarantined", "88231")
    qtbot.waitUntil(page.set_aside.isVisible)
    assert nameless_controls(page) == []


def test_a_mended_shop_is_tried_again_over_http(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        shop_store = Store(clock=utc_now)
        shop_store.pay(shop_store.place([("SHEA-200", 1)]).id)
        async with serve(shop_store) as shop, house(tmp_path, theme) as at_home:
            web = at_home.settings("web")
            web.form.address.set_text(shop.url)
            web.form.key.set_text(shop.consumer_key)
            web.form.secret.set_text(shop.consumer_secret)
            press(web.form.submit_button)
            await until(lambda: at_home.post.line.phase == "idle")
            at_home.desk.write_now(
                lambda c: c.execute("UPDATE inbox SET state = 'quarantined', reason = 'once unreadable'")
            )
            page = at_home.front.open_page("health")
            assert page.set_aside.isVisible()
            count = len(all_set_aside(at_home.reader))
            assert count > 1
            press(page.set_aside.all_again)
            await until(lambda: health.inbox_counts(at_home.reader) == health.InboxCounts(0, 0, 0))
            await until(lambda: not page.set_aside.isVisible())
            assert at_home.desk.write_now(lambda c: c.execute("SELECT count(*) FROM orders").fetchone()) == (
                1,
            )

    live(qapp, story)


@given(st.text(alphabet=st.sampled_from('{}[],:"\\ ab1'), max_size=80))
def test_laying_out_adds_nothing_but_space(raw: str) -> None:
    assert "".join(laid_out(raw).split()) == "".join(raw.split())


@given(st.text(max_size=60))
def test_nothing_that_is_shown_hides_or_turns_the_writing(raw: str) -> None:
    shown = harmless(raw)
    assert not any(c in shown for c in "\x00\x07\x1b\u200b\u200e\u202a\u202e\u2066\u2069\u2028\ufeff")


@pytest.mark.parametrize(
    ("offline", "ago_s", "said"),
    [(True, 41, "No answer"), (True, 40, "Connected"), (False, 4_000, "Connected")],
)
def test_without_a_network_what_was_not_heard_of_is_not_called_connected(
    offline: bool, ago_s: int, said: str
) -> None:
    now = datetime(2026, 11, 20, 14, 41, tzinfo=UTC)
    heard = now - timedelta(seconds=ago_s)
    row = ConnectionRow(
        "1", "paystack", "", "", "", "", 20, "active", "", True, heard, None, "", {}
    )  # fmt: skip
    assert chip_now(row, now, offline=offline).word == said
