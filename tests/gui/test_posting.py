"""The window's post: what it tells when nothing is connected, when it stumbles, and when it cannot do as asked."""

from pathlib import Path

import httpx
from PySide6.QtWidgets import QApplication

from posapp.commands.shop import MAIN_LOCATION
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import utc_now
from posapp.gui import post as asked
from posapp.gui.post import Address, SyncLine
from posapp.gui.theme import Theme
from posapp.posting import AppPost
from posapp.sync.connections import About, Link, save_link
from tests.gui.live import House, house, live, until


def link(at_home: House, **changed: object) -> None:
    """A connection that was made earlier, without anybody behind it."""
    facts: dict[str, object] = {
        "id": "web-1", "kind": "woocommerce", "url": "http://127.0.0.1:9", "key": "ck_1", "location_id": MAIN_LOCATION,
        "look_s": 20, "state": "active", "cursor": "", "imported": False, "compared_at": "", "notice": "",
        "about": About(),
    }  # fmt: skip
    at_home.desk.write_now(lambda c: save_link(c, Link(**(facts | changed))))
    at_home.secrets.put("web-1", "cs_secret")


def test_with_nothing_connected_it_rests(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            link(at_home, state="removed")
            at_home.post.line = SyncLine("idle")
            at_home.post.look_now()
            await until(lambda: at_home.post.line.phase == "none")

    live(qapp, story)


def test_without_a_network_it_says_so_and_goes_on(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            link(at_home)
            at_home.post.start()
            await until(lambda: at_home.post.line.phase == "offline")
            assert at_home.post.line.words
            assert at_home.post.secrets_in_file
            assert at_home.window.banners.shown() == ("offline",)

    live(qapp, story)


def test_a_fault_of_ours_is_said_and_does_not_end_it(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def stumble(request: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            link(at_home)
            post = AppPost(at_home.desk, at_home.secrets, transport=httpx.MockTransport(stumble))
            said: list[SyncLine] = []
            post.line_changed.connect(said.append)
            post.start()
            await until(lambda: post.line.phase == "fault")
            assert not post._looking.done()
            await post.stop()

    live(qapp, story)


def test_what_cannot_be_done_is_said_in_words(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            link(at_home, state="taken_over")
            at_home.post.take_over("web-1")
            await until(lambda: at_home.window.toasts.history)
            assert at_home.window.toasts.history[0].startswith("Nothing was changed.")
            at_home.post.disconnect_from("no such connection")

    live(qapp, story)


def test_a_payment_that_cannot_be_asked_about_is_said(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            told: list[asked.PaymentTold] = []
            at_home.post.check_payment("no such order", told.append)
            await until(lambda: told)
            assert told == [asked.PaymentTold(words="That order is not here.")]

    live(qapp, story)


def test_a_key_that_cannot_be_kept_is_said(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with serve(Store(clock=utc_now)) as shop, house(tmp_path, theme) as at_home:
            (tmp_path / "secrets.toml").write_text("broken = [", encoding="utf-8")
            answers: list[asked.TestResult] = []
            address = Address("paystack", shop.provider_url, "", shop.provider_key)
            at_home.post.connect_to(address, answers.append)
            await until(lambda: answers)
            assert (answers[0].code, "cannot be read" in answers[0].findings[0].words) == (
                "not_connected",
                True,
            )
            assert shop.provider_key not in repr(answers)

    live(qapp, story)
