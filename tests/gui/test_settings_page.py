"""Settings: connecting a web shop that answers over HTTP, every verdict, and what is kept for a person."""

import logging
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import utc_now
from posapp.gui import post as asked
from posapp.gui.pages import connection_words
from posapp.gui.pages.settings import ENTRIES
from posapp.gui.pages.settings_connection import ConnectionSection
from posapp.gui.post import Address
from posapp.gui.theme import Scheme, Theme
from posapp.gui.widgets.dialog import Question
from posapp.queries import health
from posapp.settings import load
from tests.gui.live import House, house, live, press, until
from tests.gui.walker import nameless_controls


def fill(section: ConnectionSection, url: str, key: str, secret: str) -> None:
    section.form.address.set_text(url)
    section.form.key.set_text(key)
    section.form.secret.set_text(secret)


def links(open_house: House) -> list[health.ConnectionRow]:
    return list(health.connections(open_house.reader))


def orders(open_house: House) -> int:
    return open_house.desk.write_now(lambda c: c.execute("SELECT count(*) FROM orders").fetchone()[0])


def deed(open_house: House, *, accept: bool = True) -> None:
    """Answer the question that is asked."""
    question = next(q for q in open_house.window.findChildren(Question) if q.isVisible())
    (question.deed.click if accept else question.reject)()


def test_a_web_shop_is_tested_connected_moved_and_let_go(
    qapp: QApplication, theme: Theme, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def story() -> None:
        store = Store(clock=utc_now)
        paid = store.place([("TOTE-RED", 1)])
        store.pay(paid.id)
        async with serve(store) as shop, house(tmp_path, theme) as at_home:
            web = at_home.settings("web")
            assert web.chip.chip.word == "Not connected"
            fill(web, shop.url + "/wp-admin/", shop.consumer_key, shop.consumer_secret)
            press(web.form.test_button)
            await until(lambda: web.test.result)
            assert (web.test.result.code, links(at_home)) == ("ok", [])
            assert {f.check for f in web.test.result.findings} >= {
                "answers",
                "key",
                "money",
                "orders",
                "products",
            }

            press(web.form.submit_button)
            await until(lambda: orders(at_home) == 1)
            await until(lambda: web.chip.chip.word == "Connected")
            row = links(at_home)[0]
            assert (row.url, row.location) == (shop.url, "Shop")
            assert web.form.secret.edit.text() == ""
            assert not web.form.isVisible()

            before = row.id
            fresh = store.add_key()
            press(web.card.change_key)
            assert not web.form.address.isEnabled()
            web.form.key.set_text(fresh.consumer_key)
            web.form.secret.set_text(fresh.consumer_secret)
            press(web.form.submit_button)
            await until(web.card.isVisible)
            assert links(at_home)[0].key == fresh.consumer_key

            web.card.address.set_text(shop.url.replace("127.0.0.1", "localhost"))
            press(web.card.move_button)
            await until(lambda: "localhost" in links(at_home)[0].url)
            web.card.look.box.setCurrentIndex(web.card.look.box.findData("300"))
            web.card.look.box.activated.emit(web.card.look.box.currentIndex())
            await until(lambda: links(at_home)[0].look_s == 300)

            press(web.card.disconnect_button)
            deed(at_home, accept=False)
            press(web.card.disconnect_button)
            deed(at_home)
            await until(lambda: web.chip.chip.word == "Not connected")
            await until(lambda: at_home.post.line.phase == "none")
            assert at_home.secrets.get(before) is None

            fill(web, shop.url, shop.consumer_key, shop.consumer_secret)
            press(web.form.submit_button)
            await until(lambda: web.chip.chip.word == "Connected")
            await until(lambda: at_home.post.line.phase == "idle")
            assert (links(at_home)[0].id, len(links(at_home)), orders(at_home)) == (before, 1, 1)
            for secret in (shop.consumer_secret, fresh.consumer_secret):
                assert secret not in caplog.text
                assert all(secret not in edit.text() for edit in at_home.window.findChildren(QLineEdit))

    live(qapp, story)


def test_every_trouble_has_one_clear_verdict(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        store = Store(clock=utc_now)
        reading = store.add_key("read")
        async with serve(store) as shop, house(tmp_path, theme) as at_home:
            web = at_home.settings("web")
            key, secret = shop.consumer_key, shop.consumer_secret

            async def verdict(url: str, key: str, secret: str) -> str:
                web.test.forget()
                fill(web, url, key, secret)
                press(web.form.submit_button)
                await until(lambda: web.test.result)
                code = web.test.result.code
                assert connection_words.verdict_words(web.test.result, connection_words.WEB_SHOP)
                assert web.test.chip.chip == connection_words.FAILED
                assert (web.test.verdict.isVisible(), links(at_home)) == (True, [])
                return code

            assert await verdict("http://shop.example.test", key, secret) == "plain_http"
            assert await verdict("not an address", key, secret) == "wrong_address"
            assert await verdict("http://127.0.0.1:9", key, secret) == "wrong_address"
            assert await verdict(shop.url, key, "cs_wrong") == "wrong_key"
            assert await verdict(shop.url, reading.consumer_key, reading.consumer_secret) == "read_only_key"
            assert await verdict(shop.url + "/product", key, secret) in ("not_a_shop", "wrong_address")
            for fault, code in (("maintenance", "maintenance"), ("database_down", "server_error")):
                store.faults.add(fault, times=50)
                assert await verdict(shop.url, key, secret) == code
                store.faults.clear()

    live(qapp, story)


def test_another_currency_is_no_shop_for_this_till(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with serve(Store(clock=utc_now)) as shop, house(tmp_path, theme, currency="GHS") as at_home:
            web = at_home.settings("web")
            fill(web, shop.url, shop.consumer_key, shop.consumer_secret)
            press(web.form.submit_button)
            await until(lambda: web.test.result)
            assert (web.test.result.code, links(at_home)) == ("wrong_currency", [])

    live(qapp, story)


def test_a_payment_provider_needs_a_secret_only(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with serve(Store(clock=utc_now)) as shop, house(tmp_path, theme) as at_home:
            payments = at_home.settings("payments")
            assert not payments.form.key.isVisible()
            payments.form.address.set_text(shop.provider_url)
            press(payments.form.submit_button)
            assert links(at_home) == []
            assert payments.form.secret.edit.accessibleDescription() == "Paste the secret key."
            payments.form.secret.set_text("sk_test_wrong")
            press(payments.form.submit_button)
            await until(lambda: payments.test.result)
            assert payments.test.result.code == "wrong_key"
            payments.form.secret.set_text(shop.provider_key)
            press(payments.form.submit_button)
            await until(lambda: payments.chip.chip.word == "Connected")
            assert not payments.importing.isVisible()

    live(qapp, story)


def test_the_providers_own_address_is_the_default(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            payments = at_home.settings("payments")
            asked: list[Address] = []
            payments.form.tested.disconnect()
            payments.form.tested.connect(asked.append)
            payments.form.secret.set_text("sk_live_x")
            press(payments.form.test_button)
            assert asked[0].url == "https://api.paystack.co"
            assert "sk_live_x" not in repr(asked[0])

    live(qapp, story)


def test_the_first_import_is_stopped_and_goes_on(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        store = Store(clock=utc_now)
        for _ in range(3):
            store.pay(store.place([("SHEA-200", 1)]).id)
        async with serve(store) as shop, house(tmp_path, theme) as at_home:
            web = at_home.settings("web")
            fill(web, shop.url, shop.consumer_key, shop.consumer_secret)
            slow = store.faults.add("slow", times=1_000, path="/wc/v3/products", seconds=0.2)
            press(web.form.submit_button)
            await until(lambda: web.importing.isVisible() and at_home.post.line.phase == "syncing")
            press(web.importing.button)
            assert at_home.post.line.phase == "stopped"
            assert web.importing.button.word == "Go on"
            store.faults.queue.remove(slow)
            press(web.importing.button)
            await until(lambda: web.chip.chip.word == "Connected")
            assert orders(at_home) == 3

    live(qapp, story)


def test_a_shop_that_another_till_serves_is_left_alone_until_it_is_taken_over(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        store = Store(clock=utc_now)
        store.pay(store.place([("SHEA-200", 1)]).id)
        async with serve(store) as shop:
            async with house(tmp_path / "first", theme) as first:
                web = first.settings("web")
                fill(web, shop.url, shop.consumer_key, shop.consumer_secret)
                press(web.form.submit_button)
                await until(lambda: web.chip.chip.word == "Connected")
            async with house(tmp_path / "second", theme) as second:
                web = second.settings("web")
                fill(web, shop.url, shop.consumer_key, shop.consumer_secret)
                press(web.form.submit_button)
                await until(lambda: web.chip.chip.word == "Another till")
                await until(lambda: "taken_over" in second.window.banners.shown())
                assert orders(second) == 0
                press(web.take_over)
                deed(second)
                await until(lambda: web.chip.chip.word == "Connected")
                await until(lambda: "taken_over" not in second.window.banners.shown())
                assert orders(second) == 1

    live(qapp, story)


def test_fill_waiting_orders_is_a_journalled_setting(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            web = at_home.settings("web")
            assert web.fill.switch.isChecked()
            press(web.fill.switch)
            await until(lambda: not at_home.reader.settings().auto_fill)
            assert "you decide" in web.fill.switch.accessibleDescription()
            press(web.fill.switch)
            await until(lambda: at_home.reader.settings().auto_fill)

    live(qapp, story)


def test_the_shop_is_renamed_and_taxed_by_one_button(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            shop = at_home.settings("shop")
            assert not shop.save.isEnabled()
            shop.name.set_text("Bola & Daughters")
            shop.tax_rate.set_text("7.555")
            press(shop.save)
            assert at_home.reader.settings().name == "Bola Beads"
            assert shop.tax_rate.edit.accessibleDescription()
            shop.tax_rate.set_text("7.5")
            press(shop.save)
            await until(lambda: at_home.reader.settings().tax_basis_points == 750)
            assert at_home.reader.settings().name == "Bola & Daughters"
            await until(lambda: at_home.window.windowTitle() == "Bola & Daughters")

    live(qapp, story)


def test_the_owner_goes_on_under_another_name(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            shop = at_home.settings("shop")
            assert shop.owner.text == "Bola"
            shop.owner.set_text("")
            press(shop.save)
            assert shop.owner.edit.accessibleDescription() == "Say who owns it."
            shop.owner.set_text("Bola  Ade")
            shop.name.set_text("Bola Ade Beads")
            press(shop.save)
            await until(lambda: at_home.window.windowTitle() == "Bola Ade Beads")
            await until(lambda: at_home.reader.settings().owner == "Bola Ade")
            assert at_home.front.parts.perform.actor == "Bola Ade"
            await until(lambda: at_home.window.top_bar._person.text() == "Bola Ade")
            shop.tax_rate.set_text("5")
            press(shop.save)  # and may still do everything
            await until(lambda: at_home.reader.settings().tax_basis_points == 500)
            shop.owner.set_text("web shop")
            press(shop.save)
            await until(lambda: "part of posapp" in "".join(at_home.window.toasts.history))
            assert shop.owner.text == "Bola Ade"

    live(qapp, story)


def test_the_tax_of_the_web_shop_is_proposed(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with serve(Store(clock=utc_now)) as web, house(tmp_path, theme) as at_home:
            shop = at_home.settings("shop")
            assert not shop.told.isVisible()
            answers: list[asked.TestResult] = []
            address = Address("woocommerce", web.url, web.consumer_key, web.consumer_secret)
            at_home.post.connect_to(address, answers.append)
            await until(lambda: answers)
            assert answers[0].code == "ok"
            at_home.settings("look")
            shop = at_home.settings("shop")
            await until(shop.told.isVisible)
            assert "VAT" in shop.told.accessibleName()
            assert "7.5 %, inside its prices" in shop.told.accessibleName()
            assert at_home.reader.settings().tax_basis_points == 0
            press(shop.use_told)
            assert (shop.tax_name.text, shop.tax_rate.text, shop.tax_included.isChecked()) == (
                "VAT",
                "7.5",
                True,
            )
            press(shop.save)
            await until(lambda: at_home.reader.settings().tax_basis_points == 750)
            at_home.settings("look")
            assert not at_home.settings("shop").told.isVisible()

    live(qapp, story)


def test_the_look_holds_at_once_and_is_kept(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            chosen = at_home.settings("look")
            chosen.scheme.set_value("dark")
            chosen.text_size.set_value("150")
            assert (theme.scheme, theme.text_percent) == (Scheme.DARK, 150)

    live(qapp, story)
    kept = load(tmp_path / "settings.toml").settings
    assert (kept.theme, kept.text_percent) == ("dark", 150)


def test_settings_that_cannot_be_saved_are_said_once(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            (tmp_path / "settings.toml").write_text("theme = [broken", encoding="utf-8")
            chosen = at_home.settings("look")
            for value in ("dark", "light"):
                chosen.scheme.set_value(value)
                at_home.preferences._save()
            await until(chosen.complaint.isVisible)
            said = [words for words in at_home.window.toasts.history if "settings" in words]
            assert len(said) == 1

    live(qapp, story)
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == "theme = [broken"


def test_a_setting_is_found_by_its_words(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            page = at_home.front.open_page("settings")
            page.search()
            page.nav.field.edit.setText("paystack")
            page.nav.field.entered.emit("paystack")
            assert page.section().accessibleName() == "Payment provider"
            page.nav.field.edit.setText("zebra")
            page.nav.field.searched.emit("zebra")
            assert page.nav.list.first_found() == -1

    live(qapp, story)


def test_every_control_of_settings_has_a_name(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, theme) as at_home:
            for entry in ENTRIES:
                section = at_home.settings(entry.id)
                assert nameless_controls(section) == []
            assert nameless_controls(at_home.window) == []

    live(qapp, story)
